"""Cases of group B2 in OpenDocument workbooks: what stands in a cell beside its text, spoiled values, repetitions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.hostile.case import Case, Expected, found, read, refused, told
from tests.hostile.formats import ods, sheets
from tests.hostile.parts import Parts
from tests.hostile.stage import CELL, CONTACT, ROW, process_name

if TYPE_CHECKING:
    from collections.abc import Callable

    Change = Callable[[str], str]

_CONTENT, _ROW = "content.xml", "<table:table-row>"
_TEXT = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
_CELL = _TEXT.format(CONTACT)
_DRAW = 'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
_BOX = f"<draw:frame {_DRAW}><draw:text-box><text:p>в рамке</text:p></draw:text-box></draw:frame>"
_SHAPE = f"<draw:custom-shape {_DRAW}><text:p>в рамке</text:p></draw:custom-shape>"
_NOTE = "<text:note><text:note-body><text:p>ниже</text:p></text:note-body></text:note>"
_RUBY = "<text:ruby><text:ruby-base></text:ruby-base><text:ruby-text>б</text:ruby-text></text:ruby>"
_TABLE = f'<table:table table:is-sub-table="true">{_ROW}{_TEXT.format("внутри")}</table:table-row></table:table>'
_NUMBER = '<table:table-cell office:value-type="float" office:value="1,5"><text:p>1,5</text:p></table:table-cell>'
_TIMES = {"never": "0", "less-than-never": "-1", "by-a-word": "x", "endlessly": "9" * 20}


def _cells(old: str, new: str) -> Change:
    """Return a change of the cell of free text."""
    return lambda row: row.replace(_CELL, _CELL.replace(old, new))


def _columns(times: str) -> Change:
    return _cells('"string"', f'"string" table:number-columns-repeated="{times}"')


def _rows(attributes: str) -> Change:
    return lambda row: row.replace(_ROW, f"<table:table-row {attributes}>", 1)


def _cases(expected: Expected, changes: dict[str, Change]) -> list[Case]:
    return [Case(f"ods-{name}", "B2", expected, _made(change), "{unit}.ods") for name, change in changes.items()]


def _made(change: Change) -> Callable[[Parts], bytes]:
    """Return the plain template as an OpenDocument workbook with a change of the row on which the cases work."""

    def make(parts: Parts) -> bytes:
        opened = Parts.of(ods(sheets(parts)))
        before, name, after = opened.text(_CONTENT).partition(process_name("", ROW))
        assert name
        start, end = before.rindex(_ROW), after.index("</table:table-row>")
        row = before[start:] + name + after[:end]
        assert change(row) != row
        return opened.put(_CONTENT, before[:start] + change(row) + after[end:]).packed()

    return make


CASES = [
    *_cases(
        found(CELL, says=("не перенес",)),
        {
            "text-box-in-a-cell": _cells("<text:p>", f"{_BOX}<text:p>"),
            "shape-in-a-cell": _cells("<text:p>", f"{_SHAPE}<text:p>"),
            "table-in-a-cell": _cells("<text:p>", f"{_TABLE}<text:p>"),
            "footnote-in-a-cell": _cells("</text:p>", f"{_NOTE}</text:p>"),
            "ruby-in-a-cell": _cells("</text:p>", f"{_RUBY}</text:p>"),
        },
    ),
    *_cases(found(CELL, says=("1,5",)), {"number-with-a-comma": lambda row: row.replace(_CELL, _NUMBER)}),
    *_cases(
        read(),
        {
            "text-as-cdata": _cells(CONTACT, f"<![CDATA[{CONTACT}]]>"),
            "remark-on-a-cell": _cells("<text:p>", "<office:annotation><text:p>о</text:p></office:annotation><text:p>"),
        },
    ),
    *_cases(
        refused("повторений", "около ячейки"),
        {
            **{f"columns-repeated-{name}": _columns(times) for name, times in _TIMES.items()},
            **{f"rows-repeated-{n}": _rows(f'table:number-rows-repeated="{times}"') for n, times in _TIMES.items()},
        },
    ),
    *_cases(
        refused("последней строкой или графой"),
        {
            "columns-repeated-past-the-sheet": _columns("20000"),
            "rows-repeated-past-the-sheet": _rows('table:number-rows-repeated="2000000"'),
        },
    ),
    *_cases(told(), {"cell-repeated": _columns("40")}),
    *_cases(
        Expected(("read",), ("скрыто", f"строка {ROW}")),
        {"row-collapsed": _rows('table:visibility="collapse"'), "row-filtered": _rows('table:visibility="filter"')},
    ),
]
