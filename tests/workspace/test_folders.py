"""Where everything lies, what people have saved, and what has settled."""

import os
import socket
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import FolderError, SettingsError
from generator.workspace.folders import (
    LARGEST_SAVE,
    Found,
    Stamp,
    Workspace,
    file_system,
    is_network_path,
    is_submission_name,
    is_unc,
    local_state,
    make_workspace,
    open_workspace,
    read_file,
    read_stamped,
    scan,
    stranded,
)
from generator.workspace.settings_file import read_settings
from tests.builders import EXAMPLE

SETTINGS_FILE = EXAMPLE / "seuranta.toml"
SETTINGS_TEXT = SETTINGS_FILE.read_text(encoding="utf-8")
MOUNTS = """\
/dev/vda / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
systemd-1 /srv/share autofs rw 0 0
//files.example/follow /srv/share cifs rw 0 0
files:/export /srv/Seurannan\\040kansio nfs4 rw 0 0
user@host: /home/k/remote fuse.sshfs rw 0 0
broken
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "Seuranta åäö"
    make_workspace(root, SETTINGS_TEXT, b"plan", b"template")
    return root


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    return inbox


def _save(inbox: Path, name: str, data: bytes = b"") -> Found:
    path = inbox / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return _found(inbox, name)


def _found(inbox: Path, name: str) -> Found:
    status = (inbox / name).stat()
    return Found(name, Stamp(status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino))


def test_a_new_workspace_opens_with_everything_in_its_place(root: Path) -> None:
    workspace = open_workspace(root)
    assert workspace.plan.read_bytes() == b"plan"
    assert workspace.template.read_bytes() == b"template"
    assert workspace.inbox.is_dir() and workspace.outbox.is_dir()
    assert workspace.state == root / ".seuranta"
    assert not any(workspace.inbox.iterdir())


def test_opening_a_workspace_writes_nothing(root: Path) -> None:
    (root / "inbox").rmdir()
    before = sorted(root.rglob("*"))
    workspace = open_workspace(root)
    assert sorted(root.rglob("*")) == before
    assert not workspace.state.exists() and not workspace.inbox.exists()


def test_a_path_is_recorded_relative_to_the_workspace_where_it_can_be(root: Path, tmp_path: Path) -> None:
    workspace = open_workspace(root)
    assert workspace.relative(workspace.inbox / "Tekniikka" / "X.xlsx") == "inbox/Tekniikka/X.xlsx"
    assert workspace.relative(tmp_path / "X.xlsx") == (tmp_path / "X.xlsx").as_posix()


def test_a_workspace_is_not_made_twice(root: Path) -> None:
    with pytest.raises(FolderError, match="already a workspace") as caught:
        make_workspace(root, "", b"other plan", b"other template")
    assert caught.value.advice
    assert (root / "seuranta.toml").read_text(encoding="utf-8") == SETTINGS_TEXT
    assert (root / "plan.xlsx").read_bytes() == b"plan"


def test_a_plan_that_stands_already_is_kept(tmp_path: Path) -> None:
    (tmp_path / "plan.xlsx").write_bytes(b"the municipality's own")
    assert make_workspace(tmp_path, SETTINGS_TEXT, b"plan", b"template") is None
    assert (tmp_path / "plan.xlsx").read_bytes() == b"the municipality's own"
    assert (tmp_path / "templates" / "report.docx").read_bytes() == b"template"


def test_a_workspace_cannot_be_made_where_a_file_stands(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(FolderError):
        make_workspace(tmp_path / "file", SETTINGS_TEXT, b"", b"")


@pytest.mark.parametrize("text", [SETTINGS_TEXT, SETTINGS_TEXT.replace('state = ".seuranta"\n', "")])
def test_on_a_network_path_the_state_lies_on_this_computer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    root = tmp_path / "share"
    real_path = os.path.realpath

    def as_windows_does_for_a_mapped_drive(path: Path, **more: bool) -> str:
        return r"\\server\share\kansio" if path == root else real_path(path, **more)

    monkeypatch.setattr(os.path, "realpath", as_windows_does_for_a_mapped_drive)
    state = make_workspace(root, text, b"plan", b"template")
    workspace = Workspace(root, read_settings(root / "seuranta.toml"))
    assert workspace.state == state == local_state(root)
    assert not state.is_relative_to(root)
    assert replace(workspace.settings, state=".seuranta") == read_settings(SETTINGS_FILE)


def test_the_local_state_of_two_folders_is_not_the_same(tmp_path: Path) -> None:
    one, other = local_state(tmp_path / "a" / "Seuranta"), local_state(tmp_path / "b" / "Seuranta")
    assert one != other
    assert one.parent == other.parent and one.parent.name == "seuranta"
    assert one.name.startswith("Seuranta-") and one == local_state(tmp_path / "a" / "Seuranta")
    assert local_state(Path(tmp_path.anchor)).name.startswith("workspace-")


@pytest.mark.parametrize("state", ["elsewhere/state", "~/state", "{tmp}/state"])
def test_the_settings_say_where_the_state_lies(root: Path, monkeypatch: pytest.MonkeyPatch, state: str) -> None:
    home = root / "home"
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(home))
    named = state.format(tmp=root.parent.as_posix())
    (root / "seuranta.toml").write_text(SETTINGS_TEXT.replace('".seuranta"', f'"{named}"'), encoding="utf-8")
    expected = {"elsewhere/state": root / "elsewhere" / "state", "~/state": home / "state"}
    assert open_workspace(root).state == expected.get(state, root.parent / "state")


def test_a_folder_that_is_no_workspace_is_not_made_one(tmp_path: Path) -> None:
    with pytest.raises(SettingsError):
        open_workspace(tmp_path)
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize(
    "name",
    [
        "Kansliapäällikkö.xlsx",
        "X.korjattavaa.xlsx",
        "X.ods",
        "X.pdf",
        "muistiinpanot.txt",
        "ilman päätettä",
        "A1B2C3D4.xlsx",
        "A1B2C3D",
        "A1B2C3D4E",
        "~X.xlsx",
        "tmp.xlsx",
        "kuittaus.html",
        "osa.part.xlsx",
        ".xlsx",
    ],
)
def test_these_names_are_submissions(name: str) -> None:
    assert is_submission_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "~$Kansliapäällikkö.xlsx",
        ".~lock.X.xlsx#",
        "X.tmp",
        "lu1a2b3c.tmp",
        "LU1A.TMP",
        "A1B2C3D4",
        "a1b2c3d4",
        "X.xlsx.part",
        ".seuranta-0011223344556677.part",
        "X.xlsx.partial",
        ".syncthing.X.xlsx.tmp",
        "~syncthing~X.xlsx.tmp",
        "._X.xlsx",
        "Thumbs.db",
        "thumbs.db",
        "desktop.ini",
        ".DS_Store",
        ".gitkeep",
        "X.kuittaus.html",
        "X.ods.kuittaus.html",
        "X.KUITTAUS.HTML",
    ],
)
def test_these_names_are_no_submissions(name: str) -> None:
    assert not is_submission_name(name)


def test_all_that_people_save_is_seen_sorted_by_path(inbox: Path) -> None:
    expected = [
        _save(inbox, name, name.encode())
        for name in ("Kansliapäällikkö.xlsx", "Tekniikka/Kadut/a.xlsx", "Tekniikka.xlsx", "b.pdf", "tyhjä.ods")
    ]
    _save(inbox, "~$Kansliapäällikkö.xlsx")
    _save(inbox, "Tekniikka/Thumbs.db")
    _save(inbox, "Tekniikka/Kadut/a.kuittaus.html")
    assert scan(inbox) == tuple(sorted(expected, key=lambda found: found.path))


@pytest.mark.parametrize("name", [".stversions", ".Trash-1000", "#recycle", "@eaDir", "$RECYCLE.BIN"])
def test_old_versions_and_waste_baskets_are_not_looked_into(inbox: Path, name: str) -> None:
    _save(inbox, f"Tekniikka/{name}/X.xlsx", b"an old answer")
    assert scan(inbox) == ()


def test_links_are_not_followed(inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.xlsx").write_bytes(b"secret")
    (inbox / "link.xlsx").symlink_to(tmp_path / "secret.xlsx")
    (inbox / "up").symlink_to(tmp_path, target_is_directory=True)
    assert scan(inbox) == ()


def test_only_files_are_opened(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(inbox)
    if hasattr(socket, "AF_UNIX"):
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind("X.xlsx")
    assert scan(inbox) == ()


def _when_asked(monkeypatch: pytest.MonkeyPatch, act: Callable[[Path], object]) -> None:
    """Somebody does something in the inbox just before a file is asked after."""
    lstat = Path.lstat

    def meanwhile(path: Path) -> os.stat_result:
        act(path)
        return lstat(path)

    monkeypatch.setattr(Path, "lstat", meanwhile)


def _make_a_folder_of(path: Path) -> None:
    path.unlink()
    path.mkdir()


def test_a_file_that_vanishes_meanwhile_is_skipped(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _save(inbox, "a.xlsx")
    _when_asked(monkeypatch, Path.unlink)
    assert scan(inbox) == ()


def test_a_file_that_cannot_be_looked_at_now_is_seen_without_a_stamp(
    inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _save(inbox, "a.xlsx")
    _when_asked(monkeypatch, _make_a_folder_of)
    assert scan(inbox) == (Found("a.xlsx", None),)


def test_a_file_that_the_system_refuses_is_seen_without_a_stamp(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _save(inbox, "a.xlsx")

    def refuse(_: Path) -> None:
        raise PermissionError(13, "in use by another process")

    _when_asked(monkeypatch, refuse)
    assert scan(inbox) == (Found("a.xlsx", None),)
    assert read_stamped(inbox, "a.xlsx") is None


def test_a_folder_that_vanishes_meanwhile_is_skipped(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = _save(inbox, "1.xlsx")
    (inbox / "2").mkdir()
    _when_asked(monkeypatch, lambda _: (inbox / "2").rmdir())
    assert scan(inbox) == (first,)


def test_a_folder_that_cannot_be_listed_is_named(inbox: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = _save(inbox, "1.xlsx")
    (inbox / "2").mkdir()

    def swap(path: Path) -> None:
        if path.name == "1.xlsx":
            (inbox / "2").rmdir()
            (inbox / "2").touch()
        else:
            _make_a_folder_of(inbox / "2")

    _when_asked(monkeypatch, swap)
    assert scan(inbox) == (first, Found("2", None))


def test_an_inbox_that_is_gone_stops_the_job(inbox: Path) -> None:
    inbox.rmdir()
    with pytest.raises(FolderError, match="inbox"):
        scan(inbox)
    with pytest.raises(FolderError, match="inbox"):
        stranded(inbox)


def test_stranded_saves_of_excel_are_named(inbox: Path) -> None:
    for name in ("Tekniikka/A1B2C3D4", "0011AABB", "X.xlsx", "A1B2C3D4.xlsx"):
        _save(inbox, name)
    assert stranded(inbox) == ("0011AABB", "Tekniikka/A1B2C3D4")


def test_a_file_is_read_or_it_is_told(inbox: Path) -> None:
    _save(inbox, "a.xlsx", b"data")
    assert read_file(inbox / "a.xlsx") == b"data"
    with pytest.raises(FolderError, match=r"b\.xlsx"):
        read_file(inbox / "b.xlsx")


@given(st.lists(st.sampled_from([b"", b"a", b"b", b"bb"]), min_size=2, max_size=2), st.booleans())
def test_a_stamp_tells_two_saves_of_a_file_apart(contents: list[bytes], renames: bool) -> None:  # noqa: FBT001
    with TemporaryDirectory() as folder:
        inbox = Path(folder)
        first = _save(inbox, "X.xlsx", contents[0])
        name = "A1B2C3D4" if renames else "X.xlsx"
        (inbox / name).write_bytes(contents[1])
        os.utime(inbox / name, ns=(2, 2))
        (inbox / name).replace(inbox / "X.xlsx")
        assert scan(inbox) == (_found(inbox, "X.xlsx"),) != (first,)


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("\\\\server\\share\\a", True),
        ("\\\\?\\UNC\\server\\share", True),
        ("\\\\?\\C:\\Seuranta", False),
        ("\\\\.\\C:\\", False),
        ("C:\\Seuranta", False),
        ("/srv/share", False),
    ],
)
def test_a_share_is_known_by_its_spelling(path: str, expected: bool) -> None:  # noqa: FBT001
    assert is_unc(path) is expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/srv/share/kunta", "cifs"),
        ("/srv/Seurannan kansio", "nfs4"),
        ("/home/k/remote/x", "fuse.sshfs"),
        ("/srv/shared", "ext4"),
        ("/", "ext4"),
    ],
)
def test_the_innermost_and_latest_mount_holds_a_path(path: str, expected: str) -> None:
    assert file_system(PurePosixPath(path), MOUNTS) == expected


def test_without_mounts_nothing_is_known() -> None:
    assert file_system(PurePosixPath("/srv"), "") == ""


def test_the_systems_own_folder_is_no_network_path() -> None:
    assert not is_network_path(Path(os.__file__))


def test_a_file_is_read_with_the_stamp_that_its_bytes_have(inbox: Path) -> None:
    found = _save(inbox, "Tekniikka/a.xlsx", b"one")
    assert read_stamped(inbox, "Tekniikka/a.xlsx") == (b"one", found.stamp)
    (inbox / "Tekniikka" / "a.xlsx").unlink()
    assert read_stamped(inbox, "Tekniikka/a.xlsx") is None


@pytest.mark.parametrize(
    "change", [lambda path: path.write_bytes(b"three"), Path.unlink, _make_a_folder_of], ids=["saved", "gone", "folder"]
)
def test_what_changes_while_it_is_read_is_not_taken(
    inbox: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], object]
) -> None:
    _save(inbox, "a.xlsx", b"one")
    _when_asked(monkeypatch, change)
    assert read_stamped(inbox, "a.xlsx") is None


def test_a_file_that_is_replaced_by_a_link_is_not_read(inbox: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.xlsx").write_bytes(b"secret")
    (inbox / "a.xlsx").symlink_to(tmp_path / "secret.xlsx")
    assert read_stamped(inbox, "a.xlsx") is None


def test_a_file_larger_than_any_workbook_is_named_and_not_read(tmp_path: Path) -> None:
    with (tmp_path / "video.xlsx").open("wb") as file:
        file.truncate(LARGEST_SAVE + 1)
    assert [found.path for found in scan(tmp_path)] == ["video.xlsx"]
    assert read_stamped(tmp_path, "video.xlsx") is None
