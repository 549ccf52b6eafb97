"""The parts of a workbook: its shared texts written at once as far as they need no spelling, all packed fast."""

from __future__ import annotations

import io
import re
from contextlib import suppress
from itertools import islice
from pathlib import Path
from shutil import copyfileobj
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter
from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings

from workbook_tools.xlsx.parts import MOST_OF_A_PART

_AT_ONCE = 4096
_EFFORT, _CHUNK = 4, 1 << 20
_LIKE_A_SPELLING = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_NOT_IN_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")


class PlainBook(xlsxwriter.Workbook):  # type: ignore[misc] # the writer ships no types
    """The writer's workbook, its shared texts written at once; that the parts are the same is proven with rows.

    They are packed here with less effort, which takes half the time and makes a tenth more bytes.
    """

    filename: Any

    def _store_workbook(self) -> None:
        target, self.filename = self.filename, _Nowhere()
        self._packager = _PlainPackager()
        try:
            super()._store_workbook()
            self._pack(target)
        finally:
            self.filename = target
            self._packager.clear()
            del self._packager

    def _pack(self, target: Any) -> None:  # noqa: ANN401 - a path or a stream, as the writer has it
        with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=_EFFORT) as package:
            for source, name, is_binary in self._packager.parts:
                if self.in_memory:
                    content = source.getvalue()
                    _pack_content(package, content if is_binary else content.encode(), name)
                else:
                    _pack_file(package, Path(source), name)

    def _get_packager(self) -> Packager:
        return self._packager


class _Nowhere(io.BytesIO):
    """Where the writer packs nothing; left open, as it looks for it even where it has failed."""

    def close(self) -> None:
        pass


class _PlainPackager(Packager):  # type: ignore[misc] # the writer ships no types
    def _create_package(self) -> list[Any]:
        """Make the parts; none is left for the writer to pack."""
        self.parts: list[Any] = super()._create_package()
        return []

    def clear(self) -> None:
        """Remove the parts that were not packed, as nothing more can be written or somebody has stopped the work."""
        for source, *_ in () if self.in_memory else self.filenames:
            with suppress(OSError):
                Path(source).unlink(missing_ok=True)

    def _write_shared_strings_file(self) -> None:
        strings = _PlainStrings()
        strings.string_table = self.workbook.str_table
        if strings.string_table.count:
            strings._set_xml_writer(self._filename("xl/sharedStrings.xml"))  # noqa: SLF001 - as the writer does
            strings._assemble_xml_file()  # noqa: SLF001 - as above


def _pack_content(package: ZipFile, content: bytes, name: str) -> None:
    # Only so no hour is put beside it.
    with package.open(name, "w") as part:
        part.write(content)


def _pack_file(package: ZipFile, file: Path, name: str) -> None:
    with file.open("rb") as source, package.open(name, "w", force_zip64=file.stat().st_size > MOST_OF_A_PART) as part:
        copyfileobj(source, part, _CHUNK)
    file.unlink()


class _PlainStrings(SharedStrings):  # type: ignore[misc] # the writer ships no types
    fh: Any

    def _write_sst_strings(self) -> None:
        strings = iter(self.string_table.string_array)
        while some := list(islice(strings, _AT_ONCE)):
            self.fh.write(
                "".join([f"<si><t>{text}</t></si>" if _is_bare(text) else self._spelt(text) for text in some])
            )

    @staticmethod
    def _escape_control_characters(data: str) -> str:
        """Spell what no XML holds, and what looks so spelt: of two that share a sign the writer sees but the first."""
        return _NOT_IN_XML.sub(lambda match: f"_x{ord(match[0]):04X}_", _LIKE_A_SPELLING.sub("_x005F_", data))

    def _spelt(self, text: str) -> str:
        """Return a text as the writer spells it."""
        file, self.fh = self.fh, io.StringIO()
        self._write_si(text)
        spelt, self.fh = self.fh.getvalue(), file
        return str(spelt)


def _is_bare(text: str) -> bool:
    """Tell whether no sign of a text needs spelling."""
    special = "<" in text or "&" in text or ">" in text or "_x" in text
    return not special and text.isprintable() and text.strip() == text
