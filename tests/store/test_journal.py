"""The journal gives everything its order, whatever is torn, broken, cut or replaced in between."""

import json
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.domain.follow_up.acts import AcceptedSender, ChosenFile, WithdrawnAnswer
from generator.errors import FolderError
from generator.store.journal import Journal, JournalReplacedError
from generator.store.journal_file import JournalFile
from generator.store.records import (
    KINDS,
    Back,
    Gone,
    JournaledSave,
    JournalEntry,
    Moved,
    PlacedFiles,
    Record,
    Save,
    from_line,
    to_line,
)

TIME = "2026-08-03T09:15:00+03:00"
LATER = "2026-08-04T10:00:00+03:00"
PERIOD = "2026-1"
ONE = sha256(b"one").hexdigest()
TWO = sha256(b"two").hexdigest()

# Names as Python gives them: a byte that is not UTF-8 is a lone low surrogate.
paths = st.text(st.characters(exclude_categories=["Cs"]) | st.characters(min_codepoint=0xDC80, max_codepoint=0xDCFF))
digests = st.binary(max_size=4).map(lambda data: sha256(data).hexdigest())
OF_KIND = {
    **{kind: st.builds(kind) for kind in KINDS.values()},
    Save: st.builds(Save, paths, digests, st.text(), st.text()),
    PlacedFiles: st.builds(PlacedFiles, st.lists(st.tuples(paths, digests), max_size=3).map(tuple)),
}
records = st.one_of(*OF_KIND.values())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "archive" / "journal.jsonl"


def _save(path: str, digest: str = ONE, time: str = TIME) -> Save:
    return Save(path, digest, time, PERIOD)


def _read(file: Path) -> tuple[JournalEntry, ...]:
    return Journal(JournalFile(file)).read()


def test_saves_are_numbered_from_one_and_go_on(file: Path) -> None:
    journal = Journal(JournalFile(file))
    assert journal.read() == ()
    first = journal.append(_save("a.xlsx"), _save("Tekniikka/b.xlsx", TWO))
    second = Journal(JournalFile(file)).append(_save("a.xlsx", TWO, LATER))
    assert first == (JournalEntry(1, _save("a.xlsx")), JournalEntry(2, _save("Tekniikka/b.xlsx", TWO)))
    assert second == (JournalEntry(3, _save("a.xlsx", TWO, LATER)),)
    assert _read(file) == first + second
    assert journal.read() == second
    assert journal.read() == ()


def test_what_was_appended_is_history_at_once(file: Path) -> None:
    journal = Journal(JournalFile(file))
    journal.append(_save("a.xlsx"), Gone("a.xlsx", LATER))
    assert journal.history.latest("a.xlsx") == JournaledSave(1, "a.xlsx", ONE, TIME, PERIOD)
    assert journal.history.gone == {"a.xlsx"}
    assert journal.history.last_sequence == 2


def test_entering_nothing_writes_nothing(file: Path) -> None:
    assert Journal(JournalFile(file)).append() == ()
    assert not file.parent.exists()


def test_reading_makes_nothing(file: Path) -> None:
    assert _read(file) == ()
    assert not file.parent.exists()


@given(st.lists(st.lists(records, max_size=4), max_size=4))
def test_the_journal_gives_back_what_was_entered(passes: list[list[Record]]) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "journal.jsonl"
        entered: tuple[JournalEntry, ...] = ()
        for new in passes:
            entered += Journal(JournalFile(file)).append(*new)
        assert _read(file) == entered
        assert [entry.record for entry in entered] == [record for new in passes for record in new]
        assert [entry.sequence for entry in entered] == list(range(1, len(entered) + 1))


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@given(data=st.data(), sequence=st.integers(min_value=1))
def test_every_kind_of_record_comes_back_from_its_line(kind: type[Record], data: st.DataObject, sequence: int) -> None:
    entry = JournalEntry(sequence, data.draw(OF_KIND[kind]))
    assert from_line(json.loads(json.dumps(to_line(entry)))) == entry


