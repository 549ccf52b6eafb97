"""The title sheets of all submissions as one table, and the dates on them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from workbook_tools.submissions import by_columns
from workbook_tools.tables import Table
from workbook_tools.text import compare_key

if TYPE_CHECKING:
    from workbook_tools.grids import CellValue
    from workbook_tools.profile import Profile
    from workbook_tools.records import Edition
    from workbook_tools.submissions import Submission

_RUSSIAN = re.compile(r"\s*(\d{1,2})\.(\d{1,2})\.(\d{4})\s*(?:г\.?)?\s*")
_ISO = re.compile(r"\s*(\d{4})-(\d{2})-(\d{2})\s*")
DATES = ("filled", "checked")


def iso_date(value: CellValue) -> str:
    """Return a date as ISO, "" where the value is none; text dates are day.month.year or ISO."""
    if isinstance(value, datetime.datetime | datetime.date):
        return value.isoformat()[:10]
    russian, iso = _RUSSIAN.fullmatch(str(value)), _ISO.fullmatch(str(value))
    if russian:
        day, month, year = map(int, russian.groups())
    elif iso:
        year, month, day = map(int, iso.groups())
    else:
        return ""
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return ""


def title_table(submissions: Sequence[Submission], profile: Profile, edition: Edition | None, today: str) -> Table:
    """Put the title sheets of the submissions that have one into one table.

    Returns
    -------
    Table
        `frame` with `file`, `sheet`, `row` (0: a title value is known by its cell), `unit`, a text column for
        each title field, `filled_date` and `checked_date` (ISO or ""), `today`, `edition_date`,
        `has_edition` (yes or ""), `base_date`
        (the edition the template was made from), `meta_unit`, `meta_version`, `changes` (rows that change something).
    """
    given = [submission for submission in submissions if submission.title]
    names = [field.name for field in profile.title_fields]
    typed = pd.DataFrame(
        [{name: item.title[name].text if name in item.title else "" for name in names} for item in given],
        columns=names,
    ).astype("str")
    facts = pd.DataFrame(
        [_facts(item, profile, edition, today) for item in given],
        columns=[*_FACTS],
    ).astype({name: "int64" if name in {"row", "changes"} else "str" for name in _FACTS})
    unreadable = pd.DataFrame({name: [not _is_read(item, name) for item in given] for name in names}, index=typed.index)
    files = [item.title for item in given]

    def cell(index: int, name: str) -> str:
        return files[index][name].cell if name in files[index] else ""

    return Table(facts.join(typed.drop(columns="unit")), typed, unreadable, cell)


def _is_read(item: Submission, name: str) -> bool:
    return name in item.title and not item.title[name].unreadable


_FACTS = (
    "file",
    "sheet",
    "row",
    "unit",
    "filled_date",
    "checked_date",
    "today",
    "edition_date",
    "has_edition",
    "base_date",
    "meta_unit",
    "meta_version",
    "changes",
)


def _facts(item: Submission, profile: Profile, edition: Edition | None, today: str) -> dict[str, str | int]:
    keep = profile.words["actions"]
    actions = [keep.get(compare_key(text)) for text in by_columns(item.rows, ["action"]).texts["action"]]
    dates = {f"{name}_date": iso_date(item.title[name].value) if name in item.title else "" for name in DATES}
    base = item.title["edition"].value if "edition" in item.title else ""
    return {
        "file": item.file,
        "sheet": item.title_sheet,
        "row": 0,
        "unit": item.unit,
        **dates,
        "today": today,
        "edition_date": edition.date if edition else "",
        "has_edition": "yes" if edition else "",
        "base_date": iso_date(base) or item.meta.get("edition", ""),
        "meta_unit": item.meta.get("unit", ""),
        "meta_version": item.meta.get("template_version", ""),
        "changes": sum(action is not None and action.value != "keep" for action in actions),
    }
