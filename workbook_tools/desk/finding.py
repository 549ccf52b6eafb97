"""What a command works on inside a working folder, where its call does not say; what it says wins."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_tools.desk.folder import Desk, edition_in_force, fresh_folder, runs
from workbook_tools.desk.runs import MERGE, runs_of_cycle
from workbook_tools.desk.stock import annexes, written_decisions
from workbook_tools.errors import InputError
from workbook_tools.text import plural

if TYPE_CHECKING:
    from workbook_tools.desk.given import Given
    from workbook_tools.profile import Profile


def for_templates(desk: Desk, given: Given, today: str) -> Given:
    """Add the edition in force and a fresh folder for the templates."""
    refuse_among_inputs(desk, given.out)
    return _on_edition(desk, replace(given, out=given.out or fresh_folder(desk.templates, today)))


def for_files(desk: Desk, given: Given, parent: Path, today: str, profile: Profile) -> Given:
    """Add the units' files, the edition in force, a fresh folder, the last report, the last decisions."""
    refuse_among_inputs(desk, given.out)
    cycle = runs_of_cycle(desk)
    found = replace(
        given,
        paths=given.paths or [desk.incoming],
        out=given.out or fresh_folder(parent, today),
        previous=given.previous or (cycle[-1].report_file if cycle else None),
    )
    return _decided(desk, _on_edition(desk, found), profile)


def refuse_among_inputs(desk: Desk, out: Path | None) -> None:
    """Refuse an output among what is read here: it would be taken for a unit's file, or for the edition in force.

    Raises
    ------
    InputError
        The place lies in the folder of incoming files or in that of the editions.
    """
    if out is None:
        return
    place = Path(os.path.realpath(out))
    for folder in (desk.incoming, desk.editions):
        if place.is_relative_to(os.path.realpath(folder)):
            raise InputError(
                f"{out}: папку «{folder.name}» дела программа читает сама: итог в ней она приняла бы за файл "
                "подразделения или за действующую редакцию. Укажите для итогов другое место."
            )


def _decided(desk: Desk, given: Given, profile: Profile) -> Given:
    """Add the decisions of the cycle's last merge in whose workbook any are written, and say so."""
    if given.decisions is not None:
        return given
    told = tuple(
        f"Книга {desk.shown(run.book)} открыта в другой программе: решения, которые в ней не сохранены, не видны."
        for run in runs_of_cycle(desk)
        if run.command == MERGE and run.book and is_open(run.book)
    )
    given = replace(given, told=given.told + told)
    book, count = last_decisions(desk, profile)
    if book is None:
        return given
    taken = plural(count, "решение", "решения", "решений")
    source = f"С листа «Решения» книги {desk.shown(book)} взято: {taken}."
    return replace(given, decisions=book, told=(*given.told, source))


def is_open(book: Path) -> bool:
    """Tell whether a workbook seems to be open in Excel or LibreOffice: each leaves a file beside it."""
    return any(os.path.lexists(book.with_name(name)) for name in (f"~${book.name}", f".~lock.{book.name}#"))


def last_decisions(desk: Desk, profile: Profile) -> tuple[Path | None, int]:
    """Return the workbook of the last merge in which decisions are written, and how many; None and 0 where none is.

    At the beginning of a cycle it is the edition in force: the exceptions that it was published with go on.
    """
    for run in reversed(runs_of_cycle(desk)):
        if run.command == MERGE and (written := written_decisions(run.book, profile)):
            return run.book, len(written)
    edition = edition_in_force(desk)
    kept = written_decisions(edition, profile)
    return (edition, len(kept)) if kept else (None, 0)


def _on_edition(desk: Desk, given: Given) -> Given:
    """Add the edition in force, and say which it is, where the call names none."""
    if given.edition is not None:
        return given
    edition = edition_in_force(desk)
    if edition is None:
        told = "Действующей редакции в деле нет: Перечень начинается с нуля."
    else:
        told = f"Действующая редакция: {desk.shown(edition)}."
    return replace(given, edition=edition, told=(*given.told, told))


def for_diff(desk: Desk) -> tuple[Path, Path]:
    """Return what is compared where nothing is named: the edition in force with the last release built on it.

    Where there is no such release, the two latest editions.

    Raises
    ------
    InputError
        There are no two to compare.
    """
    new = edition_in_force(desk)
    project = next((run.book for run in reversed(runs_of_cycle(desk)) if run.command == MERGE and run.book), None)
    if new and project:
        return new, project
    former = edition_in_force(desk, before=new) if new else None
    if new is None or former is None:
        raise InputError(
            "сравнивать пока нечего: в деле нет ни выпуска по действующей редакции, ни двух редакций. "
            "Сведите файлы (perechen merge) или назовите две книги."
        )
    return former, new


def for_import(desk: Desk, annex: Path | None, out: Path | None, day: str) -> tuple[Path, Path]:
    """Return the annex and the place of the edition made of it.

    Raises
    ------
    InputError
        No annex was named, and not exactly one lies in the folder.
    """
    found = annexes(desk)
    if annex is None and len(found) != 1:
        names = f" Здесь лежат: {', '.join(desk.shown(path) for path in found)}." if found else ""
        raise InputError(f"не указано: ПРИЛОЖЕНИЕ.{names} Назовите файл: perechen import ИМЯ_ФАЙЛА.")
    return annex or found[0], out or edition_place(desk, day)


def edition_place(desk: Desk, date: str) -> Path:
    """Return where an edition of a date goes; of a second one of that date the folder gets a number."""
    return fresh_folder(desk.editions, date) / f"Перечень_{date}.xlsx"


def told_of_second(desk: Desk, place: Path) -> list[str]:
    """Return what is to be said of an edition that was made where one of that date lay already."""
    days = {folder: day for folder, (day, _) in runs(desk.editions)}
    own = days.pop(place.parent, None)
    earlier = [folder for folder, day in days.items() if day == own]
    if not earlier:
        return []
    return [
        f"Редакция той же даты в деле уже была: {desk.shown(earlier[-1])}. Новая лежит рядом и считается действующей.",
        f"Если она не нужна, уберите папку {desk.shown(place.parent)}.",
    ]


def fresh_letters(desk: Desk, today: str) -> Path:
    """Return the folder for new letters."""
    return fresh_folder(desk.letters, today)
