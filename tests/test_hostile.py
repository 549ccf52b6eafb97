"""Odd and hostile files, merged beside good ones by the real command: nothing is lost in silence, nothing comes alive.

What fails today is marked case by case with its cause; a case that passes must be taken off the list.
"""

from __future__ import annotations

import os
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.hostile.case import REFUSED
from tests.hostile.corpus import CASES
from tests.hostile.running import BATCH, Batch, failings, fate, invented, missing, run_once, unaccounted

if TYPE_CHECKING:
    from _pytest.mark import ParameterSet

    from tests.hostile.case import Case

# Those of the known failings that end the whole run, or make it hang: each is merged alone.
DEADLY = ("link-to-itself", "name-bad-bytes", "column-of-many-letters", "text-over-32767-letters")
KNOWN = {
    "A1: what is no regular file is passed over, neither read nor named": (
        "fifo",
        "link-to-a-fifo",
        "link-to-a-device",
        "link-to-nowhere",
        "folder-named-as-a-workbook",
    ),
    "A1: a link that leads to itself ends the run with exit code 3": ("link-to-itself",),
    "A1: a link out of the folder is followed": ("link-out-of-the-folder",),
    "A1: of a link and its target, the one of a strange ending is kept and ignored": ("link-to-a-file-beside",),
    "D1: a name of bad bytes cannot be written to the report: exit code 3": ("name-bad-bytes",),
    "A3: the reader goes by the ending of the name, and calls a sound file damaged": (
        "xls-named-xlsx",
        "xlsb-named-xlsx",
        "xlsx-named-xls",
        "xlsx-named-ods",
    ),
    "A3: an old workbook with a password is called damaged": (
        "password-of-an-old-book",
        "password-by-xor-of-an-old-book",
    ),
    "A3: a web page in UTF-16 is not known as one": ("web-page-in-utf-16",),
    "A5: entries that share their bytes are not noticed": ("entries-overlap",),
    "A6: a part shorter than its directory says is not noticed": ("size-declared-larger",),
    "A7: a document type is let pass where the reader does not mind it": (
        "doctype-empty",
        "entity-parameter",
        "doctype-in-shared-strings",
        "doctype-in-the-workbook",
        "doctype-in-the-relations",
        "doctype-in-the-types",
        "doctype-in-the-styles",
    ),
    "A7: depth, attributes and names have no limit": (
        "depth-100000",
        "attributes-50000",
        "attribute-of-2-mib",
        "name-of-2-mib",
    ),
    "A7: a cell lost in 2,000 nested elements is blank without a word": ("depth-2000-in-a-cell",),
    "A7: XML that is not well formed is read, and the value stands elsewhere": ("attribute-twice",),
    "B1: the reader ends the process at such a column (there is no child process)": ("column-of-many-letters",),
    "B2: a wrong index gives the first shared string, an empty one a blank": (
        "string-index-minus-one",
        "string-index-a-word",
        "string-index-a-fraction",
        "string-index-none",
    ),
    "B2: of two values at one place the last wins in silence": (
        "cell-twice",
        "cell-with-two-values",
        "row-number-twice",
    ),
    "B2: what stands outside the rows and cells is dropped in silence": (
        "row-outside-the-table-of-data",
        "two-tables-of-data",
        "value-outside-a-cell",
    ),
    "B2: a second sheet of the same name is never looked at": (
        "two-sheets-of-one-name",
        "two-sheets-of-one-name-but-case",
    ),
    "B7: rows under the template's headers on another sheet are never looked at": ("data-on-two-sheets",),
    "B4: an error that the reader does not know makes the whole file unreadable": (
        "error-spill",
        "error-calc",
        "error-getting_data",
        "error-unknown",
    ),
    "B8: serial 60, the day that never was, is taken for a date": ("date-serial-60",),
    "B9: a number that lost digits, or is none, is taken as it comes": (
        "digits-16",
        "digits-20",
        "number-nan",
        "number-inf",
        "number-hexadecimal",
        "number-with-a-comma",
        "number-with-a-space",
        "number-a-word",
        "number-overflowing",
    ),
    "B10: control characters, surrogates and noncharacters are not told": (
        "escape-of-a-control",
        "escape-of-a-nul",
        "escape-of-a-surrogate",
        "escape-of-a-noncharacter",
        "control-as-a-reference",
        "noncharacter-as-a-reference",
        "control-itself",
        "noncharacter-itself",
    ),
    "C4: a text longer than a cell holds stops the whole merge, nothing is written": ("text-over-32767-letters",),
    "B14: csv is not read yet": (
        "csv-utf-8",
        "csv-utf-8-with-bom",
        "csv-utf-16",
        "csv-cp1251",
        "csv-of-tabs",
        "csv-of-tabs-utf-16",
        "csv-quote-unclosed",
        "csv-row-ragged",
        "csv-with-a-nul",
        "csv-of-bad-utf-8",
        "csv-utf-16-cut",
    ),
}
REASONS = {name: reason for reason, names in KNOWN.items() for name in names}
POSSIBLE = [case for case in CASES if case.possible]
_TOGETHER = [case for case in POSSIBLE if case.name not in DEADLY]
BATCHES = [
    *(_TOGETHER[at : at + BATCH] for at in range(0, len(_TOGETHER), BATCH)),
    *([case] for case in POSSIBLE if case.name in DEADLY),
]
_BATCH_OF = {case.name: number for number, cases in enumerate(BATCHES) for case in cases}
GROUPS = {f"{part}{number}" for part, last in (("A", 9), ("B", 14)) for number in range(1, last + 1)}


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    # The processes of a parallel run share the folder above their own, and so the merges in it.
    own = tmp_path_factory.getbasetemp()
    return (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "враждебные"


@lru_cache(maxsize=len(BATCHES))
def merged(number: int, folder: Path) -> Batch:
    return run_once(BATCHES[number], folder / str(number))


def marked(case: Case) -> ParameterSet:
    skip = pytest.mark.skipif(not case.possible, reason=f"needs {case.needs}")
    known = [pytest.mark.xfail(reason=REASONS[case.name], strict=True)] if case.name in REASONS else []
    return pytest.param(case, id=case.name, marks=[skip, *known])


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_a_file_becomes_what_it_must_and_none_of_its_rows_is_lost_in_silence(case: Case, folder: Path) -> None:
    batch = merged(_BATCH_OF[case.name], folder)
    outcome, good = batch.outcomes[case.name], batch.good[0]
    assert failings(case.expected, outcome, good) == []
    assert unaccounted(outcome, good, case.expected.contact) == []


@pytest.mark.parametrize("number", [at for at, cases in enumerate(BATCHES) if cases[0].name not in DEADLY])
def test_the_good_files_beside_them_are_merged_and_nothing_in_the_outputs_is_alive(number: int, folder: Path) -> None:
    batch = merged(number, folder)
    assert batch.live == []
    for good in batch.good:
        assert [item["status"] for item in good.files] == ["accepted"]
        assert good.findings == []
        assert len(good.rows) == 6
    fates = {fate(batch.outcomes[case.name], batch.good[0], case.expected.contact) for case in BATCHES[number]}
    assert batch.codes == [2] or REFUSED not in fates


def test_the_rows_of_a_good_file_are_what_was_typed(folder: Path) -> None:
    rows = merged(0, folder).good[0].rows
    assert [row[2] for row in rows] == [
        "Выдача пропуска ПОДР",
        "Замена картриджа ПОДР",
        "Оформление отпуска ПОДР",
        "Поступление на государственную гражданскую службу (прием на работу) в Министерство ПОДР",
        "Сопровождение процесса прохождения государственной гражданской службы (работы) в Министерство ПОДР",
        "Хранение трудовых книжек ПОДР",
    ]
    assert Counter(row[5] for row in rows) == {"каб. 0017": 4, "": 2}
    assert {row[11] for row in rows} == {"действует"}


def test_a_lost_and_an_invented_row_are_seen(folder: Path) -> None:
    good = merged(0, folder).good[0]
    less = type(good)(files=good.files, rows=good.rows[1:])
    assert missing(less, good, None) == good.rows[:1]
    assert unaccounted(less, good, None) == good.rows[:1]
    assert fate(less, good, None) == "lost in silence"
    more = type(good)(files=good.files, rows=[*good.rows, good.rows[0]])
    assert invented(more, good, None) == good.rows[:1]


def test_the_corpus_covers_every_group_and_names_every_case_once() -> None:
    names = Counter(case.name for case in CASES)
    assert len(names) == len(CASES) >= 150
    assert {case.group for case in CASES} >= GROUPS
    assert REASONS.keys() <= names.keys()
    assert sum(map(len, KNOWN.values())) == len(REASONS)
