"""Whatever befalls a merge, its folder holds the old outputs or the new ones; the next run leaves nothing behind."""

from __future__ import annotations

import errno
import itertools
import json
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.books import NEW, UnitBook
from tests.desk import Desk

if sys.platform == "win32":
    pytest.skip("the system can neither fork nor limit", allow_module_level=True)

from tests.falling import KILL, KINDS, Fault
from workbook_tools.cli import main
from workbook_tools.outputs import recover

ROOT = Path(__file__).parent.parent
DAY = "2026-11-22"
NO_FAULT = Fault()
KILLS = 50
NUMBERS = itertools.count()
Files = dict[str, bytes]


class Case(NamedTuple):
    """A folder with the outputs of an earlier merge, and what a merge of other files makes of it."""

    folder: Path
    old: Files
    new: Files
    operations: int

    def fall(self, *faults: Fault) -> list[Fallen]:
        """Merge into copies of the folder of outputs, each under its fault."""
        return fall(self.folder, faults)


class Fallen(NamedTuple):
    """What became of a merge: the folder of its outputs, its exit code, what it did there and said."""

    out: Path
    fault: Fault
    exit: int
    operations: int
    said: str


def files_under(folder: Path) -> Files:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def arguments(folder: Path, out: Path) -> list[str]:
    edition = folder / "редакция.xlsx"
    return ["merge", str(folder / "входящие"), "--edition", str(edition), "--date", DAY, "--quiet", "--out", str(out)]


def fall(folder: Path, faults: Sequence[Fault]) -> list[Fallen]:
    results = [folder / f"итог {next(NUMBERS)}" for _ in faults]
    out, before = folder / "выпуск", folder / "прежний выпуск"
    shutil.rmtree(out, ignore_errors=True)
    shutil.copytree(before, out)
    plan = {"arguments": arguments(folder, out), "out": str(out), "before": str(before)}
    falls = [(str(result), fault) for result, fault in zip(results, faults, strict=True)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.falling"],
        input=json.dumps(plan | {"falls": falls}),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    told = [json.loads(line) for line in done.stdout.splitlines()]
    return [Fallen(result, fault, **item) for result, fault, item in zip(results, faults, told, strict=True)]


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    desk = Desk(tmp_path_factory.mktemp("сбои"))
    old = desk.folder / "прежний выпуск"
    book = UnitBook()
    book.add(**NEW | {"kind": "неизвестно"})
    desk.send("КАДР", book)
    assert main([*arguments(desk.folder, old)]) == 1
    book.add(**NEW)
    desk.send("КАДР", book)
    (done,) = fall(desk.folder, [NO_FAULT])
    assert (done.exit, done.said) == (1, done.said)
    before, after = files_under(old), files_under(done.out)
    assert set(before) == {f"Перечень_{DAY}.xlsx", f"Проект_приказа_{DAY}.docx", "замечания/КАДР.xlsx", "run.json"}
    assert all(before[name] != after[name] for name in before if not name.endswith(".docx"))
    return Case(desk.folder, before, after, done.operations)


def check_next_run(case: Case, *fallen: Fallen) -> None:
    """The next plain run succeeds, makes the new outputs and leaves nothing else."""
    for item in fallen:
        (case.folder / "выпуск").rename(case.folder / f"итог {next(NUMBERS)}")
        item.out.rename(case.folder / "выпуск")
        assert main(arguments(case.folder, case.folder / "выпуск")) == 1
        assert files_under(case.folder / "выпуск") == case.new, item.fault


def check_whole(case: Case, item: Fallen) -> None:
    """Each file is the old one or the new one, and all are once what was left is put in order."""
    for name in case.old:
        assert (item.out / name).read_bytes() in {case.old[name], case.new[name]}, (item.fault, name)
    recover(item.out)
    assert files_under(item.out) in (case.old, case.new), item.fault


def test_a_killed_merge_leaves_the_old_outputs_or_the_new_ones(case: Case) -> None:
    points = sorted({1 + (case.operations - 1) * number // (KILLS - 1) for number in range(KILLS)})
    assert len(points) == KILLS
    fallen = case.fall(*(Fault(KILL, at=point) for point in points))
    assert {(item.exit, item.said) for item in fallen} == {(-9, "")}
    again = fallen[15::10]
    for item in fallen:
        if item not in again:
            check_whole(case, item)
    check_next_run(case, *again)


ERRORS = (errno.ENOSPC, errno.EACCES, errno.EROFS)
PLACES = {"open": (1, 4, 12), "fsync": (1, 4, 8, 9, 11), "replace": (1, 2, 4), "link": (1,), "remove": (1,)}


@pytest.mark.parametrize("error", ERRORS, ids=errno.errorcode.get)
def test_a_merge_that_the_disk_refuses_once_makes_all_or_nothing(case: Case, error: int) -> None:
    fallen = case.fall(*(Fault(error, (kind,), at) for kind, places in PLACES.items() for at in places))
    for item in fallen:
        assert "Traceback" not in item.said
        assert item.exit in {1, 2}, item
        assert item.exit == 1 or "не записан" in item.said
        assert ".perechen-tmp" not in item.said
        recover(item.out)
        assert files_under(item.out) == (case.new if item.exit == 1 else case.old), item.fault
    assert {item.exit for item in fallen} == {1, 2}
    check_next_run(case, fallen[6])


def test_a_disk_that_refuses_everything_from_then_on_leaves_it_to_the_next_run(case: Case) -> None:
    fallen = case.fall(*(Fault(errno.EROFS, KINDS, at, for_good=True) for at in range(1, case.operations, 4)))
    for item in fallen:
        assert "Traceback" not in item.said
        assert item.exit in {1, 2}, item
        check_whole(case, item)
    check_next_run(case, fallen[-3])


def test_a_merge_whose_files_may_not_grow_changes_nothing(case: Case) -> None:
    fallen = case.fall(*(Fault(size=size) for size in (1, 2_000, 20_000)))
    for item in fallen:
        assert item.exit == 2
        assert "Traceback" not in item.said
        assert files_under(item.out) == case.old
