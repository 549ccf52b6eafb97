"""Приложение 1 of an order → the records of an edition, and what had to be read into it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_tools.annex.checks import kind_remarks, quarantined, repeat_remarks, states
from workbook_tools.annex.known import Known
from workbook_tools.annex.layout import lay_out
from workbook_tools.annex.pairing import drafts_of, split_remarks
from workbook_tools.annex.telling import layout_remarks, row_remarks, title_remarks
from workbook_tools.findings import of_remarks
from workbook_tools.records import frame

if TYPE_CHECKING:
    import pandas as pd

    from workbook_tools.grids import Book
    from workbook_tools.profile import Profile


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
        Columns findings.COLUMNS: all that was split, joined, continued, moved, derived, left aside or is in doubt.

    Raises
    ------
    InputError
        No table has the headers of Приложение 1 (раздел I, п. 2).
    """
    known = Known(profile)
    layout = lay_out(book, profile, known)
    drafts = [draft for row in layout.rows for draft in drafts_of(row, known.wordings, profile)]
    doubtful = quarantined(drafts, profile)
    remarks = [
        *title_remarks(book, layout, profile),
        *layout_remarks(book, layout, profile),
        *row_remarks(layout, profile),
        *(remark for row in layout.rows for remark in split_remarks(row, known.wordings, profile)),
        *kind_remarks(drafts, doubtful, profile),
        *repeat_remarks(drafts, doubtful, profile),
    ]
    records = frame(draft.record for draft in drafts)
    return records.assign(state=states(drafts, doubtful)).astype({"state": "str"}), of_remarks(remarks, profile)
