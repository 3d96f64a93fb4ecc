"""What the ledger needs of a database. SQLite and PostgreSQL give it; statements are such that both understand them."""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol, TypeAlias

Row: TypeAlias = tuple[Any, ...]


class Writer(Protocol):
    """Runs statements in a transaction; a statement has `?` for each value."""

    def execute(self, statement: str, values: Row = (), /) -> object:
        """Runs a statement once."""
        ...

    def executemany(self, statement: str, rows: Iterable[Row], /) -> object:
        """Runs a statement for each row, in their order."""
        ...


class Database(Protocol):
    """The tables of one workspace's ledger. A statement has `?` for each value.

    Each method raises LedgerDamagedError where the data is damaged, and FolderError where it cannot be reached.
    """

    @property
    def path(self) -> Path:
        """The place of the ledger, for messages."""
        ...

    def rows(self, statement: str, values: Row) -> list[Row]:
        """Returns all rows of a query; outside a transaction, what was committed last."""
        ...

    def writing(self) -> AbstractContextManager[Writer]:
        """Makes all writes of the block one transaction: all of them are kept, or none if the block fails."""
        ...

    def changes_of_others(self) -> int:
        """Returns a number that changes when another program has changed the ledger."""
        ...

    def close(self) -> None:
        """Ends the connection."""
        ...
