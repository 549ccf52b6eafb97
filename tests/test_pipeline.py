"""The whole way over the samples: what is read, what is written, what is reported; nothing is lost between runs."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tests.books import NEW, UnitBook
from tests.desk import Desk
from workbook_tools.pipeline import commands
from workbook_tools.pipeline.commands import Options, Result
from workbook_tools.pipeline.editions import load_edition
from workbook_tools.profile import load_profile
from workbook_tools.reading.submission import read_submission

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
INCOMING, EDITION = SAMPLES / "incoming", SAMPLES / "edition-2024-03-19.xlsx"
ANNEX = SAMPLES / "annex-2024-03-19.docx"
LOADED = load_profile()
PROFILE = LOADED.profile
TODAY = Options("2026-11-22")

# The types of contract.md, «JSON report»: a tuple is one of several, a string a closed list, a list its items.
HASH, CODE, DAY = re.compile(r"[0-9a-f]{64}"), re.compile(r"Т-\d{4}"), re.compile(r"\d{4}-\d{2}-\d{2}")
RECORD = {
    "code": CODE,
    "direction": str,
    "activity": str,
    "process": str,
    "client": str,
    "touchpoint": str,
    "contact": str,
    "kind": "digital|offline",
    "needs": [str],
    "key": (bool, None),
    "basis": str,
    "unit": str,
    "state": "in_force|quarantined|unconfirmed",
    "source": {"file": str, "sheet": str, "row": int},
}
CLASSES = "|".join(PROFILE.changes)
CHANGE = {
    "classes": [CLASSES],
    "record": CODE,
    "unit": str,
    "before": (RECORD, None),
    "after": (RECORD, None),
    "match": {"by": "code|key|similarity", "score": float, "proposed": bool, "evidence": [str]},
    "rule": ({"touchpoint": str, "before": str, "after": str, "records": [CODE]}, None),
    "text": str,
}
DECISION = {
    "key": re.compile(r"В-\d{12}-\d{6}-\d{2}"),
    "status": "open|accepted|returned|kept|clash|expired",
    "rule": (re.compile(r"П-\d\d|К\d+"), None),
    "record": (str, None),
    "unit": (str, None),
    "question": str,
    "decision": ("accept|return", None),
    "reason": (str, None),
    "until": (DAY, None),
    "who": (str, None),
    "when": (DAY, None),
}
FINDING = {
    "rule": re.compile(r"П-\d\d"),
    "severity": "error|warning|info",
    "clause": str,
    "unit": (str, None),
    "file": (str, None),
    "sheet": (str, None),
    "cell": (re.compile(r"[A-Z]+\d+"), None),
    "row": (int, None),
    "column": (str, None),
    "value": str,
    "message": str,
    "suggestion": (str, None),
    "variant": str,
    "record": (str, None),
    "since": ("left|new", None),
    "answer": (str, None),
}
HEAD = {"schema": int, "command": str, "version": str, "date": DAY, "profile": {"name": str, "sha256": HASH}}
RUN = HEAD | {
    "edition": ({"file": str, "sha256": HASH, "date": DAY, "records": int}, None),
    "files": [
        {
            "file": str,
            "sha256": (HASH, None),
            "unit": (str, None),
            "status": "accepted|rejected|superseded|ignored|unreadable",
            "rows": int,
            "reason": (str, None),
        }
    ],
    "units": [
        {
            "unit": str,
            "name": str,
            "status": "received|missing",
            "rows": int,
            "errors": int,
            "warnings": int,
            "carried_over": int,
            "round": ({"mended": int, "left": int, "new": int}, None),
        }
    ],
    "findings": [FINDING],
    "changes": [CHANGE],
    "reconciliation": dict.fromkeys(
        (
            "read",
            "unchanged",
            "changed",
            "included",
            "excluded",
            "rejected",
            "superseded",
            "carried_over",
            "before",
            "after",
        ),
        int,
    ),
    "ledger": [
        {
            "file": str,
            "sheet": str,
            "filled": int,
            "merged": int,
            "refused": int,
            "superseded": int,
            "aside": [{"row": int, "what": "above|header|repeated|total|number|stray"}],
        }
    ],
    "answers": [
        {
            "unit": (str, None),
            "file": str,
            "rule": str,
            "cell": str,
            "message": str,
            "answer": str,
            "finding": bool,
        }
    ],
    "notes": [{"unit": (str, None), "file": str, "cell": str, "record": (str, None), "note": str}],
    "mended": [FINDING],
    "judged": [{"file": str, "sheet": str, "row": int, "content": re.compile(r"[0-9a-f]{16}")}],
    "rules": [
        {
            "rule": re.compile(r"П-\d\d"),
            "title": str,
            "status": "checked|not_applicable|off",
            "checked": int,
            "counted": "cells|files|units|records|entries|changes|outputs",
            "findings": int,
            "errors": int,
            "warnings": int,
            "infos": int,
        }
    ],
    "decisions": [DECISION],
    "decided_in": ({"file": str, "sha256": HASH}, None),
    "outputs": [str],
}


def unlike(value: Any, shape: Any, at: str = "report") -> list[str]:  # noqa: ANN401 - whatever JSON holds
    """Return where a value is not of its shape; keys in their order, true is no number."""
    if isinstance(shape, dict):
        if not isinstance(value, dict) or list(value) != list(shape):
            return [at]
        return [fault for key in shape for fault in unlike(value[key], shape[key], f"{at}.{key}")]
    if isinstance(shape, list):
        if not isinstance(value, list):
            return [at]
        return [fault for n, item in enumerate(value) for fault in unlike(item, shape[0], f"{at}[{n}]")]
    if isinstance(shape, tuple):
        return [] if any(not unlike(value, one, at) for one in shape) else [at]
    return [] if _is(value, shape) else [at]


def _is(value: object, shape: object) -> bool:
    if shape is None:
        return value is None
    if isinstance(shape, re.Pattern):
        return isinstance(value, str) and shape.fullmatch(value) is not None
    if isinstance(shape, str):
        return value in shape.split("|")
    return type(value) is shape


def hashes(*folders: Path) -> dict[str, str]:
    files = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()]
    return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@pytest.fixture(scope="module")
def merged(tmp_path_factory: pytest.TempPathFactory) -> Result:
    return commands.merge([INCOMING], LOADED, EDITION, tmp_path_factory.mktemp("выпуск"), TODAY)


def run_json(result: Result) -> Any:  # noqa: ANN401 - whatever JSON holds
    path = next(path for path in result.outputs if path.name == "run.json")
    return json.loads(path.read_text(encoding="utf-8"))


# --- the reports ---------------------------------------------------------------------------------------------------


def test_the_report_of_a_merge_is_the_one_of_the_contract(merged: Result) -> None:
    report = run_json(merged)
    assert unlike(report, RUN) == []
    assert report == merged.report
    assert (
        report["schema"],
        report["command"],
        report["date"],
        report["edition"]["date"],
        report["edition"]["records"],
    ) == (
        1,
        "merge",
        "2026-11-22",
        "2024-03-19",
        23,
    )
    assert merged.exit_code == 1


def test_what_a_merge_reports_is_what_lies_there(merged: Result) -> None:
    root = next(path for path in merged.outputs if path.name == "run.json").parent
    written = sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
    assert sorted(merged.report["outputs"]) == written
    assert sorted(merged.outputs) == sorted(root / name for name in written)
    assert written == sorted(
        [
            "Перечень_2026-11-22.xlsx",
            "Проект_приказа_2026-11-22.docx",
            "run.json",
            *(f"замечания/{unit}.xlsx" for unit in ("БУХ", "ИНФ", "ИТ", "КАДР", "ОРГ")),
        ]
    )


def test_the_hashes_in_the_report_are_those_of_the_files(merged: Result) -> None:
    told = {item["file"]: item["sha256"] for item in merged.report["files"]}
    assert told == {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in INCOMING.iterdir()}
    assert merged.report["edition"]["sha256"] == hashlib.sha256(EDITION.read_bytes()).hexdigest()


def test_the_sums_of_the_report_meet(merged: Result) -> None:
    sums = merged.report["reconciliation"]
    parts = ("unchanged", "changed", "included", "excluded", "rejected", "superseded")
    assert sums["read"] == sum(sums[name] for name in parts) == sum(item["rows"] for item in merged.report["files"])
    kinds = [kind for change in merged.report["changes"] for kind in change["classes"]]
    assert sums["before"] + kinds.count("new") - kinds.count("excluded") == sums["after"] == 25
    assert (
        sums["carried_over"]
        == kinds.count("carried_over")
        == sum(unit["carried_over"] for unit in merged.report["units"])
    )


def test_a_new_record_has_no_before_and_a_removed_one_no_after(merged: Result) -> None:
    for change in merged.report["changes"]:
        assert (change["before"] is None) is ("new" in change["classes"])
        assert (change["after"] is None) is ("excluded" in change["classes"])
        assert change["record"] == (change["after"] or change["before"])["code"]


def test_every_finding_on_a_row_names_a_cell_of_that_row(merged: Result) -> None:
    rows = [item for item in merged.report["findings"] if item["cell"]]
    assert len(rows) > 10
    assert [item for item in rows if int(re.sub(r"\D", "", item["cell"])) != item["row"]] == []


def test_a_check_reports_what_a_merge_does_and_writes_no_register(merged: Result, tmp_path: Path) -> None:
    checked = commands.check([INCOMING], LOADED, EDITION, tmp_path, TODAY)
    assert unlike(run_json(checked), RUN) == []
    assert [path.name for path in tmp_path.glob("*.xlsx")] == []
    same = ("files", "units", "findings", "changes", "reconciliation")
    assert {name: checked.report[name] for name in same} == {name: merged.report[name] for name in same}


def test_without_an_edition_the_report_says_null(tmp_path: Path) -> None:
    checked = commands.check([INCOMING / "Перечень_БУХ_2024-03-19.xlsx"], LOADED, None, tmp_path, TODAY)
    assert unlike(run_json(checked), RUN) == []
    assert checked.report["edition"] is None
    assert checked.report["reconciliation"]["before"] == 0


def test_files_that_do_not_count_are_listed_with_their_reason(tmp_path: Path) -> None:
    folder = tmp_path / "входящие"
    shutil.copytree(INCOMING, folder / "вложенная")
    (folder / "письмо.txt").write_text("Добрый день", encoding="utf-8")
    (folder / "~$Перечень.xlsx").write_bytes(b"lock")
    (folder / "пустой.xlsx").touch()
    checked = commands.check([folder], LOADED, EDITION, None, TODAY)
    assert unlike(checked.report, RUN) == []
    told = {item["file"]: (item["status"], item["reason"]) for item in checked.report["files"]}
    assert told["письмо.txt"] == ("ignored", "не книга")
    assert told["~$Перечень.xlsx"] == ("ignored", "служебный файл")
    assert told["пустой.xlsx"] == ("unreadable", "файл пуст: копирование прервалось. Пришлите его ещё раз")
    assert told["вложенная/Перечень_БУХ_2024-03-19.xlsx"] == ("accepted", None)
    assert (checked.exit_code, checked.report["reconciliation"]["read"]) == (2, 30)


def test_the_report_of_an_import_is_the_one_of_the_contract(tmp_path: Path) -> None:
    result = commands.import_annex(ANNEX, LOADED, tmp_path / "Перечень.xlsx")
    shape = HEAD | {
        "edition": {"file": str, "sha256": HASH, "date": DAY, "records": int},
        "records": [RECORD],
        "findings": [FINDING],
        "outputs": [str],
    }
    assert unlike(result.report, shape) == []
    assert [record["code"] for record in result.report["records"]] == [f"Т-{number:04d}" for number in range(1, 25)]
    assert (result.exit_code, result.report["date"], result.report["outputs"]) == (0, "2024-03-19", ["Перечень.xlsx"])
    first = result.report["records"][0]["source"]
    assert (first["file"], first["row"]) == (ANNEX.name, 2)


def test_the_report_of_a_comparison_is_the_one_of_the_contract(merged: Result) -> None:
    result = commands.diff(EDITION, merged.outputs[0], LOADED)
    side = {"file": str, "sha256": HASH, "records": int}
    shape = HEAD | {
        "old": side,
        "new": side,
        "changes": [CHANGE],
        "balance": dict.fromkeys(("before", "new", "excluded", "regrouped", "after"), int),
        "findings": [FINDING],
        "decisions": [DECISION],
        "outputs": [str],
    }
    assert unlike(result.report, shape) == []
    assert (result.report["old"]["records"], result.report["new"]["records"], result.exit_code) == (23, 25, 1)


# --- runs that follow one another ----------------------------------------------------------------------------------


def test_a_second_run_into_another_folder_is_the_same_byte_by_byte_and_no_input_changes(
    merged: Result, tmp_path: Path
) -> None:
    before = hashes(SAMPLES, ROOT / "templates")
    again = commands.merge([INCOMING], LOADED, EDITION, tmp_path / "другая папка", TODAY)
    assert len(again.outputs) == len(merged.outputs) == 8
    for one, other in zip(merged.outputs, again.outputs, strict=True):
        assert one.name == other.name
        assert one.read_bytes() == other.read_bytes()
    assert hashes(SAMPLES, ROOT / "templates") == before


def test_the_order_of_the_paths_and_more_workers_make_no_difference(merged: Result, tmp_path: Path) -> None:
    backwards = sorted(INCOMING.iterdir(), reverse=True)
    again = commands.merge(backwards, LOADED, EDITION, tmp_path, Options("2026-11-22", workers=2))
    assert [path.read_bytes() for path in again.outputs] == [path.read_bytes() for path in merged.outputs]


def test_every_stage_of_a_merge_is_told_from_its_beginning_to_its_end(tmp_path: Path) -> None:
    told: dict[str, list[tuple[int, int]]] = {}

    def note(stage: str, done: int, total: int) -> None:
        told.setdefault(stage, []).append((done, total))

    commands.merge([INCOMING], LOADED, EDITION, tmp_path, replace(TODAY, progress=note))
    stages = list(told)
    assert stages[:2] == ["Чтение файлов", "Чтение действующей редакции"]
    assert stages[2:4] == ["Проверка по правилам", "Сравнение с прежней редакцией"]
    assert stages[4:6] == ["Лист «Приложение 1»", "Лист «Реестр»"]
    assert stages[-6:] == [
        "Упаковка книги",
        "Проект приказа",
        "Возвратные копии",
        "Отчёт о запуске",
        "Самопроверка записанного",
        "Публикация итогов",
    ]
    assert {steps[-1] for steps in told.values()} >= {(1, 1), (3, 3)}
    assert [stage for stage, steps in told.items() if steps[-1][0] != steps[-1][1]] == []


def test_the_changes_of_a_merge_are_those_between_the_written_editions(merged: Result) -> None:
    compared = commands.diff(EDITION, merged.outputs[0], LOADED)
    cases = {"new", "kind_changed", "needs_changed", "excluded"}

    def told(report: dict[str, Any]) -> list[tuple[str, list[str]]]:
        kept = [
            (change["record"], [kind for kind in change["classes"] if kind in cases]) for change in report["changes"]
        ]
        return [pair for pair in kept if pair[1]]

    assert told(compared.report) == told(merged.report)
    assert len(told(merged.report)) == 6


def test_the_written_register_is_the_edition_of_the_next_run(merged: Result, tmp_path: Path) -> None:
    register = merged.outputs[0]
    edition = load_edition(register, PROFILE).edition
    assert merged.dossier is not None
    assert edition.records.equals(merged.dossier.records)
    assert (edition.date, edition.last_code) == ("2026-11-22", 27)

    made = commands.templates(LOADED, register, tmp_path / "шаблоны")
    assert [path.name for path in made.outputs] == [f"Перечень_{unit.code}_2026-11-22.xlsx" for unit in PROFILE.units]
    for path, unit in zip(made.outputs, PROFILE.units, strict=True):
        own = edition.records[edition.records["unit"] == unit.code]
        rows = read_submission(path, path.name, PROFILE).rows
        assert [row.texts["code"] for row in rows] == own["code"].tolist()
        assert {row.texts["action"] for row in rows} == {"без изменений"}
        assert [row.texts["needs"] for row in rows] == own["needs"].tolist()

    following = commands.merge([tmp_path / "шаблоны"], LOADED, register, tmp_path / "выпуск", Options("2026-12-01"))
    assert following.report["edition"]["file"] == register.name
    sums = following.report["reconciliation"]
    assert (sums["before"], sums["after"], sums["read"]) == (25, 25, 26)


def test_texts_that_fill_their_cells_stop_no_run(tmp_path: Path) -> None:
    desk, book = Desk(tmp_path), UnitBook()
    for letter in "жщ":
        book.add(**NEW | {"contact": letter * 20_000})
    desk.send("КАДР", book)
    result = desk.merge()
    values = [item["value"] for item in run_json(result)["findings"] if item["column"] == "contact"]
    assert {"ж" * 20_000, "щ" * 20_000} <= set(values)
    assert (tmp_path / "выпуск" / "замечания" / "КАДР.xlsx").is_file()


def test_a_template_sent_back_untouched_lacks_only_its_signature(tmp_path: Path) -> None:
    made = commands.templates(LOADED, EDITION, tmp_path / "шаблоны", ["БУХ"], "4 квартал 2026 г.")
    checked = commands.check(list(made.outputs), LOADED, EDITION, None, TODAY)
    on_file = [item for item in checked.report["findings"] if item["file"]]
    assert {item["rule"] for item in on_file if item["severity"] == "error"} == {"П-17"}
    # The edition's own defects: a telephone without a number, a need in words of its own.
    assert {item["rule"] for item in on_file} == {"П-11", "П-17", "П-23"}
    assert [item["status"] for item in checked.report["files"]] == ["rejected"]


@pytest.mark.parametrize("unit", ["ИНФ", "ИТ", "КАДР", "ОРГ"])
def test_a_returned_copy_sent_back_untouched_is_read_as_the_same_rows(merged: Result, unit: str) -> None:
    (copy,) = [path for path in merged.outputs if path.name == f"{unit}.xlsx"]
    sent = read_submission(INCOMING / f"Перечень_{unit}_2024-03-19.xlsx", "a.xlsx", PROFILE)
    back = read_submission(copy, "a.xlsx", PROFILE)
    assert (back.unreadable, back.remarks, back.unit, back.meta["unit"]) == ("", (), unit, unit)

    def typed(rows: Any) -> list[dict[str, str]]:  # noqa: ANN401 - rows as read
        return [{name: text for name, text in row.texts.items() if name != "number"} for row in rows]

    assert typed(back.rows[: len(sent.rows)]) == typed(sent.rows)
    restored = [row.texts["code"] for row in back.rows[len(sent.rows) :]]
    assert restored == (["Т-0008"] if unit == "КАДР" else [])
    signed = {name: value.text for name, value in sent.title.items()}
    assert {name: value.text for name, value in back.title.items()} == signed


def test_the_returned_copies_sent_back_untouched_are_found_to_have_the_same_errors(
    merged: Result, tmp_path: Path
) -> None:
    for path in merged.outputs:
        if path.parent.name == "замечания":
            shutil.copy(path, tmp_path / path.name)
    checked = commands.check([tmp_path], LOADED, EDITION, None, TODAY)

    def told(report: dict[str, Any]) -> set[tuple[str, str, str]]:
        rows = [item for item in report["findings"] if item["severity"] == "error" and item["unit"]]
        return {(item["unit"], item["rule"], item["column"]) for item in rows}

    # The copy restores the row that the unit had deleted: that one error is mended by sending it back.
    assert told(merged.report) - told(checked.report) == {("КАДР", "П-15", "code")}
    assert told(checked.report) <= told(merged.report)
    assert checked.exit_code == 1
