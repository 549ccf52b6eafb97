"""Merging cases of the corpus beside good files by the real command, and what became of each."""

from __future__ import annotations

import json
import pickle
import re
import shutil
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import load_workbook

from tests.hostile.case import FINDING, IGNORED, READ, REFUSED, Case, Expected
from tests.hostile.stage import ROOT, ROW, TODAY, UNITS, plain, process_name, write_edition, write_profile
from tests.package import ALLOWED

GOOD = UNITS[:2]
BATCH = len(UNITS) - len(GOOD)
# Only a hang takes so long, however busy the machine is.
_SECONDS = 240
_REGISTER = f"Перечень_{TODAY}.xlsx"
_FATES = {"accepted": READ, "rejected": READ, "superseded": READ, "unreadable": REFUSED, "ignored": IGNORED}
_CONTENT = slice(1, 13)
_PROCESS, _CONTACT, _UNIT = 2, 5, 10

# A formula of a cell, a link out of the package, a field that calls for another file.
_LIVE = re.compile(rb"""<f[\s>]|TargetMode=["']External|\b(?:DDE|DDEAUTO|INCLUDETEXT|INCLUDEPICTURE)\s""")

Row = tuple[str, ...]


@dataclass(frozen=True)
class Outcome:
    """What became of a case.

    Attributes
    ----------
    crash
        How the command died, hung, or told of a fault of its own; "" where it did not.
    files
        The report's entries of the case's files.
    findings
        The findings on its files or its unit.
    rows
        The unit's records in the register that was written: content columns, the unit's code washed out.
    """

    crash: str = ""
    files: list[dict[str, Any]] = field(default_factory=list)
    findings: list[dict[str, Any]] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)


@dataclass(frozen=True)
class Batch:
    """What became of some cases that were merged in one run, and of that run.

    Attributes
    ----------
    outcomes
        By the name of the case.
    good
        The outcomes of the good files of each run.
    live
        What the outputs hold that might come to life.
    codes
        The exit codes of the runs.
    """

    outcomes: dict[str, Outcome]
    good: list[Outcome]
    live: list[str]
    codes: list[int]


def run_once(cases: Sequence[Case], folder: Path) -> Batch:
    """Merge cases as `run` does, but only once for all processes that ask for the same folder."""
    done, failed = folder.with_suffix(".done"), folder.with_suffix(".failed")
    try:
        folder.mkdir(parents=True)
    except FileExistsError:
        for _ in range(10 * 4 * _SECONDS):
            if done.exists():
                break
            assert not failed.exists(), f"the run in {folder} failed in another process"
            time.sleep(0.1)
        return pickle.loads(done.read_bytes())  # type: ignore[no-any-return] # noqa: S301 - written below
    try:
        batch = run(cases, folder / "прогон")
    except BaseException:
        failed.touch()
        raise
    made = folder.with_suffix(".made")
    made.write_bytes(pickle.dumps(batch))
    made.replace(done)
    return batch


def run(cases: Sequence[Case], folder: Path) -> Batch:
    """Merge cases, each as a unit of its own; where the run dies, find the case that killed it by halving."""
    units = dict(zip(UNITS[len(GOOD) :], cases, strict=False))
    code, crash = _merge(units, folder)
    if crash and len(cases) > 1:
        half = len(cases) // 2
        return _joined(run(part, folder / side) for side, part in (("а", cases[:half]), ("б", cases[half:])))
    if crash:
        return Batch({case.name: Outcome(crash) for case in cases}, [], [], [code])
    report = json.loads((folder / "отчёт.json").read_text(encoding="utf-8"))
    register = _register(folder / "выпуск" / _REGISTER)
    outcomes = {case.name: _outcome(unit, report, register) for unit, case in units.items()}
    good = [_outcome(unit, report, register) for unit in GOOD]
    live = [fault for path in sorted((folder / "выпуск").rglob("*")) for fault in _live(path)]
    return Batch(outcomes, good, live, [code])


def _joined(parts: Iterator[Batch]) -> Batch:
    one, other = parts
    return Batch(one.outcomes | other.outcomes, one.good + other.good, one.live + other.live, one.codes + other.codes)


