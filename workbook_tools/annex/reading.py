"""Приложение 1 of an order → the records of an edition, and what had to be read into it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workbook_tools.annex.checks import kind_remarks, quarantined, repeat_remarks, states
from workbook_tools.annex.headings import heading_of, heading_remarks
from workbook_tools.annex.layout import CONTENT, lay_out
from workbook_tools.annex.pairing import drafts_of, split_remarks
from workbook_tools.annex.wordings import wordings_of
from workbook_tools.findings import of_remarks
from workbook_tools.records import frame
from workbook_tools.remarks import Place, Remark
from workbook_tools.text import compare_key, tidy

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd

    from workbook_tools.annex.layout import Layout, Link
    from workbook_tools.grids import Book
    from workbook_tools.profile import Profile

_TITLE = re.compile(r"\bперечень\b", re.IGNORECASE)
_OTHER_BODY = re.compile(r"взаимодействия\s+(.+?)\s+в рамках", re.IGNORECASE)


def read_annex(book: Book, profile: Profile) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read Приложение 1: one record for each process and each touchpoint.

    Parameters
    ----------
    book
        The document or workbook, as a reader found it.
    profile
        The regulation; its sheet `annex` names the columns.

    Returns
    -------
    records
        Columns records.RECORD, index 0…n-1, in the annex's order; `code`, `key` and `basis`
        blank, `client` the activity's usual one, `state` in_force or quarantined, `row` the
        row in which the record's own text begins.
    findings
        Columns findings.COLUMNS: all that was split, joined, continued, moved, derived or is in doubt.

    Raises
    ------
    InputError
        No table has the headers of Приложение 1 (раздел I, п. 2).
    """
    headers = profile.headers("annex")
    layout = lay_out(book, headers)
    wordings = wordings_of(profile)
    drafts = [draft for row in layout.rows for draft in drafts_of(row, wordings, profile)]
    doubtful = quarantined(drafts, profile)
    remarks = [
        *_title_remarks(book, layout, profile),
        *_layout_remarks(layout, profile),
        *_heading_remarks(layout, profile),
        *_blank_remarks(layout, profile),
        *(remark for row in layout.rows for remark in split_remarks(row, wordings, profile)),
        *kind_remarks(drafts, doubtful, profile),
        *repeat_remarks(drafts, doubtful, profile),
    ]
    records = frame(draft.record for draft in drafts)
    return records.assign(state=states(drafts, doubtful)).astype({"state": "str"}), of_remarks(remarks, profile)


def _title_remarks(book: Book, layout: Layout, profile: Profile) -> Iterator[Remark]:
    """Yield П-21 when the title of the Перечень names another body (раздел I, п. 2)."""
    lines = [(line, Place(file=book.file, value=line)) for line in book.before]
    lines += [(cell.text, cell.place()) for cell in layout.title]
    start = next((index for index, (line, _) in enumerate(lines) if _TITLE.search(line)), None)
    if start is None:
        return
    title = tidy(" ".join(line for line, _ in lines[start:]))
    key = compare_key(title)
    if not any(compare_key(name) in key for name in (profile.body.genitive, profile.body.name)):
        other = _OTHER_BODY.search(title)
        words = {"v": other.group(1) if other else title, "body": profile.body.genitive}
        yield Remark("П-21", place=lines[start][1], words=words)


def _layout_remarks(layout: Layout, profile: Profile) -> Iterator[Remark]:
    for cell in layout.extra:
        yield Remark("П-01", "extra_column", cell.place(), {"col": cell.text})
    for cell in layout.repeated:
        yield Remark("П-01", "repeated_header", cell.place())
    yield from _link_remarks("joined", layout.joined, profile)
    yield from _link_remarks("continued", layout.continued, profile)


def _link_remarks(message: str, links: Sequence[Link], profile: Profile) -> Iterator[Remark]:
    for link in links:
        unit = heading_of(link.direction.typed, profile).unit if link.direction else ""
        yield Remark("П-26", message, link.cell.place(unit), {"b": link.read_as.text})


def _heading_remarks(layout: Layout, profile: Profile) -> Iterator[Remark]:
    for cell in dict.fromkeys(row.cells["direction"] for row in layout.rows):
        if cell.text:
            yield from heading_remarks(cell, profile)


def _blank_remarks(layout: Layout, profile: Profile) -> Iterator[Remark]:
    """Yield П-02 for what a record needs and its row neither has nor continues (раздел II, п. 2.2)."""
    headers = profile.headers("annex")
    for row in layout.rows:
        unit = heading_of(row.cells["direction"].typed, profile).unit
        blank = (row.cells[name] for name in ("direction", *CONTENT) if not row.cells[name].text)
        yield from (Remark("П-02", place=cell.place(unit), words={"col": headers[cell.name]}) for cell in blank)