WHO = ("sihteeri", TIME, "Puhelu")


@pytest.mark.parametrize(
    ("act", "line"),
    [
        (
            ChosenFile(PERIOD, "01.02", "Kansliapäällikkö", "a.xlsx", "b.xlsx", WHO[0], WHO[1], 7, *WHO[2:]),
            {"record": "choose-file", "file": "a.xlsx", "other": "b.xlsx", "officer": "Kansliapäällikkö"},
        ),
        (
            WithdrawnAnswer(PERIOD, "01.02", "Kansliapäällikkö", WHO[0], WHO[1], 7, *WHO[2:]),
            {"record": "withdraw", "code": "01.02", "officer": "Kansliapäällikkö"},
        ),
        (
            AcceptedSender(PERIOD, "a.xlsx", "Kansliapäällikkö", *WHO),
            {"record": "accept-sender", "file": "a.xlsx", "officer": "Kansliapäällikkö"},
        ),
    ],
)
def test_what_a_person_settles_about_answers_is_a_line_and_an_act_in_its_order(
    file: Path, act: Record, line: dict[str, str]
) -> None:
    journal = Journal(JournalFile(file))
    journal.append(_save("a.xlsx"), act)
    written = json.loads(file.read_text(encoding="utf-8").splitlines()[1])
    common = {"sequence": 2, "period": PERIOD, "who": "sihteeri", "time": TIME, "because": "Puhelu"}
    assert written.items() >= {**common, **line}.items()
    assert from_line(written) == JournalEntry(2, act)
    before = journal.history.copy()
    journal.append(act)
    assert journal.history.answer_acts == [JournalEntry(2, act), JournalEntry(3, act)]
    assert before.answer_acts == [JournalEntry(2, act)]
    assert journal.history.last_change == 3


def test_a_file_is_known_to_have_been_gone_before_an_event(file: Path) -> None:
    journal = Journal(JournalFile(file))
    events = _save("a.xlsx"), Gone("a.xlsx", TIME), Back("a.xlsx", LATER), Moved("a.xlsx", "b.xlsx", LATER)
    journal.append(*events, _save("b.xlsx"), _save("a.xlsx", TWO, LATER))
    history = journal.history
    # It left by event 2, was there again by event 3, moved by event 4, and was saved again by event 6.
    assert [history.was_gone("a.xlsx", sequence) for sequence in range(1, 9)] == [
        *(False, False, True, False),
        *(True, True, False, False),
    ]
    assert not history.was_gone("b.xlsx", 9)
    assert [at for at in range(1, 9) if history.was_moved("a.xlsx", at)] == [5, 6]
    assert history.find_save(5) == JournaledSave(5, "b.xlsx", ONE, TIME, PERIOD) and history.find_save(4) is None


def test_a_line_of_version_0_1_0_is_a_save() -> None:
    line = {"sequence": 7, "path": "a.xlsx", "digest": ONE, "time": TIME}
    assert from_line(line) == JournalEntry(7, Save("a.xlsx", ONE, TIME, ""))
    assert from_line({**line, "period": PERIOD}) == JournalEntry(7, _save("a.xlsx"))


def test_a_journal_torn_at_any_byte_loses_no_whole_line(file: Path) -> None:
    entries = Journal(JournalFile(file)).append(
        _save("Kansliapäällikkö.xlsx"), _save("b.xlsx", TWO), Gone("b.xlsx", TIME)
    )
    torn = file.with_suffix(".torn")
    whole = file.read_bytes()
    for length in range(len(whole) + 1):
        file.write_bytes(whole[:length])
        torn.unlink(missing_ok=True)
        journal = Journal(JournalFile(file))
        held = entries[: whole[:length].count(b"\n")]
        assert journal.read() == held
        journal.refuse_broken()
        assert file.read_bytes() == whole[:length], "reading mends nothing: another process may be writing"
        new = journal.append(_save("c.xlsx", ONE, LATER))
        assert _read(file) == held + new == (*held, JournalEntry(len(held) + 1, _save("c.xlsx", ONE, LATER)))
        rest = whole[whole.rfind(b"\n", 0, length) + 1 : length]
        assert (torn.read_bytes() if rest else b"\n") == rest + b"\n"


