"""Names that fit: short ones as they are, long ones shortened so that nothing of use is lost."""

import os
import sys
import unicodedata
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.disk import names
from generator.disk.names import WINDOWS, WINDOWS_EXTENDED, NameLimits, fitting_name, limits_of
from generator.disk.safe_write import create_file, written_beside

POSIX, ECRYPTFS = NameLimits(name_bytes=255), NameLimits(name_bytes=143)
FOLDER = Path("/inbox")
ENDINGS = (
    ".kuittaus.html",
    ".korjattavaa.xlsx",
    ".korjattavaa-2.xlsx",
    ".korjattavaa.xlsm",
    "-LUONNOS.docx",
    "-LUONNOS-uusi.docx",
    ".docx",
    ".xlsx",
    ".pdf",
    ".json",
    "",
)

# Letters of one to four bytes, accents of their own, and the bytes of another encoding as POSIX shows them.
letters = st.sampled_from("abcdefgh äöÅ1.-_~é日😀") | st.sampled_from("\u0308\u030a\u0301\ufe0f") | st.just("\udce4")
stems = st.text(letters, min_size=1, max_size=300)
long_stems = st.text(letters, min_size=260, max_size=400)
endings = st.sampled_from(ENDINGS)
limits = st.sampled_from((POSIX, ECRYPTFS, WINDOWS, WINDOWS_EXTENDED))
# Folders that leave a name plenty, little, or just what our temporary name needs.
folders = st.sampled_from((FOLDER, Path("/" + "k" * 150), Path("/" + "k" * 226)))


def utf8(name: str) -> bytes:
    return name.encode("utf-8", "surrogateescape")


def units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def fits(folder: Path, name: str, limit: NameLimits) -> bool:
    return (
        (limit.name_bytes is None or len(utf8(name)) <= limit.name_bytes)
        and units(name) <= limit.name_units
        and (limit.path_units is None or units(f"{folder}/{name}") <= limit.path_units)
    )


def shorten(name: str, limit: NameLimits = POSIX, folder: Path = FOLDER) -> str:
    fitting = fitting_name(folder, name, limits=limit)
    assert fitting is not None
    return fitting


@given(folders, stems, endings, limits)
def test_the_result_fits_and_is_its_own_result(folder: Path, stem: str, ending: str, limit: NameLimits) -> None:
    fitting = shorten(stem + ending, limit, folder)
    assert fits(folder, fitting, limit)
    assert shorten(fitting, limit, folder) == fitting


@given(folders, stems, endings, limits)
def test_a_name_that_fits_is_left_as_it_is(folder: Path, stem: str, ending: str, limit: NameLimits) -> None:
    assert (shorten(stem + ending, limit, folder) == stem + ending) == fits(folder, stem + ending, limit)


@given(folders, long_stems, endings, limits)
def test_a_long_name_keeps_its_beginning_and_its_ending(
    folder: Path, stem: str, ending: str, limit: NameLimits
) -> None:
    name = stem + ending
    beginning, _, rest = shorten(name, limit, folder).rpartition("~")
    assert name.startswith(beginning)
    assert rest.startswith(sha256(utf8(name)).hexdigest()[:8])
    assert rest.endswith(ending)


@given(folders, long_stems, endings, limits)
def test_no_accent_is_parted_from_its_letter(folder: Path, stem: str, ending: str, limit: NameLimits) -> None:
    beginning = shorten(stem + ending, limit, folder).rpartition("~")[0]
    assert beginning == "" or not unicodedata.category(stem[len(beginning)]).startswith("M")


@given(long_stems, long_stems, endings, limits)
def test_two_long_names_stay_two(one: str, other: str, ending: str, limit: NameLimits) -> None:
    assert (shorten(one + ending, limit) == shorten(other + ending, limit)) == (one == other)


@given(st.lists(letters, min_size=260, max_size=300).map("".join), limits)
def test_names_that_differ_in_their_last_letter_alone_stay_two(stem: str, limit: NameLimits) -> None:
    assert shorten(f"{stem}a.xlsx", limit) != shorten(f"{stem}b.xlsx", limit)


@pytest.mark.parametrize("ending", [ending for ending in ENDINGS if ending])
def test_our_endings_are_kept_whole(ending: str) -> None:
    name = "Sivistysjohtaja " * 20 + ending
    digest = sha256(name.encode()).hexdigest()[:8]
    fitting = shorten(name)
    assert fitting == f"{name[: 255 - len(ending) - 9]}~{digest}{ending}"
    assert len(fitting) == 255


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Lomake 1.1.2026.kuittaus.html", ".kuittaus.html"),
        ("Lomake.ods.kuittaus.html", ".kuittaus.html"),
        ("Tavoite 01.02 versio.xlsx", ".xlsx"),
        ("ei.aivan.tavallinen-ja-liian-pitkä.xlsx", ".xlsx"),
        ("pääte.äää", ""),
    ],
)
def test_no_more_than_two_short_endings_are_kept(name: str, kept: str) -> None:
    long = "x" * 255 + name
    assert shorten(long).rpartition("~")[2] == sha256(long.encode()).hexdigest()[:8] + kept


