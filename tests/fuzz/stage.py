"""The stage of the whole run: one file of each kind that the program takes, and merges in which one is damaged."""

from __future__ import annotations

import contextlib
import io
import json
import re
import tempfile
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests.books import BASIS, MINISTRY, NEW, PROFILE, TODAY, UnitBook
from tests.desk import Desk
from tests.hostile.formats import ods, sheets
from tests.hostile.old import as_csv
from tests.hostile.parts import Parts
from tests.hostile.stage import ROOT, SHIPPED
from workbook_tools.cli import main

SAMPLES = ROOT / "samples"
GOOD = ("ИТ", "ОРГ")
UNIT = "КАДР"
BOT = "Чат-бот"
REGISTER = f"Перечень_{TODAY}.xlsx"
_RUSSIAN = re.compile("[а-я]{3}")
_ROW_SUMS = ("unchanged", "changed", "included", "excluded", "rejected", "superseded")
_INPUTS = {"edition": "редакция.xlsx", "decisions": "решения.xlsx", "previous": "прошлый.json", "profile": "проф.toml"}

Row = tuple[object, ...]


@dataclass(frozen=True)
class Files:
    """What a run takes, by its name.

    Attributes
    ----------
    units
        The units' files by name.
    edition, decisions, previous, profile
        The files of these options; b"" where the option is not given.
    """

    units: dict[str, bytes]
    edition: bytes = b""
    decisions: bytes = b""
    previous: bytes = b""
    profile: bytes = b""


@dataclass(frozen=True)
class Ran:
    """How a run ended: its code, what it said, its report, and the rows of the register by unit."""

    code: int
    said: str
    report: dict[str, Any] = field(default_factory=dict)
    rows: dict[str, list[Row]] = field(default_factory=dict)


def _book(unit: str) -> UnitBook:
    book = UnitBook(unit)
    book.add(**NEW | {"process": f"Оформление отпуска {unit}"})
    return book


def staff_book() -> UnitBook:
    """Return a book with a change, a row that is refused, one that asks the officer, and one that is fine."""
    book = _book(UNIT)
    book.edit("Т-0002", action="изменить", needs="Получение консультации; подача заявления", basis=BASIS)
    book.edit("Т-0003", action="исключить", basis=BASIS)
    book.add(**NEW | {"process": "Выдача копий", "kind": "неизвестно"})
    book.add(**NEW | {"process": "Запись на приём", "touchpoint": BOT, "kind": "цифровая", "note": "с мая"})
    book.add(**NEW | {"process": "Выдача пропуска", "touchpoint": MINISTRY, "contact": "каб. 5"})
    return book


@lru_cache(maxsize=1)
def files() -> Files:
    """Return a file of each kind, as the first round of a cycle leaves them."""
    with tempfile.TemporaryDirectory() as name:
        desk = Desk(Path(name))
        desk.send(UNIT, staff_book())
        for unit in GOOD:
            desk.send(unit, _book(unit))
        result = desk.merge()
        asked = len(result.report["decisions"])
        told: list[dict[str, Any]] = [
            {"decision": "принять", "reason": "Есть приказ № 5"},
            {"decision": "вернуть", "reason": "Нет приказа", "until": "31.12.2027"},
        ]
        made = desk.decide(result, **{f"n{at + 1}": told[at % 2] for at in range(asked)})
        incoming = {path.name: path.read_bytes() for path in sorted((desk.folder / "входящие").iterdir())}
        previous = (desk.folder / "выпуск" / "run.json").read_bytes()
        returned = _answered(desk.folder / "выпуск" / "замечания" / f"{UNIT}.xlsx")
        return Files(
            incoming | {f"возврат {UNIT}.xlsx": returned},
            desk.edition.read_bytes(),
            made.read_bytes(),
            previous,
            SHIPPED.read_bytes(),
        )


def _answered(copy: Path) -> bytes:
    """Return a returned copy in which the unit answers every remark."""
    book = load_workbook(copy)
    sheet = book[PROFILE.sheets["unit_remarks"].name]
    headers = PROFILE.headers("unit_remarks")
    header = next(row for row in range(1, 20) if sheet.cell(row, 1).value == next(iter(headers.values())))
    column = 1 + list(headers).index("answer")
    for row in range(header + 1, sheet.max_row + 1):
        sheet.cell(row, column).value = "Исправлено в строке ниже"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


