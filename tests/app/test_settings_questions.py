"""What cannot be meant in seuranta.toml is asked, and stops nothing."""

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from generator.app.forms import write_forms
from generator.workspace.folders import Workspace
from tests.builders import CLERK
from tests.workspaces import (
    change_settings,
    command,
    fill,
    make_workspace,
    make_workspace_with_forms,
    name_municipality,
)


def asked(workspace: Workspace, *arguments: str) -> list[dict[str, Any]]:
    answer = command(workspace.root, *(arguments or ("plan", "check")), "--lang", "en", "--json")
    assert answer.code == 0, answer.err
    return [problem for problem in answer.json["problems"] if problem["severity"] == "question"]


@pytest.mark.parametrize(
    ("settings", "what", "advice"),
    [
        ({"deadline": date(2026, 6, 14)}, "due day 2026-06-14 is before the period's last day 2026-06-30", "end, dead"),
        ({"report_date": date(2026, 8, 13)}, "date 2026-08-13 is before the due day 2026-08-14", "report_date, dead"),
        ({"previous": "2025-2"}, "nothing is held of the period 2025-2", "begin it with #"),
        ({"previous": "2026-1"}, "2026-1 cannot be its own previous period", "period before"),
        ({"label": "tammi–kesäkuu 2025"}, "“tammi–kesäkuu 2025” is of another time", "end"),
        ({"label": "heinä–joulukuu 2026"}, "“heinä–joulukuu 2026” is of another time", "end"),
        ({"label": "kevät 2025"}, "“kevät 2025” is of another time", "end"),
    ],
)
def test_a_value_that_cannot_be_meant_is_asked(
    tmp_path: Path, settings: dict[str, object], what: str, advice: str
) -> None:
    (question,) = asked(make_workspace(tmp_path, **settings))
    assert what in question["what"] and advice in question["advice"]


def test_a_new_workspaces_municipality_is_asked_until_it_is_named(tmp_path: Path) -> None:
    command(tmp_path, "init", "uusi")
    new = make_workspace(tmp_path / "toinen")
    (new.root / "seuranta.toml").write_bytes((tmp_path / "uusi" / "seuranta.toml").read_bytes())
    (question,) = asked(new)
    assert "“Kunnan nimi” in place of the municipality's name" in question["what"]
    name_municipality(new.root, "Kunnan")
    assert asked(new) == []
    name_municipality(new.root, "Kunnan nimi")
    assert "Kirjoita kunnan nimi" in command(new.root, "plan", "check").out


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"report_date": date(2026, 6, 30)},  # by her own word
        {"report_date": date(2026, 8, 14)},
        {"deadline": date(2026, 6, 30)},
        {"label": "kevät 2026"},
        {"label": "1. vuosipuolisko"},
    ],
)
def test_a_value_that_can_be_meant_is_not_asked(tmp_path: Path, settings: dict[str, object]) -> None:
    assert asked(make_workspace(tmp_path, **settings)) == []


