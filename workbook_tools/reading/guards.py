"""What a file is, by its content and before any parser: a sentence for each common case (robustness.md A3)."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path

from workbook_tools.errors import SAVE_AGAIN, InputError, WrongKindError
from workbook_tools.reading import ole
from workbook_tools.reading.archive import PASSWORD, Archive
from workbook_tools.reading.files import read_content

_OPEN_DOCUMENT_TEXT = b"opendocument.text"
_OTHER_TEXT = "Приложение с Перечнем сохраните в формате .docx, сведения подразделения пришлите в шаблоне .xlsx"
_TEMPLATE = "Пришлите заполненный шаблон в формате .xlsx"
_WEB_PAGE = "это веб-страница, сохранённая под именем книги. Откройте её и сохраните в формате .xlsx"
_OLD_XML = "это таблица XML 2003 года. Откройте её в Excel и сохраните в формате .xlsx"
TEXT = "это текст, а не книга"
"""Said of text under the name of a workbook: what its author takes for saved was not."""
_EXCEL_95 = "книга сохранена в формате Excel 95 или более старом. Откройте её в Excel и сохраните в формате .xlsx"
# What it is, and what to do.
_PICTURE = ("это изображение, а не книга", _TEMPLATE)
_UNKNOWN = ("это не книга", _TEMPLATE)
_PDF = ("это PDF: таблица из него надёжно не читается", f"Возьмите исходный документ. {_OTHER_TEXT}")
_RTF = ("это документ в формате RTF", _OTHER_TEXT)
_OTHER_ARCHIVE = ("это архив, а не книга", "Достаньте из него книгу и пришлите её")
_HEAD_BYTES = 4096

# By how a file begins; letters of markup in any case.
_SPREADSHEET_2003 = (b"urn:schemas-microsoft-com:office:spreadsheet", b"<workbook")
_MARKUP = (b"<html", b"<!doctype", b"<?xml", b"mime-version", b"<table", b"<head", b"<body", b"<meta", b"<style")
_BEGINNINGS: tuple[tuple[bytes, tuple[str, str]], ...] = (
    (b"{\\rtf", _RTF),
    (b"%pdf", _PDF),
    (b"\xff\xd8\xff", _PICTURE),
    (b"\x89png", _PICTURE),
    (b"gif8", _PICTURE),
    (b"ii*\0", _PICTURE),
    (b"mm\0*", _PICTURE),
    (b"rar!", _OTHER_ARCHIVE),
    (b"7z\xbc\xaf\x27\x1c", _OTHER_ARCHIVE),
    (b"\x1f\x8b", _OTHER_ARCHIVE),
)


class FileType(StrEnum):
    """What a file is, by its content; a further format gets its name here and its reader in `workbook`."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    ODS = "ods"
    XLS = "xls"
    DOCX = "docx"
    CSV = "csv"


def file_type(path: Path) -> FileType:
    """Return what a file is, never by its name.

    Raises
    ------
    InputError
        The file is empty, too large, protected by a password, damaged or no workbook at all;
        the sentence says what to do.
    """
    return type_of(read_content(path))


def type_of(content: bytes) -> FileType:
    """Return what a content is; raises as `file_type` does."""
    if not content.strip(b"\0 \r\n\t"):
        raise InputError("файл пуст: копирование прервалось. Пришлите его ещё раз")
    if content.startswith(b"PK"):
        return _archive_type(Archive(content))
    if content.startswith(ole.SIGNATURE):
        return _old_type(content)
    if content.startswith(ole.OLDEST):
        raise InputError(_EXCEL_95)
    return _other_type(content[:_HEAD_BYTES])


def _archive_type(archive: Archive) -> FileType:
    names = {name.casefold() for name in archive.names}
    if "xl/workbook.bin" in names:
        return FileType.XLSB
    if any(name.startswith("xl/") for name in names):
        return FileType.XLSX
    if "word/document.xml" in names:
        return FileType.DOCX
    if "content.xml" in names:
        return _open_document_type(archive)
    raise WrongKindError(*_OTHER_ARCHIVE)


def _open_document_type(archive: Archive) -> FileType:
    if b"encryption-data" in archive.read("META-INF/manifest.xml"):
        raise InputError(PASSWORD)
    if "mimetype" in archive and _OPEN_DOCUMENT_TEXT in archive.read("mimetype"):
        raise WrongKindError("это текстовый документ OpenDocument (.odt)", _OTHER_TEXT)
    return FileType.ODS


def _old_type(content: bytes) -> FileType:
    try:
        file = ole.OldFile(content)
    except ole.DAMAGED as error:
        raise InputError(f"файл повреждён: он передан не полностью. {SAVE_AGAIN}") from error
    if "EncryptedPackage" in file.streams or file.is_protected:
        raise InputError(PASSWORD)
    if file.streams & {"Workbook", "Book"}:
        if not file.is_excel_97:
            raise InputError(_EXCEL_95)
        return FileType.XLS
    if "WordDocument" in file.streams:
        raise WrongKindError("это документ Word прежнего образца (.doc)", _OTHER_TEXT)
    raise WrongKindError(*_UNKNOWN)


def _other_type(head: bytes) -> FileType:
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith(_MARKUP) or start.replace(b"\0", b"").startswith((b"\xff\xfe<", b"\xfe\xff<")):
        old = any(mark in start.replace(b"\0", b"") for mark in _SPREADSHEET_2003)
        raise InputError(_OLD_XML if old else _WEB_PAGE)
    if start.startswith(_SPREADSHEET_2003[1]):
        raise InputError(_OLD_XML)
    known = next((words for beginning, words in _BEGINNINGS if start.startswith(beginning)), None)
    if known or not _is_text(head):
        raise WrongKindError(*(known or _UNKNOWN))
    return FileType.CSV


def _is_text(head: bytes) -> bool:
    """Tell text of any code page from other content: no control characters but those of lines."""
    encoding = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "latin-1"
    return not any(sign < " " and sign not in "\t\n\r\f" for sign in head.decode(encoding, errors="ignore"))