def test_the_receipt_of_the_longest_finnish_name() -> None:
    workbook = "ä" * 125 + ".xlsx"  # 255 bytes, but 130 letters
    receipt = workbook.removesuffix(".xlsx") + ".kuittaus.html"
    assert len(utf8(receipt)) == 264
    assert shorten(workbook) == workbook
    assert shorten(receipt, WINDOWS) == receipt
    assert shorten(receipt) == "ä" * 116 + f"~{sha256(receipt.encode()).hexdigest()[:8]}.kuittaus.html"


def test_a_decomposed_name_keeps_its_dots() -> None:
    receipt = unicodedata.normalize("NFD", "ä" * 150 + ".kuittaus.html")
    beginning = shorten(receipt).rpartition("~")[0]
    assert beginning == "a\u0308" * 77  # 231 bytes of the 232 that are left
    assert shorten(receipt) != shorten(unicodedata.normalize("NFC", receipt) + "x" * 30)


def test_an_undecodable_name_counts_its_bytes() -> None:
    latin_1 = os.fsdecode(b"\xe4" * 250 + b".xlsx") if sys.platform != "win32" else "\udce4" * 250 + ".xlsx"
    assert shorten(latin_1) == latin_1
    receipt = shorten(latin_1.removesuffix(".xlsx") + ".kuittaus.html")
    assert len(utf8(receipt)) == 255
    assert utf8(receipt).decode("utf-8", "surrogateescape") == receipt


def test_any_lone_surrogate_of_windows_has_a_name() -> None:
    name = "\ud83d" * 300 + ".xlsx"
    assert units(shorten(name, WINDOWS_EXTENDED)) == 255


def test_halves_of_a_pair_stay_together() -> None:
    name = "x" + "\ud83d\ude00" * 200 + ".xlsx"
    beginning = shorten(name, WINDOWS_EXTENDED).rpartition("~")[0]
    assert beginning == "x" + "\ud83d\ude00" * 120
    assert shorten("😀" * 200, WINDOWS_EXTENDED).rpartition("~")[0] == "😀" * 123


def test_a_letter_with_more_accents_than_fit_goes_whole() -> None:
    name = "a" + "\u0301" * 300 + ".pdf"
    assert shorten(name) == f"~{sha256(name.encode()).hexdigest()[:8]}.pdf"


def test_on_windows_the_folder_counts_too() -> None:
    folder = Path("/" + "k" * 200)
    name = "n" * 58
    assert shorten(name[:-1], WINDOWS, folder) == name[:-1]  # 201 + 1 + 57 = 259
    assert len(shorten(name, WINDOWS, folder)) == 57
    assert shorten(name, WINDOWS_EXTENDED, folder) == name


def test_a_folder_without_room_for_the_temporary_name_has_no_name() -> None:
    assert fitting_name(Path("/" + "k" * 226), "a.pdf", limits=WINDOWS) == "a.pdf"  # 227 + 1 + 31 = 259
    assert fitting_name(Path("/" + "k" * 227), "a.pdf", limits=WINDOWS) is None
    assert fitting_name(Path("/" + "k" * 300), "a.pdf", limits=WINDOWS) is None
    assert fitting_name(FOLDER, "a.pdf", limits=NameLimits(name_bytes=14)) is None


def test_the_temporary_name_is_as_long_as_that_of_safe_writing(tmp_path: Path) -> None:
    with written_beside(tmp_path / "a", b"") as part:
        assert len(part.name) == len(names._TEMPORARY_NAME) == 31


@pytest.mark.parametrize("stem", ["ä" * 250, unicodedata.normalize("NFD", "ä" * 250), "\udce4" * 300, "😀" * 300])
def test_a_file_of_the_name_can_be_written(tmp_path: Path, stem: str) -> None:
    name = fitting_name(tmp_path, f"{stem}.kuittaus.html")
    assert name is not None
    create_file(tmp_path / name, b"")
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_the_system_tells_the_limit_of_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(os, "pathconf", lambda folder, name: 143, raising=False)
    assert limits_of(tmp_path) == ECRYPTFS
    assert len(fitting_name(tmp_path, "x" * 200) or "") == 143


@pytest.mark.parametrize("told", [0, -1, None])
def test_a_folder_without_a_limit_of_its_own_has_the_usual_one(
    told: int | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    def pathconf(folder: Path, name: str) -> int:
        if told is None:
            raise FileNotFoundError(folder)
        return told

    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(os, "pathconf", pathconf, raising=False)
    assert limits_of(FOLDER) == POSIX


def test_windows_limits_the_path_unless_it_is_extended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert limits_of(Path("C:\\kunta\\inbox")) == WINDOWS
    assert limits_of(Path("\\\\?\\C:\\kunta\\inbox")) == WINDOWS_EXTENDED
