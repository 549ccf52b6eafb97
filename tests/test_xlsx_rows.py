"""Rows that are kept whole come to the bytes that the writer makes cell by cell; else it is given the cells."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from xlsxwriter.worksheet import Worksheet

from workbook_tools.errors import InternalError, OutputError
from workbook_tools.limits import CELL_CHARACTERS
from workbook_tools.xlsx.book import Value, XlsxBook, XlsxSheet
from workbook_tools.xlsx.rows import proven
from workbook_tools.xlsx.style import ADDED, CELL, NUMBER, STRUCK, Properties

DAY = datetime.date(2024, 3, 19)
TEXTS = st.sampled_from(
    ["", "а", " край ", "=1", "\t", "<r>а</r>", "100 %", "%s", "\0", "_x000D_", "<&>", "а\nб", "\ud800"]
)
VALUES = TEXTS | st.text(max_size=3) | st.integers(-3, 3) | st.sampled_from([0.1, DAY, datetime.date(1, 1, 1), None])
STYLES = st.sampled_from([CELL, NUMBER, CELL | {"bold": True}])
ROWS = st.integers(0, 40)


class Row(NamedTuple):
    """A row given whole."""

    at: int
    values: list[Value]
    style: dict[str, object]
    height: float | None


rows = st.builds(Row, ROWS, st.lists(VALUES, min_size=1, max_size=4), STYLES, st.sampled_from([None, 20, 33.3]))
Change = tuple[str, int, int, Value, dict[str, object]]
changes = st.tuples(
    st.sampled_from(["put", "rich", "link", "merge", "comment"]), ROWS, st.integers(0, 5), VALUES, STYLES
)


def new_book(path: Path) -> XlsxBook:
    return XlsxBook(path, {"title": "Книга"}, DAY, {"font_name": "Arial", "font_size": 10})


@contextmanager
def unproven() -> Iterator[None]:
    """Have the writer render its spans in another way for as long as the block lasts, as another version might."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Worksheet, "_calculate_spans", lambda sheet: setattr(sheet, "row_spans", {}))
        proven.cache_clear()
        yield
    proven.cache_clear()


def put_row(
    sheet: XlsxSheet, at: int, values: Sequence[Value], style: Properties = CELL, height: float | None = None
) -> None:
    heights = None if height is None else [height]
    sheet.put_rows(at, [values], [(sheet.book.format(style),) * len(values)], heights)


def put_change(sheet: XlsxSheet, change: Change) -> None:
    kind, row, column, value, style = change
    if kind == "put":
        sheet.put(row, column, value, style)
    elif kind == "rich":
        sheet.put_rich(row, column, [("было", STRUCK), (str(value), ADDED)], style)
    elif kind == "link":
        sheet.put_link(row, column, "'Лист'!A1", str(value) or "а", style)
    elif kind == "comment":
        sheet.comment(row, column, "пояснение")


def write(path: Path, lines: Sequence[Row], later: Sequence[Change], *, whole: bool) -> bytes:
    with new_book(path) as book:
        if not whole:
            book.ends = None
        sheet = book.sheet("Лист", bare_first_page=True)
        sheet.put(0, 1, "выше", CELL)
        for line in lines:
            put_row(sheet, line.at, line.values, line.style, line.height)
        for change in later:
            put_change(sheet, change)
        merged = next((change for change in later if change[0] == "merge"), None)
        if merged:
            sheet.merge((merged[1], merged[2]), (merged[1] + 2, merged[2]), merged[3], merged[4])
    return path.read_bytes()


@given(st.lists(rows, max_size=8), st.lists(changes, max_size=4))
@settings(max_examples=60, deadline=None)
def test_rows_kept_whole_come_to_the_same_bytes_whatever_is_written_over_them(
    tmp_path_factory: pytest.TempPathFactory, lines: list[Row], later: list[Change]
) -> None:
    folder = tmp_path_factory.mktemp("книга")
    assert write(folder / "а.xlsx", lines, later, whole=True) == write(folder / "б.xlsx", lines, later, whole=False)


