"""A glyph of a font of signs is the character that it shows, or none where that is not known."""

from __future__ import annotations

import pytest

from workbook_tools.reading.word_signs import sign_of


@pytest.mark.parametrize(
    ("font", "code", "sign"),
    [
        ("Symbol", "F061", "α"),
        ("Symbol", "0061", "α"),
        ("symbol", "F0A3", "≤"),
        ("Symbol", "F030", "0"),
        ("Wingdings", "F0FC", "✓"),
        ("Times New Roman", "2116", "№"),
        ("", "0041", "A"),
        ("Symbol", "F0FF", ""),
        ("Wingdings", "F021", ""),
        ("Своё", "F041", ""),
        ("Times New Roman", "0007", ""),
        ("Times New Roman", "FFFE", ""),
        ("Times New Roman", "-1", ""),
        ("Symbol", "щ", ""),
        ("", "", ""),
    ],
)
def test_a_glyph_is_its_character(font: str, code: str, sign: str) -> None:
    assert sign_of(font, code) == sign
