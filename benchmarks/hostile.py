"""What becomes of odd and hostile files: this program beside plain pandas with openpyxl and with calamine.

    python -m benchmarks.hostile                 the whole corpus of tests/hostile
    python -m benchmarks.hostile A5 B2 B4        some groups of it

Each file is read in a process of its own within 20 s and 2 GiB (on POSIX systems only). Prints a Markdown table by
group.
The others are asked for no more than the cells of all sheets, wherever they stand, and whatever they raise counts as a
refusal; a row that is not among those cells is lost in silence, and what a person should have been told of is untold.
Groups A2 and B12 are about folders and are left out. Exit code 1 where this program lost something in silence, died or
hung.
"""

from __future__ import annotations

import argparse
import atexit
import multiprocessing
import os
import resource
import sys
import tempfile
import warnings
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from contextlib import ExitStack
from enum import StrEnum
from functools import lru_cache, partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Literal, NamedTuple

import pandas as pd

from tests.hostile.case import READ, REFUSED, Case, read
from tests.hostile.corpus import CASES
from tests.hostile.parts import Parts
from tests.hostile.stage import CONTACT, ROW, TODAY, UNITS, edition_in_force, plain, process_name, profile_of_units
from workbook_tools.grids import cell_text
from workbook_tools.pipeline.examining import judge, read_files
from workbook_tools.pipeline.foreign import ForeignFiles, foreign_files
from workbook_tools.standing import IGNORED, UNREADABLE
from workbook_tools.text import tidy

SECONDS = 20
MEMORY = 2 * 1024**3
UNIT = UNITS[0]
_GOOD = f"{UNITS[1]}.xlsx"
_FOLDERS_ONLY = {"A2", "B12"}
_LEAST_TEXTS = 7


class Came(StrEnum):
    """What became of a file; `in vain` is a file that could have been read."""

    WHOLE = "read whole"
    TOLD = "told"
    REFUSED = "refused"
    IN_VAIN = "refused in vain"
    UNTOLD = "untold"
    SILENT = "lost in silence"
    DIED = "traceback or death"
    HUNG = "hung"


class Got(NamedTuple):
    """What a reader made of a file: its rows as texts, or a refusal; and whether it told of anything."""

    rows: tuple[tuple[str, ...], ...] = ()
    refused: bool = False
    told: bool = False


Reader = Callable[[Path], Got]


def by_perechen(path: Path) -> Got:
    """Examine the file's folder, in which a good file lies too, as `perechen check` does."""
    profile = profile_of_units()
    examined = judge(read_files([path.parent], profile, _reader()), profile, edition_in_force(), TODAY)
    read = [item for item in examined.submissions if item.file != _GOOD]
    rows = tuple(_line(row.texts.values()) for item in read for row in item.rows)
    statuses = {item.status for item in examined.files if item.file != _GOOD}
    told = not examined.findings["file"].isin({_GOOD, ""}).all()
    # A file that is only listed as ignored, with the reason, is as good as refused.
    return Got(rows, refused=UNREADABLE in statuses or statuses == {IGNORED}, told=told)


@lru_cache(maxsize=1)
def _reader() -> ForeignFiles:
    """Return one reader for all files, as a run over a folder has it."""
    opened = ExitStack()
    atexit.register(opened.close)
    return opened.enter_context(foreign_files())


def by_pandas(path: Path, engine: Literal["openpyxl", "calamine"]) -> Got:
    """Read all sheets by `pandas.read_excel`; nothing is asked of the place of the table."""
    frames = pd.read_excel(path, sheet_name=None, header=None, dtype=object, engine=engine)
    return Got(tuple(_line(map(_text, row)) for frame in frames.values() for row in frame.itertuples(index=False)))


def _text(value: object) -> str:
    return "" if value is None or value is pd.NaT or value != value else cell_text(value)  # type: ignore[arg-type] # noqa: PLR0124 - as found; a NaN is blank


