"""Help and the words on wrong usage: in the language of `--lang`, else of the locale, and without English in others."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.cli.help_pages import LANGUAGES, asked_language, asked_page, command_of, help_language, page_of
from generator.domain.base.settings import Language
from tests.builders import ROOT
from tests.english import ENGLISH
from tests.workspaces import command, make_workspace, process
from tools.help_pages import help_pages

COMMANDS = re.findall(r"\f(.*)\n", help_pages(Language.ENGLISH))
# Commands, options, file names and languages are the same in every language.
CODE = re.compile(
    r"(--?[\w-]+|`[^`]*`|seuranta( [a-z]+)*|fi\|sv\|en|\.docx|plan\.xlsx|Ctrl-C|^  [a-z]+  )", re.MULTILINE
)


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("language", ["fi", "sv"])
def test_no_page_of_help_has_english_in_it(name: str, language: str) -> None:
    assert ENGLISH.findall(CODE.sub("", page_of(name, language))) == []


@pytest.mark.parametrize("name", COMMANDS)
def test_a_page_tells_every_option_in_each_language_and_fits_a_terminal(name: str) -> None:
    pages = [page_of(name, language) for language in LANGUAGES]
    options = [sorted(re.findall(r"(?m)^  (--[\w-]+)", page)) for page in pages]
    assert "--help" in options[0] and options[0] == options[1] == options[2]
    assert [line for page in pages for line in page.split("\n") if len(line) > 80] == []


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        (["--help"], {}, "en"),
        (["--help"], {"LANG": "C.UTF-8"}, "en"),
        (["--help"], {"LANG": "de_DE.UTF-8"}, "en"),
        (["--help"], {"LANG": "fi_FI.UTF-8"}, "fi"),
        (["--help"], {"LANG": "sv"}, "sv"),
        (["--help"], {"LANG": "fi_FI.UTF-8", "LC_ALL": "sv_FI.UTF-8"}, "sv"),
        (["--help"], {"LANG": "fi_FI.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        (["status", "--help", "--lang", "sv"], {"LANG": "fi_FI.UTF-8"}, "sv"),
        (["--lang=en", "--help"], {"LANG": "fi_FI.UTF-8"}, "en"),
        (["--help", "--lang", "de"], {"LANG": "fi_FI.UTF-8"}, "fi"),
        (["--help", "--lang"], {"LANG": "fi_FI.UTF-8"}, "fi"),
    ],
)
def test_the_language_is_that_of_the_option_else_of_the_locale_else_english(
    arguments: list[str], environment: dict[str, str], language: str
) -> None:
    assert help_language(arguments, environment) == language


def test_help_of_a_command_is_found_wherever_it_is_asked() -> None:
    page = page_of("seuranta plan check", "fi")
    for arguments in (
        ["plan", "check", "--help"],
        ["plan", "check", "--json", "--help", "x"],
        ["--lang", "fi", "plan", "--workspace", "plan", "check", "--help"],
    ):
        assert asked_page(arguments, "fi") == page
    assert asked_page(["check", "plan", "check", "--help"], "fi") == page_of("seuranta check", "fi")
    assert asked_page(["plan", "nope", "--help"], "fi") is None


@given(
    st.lists(st.sampled_from([*" ".join(COMMANDS).split(), "--lang", "fi", "--help", "--json", "", "-"]), max_size=6)
)
def test_any_arguments_are_of_some_command(arguments: list[str]) -> None:
    assert command_of(arguments) in COMMANDS
    assert asked_language(arguments) in (None, "fi")
    asked_page([*arguments, "--help"], "sv")


def test_help_is_printed_by_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "fi_FI.UTF-8")
    told = command(ROOT, "forms", "--help")
    assert (told.code, told.out) == (0, page_of("seuranta forms", "fi"))
    group = command(ROOT, "plan", "--lang", "sv")
    assert (group.code, group.out) == (2, "")
    bare = command(ROOT)
    assert (bare.code, bare.out, bare.err) == (2, "", page_of("seuranta", "fi"))


WRONG = {
    ("foo",): ("Komentoa foo ei ole.", "Det finns inget kommando foo.", "There is no command foo."),
    ("statsu",): ("Tarkoititko status?", "Menade du status?", "Did you mean status?"),
    ("plan", "chek"): ("Komentoa chek ei ole. Tarkoititko check?", "kommando chek.", "no command chek."),
    ("plan", "chek", "--help"): ("Ohje: seuranta plan --help", "Hjälp: seuranta plan --help", "Help: seuranta plan"),
    ("status", "--jsn"): ("Valintaa --jsn ei ole. Tarkoititko --json?", "val --jsn.", "no option --jsn."),
    ("--lang", "en", "status"): ("--lang kirjoitetaan komennon jälkeen", "--lang skrivs efter", "--lang stands after"),
    ("status", "--json=1"): ("Valinnalla --json ei ole arvoa.", "Valet --json har", "--json takes no value."),
    ("report", "--out"): ("Valinnan --out jälkeen tarvitaan arvo.", "Efter valet --out", "--out needs a value"),
    ("status", "--lang", "de"): ("--lang ei voi olla ”de”. Se voi olla: fi; sv; en.", "kan inte vara ”de”", "be “de”"),
    ("check",): ("TIEDOSTO… puuttuu.", "FIL… saknas.", "FILE… is missing."),
    ("decide", "01.01"): ("--take puuttuu.", "--take saknas.", "--take is missing."),
    ("status", "a", "b"): (
        "Komennossa on liikaa: a b",
        "Kommandot har för mycket: a b",
        "too much in the command: a b",
    ),
}


@pytest.mark.parametrize(("arguments", "told"), WRONG.items(), ids=map(" ".join, WRONG))
def test_wrong_usage_is_told_in_the_language_of_the_locale_with_where_its_help_is(
    arguments: tuple[str, ...], told: tuple[str, str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for language, said in zip(LANGUAGES, told, strict=True):
        monkeypatch.setenv("LC_ALL", f"{language}_FI.UTF-8")
        answer = command(ROOT, *(language if word == "en" else word for word in arguments))
        assert (answer.code, answer.out) == (2, "")
        assert said in answer.err and "seuranta" in answer.err.split("\n")[1]
        if language != "en":
            assert ENGLISH.findall(CODE.sub("", answer.err)) == []


def test_faults_of_the_settings_are_told_in_swedish_by_a_swedish_locale(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    path = workspace.root / "seuranta.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("pdf = false", "pdf = nej"), encoding="utf-8")
    told = {locale: process(tmp_path, "status", LC_ALL=locale).err for locale in ("sv_FI.UTF-8", "en_GB.UTF-8")}
    assert "rad 36, pdf" in told["sv_FI.UTF-8"] and "rivi 36, pdf" in told["en_GB.UTF-8"]
    assert "line 36, pdf" in command(tmp_path, "status", "--lang", "en").err
