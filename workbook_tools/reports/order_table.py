"""Tables of Word documents as XML, a row at a time: the annex of an order is longer than a program should hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from workbook_tools.reports.word import TABLE_STYLE, text_xml
from workbook_tools.xlsx.book import printable

if TYPE_CHECKING:
    from collections.abc import Callable

    from workbook_tools.printed import AnnexRow
    from workbook_tools.profile import Profile

_CELL_SIDE, _CELL_TOP = 85, 20
_TWIPS_PER_MM = 1440 / 25.4
# A text editor lays out a merged area in a time that grows by the square of its rows, and shows its text on its first
# page only: a heading of more rows stands again at the next process.
_LONGEST_MERGE = 40
_INSIDE_NUMBER = re.compile(r"(?<=\d)-(?=\d)")
# № and direction are merged over the rows of a heading, the process over its own.
_HEADING_COLUMNS, _PROCESS_COLUMN = (0, 1), 2
# A row without its texts; a sign that is written as a hyphen of its own, with the ends of the texts around it.
_ROW_BYTES, _SIGN_BYTES = 2_000, 80


class _Joined(NamedTuple):
    """Whether a row is merged with its neighbour: over the heading, over the process."""

    heading: bool
    process: bool


_APART = _Joined(heading=False, process=False)


def table_xml(rows: Sequence[AnnexRow], width_mm: float, profile: Profile) -> Iterator[str]:
    """Yield the table, its header repeated on every page; its pieces make one element when put together.

    Parameters
    ----------
    width_mm
        How wide the page's text is.
    """
    shares = [column.width for column in profile.sheets["annex"].columns]
    widths = [round(width_mm * _TWIPS_PER_MM * share / sum(shares)) for share in shares]
    yield _opening(widths)
    yield _row_frame(widths, [""] * len(widths), header=True) % tuple(map(_run, profile.headers("annex").values()))
    yield from _rows(rows, widths)
    yield "</w:tbl>"


def plain_table_xml(
    headers: Sequence[str],
    rows: Sequence[Sequence[str]],
    shares: Sequence[float],
    width_mm: float,
    *,
    keep_last: bool = False,
) -> Iterator[str]:
    """Yield a table with no merged cells, its header repeated on every page.

    Parameters
    ----------
    shares
        How wide the columns are, one to another.
    width_mm
        How wide the page's text is.
    keep_last
        Whether the last row stays on the page of what follows the table.
    """
    widths = [round(width_mm * _TWIPS_PER_MM * share / sum(shares)) for share in shares]
    yield _opening(widths)
    yield _row_frame(widths, [""] * len(widths), header=True) % tuple(map(_run, headers))
    frame, last = (_row_frame(widths, [""] * len(widths), keep=keep) for keep in (False, keep_last))
    for number, row in enumerate(rows, 1):
        yield (last if number == len(rows) else frame) % tuple(map(_run, row))
    yield "</w:tbl>"


def most_bytes(rows: Sequence[Sequence[str]]) -> int:
    """Return how many bytes the table's rows are at most."""
    return _ROW_BYTES * (len(rows) + 2) + _SIGN_BYTES * sum(len(text) for row in rows for text in row)


def _opening(widths: Sequence[int]) -> str:
    sides = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblInd w:w="{_CELL_SIDE}" w:type="dxa"/><w:tblBorders>{sides}</w:tblBorders>'
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="{_CELL_TOP}" w:type="dxa"/>'
        f'<w:left w:w="{_CELL_SIDE}" w:type="dxa"/><w:bottom w:w="{_CELL_TOP}" w:type="dxa"/>'
        f'<w:right w:w="{_CELL_SIDE}" w:type="dxa"/></w:tblCellMar></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )


def _rows(rows: Sequence[AnnexRow], widths: Sequence[int]) -> Iterator[str]:
    """Yield the rows; one whose process goes on below stays on the page of the next."""
    # Rows differ in their texts and in how they are merged: there are few ways, so each has its frame made once.
    frames: dict[tuple[_Joined, _Joined], tuple[str, Callable[[AnnexRow], tuple[str, ...]]]] = {}
    for row, sides in zip(rows, pairwise(chain(_joined(rows), [_APART])), strict=True):
        if sides not in frames:
            merges = [_merge(column, *sides) for column in range(len(widths))]
            written = [column for column, merge in enumerate(merges) if merge != "continue"]
            frames[sides] = _row_frame(widths, merges, keep=sides[1].process), itemgetter(*written)
        frame, texts = frames[sides]
        yield frame % tuple(map(_run, texts(row)))


def _joined(rows: Sequence[AnnexRow]) -> Iterator[_Joined]:
    """Yield how each row is merged with the one above it."""
    size, heading, process = 0, ("", ""), ("", "", "")
    for row in rows:
        above, heading = heading, row[:2]
        same_process, process = process == row[:3], row[:3]
        full = size >= _LONGEST_MERGE * (2 if same_process else 1)
        goes_on = size > 0 and above == heading and not full
        size = size + 1 if goes_on else 1
        yield _Joined(goes_on, goes_on and same_process)


def _merge(column: int, above: _Joined, below: _Joined) -> str:
    """Return how a cell takes part in a merged area: `continue`, `restart` or ""."""
    if column not in (*_HEADING_COLUMNS, _PROCESS_COLUMN):
        return ""
    goes_on, begins = (above.process, below.process) if column == _PROCESS_COLUMN else (above.heading, below.heading)
    return "continue" if goes_on else "restart" if begins else ""


def _row_frame(widths: Sequence[int], merges: Sequence[str], *, header: bool = False, keep: bool = False) -> str:
    """Return a row with %s in place of what each cell says; one that goes on from above says nothing."""
    cells = "".join(
        _cell_frame(width, merge, header=header, keep=keep) for width, merge in zip(widths, merges, strict=True)
    )
    repeated = "<w:tblHeader/>" if header else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeated}</w:trPr>{cells}</w:tr>"


def _cell_frame(width: int, merge: str, *, header: bool, keep: bool) -> str:
    merged = {"restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>"}.get(merge, "")
    centred = ('<w:vAlign w:val="center"/>', '<w:jc w:val="center"/>') if header else ("", "")
    kept = "<w:keepNext/>" if keep or header else ""
    run = "" if merge == "continue" else "%s"
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{merged}{centred[0]}</w:tcPr>'
        f'<w:p><w:pPr><w:pStyle w:val="{TABLE_STYLE.replace(" ", "")}"/>{kept}{centred[1]}</w:pPr>{run}</w:p></w:tc>'
    )


@lru_cache(maxsize=4096)
def _run(text: str) -> str:
    """Return a text as XML, its lines parted by breaks."""
    return f"<w:r>{'<w:br/>'.join(map(_line, printable(text).splitlines()))}</w:r>" if text else ""


def _line(text: str) -> str:
    """Return a line as XML that is broken within no number of a telephone."""
    return "<w:noBreakHyphen/>".join(map(text_xml, _INSIDE_NUMBER.split(text)))