def _line(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(text for text in map(tidy, texts) if text)


READERS: Mapping[str, Reader] = {
    "perechen": by_perechen,
    "pandas + openpyxl": partial(by_pandas, engine="openpyxl"),
    "pandas + calamine": partial(by_pandas, engine="calamine"),
}


def _answer(reader: Reader, path: Path, end: Connection) -> None:
    """Read within the limits and send what was read."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    warnings.simplefilter("ignore")
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stderr.fileno())
    try:
        end.send(reader(path))
    except MemoryError:
        end.send(Came.DIED)
    except Exception:  # noqa: BLE001 - whatever a library raises is what is measured
        end.send(Got(refused=True))


def read_apart(reader: Reader, path: Path) -> Got | Came:
    """Return what a reader made of a file in a process of its own, or how it ended; ours has such processes already."""
    if reader is by_perechen:
        return _read_here(path)
    # A fork starts at once: the libraries are imported already.
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_answer, args=(reader, path, theirs))
    child.start()
    theirs.close()
    try:
        got: Got | Came = ours.recv() if ours.poll(SECONDS) else Came.HUNG
    except EOFError:
        got = Came.DIED
    child.kill()
    child.join()
    return got


def _read_here(path: Path) -> Got | Came:
    try:
        return by_perechen(path)
    except Exception:  # noqa: BLE001 - ours has to come to an end with any file
        return Came.DIED


def judged(case: Case, got: Got | Came, wanted: Iterable[tuple[str, ...]]) -> Came:
    """Say what a result comes to, by the rows that the reader gives of the plain template."""
    if isinstance(got, Came):
        return got
    fates = case.expected.fates
    if got.refused:
        return Came.REFUSED if REFUSED in fates else Came.IN_VAIN
    if got.told:
        return Came.TOLD
    if Counter(_changed(case, wanted)) - Counter(got.rows):
        return Came.SILENT
    return Came.WHOLE if READ in fates or fates == (REFUSED,) else Came.UNTOLD


def _changed(case: Case, wanted: Iterable[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return the rows that the case holds: row 10 may have another contact than in the plain template."""
    contact, name = case.expected.contact, process_name(UNIT, ROW)
    return [
        _line(contact if contact is not None and name in row and text == CONTACT else text for text in row)
        for row in wanted
    ]


def measured(groups: Iterable[str], readers: Mapping[str, Reader] = READERS) -> dict[str, dict[str, Counter[Came]]]:
    """Return by group and reader how many cases came to what."""
    wanted = set(groups)
    chosen = [case for case in CASES if case.possible and case.group not in _FOLDERS_ONLY]
    found: dict[str, dict[str, Counter[Came]]] = defaultdict(lambda: defaultdict(Counter))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        sample = _beside_a_good_one(Case("plain", "", read(), Parts.packed), folder / "образец")
        rows = {reader: _rows_of_the_plain(way(sample)) for reader, way in readers.items()}
        for number, case in enumerate(chosen):
            if not wanted or case.group in wanted:
                path = _beside_a_good_one(case, folder / str(number))
                for reader, way in readers.items():
                    found[case.group][reader][judged(case, read_apart(way, path), rows[reader])] += 1
    return found


def _beside_a_good_one(case: Case, folder: Path) -> Path:
    folder.mkdir()
    (folder / _GOOD).write_bytes(plain(UNITS[1]))
    path = case.put(folder, UNIT, plain(UNIT))
    # A case may stand under a name that cannot be written here.
    return path if os.path.lexists(path) else next(item for item in folder.iterdir() if item.name != _GOOD)


def _rows_of_the_plain(got: Got) -> list[tuple[str, ...]]:
    """Return the data rows among all that a reader gives of the plain template."""
    return [row for row in got.rows if len(row) >= _LEAST_TEXTS and any(UNIT in text for text in row)]


def report(found: Mapping[str, Mapping[str, Counter[Came]]]) -> None:
    """Print a row for each group and reader, and the sums."""
    print("| group | reader | files | " + " | ".join(Came) + " |")
    print("|---|---|" + "---:|" * (len(Came) + 1))
    sums: dict[str, Counter[Came]] = defaultdict(Counter)
    for group in sorted(found, key=lambda name: (name[0], int(name[1:]))):
        for reader, counts in found[group].items():
            sums[reader] += counts
            _print_line(group, reader, counts)
    for reader, counts in sums.items():
        _print_line("**all**", reader, counts)


def _print_line(group: str, reader: str, counts: Counter[Came]) -> None:
    cells = (str(counts[came] or "") for came in Came)
    print(f"| {group} | {reader} | {counts.total()} | " + " | ".join(cells) + " |")


def main() -> int:
    """Run the corpus; return 1 where this program lost something in silence, died or hung."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("groups", nargs="*", help="groups of robustness, A1 to B14; all without any")
    found = measured(parser.parse_args().groups)
    report(found)
    bad = {Came.SILENT, Came.DIED, Came.HUNG}
    return 1 if any(bad & set(counts["perechen"]) for counts in found.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