def test_a_line_that_another_is_still_writing_is_read_when_it_is_whole(file: Path) -> None:
    Journal(JournalFile(file)).append(_save("a.xlsx"), _save("b.xlsx"))
    whole = file.read_bytes()
    file.write_bytes(whole[:-10])
    journal = Journal(JournalFile(file))
    assert [entry.sequence for entry in journal.read()] == [1]
    file.write_bytes(whole)
    assert [entry.sequence for entry in journal.read()] == [2]
    journal.refuse_broken()


@pytest.mark.parametrize(
    "line",
    [
        "{}",
        "nonsense",
        "[]",
        "7",
        f'{{"sequence": "2", "path": "b", "digest": "{ONE}", "time": "{TIME}"}}',
        f'{{"sequence": true, "path": "b", "digest": "{ONE}", "time": "{TIME}"}}',
        f'{{"sequence": 2, "path": null, "digest": "{ONE}", "time": "{TIME}"}}',
        f'{{"sequence": 2, "path": "b", "digest": "../../etc", "time": "{TIME}"}}',
        f'{{"sequence": 1, "path": "b", "digest": "{ONE}", "time": "{TIME}"}}',
        '{"sequence": 2, "record": "placed", "files": [["a", 1]]}',
        '{"sequence": 2, "record": "taken", "saves": [[1, "2026-1"]]}',
        '{"sequence": 2, "record": "no kind of ours", "path": "b"}',
    ],
)
def test_a_broken_line_is_named_and_loses_no_other(file: Path, line: str) -> None:
    (first,) = Journal(JournalFile(file)).append(_save("a.xlsx"))
    with file.open("a", encoding="utf-8") as journal_file:
        journal_file.write(f"{line}\n{json.dumps(to_line(JournalEntry(3, Gone('a.xlsx', LATER))))}\n")
    journal = Journal(JournalFile(file))
    assert journal.read() == (first, JournalEntry(3, Gone("a.xlsx", LATER)))
    assert journal.broken == (2,)
    with pytest.raises(FolderError, match=r"journal\.jsonl: line 2") as caught:
        journal.refuse_broken()
    assert "backup" in caught.value.advice


def test_what_is_appended_after_a_broken_line_can_be_read_when_that_is_mended(file: Path) -> None:
    """A save that the keeper enters meanwhile does not take the broken line's place in the sequence."""
    Journal(JournalFile(file)).append(_save("a.xlsx"), _save("b.xlsx"))
    whole = file.read_bytes()
    file.write_bytes(whole.replace(b'"b.xlsx"', b'"b.xlsx\xff'))
    (kept,) = Journal(JournalFile(file)).append(_save("c.xlsx"))
    file.write_bytes(file.read_bytes().replace(b'"b.xlsx\xff', b'"b.xlsx"'))
    journal = Journal(JournalFile(file))
    assert journal.read()[-1] == kept
    journal.refuse_broken()


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes().splitlines(keepends=True)[0])


def _put_back_and_go_on(file: Path) -> None:
    _cut(file)
    Journal(JournalFile(file)).append(*(_save(f"{name}.xlsx", TWO) for name in "defghij"))


