"""Whatever befalls a workbook on its way: it is read, or refused with a sentence, and no filled cell is lost unseen.

A short run here; a long one by hand: FUZZ_EXAMPLES=20000 python -m pytest -n 0 tests/fuzz/test_fuzz_reading.py
"""

from __future__ import annotations

import io
import os
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz.damage import BLOWS, Blow, damaged
from tests.hostile.stage import DATA, UNITS, plain
from workbook_tools.children import Children, Lost
from workbook_tools.errors import InputError
from workbook_tools.grids import Book, Grid
from workbook_tools.pipeline.foreign import expect_files
from workbook_tools.reading.workbook import read_workbook

EXAMPLES = int(os.environ.get("FUZZ_EXAMPLES", "80"))
SHEET = "Сведения"
_RUSSIAN = re.compile("[а-я]{3}")


@pytest.fixture(scope="module")
def children() -> Iterator[Children]:
    expect_files()
    with Children(1) as running:
        yield running


def read(path: Path) -> Book | str:
    """Return a workbook, or the sentence that refuses it."""
    try:
        return read_workbook(path, path.name)
    except InputError as refused:
        return str(refused)


def filled(content: bytes) -> int | None:
    """Return how many cells of the data sheet hold something, as another parser sees it; None where it sees no XML."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            tree = ElementTree.fromstring(archive.read(DATA))  # noqa: S314 - made here, a moment ago
    except (ElementTree.ParseError, zipfile.BadZipFile, KeyError, EOFError, NotImplementedError, ValueError):
        return None
    cells = (item for item in tree.iter() if str(item.tag).rpartition("}")[2] == "c")
    places = [cell.get("r", f"?{number}").upper() for number, cell in enumerate(cells) if _is_filled(cell)]
    return len(set(places))


def _is_filled(cell: ElementTree.Element) -> bool:
    return any(
        (str(item.tag).rpartition("}")[2] in {"v", "t"} and (item.text or "").strip())
        or str(item.tag).rpartition("}")[2] == "f"
        for item in cell.iter()
    )


def seen(grid: Grid) -> int:
    """Return how many cells were read or told."""
    places = {(row, column) for row, cells in enumerate(grid.rows) for column, cell in enumerate(cells) if cell != ""}
    return len(places | {(trouble.row, trouble.column) for trouble in grid.troubles})


def check(content: bytes, path: Path, children: Children) -> None:
    path.write_bytes(content)
    (found,) = children.map(read, [path])
    if not isinstance(found, Book):
        assert _RUSSIAN.search(found.why if isinstance(found, Lost) else found)
        return
    grid = next((grid for grid in found.grids if grid.name == SHEET), None)
    there = filled(content)
    if grid is not None and there is not None:
        assert seen(grid) >= there


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(blows=st.lists(BLOWS, min_size=1, max_size=3))
def test_a_damaged_workbook_is_read_whole_or_told(blows: list[Blow], tmp_path: Path, children: Children) -> None:
    check(damaged(plain(UNITS[0]), blows), tmp_path / "книга.xlsx", children)


def test_an_undamaged_workbook_is_read_whole(tmp_path: Path, children: Children) -> None:
    path = tmp_path / "книга.xlsx"
    content = damaged(plain(UNITS[0]), [])
    path.write_bytes(content)
    (found,) = children.map(read, [path])
    assert isinstance(found, Book)
    grid = next(grid for grid in found.grids if grid.name == SHEET)
    assert seen(grid) == filled(content)
    assert not grid.troubles
