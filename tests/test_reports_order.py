"""«Проект приказа» as a document: what a person opens, prints and signs, and what the program reads back."""

from __future__ import annotations

import itertools
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Pt

from tests.books import (
    ACCOUNTING,
    COMPUTING,
    DATE,
    MINISTRY,
    PHONE,
    PROFILE,
    SED,
    SOVIETS,
    STAFF,
    edition_of_rows,
    record,
)
from workbook_tools import comparing, frames, records
from workbook_tools.annex import read_annex
from workbook_tools.dossier import Dossier
from workbook_tools.errors import OutputError
from workbook_tools.pipeline.editions import load_edition
from workbook_tools.reading.word import read_document
from workbook_tools.reports.order import write_order
from workbook_tools.text import list_key

if TYPE_CHECKING:
    import pandas as pd
    from docx.document import Document as WordDocument
    from docx.oxml.table import CT_Row, CT_Tc

EDITION = Path(__file__).parent.parent / "samples" / "edition-2024-03-19.xlsx"
ROWS = [
    record("Т-0001", "КАДР", STAFF, "Увольнение", MINISTRY, contact="каб. 12"),
    record("Т-0002", "КАДР", STAFF, "Увольнение", PHONE, contact="(4812) 00-00-01", needs="Запись; Получение справки"),
    record("Т-0003", "КАДР", STAFF, "Прием на службу", SOVIETS),
    record("Т-0004", "ИТ", COMPUTING, "Настройка рабочих мест", SED, kind="digital"),
    record("Т-0005", "БУХ", ACCOUNTING, "Выдача справок", MINISTRY),
]


def dossier(frame: pd.DataFrame, before: pd.DataFrame | None = None, base: str = DATE) -> Dossier:
    was = frame.assign(contact="прежний") if before is None else before
    changes = comparing.compare(was, frame, PROFILE)
    return Dossier(PROFILE, "", frame, "2026-11-25", "ПРОЕКТ", 9, base_date=base, changes=changes)


def made_of(rows: list[dict[str, object]]) -> Dossier:
    return dossier(edition_of_rows(rows).records)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("приказ") / "Проект.docx"
    write_order(target, made_of(ROWS))
    return target


@pytest.fixture(scope="module")
def document(path: Path) -> WordDocument:
    return Document(str(path))


def texts(document: WordDocument) -> list[str]:
    return [paragraph.text for paragraph in document.paragraphs if paragraph.text]


def table_rows(document: WordDocument) -> list[CT_Row]:
    (table,) = document.tables
    return list(table._tbl.tr_lst)  # noqa: SLF001 - merges are seen only in the XML


def written(cell: CT_Tc) -> str:
    return "\n".join(paragraph.text for paragraph in cell.p_lst)


def imported(path: Path) -> pd.DataFrame:
    return read_annex(read_document(path, path.name), PROFILE)[0]


# --- the paper -----------------------------------------------------------------------------------------------------


def test_the_first_page_holds_the_order_from_the_mark_to_the_signatory(document: WordDocument) -> None:
    first = document.paragraphs[0]
    assert (first.text, first.alignment) == ("ПРОЕКТ", 2)
    assert texts(document)[1:5] == [
        "МИНИСТЕРСТВО ПРОМЫШЛЕННОСТИ И ТОРГОВЛИ СМОЛЕНСКОЙ ОБЛАСТИ",
        "ПРИКАЗ",
        "«__» ________ 20__ № ______".replace("№ ", "№\u00a0"),
        (
            "О внесении изменения в приказ Министерства промышленности и торговли Смоленской области "
            "от 19.03.2024 №\u00a029/01-01"
        ),
    ]
    assert "п р и к а з ы в а ю:" in texts(document)
    assert "Министр\tП.Ю.\u00a0Илюхин" in texts(document)


def test_number_and_date_are_filled_in_nowhere(document: WordDocument) -> None:
    blanks = [text for text in texts(document) if "____" in text]
    assert blanks == ["«__» ________ 20__ №\u00a0______", "от «__» ________ 20__ №\u00a0______"]
    assert not any("25.11.2026" in text for text in texts(document)[:12])


def test_the_text_is_justified_and_its_first_lines_are_indented(document: WordDocument) -> None:
    (item,) = (paragraph for paragraph in document.paragraphs if paragraph.text.startswith("1. Внести"))
    assert item.alignment == 3
    assert round(item.paragraph_format.first_line_indent.mm, 1) == 12.5


