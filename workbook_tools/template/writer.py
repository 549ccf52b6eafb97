"""Writing a unit's workbook: one call a sheet, in the order of the sheets."""

from __future__ import annotations

import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook_tools.template.data import write_data
from workbook_tools.template.lists import write_lists
from workbook_tools.template.pages import write_instruction, write_meta, write_title
from workbook_tools.template.remarks import write_remarks
from workbook_tools.xlsx.register import register_book

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from workbook_tools.profile import Profile
    from workbook_tools.unit_form import UnitForm

# What a workbook costs beside its rows, as so many of them, and what is worth the start of a process.
_ROWS_OF_A_FORM, _WORTH_A_PROCESS = 400, 4_000


def template_name(profile: Profile, unit: str, edition: str) -> str:
    """Return the file name of a unit's template."""
    return profile.template.file_name.format_map({"unit": unit, "edition": edition or "новая"})


def write_form(path: Path, form: UnitForm, profile: Profile) -> None:
    """Write a unit's workbook (design.md section 4; regulation.md section 4).

    Raises
    ------
    OutputError
        The file cannot be written.
    """
    created = datetime.date.fromisoformat(form.edition) if form.edition else profile.act.date
    name = f"Сведения для Перечня точек взаимодействия: {form.unit.name}"
    with register_book(path, name, profile, created, len(form.rows)) as book:
        instruction = book.sheet(profile.sheets["instruction"].name)
        title = book.sheet(profile.sheets["title"].name)
        data = book.sheet(profile.sheets["data"].name)
        lists = book.sheet(profile.sheets["lists"].name)
        write_instruction(instruction, form, profile)
        write_title(title, form, profile)
        ranges = write_lists(lists, form, profile)
        write_data(data, form, profile, ranges)
        if form.remarks:
            remarks = book.sheet(profile.sheets["unit_remarks"].name)
            write_remarks(remarks, form, profile)
            # What is sent back opens at what is to be mended.
            remarks.raw.activate()
        write_meta(book.sheet(profile.sheets["meta"].name), form, profile)


def workload(rows: Iterable[int]) -> int:
    """Return what it costs to write workbooks, as so many rows of one; for each about how many its data sheet has."""
    return sum(_ROWS_OF_A_FORM + count for count in rows)


def processes_worth(work: int) -> int:
    """Return by how many processes a workload is done in the least time, if there are as many cores."""
    return 1 + work // _WORTH_A_PROCESS


def write_forms(
    run: Callable[..., Iterator[Any]], jobs: Iterable[tuple[Path, UnitForm]], profile: Profile
) -> Iterator[None]:
    """Write several workbooks by any `map`, each at its path; the answers come as they are written, in order."""
    return run(partial(_write, profile=profile), jobs)


def _write(job: tuple[Path, UnitForm], profile: Profile) -> None:
    write_form(*job, profile)
