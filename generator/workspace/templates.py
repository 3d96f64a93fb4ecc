"""The report's Word templates: one for all languages, and one more for each language that has its own."""

import re
from dataclasses import dataclass
from pathlib import Path

from generator.disk.digests import sha256_of
from generator.domain.base.settings import Language
from generator.workspace.folders import Workspace

# A language's own template (`report.sv.docx`), and copies of it (`report.sv.kommentit.docx`).
_OF_LANGUAGE = re.compile(rf".*\.({'|'.join(Language)})(\.\w+)?\.docx", re.IGNORECASE)


_SPELT = {
    **dict.fromkeys(("fi", "fin", "suomi", "finska", "finnish"), Language.FINNISH),
    **dict.fromkeys(("sv", "se", "swe", "ruotsi", "svenska", "swedish"), Language.SWEDISH),
    **dict.fromkeys(("en", "eng", "gb", "englanti", "engelska", "english"), Language.ENGLISH),
}
_LIKE_A_LANGUAGE = re.compile(rf"report[\s._-]*\(?({'|'.join(_SPELT)})\)?\.docx", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Templates:
    """The templates' bytes; None: there is none, or it cannot be read now.

    `common` is report.docx, `own` are those of the languages that have one (report.sv.docx).
    """

    common: bytes | None
    own: tuple[tuple[Language, bytes | None], ...] = ()

    def of(self, language: Language) -> bytes | None:
        """Returns the template of the reports in a language."""
        return dict(self.own).get(language, self.common)

    def digest_of(self, language: Language) -> str:
        """Returns the SHA-256 of a language's template; an empty string where there is none."""
        template = self.of(language)
        return "" if template is None else sha256_of(template)


@dataclass(frozen=True, slots=True)
class TemplateFile:
    """A template's path, and the languages of the reports that are made with it: at least one."""

    path: Path
    languages: tuple[Language, ...]


def read_templates(workspace: Workspace) -> Templates:
    """Reads the templates.

    A language whose own template cannot be read has None: the common one would print its words in another language.
    """
    own = ((language, own_path(workspace, language)) for language in Language)
    found = tuple((language, _read(path)) for language, path in own if path.exists())
    return Templates(_read(workspace.template), found)


def own_path(workspace: Workspace, language: Language) -> Path:
    """Returns where a language's own template is kept, for example templates/report.sv.docx."""
    return workspace.template.with_suffix(f".{language.value}.docx")


def template_path(workspace: Workspace, language: Language) -> Path:
    """Returns the path of the template of the reports in a language: its own if there is one."""
    own = own_path(workspace, language)
    return own if own.exists() else workspace.template


def template_of(workspace: Workspace, language: Language) -> TemplateFile:
    """Returns the template of the reports in a language; the others for which it is used come after that language."""
    path = template_path(workspace, language)
    languages = dict.fromkeys((language, *workspace.settings.languages))
    return TemplateFile(path, tuple(each for each in languages if template_path(workspace, each) == path))


def template_files(workspace: Workspace) -> tuple[TemplateFile, ...]:
    """Returns the templates of the settings' languages, that of the first language first."""
    paths: dict[Path, list[Language]] = {}
    for language in workspace.settings.languages:
        paths.setdefault(template_path(workspace, language), []).append(language)
    return tuple(TemplateFile(path, tuple(languages)) for path, languages in paths.items())


@dataclass(frozen=True, slots=True)
class MisnamedTemplate:
    """A file that looks like a language's own template, but whose name is not the one that is used."""

    path: Path
    usual: Path


def misnamed_templates(workspace: Workspace) -> tuple[MisnamedTemplate, ...]:
    """Returns the files beside the template that are named after a language and that no report uses."""
    names = sorted(path for path in workspace.template.parent.glob("*.docx") if path.is_file())
    found = ((path, _LIKE_A_LANGUAGE.fullmatch(path.name)) for path in names)
    named = ((path, own_path(workspace, _SPELT[match[1].casefold()])) for path, match in found if match)
    return tuple(MisnamedTemplate(path, usual) for path, usual in named if path.name != usual.name)


def template_file(workspace: Workspace, path: Path) -> TemplateFile:
    """Returns a file that is, or may become, a template, with the languages of the reports that it would make.

    Its name tells one language (`new.sv.docx`); else it is for all languages without a template of their own.
    """
    named = _OF_LANGUAGE.fullmatch(path.name)
    if named:
        return TemplateFile(path, (Language(named[1].lower()),))
    languages = workspace.settings.languages
    others = tuple(language for language in languages if not own_path(workspace, language).exists())
    return TemplateFile(path, others or languages)


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None
