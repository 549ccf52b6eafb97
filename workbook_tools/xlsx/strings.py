"""The texts that the cells of a workbook share: written at once as far as they need no spelling of their own."""

from __future__ import annotations

import io
from itertools import islice
from typing import Any

import xlsxwriter
from xlsxwriter.packager import Packager
from xlsxwriter.sharedstrings import SharedStrings

_AT_ONCE = 4096


class PlainBook(xlsxwriter.Workbook):  # type: ignore[misc] # the writer ships no types
    """The writer's workbook with its shared texts written at once; that the bytes are the same is proven with rows."""

    def _get_packager(self) -> Packager:
        return _PlainPackager()


class _PlainPackager(Packager):  # type: ignore[misc] # the writer ships no types
    def _write_shared_strings_file(self) -> None:
        strings = _PlainStrings()
        strings.string_table = self.workbook.str_table
        if strings.string_table.count:
            strings._set_xml_writer(self._filename("xl/sharedStrings.xml"))  # noqa: SLF001 - as the writer does
            strings._assemble_xml_file()  # noqa: SLF001 - as above


class _PlainStrings(SharedStrings):  # type: ignore[misc] # the writer ships no types
    fh: Any

    def _write_sst_strings(self) -> None:
        strings = iter(self.string_table.string_array)
        while some := list(islice(strings, _AT_ONCE)):
            self.fh.write(
                "".join([f"<si><t>{text}</t></si>" if _is_bare(text) else self._spelt(text) for text in some])
            )

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