gapped = st.lists(st.tuples(VALUES, st.booleans()), min_size=1, max_size=5).filter(
    lambda line: any(there for _, there in line)
)


@given(st.lists(gapped, min_size=1, max_size=4), st.integers(0, 17))
@settings(max_examples=40, deadline=None)
def test_where_a_row_has_no_cell_none_is_written(
    tmp_path_factory: pytest.TempPathFactory, lines: list[list[tuple[Value, bool]]], first: int
) -> None:
    folder, made = tmp_path_factory.mktemp("книга"), []
    for whole in (True, False):
        with new_book(folder / f"{whole}.xlsx") as book:
            if not whole:
                book.ends = None
            shape = book.format(CELL)
            values = [[value if there else "" for value, there in line] for line in lines]
            formats = [tuple(shape if there else None for _, there in line) for line in lines]
            book.sheet("Лист").put_rows(first, values, formats, [20.0] * len(lines))
        made.append((folder / f"{whole}.xlsx").read_bytes())
    assert made[0] == made[1]


def test_rows_over_cells_that_were_written_before_come_to_the_same_bytes(tmp_path: Path) -> None:
    for whole in (True, False):
        with new_book(tmp_path / f"{whole}.xlsx") as book:
            if not whole:
                book.ends = None
            sheet, shape = book.sheet("Лист"), book.format(CELL)
            for row in range(3):
                sheet.put_link(row, 1, "'Лист'!A1", "ссылка", CELL)
                sheet.put(row, 5, "правее", CELL)
            sheet.put_rows(0, [["а", "б"], ["\0", ""], ["в", ""]], [(shape, shape), (shape, None), (shape, None)])
    assert (tmp_path / "True.xlsx").read_bytes() == (tmp_path / "False.xlsx").read_bytes()


@pytest.mark.parametrize("values", [[-0.0, 0], [0, -0.0]])
def test_a_zero_with_a_sign_is_a_zero(tmp_path: Path, values: list[Value]) -> None:
    with new_book(tmp_path / "к.xlsx") as book:
        put_row(book.sheet("Лист"), 0, values)
    with CalamineWorkbook.from_path(tmp_path / "к.xlsx") as read:
        assert [str(value) for value in read.get_sheet_by_index(0).to_python()[0]] == ["0.0", "0.0"]


def test_the_installed_writer_renders_rows_that_are_kept_as_its_own() -> None:
    proven.cache_clear()
    assert proven()


def test_a_writer_that_renders_in_another_way_is_given_the_cells_one_by_one(tmp_path: Path) -> None:
    lines = [Row(1, ["а", 5, "=1"], CELL, 30), Row(17, ["б"], CELL, None)]
    with unproven():
        assert not proven()
        given_rows, given_cells = (write(tmp_path / f"{whole}.xlsx", lines, [], whole=whole) for whole in (True, False))
        assert given_rows == given_cells


def test_a_writer_that_has_changed_its_inside_is_given_the_cells_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(Worksheet, "_write_cell")
    proven.cache_clear()
    assert not proven()
    proven.cache_clear()


Area = tuple[tuple[int, int], tuple[int, int]]
PAIR = ((1, 0), (2, 0))


def merge_all(path: Path, areas: Sequence[Area], *, whole: bool) -> bytes:
    """Write five rows of two cells and merge areas of them."""
    with new_book(path) as book:
        if not whole:
            book.ends = None
        sheet = book.sheet("Лист")
        for row in range(5):
            put_row(sheet, row, ["а", row])
        for first, last in areas:
            sheet.merge(first, last, "=вместе" if first[1] else "вместе", CELL)
    return path.read_bytes()


