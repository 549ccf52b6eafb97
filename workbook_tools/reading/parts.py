"""The parts of an .xlsx package: workbook -> sheets -> parts, along the relationships and never by guessed names."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from workbook_tools.errors import SAVE_AGAIN, InputError
from workbook_tools.reading.integrity import may_hold_odd_texts
from workbook_tools.reading.markup import parse

if TYPE_CHECKING:
    from workbook_tools.reading.archive import Archive

_VISIBLE = ("", "visible")
# What may be in a package that is never opened or run: a part's name says it.
_NEVER_FOLLOWED = (
    ("vbaproject", "макросы"),
    ("xl/macrosheets/", "макросы"),
    ("basic/", "макросы"),
    ("xl/externallinks/", "ссылки на другие книги"),
    ("xl/connections.", "подключения к данным"),
    ("xl/embeddings/", "вложенные объекты"),
    ("xl/activex/", "вложенные объекты"),
)
_EXCHANGE = "обмен данными с другими программами"


class Relation(NamedTuple):
    """Where a relationship leads: the part's name, "" for one outside the package."""

    kind: str
    part: str


class SheetPart(NamedTuple):
    """A sheet as the workbook lists it; `part` is "" for one that holds no cells (a chart)."""

    name: str
    hidden: bool
    part: str


class Package:
    """A workbook's parts as its relationships give them.

    Attributes
    ----------
    archive
        The archive that holds them.
    sheets
        The sheets in the workbook's order.
    strings, styles
        The names of the parts with shared strings and formats; "" where there are none.
    from_1904
        Whether the workbook counts its days from 1904.
    notes
        What the package holds that is never opened or run, in Russian.

    Raises
    ------
    InputError
        A part that is needed is missing, stands outside the package, or serves two sheets.
    """

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        main = next((link.part for link in relations(archive, "").values() if link.kind == "officeDocument"), "")
        if not main:
            raise InputError(f"файл повреждён: в нём не найдена книга. {SAVE_AGAIN}")
        links = relations(archive, main)
        listing = _Listing()
        parse(archive.read(main), listing)
        self.from_1904 = listing.from_1904
        self.strings = part_of_kind(links, "sharedStrings")
        self.styles = part_of_kind(links, "styles")
        self.sheets = tuple(_sheets(listing, links, archive))
        self.notes = live_notes(archive)
        check_sheets(self.sheets)

    @cached_property
    def has_odd_strings(self) -> bool:
        """Whether the shared strings may hold characters that no text of a person does, or be longer than a cell."""
        return bool(self.strings) and may_hold_odd_texts(self.archive.read(self.strings))

    @property
    def is_usual(self) -> bool:
        """Whether strings and formats stand where a reader that guesses names looks for them."""
        return self.strings in {"", "xl/sharedStrings.xml"} and self.styles in {"", "xl/styles.xml"}


def part_of_kind(links: Mapping[str, Relation], kind: str) -> str:
    """Return the name of the one part that relationships of a kind lead to, "" where there is none."""
    found = {link.part for link in links.values() if link.kind == kind}
    if len(found) > 1 or (found and not next(iter(found))):
        raise InputError(f"файл повреждён: неясно, где стоят его тексты и форматы. {SAVE_AGAIN}")
    return next(iter(found), "")


def _sheets(listing: _Listing, links: Mapping[str, Relation], archive: Archive) -> Iterator[SheetPart]:
    for name, state, relation in listing.sheets:
        link = links.get(relation)
        if link is None or not link.part or link.part not in archive:
            raise InputError(f"файл повреждён: лист «{name}» в книге назван, а самого листа нет. {SAVE_AGAIN}")
        is_chart = link.kind in {"chartsheet", "dialogsheet"}
        yield SheetPart(name, state not in _VISIBLE, "" if is_chart else link.part)


def check_sheets(sheets: Iterable[SheetPart]) -> None:
    """Refuse a workbook in which two sheets have one name or one part."""
    names: set[str] = set()
    parts: set[str] = set()
    for sheet in sheets:
        if sheet.name.casefold() in names:
            raise InputError(f"файл повреждён: два листа названы «{sheet.name}». Переименуйте один и пришлите ещё раз")
        if sheet.part and sheet.part.casefold() in parts:
            raise InputError(f"файл повреждён: лист «{sheet.name}» – тот же, что и другой лист. {SAVE_AGAIN}")
        names.add(sheet.name.casefold())
        parts.add(sheet.part.casefold())


def live_notes(archive: Archive) -> tuple[str, ...]:
    """Return what an archive holds that is never opened or run, in Russian; each thing once."""
    return tuple(dict.fromkeys(_notes(archive)))


def _notes(archive: Archive) -> Iterator[str]:
    for name in map(str.casefold, archive.names):
        yield from (note for mark, note in _NEVER_FOLLOWED if mark in name)
        if name.startswith("xl/externallinks/") and name.endswith(".xml") and b"ddeLink" in archive.read(name):
            yield _EXCHANGE


def relations(archive: Archive, part: str) -> dict[str, Relation]:
    """Return the relationships of a part by their ids, those of the whole package for ""."""
    folder, name = posixpath.split(part)
    listing = posixpath.join(folder, "_rels", f"{name}.rels")
    if listing not in archive:
        return {}
    found = _Links(folder)
    parse(archive.read(listing), found)
    return found.links


class _Links:
    """Takes the relationships of a part that stands in a folder."""

    def __init__(self, folder: str) -> None:
        self.links: dict[str, Relation] = {}
        self._folder = folder

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name.rpartition(" ")[2] != "Relationship":
            return
        outside = attributes.get("TargetMode", "").casefold() == "external"
        part = "" if outside else _inside(self._folder, attributes.get("Target", ""))
        key = attributes.get("Id", "")
        if key in self.links:
            raise InputError(f"файл повреждён: одна связь записана в нём дважды. {SAVE_AGAIN}")
        self.links[key] = Relation(posixpath.basename(attributes.get("Type", "")), part)

    def end(self, name: str) -> None:
        pass

    def text(self, data: str) -> None:
        pass


def _inside(folder: str, target: str) -> str:
    """Return the name of the part that a target leads to; "" for one that would stand outside the package."""
    path = posixpath.normpath(target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target))
    return "" if path.startswith(("..", ".")) or "\\" in path or ":" in path else path


class _Listing:
    """Takes what the workbook's main part says of its sheets."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, str]] = []
        self.from_1904 = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        local = name.rpartition(" ")[2]
        if local == "workbookPr":
            self.from_1904 = attributes.get("date1904", "0") in {"1", "true"}
        elif local == "sheet":
            relation = next((value for key, value in attributes.items() if key.endswith("relationships id")), "")
            self.sheets.append((attributes.get("name", ""), attributes.get("state", ""), relation))

    def end(self, name: str) -> None:
        pass

    def text(self, data: str) -> None:
        pass
