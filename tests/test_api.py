"""The library for other programs keeps its promises: names, columns, frames of one's own, nothing written unasked."""

from __future__ import annotations

import ast
import datetime
import doctest
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import workbook_tools
from workbook_tools import Outcome, WorkbookToolsError, api, check, diff, load_profile, merge, records

if TYPE_CHECKING:
    import pandas as pd

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "api.md"
SAMPLES = ROOT / "samples"
INCOMING, EDITION, ANNEX = SAMPLES / "incoming", SAMPLES / "edition-2024-03-19.xlsx", SAMPLES / "annex-2024-03-19.docx"
DAY = "2026-11-22"
INTEGERS = {"row", "rows", "change", "errors", "warnings", "carried_over"}


@pytest.fixture(scope="module")
def merged() -> Outcome:
    return merge(INCOMING, edition=EDITION, date=DAY)


def frames(outcome: Outcome) -> dict[str, pd.DataFrame]:
    return {name: getattr(outcome, name) for name in ("records", "findings", "changes", "files", "units")}


def test_every_example_of_the_page_comes_out_as_it_stands_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(SAMPLES, tmp_path / "samples")
    monkeypatch.chdir(tmp_path)
    examples = doctest.DocTestParser().get_doctest(PAGE.read_text(encoding="utf-8"), {}, PAGE.name, str(PAGE), 0)
    assert len(examples.examples) > 10
    result = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE).run(examples)
    assert result.failed == 0, capsys.readouterr().out


