"""Cases of groups B4 and B9: errors, formulas without a value, numbers that are none."""

from __future__ import annotations

import re

from tests.hostile.case import Case, at_cell, edited, found, read, told
from tests.hostile.parts import text_cell
from tests.hostile.stage import CELL, ROW

_NAME = f"E{ROW}"
_ERRORS = (
    "#N/A",
    "#REF!",
    "#DIV/0!",
    "#NAME?",
    "#NULL!",
    "#NUM!",
    "#VALUE!",
    "#SPILL!",
    "#CALC!",
    "#GETTING_DATA",
    "#ЧТО?",
)


def _slug(error: str) -> str:
    return re.sub(r"\W+", "-", error).strip("-").lower().replace("что", "unknown")


UNREADABLE = [
    *edited(
        "B4",
        found(CELL),
        {f"error-{_slug(error)}": at_cell(f'<c r="{CELL}" t="e"><v>{error}</v></c>') for error in _ERRORS},
    ),
    *edited(
        "B4",
        found(CELL),
        {
            "error-of-a-formula": at_cell(f'<c r="{CELL}" t="e"><f>1/0</f><v>#DIV/0!</v></c>'),
            "error-without-a-value": at_cell(f'<c r="{CELL}" t="e"/>'),
            "formula-without-a-value": at_cell(f'<c r="{CELL}"><f>A1&amp;"x"</f></c>'),
            "formula-with-an-empty-value": at_cell(f'<c r="{CELL}"><f>A1</f><v/></c>'),
            "formula-of-text-without-a-value": at_cell(f'<c r="{CELL}" t="str"><f>A1</f></c>'),
            "formula-shared-without-a-value": at_cell(f'<c r="{CELL}"><f t="shared" si="0"/></c>'),
            "formula-of-an-array-without-a-value": at_cell(f'<c r="{CELL}"><f t="array" ref="{CELL}">A1:A2</f></c>'),
        },
    ),
    *edited(
        "B4",
        found(_NAME),
        {
            "error-in-a-required-column": at_cell(f'<c r="{_NAME}" t="e"><v>#N/A</v></c>', _NAME),
            "formula-without-a-value-in-a-required-column": at_cell(f'<c r="{_NAME}"><f>A1</f></c>', _NAME),
        },
    ),
    *edited(
        "B4",
        found("C15"),
        {
            "error-on-the-title-sheet": lambda p: p.sub(
                r'<c r="C15".*?</c>', '<c r="C15" t="e"><v>#N/A</v></c>', "xl/worksheets/sheet2.xml", 1
            )
        },
    ),
]

_NUMBERS = {
    "digits-16": "1234567890123456",
    "digits-20": "12345678901234567890",
    "number-nan": "NaN",
    "number-inf": "INF",
    "number-hexadecimal": "0x1F",
    "number-with-a-comma": "1,5",
    "number-with-a-space": "1 000",
    "number-a-word": "сто",
    "number-overflowing": "1e400",
}
NUMBERS = [
    case
    for name, text in _NUMBERS.items()
    for case in edited("B9", told(CELL, contact=text), {name: at_cell(f'<c r="{CELL}"><v>{text}</v></c>')})
]
CODES = [
    *edited("B9", read("5"), {"number-whole": at_cell(f'<c r="{CELL}"><v>5</v></c>')}),
    *edited("B9", read("5"), {"number-as-5.0": at_cell(f'<c r="{CELL}"><v>5.0</v></c>')}),
    *edited("B9", read("0017"), {"code-with-zeros": at_cell(text_cell("0017", CELL))}),
    *edited(
        "B9", read("12345678901234567890"), {"digits-20-as-text": at_cell(text_cell("12345678901234567890", CELL))}
    ),
    *edited("B9", read("123456789012345"), {"digits-15": at_cell(f'<c r="{CELL}"><v>123456789012345</v></c>')}),
    *edited("B9", read("0,1"), {"number-with-a-tail": at_cell(f'<c r="{CELL}"><v>0.1</v></c>')}),
]


CASES: list[Case] = [*UNREADABLE, *NUMBERS, *CODES]
