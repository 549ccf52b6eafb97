"""What is refused before any parser sees it, each with a sentence that says what to do."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from docx import Document

from tests.books import UnitBook
from workbook_tools import limits
from workbook_tools.errors import InputError
from workbook_tools.reading.guards import FileType, file_type
from workbook_tools.reading.workbook import read_workbook

if TYPE_CHECKING:
    from pathlib import Path

AGAIN = "Откройте его, сохраните заново в формате .xlsx и пришлите ещё раз"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
EMPTY = "файл пуст: копирование прервалось. Пришлите его ещё раз"
WEB = "это веб-страница, сохранённая под именем книги. Откройте её и сохраните в формате .xlsx"
NO_BOOK = f"это не книга. {AGAIN}"
LOCKED = "файл защищён паролем. Снимите пароль и пришлите ещё раз"
TEXT = "Приложение 1 сохраните в формате .docx, сведения подразделения пришлите в шаблоне .xlsx"
MANIFEST = "META-INF/manifest.xml"
CUT = f"файл повреждён: он передан не полностью. {AGAIN}"


def zipped(parts: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def refusal(content: bytes, tmp_path: Path) -> str:
    path = tmp_path / "файл.xlsx"
    path.write_bytes(content)
    with pytest.raises(InputError) as refused:
        file_type(path)
    return str(refused.value)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", EMPTY),
        (b"\0" * 20_000, EMPTY),
        (b" \r\n\t\0\0", EMPTY),
        (b"<html><table></table></html>", WEB),
        ("\ufeff<!DOCTYPE html>".encode(), WEB),
        (b'<?xml version="1.0"?><Workbook/>', WEB),
        (b"MIME-Version: 1.0\r\n", WEB),
        ("№;Код записи\n1;Т-0001\n".encode("cp1251"), NO_BOOK),
        (b"%PDF-1.7", f"это PDF: таблица из него надёжно не читается. Возьмите исходный документ. {TEXT}"),
        (rb"{\rtf1\ansi", f"это документ в формате RTF. {TEXT}"),
        (OLE + b"\0" * 600 + "WordDocument".encode("utf-16-le"), f"это документ Word прежнего образца (.doc). {TEXT}"),
        (
            zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"", MANIFEST: b""}),
            f"это текстовый документ OpenDocument (.odt). {TEXT}",
        ),
        (b"PK, but no archive", CUT),
        (zipped({"readme.txt": b"text"}), "это архив, а не книга. Пришлите заполненный шаблон в формате .xlsx"),
        (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), LOCKED),
        (
            zipped({"content.xml": b"<x/>", "META-INF/manifest.xml": b"<manifest:encryption-data/>"}),
            LOCKED,
        ),
        (zipped({"content.xml": b"<x/>"}), CUT),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_workbook_is_refused_with_what_to_do(content: bytes, sentence: str, tmp_path: Path) -> None:
    assert refusal(content, tmp_path) == sentence


def test_a_template_that_was_cut_on_its_way_is_refused(tmp_path: Path) -> None:
    whole = UnitBook().save(tmp_path / "КАДР.xlsx").read_bytes()
    for size in (100, len(whole) // 2, len(whole) - 30):
        assert refusal(whole[:size], tmp_path) == CUT


def test_a_part_that_swells_when_unpacked_is_refused(tmp_path: Path) -> None:
    content = zipped({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": b"0" * 2_000_000})
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        part = archive.infolist()[1]
    assert part.file_size > limits.RATIO_FROM_BYTES
    assert part.file_size / part.compress_size > limits.PART_RATIO
    assert refusal(content, tmp_path) == f"часть файла распаковывается в недопустимо большой объём. {AGAIN}"


def test_a_small_part_may_be_dense(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(zipped({"xl/workbook.xml": b"0" * limits.RATIO_FROM_BYTES}))
    assert file_type(tmp_path / "a.xlsx") is FileType.XLSX


def test_an_archive_of_too_many_parts_is_refused_naming_the_limit(tmp_path: Path) -> None:
    content = zipped({f"xl/{number}.xml": b"" for number in range(limits.ARCHIVE_ENTRIES + 1)})
    assert refusal(content, tmp_path) == f"в файле больше 5000 частей. {AGAIN}"


@pytest.mark.parametrize(
    ("declared", "sentence"),
    [
        (
            [limits.ARCHIVE_BYTES // 2, limits.ARCHIVE_BYTES // 2, 1],
            f"файл в распакованном виде больше 512 МиБ. {AGAIN}",
        ),
        ([limits.PART_BYTES + 1], f"часть файла распаковывается в недопустимо большой объём. {AGAIN}"),
    ],
)
def test_an_archive_is_refused_by_the_sizes_that_its_directory_declares(
    declared: list[int], sentence: str, tmp_path: Path
) -> None:
    content = zipped({f"xl/{number}.xml": b"" for number in range(len(declared))})
    assert refusal(with_declared_sizes(content, declared), tmp_path) == sentence


def with_declared_sizes(content: bytes, sizes: list[int]) -> bytes:
    """Return an archive whose directory declares other unpacked sizes (and packed ones to match) for its parts."""
    changed, at = bytearray(content), 0
    for size in sizes:
        at = content.index(b"PK\x01\x02", at)
        changed[at + 20 : at + 28] = (size // 100).to_bytes(4, "little") + size.to_bytes(4, "little")
        at += 4
    return bytes(changed)


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with path.open("wb") as stream:
        stream.truncate(limits.FILE_BYTES + 1)
    with pytest.raises(InputError, match=r"^файл больше 64 МиБ\. Удалите из него лишнее и пришлите ещё раз$"):
        file_type(path)


@pytest.mark.parametrize("other", ["xl/workbook.xml", "XL/Workbook.xml"])
def test_a_part_that_stands_twice_is_refused(other: str, tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/workbook.xml", b"<one/>")
        archive.writestr("xl/workbook.xm_", b"<two/>")
    content = buffer.getvalue().replace(b"xl/workbook.xm_", other.encode())
    assert refusal(content, tmp_path) == f"файл повреждён: часть записана в нём дважды. {AGAIN}"


def test_an_encrypted_part_is_a_password(tmp_path: Path) -> None:
    content = bytearray(zipped({"xl/workbook.xml": b"<x/>"}))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(bytes(content), tmp_path) == LOCKED


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (zipped({"xl/workbook.xml": b"<x/>"}), FileType.XLSX),
        (zipped({"xl/workbook.bin": b"x"}), FileType.XLSB),
        (zipped({"content.xml": b"<x/>", "META-INF/manifest.xml": b"<x/>"}), FileType.ODS),
        (OLE + b"\0" * 600, FileType.XLS),
    ],
)
def test_a_file_is_known_by_its_content_whatever_its_name(content: bytes, kind: FileType, tmp_path: Path) -> None:
    (tmp_path / "письмо.txt").write_bytes(content)
    assert file_type(tmp_path / "письмо.txt") is kind


def test_a_word_document_given_as_a_workbook_is_called_what_it_is(tmp_path: Path) -> None:
    path = tmp_path / "Перечень_КАДР.xlsx"
    Document().save(str(path))
    assert file_type(path) is FileType.DOCX
    with pytest.raises(InputError) as refused:
        read_workbook(path, path.name)
    assert str(refused.value) == "это документ Word, а не книга. Пришлите заполненный шаблон в формате .xlsx"


def test_a_part_packed_by_an_unknown_method_is_damage(tmp_path: Path) -> None:
    content = bytearray(zipped({"content.xml": b"<x/>", "META-INF/manifest.xml": b"<x/>"}))
    at = content.rindex(b"PK\x01\x02")
    content[at + 10 : at + 12] = (97).to_bytes(2, "little")
    local = content.index(b"PK\x03\x04", 4)
    content[local + 8 : local + 10] = (97).to_bytes(2, "little")
    assert refusal(bytes(content), tmp_path) == CUT
