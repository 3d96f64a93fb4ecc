"""How the tests run: the same examples everywhere, and nothing passed over in silence."""

import atexit
import gc
import os
import shutil
import sys
from collections.abc import Generator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("seuranta", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.load_profile("seuranta")

# What is printed is kept in the user's cache folder; the tests have one of their own, where the system lets them.
CACHE = TemporaryDirectory(prefix="seuranta-cache-")
atexit.register(CACHE.cleanup)
os.environ["XDG_CACHE_HOME"] = CACHE.name

# What each marker's tests drive; the first of the names that is on the path.
PROGRAMS = {
    "libreoffice": ("soffice", "libreoffice"),
    "chromium": ("chromium", "chromium-browser", "google-chrome"),
    "postgres": ("initdb", *map(str, Path("/usr/lib/postgresql").glob("*/bin/initdb"))),  # Debian's is on no path
}
left_out = pytest.StashKey[list[str]]()


# What these run is measured by the tests of the rooms already, and measuring doubles their time.
NOT_MEASURED = (
    "tests/browser/",
    "tests/corpus/",
    "tests/office/",
    "tests/flow/test_her_words.py",
    "tests/flow/test_her_words.py",
    "tests/flow/test_histories.py",
    "tests/flow/test_lost_signature.py",
    "tests/flow/test_person_model.py",
    "tests/flow/test_whose_answer.py",
    "tests/formats/docx/test_comments.py::test_a_broken_template_gets_a_comment",
    "tests/formats/docx/test_right_templates.py::test_a_right_template_stays_clean",
    "tests/test_house.py",
)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, object, object]:
    """Runs tests with many examples, or with whole programs, without the measuring of lines.

    pytest-cov's own `no_cover` does nothing in the processes of xdist: two measure there, and it stops one.
    """
    is_property = getattr(getattr(item, "obj", None), "is_hypothesis_test", False)
    tracer = sys.gettrace()
    if not type(tracer).__module__.startswith("coverage") or not (is_property or item.nodeid.startswith(NOT_MEASURED)):
        return (yield)
    sys.settrace(None)
    try:
        return (yield)
    finally:
        sys.settrace(tracer)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves the tests that drive a program out where there is none; in CI that is a failure."""
    missing = [marker for marker, names in PROGRAMS.items() if not any(map(shutil.which, names))]
    driven = [item for item in items if any(item.get_closest_marker(marker) for marker in missing)]
    if not driven:
        return
    if os.environ.get("CI"):
        raise pytest.UsageError(f"Missing, though in CI its tests must run: {', '.join(missing)}.")
    config.stash[left_out] = [item.nodeid for item in driven]
    config.hook.pytest_deselected(items=driven)
    items[:] = [item for item in items if item not in driven]


def pytest_collection_finish() -> None:
    """Exempts modules and tests, which stay, from garbage collection: going over them takes 4 % of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 100)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for nodeid in config.stash.get(left_out, []):
        terminalreporter.write_line(f"DID NOT RUN, its program is not on this machine: {nodeid}", red=True)
