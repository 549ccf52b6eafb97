"""Volumes: workbooks that hold the rows no sheet holds, and what stands in their place in the edition's own."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from workbook_tools.approval import edition_line
from workbook_tools.limits import VOLUME_RECORDS
from workbook_tools.reports.annex import write_annex
from workbook_tools.reports.journal import note_of, write_journal
from workbook_tools.reports.marks import write_marks
from workbook_tools.reports.page import Page
from workbook_tools.reports.register import write_register
from workbook_tools.reports.table import Line, append_lines
from workbook_tools.text import russian_date
from workbook_tools.volumes import HEADERS, VOLUME_MARK
from workbook_tools.xlsx.book import place_on
from workbook_tools.xlsx.checking import Check, check_workbook
from workbook_tools.xlsx.paging import TITLE_HEIGHT
from workbook_tools.xlsx.printing import set_up_page
from workbook_tools.xlsx.register import register_book
from workbook_tools.xlsx.style import LINK, MUTED, NOTE, TITLE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from workbook_tools.dossier import Dossier
    from workbook_tools.reports.journal import Journal
    from workbook_tools.reports.places import Places
    from workbook_tools.xlsx.book import XlsxSheet

_WIDTHS = (10.0, 40.0, 70.0, 14.0, 68.0)
_PAGE_WIDTHS = (30.0, 30.0, 30.0)
_SIZE = 10
_LIST_TOP = 3


class Bound(NamedTuple):
    """A volume's place: its number of how many, the edition's workbook, what the volume holds, who reads it again."""

    number: int
    total: int
    edition: str
    content: str
    check: Check = check_workbook


def write_volume(path: Path, dossier: Dossier, bound: Bound, heading: int) -> None:
    """Write a volume of the register: the records of the dossier given, flat and as the form.

    Parameters
    ----------
    heading
        The number of its first heading on «Приложение 1».

    Raises
    ------
    OutputError
        The file cannot be written.
    """
    with _volume(path, dossier, bound, ("annex", "register")) as sheets:
        write_annex(sheets["annex"], dossier, heading)
        write_register(sheets["register"], dossier)


def write_journal_volume(path: Path, dossier: Dossier, bound: Bound, part: Journal) -> None:
    """Write a volume of the journal.

    Raises
    ------
    OutputError
        The file cannot be written.
    """
    with _volume(path, dossier, bound, ("journal",)) as sheets:
        write_journal(sheets["journal"], dossier, part)


@contextmanager
def _volume(path: Path, dossier: Dossier, bound: Bound, keys: Sequence[str]) -> Iterator[dict[str, XlsxSheet]]:
    """Give the sheets of a volume to be written; what every volume has is written too."""
    profile = dossier.profile
    title = f"{dossier.profile.texts.title}, редакция от {russian_date(dossier.date)}, {_name(bound)}"
    created = datetime.date.fromisoformat(dossier.date)
    with register_book(path, title, profile, created, VOLUME_RECORDS, bound.check) as book:
        names = ("summary", *keys, "meta")
        sheets = {key: book.sheet(profile.sheets[key].name, bare_first_page=key == "annex") for key in names}
        _write_first_page(sheets["summary"], dossier, bound, keys)
        yield sheets
        marks = {"date": dossier.date, VOLUME_MARK: str(bound.number), "edition": bound.edition}
        write_marks(sheets["meta"], marks)


def _name(bound: Bound) -> str:
    return f"том {bound.number} из {bound.total}"


def _write_first_page(sheet: XlsxSheet, dossier: Dossier, bound: Bound, keys: Sequence[str]) -> None:
    """Say what this workbook is a part of, and what stands in it."""
    page = Page(sheet, _PAGE_WIDTHS)
    page.line(dossier.profile.body.name, {"font_color": MUTED})
    page.line(dossier.profile.texts.title, TITLE, 15)
    page.line(f"{_name(bound).capitalize()}. {edition_line(dossier)}", {"bold": True}, 11)
    page.space()
    page.line(f"В этом томе: {bound.content}.", {})
    page.line(
        f"Это часть редакции, а не вся она: сводка, замечания, решения и список томов – в книге {bound.edition}. "
        "Храните том в одной папке с нею под этим именем и ничего в нём не меняйте.",
        {},
    )
    for key in keys:
        name = dossier.profile.sheets[key].name
        page.sheet.put_link(page.row, 0, place_on(name), name, LINK)
        page.row += 1
    page.set_up()


def write_register_list(sheet: XlsxSheet, dossier: Dossier) -> Places:
    """Write in the place of «Реестр» the list of its volumes: by it the next run finds them."""
    note = (
        "Все записи – в томах, которые лежат в одной папке с этой книгой. Не переименовывайте и не изменяйте тома: "
        "книга с томами служит редакцией (--edition)."
    )
    return {"records": _write_list(sheet, dossier, "register", note)}


def write_journal_list(sheet: XlsxSheet, dossier: Dossier) -> Places:
    """Write in the place of «Журнал изменений» what the changes come to, and the list of its volumes."""
    return {"changes": _write_list(sheet, dossier, "journal", note_of(dossier).partition("\n")[0])}


def write_annex_list(sheet: XlsxSheet, dossier: Dossier) -> None:
    """Write in the place of «Приложение 1» in which volumes it is printed."""
    name = dossier.profile.sheets["annex"].name
    _write_list(sheet, dossier, "annex", f"Форма печатается из томов: в каждом есть свой лист «{name}».")


INSTEAD: dict[str, Callable[[XlsxSheet, Dossier], Places | None]] = {
    "annex": write_annex_list,
    "register": write_register_list,
    "journal": write_journal_list,
}


def _write_list(sheet: XlsxSheet, dossier: Dossier, key: str, note: str) -> str:
    """Write a list of volumes; return the place of its header."""
    profile = dossier.profile
    volumes = dossier.volumes.journal if key == "journal" else dossier.volumes.register
    sheet.put(0, 0, f"{profile.sheets[key].name}: тома", TITLE)
    sheet.raw.set_row(0, TITLE_HEIGHT)
    sheet.put(1, 0, note, NOTE | {"text_wrap": False})
    summary = profile.sheets["summary"].name
    sheet.put_link(_LIST_TOP - 1, 0, place_on(summary), f"К листу «{summary}»", LINK | {"font_size": 9})
    sheet.header(_LIST_TOP, list(HEADERS.values()), _WIDTHS)
    sheet.raw.set_row(_LIST_TOP, 30)
    lines: list[Line] = [
        [number, item.file, item.content, item.rows, item.sha256] for number, item in enumerate(volumes, 1)
    ]
    append_lines(sheet, _LIST_TOP + 1, _WIDTHS, lines)
    sheet.raw.freeze_panes(_LIST_TOP + 1, 0)
    sheet.raw.repeat_rows(_LIST_TOP)
    sheet.raw.hide_gridlines(2)
    set_up_page(sheet, _WIDTHS)
    return sheet.place(_LIST_TOP)