def test_the_page_names_every_column_in_its_order(merged: Outcome) -> None:
    lines = re.findall(r"^\| `(\w+)` \|.*\| (.*) \|$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    named = {name: re.findall(r"`(\w+)`", columns) for name, columns in lines}
    assert named == {name: list(frame.columns) for name, frame in frames(merged).items()}


def test_the_words_of_the_outcome_name_every_column(merged: Outcome) -> None:
    said = Outcome.__doc__ or ""
    assert [name for frame in frames(merged).values() for name in frame.columns if f"`{name}`" not in said] == []


def test_the_frames_are_text_with_blanks_and_number_their_rows(merged: Outcome) -> None:
    for outcome in (merged, diff(EDITION, EDITION)):
        for frame in frames(outcome).values():
            assert frame.index.tolist() == list(range(len(frame)))
            kinds = {name: str(kind) for name, kind in frame.dtypes.items()}
            special = {"score": "float64", "proposed": "bool"}
            assert kinds == {
                name: special.get(str(name), "int64" if name in INTEGERS else "str") for name in frame.columns
            }
            assert not frame.isna().any(axis=None)


def test_the_frames_say_what_the_report_says(merged: Outcome) -> None:
    report = merged.report
    assert merged.exit_code == 1
    assert [(item["file"], item["status"], item["rows"]) for item in report["files"]] == records.tuples(
        merged.files, "file", "status", "rows"
    )
    assert [(item["rule"], item["cell"] or "", item["row"] or 0) for item in report["findings"]] == records.tuples(
        merged.findings, "rule", "cell", "row"
    )
    lines = [
        (item["record"], name, item["match"]["proposed"]) for item in report["changes"] for name in item["classes"]
    ]
    assert lines == records.tuples(merged.changes, "record", "class", "proposed")
    assert report["reconciliation"]["after"] == (merged.records["state"] != "quarantined").sum()
    assert merged.units.set_index("unit")["status"].to_dict() == {
        item["unit"]: item["status"] for item in report["units"]
    }


def test_a_record_that_changed_in_several_ways_has_one_number(merged: Outcome) -> None:
    of_one = merged.changes[merged.changes["record"] == "Т-0002"]
    assert of_one["class"].tolist() == ["contact_changed", "key_changed"]
    assert len(set(of_one["change"])) == 1
    assert not merged.changes["proposed"].any()


def test_the_frames_are_the_callers_own(merged: Outcome) -> None:
    before = merged.report["findings"]
    again = merge(INCOMING, edition=EDITION, date=DAY)
    again.findings["message"] = "иначе"
    again.records["code"] = ""
    assert again.report["findings"] == before


def test_nothing_is_written_unless_a_place_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert check([INCOMING], edition=str(EDITION), date=datetime.date(2026, 11, 22)).outputs == ()
    assert merge(str(INCOMING), edition=EDITION, date=DAY).outputs == ()
    assert diff(EDITION, ANNEX).outputs == ()
    assert list(tmp_path.iterdir()) == []


def test_with_a_place_the_same_bytes_are_written_as_by_the_command(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "наши", tmp_path / "команды"
    written = merge(INCOMING, edition=EDITION, date=DAY, out=ours).outputs
    order = ["merge", str(INCOMING), "--edition", str(EDITION), "--date", DAY, "--out", str(theirs), "--quiet"]
    subprocess.run([sys.executable, "-m", "workbook_tools", *order], check=False, capture_output=True)
    assert written
    for path in written:
        assert path.read_bytes() == (theirs / path.relative_to(ours)).read_bytes()


def test_strict_writes_nothing_where_there_is_an_error(tmp_path: Path) -> None:
    assert merge(INCOMING, edition=EDITION, date=DAY, out=tmp_path / "выпуск", strict=True).exit_code == 1
    assert list(tmp_path.iterdir()) == []


def test_two_editions_are_compared_and_the_comparison_written(tmp_path: Path) -> None:
    book = tmp_path / "сравнение.xlsx"
    compared = diff(EDITION, ANNEX, out=book, date=DAY)
    assert compared.outputs == (book,)
    assert len(compared.records) == 24
    assert compared.files.empty
    assert compared.units.empty
    assert compared.report["command"] == "diff"


def test_what_cannot_be_done_is_raised_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(WorkbookToolsError, match="date: «вчера» не дата"):
        check(INCOMING, date="вчера")
    with pytest.raises(WorkbookToolsError, match="date: 1899-01-01 раньше всех дат"):
        diff(EDITION, EDITION, date=datetime.date(1899, 1, 1))
    with pytest.raises(WorkbookToolsError, match=r"нет\.xlsx: такого файла нет"):
        diff(EDITION, tmp_path / "нет.xlsx")
    with pytest.raises(WorkbookToolsError, match=r"out: «итог\.docx» – книга записывается только в формате \.xlsx"):
        diff(EDITION, EDITION, out=tmp_path / "итог.docx")
    with pytest.raises(WorkbookToolsError, match="такого файла нет"):
        load_profile(tmp_path / "нет.toml")


def test_a_file_that_cannot_be_read_is_a_finding_and_the_others_are_read(tmp_path: Path) -> None:
    broken = tmp_path / "Перечень.xlsx"
    broken.write_bytes(b"no workbook")
    checked = check([broken, INCOMING], edition=EDITION, date=DAY)
    assert checked.exit_code == 2
    assert checked.files["status"].value_counts()["accepted"] == 5
    assert checked.findings.query("rule == 'П-01'")["file"].tolist() == [broken.name]


@pytest.mark.parametrize("workers", [1, 2])
def test_a_script_without_a_guard_is_run_once(tmp_path: Path, workers: int) -> None:
    script = tmp_path / "script.py"
    script.write_text(
        "print('once')\n"
        "from workbook_tools import merge\n"
        f"print(merge({str(INCOMING)!r}, edition={str(EDITION)!r}, date={DAY!r}, out={str(tmp_path / 'out')!r}, "
        f"workers={workers}).exit_code)\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.stdout.split(), done.stderr) == (["once", "1"], "")


def test_the_package_hands_on_exactly_what_the_library_offers() -> None:
    assert set(workbook_tools.__all__) == set(api.__all__)
    assert set(workbook_tools.__all__) <= set(dir(workbook_tools))
    for name in workbook_tools.__all__:
        assert getattr(workbook_tools, name) is getattr(api, name)
    with pytest.raises(AttributeError, match="module 'workbook_tools' has no attribute 'publishing'"):
        workbook_tools.__getattr__("publishing")


def test_type_checkers_are_told_the_same_names() -> None:
    tree = ast.parse(Path(workbook_tools.__file__).read_text(encoding="utf-8"))
    told = [
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "workbook_tools.api"
        for alias in node.names
    ]
    assert sorted(told) == sorted(workbook_tools.__all__)
    assert (Path(workbook_tools.__file__).parent / "py.typed").is_file()
