"""The copies that go back to the units, whoever writes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.books import EDITION, PROFILE
from workbook_tools.errors import OutputError
from workbook_tools.forms import blank_form
from workbook_tools.pipeline.copies import copies_last, finish_copies
from workbook_tools.template import write_forms
from workbook_tools.work import mapper

UNITS = PROFILE.units[:3]
FORMS = [blank_form(PROFILE, EDITION, unit) for unit in UNITS]


def test_copies_stand_last_in_the_report_in_their_order() -> None:
    assert copies_last(["замечания/А.xlsx", "замечания/Б.xlsx", "Перечень.xlsx", "замечания.docx"]) == [
        "Перечень.xlsx",
        "замечания.docx",
        "замечания/А.xlsx",
        "замечания/Б.xlsx",
    ]


def test_whoever_writes_the_workbooks_they_have_the_same_bytes(tmp_path: Path) -> None:
    written = []
    for workers in (1, 2):
        paths = [tmp_path / f"{workers}_{unit.code}.xlsx" for unit in UNITS]
        with mapper(workers) as run:
            finish_copies(write_forms(run, zip(paths, FORMS, strict=True), PROFILE), len(FORMS))
        written.append([path.read_bytes() for path in paths])
    assert written[0] == written[1]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_workbook_that_cannot_be_written_is_told_whoever_writes_it(workers: int, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"нет.а\.xlsx: файл не записан"), mapper(workers) as run:
        finish_copies(write_forms(run, [(tmp_path / "нет" / "а.xlsx", FORMS[0])], PROFILE), 1)
