"""The settings of earlier periods, which the archive keeps."""

from functools import lru_cache
from pathlib import Path

from generator.app.session import Session
from generator.domain.base.settings import Settings
from generator.errors import SettingsError
from generator.store.state import MissingBytesError
from generator.workspace.folders import SETTINGS_FILE
from generator.workspace.settings_file import decode_settings


def settings_of(session: Session, period: str) -> Settings | None:
    """Returns the last settings that were in use in a period; None if they are not known any more."""
    for used in reversed(session.store.history.settings_used()):
        try:
            settings = _decoded(session.store.archive.read(used.digest))
        except (MissingBytesError, SettingsError):
            continue
        if settings.period.id == period:
            return settings
    return None


@lru_cache(maxsize=8)  # those of the previous period are asked for with each snapshot
def _decoded(data: bytes) -> Settings:
    return decode_settings(data, Path(SETTINGS_FILE))
