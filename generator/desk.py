"""The secretary's and IT's other commands: a new workspace, the plan's faults, forms, checks, status, one document."""

import shutil
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from generator.deciding import decide_between
from generator.domain.checks import Checked, settle_pass
from generator.domain.finding import errors
from generator.domain.form import Form, reporters
from generator.domain.heading import Headings
from generator.domain.matters import Signature
from generator.domain.merge import Decision
from generator.domain.plan import Plan, PlanReading
from generator.domain.report import Scope
from generator.domain.rule import N_, Severity
from generator.domain.status import FinalReport, ReportFile, Status
from generator.domain.text import same_name
from generator.editions import Edition, editions, extract_editions, final_report, gather_sources, whole_edition
from generator.errors import FolderError, TemplateError, UsageError
from generator.files.accessibility import DOCUMENT_RULES, DocumentFault, check_document
from generator.files.excel.plan_book import plan_bytes
from generator.files.folders import Workspace, make_workspace, read_file
from generator.files.form_file import form_name
from generator.files.placed import HELD, Placement
from generator.files.plan_file import read_plan_file
from generator.files.template import find_faults
from generator.finalizing import Finalized, Refused, finalize
from generator.language import Language, Words
from generator.office import (
    Office,
    examine,
    form_workbook,
    officer_form,
    open_office,
    previous_follow_up,
    rulebook,
    sole_writer,
    status,
)
from generator.publishing import publish_edition, report_file
from generator.settings import parse_settings

SETTINGS = "seuranta.toml"
EXAMPLE_PARTS = (SETTINGS, "plan.xlsx", "templates/report.docx")


def init(root: Path) -> Path | None:
    """Makes an empty workspace whose settings work at once; returns where its state lies when not in it.

    Raises:
        FolderError: the folder is a workspace already, or cannot be written.
    """
    settings_text = files("generator").joinpath("starter.toml").read_text(encoding="utf-8")
    settings = parse_settings(settings_text, root / SETTINGS)
    plan = plan_bytes(Plan(()), settings.headings, settings.words)
    template = (_example() / "templates" / "report.docx").read_bytes()
    return make_workspace(root, settings_text, plan, template)


def init_example(root: Path) -> Path | None:
    """Makes a workspace with the example municipality's plan and its officers' submissions."""
    source = _example()
    settings_text, plan, template = ((source / part).read_bytes() for part in EXAMPLE_PARTS)
    state = make_workspace(root, settings_text.decode("utf-8"), plan, template)
    for workbook in sorted((source / "inbox").rglob("*.xlsx")):
        target = root / "inbox" / workbook.relative_to(source / "inbox")
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(workbook, target)
    return state


def _example() -> Path:
    """The example as shipped: inside the installed package, or the checkout's own root."""
    package = Path(str(files("generator")))
    return package / "example" if (package / "example").is_dir() else package.parent


def plan_reading(workspace: Workspace) -> PlanReading:
    """The plan with all that is wrong in it; PlanError where there is no table to read."""
    return read_plan_file(workspace.plan, workspace.settings.headings)


@dataclass(frozen=True, slots=True)
class FormOutcome:
    """One officer's form: where it lies, and whether it was written, stood unchanged, or was left alone."""

    officer: str
    path: Path
    placement: Placement


def write_forms(
    workspace: Workspace, officer: str | None = None, folder: Path | None = None
) -> tuple[FormOutcome, ...]:
    """Writes every officer's form, or one's, into the inbox or another folder; a file that somebody touched stays.

    Raises:
        UsageError: nobody bears the officer's name.
    """
    with sole_writer(workspace), open_office(workspace) as office:
        plan = office.plan()
        everyone = reporters(plan, workspace.settings.unowned_reporter)
        names = everyone if officer is None else (_named(officer, everyone),)
        target = folder or workspace.inbox
        target.mkdir(parents=True, exist_ok=True)
        before, base = previous_follow_up(office, plan), office.archive.last_sequence()
        made = ((name, officer_form(office, plan, name, before)) for name in names)
        return tuple(
            _place_form(office, target / form_name(name), form, form_workbook(office, plan, form, base=base))
            for name, form in made
        )


def _place_form(office: Office, path: Path, form: Form, data: bytes) -> FormOutcome:
    return FormOutcome(form.officer, path, office.placed.place(path, data))


def _named(name: str, known: tuple[str, ...]) -> str:
    found = next((known_name for known_name in known if same_name(known_name, name)), None)
    if found is None:
        raise UsageError(_NO_SUCH_NAME, _NAMES, name=name, names="; ".join(known))
    return found


_NO_SUCH_NAME = N_("The plan does not have the name “{name}”.")
_NAMES = N_("The names are: {names}")


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """A workbook as checked, nothing changed."""

    path: Path
    digest: str
    checked: Checked

    @property
    def has_errors(self) -> bool:
        return bool(errors(self.checked.findings))


