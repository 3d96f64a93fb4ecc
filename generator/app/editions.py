"""The documents of a period: which there are, and the names of their files."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from generator.disk.names import form_name
from generator.domain.base.settings import ScopeKind, Settings
from generator.domain.output.frame import WHOLE, Scope
from generator.domain.plan.goals import Plan
from generator.i18n.words import Words

EXTRACTS, OTHER_LANGUAGES = "otteet", "kieliversiot"
# The files that lie beside a whole report and belong to it.
COMPANIONS = (".pdf", ".json")
# Letters. File systems allow 255 bytes for a name: 60 letters of two bytes leave room for the rest of it.
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Edition:
    """One of a period's documents: what it covers, in which language, and its file's folder and name without ending."""

    scope: Scope
    words: Words
    folder: str
    stem: str

    @property
    def is_whole(self) -> bool:
        """True for the whole report, False for an extract."""
        return self.scope.kind is ScopeKind.WHOLE

    @property
    def draft_name(self) -> str:
        """The draft's path in the outbox."""
        return str(PurePosixPath(self.folder, f"{self.stem}-LUONNOS.docx"))

    @property
    def final_folder(self) -> str:
        """The folder of the final document among those that are published; an empty string for the top."""
        return self.folder if self.folder == EXTRACTS else ""


def whole_edition(settings: Settings, words: Words) -> Edition:
    """The whole report in one of the languages; in the first one its name has no language code."""
    stem = f"seurantaraportti-{settings.period.id}"
    if words.language is settings.languages[0]:
        return Edition(WHOLE, words, "", stem)
    return Edition(WHOLE, words, OTHER_LANGUAGES, f"{stem}-{words.language.value}")


def extract_editions(plan: Plan, settings: Settings, words: Words) -> tuple[Edition, ...]:
    """Returns an extract for each officer, then for each division; the names are unique on every file system."""
    officers = (Scope(ScopeKind.OFFICER, name) for name in plan.officer_names)
    divisions = (Scope(ScopeKind.DIVISION, name) for name in plan.divisions)
    language = "" if words.language is settings.languages[0] else f"-{words.language.value}"
    return tuple(
        Edition(scope, words, EXTRACTS, f"seurantaraportti-{settings.period.id}-{name}{language}")
        for scope, name in _with_file_names((*officers, *divisions))
    )


def editions(plan: Plan, settings: Settings) -> tuple[Edition, ...]:
    """Returns every document of a period: the whole report, the same in other languages, and the extracts."""
    wholes = (whole_edition(settings, Words(language)) for language in settings.languages)
    extracts = extract_editions(plan, settings, Words(settings.language))
    return (*wholes, *(edition for edition in extracts if edition.scope.kind in settings.extracts))


def _with_file_names(scopes: tuple[Scope, ...]) -> Iterator[tuple[Scope, str]]:
    """Yields each scope with a unique file name: a division may have an officer's name, or almost the same."""
    taken: set[str] = set()
    for scope in scopes:
        name = first = Path(form_name(scope.name[:_LONGEST_NAME])).stem
        number = 1
        while (key := unicodedata.normalize("NFC", name).casefold()) in taken:
            number += 1
            name = f"{first} ({number})"
        taken.add(key)
        yield scope, name