@lru_cache(maxsize=8)
def unit_file(kind: str) -> bytes:
    """Return the file of the unit that is damaged: xlsx, returned, ods or csv."""
    held = files().units
    plain = held[f"{UNIT}.xlsx"]
    if kind == "returned":
        return held[f"возврат {UNIT}.xlsx"]
    if kind == "ods":
        return ods(sheets(Parts.of(plain)))
    return as_csv(Parts.of(plain)).encode() if kind == "csv" else plain


def own() -> dict[str, bytes]:
    """Return the third unit's file, undamaged."""
    return {f"{UNIT}.xlsx": unit_file("xlsx")}


def run(units: dict[str, bytes], **given: bytes) -> Ran:
    """Merge files in a folder of their own: the good units' and those given, with the options' files as given.

    An option that is not given has the stage's own edition, and nothing else.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        held = files()
        (folder / "входящие").mkdir()
        for file, content in ({f"{unit}.xlsx": held.units[f"{unit}.xlsx"] for unit in GOOD} | units).items():
            (folder / "входящие" / file).write_bytes(content)
        order = ["merge", str(folder / "входящие"), "--date", TODAY, "--out", str(folder / "выпуск"), "--quiet"]
        for option, content in ({"edition": held.edition} | given).items():
            path = folder / _INPUTS.get(option, option)
            path.write_bytes(content)
            order += [f"--{option.partition(' ')[0]}", str(path)]
        return ended(order, folder / "выпуск")


def ended(order: list[str], out: Path) -> Ran:
    """Run the command; return how it ended and what it left."""
    errors, output = io.StringIO(), io.StringIO()
    with contextlib.redirect_stderr(errors), contextlib.redirect_stdout(output):
        code = main(order)
    if not (out / "run.json").exists():
        return Ran(code, errors.getvalue())
    report = json.loads((out / "run.json").read_text(encoding="utf-8"))
    return Ran(code, errors.getvalue(), report, _by_unit(out / REGISTER))


def _by_unit(path: Path) -> dict[str, list[Row]]:
    """Return the content of the register by unit, without codes and sources."""
    found: dict[str, list[Row]] = {}
    with contextlib.closing(load_workbook(path, read_only=True)) as book:
        for row in list(book["Реестр"].values)[1:]:
            found.setdefault(str(row[11]), []).append(row[1:13])
    return {unit: sorted(rows, key=str) for unit, rows in found.items()}


@lru_cache(maxsize=1)
def sound() -> Ran:
    """Return how a run ends in which nothing is damaged."""
    return run(own())


def faults(ran: Ran) -> list[str]:
    """Return in which ways a run broke what holds of every run, whatever its inputs."""
    found = [] if ran.code in {0, 1, 2} else [f"ended with {ran.code}"]
    found += ["spoke of a fault of its own"] if "Traceback" in ran.said or "внутренняя" in ran.said else []
    found += [f"said what is no sentence: {line}" for line in ran.said.splitlines() if not _RUSSIAN.search(line)]
    if not ran.report:
        return [*found, ran.said] if found or ran.code != 2 or not ran.said else []
    sums = ran.report["reconciliation"]
    if sum(sums[name] for name in _ROW_SUMS) != sums["read"]:
        found.append(f"its sums do not meet: {sums}")
    if sums["after"] > sum(map(len, ran.rows.values())):
        found.append(f"its register lacks records: {sums}")
    found += [f"its rows do not meet: {item}" for item in ran.report["ledger"] if not _meets(item)]
    return [*found, ran.said] if found else []


def _meets(item: dict[str, Any]) -> bool:
    return bool(item["merged"] + item["refused"] + item["superseded"] + len(item["aside"]) == item["filled"])


def good_rows(ran: Ran) -> dict[str, list[Row]]:
    """Return the rows of the good units."""
    names = {unit["unit"]: unit["name"] for unit in sound().report["units"]}
    return {unit: ran.rows.get(names[unit], []) for unit in GOOD}


def annex(ending: str) -> bytes:
    """Return the annex of the order as a document or a workbook."""
    return (SAMPLES / f"annex-2024-03-19.{ending}").read_bytes()
