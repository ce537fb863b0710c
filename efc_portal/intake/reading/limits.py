"""How much a file for intake may hold, and how much of it is in memory at a time."""

from __future__ import annotations

MAX_BYTES = 500 * 1024 * 1024  # of the file, as sent
MAX_ROWS = 2_000_000
MAX_COLUMNS = 200
MAX_ROW = 1_000_000  # characters of one row, whatever it is written in
MAX_CELL = 4_000  # characters of a cell that are read on
CHUNK = 256 * 1024  # bytes read at a time
