"""What goes into the ledger comes out of it, whatever people write, and no byte that flipped reaches the council."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from itertools import batched
from pathlib import Path
from tempfile import TemporaryDirectory
