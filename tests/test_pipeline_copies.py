"""The copies that go back to the units, whoever writes them."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.books import EDITION, PROFILE, TODAY, UnitBook
from tests.cycle import PLAIN, edition, opened
from workbook_tools.errors import OutputError
from workbook_tools.forms import blank_form
from workbook_tools.pipeline.commands import Options, Result, check
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


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> tuple[Result, Path]:
    """A check of two files of КАДР of one date, one of БУХ that says it is of АХО beside that of АХО, one of ИТ."""
    desk = opened(tmp_path_factory.mktemp("д") / "дело")
    for name, change in {"а_кадр": {"needs": ""}, "б_кадр": {"action": "изменить", "contact": "каб. 5"}}.items():
        book = UnitBook("КАДР")
        book.edit("Т-0001" if name == "а_кадр" else "Т-0003", **change)
        book.save(desk.incoming / f"{name}.xlsx")
    wrong = UnitBook("БУХ")
    wrong.sign(unit="АХО")
    wrong.edit("Т-0004", needs="")
    wrong.save(desk.incoming / "бух.xlsx")
    UnitBook("АХО").save(desk.incoming / "ахо.xlsx")
    UnitBook("ИТ").save(desk.incoming / "ит.xlsx")
    result = check([desk.incoming], PLAIN, edition(desk), desk.root / "итог", Options(TODAY))
    return result, desk.root / "итог" / "замечания"


def _lines(path: Path) -> list[tuple[str, ...]]:
    sheet = load_workbook(path)["Замечания"]
    return [tuple(str(value or "") for value in row) for row in sheet.iter_rows(values_only=True)]


def test_no_ones_remark_is_in_no_copy(crowd: tuple[Result, Path]) -> None:
    result, folder = crowd
    dossier = result.dossier
    assert dossier is not None
    received = {line.code: line.file for line in dossier.units if line.file}
    told = [item for item in result.report["findings"] if item["severity"] != "info" and item["unit"] in received]
    assert {item["file"] for item in told} >= {"а_кадр.xlsx", "б_кадр.xlsx", "бух.xlsx", "ахо.xlsx"}
    for item in told:
        lines = _lines(folder / f"{item['unit']}.xlsx")
        band = next((at for at, line in enumerate(lines) if f"«{item['file']}»: " in line[0]), len(lines))
        own = item["file"] == received[item["unit"]]
        assert own == (band == len(lines))
        ends = [at for at, line in enumerate(lines) if line[0].startswith("Другой файл подразделения")]
        part = lines[: ends[0] if ends else None] if own else lines[band:]
        assert [line for line in part if line[5].startswith(item["message"]) and (item["cell"] or "") in line[2]], item


def test_a_copy_of_one_of_several_files_says_of_which_and_what_is_wrong_with_the_others(
    crowd: tuple[Result, Path],
) -> None:
    lines = _lines(crowd[1] / "КАДР.xlsx")
    assert lines[1][0].endswith(" Копия сделана из файла «б_кадр.xlsx».")
    assert (
        "Файл от подразделения не один. Здесь копия файла «б_кадр.xlsx»; в конце списка – замечания к другим: "
        "«а_кадр.xlsx»."
    ) in [line[0] for line in lines]
    band = next(
        at for at, line in enumerate(lines) if line[0].startswith("Другой файл подразделения – «а_кадр.xlsx»: ")
    )
    assert lines[band][0].endswith(
        "; листы и ячейки – в нём. Не учтён: есть другой файл с той же датой: «б_кадр.xlsx»."
    )
    assert "в том файле: Сведения, J6" in [line[2] for line in lines[band:]]
    sheet = load_workbook(crowd[1] / "КАДР.xlsx")["Замечания"]
    assert [cell for row in sheet.iter_rows(min_row=band + 1) for cell in row if cell.hyperlink] == []


def test_a_copy_says_of_the_files_that_a_later_one_stands_for(tmp_path: Path) -> None:
    desk = opened(tmp_path / "дело")
    old, new = UnitBook("ИТ"), UnitBook("ИТ")
    old.sign(filled=datetime.date(2026, 11, 17))
    old.save(desk.incoming / "я_старый.xlsx")
    new.edit("Т-0005", needs="")
    new.save(desk.incoming / "новый.xlsx")
    check([desk.incoming], PLAIN, edition(desk), desk.root / "итог", Options(TODAY))
    lines = [line[0] for line in _lines(desk.root / "итог" / "замечания" / "ИТ.xlsx")]
    assert lines[1].endswith(" Копия сделана из файла «новый.xlsx».")
    assert any(line.startswith("Другой файл подразделения – «я_старый.xlsx»: 1 замечание; ") for line in lines)