def check_files(workspace: Workspace, paths: tuple[Path, ...]) -> tuple[CheckedFile, ...]:
    """What a pass would take from these workbooks if they were saved now, and what is wrong in them.

    Raises:
        FolderError: a file cannot be read at all.
    """
    with open_office(workspace) as office:
        rules = rulebook(office, office.plan())
        read = tuple(read_file(path) for path in paths)
        examined = tuple(
            examine(office, rules, data, _place(workspace, path)) for path, data in zip(paths, read, strict=True)
        )
    settled = settle_pass(examined, tuple(path.name for path in paths))
    return tuple(
        CheckedFile(path, sha256(data).hexdigest(), checked)
        for path, data, checked in zip(paths, read, settled, strict=True)
    )


def _place(workspace: Workspace, path: Path) -> str:
    """A file's path relative to the inbox; the name alone of a file elsewhere."""
    inbox, file = workspace.inbox.resolve(), path.resolve()
    return file.relative_to(inbox).as_posix() if file.is_relative_to(inbox) else file.name


@dataclass(frozen=True, slots=True)
class Stand:
    """Where the period stands; `report` is the document in the outbox, `final` the latest one made final, if any."""

    status: Status
    report: ReportFile | None
    report_path: Path | None
    headings: Headings
    final: FinalReport | None


def current_stand(workspace: Workspace) -> Stand:
    with open_office(workspace) as office:
        plan, lies = office.plan(), report_file(office)
        return Stand(
            status=status(office, plan),
            report=lies,
            report_path=workspace.outbox / lies.name if lies else None,
            headings=workspace.settings.headings,
            final=final_report(office, plan),
        )


def decide(workspace: Workspace, code: str, officer: str, signature: Signature) -> Decision | None:
    """Takes one officer's answer where officers disagree; None where they do not disagree about the goal."""
    with sole_writer(workspace), open_office(workspace) as office:
        return decide_between(office, office.plan(), code=code, officer=officer, signature=signature)


def make_final(workspace: Workspace, signature: Signature) -> Finalized | Refused:
    """Freezes the report as it is now; refused without a reason while something is missing or undecided."""
    with sole_writer(workspace), open_office(workspace) as office:
        return finalize(office, office.plan(), signature)


@dataclass(frozen=True, slots=True)
class TemplateFaults:
    """What is wrong with a template: faults of its tags, then what would keep its documents from accessibility."""

    tags: tuple[TemplateError, ...]
    document: tuple[DocumentFault, ...]

    @property
    def are_errors(self) -> bool:
        return bool(self.tags) or any(DOCUMENT_RULES[f.rule].severity is Severity.ERROR for f in self.document)


def check_template(path: Path) -> TemplateFaults:
    """Everything that is wrong with a Word template, in one pass.

    Raises:
        FolderError: the file cannot be read.
        TemplateError: it is no Word document.
    """
    data = read_file(path)
    return TemplateFaults(find_faults(data), check_document(data))


@dataclass(frozen=True, slots=True)
class Order:
    """A document wanted now (ISO 8601): in which language (None: the first), and where (None: its usual place)."""

    now: str
    language: Language | None = None
    out: Path | None = None


def whole_report(workspace: Workspace, order: Order) -> Path:
    """The whole report as it is now."""
    with sole_writer(workspace), open_office(workspace) as office:
        return _write_document(office, office.plan(), whole_edition(workspace.settings, _words(order, office)), order)


def extract(workspace: Workspace, scope: Scope, order: Order) -> Path:
    """An officer's or a division's rows and their ancestors, with the values of the whole report.

    Raises:
        UsageError: the plan does not have the name.
    """
    with sole_writer(workspace), open_office(workspace) as office:
        plan = office.plan()
        every = extract_editions(plan, workspace.settings, _words(order, office))
        known = tuple(edition for edition in every if edition.scope.kind is scope.kind)
        name = _named(scope.name, tuple(edition.scope.name for edition in known))
        return _write_document(office, plan, next(each for each in known if each.scope.name == name), order)


def _words(order: Order, office: Office) -> Words:
    return Words(order.language) if order.language else office.words


def _write_document(office: Office, plan: Plan, edition: Edition, order: Order) -> Path:
    """In its usual place as a pass would, or wherever else it is wanted."""
    sources = gather_sources(office, plan)
    usual = {each.draft_name for each in editions(plan, office.workspace.settings)}
    if order.out is None and edition.draft_name in usual:
        published = publish_edition(office, sources, edition, order.now)
        if published.is_placed:
            return published.place
        raise FolderError(_TAKEN_PLACE, _OTHER_NAME, path=published.path)
    path = order.out or office.workspace.outbox / edition.draft_name
    if office.placed.place(path, sources.draft(edition).document()) in HELD:
        raise FolderError(_TAKEN_PLACE, _OTHER_NAME, path=path)
    return path


_TAKEN_PLACE = N_("{path}: the file is open, or it is not one that this program has made, so it was left alone.")
_OTHER_NAME = N_("Close the file, or give another name with --out.")
