"""The secretary's and IT's other commands: a new workspace, the plan's faults, forms, checks, status, one document."""

import shutil
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from generator.deciding import Signature, decide_between
from generator.domain.checks import Checked, settle_pass
from generator.domain.finding import errors
from generator.domain.form import reporters
from generator.domain.merge import Decision
from generator.domain.plan import Plan, PlanReading
from generator.domain.report import Scope
from generator.domain.rule import N_, Severity
from generator.domain.status import FinalReport, ReportFile, Status
from generator.domain.text import same_name
from generator.editions import Edition, extract_editions, final_report, gather_sources, whole_edition
from generator.errors import FolderError, TemplateError, UsageError
from generator.files.accessibility import DOCUMENT_RULES, DocumentFault, check_document
from generator.files.excel.plan_book import plan_bytes
from generator.files.folders import Workspace, make_workspace, read_file
from generator.files.form_file import form_name
from generator.files.placed import Placement
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
    rulebook,
    sole_writer,
    status,
)
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
        return tuple(_write_form(office, plan, name, target) for name in names)


def _write_form(office: Office, plan: Plan, officer: str, folder: Path) -> FormOutcome:
    path = folder / form_name(officer)
    data = form_workbook(office, plan, officer_form(office, plan, officer), base=office.archive.last_sequence())
    return FormOutcome(officer, path, office.placed.place(path, data))


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
    final: FinalReport | None


def current_stand(workspace: Workspace) -> Stand:
    with open_office(workspace) as office:
        plan, period = office.plan(), workspace.settings.period.id
        last = office.ledger.last_report(period, whole_edition(workspace.settings, office.words).draft_name)
        return Stand(
            status=status(office, plan),
            report=ReportFile(last.name, last.sha256, last.time) if last else None,
            report_path=workspace.outbox / last.name if last else None,
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


def whole_report(workspace: Workspace, language: Language | None, out: Path | None) -> Path:
    """The whole report as it is now, in one language (None: the municipality's first)."""
    with sole_writer(workspace), open_office(workspace) as office:
        plan, words = office.plan(), Words(language) if language else office.words
        return _write_document(office, plan, whole_edition(workspace.settings, words), out)


def extract(workspace: Workspace, scope: Scope, language: Language | None, out: Path | None) -> Path:
    """An officer's or a division's rows and their ancestors, with the values of the whole report.

    Raises:
        UsageError: the plan does not have the name.
    """
    with sole_writer(workspace), open_office(workspace) as office:
        plan, words = office.plan(), Words(language) if language else office.words
        every = extract_editions(plan, workspace.settings, words)
        known = tuple(edition for edition in every if edition.scope.kind is scope.kind)
        name = _named(scope.name, tuple(edition.scope.name for edition in known))
        return _write_document(office, plan, next(each for each in known if each.scope.name == name), out)


def _write_document(office: Office, plan: Plan, edition: Edition, out: Path | None) -> Path:
    data = gather_sources(office, plan).draft(edition).document()
    path = out or office.workspace.outbox / edition.draft_name
    path.parent.mkdir(parents=True, exist_ok=True)
    if office.placed.place(path, data) in (Placement.TOUCHED, Placement.LOCKED):
        raise FolderError(_TAKEN_PLACE, _OTHER_NAME, path=path)
    return path


_TAKEN_PLACE = N_("{path}: the file is open, or it is not one that this program has made, so it was left alone.")
_OTHER_NAME = N_("Close the file, or give another name with --out.")
