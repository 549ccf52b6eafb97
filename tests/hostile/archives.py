"""Cases of groups A4–A6 and A8: the archive and its directory."""

from __future__ import annotations

import zlib
from functools import lru_cache, partial

from tests.hostile.case import Case, any_told, contents, edited, read, read_or_refused, refused, told
from tests.hostile.parts import Entry, Parts, entries, packed, with_entry
from tests.hostile.stage import DATA

_MIB = 1024 * 1024
_RELS, _BOOK = "xl/_rels/workbook.xml.rels", "xl/workbook.xml"
_ROOT = "_rels/.rels"
_EXTRA = "xl/media/image1.bin"


@lru_cache(maxsize=4)
def _zeros(mebibytes: int) -> tuple[bytes, int]:
    """Return that many mebibytes of spaces packed, and their checksum, without ever holding them."""
    block, packer = b" " * _MIB, zlib.compressobj(9, zlib.DEFLATED, -15)
    once = packer.compress(block) + packer.flush(zlib.Z_FULL_FLUSH)
    crc = 0
    for _ in range(mebibytes):
        crc = zlib.crc32(block, crc)
    return once * mebibytes + packer.flush(), crc


def _bomb(name: str, mebibytes: int, size: int | None = None) -> Entry:
    raw, crc = _zeros(mebibytes)
    return Entry(name, b"", mebibytes * _MIB if size is None else size, crc, raw=raw)


def _padded_sheet(parts: Parts, mebibytes: int, size: int | None = None) -> bytes:
    """Return the package with a sheet that goes on in blanks after its end."""
    raw, _ = _zeros(mebibytes)
    sheet = parts.content[DATA]
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    head = packer.compress(sheet) + packer.flush(zlib.Z_FULL_FLUSH)
    crc = zlib.crc32(sheet)
    for _ in range(mebibytes):
        crc = zlib.crc32(b" " * _MIB, crc)
    whole = len(sheet) + mebibytes * _MIB
    return with_entry(parts, DATA, raw=head + raw, crc=crc, size=whole if size is None else size)


def _more(parts: Parts, *added: Entry) -> bytes:
    return packed([*entries(parts), *added])


def _nested(parts: Parts) -> bytes:
    inner = packed([_bomb("inner.bin", 64)])
    return _more(parts, *(Entry(f"xl/embeddings/{n}.zip", inner) for n in range(4)))


def _overlapping(parts: Parts) -> bytes:
    first = entries(parts)
    return packed([*first, *(Entry(f"xl/media/{n}.xml", first[0].content, raw=b"", offset=0) for n in range(5))])


def _quine(parts: Parts) -> bytes:
    """Return an archive all of whose entries are one and the same packed block."""
    raw, crc = _zeros(8)
    body = [*entries(parts), Entry("xl/media/0.bin", b"", 8 * _MIB, crc, raw=raw)]
    at = sum(30 + len(item.name.encode()) + len(item.stored) for item in body[:-1])
    shared = (Entry(f"xl/media/{n}.bin", b"", 8 * _MIB, crc, raw=b"", offset=at) for n in range(1, 40))
    return packed([*body, *shared])


BOMBS = [
    *contents(
        "A5",
        refused("часть файла"),
        {
            "bomb-300-mib-part": lambda parts: _more(parts, _bomb(_EXTRA, 300)),
            "bomb-dense-part-of-20-mib": lambda parts: _more(parts, _bomb(_EXTRA, 20)),
            "bomb-sheet-padded-with-100-mib": lambda parts: _padded_sheet(parts, 100),
        },
    ),
    *contents(
        "A5",
        refused(),
        {
            "bomb-600-mib-in-many-parts": lambda parts: _more(parts, *(_bomb(f"xl/{n}.bin", 20) for n in range(30))),
            "bomb-shared-block": _quine,
            "entries-overlap": _overlapping,
        },
    ),
    *contents(
        "A5",
        refused("5000 частей"),
        {"entries-over-5000": lambda parts: _more(parts, *(Entry(f"xl/{n}.xml", b"") for n in range(5_001)))},
    ),
    *contents(
        "A5",
        read(),
        {
            "entries-a-thousand": lambda parts: _more(parts, *(Entry(f"xl/m/{n}.xml", b"<x/>") for n in range(1_000))),
            "stored-not-packed": lambda parts: packed(Entry(e.name, e.content, method=0) for e in entries(parts)),
            "archive-with-a-comment": lambda parts: packed(entries(parts), comment=b"PK" * 100),
            "entries-in-reverse-order": lambda parts: packed(reversed(entries(parts))),
            # What is embedded is never opened.
            "archives-in-the-archive": _nested,
            "folders-as-entries": lambda parts: packed([Entry("xl/", b"", method=0), *entries(parts)]),
        },
    ),
]

