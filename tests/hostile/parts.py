"""A workbook's parts as text, small changes to them, and an archive writer that can lie about everything."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from xml.sax.saxutils import escape

from tests.hostile.stage import DATA

_REFERENCE = re.compile(r"&#(\d+);")
_MARKUP = '&<>"'


@dataclass(frozen=True)
class Parts:
    """The parts of a package by name, in their order; changes give new ones."""

    content: Mapping[str, bytes]

    @classmethod
    def of(cls, package: bytes) -> Parts:
        """Take a package apart; letters that were written as references become letters."""
        with zipfile.ZipFile(io.BytesIO(package)) as archive:
            return cls({name: _plain(name, archive.read(name)) for name in archive.namelist()})

    def text(self, name: str = DATA) -> str:
        """Return a part as text."""
        return self.content[name].decode()

    def put(self, name: str, content: str | bytes) -> Parts:
        """Add a part, or put another in its place."""
        return Parts({**self.content, name: content.encode() if isinstance(content, str) else content})

    def without(self, name: str) -> Parts:
        """Take a part out."""
        return Parts({key: value for key, value in self.content.items() if key != name})

    def swap(self, old: str, new: str, name: str = DATA, count: int = 1) -> Parts:
        """Put one text in the place of another, which must be there; `count` -1 is everywhere."""
        text = self.text(name)
        assert old in text, f"{name} holds no {old}"
        return self.put(name, text.replace(old, new, count))

    def sub(self, pattern: str, new: str | Callable[[re.Match[str]], str], name: str = DATA, count: int = 0) -> Parts:
        """Put a text in the place of what a pattern finds, which must be there."""
        text, times = re.subn(pattern, new, self.text(name), count=count, flags=re.DOTALL)
        assert times, f"{name} holds no {pattern}"
        return self.put(name, text)

    def every(self, change: Callable[[str], str], ending: str = ".xml") -> Parts:
        """Change the text of every part with an ending."""
        return Parts({k: change(v.decode()).encode() if k.endswith(ending) else v for k, v in self.content.items()})

    def cell(self, place: str, xml: str) -> Parts:
        """Put another element in the place of a cell of the data sheet."""
        return self.sub(rf'<c r="{place}"(?: [^>]*?)?(?:/>|>.*?</c>)', lambda _: xml, count=1)

    def row(self, number: int) -> str:
        """Return a row of the data sheet as it is written."""
        found = re.search(rf'<row r="{number}"(?: [^>]*)?>.*?</row>', self.text(), re.DOTALL)
        assert found
        return found[0]

    def packed(self) -> bytes:
        """Return the package."""
        return packed(Entry(name, content) for name, content in self.content.items())


def _plain(name: str, content: bytes) -> bytes:
    if not name.endswith((".xml", ".rels")):
        return content
    return _REFERENCE.sub(_letter, content.decode()).encode()


def _letter(reference: re.Match[str]) -> str:
    letter = chr(int(reference[1]))
    return reference[0] if letter in _MARKUP or letter < " " else letter


def text_cell(text: str, place: str, attributes: str = "") -> str:
    """Return an inline text cell."""
    return f'<c r="{place}" t="inlineStr"><is><t{attributes}>{escape(text)}</t></is></c>'


@dataclass(frozen=True)
class Entry:
    """An entry of an archive; what its directory says of it may be a lie."""

    name: str
    content: bytes
    size: int | None = None
    crc: int | None = None
    flags: int = 0
    method: int = zipfile.ZIP_DEFLATED
    raw: bytes | None = None
    raw_name: bytes | None = None
    offset: int | None = None

    @property
    def stored(self) -> bytes:
        """The bytes as they stand in the archive."""
        if self.raw is not None:
            return self.raw
        if self.method == zipfile.ZIP_STORED:
            return self.content
        packer = zlib.compressobj(6, zlib.DEFLATED, -15)
        return packer.compress(self.content) + packer.flush()

    def head(self, stored: bytes) -> tuple[bytes, bytes]:
        """Return what local header and directory share, and the name."""
        name = self.raw_name if self.raw_name is not None else self.name.encode()
        crc = zlib.crc32(self.content) if self.crc is None else self.crc
        size = len(self.content) if self.size is None else self.size
        # Bit 11 says that the name is UTF-8; the date is the earliest that there is.
        shared = struct.pack("<HHHHHIII", 20, self.flags | 0x800, self.method, 0, 33, crc, len(stored), size)
        return shared + struct.pack("<HH", len(name), 0), name


def packed(entries: Iterable[Entry], comment: bytes = b"", before: bytes = b"") -> bytes:
    """Return an archive of the entries, as they stand and in their order."""
    body, directory, count = bytearray(before), bytearray(), 0
    for entry in entries:
        stored = entry.stored
        head, name = entry.head(stored)
        offset = len(body) if entry.offset is None else entry.offset
        body += b"PK\x03\x04" + head + name + stored
        directory += b"PK\x01\x02" + struct.pack("<H", 20) + head + struct.pack("<HHHII", 0, 0, 0, 0, offset) + name
        count += 1
    end = struct.pack("<HHHHIIH", 0, 0, count, count, len(directory), len(body), len(comment))
    return bytes(body + directory) + b"PK\x05\x06" + end + comment


def entries(parts: Parts) -> list[Entry]:
    """Return the entries of a package."""
    return [Entry(name, content) for name, content in parts.content.items()]


def with_entry(parts: Parts, name: str, **lies: object) -> bytes:
    """Return the package with one entry's directory record made to lie."""
    changed = (replace(item, **lies) if item.name == name else item for item in entries(parts))  # type: ignore[arg-type] # the fields of Entry
    return packed(changed)
