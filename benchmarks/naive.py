"""What one would write in ten minutes: `python -m benchmarks.naive INCOMING OUT.xlsx`.

Reads the table of every template below its title rows, puts the rows together, drops repeated ones, writes one sheet.
Nothing is checked, merged or compared.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

SHEET, HEADER_ROW = "Сведения", 5


def joined(folder: Path, target: Path) -> int:
    """Join the files of a folder; return how many rows were written."""
    frames = [read(path) for path in sorted(folder.glob("*.xlsx"))]
    rows = pd.concat(frames, ignore_index=True).drop_duplicates()
    rows.to_excel(target, index=False, engine="openpyxl")
    return len(rows)


def read(path: Path) -> pd.DataFrame:
    """Return the filled rows of a template as they stand."""
    frame = pd.read_excel(path, sheet_name=SHEET, header=HEADER_ROW - 1, engine="openpyxl")
    return frame.dropna(how="all")


if __name__ == "__main__":
    print(joined(Path(sys.argv[1]), Path(sys.argv[2])))
