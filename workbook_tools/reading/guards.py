"""What is looked at before any parser: size, type by content, the archive's directory (robustness.md A)."""

from __future__ import annotations

import zipfile
import zlib
from enum import StrEnum
from pathlib import Path

from workbook_tools import limits
from workbook_tools.errors import InputError

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED_PACKAGE, _WORD_DOCUMENT = (name.encode("utf-16-le") for name in ("EncryptedPackage", "WordDocument"))
_OPEN_DOCUMENT_TEXT = b"opendocument.text"
# What the library raises at an archive that is not what its directory says.
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, LookupError, NotImplementedError, RuntimeError, ValueError)
_SAVE_AGAIN = "Откройте его, сохраните заново в формате .xlsx и пришлите ещё раз"
_OTHER_TEXT = "Приложение 1 сохраните в формате .docx, сведения подразделения пришлите в шаблоне .xlsx"


class FileType(StrEnum):
    """What a file is, by its content."""

    XLSX = "xlsx"
    XLSB = "xlsb"
    ODS = "ods"
    XLS = "xls"
    DOCX = "docx"


def file_type(path: Path) -> FileType:
    """Return what a file is, never by its name.

    Raises
    ------
    InputError
        The file is empty, too large, protected by a password, damaged or no workbook at all;
        the sentence says what to do.
    """
    size = path.stat().st_size
    if size > limits.FILE_BYTES:
        raise InputError(
            f"файл больше {limits.FILE_BYTES // limits.MIB} МиБ. Удалите из него лишнее и пришлите ещё раз"
        )
    with path.open("rb") as stream:
        head = stream.read(4096)
    if not head.strip(b"\0 \r\n\t"):
        raise InputError("файл пуст: копирование прервалось. Пришлите его ещё раз")
    if head.startswith(b"PK"):
        return _archive_type(path)
    if head.startswith(_OLE):
        return _ole_type(path)
    raise InputError(_other_type(head))


def _archive_type(path: Path) -> FileType:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _check_directory(entries)
            return _by_parts(archive, {entry.filename for entry in entries})
    except _DAMAGED as error:
        raise InputError(f"файл повреждён: он передан не полностью. {_SAVE_AGAIN}") from error


def _check_directory(entries: list[zipfile.ZipInfo]) -> None:
    """Refuse archives that unpack to more than a workbook of this register ever needs."""
    if len(entries) > limits.ARCHIVE_ENTRIES:
        raise InputError(f"в файле больше {limits.ARCHIVE_ENTRIES} частей. {_SAVE_AGAIN}")
    if any(entry.flag_bits & 1 for entry in entries):
        raise InputError("файл защищён паролем. Снимите пароль и пришлите ещё раз")
    if sum(entry.file_size for entry in entries) > limits.ARCHIVE_BYTES:
        raise InputError(f"файл в распакованном виде больше {limits.ARCHIVE_BYTES // limits.MIB} МиБ. {_SAVE_AGAIN}")
    if any(entry.file_size > limits.PART_BYTES or _too_dense(entry) for entry in entries):
        raise InputError(f"часть файла распаковывается в недопустимо большой объём. {_SAVE_AGAIN}")
    names = [entry.filename.casefold() for entry in entries]
    if len(set(names)) < len(names):
        raise InputError(f"файл повреждён: часть записана в нём дважды. {_SAVE_AGAIN}")


def _too_dense(entry: zipfile.ZipInfo) -> bool:
    ratio = entry.file_size / max(entry.compress_size, 1)
    return entry.file_size > limits.RATIO_FROM_BYTES and ratio > limits.PART_RATIO


def _by_parts(archive: zipfile.ZipFile, names: set[str]) -> FileType:
    if "xl/workbook.bin" in names:
        return FileType.XLSB
    if any(name.startswith("xl/") for name in names):
        return FileType.XLSX
    if "word/document.xml" in names:
        return FileType.DOCX
    if "content.xml" in names:
        if b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise InputError("файл защищён паролем. Снимите пароль и пришлите ещё раз")
        if _OPEN_DOCUMENT_TEXT in (archive.read("mimetype") if "mimetype" in names else b""):
            raise InputError(f"это текстовый документ OpenDocument (.odt). {_OTHER_TEXT}")
        return FileType.ODS
    raise InputError("это архив, а не книга. Пришлите заполненный шаблон в формате .xlsx")


def _ole_type(path: Path) -> FileType:
    content = path.read_bytes()
    if _ENCRYPTED_PACKAGE in content:
        raise InputError("файл защищён паролем. Снимите пароль и пришлите ещё раз")
    if _WORD_DOCUMENT in content:
        raise InputError(f"это документ Word прежнего образца (.doc). {_OTHER_TEXT}")
    return FileType.XLS


def _other_type(head: bytes) -> str:
    start = head.lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if start.startswith((b"<html", b"<!doctype", b"<?xml", b"mime-version", b"<table")):
        return "это веб-страница, сохранённая под именем книги. Откройте её и сохраните в формате .xlsx"
    if start.startswith(b"{\\rtf"):
        return f"это документ в формате RTF. {_OTHER_TEXT}"
    if start.startswith(b"%pdf"):
        return f"это PDF: таблица из него надёжно не читается. Возьмите исходный документ. {_OTHER_TEXT}"
    return f"это не книга. {_SAVE_AGAIN}"
