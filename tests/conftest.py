"""How the tests run: the same examples everywhere, and nothing passed over in silence."""

import os
import shutil

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile("seuranta", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.load_profile("seuranta")

LIBREOFFICE = shutil.which("soffice")
left_out = pytest.StashKey[list[str]]()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves the tests that drive LibreOffice out where there is none; in CI that is a failure."""
    driven = [item for item in items if item.get_closest_marker("libreoffice")]
    if LIBREOFFICE or not driven:
        return
    if os.environ.get("CI"):
        raise pytest.UsageError("LibreOffice (soffice) is missing, and in CI its tests must run.")
    config.stash[left_out] = [item.nodeid for item in driven]
    config.hook.pytest_deselected(items=driven)
    items[:] = [item for item in items if item not in driven]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    for nodeid in config.stash.get(left_out, []):
        terminalreporter.write_line(f"DID NOT RUN, no LibreOffice on this machine: {nodeid}", red=True)
