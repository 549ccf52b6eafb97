"""About the least that reading, checking and writing cost in Python: `python -m benchmarks.limit INCOMING OUT.xlsx`.

The fast reader, checks column by column without pandas, and rows rendered as XML straight into the file in which
xlsxwriter keeps the rows of its constant_memory mode. That file is private to xlsxwriter: a benchmark may use it, the
program does not. Nothing is merged or compared, no cell has a format, one sheet holds the rows and one what was found.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

import xlsxwriter
from python_calamine import CalamineWorkbook
from xlsxwriter.utility import xl_col_to_name

SHEET, HEADER_ROW = "Сведения", 5
ACTIONS = {"без изменений", "включить", "изменить", "исключить"}
KINDS, ANSWERS = {"цифровая", "офлайн"}, {"", "да", "нет"}
CLIENTS = {"внешний", "внутренний", "внешний и внутренний"}
NO, CODE, ACTION, ACTIVITY, PROCESS, CLIENT, POINT, CONTACT, KIND, NEEDS, KEY, BASIS, NOTE = range(13)
REQUIRED = (ACTION, ACTIVITY, PROCESS, CLIENT, POINT, KIND, NEEDS)

Row = list[str]
Remark = tuple[str, str, str]


def joined(folder: Path, target: Path) -> int:
    """Join and check the files of a folder; return how many rows were written."""
    header: Row = []
    rows: list[Row] = []
    for path in sorted(folder.glob("*.xlsx")):
        header, own = read(path)
        rows += own
    remarks = list(checked(rows))
    with xlsxwriter.Workbook(str(target), {"constant_memory": True}) as book:
        write(book.add_worksheet("Реестр"), [header, *rows])
        write(book.add_worksheet("Замечания"), remarks)
    return len(rows)


def read(path: Path) -> tuple[Row, list[Row]]:
    """Return the header of a template and its filled rows, all as text."""
    with CalamineWorkbook.from_path(path) as book:
        found = book.get_sheet_by_name(SHEET).to_python(skip_empty_area=False)
    texts = [[str(value).strip() for value in row] for row in found[HEADER_ROW - 1 :]]
    return texts[0], [row for row in texts[1:] if any(row)]


def checked(rows: Sequence[Row]) -> Iterator[Remark]:
    """Yield what is wrong: blanks, values outside the closed lists, changes without a document, rows said twice."""
    columns = list(zip(*rows, strict=True))
    for column in REQUIRED:
        yield from (_remark(at, column, "blank") for at, text in enumerate(columns[column]) if not text)
    for column, known in ((ACTION, ACTIONS), (KIND, KINDS), (CLIENT, CLIENTS), (KEY, ANSWERS)):
        yield from (_remark(at, column, "unknown") for at, text in enumerate(columns[column]) if text not in known)
    for at, (action, basis) in enumerate(zip(columns[ACTION], columns[BASIS], strict=True)):
        if action != "без изменений" and not basis:
            yield _remark(at, BASIS, "no document")
    seen: dict[tuple[str, str, str], int] = {}
    for at, key in enumerate(zip(columns[ACTIVITY], columns[PROCESS], columns[POINT], strict=True)):
        if seen.setdefault(key, at) != at:
            yield _remark(at, PROCESS, "twice")


def _remark(at: int, column: int, what: str) -> Remark:
    return str(at + 2), xl_col_to_name(column), what


def write(sheet: xlsxwriter.workbook.Worksheet, rows: Sequence[Sequence[str]]) -> None:
    """Render all rows into the sheet's row file as strings that stand in their cells."""
    letters = [xl_col_to_name(column) for column in range(max(map(len, rows), default=0))]
    sheet.row_data_fh.writelines(_rendered(rows, letters))
    if rows:
        sheet.dim_rowmin, sheet.dim_rowmax = 0, len(rows) - 1
        sheet.dim_colmin, sheet.dim_colmax = 0, len(letters) - 1


def _rendered(rows: Iterable[Sequence[str]], letters: Sequence[str]) -> Iterator[str]:
    for number, row in enumerate(rows, 1):
        cells = "".join(
            f'<c r="{letter}{number}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
            for letter, text in zip(letters, row, strict=True)
            if text
        )
        yield f'<row r="{number}">{cells}</row>'


if __name__ == "__main__":
    print(joined(Path(sys.argv[1]), Path(sys.argv[2])))