def test_everything_is_in_the_font_of_the_profile(document: WordDocument) -> None:
    (fonts,) = document.styles.element.xpath("w:docDefaults//w:rFonts")
    assert {fonts.get(qn(f"w:{name}")) for name in ("ascii", "hAnsi", "eastAsia", "cs")} == {"Times New Roman"}
    assert [size.get(qn("w:val")) for size in document.styles.element.xpath("w:docDefaults//w:sz")] == ["24"]
    assert document.styles["Table Text"].font.size.pt == 10
    assert document.element.body.xpath(".//w:rFonts | .//w:sz | .//w:color | .//w:shd") == []


def test_the_pages_are_a4_upright_lying_for_the_annex_and_upright_again(document: WordDocument) -> None:
    sections = list(document.sections)
    assert [section.orientation for section in sections] == [
        WD_ORIENT.PORTRAIT,
        WD_ORIENT.LANDSCAPE,
        WD_ORIENT.PORTRAIT,
    ]
    for section in sections:
        sides = (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin)
        assert [round(side.mm) for side in sides if side is not None] == [30, 10, 20, 20]
        page = (section.page_width, section.page_height)
        assert sorted(round(side.mm) for side in page if side is not None) == [210, 297]


def test_pages_are_numbered_in_the_top_margin_from_the_second(document: WordDocument) -> None:
    first, *others = document.sections
    assert first.different_first_page_header_footer
    assert first.first_page_header.paragraphs[0].text == ""
    header = first.header.paragraphs[0]
    assert header.alignment == 1
    assert [field.get(qn("w:instr")) for field in header._p.xpath("w:fldSimple")] == ["PAGE"]  # noqa: SLF001 - no other way to a field
    assert round(first.header_distance.mm) == 10  # type: ignore[union-attr] # it is set
    for section in others:
        assert section.header.is_linked_to_previous
        assert not section.different_first_page_header_footer
    assert document.element.body.xpath(".//w:pgNumType[@w:start]") == []


def test_the_properties_name_the_order_the_body_and_the_day_of_the_edition(document: WordDocument) -> None:
    properties = document.core_properties
    assert properties.title.startswith("О внесении изменения в приказ")
    assert properties.author == properties.last_modified_by == PROFILE.body.name
    assert properties.created == properties.modified
    assert str(properties.created).startswith("2026-11-25 00:00:00")


# --- the annex -----------------------------------------------------------------------------------------------------


def test_the_annex_has_the_six_columns_and_a_header_that_every_page_repeats(document: WordDocument) -> None:
    header, *rows = table_rows(document)
    assert [written(cell) for cell in header.tc_lst] == list(PROFILE.headers("annex").values())
    assert len(header.xpath("w:trPr/w:tblHeader")) == 1
    assert not any(row.xpath("w:trPr/w:tblHeader") for row in rows)
    assert all(row.xpath("w:trPr/w:cantSplit") for row in (header, *rows))


def test_number_and_direction_are_merged_over_a_heading_and_a_process_over_its_touchpoints(
    document: WordDocument,
) -> None:
    _, *rows = table_rows(document)
    assert [[cell.vMerge for cell in row.tc_lst] for row in rows] == [
        ["restart", "restart", "restart", None, None, None],
        ["continue", "continue", "continue", None, None, None],
        ["continue", "continue", None, None, None, None],
        [None, None, None, None, None, None],
        [None, None, None, None, None, None],
    ]
    assert [[written(cell) for cell in row.tc_lst[:4]] for row in rows[:3]] == [
        ["1", "Взаимодействие с внутренним клиентом", "Увольнение", "здание Министерства, каб. 12"],
        ["", "", "", "телефонная связь: (4812) 00-00-01"],
        ["", "", "Прием на службу", "здание Дома Советов"],
    ]


def test_a_very_long_heading_stands_again_at_a_process(tmp_path: Path) -> None:
    rows = [
        record(f"Т-{number:04d}", "КАДР", STAFF, f"Дело {number // 8}", point.name, kind=point.kind)
        for number in range(160)
        for point in [PROFILE.touchpoints[number % 8]]
    ]
    write_order(tmp_path / "Проект.docx", made_of(rows))
    _, *made = table_rows(Document(str(tmp_path / "Проект.docx")))
    again = [index for index, row in enumerate(made) if row.tc_lst[0].vMerge == "restart"]
    assert again == [0, 40, 80, 120]
    assert [written(made[index].tc_lst[1]) for index in again] == ["Взаимодействие с внутренним клиентом"] * 4
    assert content(imported(tmp_path / "Проект.docx")) == content(made_of(rows).in_force)


