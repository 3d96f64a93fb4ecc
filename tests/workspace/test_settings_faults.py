"""Every fault of seuranta.toml is told in three languages: its line, what was typed, and an example of the right."""

import pickle
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.domain.base.settings import IdentityPolicy, Language, Rollup, ScopeKind, SettledForm
from generator.errors import SettingsError, SeurantaError
from generator.i18n.words import Words
from generator.workspace.settings_file import SettingsTable, decode_settings, read_intake_settings
from generator.workspace.settings_hints import HINTS
from tests.builders import EXAMPLE
from tests.english import ENGLISH

TEXT = (EXAMPLE / "seuranta.toml").read_text(encoding="utf-8")
PATH = Path("seuranta.toml")


@dataclass(frozen=True, slots=True)
class Broken:
    """A broken file: what stands on the line at fault, the key, and what stands in the advice."""

    text: str
    at: str
    key: str
    advice: str = ""

    @property
    def line(self) -> int:
        return self.text[: self.text.index(self.at)].count("\n") + 1


def typed(new: str, key: str, advice: str = "", told: str | None = None) -> Broken:
    """The example in which the line of a key was typed in another way; `told` is the key that is told, if another."""
    name = re.escape(key.rpartition(".")[2])
    text, count = re.subn(rf"(?m)^(# )?{name} = .*$", lambda _: new, TEXT, count=1)
    assert count == 1
    return Broken(text, new, key if told is None else told, advice)


def changed(old: str, new: str, *, key: str = "", advice: str = "", at: str = "") -> Broken:
    """The example with something else in it; `at` is where the line at fault begins, if not where the new begins."""
    assert old in TEXT
    return Broken(TEXT.replace(old, new, 1), at or new, key, advice)


def added(end: str, key: str = "", advice: str = "") -> Broken:
    return Broken(f"{TEXT}\n{end}\n", end.split("\n")[-1], key, advice)