DIRECTORY = [
    *contents(
        "A5",
        refused("дважды"),
        {
            "part-twice": lambda parts: _more(parts, Entry(DATA, b"<worksheet/>")),
            "part-twice-other-case": lambda parts: _more(parts, Entry(DATA.upper(), b"<worksheet/>")),
            "workbook-twice": lambda parts: packed([Entry(_BOOK, b"<workbook/>"), *entries(parts)]),
        },
    ),
    *contents(
        "A5",
        refused("непривычным способом"),
        {
            "method-unknown": lambda parts: with_entry(parts, DATA, method=97),
            "method-bzip2": lambda parts: with_entry(parts, DATA, method=12),
        },
    ),
    *contents(
        "A5",
        refused("поврежд"),
        {
            "headers-offset-past-the-end": lambda parts: with_entry(parts, DATA, offset=0x7FFFFFF0),
            "directory-names-another-header": lambda parts: with_entry(parts, DATA, offset=0),
        },
    ),
    *contents("A3", refused("паролем"), {"flag-encrypted": lambda parts: with_entry(parts, DATA, flags=1)}),
    *contents(
        "A5",
        any_told(),
        {
            "bytes-before-the-archive": lambda parts: packed(entries(parts), before=b"\0" * 4 + b"PK junk"),
            "bytes-after-the-archive": lambda parts: parts.packed() + b"\0" * 500,
            "name-with-backslashes": lambda parts: packed(
                Entry(e.name, e.content, raw_name=e.name.replace("/", "\\").encode()) for e in entries(parts)
            ),
            "name-with-bad-bytes": lambda parts: _more(parts, Entry("x", b"<x/>", raw_name=b"xl/\xff\xfe.xml")),
            "name-empty": lambda parts: _more(parts, Entry("", b"<x/>")),
            "name-with-a-nul": lambda parts: _more(parts, Entry("xl/a\0b.xml", b"<x/>")),
            "name-over-64-kib": lambda parts: _more(parts, Entry("x" * 60_000, b"<x/>")),
        },
    ),
]

SIZES = contents(
    "A6",
    refused(),
    {
        "size-declared-smaller": lambda parts: with_entry(parts, DATA, size=1_000),
        "size-declared-zero": lambda parts: with_entry(parts, DATA, size=0),
        "size-declared-larger": lambda parts: with_entry(parts, DATA, size=len(parts.content[DATA]) + 9),
        "size-hides-a-bomb": lambda parts: _padded_sheet(parts, 300, len(parts.content[DATA])),
        "checksum-wrong": lambda parts: with_entry(parts, DATA, crc=12345),
        "packed-part-cut": lambda parts: with_entry(parts, DATA, raw=Entry(DATA, parts.content[DATA]).stored[:-300]),
        "packed-part-garbage": lambda parts: with_entry(parts, DATA, raw=b"\xff" * 900),
    },
)


def _relinked(parts: Parts, target: str, mode: str = "") -> Parts:
    new = f'Target="{target}"{mode}'
    return parts.sub(r'Target="/?(?:xl/)?worksheets/sheet3\.xml"', lambda _: new, _RELS)


TARGETS = [
    *edited(
        "A8",
        refused(),
        {
            "sheet-target-external": lambda p: _relinked(p, "http://example.org/sheet3.xml", ' TargetMode="External"'),
            "sheet-target-local-file": lambda p: _relinked(p, "file:///etc/passwd", ' TargetMode="External"'),
            "sheet-target-climbs-out": lambda p: _relinked(p, "../../../../etc/passwd"),
            "sheet-target-share": lambda p: _relinked(p, "\\\\host\\share\\sheet3.xml"),
            "sheet-target-missing": lambda p: _relinked(p, "worksheets/sheet33.xml"),
            "sheet-part-missing": lambda p: p.without(DATA),
            "sheet-without-a-target": lambda p: p.sub(r' Target="[^"]*sheet3\.xml"', "", _RELS),
            "sheet-relation-missing": lambda p: p.swap('r:id="rId3"', 'r:id="rId99"', _BOOK),
            "workbook-relations-missing": lambda p: p.without(_RELS),
            "workbook-target-external": lambda p: p.sub(
                r'Target="/?xl/workbook\.xml"', 'Target="http://example.org/b.xml" TargetMode="External"', _ROOT
            ),
        },
    ),
    *edited(
        "A8",
        read(),
        {
            "sheet-target-relative": lambda p: _relinked(p, "worksheets/sheet3.xml"),
            "sheet-under-another-name": lambda p: _relinked(
                p.put("xl/worksheets/лист.xml", p.content[DATA]).without(DATA), "worksheets/лист.xml"
            ).swap("sheet3.xml", "лист.xml", "[Content_Types].xml"),
            "climbing-part-beside": lambda p: p.put("../../evil.txt", b"evil"),
            "absolute-part-beside": lambda p: p.put("/evil.txt", b"evil"),
        },
    ),
    *edited(
        "A8", read_or_refused(), {"sheet-target-roundabout": lambda p: _relinked(p, "../xl/./worksheets/sheet3.xml")}
    ),
    *edited("A8", told(), {"workbook-missing": lambda p: p.without(_BOOK)}),
    *edited("A8", any_told(), {"content-types-missing": lambda p: p.without("[Content_Types].xml")}),
]


def _cut(parts: Parts, percent: int) -> bytes:
    content = parts.packed()
    return content[: len(content) * percent // 100]


def _flipped(parts: Parts, seed: int) -> bytes:
    """Flip a bit; places are spread over the file, and the same each time."""
    content = parts.packed()
    place = (seed * 2_654_435_761) % len(content)
    return content[:place] + bytes([content[place] ^ (1 << seed % 8)]) + content[place + 1 :]


DAMAGED = [
    *contents(
        "A3",
        refused("повреждён"),
        {f"cut-at-{share}-percent": partial(_cut, percent=share) for share in (1, 10, 25, 50, 75, 90, 99)},
    ),
    *contents("A6", any_told(), {f"bit-flipped-{seed}": partial(_flipped, seed=seed) for seed in range(12)}),
]

CASES: list[Case] = [*BOMBS, *DIRECTORY, *SIZES, *TARGETS, *DAMAGED]
