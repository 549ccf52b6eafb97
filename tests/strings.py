"""Every text of an output file, whatever its kind."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

from docx import Document
from openpyxl import load_workbook


def texts_of(path: Path) -> list[str]:
    """Return every text that stands in a workbook, a document or a report."""
    if path.suffix == ".xlsx":
        return list(_of_book(path))
    if path.suffix == ".docx":
        return list(_of_document(path))
    return list(_of_data(json.loads(path.read_text(encoding="utf-8"))))


def _of_book(path: Path) -> Iterator[str]:
    book = load_workbook(path)
    properties = book.properties
    yield from (str(text) for text in (properties.title, properties.subject, properties.creator) if text)
    for sheet in book:
        yield sheet.title
        yield from (str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value is not None)
        yield from (cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment)
        yield from (str(item.formula1) for item in sheet.data_validations.dataValidation)
        yield from (str(item.prompt) for item in sheet.data_validations.dataValidation if item.prompt)


def _of_document(path: Path) -> Iterator[str]:
    document = Document(str(path))
    yield from (paragraph.text for paragraph in document.paragraphs)
    yield from (cell.text for table in document.tables for row in table.rows for cell in row.cells)
    yield from (paragraph.text for section in document.sections for paragraph in section.header.paragraphs)


def _of_data(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from _of_data(inner)