BROKEN = {
    # Not TOML.
    "a Finnish date": typed("deadline = 14.8.2026", "period.deadline", "deadline = 2026-08-14"),
    "a Finnish date and a comment": typed("end = 30.6.2026 # kesä", "period.end", "end = 2026-06-30  # kesä"),
    "a date with strokes": typed("deadline = 14/8/2026", "period.deadline", "deadline = 2026-08-14"),
    "a date without noughts": typed("end = 2026-6-30", "period.end", "end = 2026-06-30"),
    "a day that is not": typed("end = 31.6.2026", "period.end", "end = 2026-06-30"),
    "an ISO day that is not": typed("end = 2026-06-31", "period.end", "end = 2026-06-30"),
    "a date in curly marks": typed("deadline = “14.8.2026”", "period.deadline", "deadline = 2026-08-14"),
    "no quotation marks": typed("municipality = Havulahti", "municipality", 'municipality = "Havulahti"'),
    "no marks around an id": typed("id = 2026-2", "period.id", 'id = "2026-2"'),
    "no marks around a section": typed("section = 85 §", "period.section", 'section = "85 §"'),
    "no mark at the end": typed('organ = "Kunnanvaltuusto', "organ", 'organ = "Kunnanvaltuusto"'),
    "no mark at the beginning": typed('organ = Kunnanvaltuusto"', "organ", 'organ = "Kunnanvaltuusto"'),
    "Word's marks": typed("organ = “Kunnanvaltuusto”", "organ", 'organ = "Kunnanvaltuusto"'),
    "Word's Finnish marks": typed("organ = ”Kunnanvaltuusto”", "organ", 'organ = "Kunnanvaltuusto"'),
    "Word's single marks": typed("organ = ’Kunnanvaltuusto’", "organ", 'organ = "Kunnanvaltuusto"'),
    "guillemets": typed("organ = »Kunnanvaltuusto»", "organ", 'organ = "Kunnanvaltuusto"'),
    "marks within a text": typed('organ = Kunnan "uusi" valtuusto', "organ", "organ = 'Kunnan \"uusi\" valtuusto'"),
    "a decimal comma": typed("quiet_seconds = 2,5", "quiet_seconds", "quiet_seconds = 2.5"),
    "a unit": typed("rescan_seconds = 60 s", "rescan_seconds", "rescan_seconds = 60"),
    "a Windows path": typed('state = "D:\\Seuranta\\tila"', "state", "state = 'D:\\Seuranta\\tila'"),
    "a Windows path without marks": typed("state = D:\\Seuranta", "state", "state = 'D:\\Seuranta'"),
    "a share": typed('state = "\\\\palvelin\\seuranta"', "state", "state = '\\\\palvelin\\seuranta'"),
    "a Finnish yes": typed("pdf = kyllä", "pdf", "pdf = true"),
    "True": typed("pdf = True", "pdf", "pdf = true"),
    "a semicolon": typed("pdf = false;", "pdf", "pdf = false"),
    "a comma": typed('organ = "Valtuusto",', "organ", 'organ = "Valtuusto"'),
    "a colon": typed("deadline: 2026-08-14", "period.deadline", "deadline = 2026-08-14"),
    "no equals sign": typed("deadline 14.8.2026", "period.deadline", "deadline = 2026-08-14"),
    "a tabulator for the equals sign": typed("deadline\t14.8.2026", "period.deadline", "deadline = 2026-08-14"),
    "a tabulator behind a date": typed("deadline = 14.8.2026\t# pe", "period.deadline", "deadline = 2026-08-14  # pe"),
    "two equals signs": typed('organ == "Valtuusto"', "organ", 'organ = "Valtuusto"'),
    "no value": typed("case_number =", "period.case_number", 'case_number = ""'),
    "no day": typed("end =", "period.end", "end = 2026-06-30"),
    "a no-break space": typed("deadline =\u00a02026-08-14", "period.deadline", "deadline = 2026-08-14"),
    "a zero-width space": typed("deadline = \u200b2026-08-14", "period.deadline", "deadline = 2026-08-14"),
    "languages without marks": typed("languages = [fi, sv]", "languages", 'languages = ["fi", "sv"]'),
    "languages without brackets": typed('languages = "fi", "sv"', "languages", 'languages = ["fi", "sv"]'),
    "languages without a comma": typed('languages = ["fi" "sv"]', "languages", 'languages = ["fi", "sv"]'),
    "languages on lines": typed('languages = [\n  "fi"\n  "sv"\n]', "languages", 'languages = ["fi", "sv"]'),
    "languages not closed": typed('languages = ["fi", "sv"', "languages", 'languages = ["fi", "sv"]'),
    "languages by their names": typed("languages = [suomi]", "languages", 'languages = ["fi", "sv"]'),
    "a heading not closed": changed("[period]", "[period", advice="[period]"),
    "a list's heading not closed": changed("[[scale]]", "[[scale]", advice="[[scale]]"),
    "a later heading not closed": changed(
        "[[scale]]\nvalue = 3", "[[scale]\nvalue = 3", advice="[[scale]]", at="[[scale]\n"
    ),
    "another comment": typed("// lukee sihteeri", "rollup", "# lukee sihteeri", told=""),
    "words alone": changed("[period]", "Tästä alkaa kausi.\n[period]", advice="# Tästä alkaa kausi."),
    "a key in Finnish": typed('päättävä elin = "Valtuusto"', "rollup", "municipality, organ", told=""),
    "a key twice": changed("[level_headings]", 'id = "2026-2"\n[level_headings]', key="period.id"),
    "a table twice": changed("[level_headings]", '[ period ]\nid = "2026-2"\n[level_headings]', key="period"),
    "a key and a table": changed("[period]", "period = 1\n[period]", key="period", at="[period]\n#"),
    "a key in two ways": changed("[[scale]]", "[level_headings.fi]\n[[scale]]", key="level_headings.fi"),
    "0 before a number": changed("value = 2", "value = 02", key="scale.2.value", advice="value = 2"),
    # Not allowed.
    "a date in marks": typed('deadline = "14.8.2026"', "period.deadline", "deadline = 2026-08-14"),
    "a date as a number": typed("end = 20260630", "period.end", "end = 2026-06-30"),
    "an empty name": typed('municipality = " "', "municipality", 'municipality = "Havulahti"'),
    "a number for a text": typed("id = 2026", "period.id", 'id = "2026-1"'),
    "an id with a stroke": typed('id = "2026/1"', "period.id", 'id = "2026-1"'),
    "an id that is too long": typed(f'id = "{"2" * 41}"', "period.id", 'id = "2026-1"'),
    "a word of another language": typed('identity = "avoin"', "identity", 'identity = "confirm"'),
    "the same without marks": typed("identity = avoin", "identity", 'identity = "confirm"'),
    "a negative wait": typed("quiet_seconds = -1", "quiet_seconds", "quiet_seconds = 2"),
    "true for a number": typed("quiet_seconds = true", "quiet_seconds", "quiet_seconds = 2"),
    "no end": typed("rescan_seconds = inf", "rescan_seconds", "rescan_seconds = 60"),
    "1 for true": typed("pdf = 1", "pdf", "pdf = true"),
    "yes in marks": typed('pdf = "ei"', "pdf", "pdf = false"),
    "an extract of all": typed('extracts = ["whole"]', "extracts", '"officer", "division"'),
    "a tabulator of a path": typed('state = "C:\\temp\\new"', "state", "state = 'C:\\temp\\new'"),
    "a control character": typed('organ = "Valt\\u0007"', "organ", 'organ = "Kunnanvaltuusto"'),
    "two levels": typed('fi = ["Tavoite", "Toimenpide"]', "level_headings.fi", '"Valtuustokauden tavoite", "'),
    "a step twice": changed("value = 2\n", "value = 1 \n", key="scale.2.value", advice="value = 2"),
    "a step in marks": changed("value = 3", 'value = "3"', key="scale.3.value", advice="value = 3"),
    "a step beyond": changed("value = 5", "value = 10", key="scale.5.value", advice="value = 5"),
    "half a step": changed("value = 4", "value = 3.5", key="scale.4.value", advice="value = 4"),
    "a colour's name": typed('colour = "green"', "overall_statuses.1.colour", 'colour = "1B6E3C"'),
    "a language that is not": added("[names.de]", "names.de", "[names.sv]"),
    "a list for a table": typed('fi = "Tavoite"', "level_headings.fi"),
    # Unknown and missing.
    "a misspelt key": typed("deadlin = 2026-08-14", "period.deadline", "deadline = 2026-08-14", told="period.deadlin"),
    "a key with a hyphen": typed(
        "report-date = 2026-08-24", "period.report_date", "report_date = 2026-08-24", told="period.report-date"
    ),
    "a language cut short": changed("labels.sv", "labels.v", key="scale.1.labels.v", advice="labels.sv = "),
    "a capital": changed("[period]", "[Period]", key="Period", advice="[period]"),
    "a key in another language": typed(
        'diaarinumero = "1"', "period.case_number", "case_number", told="period.diaarinumero"
    ),
    "a setting at the end": added("quiet_seconds = 3", "overall_statuses.3.quiet_seconds", "50"),
    "a period's key at the top": changed(
        "rollup =", "deadline = 2026-08-14\nrollup =", key="deadline", advice="[period]"
    ),
    "a key of no table": added('[names.sv]\nfoo = "x"', "names.sv.foo", "municipality, organ, period"),
    "no due day": changed("deadline = ", "# ", key="period.deadline", advice="deadline = 2026-08-14", at="[period]"),
    "no label in Swedish": changed("labels.sv", "# ", key="scale.1.labels.sv", advice="labels.sv = ", at="labels.fi"),
}


