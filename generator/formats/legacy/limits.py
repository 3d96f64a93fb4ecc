"""How much a workbook in another format may hold, and the first word of the child that reads it."""

from dataclasses import dataclass

READY = b"ready\n"  # the first that the child says, when nothing of the file has been read yet


@dataclass(frozen=True, slots=True)
class LegacyLimits:
    """How much one workbook may hold before it is refused as too large.

    Characters are those of the cells' values; an .ods file's count once more while they stream by.
    """

    cells: int = 400_000
    characters: int = 8_000_000
    depth: int = 256  # elements inside each other
    marks: int = 50_000  # merges, and styles
    properties: int = 1_000