@pytest.mark.parametrize(
    "areas",
    [
        [PAIR],
        [((0, 0), (1, 0)), ((2, 0), (4, 0)), ((0, 1), (1, 1))],
        [((3, 0), (6, 0))],
        [((0, 0), (0, 1))],
        [((0, 0), (0, 0))],
    ],
)
def test_merged_cells_of_rows_kept_whole_come_to_the_same_bytes(tmp_path: Path, areas: list[Area]) -> None:
    assert merge_all(tmp_path / "а.xlsx", areas, whole=True) == merge_all(tmp_path / "б.xlsx", areas, whole=False)


@pytest.mark.parametrize("second", [((2, 0), (3, 0)), ((0, 0), (1, 0)), ((2, 0), (2, 1))])
def test_areas_of_rows_kept_whole_that_could_overlap_are_refused(tmp_path: Path, second: Area) -> None:
    message = "лист «Лист»: области строк, записанных целиком, объединены не сверху вниз"
    with pytest.raises(InternalError, match=message):
        merge_all(tmp_path / "к.xlsx", [PAIR, second], whole=True)


SHARED = [
    "а",
    " а",
    "а\u00a0",
    "&",
    "<",
    ">",
    '"',
    "_x0041_",
    "_x",
    "\t",
    "а\nб",
    "\x85",
    "\u200b",
    "😀",
    "<r>",
    "ё" * 100,
]


def test_shared_texts_written_at_once_are_spelt_as_the_writer_spells_them(tmp_path: Path) -> None:
    texts: list[Value] = [*SHARED, *(f"{text}{sign}" for text in SHARED for sign in SHARED)]
    with new_book(tmp_path / "а.xlsx") as book:
        put_row(book.sheet("Лист"), 0, texts)
    with unproven(), new_book(tmp_path / "б.xlsx") as book:
        put_row(book.sheet("Лист"), 0, texts)
    one, other = (strings(tmp_path / name) for name in ("а.xlsx", "б.xlsx"))
    assert one == other


def strings(path: Path) -> bytes:
    with zipfile.ZipFile(path) as package:
        return package.read("xl/sharedStrings.xml")


@pytest.mark.parametrize("whole", [True, False])
@pytest.mark.parametrize(
    ("row", "values", "kind", "message"),
    [
        (2, ["а", "ж" * (CELL_CHARACTERS + 1)], OutputError, "лист «Лист», строка 3: текст длиннее 32767 знаков"),
        (2, ["а", "😀" * (CELL_CHARACTERS - 1)], InternalError, r"строка 3, графа 2: запись отклонена \(-2\)"),
        (1_048_576, ["а"], InternalError, r"строка 1048577, графа 1: запись отклонена \(-1\)"),
    ],
)
def test_what_no_sheet_holds_is_refused(
    tmp_path: Path, row: int, values: list[Value], kind: type[Exception], message: str, *, whole: bool
) -> None:
    book = new_book(tmp_path / "к.xlsx")
    if not whole:
        book.ends = None
    sheet = book.sheet("Лист")
    with pytest.raises(kind, match=message):
        put_row(sheet, row, values)


def chart(book: XlsxBook, sheet: XlsxSheet) -> None:
    drawn = book.chart({"type": "column"})
    drawn.add_series({"values": ["Лист", 0, 0, 2, 0]})
    sheet.show_chart(5, 0, drawn, (200, 100), "столбцы")


def put_single(sheet: XlsxSheet) -> None:
    for row in range(3):
        sheet.put(row, 0, row, NUMBER)


def put_whole(sheet: XlsxSheet) -> None:
    for row in range(3):
        put_row(sheet, row, [row], NUMBER)


@pytest.mark.parametrize(("put", "refused"), [(put_single, False), (put_whole, True)])
def test_a_chart_of_rows_that_are_kept_is_refused(
    tmp_path: Path, put: Callable[[XlsxSheet], None], *, refused: bool
) -> None:
    book = new_book(tmp_path / "к.xlsx")
    sheet = book.sheet("Лист")
    put(sheet)
    chart(book, sheet)
    if not refused:
        book.close()
        return
    with pytest.raises(InternalError, match="лист «Лист»: диаграмма по строкам, которые записаны целиком"):
        book.close()