@pytest.mark.parametrize("replace", [Path.unlink, _cut, _put_back_and_go_on], ids=["gone", "cut", "another"])
def test_a_journal_that_is_another_is_told(file: Path, replace: object) -> None:
    journal = Journal(JournalFile(file))
    journal.append(_save("a.xlsx"), _save("b.xlsx"), _save("c.xlsx"))
    assert callable(replace)
    replace(file)
    with pytest.raises(JournalReplacedError, match=r"journal\.jsonl") as caught:
        journal.read()
    assert caught.value.advice
    with pytest.raises(JournalReplacedError):
        journal.append(_save("x.xlsx"))
    assert all(not isinstance(entry.record, Save) or entry.record.path != "x.xlsx" for entry in _read(file))


def test_later_sequences_are_above_the_floor(file: Path) -> None:
    journal = Journal(JournalFile(file))
    journal.append(_save("a.xlsx"))
    journal.raise_floor(40)
    journal.raise_floor(7)
    assert [entry.sequence for entry in journal.append(_save("b.xlsx"), _save("c.xlsx"))] == [41, 42]
    assert [entry.sequence for entry in Journal(JournalFile(file)).append(_save("d.xlsx"))] == [43]


def test_two_that_append_in_turn_see_each_other(file: Path) -> None:
    one, other = Journal(JournalFile(file)), Journal(JournalFile(file))
    for number in range(4):
        (entry,) = (one, other)[number % 2].append(_save(f"{number}.xlsx"))
        assert entry.sequence == number + 1
    assert [entry.sequence for entry in one.read()] == [4]
    assert other.read() == ()
    assert one.history.saves == other.history.saves
    assert (one.length, one.digest) == (other.length, other.digest)
    assert (one.length, one.digest) == (file.stat().st_size, sha256(file.read_bytes()).hexdigest())


def test_what_others_entered_is_known_before_the_first_write(file: Path) -> None:
    one, other = Journal(JournalFile(file)), Journal(JournalFile(file))
    one.append(_save("a.xlsx"))
    with other.writing() as write:
        assert other.history.latest("a.xlsx")
        write(_save("b.xlsx"))
    assert [save.sequence for save in other.history.saves] == [1, 2]


def test_a_copy_knows_the_same_and_goes_its_own_way(file: Path) -> None:
    journal = Journal(JournalFile(file))
    journal.append(_save("a.xlsx"), PlacedFiles((("inbox/X.xlsx", ONE),)))
    copy = journal.copy(JournalFile(file))
    assert (copy.history.saves, copy.length, copy.digest) == (journal.history.saves, journal.length, journal.digest)
    journal.append(_save("b.xlsx"), Gone("a.xlsx", LATER), PlacedFiles((("inbox/X.xlsx", TWO),)))
    assert copy.history.last_sequence == 2
    assert copy.history.latest("b.xlsx") is None
    assert not copy.history.gone
    assert not copy.history.has_placed("inbox/X.xlsx", TWO)
    assert [entry.sequence for entry in copy.append(_save("c.xlsx"))] == [6]
    assert journal.history.latest("c.xlsx") is None
    assert [entry.sequence for entry in journal.read()] == [6]
    assert (copy.length, copy.digest) == (journal.length, journal.digest)


def test_the_digest_of_a_beginning_is_that_of_its_bytes(file: Path) -> None:
    journal = Journal(JournalFile(file))
    assert journal.digest_up_to(0) == sha256(b"").hexdigest()
    journal.append(_save("a.xlsx"))
    length, digest = journal.length, journal.digest
    journal.append(_save("b.xlsx"))
    assert journal.digest_up_to(length) == digest
    assert journal.digest_up_to(journal.length) == journal.digest
    assert journal.digest_up_to(journal.length + 1) == ""


def test_a_journal_that_cannot_be_read_or_written_stops_the_job(tmp_path: Path) -> None:
    (tmp_path / "archive").touch()
    with pytest.raises(FolderError):
        Journal(JournalFile(tmp_path / "archive" / "journal.jsonl")).append(_save("a.xlsx"))
    (tmp_path / "folder" / "journal.jsonl").mkdir(parents=True)
    with pytest.raises(FolderError):
        Journal(JournalFile(tmp_path / "folder" / "journal.jsonl")).read()
