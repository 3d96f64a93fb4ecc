"""What each field of a template prints in the sample document, for the page of template fields."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from generator.domain.base.settings import Language
from generator.domain.output.frame import frame_of
from generator.domain.output.sample import SampleKind, sample_report
from generator.formats.docx.fields import GROUPS, LOOPS, element_type, field_types
from generator.formats.docx.runs import Paragraphs
from generator.formats.docx.values import make_fields
from generator.i18n.words import Words
from generator.workspace.settings_file import parse_settings

_SETTINGS = Path(__file__).parent.parent / "generator" / "example" / "seuranta.toml"
_LONGEST = 60  # characters


def field_examples() -> Mapping[str, str]:
    """Returns a text that each field prints, in Finnish; a field that prints none in the sample has no example."""
    settings = parse_settings(_SETTINGS.read_text(encoding="utf-8"), _SETTINGS)
    report = sample_report(SampleKind.EVERY_STATE, frame_of(settings, Language.FINNISH))
    fields = make_fields(report, settings.headings, Words(Language.FINNISH))
    found: dict[str, str] = {}
    for name, text in _printed("", fields, type(fields)):
        if text and text != "–":
            found.setdefault(name, _shortened(text))
    return found


def _printed(prefix: str, values: Any, group: type) -> Iterator[tuple[str, str]]:
    """Yields the fields of a group with their texts, those of lists under the name of their loop."""
    for name, hint in field_types(group).items():
        value, element = getattr(values, name), element_type(hint)
        if hint in GROUPS:
            yield from _printed(f"{LOOPS[hint]}." if hint in LOOPS else f"{prefix}{name}.", value, hint)
        elif element in GROUPS:
            yield prefix + name, str(len(value)) if value else ""
            for each in value:
                yield from _printed(f"{LOOPS[element]}.", each, element)
        else:
            yield prefix + name, _text(value)


def _text(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case Paragraphs():
            return " / ".join(line.text for line in (*value.value, *value.remarks))
        case tuple():
            return " / ".join(map(str, value))
        case str() | int():
            return str(value)
    return ""


def _shortened(text: str) -> str:
    line = " ".join(text.split()).replace("|", "\\|")
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST].rstrip()}…"
