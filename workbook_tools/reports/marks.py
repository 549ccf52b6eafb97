"""The hidden marks by which a workbook is known again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_tools.approval import DATE_MARK, NUMBER_MARK
from workbook_tools.records import KIND_MARK
from workbook_tools.volumes import RECORDS_MARK, VOLUMES_MARK

if TYPE_CHECKING:
    from collections.abc import Mapping

    from workbook_tools.dossier import Dossier
    from workbook_tools.xlsx.book import XlsxSheet


def edition_marks(dossier: Dossier) -> dict[str, str]:
    """Return the marks by which a workbook serves as an edition."""
    volumes = dossier.volumes.register
    approval = dossier.approval
    act = {NUMBER_MARK: approval.number, DATE_MARK: approval.date} if approval else {}
    bound = {VOLUMES_MARK: str(len(volumes)), RECORDS_MARK: str(len(dossier.records))} if volumes else {}
    return {
        "date": dossier.date,
        "state": dossier.state,
        "last_code": str(dossier.last_code),
        "base_date": dossier.base_date,
        "profile": dossier.profile.name,
        "profile_sha256": dossier.profile_sha256,
        "history": ";".join(f"{item.date}:{item.digital}:{item.offline}" for item in dossier.history),
        **act,
        **bound,
        **{f"{KIND_MARK}{item.code}": dossier.profile.kind_of(item) for item in dossier.profile.touchpoints},
    }


def write_marks(sheet: XlsxSheet, marks: Mapping[str, str]) -> None:
    """Write the marks and hide their sheet."""
    for row, (name, value) in enumerate(marks.items()):
        sheet.put_row(row, [name, value], {"num_format": "@"})
    sheet.raw.hide()
