"""An archive's directory is believed only as far as its content bears it out."""

from __future__ import annotations

import struct
import zlib

import pytest

from tests.sheets import zipped
from workbook_tools.errors import InputError
from workbook_tools.reading.archive import Archive

AGAIN = "Откройте его, сохраните заново в формате .xlsx и пришлите ещё раз"
CUT = f"файл повреждён: он передан не полностью. {AGAIN}"
DIRECTORY, SIZE_AT, CRC_AT, OFFSET_AT = b"PK\x01\x02", 24, 16, 42


def with_number(content: bytes, at: int, value: int) -> bytes:
    """Return an archive with a number of its first directory entry changed."""
    changed = bytearray(content)
    start = content.index(DIRECTORY) + at
    changed[start : start + 4] = struct.pack("<I", value)
    return bytes(changed)


def refusal(content: bytes, part: str = "а.xml") -> str:
    with pytest.raises(InputError) as refused:
        Archive(content).read(part)
    return str(refused.value)


def test_parts_come_out_whole_whatever_the_case_of_their_names() -> None:
    archive = Archive(zipped({"xl/A.xml": "<а/>", "б.bin": b"\0" * 2000}))
    assert (archive.read("XL/a.XML"), archive.read("б.bin")) == ("<а/>".encode(), b"\0" * 2000)
    assert archive.names == ("xl/A.xml", "б.bin")
    assert "xl/a.xml" in archive
    assert "xl/b.xml" not in archive


def test_a_part_that_is_not_there_is_named() -> None:
    assert refusal(zipped({"а.xml": "<а/>"}), "б.xml") == f"файл повреждён: в нём нет части б.xml. {AGAIN}"


@pytest.mark.parametrize("declared", [10, 9_999])
def test_a_size_that_is_not_the_real_one_is_damage(declared: int) -> None:
    assert refusal(with_number(zipped({"а.xml": b"0" * 5000}), SIZE_AT, declared)) == CUT


def test_a_bomb_that_declares_a_small_size_and_the_check_sum_of_its_beginning_is_not_unpacked() -> None:
    content = with_number(zipped({"а.xml": b"0" * 50_000_000}), SIZE_AT, 1000)
    assert refusal(with_number(content, CRC_AT, zlib.crc32(b"0" * 1000))) == CUT


def test_a_wrong_check_sum_is_damage() -> None:
    assert refusal(with_number(zipped({"а.xml": "<а/>"}), CRC_AT, 1)) == CUT


def test_parts_that_lie_one_over_another_are_refused() -> None:
    content = zipped({"а.xml": b"0" * 50, "б.xml": b"1" * 50})
    with pytest.raises(InputError) as refused:
        Archive(with_number(content, OFFSET_AT, content.index(b"PK\x03\x04", 4)))
    assert str(refused.value) == f"файл повреждён: его части лежат одна поверх другой. {AGAIN}"


def test_every_part_of_markup_is_looked_at_and_nothing_else() -> None:
    Archive(zipped({"а.xml": "<а/>", "рисунок.bin": "<!DOCTYPE а>"})).check_markup()
    for name in ("а.xml", "б.RELS", "в.vml"):
        with pytest.raises(InputError, match="объявления, которых не бывает"):
            Archive(zipped({"ж.xml": "<а/>", name: "<!DOCTYPE а><а/>"})).check_markup()
