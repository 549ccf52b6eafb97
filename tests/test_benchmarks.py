"""The measures run: the goal of the change log holds on small editions, hostile files are judged for what they are."""

from __future__ import annotations

import json
import os
import re
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn
from xml.sax.saxutils import unescape
from zipfile import ZipFile

import pytest
from python_calamine import CalamineWorkbook

from benchmarks import __main__ as command
from benchmarks import bare, limit, naive, readers
from benchmarks.changelog import EDITINGS, Score, facts, measured
from benchmarks.editions import HEAVY, pair
from benchmarks.inputs import SIZES, TODAY, Inputs, Size, inputs
from benchmarks.processes import Cost, FailedError, cost_of
from benchmarks.speed import Result, growth
from benchmarks.stages import STAGES, Watch, merged
from tests.hostile.case import Case, Expected, any_told, read, refused, told
from workbook_tools.comparing import Context, compare
from workbook_tools.pipeline import commands
from workbook_tools.profile import load_profile

ROOT = Path(__file__).parent.parent
PROFILE = load_profile().profile


@pytest.mark.parametrize("editing", list(EDITINGS))
@pytest.mark.parametrize(("coded", "least"), [(False, 0.99), (True, 1.0)])
def test_the_goal_of_the_comparison_holds_on_small_editions(editing: str, least: float, *, coded: bool) -> None:
    score = measured(300, editing, coded=coded, seeds=4)["perechen"]
    assert score.rates({*score.right, *score.missed, *score.wrong})[2] >= least


def test_the_generator_makes_the_same_pair_of_the_same_seed_and_another_of_another() -> None:
    one, again, other = (pair(100, HEAVY, PROFILE, seed, coded=False) for seed in (5, 5, 6))
    assert one.old.equals(again.old)
    assert one.new.equals(again.new)
    assert one.truth == again.truth
    assert not one.old.equals(other.old)


def test_the_truth_speaks_only_of_rows_that_are_there_and_of_all_that_came_and_went() -> None:
    made = pair(300, HEAVY, PROFILE, 7, coded=False)
    old, new = set(made.old["row"]), set(made.new["row"])
    assert {was for _, was, _ in made.truth} <= old | {0}
    assert {now for _, _, now in made.truth} <= new | {0}
    came, went = ({fact for fact in made.truth if fact[0] == kind} for kind in ("new", "excluded"))
    parts = [fact for fact in made.truth if fact[0] == "split_merged"]
    grown = len(parts) - len({was for _, was, _ in parts})
    assert len(old) + len(came) - len(went) + grown == len(new)


def test_a_wrong_and_a_missed_fact_lower_the_score() -> None:
    made = pair(100, HEAVY, PROFILE, 8, coded=True)
    found = facts(compare(made.old, made.new, PROFILE, Context()))
    score = Score()
    score.add(found | {("new", 0, 9999)}, made.truth | {("excluded", 9999, 0)})
    precision, recall, both = score.rates({*score.right, *score.missed, *score.wrong})
    assert precision < 1
    assert recall < 1
    assert both < 1


PLAIN = (("1", "Т-0001", "Прием ПОДР00"), ("включить", "Выдача пропуска ПОДР00", "каб. 0017"))
LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="costs are read in /proc")
POSIX = pytest.mark.skipif(os.name != "posix", reason="limits of memory are those of POSIX")


@POSIX
@pytest.mark.parametrize(
    ("expected", "got", "came"),
    [
        (read(), {"rows": PLAIN}, "read whole"),
        (refused(), {"rows": PLAIN}, "read whole"),
        (told(), {"rows": PLAIN}, "untold"),
        (told(), {"rows": PLAIN[:1]}, "lost in silence"),
        (any_told(), {"rows": PLAIN[:1]}, "lost in silence"),
        (told(), {"rows": PLAIN[:1], "told": True}, "told"),
        (refused(), {"refused": True}, "refused"),
        (read(), {"refused": True}, "refused in vain"),
        (read("=1+1"), {"rows": PLAIN}, "lost in silence"),
        (read("=1+1"), {"rows": (PLAIN[0], ("включить", "Выдача пропуска ПОДР00", "=1+1"))}, "read whole"),
    ],
)
def test_a_reader_is_judged_by_rows_and_words(expected: Expected, got: dict[str, Any], came: str) -> None:
    from benchmarks.hostile import Got, judged  # noqa: PLC0415 - it needs limits that only POSIX has

    case = Case("случай", "B2", expected, lambda parts: parts.packed())
    assert judged(case, Got(**got), PLAIN) == came


@POSIX
def test_a_reader_that_dies_or_hangs_is_seen(tmp_path: Path) -> None:
    from benchmarks import hostile  # noqa: PLC0415 - as above

    assert hostile.read_apart(lambda _: os._exit(9), tmp_path) == "traceback or death"
    assert hostile.read_apart(_greedy, tmp_path) == "traceback or death"
    assert hostile.read_apart(lambda _: hostile.Got(told=True), tmp_path) == hostile.Got(told=True)
    assert hostile.read_apart(_refusing, tmp_path) == hostile.Got(refused=True)


