"""What a merge must read and write whatever it thinks: `python -m benchmarks.bare INCOMING EDITION RUN OUT`.

RUN is the folder of a finished merge of these inputs. The fast reader gives every cell of the files and of the edition
before; every workbook of the run is read again, as a merge reads again what it wrote, and its texts are written anew as
bare XML; other outputs are unpacked and packed. Nothing is guarded, checked, merged, compared or formatted, and no cell
has a width, a comment or a list to choose from.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from python_calamine import CalamineWorkbook
from xlsxwriter.utility import xl_col_to_name

# Packing with this effort is what a merge does too.
_EFFORT, _AT_ONCE = 4, 512
_MOST_COLUMNS = 64

Rows = Sequence[Sequence[object]]


def moved(incoming: Path, edition: Path, run: Path, out: Path) -> int:
    """Read what a merge reads and write what it wrote; return how many cells that hold something were written."""
    for path in (*sorted(incoming.glob("*.xlsx")), edition):
        read(path)
    cells = 0
    for number, path in enumerate(sorted(path for path in run.rglob("*") if path.is_file())):
        target = out / f"{number}{path.suffix}"
        if path.suffix == ".xlsx":
            cells += write(read(path), target)
        elif path.suffix == ".json":
            target.write_text(json.dumps(json.loads(path.read_bytes()), ensure_ascii=False), encoding="utf-8")
        elif path.suffix == ".docx":
            repack(path, target)
    return cells


def read(path: Path) -> Mapping[str, Rows]:
    """Return the rows of each sheet."""
    with CalamineWorkbook.from_path(path) as book:
        return {name: list(book.get_sheet_by_name(name).iter_rows()) for name in book.sheet_names}


def write(sheets: Mapping[str, Rows], target: Path) -> int:
    """Write rows as cells that share their texts, and nothing beside; return how many cells."""
    texts: dict[object, int] = {}
    cells = 0
    letters = [xl_col_to_name(column) for column in range(_MOST_COLUMNS)]
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=_EFFORT) as package:
        for number, rows in enumerate(sheets.values(), 1):
            with package.open(f"xl/worksheets/sheet{number}.xml", "w") as part:
                for some in _rendered(rows, letters, texts):
                    part.write(some.encode())
            cells += sum(len(row) - row.count("") for row in rows)
        shared = "".join([f"<si><t>{escape(str(text))}</t></si>" for text in texts])
        package.writestr("xl/sharedStrings.xml", f"<sst>{shared}</sst>")
    return cells


def _rendered(rows: Rows, letters: Sequence[str], texts: dict[object, int]) -> Iterator[str]:
    yield "<sheetData>"
    for begin in range(0, len(rows), _AT_ONCE):
        yield "".join(
            [_row(number, row, letters, texts) for number, row in enumerate(rows[begin : begin + _AT_ONCE], begin + 1)]
        )
    yield "</sheetData>"


def _row(number: int, row: Sequence[object], letters: Sequence[str], texts: dict[object, int]) -> str:
    cells = [
        f'<c r="{letter}{number}" t="s"><v>{texts.setdefault(value, len(texts))}</v></c>'
        for letter, value in zip(letters, row, strict=False)
        if value != ""
    ]
    return f'<row r="{number}">{"".join(cells)}</row>'


def repack(path: Path, target: Path) -> None:
    """Unpack the parts of a package and pack them again."""
    with ZipFile(path) as source, ZipFile(target, "w", ZIP_DEFLATED, compresslevel=_EFFORT) as package:
        for name in source.namelist():
            package.writestr(name, source.read(name))


if __name__ == "__main__":
    print(moved(*map(Path, sys.argv[1:])))
