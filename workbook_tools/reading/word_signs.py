"""Signs that a Word document names by the number of a glyph in a font of signs -> the characters that they show."""

from __future__ import annotations

_PRIVATE, _GLYPHS = 0xF000, 0x100
_LATIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_GREEK = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖαβχδεφγηιϕκλμνοπθρστυϖωξψζ"
_SAME = " !#%&()+,./0123456789:;<=>?[]_{|}"
_SYMBOL = (
    {ord(latin): greek for latin, greek in zip(_LATIN, _GREEK, strict=True)}
    | {ord(sign): sign for sign in _SAME}
    | {0x2A: "∗", 0x2D: "−", 0xA3: "≤", 0xA5: "∞", 0xAB: "↔", 0xAC: "←", 0xAD: "↑", 0xAE: "→", 0xAF: "↓", 0xB0: "°"}
    | {0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "•", 0xB8: "÷", 0xB9: "≠", 0xBA: "≡", 0xBB: "≈", 0xBC: "…"}
    | {0xD2: "®", 0xD3: "©", 0xD4: "™"}
)
_WINGDINGS = {
    0x6C: "●",
    0x6E: "■",
    0x6F: "□",
    0x71: "❑",
    0x75: "◆",
    0x76: "❖",
    0x9F: "•",
    0xA7: "▪",
    0xA8: "◻",
    0xD8: "➢",
} | {0xE0: "→", 0xE8: "➔", 0xF0: "⇨", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑"}
_FONTS = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}


def sign_of(font: str, code: str) -> str:
    """Return the character of a glyph, "" where it is not known.

    Parameters
    ----------
    font
        The font's name.
    code
        The glyph's number, hexadecimal; fonts of signs have theirs from F000 on, too.
    """
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    known = _FONTS.get(font.casefold())
    if known is not None or _PRIVATE <= number < _PRIVATE + _GLYPHS:
        return (known or {}).get(number % _PRIVATE, "")
    sign = chr(number) if 0 <= number < _PRIVATE else ""
    return sign if sign.isprintable() else ""
