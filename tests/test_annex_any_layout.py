"""Records written in any layout come back from it, and no filled cell goes without a record or a finding."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import NamedTuple

import xlsxwriter
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.annex_words import (
    ADVICE,
    ASKED,
    BUILDING,
    COMPLAINT,
    DIGITAL,
    HEADER,
    INNER,
    OFFLINE,
    PHONE,
    PROFILE,
    SITE,
    WORDINGS,
)
from workbook_tools.annex import read_annex
from workbook_tools.annex.segments import kind_codes
from workbook_tools.grids import Book, Grid, Span, cell_name
from workbook_tools.reading.word import read_document
from workbook_tools.reading.workbook import read_workbook
from workbook_tools.text import split_list, tidy


class Point(NamedTuple):
    """A touchpoint with its address and kind."""

    name: str
    contact: str
    kind: str


POINTS = (
    Point(SITE, "https://a.ru/b", "digital"),
    Point("Электронная почта", "a@b.ru", "digital"),
    Point("СЭД", "", "digital"),
    Point(PHONE, "8 (4812) 29-15-01", "offline"),
    Point(BUILDING, "каб. 12", "offline"),
    Point("Здание Дома Советов", "", "offline"),
    Point("МФЦ", "", "offline"),
)
PROCESSES = ("Приём граждан", "Учёт имущества органа", "Ведение табеля", "Выдача справок о стаже")
NEEDS = (ADVICE, COMPLAINT, "Предоставление документов", "Запись на приём")
WRITTEN = {"digital": (DIGITAL, "цифровая", "Цифровой"), "offline": (OFFLINE, "(офлайн)", "оффлайн")}


class Entry(NamedTuple):
    """One row of the table as it is to be written: several touchpoints share their needs and kind."""

    activity: int
    process: str
    points: tuple[Point, ...]
    needs: tuple[str, ...]


class Layout(NamedTuple):
    """How the annex is typed."""

    order: tuple[int, ...]
    style: str
    headings: bool
    point_sign: str
    contact_sign: str
    need_sign: str
    kind: int
    breaks: frozenset[int]
    page: str
    cut: bool
    word: bool
    offset: int


def listed(items: list[str], sign: str) -> str:
    if sign == "1.":
        return " ".join(f"{number}. {item}" for number, item in enumerate(items, 1))
    if sign == "•":
        return "\n".join(f"• {item}" for item in items)
    return sign.join(items)


@dataclass
class Page:
    """A table or sheet as it is written, with its merged areas."""

    rows: list[list[str]] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)


class Writer:
    """Types records in a layout."""

    def __init__(self, layout: Layout) -> None:
        self._layout = layout
        self.pages = [Page()]
        self._numbers = count(1)
        self._header()

    def _header(self) -> None:
        self.pages[-1].rows.append(list(HEADER))

    def write(self, entries: list[Entry]) -> list[Page]:
        last: list[str] = []
        for at, entry in enumerate(entries):
            whole = self._texts(entry)
            broken = at in self._layout.breaks and at > 0
            if broken:
                self._break(entries[at - 1])
            if self._layout.headings and (not last or whole[1] != last[1]):
                self._heading(whole[1])
                last = []
            self._row(whole, last, fresh=broken)
            last = whole
        return self.pages

    def _texts(self, entry: Entry) -> list[str]:
        points = [
            f"{item.name}{self._layout.contact_sign.format(item.contact)}" if item.contact else item.name
            for item in entry.points
        ]
        return [
            str(entry.activity + 1),
            PROFILE.activities[entry.activity].annex_label,
            entry.process,
            listed(points, self._layout.point_sign) if len(points) > 1 else points[0],
            listed(list(entry.needs), self._layout.need_sign) if len(entry.needs) > 1 else entry.needs[0],
            WRITTEN[entry.points[0].kind][self._layout.kind],
        ]

    def _heading(self, text: str) -> None:
        page = self.pages[-1]
        page.spans.append(Span(len(page.rows), 0, len(page.rows), 5))
        page.rows.append([text, "", "", "", "", ""])

    def _break(self, before: Entry) -> None:
        """Begin another page; the rest of a process typed on the one before stands first on it."""
        row = self.pages[-1].rows[-1]
        head, _, tail = before.process.rpartition(" ")
        cuts = self._layout.cut and row[2] == before.process and bool(head) and self._layout.style != "merged"
        if cuts:
            row[2] = head
        if self._layout.page != "same":
            self.pages.append(Page())
        if self._layout.page != "bare":
            self._header()
        if cuts:
            self.pages[-1].rows.append(["", "", tail, "", "", ""])

    def _row(self, whole: list[str], last: list[str], *, fresh: bool) -> None:
        page, row = self.pages[-1], list(whole)
        row[0:2] = ["", ""] if self._layout.headings else row[0:2]
        row[0] = row[0] and (str(next(self._numbers)) if self._layout.style == "repeated" else row[0])
        same = [bool(last) and last[: at + 1] == whole[: at + 1] for at in range(3)]
        same += [False, same[2] and last[4] == whole[4] and not fresh, same[2] and last[5] == whole[5] and not fresh]
        for column in range(6):
            if same[column] and row[column] and self._layout.style != "repeated":
                row[column] = ""
                if self._layout.style == "merged" and not fresh:
                    self._merge(column, len(page.rows))
        page.rows.append(row)

    def _merge(self, column: int, row: int) -> None:
        spans = self.pages[-1].spans
        above = next((span for span in spans if span.first_column == column and span.last_row == row - 1), None)
        if above is not None and above.last_column == column:
            spans.remove(above)
        first = above.first_row if above is not None and above.last_column == column else row - 1
        spans.append(Span(first, column, row, column))


def ordered(page: Page, order: tuple[int, ...]) -> Page:
    """Put the columns into another order; an area across the table stays where it is."""
    places = {column: place for place, column in enumerate(order)}
    spans = [
        span
        if span.last_column > span.first_column
        else Span(span.first_row, places[span.first_column], span.last_row, places[span.first_column])
        for span in page.spans
    ]
    across = {span.first_row for span in spans if span.last_column > span.first_column}
    rows = [row if at in across else [row[column] for column in order] for at, row in enumerate(page.rows)]
    return Page(rows, spans)


def save_docx(pages: list[Page], path: Path) -> None:
    document = Document()
    document.add_paragraph("Приложение 1")
    for page in pages:
        table = document.add_table(len(page.rows), 6)
        for cells, texts in zip(table.rows, page.rows, strict=True):
            for cell, text in zip(cells.cells, texts, strict=True):
                cell.text = text
        for span in page.spans:
            table.cell(span.first_row, span.first_column).merge(table.cell(span.last_row, span.last_column))
        document.add_paragraph("")
    document.save(str(path))


def save_xlsx(pages: list[Page], path: Path, offset: int) -> None:
    with xlsxwriter.Workbook(path) as book:
        for page in pages:
            sheet = book.add_worksheet()
            for row, texts in enumerate(page.rows, offset):
                for column, text in enumerate(texts, offset):
                    sheet.write_string(row, column, text) if text else None
            for span in page.spans:
                text = page.rows[span.first_row][span.first_column]
                rows, columns = (span.first_row, span.last_row), (span.first_column, span.last_column)
                sheet.merge_range(rows[0] + offset, columns[0] + offset, rows[1] + offset, columns[1] + offset, text)


ENTRIES = st.lists(
    st.builds(
        lambda activity, process, points, needs: (activity, process, tuple(points), tuple(needs)),
        st.integers(0, 2),
        st.sampled_from(PROCESSES),
        st.lists(st.sampled_from(POINTS), min_size=1, max_size=3, unique=True),
        st.lists(st.sampled_from(NEEDS), min_size=1, max_size=3, unique=True),
    ),
    min_size=1,
    max_size=5,
)
LAYOUTS = st.builds(
    Layout,
    order=st.permutations(range(6)).map(tuple),
    style=st.sampled_from(["merged", "blank", "repeated"]),
    headings=st.booleans(),
    point_sign=st.sampled_from([", ", "; ", ",\n", "\n", " и ", "1.", "•"]),
    contact_sign=st.sampled_from([" ({})", ", {}", ": {}", " – {}", " {}"]),
    need_sign=st.sampled_from(["; ", "\n", ";\n", " ", "1.", "•"]),
    kind=st.integers(0, 2),
    breaks=st.frozensets(st.integers(1, 4), max_size=3),
    page=st.sampled_from(["same", "table", "bare"]),
    cut=st.booleans(),
    word=st.booleans(),
    offset=st.integers(0, 4),
)


def sorted_entries(drawn: list[tuple[int, str, tuple[Point, ...], tuple[str, ...]]]) -> list[Entry]:
    """Return rows whose touchpoints have one kind, activity by activity, process by process, none twice."""
    rows: list[Entry] = []
    seen: set[tuple[int, str, str]] = set()
    for activity, process, points, needs in sorted(drawn, key=lambda item: item[:2]):
        new = [item for item in points if (activity, process, item.name) not in seen and item.kind == points[0].kind]
        seen.update((activity, process, item.name) for item in new)
        if new:
            rows.append(Entry(activity, process, tuple(new), needs))
    return rows


@settings(deadline=None, max_examples=40)
@given(ENTRIES, LAYOUTS)
def test_records_come_back_from_any_layout(
    drawn: list[tuple[int, str, tuple[Point, ...], tuple[str, ...]]], layout: Layout
) -> None:
    entries = sorted_entries(drawn)
    pages = [ordered(page, layout.order) for page in Writer(layout).write(entries)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / ("a.docx" if layout.word else "a.xlsx")
        if layout.word:
            save_docx(pages, path)
            book = read_document(path, path.name)
        else:
            save_xlsx(pages, path, layout.offset)
            book = read_workbook(path, path.name)
    table, _ = read_annex(book, PROFILE)
    names = ["activity", "process", "touchpoint", "contact", "kind"]
    came_back = [
        (*row, frozenset(split_list(needs)))
        for row, needs in zip(table[names].itertuples(index=False, name=None), table["needs"], strict=True)
    ]
    assert came_back == [
        (
            PROFILE.activities[entry.activity].name,
            entry.process,
            item.name,
            item.contact,
            item.kind,
            frozenset(entry.needs),
        )
        for entry in entries
        for item in entry.points
    ]


TEXTS = st.sampled_from(
    [
        *("",) * 6,
        *("1", "12.", ASKED, INNER, "Прочее", "Приём граждан", "граждан и организаций", "Увольнение"),
        *(PHONE, "здание Министерства", "Окно № 5, каб. 2", "сайт: a.ru", ADVICE, "подача жалобы", "1. Учёт 2. Запись"),
        *(OFFLINE, "цифровая", "смешанная", "Примечание: важно", "* сноска", "Министр", "П.Ю. Илюхин"),
    ]
)
ROWS = st.lists(st.one_of(st.just(HEADER), st.tuples(*[TEXTS] * 7)), max_size=8)
SPANS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 6), st.integers(0, 2), st.integers(0, 6)), max_size=3)


def in_words(text: str) -> set[str]:
    return set(re.findall(r"[^\W\d_]+", tidy(text).casefold())) - {"и"}


@settings(deadline=None, max_examples=100)
@given(ROWS, ROWS, SPANS)
def test_every_filled_cell_ends_in_a_record_or_in_a_finding(
    above: list[tuple[str, ...]], below: list[tuple[str, ...]], drawn: list[tuple[int, int, int, int]]
) -> None:
    rows = (*above, HEADER, *below)
    spans = tuple(Span(row, column, row + down, min(column + across, 6)) for row, column, down, across in drawn)
    table, found = read_annex(Book("а.docx", "", (Grid("таблица 1", rows, spans),)), PROFILE)
    names = ["process", "touchpoint", "contact", "needs", "kind", "direction", "activity"]
    recorded = in_words(" ".join(table[names].to_numpy().ravel().tolist()))
    named = set(found["cell"])
    numbered = {f"{row}" for row in table["row"]}
    for at, row in enumerate(rows):
        for column, text in enumerate(row):
            cell = cell_name(at, column)
            known = kind_codes(text, WORDINGS) and len(table)
            kept = in_words(text) <= recorded and in_words(text)
            is_number = not in_words(text) and cell.lstrip("ABCDEFG") in numbered
            assert not text or cell in named or kept or known or is_number or text in HEADER, cell