def _greedy(_: Path) -> NoReturn:
    bytes(4 * 1024**3)
    raise ValueError("there was memory for it")


def _refusing(_: Path) -> NoReturn:
    raise ValueError("no workbook")


@POSIX
def test_the_measure_of_hostile_files_runs_and_prints_its_table(capsys: pytest.CaptureFixture[str]) -> None:
    from benchmarks import hostile  # noqa: PLC0415 - as above

    found = hostile.measured(["B6"])
    hostile.report(found)
    lines = capsys.readouterr().out.splitlines()
    assert {reader: counts.total() for reader, counts in found["B6"].items()} == dict.fromkeys(hostile.READERS, 5)
    assert lines[0].startswith("| group | reader | files | read whole |")
    assert [line.split(" | ")[0] for line in lines[2:]] == ["| B6"] * 3 + ["| **all**"] * 3


SMALL = Size(3, 12)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Inputs:
    return inputs(tmp_path_factory.mktemp("inputs"), SMALL)


@POSIX
def test_generated_files_are_accepted_with_edits_of_every_kind_and_some_findings(
    tmp_path: Path,
) -> None:
    made = inputs(tmp_path / "made", Size(6, 60))
    loaded = load_profile(made.profile)
    options = commands.Options(TODAY)
    report = commands.merge([made.incoming], loaded, made.edition, tmp_path / "out", options).report
    sums = report["reconciliation"]
    assert {item["status"] for item in report["files"]} == {"accepted"}
    assert sums["read"] == made.rows == 6 * 62
    assert sums["before"] == 360
    assert sums["unchanged"] > 300
    assert min(sums["changed"], sums["included"], sums["excluded"]) > 0
    assert any(item["severity"] == "error" for item in report["findings"])
    assert len(report["findings"]) < 0.15 * made.rows


def test_generated_files_are_the_same_again_and_kept_once_they_are_whole(small: Inputs, tmp_path: Path) -> None:
    again = inputs(tmp_path, SMALL)
    assert [path.read_bytes() for path in _all(again)] == [path.read_bytes() for path in _all(small)]
    assert [path.read_bytes() for path in _all(inputs(tmp_path / "other", SMALL, seed=2))] != [
        path.read_bytes() for path in _all(small)
    ]
    times = [path.stat().st_mtime_ns for path in _all(again)]
    assert inputs(tmp_path, SMALL) == again
    assert [path.stat().st_mtime_ns for path in _all(again)] == times
    (tmp_path / "whole").unlink()
    inputs(tmp_path, SMALL)
    assert [path.stat().st_mtime_ns for path in _all(again)] != times


def _all(made: Inputs) -> list[Path]:
    return [made.profile, made.edition, *sorted(made.incoming.iterdir())]


def test_both_rivals_join_the_very_rows_that_were_sent(small: Inputs, tmp_path: Path) -> None:
    # The first column only numbers the lines.
    wanted = sorted(row[1:] for path in small.incoming.iterdir() for row in limit.read(path)[1])
    assert len(wanted) == small.rows
    assert naive.joined(small.incoming, tmp_path / "naive.xlsx") == small.rows
    assert limit.joined(small.incoming, tmp_path / "limit.xlsx") == small.rows
    for name in ("naive", "limit"):
        sheet = CalamineWorkbook.from_path(tmp_path / f"{name}.xlsx").get_sheet_by_index(0).to_python()
        assert [str(text) for text in sheet[0]] == list(PROFILE.headers("data").values())
        assert sorted([str(text) for text in row[1:]] for row in sheet[1:]) == wanted


def test_the_limit_tells_blanks_unknown_words_missing_documents_and_rows_said_twice() -> None:
    good = ["1", "Т-0001", "без изменений", "в", "п", "внешний", "сайт", "", "цифровая", "н", "да", "", ""]
    assert list(limit.checked([good])) == []
    bad = [*good[:2], "стереть", *good[3:4], "", *good[5:8], "смешанная", *good[9:]]
    new = [*good[:2], "включить", *good[3:]]
    told = [("3", "E", "blank"), ("3", "C", "unknown"), ("3", "I", "unknown")]
    later = [("3", "L", "no document"), ("4", "L", "no document"), ("4", "E", "twice")]
    assert list(limit.checked([good, bad, new])) == [*told, *later]


def test_the_bare_way_writes_every_text_and_number_that_the_merge_wrote(small: Inputs, tmp_path: Path) -> None:
    options = commands.Options(TODAY)
    run, out = tmp_path / "run", tmp_path / "out"
    commands.merge([small.incoming], load_profile(small.profile), small.edition, run, options)
    out.mkdir()
    books = [list(bare.read(path).values()) for path in sorted(run.rglob("*.xlsx"))]
    held = [str(value) for sheets in books for rows in sheets for row in rows for value in row if value != ""]
    assert bare.moved(small.incoming, small.edition, run, out) == len(held) > small.rows * 10
    assert sorted(_shown(sorted(out.glob("*.xlsx")))) == sorted(held)
    assert json.loads(next(out.glob("*.json")).read_bytes()) == json.loads((run / "run.json").read_bytes())
    orders = [ZipFile(path) for path in (*run.glob("*.docx"), *out.glob("*.docx"))]
    first, second = [{name: order.read(name) for name in order.namelist()} for order in orders]
    assert first == second


