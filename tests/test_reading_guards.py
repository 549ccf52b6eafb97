"""What is refused before any parser sees it, each with a sentence that says what to do."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest
from docx import Document

from tests.books import UnitBook
from tests.sheets import OLE, old_file, record, zipped
from workbook_tools import limits
from workbook_tools.errors import InputError
from workbook_tools.reading.guards import FileType, file_type
from workbook_tools.reading.workbook import read_workbook

if TYPE_CHECKING:
    from pathlib import Path

AGAIN = "Откройте его, сохраните заново в формате .xlsx и пришлите ещё раз"
EMPTY = "файл пуст: копирование прервалось. Пришлите его ещё раз"
WEB = "это веб-страница, сохранённая под именем книги. Откройте её и сохраните в формате .xlsx"
OLD_XML = "это таблица XML 2003 года. Откройте её в Excel и сохраните в формате .xlsx"
PICTURE = "это изображение, а не книга. Пришлите заполненный шаблон в формате .xlsx"
NO_BOOK = "это не книга. Пришлите заполненный шаблон в формате .xlsx"
PLAIN_TEXT = f"это текст, а не книга. {AGAIN}"
ARCHIVE = "это архив, а не книга. Достаньте из него книгу и пришлите её"
EXCEL_95 = "книга сохранена в формате Excel 95 или более старом. Откройте её в Excel и сохраните в формате .xlsx"
BOF = 0x0809
LOCKED = "файл защищён паролем. Снимите пароль и пришлите ещё раз"
TEXT = "Приложение с Перечнем сохраните в формате .docx, сведения подразделения пришлите в шаблоне .xlsx"
MANIFEST = "META-INF/manifest.xml"
CUT = f"файл повреждён: он передан не полностью. {AGAIN}"


def refusal(content: bytes, tmp_path: Path) -> str:
    path = tmp_path / "файл.xlsx"
    path.write_bytes(content)
    with pytest.raises(InputError) as refused:
        read_workbook(path, path.name)
    return str(refused.value)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", EMPTY),
        (b"\0" * 20_000, EMPTY),
        (b" \r\n\t\0\0", EMPTY),
        (b"<html><table></table></html>", WEB),
        ("\ufeff<!DOCTYPE html>".encode(), WEB),
        (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'/>", WEB),
        ("\ufeff<html/>".encode("utf-16-le"), WEB),
        (b'<?xml version="1.0"?><Workbook/>', OLD_XML),
        (b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', OLD_XML),
        (b"\xff\xd8\xff\xe0\0\x10JFIF\0", PICTURE),
        (b"\x89PNG\r\n\x1a\n\0\0", PICTURE),
        (b"Rar!\x1a\x07\x00", ARCHIVE),
        (b"\x7fELF\x02\x01", NO_BOOK),
        (b"MIME-Version: 1.0\r\n", WEB),
        ("№;Код записи\n1;Т-0001\n".encode("cp1251"), PLAIN_TEXT),
        ("\ufeff№\tКод записи\r\n".encode("utf-16-le"), PLAIN_TEXT),
        (b"%PDF-1.7", f"это PDF: таблица из него надёжно не читается. Возьмите исходный документ. {TEXT}"),
        (rb"{\rtf1\ansi", f"это документ в формате RTF. {TEXT}"),
        (old_file({"WordDocument": b"x"}), f"это документ Word прежнего образца (.doc). {TEXT}"),
        (old_file({"PowerPoint Document": b"x"}), NO_BOOK),
        (old_file({"Workbook": record(BOF, b"\0\6\5\0") + record(0x2F, b"\1\0") + record(10, b"")}), LOCKED),
        (old_file({"Book": record(BOF, b"\0\5\5\0") + record(10, b"")}), EXCEL_95),
        (record(0x0009, b"\2\0\x10\0"), EXCEL_95),
        (record(0x0409, b"\0\0\x10\0\0\0"), EXCEL_95),
        (OLE + b"\0" * 600, CUT),
        (old_file({"Workbook": b"x"})[:700], CUT),
        (
            zipped({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"", MANIFEST: b""}),
            f"это текстовый документ OpenDocument (.odt). {TEXT}",
        ),
        (b"PK, but no archive", CUT),
        (zipped({"readme.txt": b"text"}), ARCHIVE),
        (old_file({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}), LOCKED),
        (
            zipped({"content.xml": b"<x/>", "META-INF/manifest.xml": b"<manifest:encryption-data/>"}),
            LOCKED,
        ),
        (zipped({"content.xml": b"<x/>"}), f"файл повреждён: в нём нет части {MANIFEST}. {AGAIN}"),
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
    assert refusal(content, tmp_path) == f"часть файла сжата более чем в 200 раз. {AGAIN}"


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
        ([limits.PART_BYTES + 1], f"часть файла в распакованном виде больше 256 МиБ. {AGAIN}"),
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
        (old_file({"Workbook": record(BOF, b"\0\6\5\0") + record(10, b"")}), FileType.XLS),
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


def test_a_part_packed_by_an_unknown_method_is_refused(tmp_path: Path) -> None:
    content = bytearray(zipped({"content.xml": b"<x/>", "META-INF/manifest.xml": b"<x/>"}))
    at = content.rindex(b"PK\x01\x02")
    content[at + 10 : at + 12] = (97).to_bytes(2, "little")
    local = content.index(b"PK\x03\x04", 4)
    content[local + 8 : local + 10] = (97).to_bytes(2, "little")
    assert refusal(bytes(content), tmp_path) == f"файл сжат непривычным способом. {AGAIN}"


def test_an_archive_of_nothing_is_no_workbook(tmp_path: Path) -> None:
    assert refusal(zipped({}), tmp_path) == ARCHIVE
