"""The day of a run, as people and programs give it."""

from __future__ import annotations

import datetime
from contextlib import suppress

from workbook_tools.errors import InputError

# The day from which spreadsheets count is followed by one that never was.
_FIRST_DAY = datetime.date(1900, 3, 1)


def day_of(text: str, name: str = "--date") -> str:
    """Return a day in the form of ISO 8601.

    Parameters
    ----------
    name
        Under which name it was given: the message begins with it.

    Raises
    ------
    InputError
        It is no day, or one that a spreadsheet cannot show.
    """
    try:
        day = datetime.date.fromisoformat(text)
    except ValueError as error:
        raise InputError(f"{name}: {_wrong(text)}") from error
    if day < _FIRST_DAY:
        raise InputError(f"{name}: {text} раньше всех дат, которые знает таблица. Укажите день редакции.")
    return day.isoformat()


def _wrong(text: str) -> str:
    """Return what is wrong with a day, and of one as people write it how to write it here."""
    with suppress(ValueError):
        day = datetime.datetime.strptime(text, "%d.%m.%Y").date()  # noqa: DTZ007 - a day has no zone
        return f"запишите дату {text} в виде ГГГГ-ММ-ДД: {day.isoformat()}."
    return f"«{text}» не дата. Запишите её в виде ГГГГ-ММ-ДД, например 2026-11-22."


def today() -> str:
    """Return the day on the officer's own calendar, ISO."""
    return datetime.date.today().isoformat()  # noqa: DTZ011 - not the day in Greenwich