def _shown(books: list[Path]) -> Iterator[str]:
    for path in books:
        with ZipFile(path) as package:
            shared = [unescape(text) for text in _SHARED.findall(package.read("xl/sharedStrings.xml").decode())]
            for name in package.namelist()[:-1]:
                yield from (shared[int(at)] for at in re.findall(r"<v>(\d+)</v>", package.read(name).decode()))


_SHARED = re.compile("<t>(.*?)</t>", re.DOTALL)


@LINUX
def test_the_cost_of_a_process_counts_what_it_starts(tmp_path: Path) -> None:
    inner = "held = bytearray(80 * 2**20); x = sum(i * i for i in range(10**6)); import time; time.sleep(0.3)"
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {inner!r}])"
    script = tmp_path / "outer.py"
    script.write_text(outer, encoding="utf-8")
    cost = cost_of([sys.executable, str(script)])
    assert cost.rss > 80
    assert cost.cpu > 0
    assert cost.wall >= 0.3
    with pytest.raises(FailedError, match="no luck"):
        cost_of([sys.executable, "-c", "raise SystemExit('no luck')"])
    assert cost_of([sys.executable, "-c", "raise SystemExit('no luck')"], allowed=(1,)).wall > 0


def test_watching_the_stages_changes_no_output_and_counts_each_stage_for_itself(small: Inputs, tmp_path: Path) -> None:
    spent = merged(small.incoming.parent, tmp_path / "watched")
    options = commands.Options(TODAY)
    commands.merge([small.incoming], load_profile(small.profile), small.edition, tmp_path / "plain", options)
    first, second = (
        {path.relative_to(root): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}
        for root in (tmp_path / "watched", tmp_path / "plain")
    )
    assert first == second
    assert len(first) > 2
    assert set(STAGES) | {"other", "sheet annex", "sheet register", "sheet journal"} <= set(spent)


def test_a_stage_inside_another_is_counted_once() -> None:
    watch = Watch()
    for stage in ("outer", "inner", None, None):
        time.sleep(0.01)
        watch.turn(stage)
    assert list(watch.spent) == ["outer", "inner"]
    assert all(item.wall > 0.005 for item in watch.spent.values())


@LINUX
def test_a_whole_measure_prints_ratios_and_writes_its_page(
    small: Inputs, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "argv", ["benchmarks", "--repeat", "1", "--json", f"{tmp_path}/all.json"])
    monkeypatch.setattr(sys, "argv", [*sys.argv, "--write", f"{tmp_path}/page.md", "--folder", f"{tmp_path}/made"])
    monkeypatch.setitem(SIZES, "S", SMALL)
    monkeypatch.chdir(ROOT)
    assert command.main() == 0
    said, page = capsys.readouterr().out, (tmp_path / "page.md").read_text(encoding="utf-8")
    found = json.loads((tmp_path / "all.json").read_text(encoding="utf-8"))["S"]
    assert "merge/naive" in said
    assert f"S – 3 files, {small.rows} rows" in page
    assert set(found["costs"]) == {"merge", "naive", "limit", "bare"}
    ratio = found["costs"]["merge"]["cpu"] / found["costs"]["limit"]["cpu"]
    assert found["ratios"]["merge/limit"]["cpu"] == pytest.approx(ratio)
    assert any(line.startswith("| S | limit |") and f"{ratio:.2f}" in line for line in page.splitlines())
    assert page.index("How many times") < page.index("seconds of the processor")


@LINUX
def test_the_largest_size_is_run_alone_and_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ["--size", "L", "--write", f"{tmp_path}/page.md", "--folder", f"{tmp_path}/made"]
    monkeypatch.setattr(sys, "argv", ["benchmarks", *arguments])
    monkeypatch.setitem(SIZES, "L", SMALL)
    monkeypatch.chdir(ROOT)
    assert command.main() == 0
    assert "merge/" not in capsys.readouterr().out
    page = (tmp_path / "page.md").read_text(encoding="utf-8")
    assert "| L | **merge** |" in page
    assert "How many times" not in page
    assert "Shares" not in page


def test_growth_is_the_slope_of_logarithms() -> None:
    def result(size: str, rows: int, seconds: float) -> Result:
        return Result(size, 1, rows, 1, {"merge": Cost(seconds, seconds, seconds)}, {})

    found = growth([result("M", 1_000, 10.0), result("S", 100, 1.0), result("L", 10_000, 1_000.0)])
    assert {pair: round(slope.cpu, 6) for pair, slope in found.items()} == {
        "S to M": 1.0,
        "M to L": 2.0,
        "S to L": 1.5,
    }


def test_reading_is_timed_by_every_way_there_is(tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="only with the extra `cluster`")
    times = readers.measured(inputs(tmp_path, Size(2, 3)), 2, 1)
    assert list(times) == ["serial", "2 processes", "Dask, 2 workers"]
    assert all(seconds > 0 for seconds in times.values())
