"""The house rules that no linter holds: sizes, and which room may use which library."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tests.builders import ROOT

MODULES = sorted((ROOT / "generator").rglob("*.py"))
LONGEST_FUNCTION, LONGEST_MODULE = 40, 400
LONG_FUNCTION, SHARE_OF_SHORT = 22, 0.9

# DESIGN 8: each file library is imported only in the rooms named for it.
ROOMS_OF_A_LIBRARY = {
    "openpyxl": {"formats/xlsx"},
    "pikepdf": {"formats/pdf"},
    "page": {"formats/pdf"},
    "xlrd": {"formats/legacy"},
    "docx": {"formats/docx"},
    "docxtpl": {"formats/docx"},
    "lxml": {"formats/docx", "formats/opc", "formats/xlsx"},
    "jinja2": {"formats/docx", "formats/html"},
    "watchdog": {"workspace"},
    "sqlite3": {"store"},
    "filelock": {"disk"},
    "pydantic": {"cli", "store/postgres", "workspace"},
    "tomlkit": {"workspace"},
    "typer": {"cli"},
    "babel": {"i18n"},
    "psycopg": {"hosted", "store/postgres"},
    "procrastinate": {"hosted"},
}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def room(path: Path) -> str:
    return path.relative_to(ROOT / "generator").as_posix()


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def body_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines of a body, its docstring left out."""
    body = function.body[1:] if ast.get_docstring(function) else function.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


@cache
def imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            names.update(alias.name.split(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module.split(".")[0])
    return names


@pytest.mark.parametrize("path", MODULES, ids=room)
def test_a_module_and_its_functions_stay_short(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_MODULE
    assert [function.name for function in functions(path) if body_lines(function) > LONGEST_FUNCTION] == []


def test_nine_functions_in_ten_fit_in_a_glance() -> None:
    lengths = [body_lines(function) for path in MODULES for function in functions(path)]
    assert sum(length <= LONG_FUNCTION for length in lengths) / len(lengths) >= SHARE_OF_SHORT


@pytest.mark.parametrize(("library", "rooms"), ROOMS_OF_A_LIBRARY.items(), ids=ROOMS_OF_A_LIBRARY)
def test_each_library_stays_in_its_rooms(library: str, rooms: set[str]) -> None:
    modules = {room(path) for path in MODULES if library in imported(path)}
    outside = {module for module in modules if not any(module.startswith(room_name) for room_name in rooms)}
    assert modules and outside == set()


def test_a_class_name_means_one_thing() -> None:
    """Private classes too: a reader who meets `Table` in two rooms would have to know in which one they are."""
    places: dict[str, list[str]] = {}
    for path in MODULES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef):
                places.setdefault(node.name.lstrip("_"), []).append(room(path))
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


# One trap for each thread and for each save: a fault of ours in one must not stop the others.
BROAD_TRAPS = [
    "app/keeping.py",  # the thread that keeps saves
    "app/taking.py",  # each save
    "cli/commands.py",  # the whole command
]


def test_exceptions_are_trapped_broadly_once_for_each_thread_and_save() -> None:
    broad = [
        room(path)
        for path in MODULES
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ExceptHandler) and ast.unparse(node.type or ast.Name("None")) in ("Exception", "None")
    ]
    assert sorted(broad) == BROAD_TRAPS


def patched_names(test: ast.Module) -> Iterator[str]:
    """The dotted names that a test module sets, deletes or patches from outside, such as `os.fsync`.

    A name that was imported is told in full. What is set on a value that the test made itself has no such name.
    """
    origins = origins_of_names(test)
    for patched in patched_values(test):
        if isinstance(patched, ast.Constant):
            yield str(patched.value)
        first, dot, rest = ast.unparse(patched).partition(".")
        if first in origins:
            yield origins[first] + dot + rest


def origins_of_names(test: ast.Module) -> dict[str, str]:
    """The full name of each name that is imported."""
    origins: dict[str, str] = {}
    for node in ast.walk(test):
        if isinstance(node, ast.Import):
            origins.update((alias.asname or alias.name.split(".")[0], alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            origins.update((alias.asname or alias.name, f"{node.module}.{alias.name}") for alias in node.names)
    return origins


def patched_values(test: ast.Module) -> Iterator[ast.expr]:
    """What is patched: the first argument of a patching call, or `x` of an assignment to `x.name`."""
    for node in ast.walk(test):
        if isinstance(node, ast.Call) and node.args and _last_name(node.func) in PATCHERS:
            yield node.args[0]
        elif isinstance(node, ast.Assign):
            yield from (target.value for target in node.targets if isinstance(target, ast.Attribute))


def _last_name(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


PATCHERS = {"setattr", "delattr", "setitem", "delitem", "patch", "object", "dict"}
TESTS = sorted((ROOT / "tests").rglob("*.py"))


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_test_patches_a_name_of_ours(path: Path) -> None:
    """A stand-in program, a real file or an argument shows what people meet; a patched name shows only itself."""
    assert [name for name in patched_names(tree(path)) if name.split(".")[0] == "generator"] == []


@pytest.mark.parametrize(
    "line",
    [
        'monkeypatch.setattr("generator.app.rounds.pdf_of", stub)',
        'cut.setattr(rounds, "pdf_of", stub)',
        'cut.setattr(rounds.Rounds, "publish", stub)',
        'monkeypatch.delattr(rounds, "pdf_of")',
        'mock.patch("generator.app.rounds.pdf_of")',
        'patch.object(rounds, "pdf_of")',
        "rounds.pdf_of = stub",
    ],
)
def test_a_patched_name_of_ours_is_found(line: str) -> None:
    test = ast.parse(f"from generator.app import rounds\nimport os\nos.fsync = stub\n{line}")
    assert sorted(name.split(".")[0] for name in patched_names(test)) == ["generator", "os"]


DOMAIN = [path for path in MODULES if "domain" in path.relative_to(ROOT / "generator").parts]


@pytest.mark.parametrize("path", DOMAIN, ids=room)
def test_everything_public_in_the_domain_has_a_docstring(path: Path) -> None:
    nodes = (node for node in ast.walk(tree(path)))
    public = (node for node in nodes if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name[0] != "_")
    assert [node.name for node in public if not ast.get_docstring(node)] == []
