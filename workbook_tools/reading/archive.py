"""A ZIP archive whose directory was checked before anything was unpacked; parts come out one by one, never on disk.

robustness.md A5, A6, A8.
"""

from __future__ import annotations

import io
import zipfile
import zlib

from workbook_tools import limits
from workbook_tools.errors import SAVE_AGAIN, InputError
from workbook_tools.reading.markup import check_part

PASSWORD = "файл защищён паролем. Снимите пароль и пришлите ещё раз"  # noqa: S105 - a sentence
_CUT = f"файл повреждён: он передан не полностью. {SAVE_AGAIN}"
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_HEADER_BYTES, _LENGTHS_AT = 30, 26
_MARKUP = (".xml", ".rels", ".vml")
# Parts that are looked at twice are unpacked once, as long as they are of the size of honest ones.
_KEPT_BYTES = 64 * limits.MIB
# What the library raises at an archive that is not what its directory says.
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, LookupError, NotImplementedError, RuntimeError, ValueError)


class Archive:
    """A checked archive; names are looked up whatever their case.

    Parameters
    ----------
    content
        The archive's bytes.

    Raises
    ------
    InputError
        It is damaged, protected, or unpacks to more than `limits` allows; the sentence says what to do.
    """

    def __init__(self, content: bytes) -> None:
        self._content = content
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                entries, end = archive.infolist(), archive.start_dir
        except _DAMAGED as error:
            raise InputError(_CUT) from error
        _check_directory(entries)
        _check_places(entries, end)
        self._entries = {entry.filename.casefold(): entry for entry in entries}
        self._kept: dict[str, bytes] = {}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the parts, as the directory has them."""
        return tuple(entry.filename for entry in self._entries.values())

    def __contains__(self, name: str) -> bool:
        return name.casefold() in self._entries

    def read(self, name: str) -> bytes:
        """Return a part, unpacked.

        Raises
        ------
        InputError
            It is not there, or not what the directory says of it.
        """
        entry = self._entries.get(name.casefold())
        if entry is None:
            raise InputError(f"файл повреждён: в нём нет части {name}. {SAVE_AGAIN}")
        if entry.filename in self._kept:
            return self._kept[entry.filename]
        part = self._unpacked(entry)
        if part is None or len(part) != entry.file_size or zlib.crc32(part) != entry.CRC:
            raise InputError(_CUT)
        return part

    def check_markup(self) -> None:
        """Unpack every part that holds markup, and refuse what no office program writes (A7)."""
        kept = 0
        for name in self.names:
            if name.casefold().endswith(_MARKUP):
                part = self.read(name)
                check_part(part)
                kept += len(part)
                if kept <= _KEPT_BYTES:
                    self._kept[name] = part

    def _unpacked(self, entry: zipfile.ZipInfo) -> bytes | None:
        """Return at most one byte more than a part may have: what goes on past it is never unpacked."""
        at = entry.header_offset + _LENGTHS_AT
        lengths = self._content[at : at + 4]
        start = entry.header_offset + _HEADER_BYTES + int.from_bytes(lengths[:2], "little")
        start += int.from_bytes(lengths[2:], "little")
        packed = memoryview(self._content)[start : start + entry.compress_size]
        if entry.compress_type == zipfile.ZIP_STORED:
            return bytes(packed)
        stream = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            part = stream.decompress(packed, entry.file_size + 1)
        except zlib.error:
            return None
        return part if stream.eof and not stream.unused_data else None


def _check_directory(entries: list[zipfile.ZipInfo]) -> None:
    """Refuse archives that unpack to more than a workbook of this register ever needs."""
    if len(entries) > limits.ARCHIVE_ENTRIES:
        raise InputError(f"в файле больше {limits.ARCHIVE_ENTRIES} частей. {SAVE_AGAIN}")
    if any(entry.flag_bits & 1 for entry in entries):
        raise InputError(PASSWORD)
    if sum(entry.file_size for entry in entries) > limits.ARCHIVE_BYTES:
        raise InputError(f"файл в распакованном виде больше {limits.ARCHIVE_BYTES // limits.MIB} МиБ. {SAVE_AGAIN}")
    if any(entry.file_size > limits.PART_BYTES for entry in entries):
        size = limits.PART_BYTES // limits.MIB
        raise InputError(f"часть файла в распакованном виде больше {size} МиБ. {SAVE_AGAIN}")
    if any(map(_too_dense, entries)):
        raise InputError(f"часть файла сжата более чем в {limits.PART_RATIO} раз. {SAVE_AGAIN}")
    names = {entry.filename.casefold() for entry in entries}
    if len(names) < len(entries):
        raise InputError(f"файл повреждён: часть записана в нём дважды. {SAVE_AGAIN}")
    if any(entry.compress_type not in _METHODS for entry in entries):
        raise InputError(f"файл сжат непривычным способом. {SAVE_AGAIN}")


def _too_dense(entry: zipfile.ZipInfo) -> bool:
    ratio = entry.file_size / max(entry.compress_size, 1)
    return entry.file_size > limits.RATIO_FROM_BYTES and ratio > limits.PART_RATIO


def _check_places(entries: list[zipfile.ZipInfo], end: int) -> None:
    """Refuse entries that lie one over another, as in an archive made to swell."""
    if not entries:
        return
    ordered = sorted(entries, key=lambda entry: entry.header_offset)
    ends = [entry.header_offset + _HEADER_BYTES + entry.compress_size for entry in ordered]
    starts = [*(entry.header_offset for entry in ordered[1:]), end]
    if any(stop > start for stop, start in zip(ends, starts, strict=True)):
        raise InputError(f"файл повреждён: его части лежат одна поверх другой. {SAVE_AGAIN}")
