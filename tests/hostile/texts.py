"""Cases of groups B5, B8, B10 and D4: what is typed into cells, and dates."""

from __future__ import annotations

from tests.hostile.case import FINDING, READ, Case, Expected, any_told, at_cell, edited, found, read, told
from tests.hostile.parts import Parts, text_cell
from tests.hostile.stage import CELL, CONTACT, TITLE

_FILLED = "C12"


def _as_sent(group: str, texts: dict[str, str]) -> list[Case]:
    """Return a case for each text that the register must hold as it was sent, unless a finding says otherwise."""
    return [
        case
        for name, text in texts.items()
        for case in edited(group, Expected((READ, FINDING), contact=text), {name: at_cell(text_cell(text, CELL))})
    ]


FORMULAS = _as_sent(
    "B10",
    {
        "text-like-a-formula": "=1+1",
        "text-like-a-call": '=HYPERLINK("http://example.org","каб. 17")',
        "text-like-dde": "=cmd|'/c calc'!A0",
        "text-with-a-plus": "+7 4812 00-00-00",
        "text-with-a-minus": "-1+2",
        "text-with-an-at-sign": "@SUM(1)",
        "text-with-a-wide-equals": "＝1+1",
        "text-with-a-wide-at-sign": "＠SUM(1)",
        "text-like-a-link": "javascript:alert(1)",
        "text-like-a-local-link": "internal:Реестр!A1",
        "text-like-markup": '<script>alert("x")</script> & </v></c>',
        "text-like-a-template": "{0.__class__} %s %(x)s ${HOME} $(id)",
        "text-like-a-path": "../../../../etc/passwd",
    },
)
WORDS = _as_sent(
    "B5",
    {
        "word-null": "NULL",
        "word-no": "нет",
        "word-not-available": "#N/A",
        "word-nan": "nan",
        "word-true": "TRUE",
        "word-none": "None",
        "word-exponent": "1E5",
        "word-date-like": "1-2",
    },
)
LETTERS = [
    *_as_sent(
        "B10",
        {
            "letters-beyond-16-bits": "каб. 17 \U0001f600 \U00020bb7",
            "letters-decomposed": "Й каб".replace("Й", "И\u0306"),
            "text-of-32767-letters": "к" * 32_767,
            "line-breaks-inside": "каб. 17\nэтаж 2",
        },
    ),
    *edited(
        "B10",
        Expected((READ, FINDING), contact="каб.\t17"),
        {"escape-decoded-once": at_cell(text_cell("каб._x0009_17", CELL))},
    ),
    *edited(
        "B10",
        read("_x0041_"),
        {"escape-of-an-escape": at_cell(text_cell("_x005F_x0041_", CELL))},
    ),
    *edited(
        "B10",
        any_told(),
        {
            "escape-of-a-return": at_cell(text_cell(f"{CONTACT}_x000D_", CELL)),
            "direction-marks": at_cell(text_cell("\u202e7100 .бак\u202c", CELL)),
            "zero-width-letters": at_cell(text_cell("ка\u200bб. 0017\ufeff", CELL)),
            "no-break-spaces": at_cell(text_cell("каб.\u00a00017", CELL)),
        },
    ),
    *edited(
        "B10",
        told(CELL),
        {
            "escape-of-a-control": at_cell(text_cell("каб._x0001_17", CELL)),
            "escape-of-a-nul": at_cell(text_cell("каб._x0000_17", CELL)),
            "escape-of-a-surrogate": at_cell(text_cell("каб._xD800_17", CELL)),
            "escape-of-a-noncharacter": at_cell(text_cell("каб._xFFFE_17", CELL)),
            "latin-in-a-word": at_cell(text_cell("кaбинет 17", CELL)),
            "text-over-32767-letters": at_cell(text_cell("к" * 40_000, CELL)),
        },
    ),
    *edited(
        "B10",
        told(),
        {
            "control-as-a-reference": at_cell(f'<c r="{CELL}" t="inlineStr"><is><t>каб&#1;17</t></is></c>'),
            "surrogate-as-a-reference": at_cell(f'<c r="{CELL}" t="inlineStr"><is><t>каб&#xD800;17</t></is></c>'),
            "noncharacter-as-a-reference": at_cell(f'<c r="{CELL}" t="inlineStr"><is><t>каб&#xFFFE;17</t></is></c>'),
            "control-itself": at_cell(f'<c r="{CELL}" t="inlineStr"><is><t>каб\x0117</t></is></c>'),
            "noncharacter-itself": at_cell(text_cell("каб\ufffe17", CELL)),
        },
    ),
]


def _on_title(name: str, expected: Expected, cell: str) -> Case:
    """Return a case with another date of filling-in; `cell` is what stands inside its element."""

    def make(parts: Parts) -> bytes:
        place = rf'(<c r="{_FILLED}" s="\d+").*?</c>'
        return parts.sub(place, lambda found: f"{found[1]}{cell}</c>", TITLE, 1).packed()

    return Case(name, "B8", expected, make)


def _text(text: str) -> str:
    return f' t="inlineStr"><is><t>{text}</t></is>'


DATES = [
    _on_title("date-serial-zero", found(_FILLED), "><v>0</v>"),
    _on_title("date-serial-negative", found(_FILLED), "><v>-5</v>"),
    _on_title("date-serial-60", found(_FILLED), "><v>60</v>"),
    _on_title("date-serial-past-9999", found(_FILLED), "><v>2958466</v>"),
    _on_title("date-serial-huge", found(_FILLED), "><v>1e300</v>"),
    _on_title("date-of-31-february", found(_FILLED), _text("31.02.2026")),
    _on_title("date-of-unclear-order", found(_FILLED), _text("11/12/2026")),
    _on_title("date-in-words", found(_FILLED), _text("на днях")),
    _on_title("date-as-text", read(), _text("18.11.2026")),
    _on_title("date-in-iso", read(), ' t="d"><v>2026-11-18</v>'),
    _on_title("date-in-iso-impossible", found(_FILLED), ' t="d"><v>2026-02-31</v>'),
    _on_title("date-with-a-time", read(), "><v>46344.75</v>"),
]

CASES: list[Case] = [*FORMULAS, *WORDS, *LETTERS, *DATES]
