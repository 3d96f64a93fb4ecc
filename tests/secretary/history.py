"""What officers and the person who makes the report have written, and which of it must be seen where."""

import shutil
from copy import deepcopy
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from generator.domain.plan.goals import Plan
from tests.builders import CLERK, DIRECTOR, PLAN
from tests.flow.test_pass import NOON
from tests.secretary import office
from tests.secretary.watching import Watching

OFFICERS = (CLERK, DIRECTOR)


@dataclass(frozen=True)
class Place:
    """A cell of a goal's row; `officer` is whose text it is, an empty string for a value that is nobody's text."""

    code: str
    officer: str
    field: str

    @property
    def bookmark(self) -> str:
        return f"g_{self.code.replace('.', '_')}_{self.field}"


@dataclass(frozen=True)
class SavedBook:
    """A workbook as it lay after a round, and the texts of its sheet of texts."""

    data: bytes
    texts: dict[str, str]


@dataclass
class History:
    """A workspace that things happen to.

    `said` and `degrees` are the officers' present answers. `hers` are her words of cells that must be printed or asked
    about, `unread` those of an edited draft that no round has read yet; `texts` and `unread_texts` are those of the
    sheet of texts, `old_places` those that an old copy of the workbook does not know; `file_words` are those that only
    a file of hers has. `stands_for` are the officers' texts in whose place a text of hers may be printed, `cleared`
    those in whose place she left nothing; `place_of` is the cell of every text there ever was.

    `hand` are the files of the outbox that a person saved, `placed` those of the program, and `ours` the hashes of all
    that the program ever put there; `saves` are the officers' workbooks, `open_files` what somebody has open. `stay`
    are the names of edited drafts that must stay. `books` and `drafts` are earlier workbooks and drafts. `report` is
    the present report by its path in the workspace. `minutes` have passed since the beginning. `is_watched`: one
    program makes all rounds, until it is interrupted; else each is a run.
    """

    root: Path
    plan: Plan = PLAN
    said: dict[Place, str] = field(default_factory=dict)
    degrees: dict[tuple[str, str], int] = field(default_factory=dict)
    hers: dict[Place, str] = field(default_factory=dict)
    unread: dict[Place, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    unread_texts: dict[str, str] = field(default_factory=dict)
    stands_for: dict[str, set[str]] = field(default_factory=dict)
    place_of: dict[str, Place] = field(default_factory=dict)
    cleared: dict[Place, set[str]] = field(default_factory=dict)
    hand: dict[str, bytes] = field(default_factory=dict)
    placed: dict[str, bytes] = field(default_factory=dict)
    saves: dict[str, bytes] = field(default_factory=dict)
    ours: set[int] = field(default_factory=set)
    stay: set[str] = field(default_factory=set)
    open_files: dict[str, bytes | None] = field(default_factory=dict)
    old_places: set[str] = field(default_factory=set)
    books: list["SavedBook"] = field(default_factory=list)
    drafts: list[bytes] = field(default_factory=list)
    file_words: list[str] = field(default_factory=list)
    story: list[str] = field(default_factory=list)
    count: int = 0
    minutes: int = 0
    report: Path | None = None
    is_watched: bool = False
    watching: Watching | None = None
    is_cut: bool = False
    has_unread_save: bool = False

    @property
    def now(self) -> datetime:
        return NOON + timedelta(minutes=self.minutes)

    @property
    def outbox(self) -> Path:
        return self.root / "outbox"

    @property
    def draft(self) -> Path:
        return self.outbox / office.DRAFT

    @property
    def aside(self) -> Path:
        return self.outbox / office.ASIDE

    @property
    def book(self) -> Path:
        return self.outbox / office.BOOK

    @property
    def present_report(self) -> Path | None:
        """The document that the last round called the report; None if it had no place for one."""
        return self.root / self.report if self.report else None

    def new_word(self, who: str) -> str:
        """A text that nobody has written before."""
        self.count += 1
        return f"{who} {self.count:03}."

    def write(self, place: Place, old: str, new: str) -> None:
        """Notes that she wrote a text in the place of another, in a draft that no round has read."""
        self.unread[place] = new
        self.place_of[new] = place
        self.stands_for[new] = {*self.stands_for.get(old, {old})}

    def clear(self, place: Place, old: str) -> None:
        """Notes that she emptied a text: neither it nor the officer's text behind it need be printed."""
        self.cleared.setdefault(place, set()).update(self.stands_for.get(old, {old}))
        self.unread.pop(place, None)
        self.hers.pop(place, None)

    def keep_file(self, word: str, name: str = office.DRAFT) -> None:
        """Notes that she wrote words in an edited draft that only the file itself can keep."""
        self.file_words.append(word)
        self.stay.add(name)

    def forget(self, place: Place) -> None:
        """Notes that she took her text back."""
        self.hers.pop(place, None)

    def may_have_read(self) -> None:
        """Notes that what no round has read may have been entered all the same, in the place of older words of hers."""
        self.is_cut = True
        for place in self.unread:
            self.forget(place)

    def draft_is_gone(self) -> None:
        """Notes that her edited draft was moved away: what no round has read of it is gone with it."""
        if self.is_cut:  # an interrupted round may have read it, or not
            for place in self.unread:
                self.forget(place)
        self.unread.clear()
        self.stay.discard(office.DRAFT)

    def draft_is_written_over(self) -> None:
        """Notes that she saved another file over her edited draft: what stood in that is taken back."""
        if office.DRAFT in self.stay:
            text = office.document_text(self.draft.read_bytes())
            for place in [place for place, word in self.hers.items() if word in text]:
                self.forget(place)
        self.draft_is_gone()

    def codes_of(self, officer: str) -> list[str]:
        """The goals that an officer answers for and that stand in the form."""
        in_form = {goal.code for goal in PLAN.goals}
        return [goal.code for goal in self.plan.goals if officer in goal.officers and goal.code in in_form]

    def is_locked(self, path: Path) -> bool:
        """True if somebody has the file open."""
        return office.lock_of(path).exists()

    def note_hand(self) -> None:
        """Notes which files of the outbox a person has saved since the program wrote them."""
        files = office.outbox_files(self.root)
        self.hand = {name: data for name, data in files.items() if hash(data) not in self.ours}
        open_now = (path.name for path in (self.draft, self.aside, self.book) if self.is_locked(path))
        self.open_files = {name: files.get(name) for name in open_now}

    def stop_watching(self) -> None:
        """Ends the program that makes all rounds; the next round starts another."""
        if self.watching:
            self.watching.stop()
        self.watching = None

    def copied_to(self, root: Path) -> "History":
        """The same history in a copy of its workspace."""
        shutil.copytree(self.root, root, dirs_exist_ok=True)
        return replace(deepcopy(self), root=root)


def seeded(seed: str) -> Random:
    """The random choices of a seed."""
    return Random(seed)