def test_a_report_dated_by_the_periods_end_because_nobody_has_dated_it_is_asked(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    path = workspace.root / "seuranta.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("report_date =", "# report_date ="), encoding="utf-8")
    (question,) = asked(workspace)
    assert "not set" in question["what"] and "2026-06-30" in question["what"]
    assert "report_date = 2026-08-14" in question["advice"]
    change_settings(workspace.root, deadline=date(2026, 6, 30))  # the answers are due on the same day
    assert asked(workspace) == []


def with_answer(tmp_path: Path) -> Workspace:
    workspace = make_workspace_with_forms(tmp_path, extracts=[])
    fill(workspace.inbox / f"{CLERK}.xlsx", {"01.01": {"degree": 3, "narrative": "Työ etenee."}})
    assert command(workspace.root, "run").code == 0
    return workspace


def test_a_mistyped_period_is_told_with_what_is_held_by_every_command_and_the_page(tmp_path: Path) -> None:
    workspace = with_answer(tmp_path)
    change_settings(workspace.root, id="2026-11")
    for arguments in (("plan", "check"), ("status",), ("run",), ("status",)):
        (question,) = asked(workspace, *arguments)
        assert question["what"].endswith("the period 2026-11. There are answers of: 2026-1.")
        assert 'id = "2026-1"' in question["advice"] and 'previous = "2026-1"' in question["advice"]
    assert "kaudesta 2026-11 ei ole vastauksia" in command(workspace.root, "status").out
    assert "kaudesta 2026-11 ei ole vastauksia" in command(workspace.root, "run").out
    page = (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")
    assert "kaudesta 2026-11 ei ole vastauksia" in page and "Avoimia asioita ei ole" not in page
    change_settings(workspace.root, id="2026-1")
    assert asked(workspace, "status") == []


def test_a_new_period_that_names_the_last_one_or_has_forms_is_not_asked(tmp_path: Path) -> None:
    workspace = with_answer(tmp_path)
    change_settings(workspace.root, id="2026-2", previous="2026-1")
    assert asked(workspace, "status") == []
    change_settings(workspace.root, previous="2026-l")
    assert 'previous = "2026-1"' in asked(workspace, "status")[0]["advice"]
    for path in workspace.inbox.glob("*.xlsx"):
        path.unlink()
    write_forms(change_settings(workspace.root, previous="2026-1"))
    change_settings(workspace.root, previous="2026-11")
    (question,) = asked(workspace, "status")
    assert "2026-11, so the report is compared with nothing" in question["what"]
    assert question["advice"] == 'Write: previous = "2026-1". These periods are held: 2026-1.'


OPENED = (
    ("2026-2", "--end", "2026-12-31", "--deadline", "2027-01-29", "--report-date", "2027-02-08"),
    ("2027-1", "--end", "2027-06-30", "--deadline", "2027-08-01", "--report-date", "2027-08-20"),
)


@pytest.mark.parametrize(
    ("openings", "closed", "previous"),
    [
        (1, "2026-1", "# none"),
        (1, "2026-1", 'previous = "2026-1"'),
        (2, "2026-2", 'previous = "2026-1"'),
    ],
    ids=["the first period", "its own previous period", "a period in the middle"],
)
def test_a_closed_period_written_back_into_the_settings_is_told_with_the_open_one(
    tmp_path: Path, openings: int, closed: str, previous: str
) -> None:
    workspace = with_answer(tmp_path)
    for period in OPENED[:openings]:
        assert command(workspace.root, "period", "open", *period, "--because", "Kokous on pidetty.").code == 0
    last = OPENED[openings - 1][0]
    assert not any("is closed" in question["what"] for question in asked(workspace, "status"))
    change_settings(workspace.root, id=closed, label="kausi")
    path = workspace.root / "seuranta.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub("(?m)^previous = .*$", previous, text), encoding="utf-8")
    (question,) = asked(workspace, "status")
    assert f"the period {closed} is closed" in question["what"]
    assert f'id = "{last}"' in question["advice"] and f"finalize --period {closed}" in question["advice"]
    assert f"kausi {closed} on suljettu" in command(workspace.root, "run").out
    page = (workspace.outbox / "tilanne.html").read_text(encoding="utf-8")
    assert f"kausi {closed} on suljettu" in page and "Avoimia asioita ei ole" not in page


def names(workspace: Workspace, text: str) -> Workspace:
    path = workspace.root / "seuranta.toml"
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")
    return workspace


def test_names_missing_in_a_language_are_told_once_for_each_language(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path, languages=["fi", "sv", "en"], label="kevät 2026")
    swedish, english = asked(names(workspace, '\n[names.sv]\norgan = "Kommunfullmäktige"\n'))
    assert "names.sv.municipality, names.sv.period: missing, so the report in Swedish" in swedish["what"]
    assert swedish["advice"].endswith('[names.sv]\nmunicipality = "Havulan kunta"\nperiod = "kevät 2026"')
    assert "names.en.municipality, names.en.organ, names.en.period" in english["what"]
    change_settings(workspace.root, label="tammi–kesäkuu 2026")
    swedish, english = asked(workspace)
    assert "names.sv.municipality: missing" in swedish["what"] and "names.en.period" not in english["what"]


def test_a_name_left_from_another_period_is_told(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path)
    table = '\n[names.sv]\nmunicipality = "Havulax"\norgan = "Fullmäktige"\nperiod = "juli–december 2025"\n'
    (question,) = asked(names(workspace, table))
    assert "names.sv.period: “juli–december 2025” is of another time" in question["what"]


def test_questions_alone_leave_nothing_to_try_again(tmp_path: Path) -> None:
    workspace = with_answer(tmp_path)
    change_settings(workspace.root, deadline=date(2026, 6, 14), report_date=date(2026, 8, 24))
    told = [command(workspace.root, "run").out for _ in range(3)][-1]
    assert "Tarkista:\n  seuranta.toml, period.deadline: palautuspäivä 2026-06-14" in told
    assert "Jokin on vialla" not in told
    assert (workspace.state / "nothing-new.json").is_file()


def test_questions_about_dates_are_asked_of_a_workspace_whose_state_is_broken(tmp_path: Path) -> None:
    workspace = make_workspace(tmp_path, deadline=date(2026, 6, 14))
    journal = workspace.state / "archive" / "journal.jsonl"
    journal.parent.mkdir(parents=True, exist_ok=True)
    journal.write_bytes(b'{"sequence": 1, "rec\n{"sequence": 2}\n')
    assert len(asked(workspace)) == 1


@pytest.mark.parametrize(
    ("pattern", "new", "told"),
    [
        ('"suunnitelman mukaan"', '"aikataulussa"', ["given the status “suunnitelman mukaan”, which is not there"]),
        (r"\[\[scale\]\]\nvalue = 5\n(labels.*\n)+", "", ["given the degree 5, which is not there"]),
        ("ei toteudu", "ei onnistu", []),
    ],
)
def test_what_officers_gave_and_the_settings_no_longer_have_is_asked(
    tmp_path: Path, pattern: str, new: str, told: list[str]
) -> None:
    workspace = make_workspace_with_forms(tmp_path)
    answer = {"degree": 5, "overall_status": "suunnitelman mukaan", "narrative": "Työ etenee suunnitellusti."}
    fill(workspace.inbox / f"{CLERK}.xlsx", {"01.01": answer})
    assert command(workspace.root, "run").code == 0
    path = workspace.root / "seuranta.toml"
    changed, count = re.subn(pattern, new, path.read_text(encoding="utf-8"))
    assert count == 1
    path.write_text(changed, encoding="utf-8")
    questions = [question["what"] for question in asked(workspace)]
    assert len(questions) == len(told) and all(part in what for part, what in zip(told, questions, strict=True))