def test_a_process_of_very_many_touchpoints_stands_again_too(tmp_path: Path) -> None:
    rows = [record(f"Т-{number:04d}", "КАДР", STAFF, "Дело", f"окно {number}") for number in range(170)]
    write_order(tmp_path / "Проект.docx", made_of(rows))
    _, *made = table_rows(Document(str(tmp_path / "Проект.docx")))
    assert [index for index, row in enumerate(made) if row.tc_lst[2].vMerge == "restart"] == [0, 80, 160]


def test_a_process_is_kept_on_one_page(document: WordDocument) -> None:
    _, *rows = table_rows(document)
    assert [bool(row.xpath(".//w:keepNext")) for row in rows] == [True, False, False, False, False]


def test_the_table_has_thin_black_borders_and_the_width_of_the_page(document: WordDocument) -> None:
    (table,) = document.tables
    sides = table._tbl.xpath("w:tblPr/w:tblBorders/*")  # noqa: SLF001 - the library has no borders
    assert {(side.get(qn("w:val")), side.get(qn("w:sz")), side.get(qn("w:color"))) for side in sides} == {
        ("single", "4", "000000")
    }
    assert len(sides) == 6
    widths = [int(column.get(qn("w:w")) or 0) for column in table._tbl.tblGrid.gridCol_lst]  # noqa: SLF001 - as above
    assert round(sum(widths) / 1440 * 25.4) == 257


def test_the_mark_stands_at_the_upper_right_above_the_title(document: WordDocument) -> None:
    said = texts(document)
    at = said.index("Приложение")
    assert said[at : at + 4] == [
        "Приложение",
        "к приказу Министерства промышленности и торговли Смоленской области",
        "от «__» ________ 20__ №\u00a0______",
        "Приложение 1",
    ]
    (mark,) = (paragraph for paragraph in document.paragraphs if paragraph.text == "Приложение")
    assert round(mark.paragraph_format.left_indent.mm) == 177
    assert said[at + 5].startswith("Перечень точек взаимодействия с клиентом по основным направлениям деятельности")


def content(frame: pd.DataFrame) -> list[tuple[str, ...]]:
    """Return what an annex says of each record, in its order; needs as a set."""
    columns = [frame[name] for name in ("activity", "process", "touchpoint", "contact", "kind")]
    return list(zip(*columns, frames.mapped(frame["needs"], list_key), strict=True))


def test_the_annex_of_the_samples_imports_back_to_the_same_records(tmp_path: Path) -> None:
    made = dossier(load_edition(EDITION, PROFILE).edition.records)
    write_order(tmp_path / "Проект.docx", made)
    assert len(made.in_force) == 23
    assert content(imported(tmp_path / "Проект.docx")) == content(made.in_force)


def generated() -> list[dict[str, object]]:
    """Return records of every activity and every listed touchpoint, with addresses and needs of all shapes."""
    contacts = {
        "url": "https://minprom.admin-smolensk.ru/",
        "email": "a@admin-smolensk.ru",
        "phone": "8 (4812) 29-10-44",
    }
    needs = ("Получение консультации", "Запись; Получение справки", "Подача жалобы/обращения; «Иное» & <прочее>")
    pairs = itertools.product(PROFILE.activities, (item for item in PROFILE.touchpoints if item.in_list))
    return [
        record(
            f"Т-{number:04d}",
            "КАДР",
            activity.name,
            f"Рассмотрение дел вида {number // 3}",
            touchpoint.name,
            contact=contacts.get(touchpoint.contact, "каб. 5" if touchpoint.contact == "place" else ""),
            kind=touchpoint.kind,
            needs=needs[number % len(needs)],
        )
        for number, (activity, touchpoint) in enumerate(pairs)
    ]


def test_an_annex_of_all_touchpoints_imports_back_to_the_same_records(tmp_path: Path) -> None:
    made = made_of(generated())
    write_order(tmp_path / "Проект.docx", made)
    assert content(imported(tmp_path / "Проект.docx")) == content(made.in_force)


def test_the_annex_imports_without_a_word_of_another_body_or_a_repeated_header(path: Path) -> None:
    findings = read_annex(read_document(path, path.name), PROFILE)[1]
    raised = findings[findings["severity"] != "info"]
    assert set(raised["rule"]) & {"П-01", "П-02", "П-08", "П-21"} == set()