def _merge(units: dict[str, Case], folder: Path) -> tuple[int, str]:
    """Run the command; return its exit code and how it failed ("" where it did not)."""
    incoming = folder / "входящие"
    for unit in GOOD:
        (incoming / unit).mkdir(parents=True)
        (incoming / unit / f"{unit}.xlsx").write_bytes(plain(unit))
    for unit, case in units.items():
        case.put(incoming / unit, unit, plain(unit))
    order = ["merge", incoming, "--profile", write_profile(folder / "профиль.toml")]
    order += ["--edition", write_edition(folder / "редакция.xlsx"), "--date", TODAY, "--out", folder / "выпуск"]
    order += ["--json", folder / "отчёт.json", "--quiet", "--workers", "1"]
    try:
        done = subprocess.run(
            [sys.executable, "-m", "workbook_tools", *map(str, order)],
            cwd=ROOT,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return -1, f"hang: {_SECONDS} s"
    errors = done.stderr.decode(errors="replace")
    if done.returncode not in {0, 1, 2} or "Traceback" in errors:
        return done.returncode, f"exit code {done.returncode}: {errors.strip()[-300:]}"
    if not (folder / "отчёт.json").exists():
        return done.returncode, f"no report: {errors.strip()[-300:]}"
    shutil.rmtree(incoming, ignore_errors=True)
    return done.returncode, ""


def _register(path: Path) -> list[Row]:
    book = load_workbook(path, read_only=True)
    rows = [tuple("" if value is None else str(value) for value in row) for row in book["Реестр"].values]
    return [row[_CONTENT] for row in rows[1:]]


def _outcome(unit: str, report: dict[str, Any], register: list[Row]) -> Outcome:
    def is_own(file: str | None) -> bool:
        return bool(file and file.startswith(f"{unit}/"))

    return Outcome(
        files=[item for item in report["files"] if is_own(item["file"])],
        findings=[item for item in report["findings"] if is_own(item["file"]) or item["unit"] == unit],
        rows=sorted(
            tuple(text.replace(unit, "ПОДР") for text in row) for row in register if row[_UNIT] == f"Отдел {unit}"
        ),
    )


def _live(path: Path) -> Iterator[str]:
    """Yield what of an output might come to life: formulas, foreign parts, links that lead out."""
    if path.suffix not in {".xlsx", ".docx"}:
        return
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if path.suffix == ".xlsx" and not ALLOWED.fullmatch(name):
                yield f"{path.name}: {name} is not allowed"
            found = _LIVE.search(archive.read(name)) if name.endswith((".xml", ".rels")) else None
            if found:
                yield f"{path.name}: {name}: {found[0]!r}"


def missing(outcome: Outcome, good: Outcome, contact: str | None) -> list[Row]:
    """Return the rows of the plain template that the register does not have."""
    left = list(outcome.rows)
    lost = []
    for row in expected_rows(good, contact):
        if row in left:
            left.remove(row)
        else:
            lost.append(row)
    return lost


def invented(outcome: Outcome, good: Outcome, contact: str | None) -> list[Row]:
    """Return the rows of the register that the plain template does not have."""
    wanted = list(expected_rows(good, contact))
    found = []
    for row in outcome.rows:
        if row in wanted:
            wanted.remove(row)
        else:
            found.append(row)
    return found


def expected_rows(good: Outcome, contact: str | None) -> list[Row]:
    """Return the register's rows of a good file, row 10 with another contact where one is given."""
    return good.rows if contact is None else [_with_contact(row, contact) for row in good.rows]


def _with_contact(row: Row, contact: str) -> Row:
    if row[_PROCESS] != process_name("ПОДР", ROW):
        return row
    return (*row[:_CONTACT], contact, *row[_CONTACT + 1 :])


def told(outcome: Outcome) -> list[dict[str, Any]]:
    """Return what is said of the case's files: errors, warnings, and corrections that name their cell."""
    return [item for item in outcome.findings if item["file"] and (item["severity"] != "info" or item["cell"])]


def unaccounted(outcome: Outcome, good: Outcome, contact: str | None) -> list[Row]:
    """Return lost rows that nothing speaks of.

    A file that was not accepted has its reason; a finding without a row speaks of the whole file, one with a row of
    that row.
    """
    if outcome.crash or not any(item["status"] == "accepted" for item in outcome.files):
        return []
    rows = {item["row"] for item in told(outcome)}
    lost = missing(outcome, good, contact)
    return [] if None in rows else lost[len(rows) :]


def fate(outcome: Outcome, good: Outcome, contact: str | None) -> str:
    """Return what became of a case in the words of Expected; "lost in silence" and "not listed" are no fates."""
    fates = {_FATES[item["status"]] for item in outcome.files}
    if not fates:
        return "not listed"
    if READ not in fates:
        return REFUSED if REFUSED in fates else IGNORED
    whole = not missing(outcome, good, contact) and not invented(outcome, good, contact)
    if whole and all(item["severity"] != "error" for item in told(outcome)):
        return READ
    return FINDING if told(outcome) else "lost in silence"


def failings(expected: Expected, outcome: Outcome, good: Outcome) -> list[str]:
    """Return in which ways a case did not become what it must."""
    if outcome.crash:
        return [outcome.crash]
    came = fate(outcome, good, expected.contact)
    # What is read whole and told in a warning is both.
    both = {came, FINDING} if came == READ and told(outcome) else {came}
    found = [] if both & set(expected.fates) else [f"expected {expected.fates}, came to: {came}{_shown(outcome)}"]
    texts = _words(outcome)
    found += [f"nothing says «{text}»: {texts}" for text in expected.says if text.casefold() not in texts]
    if expected.cells and FINDING in both:
        found += [f"no finding names {cell}{_shown(outcome)}" for cell in expected.cells if not _names(outcome, cell)]
    return found


def _names(outcome: Outcome, cell: str) -> bool:
    return any(item["cell"] == cell or cell in item["message"] for item in outcome.findings)


def _words(outcome: Outcome) -> str:
    told_texts = (f"{item['message']} {item['suggestion'] or ''} {item['cell'] or ''}" for item in outcome.findings)
    reasons = (f"{item['file']} {item['reason'] or ''}" for item in outcome.files)
    return " ".join((*told_texts, *reasons)).casefold()


def _shown(outcome: Outcome) -> str:
    findings = [(item["rule"], item["severity"], item["cell"], item["message"][:90]) for item in outcome.findings[:4]]
    files = [(item["status"], item["rows"], item["reason"]) for item in outcome.files]
    return f"; files {files}; findings {findings}"