def faults_of(data: bytes) -> tuple[SeurantaError, ...]:
    with pytest.raises(SettingsError) as refused:
        decode_settings(data, PATH)
    return refused.value.each


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_a_fault_is_told_once_with_its_line_its_key_what_was_typed_and_what_is_right(
    broken: Broken, language: Language
) -> None:
    (fault,) = faults_of(broken.text.encode("utf-8"))
    words = Words(language)
    message, advice = words(fault.message, **fault.values), words(fault.advice, **fault.values)
    line = {Language.FINNISH: "rivi", Language.SWEDISH: "rad", Language.ENGLISH: "line"}[language]
    assert message.startswith(f"seuranta.toml, {line} {broken.line}")
    assert broken.key in message and broken.advice in advice
    if language is not Language.ENGLISH:
        assert ENGLISH.findall(_without_code(message, fault) + _without_code(advice, fault)) == []


def _without_code(text: str, fault: SeurantaError) -> str:
    """What is said, without what was typed, keys and examples."""
    for name in ("typed", "example", "key", "allowed", "path", "table"):
        text = text.replace(str(fault.values.get(name) or "\0"), "")
    return re.sub(r'"\w+"', "", text)


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
def test_the_same_is_told_of_a_file_with_windows_line_ends_and_a_byte_order_mark(broken: Broken) -> None:
    (plain,) = faults_of(broken.text.encode("utf-8"))
    (fault,) = faults_of(broken.text.replace("\n", "\r\n").encode("utf-8-sig"))
    assert (fault.message, fault.advice, fault.values) == (plain.message, plain.advice, plain.values)


ADVISED = [name for name, broken in BROKEN.items() if " = " in broken.advice]


@pytest.mark.parametrize("name", ADVISED)
def test_the_line_that_is_advised_makes_the_file_right(name: str) -> None:
    broken = BROKEN[name]
    (fault,) = faults_of(broken.text.encode("utf-8"))
    lines, example = broken.text.split("\n"), str(fault.values["example"])
    is_missing = broken.at in ("[period]", "labels.fi")
    at = broken.line - 1 + is_missing
    lines[at : at + (0 if is_missing else broken.at.rstrip("\n").count("\n") + 1)] = [example]
    decode_settings("\n".join(lines).encode("utf-8"), PATH)