# --- the explanatory list, and the other kinds of document ---------------------------------------------------------


def test_the_explanatory_list_comes_last_with_a_page_of_its_own(document: WordDocument) -> None:
    said = texts(document)
    at = said.index("Справка к проекту приказа")
    assert said[at + 1].startswith("«О внесении изменения в приказ")
    assert "Нет." in said[at:]
    assert said[said.index("К5. Уточнён адрес (контакт)") + 1] == (
        "1. Т-0001. Точка «здание Министерства»: адрес «прежний» заменён на «каб. 12»."
    )


def test_the_classes_of_the_explanatory_list_stand_apart(document: WordDocument) -> None:
    headings = [item for item in document.paragraphs if re.match(r"К\d+\. ", item.text)]
    assert headings
    assert {item.paragraph_format.space_before for item in headings} == {Pt(6)}


def test_point_edits_come_without_an_annex(tmp_path: Path) -> None:
    rows = [{**ROWS[0], "contact": "каб. 14"}, *ROWS[1:]]
    made = dossier(edition_of_rows(rows).records, edition_of_rows(ROWS).records)
    write_order(tmp_path / "Проект.docx", made, "edits")
    document = Document(str(tmp_path / "Проект.docx"))
    assert document.tables == []
    assert [section.orientation for section in document.sections] == [WD_ORIENT.PORTRAIT] * 2
    assert any(text.startswith("в Приложении 1 в позиции «Увольнение»") for text in texts(document))


def test_with_nothing_to_change_the_document_says_so_on_one_page(tmp_path: Path) -> None:
    frame = edition_of_rows(ROWS).records
    write_order(tmp_path / "Проект.docx", dossier(frame, frame))
    document = Document(str(tmp_path / "Проект.docx"))
    assert texts(document)[0] == "ПРОЕКТ"
    assert texts(document)[2] == "Приказ о внесении изменений не требуется"
    assert "По сравнению с редакцией Перечня от 19.03.2024 нет изменений" in texts(document)[3]
    assert document.tables == []
    assert len(document.sections) == 1


def test_the_first_edition_comes_with_its_annex_and_ends_with_a_paragraph(tmp_path: Path) -> None:
    made = dossier(edition_of_rows(ROWS).records, records.empty(), base="")
    write_order(tmp_path / "Проект.docx", made)
    document = Document(str(tmp_path / "Проект.docx"))
    assert [section.orientation for section in document.sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]
    assert document.element.body[-2].tag == qn("w:p")
    assert content(imported(tmp_path / "Проект.docx")) == content(made.in_force)


# --- the file ------------------------------------------------------------------------------------------------------


def test_the_same_dossier_gives_the_same_bytes(path: Path, tmp_path: Path) -> None:
    write_order(tmp_path / "ещё.docx", made_of(ROWS))
    assert (tmp_path / "ещё.docx").read_bytes() == path.read_bytes()
    with zipfile.ZipFile(path) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in archive.namelist() if "thumbnail" in name or "Effects" in name]


def test_signs_that_a_document_cannot_hold_are_shown_and_stop_nothing(tmp_path: Path) -> None:
    broken = record("Т-0006", "БУХ", ACCOUNTING, "Справки\x07", MINISTRY, needs="Ответ\ud800; <b>&", contact="каб.\n9")
    frame = edition_of_rows([*ROWS, broken]).records
    write_order(tmp_path / "Проект.docx", dossier(frame, edition_of_rows(ROWS).records))
    document = Document(str(tmp_path / "Проект.docx"))
    last = [cell.text for cell in document.tables[0].rows[-1].cells]
    assert last[2:5] == ["Справки\\x0007", "здание Министерства, каб.\n9", "Ответ\\xd800; <b>&"]
    assert any("Справки\\x0007" in text for text in texts(document))


def test_a_place_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"Проект\.docx: файл не записан"):
        write_order(tmp_path / "нет такой папки" / "Проект.docx", made_of(ROWS))


def test_an_edition_without_records_gives_an_annex_of_its_header_alone(tmp_path: Path) -> None:
    frame = edition_of_rows(ROWS).records
    write_order(tmp_path / "Проект.docx", replace(dossier(frame), records=records.empty()))
    assert len(table_rows(Document(str(tmp_path / "Проект.docx")))) == 1
