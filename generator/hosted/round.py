"""The work of one job: keeping a workspace's saves, one round over them, one PDF."""

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from generator.app.intake import InboxLook
from generator.app.maintenance import sweep
from generator.app.plans import keep_sources, read_current_plan
from generator.app.rounds import Rounds
from generator.app.rules import Rules
from generator.app.run import make_keeper, opened, settle, system_clock
from generator.app.session import Session
from generator.app.taking import take_new
from generator.app.untaken import has_untaken
from generator.domain.base.moments import write_moment
from generator.domain.base.rule import N_
from generator.errors import SettingsError, SeurantaError
from generator.formats.pdf.conversion import Pdf
from generator.workspace.folders import SETTINGS_FILE
from generator.workspace.settings_file import read_intake_settings

# A workspace with more new saves goes on in another job, so that it does not hold up the others.
MOST_SAVES = 40


@dataclass(frozen=True, slots=True)
class WantedPdf:
    """A document whose PDF is still to be made: the name of its draft, and its SHA-256."""

    draft_name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class RoundDone:
    """What a round did and left to do.

    `is_unfinished`: another round is needed; `pdfs`: documents that need one; `saves`: how many were read.
    """

    is_unfinished: bool
    pdfs: tuple[WantedPdf, ...] = ()
    saves: int = 0


def refuse_state_elsewhere(root: Path, place: str) -> None:
    """Raises SettingsError if a workspace's settings name another state: it has left the database, or is no workspace.

    Otherwise a worker would write a second state beside the one that the municipality uses.
    """
    if read_intake_settings(root / SETTINGS_FILE).state != place:
        raise SettingsError(_ELSEWHERE, _BRING_BACK, path=root, place=place)


def keep_saves(root: Path) -> InboxLook:
    """Keeps all files of the inbox that stand unchanged, and waits once for those that are new.

    Raises:
        FolderError: the inbox or the database cannot be read or written.
    """
    clock = system_clock()
    with closing(make_keeper(root, clock)) as keeper:
        return settle(keeper, clock)


def make_round(root: Path, most: int = MOST_SAVES) -> RoundDone:
    """Reads, answers and merges new saves, and makes every document that is not up to date, without its PDF.

    Args:
        most: how many saves to read; if there are more, no document is made yet.

    Raises:
        SeurantaError: the whole report could not be made; what was taken stays taken.
    """
    clock = system_clock()
    with closing(make_keeper(root, clock)) as keeper, opened(root, keeper, clock) as (session, broken):
        saves, is_more_left = 0, False
        if broken.settings_error is None:
            saves, is_more_left = _take_some(session, most, write_moment(clock.now()))
        if is_more_left:
            return RoundDone(is_unfinished=True, saves=saves)
        rounds = Rounds(session, clock.now, broken.settings_error)
        sweep(session)
        rounds.result.unsettled = keeper.look().unsettled
        if rounds.take():
            rounds.publish(*rounds.editions())
            rounds.finish()
        else:
            rounds.show()
        if rounds.result.stopped:
            raise rounds.result.stopped
        wanted = (each for each in rounds.result.documents.values() if each.wants_pdf)
        pdfs = tuple(WantedPdf(each.edition.draft_name, each.sha256) for each in wanted)
        return RoundDone(rounds.untaken() or rounds.is_superseded, pdfs, saves + len(rounds.result.files))


def make_pdf(root: Path, wanted: WantedPdf) -> bool:
    """Makes the PDF of a document, unless the document has changed since: then another job makes the PDF.

    Returns:
        True if the PDF was made; otherwise tilanne.html may tell why not.

    Raises:
        SeurantaError: the document or its PDF could not be made.
    """
    clock = system_clock()
    with closing(make_keeper(root, clock)) as keeper, opened(root, keeper, clock) as (session, broken):
        rounds = Rounds(session, clock.now, broken.settings_error)
        if not rounds.take():
            return False
        edition = next((each for each in rounds.editions() if each.draft_name == wanted.draft_name), None)
        if edition is None:
            return False
        if any(published.sha256 == wanted.sha256 for published in rounds.publish(edition)):
            rounds.make_pdf(edition)
        rounds.show()
        done = rounds.result.documents.get(wanted.draft_name)
        return done is not None and isinstance(done.pdf, Pdf)


def _take_some(session: Session, most: int, now: str) -> tuple[int, bool]:
    """Takes some of the new saves; returns their number, and whether there are more.

    If the plan or the key cannot be used, none are taken, and the round tells why.
    """
    with session.store.sole_writer():
        session.store.read_journal()
        try:
            reading = read_current_plan(session)
        except SeurantaError:
            return 0, False
        if session.key_error:
            return 0, False
        keep_sources(session, reading.plan, now)
        files = take_new(session, Rules(session, reading.plan), most=most)
        return len(files), has_untaken(session)


_ELSEWHERE = N_("{path}: skipped, because the settings do not name the state {place}.")
_BRING_BACK = N_(
    'Write state = "{place}" into seuranta.toml, or copy its state into the database with seuranta hosted import.'
)
