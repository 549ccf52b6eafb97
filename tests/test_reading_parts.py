"""Sheets are found along the relationships; a part that is missing, shared or outside is refused by name."""

from __future__ import annotations

import pytest

from tests.sheets import PACKAGE, RELATIONS, SHEET, WORKBOOK, book_parts, relations, sheet, workbook, zipped
from workbook_tools.errors import InputError
from workbook_tools.reading.archive import Archive
from workbook_tools.reading.parts import Package, SheetPart

AGAIN = "Откройте его, сохраните заново в формате .xlsx и пришлите ещё раз"
NO_SHEET = f"файл повреждён: лист «Лист1» в книге назван, а самого листа нет. {AGAIN}"
ONE = '<sheet name="Лист1" sheetId="1" r:id="rId1"/>'


def package(**parts: str) -> Package:
    names = {"main": WORKBOOK, "links": RELATIONS, "sheet": SHEET}
    changed = {names.get(name, name): content for name, content in parts.items()}
    return Package(Archive(zipped({name: part for name, part in (book_parts() | changed).items() if part})))


def refusal(**parts: str) -> str:
    with pytest.raises(InputError) as refused:
        package(**parts)
    return str(refused.value)


def test_a_usual_package() -> None:
    found = package()
    assert found.sheets == (SheetPart("Лист1", hidden=False, part=SHEET),)
    assert (found.strings, found.styles, found.from_1904) == ("xl/sharedStrings.xml", "xl/styles.xml", False)
    assert (found.is_usual, found.notes, found.has_odd_strings) == (True, (), False)


@pytest.mark.parametrize(
    "target", ["/xl/worksheets/sheet1.xml", "../xl/worksheets/sheet1.xml", "./worksheets/sheet1.xml"]
)
def test_a_target_is_followed_from_the_folder_or_the_root(target: str) -> None:
    assert package(links=relations(worksheet=target)).sheets[0].part == SHEET


@pytest.mark.parametrize(
    "links",
    [
        relations(worksheet="!worksheets/sheet1.xml"),
        relations(worksheet="!file:///etc/passwd"),
        relations(worksheet="../../etc/passwd"),
        relations(worksheet="worksheets/sheet9.xml"),
        relations(styles="styles.xml"),
    ],
    ids=["external", "file", "above", "missing", "no relation"],
)
def test_a_sheet_whose_part_is_outside_or_missing_is_refused(links: str) -> None:
    assert refusal(links=links.replace("rId1", "rId1" if "worksheet" in links else "rId9")) == NO_SHEET


def test_a_sheet_that_is_listed_but_not_in_the_archive_is_refused() -> None:
    assert refusal(sheet="") == NO_SHEET


def test_two_sheets_of_one_name_are_refused_whatever_their_case() -> None:
    twice = workbook(f'{ONE}<sheet name="ЛИСТ1" sheetId="2" r:id="rId2"/>')
    links = relations(worksheet="worksheets/sheet1.xml", styles="worksheets/sheet2.xml")
    message = "файл повреждён: два листа названы «ЛИСТ1». Переименуйте один и пришлите ещё раз"
    assert refusal(main=twice, links=links, **{"xl/worksheets/sheet2.xml": sheet("")}) == message


def test_one_part_for_two_sheets_is_refused() -> None:
    main = workbook(f'{ONE}<sheet name="Лист2" sheetId="2" r:id="rId1"/>')
    assert refusal(main=main) == f"файл повреждён: лист «Лист2» – тот же, что и другой лист. {AGAIN}"


def test_strings_outside_the_package_or_in_two_parts_are_refused() -> None:
    message = f"файл повреждён: неясно, где стоят его тексты и форматы. {AGAIN}"
    assert refusal(links=relations(worksheet="worksheets/sheet1.xml", sharedStrings="!strings.xml")) == message
    two = relations(worksheet="worksheets/sheet1.xml", sharedStrings="a.xml", styles="b.xml")
    assert refusal(links=two.replace("/styles", "/sharedStrings")) == message


def test_a_relationship_told_twice_and_no_workbook_are_refused() -> None:
    links = relations(worksheet="worksheets/sheet1.xml", styles="styles.xml").replace("rId2", "rId1")
    assert refusal(links=links) == f"файл повреждён: одна связь записана в нём дважды. {AGAIN}"
    nothing = f'<Relationships xmlns="{PACKAGE}"/>'
    assert refusal(**{"_rels/.rels": nothing}) == f"файл повреждён: в нём не найдена книга. {AGAIN}"
    assert refusal(**{"_rels/.rels": ""}) == f"файл повреждён: в нём не найдена книга. {AGAIN}"


def test_a_hidden_sheet_and_a_chart_are_told() -> None:
    main = workbook(ONE.replace("/>", ' state="veryHidden"/>') + '<sheet name="Диаграмма" sheetId="2" r:id="rId2"/>')
    links = relations(worksheet="worksheets/sheet1.xml", chartsheet="worksheets/sheet2.xml")
    found = package(main=main, links=links, **{"xl/worksheets/sheet2.xml": "<chartsheet/>"})
    assert found.sheets == (SheetPart("Лист1", hidden=True, part=SHEET), SheetPart("Диаграмма", hidden=False, part=""))


@pytest.mark.parametrize(
    ("part", "content", "notes"),
    [
        ("xl/vbaProject.bin", "x", ("макросы",)),
        ("xl/externalLinks/externalLink1.xml", "<externalLink/>", ("ссылки на другие книги",)),
        (
            "xl/externalLinks/externalLink1.xml",
            "<externalLink><ddeLink/></externalLink>",
            ("ссылки на другие книги", "обмен данными с другими программами"),
        ),
        ("xl/connections.xml", "<connections/>", ("подключения к данным",)),
        ("xl/embeddings/oleObject1.bin", "x", ("вложенные объекты",)),
        ("docProps/app.xml", "<Properties/>", ()),
    ],
)
def test_what_is_never_opened_is_noted(part: str, content: str, notes: tuple[str, ...]) -> None:
    assert package(**{part: content}).notes == notes