def test_all_faults_are_told_at_once_in_the_order_of_their_lines() -> None:
    text = TEXT
    for name in ("a Finnish date", "no quotation marks", "a unit", "a semicolon"):
        broken = BROKEN[name]
        text = re.sub(rf"(?m)^{broken.key.rpartition('.')[2]} = .*$", lambda _, new=broken.at: new, text, count=1)
    found = faults_of(text.encode("utf-8"))
    assert [fault.values["key"] for fault in found] == ["municipality", "rescan_seconds", "pdf", "period.deadline"]
    text = TEXT.replace("pdf = true", 'pdf = "x"').replace("value = 3", "value = 30").replace("[level_h", "[leve_h")
    told = [(fault.values["line"], fault.values["key"]) for fault in faults_of(text.encode("utf-8"))]
    assert told == [(36, "pdf"), (67, "leve_headings"), (86, "scale.3.value")]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32"])
def test_a_file_in_notepads_unicode_is_told_how_to_save(encoding: str) -> None:
    (fault,) = faults_of(TEXT.encode(encoding))
    assert "UTF-8" in Words(Language.FINNISH)(fault.message, **fault.values)
    assert "Muistiossa" in Words(Language.FINNISH)(fault.advice, **fault.values)


def test_a_file_in_an_old_code_page_is_told_with_the_first_line_at_fault() -> None:
    text = "# Asetukset\n" + TEXT.replace('"Havulahti"', '"Hämeenlinna"').partition("\n")[2].replace("ä", "ae", 0)
    start = text[: text.index("Kunnan nimi ja toimielin")]
    (fault,) = faults_of(start.encode("ascii", "ignore") + 'municipality = "Hämeenlinna"'.encode("cp1252"))
    assert (fault.values["line"], fault.values["typed"]) == (start.count("\n") + 1, '# municipality = "Hämeenlinna"')
    assert "Muistiossa" in Words(Language.FINNISH)(fault.advice, **fault.values)


@pytest.mark.parametrize(
    "text", ["", "# vain huomautus\n", "hei\n", "[[[[[\n", "a" * 100_000, " " * 100_000 + "x", "\n" * 10_000]
)
def test_a_file_of_anything_has_its_faults(text: str) -> None:
    assert 1 <= len(faults_of(text.encode("utf-8"))) <= 20


@given(st.text(max_size=300) | st.lists(st.sampled_from(TEXT.splitlines()), max_size=40).map("\n".join))
def test_any_text_is_read_or_told(text: str) -> None:
    try:
        decode_settings(text.encode("utf-8"), PATH)
    except SettingsError as error:
        told = [Words(Language.SWEDISH)(fault.message, **fault.values) for fault in error.each]
        assert told and all(sentence.startswith("seuranta.toml") for sentence in told)


def test_the_error_of_several_faults_goes_whole_from_process_to_process() -> None:
    with pytest.raises(SettingsError) as refused:
        decode_settings(b"", PATH)
    again = pickle.loads(pickle.dumps(refused.value))
    assert [fault.values for fault in again.each] == [fault.values for fault in refused.value.each]


def keys_of(schema: dict[str, object], definitions: dict[str, dict[str, object]]) -> set[str]:
    """Every key of the settings by its dotted name, from the schema of the table."""
    found = set()
    properties = schema.get("properties", {})
    assert isinstance(properties, dict)
    for name, inner in properties.items():
        found.add(name)
        for reference in re.findall(r"#/\$defs/(\w+)", str(inner)):
            found |= {f"{name}.{key}" for key in keys_of(definitions[reference], definitions)}
    return found


def test_every_setting_has_its_hint_and_each_hint_a_setting() -> None:
    schema = SettingsTable.model_json_schema()
    keys = keys_of(schema, schema["$defs"])
    names = {f"names.{name}" for name in ("municipality", "organ", "period")}
    languages = {f"names.{language.value}" for language in Language}
    expected = (keys - names) | languages | {f"{key}.{name[6:]}" for key in languages for name in names}
    assert set(HINTS) == expected


def test_the_words_of_a_hint_are_those_that_the_setting_may_have() -> None:
    chosen = {key: hint.choices for key, hint in HINTS.items() if hint.choices}
    assert chosen == {
        "languages": tuple(Language),
        "identity": tuple(IdentityPolicy),
        "rollup": tuple(Rollup),
        "settled": tuple(SettledForm),
        "extracts": (ScopeKind.OFFICER, ScopeKind.DIVISION),
    }


@pytest.mark.parametrize("key", HINTS)
def test_the_example_of_a_hint_is_toml(key: str) -> None:
    assert tomllib.loads(HINTS[key].example)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("state", ["state = 'tila'", 'state = "tila"', "state = “tila”", "state = ”tila” # kansio"])
def test_saves_are_kept_in_the_right_folder_while_the_settings_are_broken(
    tmp_path: Path, encoding: str, state: str
) -> None:
    text = TEXT.replace('state = ".seuranta"', state).replace("pdf = true", "pdf = kyllä")
    path = tmp_path / "seuranta.toml"
    path.write_text(text, encoding=encoding)
    assert read_intake_settings(path).state == "tila"
