"""OpenDocument sheets by hand: a book's content, its rows and cells."""

from __future__ import annotations

_OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
_PREFIXES = {
    "office": "office:1.0",
    "table": "table:1.0",
    "text": "text:1.0",
    "style": "style:1.0",
    "draw": "drawing:1.0",
    "svg": "svg-compatible:1.0",
    "calcext": "calcext:1.0",
}
_SPACES = " ".join(f'xmlns:{prefix}="{_OFFICE}:{name}"' for prefix, name in _PREFIXES.items())


def book(rows: str, styles: str = "", attributes: str = "") -> bytes:
    """Return the content of a book with one sheet, «Лист»."""
    sheet = f'<table:table table:name="Лист" {attributes}>{rows}</table:table>'
    return (
        f"<office:document-content {_SPACES}><office:automatic-styles>{styles}</office:automatic-styles><office:body>"
        f"<office:spreadsheet>{sheet}</office:spreadsheet></office:body></office:document-content>"
    ).encode()


def row(cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{cells}</table:table-row>"


def cell(text: str, attributes: str = "", beside: str = "") -> str:
    """Return a text cell; what stands beside its paragraph comes before it."""
    return (
        f'<table:table-cell office:value-type="string" {attributes}>{beside}<text:p>{text}</text:p></table:table-cell>'
    )


def number(value: str, kind: str = "float") -> str:
    return f'<table:table-cell office:value-type="{kind}" office:value="{value}"><text:p>7</text:p></table:table-cell>'
