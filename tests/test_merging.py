"""Edition + submissions -> next edition: every row is accounted for, nothing is lost, nothing is invented."""

from __future__ import annotations

import datetime
import random
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.books import looked_at
from workbook_tools import records
from workbook_tools.comparing import count, meets
from workbook_tools.errors import InternalError
from workbook_tools.merging import Reconciliation, SheetLedger, sheet_ledgers
from workbook_tools.pipeline.consolidating import consolidate
from workbook_tools.pipeline.editions import load_edition
from workbook_tools.profile import load_profile
from workbook_tools.records import IN_FORCE, QUARANTINED, UNCONFIRMED, Edition
from workbook_tools.reports.consolidated import write_consolidated
from workbook_tools.submissions import RawRow, SetAside, Submission

if TYPE_CHECKING:
    from workbook_tools.dossier import Dossier

SAMPLES = Path(__file__).parent.parent / "samples"
LOADED = load_profile()
PROFILE = LOADED.profile
EDITION = load_edition(SAMPLES / "edition-2024-03-19.xlsx", PROFILE).edition
TODAY = "2026-11-22"
BASIS = "приказ от 12.10.2026 № 77"
STAFF = "кадровая работа"
COMPUTING = "информационно-техническое обеспечение сотрудников"
HEADERS = PROFILE.headers("data")
SOURCE = "{file} › Сведения › строка {row}"

Row = dict[str, str]


def given_rows(unit: str, edition: Edition = EDITION) -> list[Row]:
    """Return what a unit's template holds before anybody touches it."""
    own = edition.records[edition.records["unit"] == unit]
    return [
        {name: PROFILE.shown(name, str(record[name])) for name in ("code", *records.CONTENT)}
        | {"action": "без изменений"}
        for record in records.rows(own)
    ]


def new_row(**values: str) -> Row:
    base = {
        "action": "включить",
        "activity": COMPUTING,
        "process": "Выдача оборудования",
        "client": "внутренний",
        "touchpoint": "телефонная связь",
        "contact": "(4812) 00-00-01",
        "kind": "офлайн",
        "needs": "Получение консультации",
        "basis": BASIS,
    }
    return base | values


def edited(rows: list[Row], code: str, **values: str) -> list[Row]:
    return [row | values if row["code"] == code else row for row in rows]


@dataclass(frozen=True)
class Sent:
    """A unit's file before it is written."""

    unit: str
    rows: list[Row]
    name: str = ""
    filled: datetime.date = datetime.date(2026, 11, 18)


def write(folder: Path, sent: Sent) -> Path:
    """Write a unit's file as plainly as a unit could: two sheets, labels and headers, values."""
    path = folder / (sent.name or f"{sent.unit}.xlsx")
    title = {
        "unit": sent.unit,
        "unit_name": PROFILE.unit_name(sent.unit),
        "executor_name": "Орлов Ж.Ж.",
        "executor_post": "специалист",
        "executor_phone": "00-00-00",
        "filled": sent.filled.strftime("%d.%m.%Y"),
        "head_name": "Волков З.З.",
        "head_post": "начальник отдела",
        "checked": sent.filled.strftime("%d.%m.%Y"),
        "has_changes": "да",
    }
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Титул")
        for at, spec in enumerate(PROFILE.title_fields):
            sheet.write_row(at, 1, [spec.label, title.get(spec.name, "")])
        sheet = book.add_worksheet("Сведения")
        sheet.write_row(4, 0, list(HEADERS.values()))
        for at, row in enumerate(sent.rows, 5):
            sheet.write_row(at, 0, [row.get(name, "") for name in HEADERS])
    return path


def merged(folder: Path, *files: Sent, edition: Edition | None = EDITION, today: str = TODAY) -> Dossier:
    paths = [write(folder, sent) for sent in files]
    return consolidate(looked_at(*paths, edition=edition, profile=PROFILE, today=today), edition, LOADED, today)


def all_units(**changed: list[Row]) -> list[Sent]:
    return [Sent(unit.code, changed.get(unit.code, given_rows(unit.code))) for unit in PROFILE.units]


def found(dossier: Dossier, code: str) -> dict[str, Any]:
    (row,) = records.rows(dossier.records[dossier.records["code"] == code])
    return row


def log(dossier: Dossier, *codes: str) -> list[tuple[str, tuple[str, ...]]]:
    pairs = [(str(change.record["code"]), change.classes) for change in dossier.changes]
    return [pair for pair in pairs if not codes or pair[0] in codes]


def sums(dossier: Dossier) -> Mapping[str, int]:
    assert dossier.reconciliation is not None
    return dossier.reconciliation.as_json()


def errors(dossier: Dossier) -> list[str]:
    return dossier.findings.loc[dossier.findings["severity"] == "error", "message"].tolist()


# --- one action at a time ------------------------------------------------------------------------------------------


def test_when_all_units_confirm_everything_nothing_changes(tmp_path: Path) -> None:
    dossier = merged(tmp_path, *all_units())
    assert list(dossier.changes) == []
    assert sums(dossier) == {
        "read": 24,
        "unchanged": 24,
        "changed": 0,
        "included": 0,
        "excluded": 0,
        "rejected": 0,
        "superseded": 0,
        "carried_over": 0,
        "before": 23,
        "after": 23,
    }
    before = EDITION.records.set_index("code")
    after = dossier.records.set_index("code")
    assert before[list(records.CONTENT)].equals(after[list(records.CONTENT)])
    assert after["state"].to_dict() == before["state"].to_dict()
    assert found(dossier, "Т-0009")["source"] == SOURCE.format(file="ИТ.xlsx", row=6)


def test_a_confirmed_record_keeps_every_word_of_the_edition(tmp_path: Path) -> None:
    rows = edited(given_rows("ИТ"), "Т-0009", process="рассмотрение заявок на снабжение ПО и техникой в министерстве.")
    dossier = merged(tmp_path, Sent("ИТ", rows))
    assert found(dossier, "Т-0009")["process"] == "Рассмотрение заявок на снабжение ПО и техникой в Министерстве"


def test_the_records_of_a_silent_unit_are_carried_over_as_they_are(tmp_path: Path) -> None:
    files = [sent for sent in all_units() if sent.unit != "АХО"]
    dossier = merged(tmp_path, *files)
    assert log(dossier) == [(code, ("carried_over",)) for code in ("Т-0022", "Т-0023", "Т-0024")]
    assert dossier.changes[0].text == (
        "Т-0022. Подразделение «Отдел хозяйственного обеспечения (пример)» сведений не представило; "
        "запись перенесена из редакции от 19.03.2024."
    )
    (was,) = records.rows(EDITION.records[EDITION.records["code"] == "Т-0022"])
    assert found(dossier, "Т-0022") == was | {"state": UNCONFIRMED}
    assert sums(dossier)["carried_over"] == 3


def test_a_row_with_an_error_leaves_the_record_as_the_edition_has_it(tmp_path: Path) -> None:
    rows = edited(given_rows("ИТ"), "Т-0009", action="изменить", needs="Иное")
    dossier = merged(tmp_path, *all_units(ИТ=rows))
    assert errors(dossier) == [
        "Укажите документ-основание (вид, дата, номер): без него действие «изменить» не принимается."
    ]
    record = found(dossier, "Т-0009")
    assert (record["needs"], record["state"]) == (EDITION.records.set_index("code").loc["Т-0009", "needs"], UNCONFIRMED)
    assert [change.text for change in dossier.changes] == [
        (
            "Т-0009. Сведения подразделения «Отдел информационных технологий (пример)» по этой записи не приняты; "
            "запись перенесена из редакции от 19.03.2024."
        )
    ]
    assert sums(dossier)["rejected"] == 1


def test_a_new_row_with_an_error_waits(tmp_path: Path) -> None:
    dossier = merged(tmp_path, *all_units(ИТ=[*given_rows("ИТ"), new_row(kind="смешанная")]))
    assert list(dossier.changes) == []
    assert (sums(dossier)["rejected"], len(dossier.records)) == (1, 24)


def test_a_file_with_an_error_of_the_file_gives_nothing(tmp_path: Path) -> None:
    sent = Sent("ИТ", [*given_rows("ИТ"), new_row()], filled=datetime.date(2030, 1, 1))
    dossier = merged(tmp_path, sent)
    assert [item.status for item in dossier.files] == ["rejected"]
    assert count(list(dossier.changes), "new") == 0
    assert sums(dossier)["rejected"] == 9


def test_an_excluded_record_is_gone_and_its_basis_is_told(tmp_path: Path) -> None:
    rows = edited(given_rows("ИТ"), "Т-0013", action="исключить", basis=BASIS)
    dossier = merged(tmp_path, *all_units(ИТ=rows))
    assert "Т-0013" not in set(dossier.records["code"])
    assert [change.text for change in dossier.changes] == [
        (
            "Т-0013. Исключена точка «Здание Дома Советов» по процессу «Техническое сопровождение мероприятий "
            f"Министерства». Основание: {BASIS}."
        )
    ]
    assert (sums(dossier)["excluded"], sums(dossier)["after"]) == (1, 22)


def test_a_record_that_is_excluded_and_included_again_in_one_run_keeps_its_code(tmp_path: Path) -> None:
    gone = next(row for row in given_rows("ИТ") if row["code"] == "Т-0013")
    come = gone | {"code": "", "action": "включить", "needs": "Получение форм документов", "basis": "приказ № 2"}
    rows = [*edited(given_rows("ИТ"), "Т-0013", action="исключить", basis=BASIS), come]
    dossier = merged(tmp_path, *all_units(ИТ=rows))
    assert [(change.classes, change.text) for change in dossier.changes] == [
        (
            ("needs_changed",),
            (
                "Т-0013. Точка «Здание Дома Советов», процесс «Техническое сопровождение мероприятий Министерства»: "
                "добавлены потребности: Получение форм документов; исключены: Получение консультации. "
                "Основание: приказ № 2."
            ),
        )
    ]
    assert found(dossier, "Т-0013")["source"] == SOURCE.format(file="ИТ.xlsx", row=14)
    assert dossier.last_code == 24
    assert (sums(dossier)["included"], sums(dossier)["excluded"], sums(dossier)["after"]) == (1, 1, 23)
    (told,) = [row for row in records.rows(dossier.findings) if row["variant"] == "again"]
    assert (told["severity"], told["cell"]) == ("info", "C14")
    assert f"в строке 10 (основание: {BASIS}). Запись Т-0013 остаётся в Перечне под своим кодом" in told["message"]


def test_a_record_that_one_unit_excludes_and_another_includes_goes_over_with_its_code(tmp_path: Path) -> None:
    gone = next(row for row in given_rows("ИТ") if row["code"] == "Т-0013")
    come = gone | {"code": "", "action": "включить", "basis": "приказ № 2"}
    mine = edited(given_rows("ИТ"), "Т-0013", action="исключить", basis=BASIS)
    dossier = merged(tmp_path, *all_units(ИТ=mine, КАДР=[*given_rows("КАДР"), come]))
    assert log(dossier) == [("Т-0013", ("unit_changed",))]
    assert found(dossier, "Т-0013")["unit"] == "КАДР"
    (told,) = [row for row in records.rows(dossier.findings) if row["variant"] == "taken_over"]
    assert (told["file"], told["cell"]) == ("КАДР.xlsx", "C10")
    assert f"(ИТ.xlsx, строка 10, основание: {BASIS})" in told["message"]


TWIN = EDITION.records[EDITION.records["code"] == "Т-0013"].assign(code="Т-0025")
TWINS = {"Т-0013", "Т-0025"}


def with_twin(**values: str) -> Edition:
    """Return the edition with a second record of the process and touchpoint of Т-0013."""
    twin = TWIN.assign(**values)
    return replace(EDITION, records=pd.concat([EDITION.records, twin], ignore_index=True), last_code=25)


@pytest.mark.parametrize("code", sorted(TWINS))
def test_of_two_records_with_one_key_only_the_one_whose_code_is_named_is_excluded(code: str, tmp_path: Path) -> None:
    edition = with_twin(needs="Получение ответа")
    rows = edited(given_rows("ИТ", edition), code, action="исключить", basis=BASIS)
    dossier = merged(tmp_path, *all_units(ИТ=rows), edition=edition)
    assert TWINS & set(dossier.records["code"]) == TWINS - {code}
    assert log(dossier) == [(code, ("excluded",))]
    assert (sums(dossier)["excluded"], sums(dossier)["carried_over"]) == (1, 0)


def test_of_two_records_with_one_key_none_is_excluded_where_no_code_is_named(tmp_path: Path) -> None:
    edition = with_twin(needs="Получение ответа")
    blank = {"code": "", "action": "исключить", "basis": BASIS}
    rows = [row | blank if row["code"] == "Т-0013" else row for row in given_rows("ИТ", edition)]
    dossier = merged(tmp_path, *all_units(ИТ=rows), edition=edition)
    assert set(dossier.records["code"]) >= TWINS
    assert found(dossier, "Т-0013")["state"] == UNCONFIRMED
    assert [item["variant"] for item in records.rows(dossier.findings) if item["severity"] == "error"] == [
        "deleted",
        "no_code",
    ]


def test_the_basis_of_an_exclusion_that_leaves_a_record_saying_the_same_is_told(tmp_path: Path) -> None:
    edition = with_twin()
    rows = edited(given_rows("ИТ", edition), "Т-0025", action="исключить", basis=BASIS)
    dossier = merged(tmp_path, *all_units(ИТ=rows), edition=edition)
    assert [(change.classes, change.before and change.before["code"], change.basis) for change in dossier.changes] == [
        (("split_merged",), "Т-0013", ""),
        (("split_merged",), "Т-0025", BASIS),
    ]


def test_a_kind_of_the_edition_that_is_none_is_kept_as_written_and_told_to_the_officer(tmp_path: Path) -> None:
    kinds = EDITION.records["kind"].where(EDITION.records["code"] != "Т-0013", "смешанная")
    edition = replace(EDITION, records=EDITION.records.assign(kind=kinds))
    dossier = merged(tmp_path, Sent("КАДР", given_rows("КАДР")), edition=edition)
    assert found(dossier, "Т-0013")["kind"] == "смешанная"
    told = [row for row in records.rows(dossier.findings) if row["rule"] == "П-05"]
    assert [(row["severity"], row["file"], row["record"], row["value"]) for row in told] == [
        ("warning", edition.file, "Т-0013", "смешанная")
    ]


def test_a_record_that_comes_again_stays_with_its_unit_whoever_else_includes_it(tmp_path: Path) -> None:
    gone = next(row for row in given_rows("БУХ") if row["code"] == "Т-0018")
    come = gone | {"code": "", "action": "включить", "basis": "приказ № 2"}
    mine = [*edited(given_rows("БУХ"), "Т-0018", action="исключить", basis=BASIS), come]
    dossier = merged(tmp_path, *all_units(БУХ=mine, ИТ=[*given_rows("ИТ"), come]))
    assert log(dossier) == []
    assert found(dossier, "Т-0018")["unit"] == "БУХ"


def test_a_touchpoint_that_replaces_another_takes_the_code_of_its_excluded_record(tmp_path: Path) -> None:
    rows = edited(given_rows("БУХ"), "Т-0018", action="исключить", basis=BASIS)
    rows = edited(rows, "Т-0019", action="изменить", touchpoint="Здание Дома Советов", basis="приказ № 2")
    dossier = merged(tmp_path, *all_units(БУХ=rows))
    assert log(dossier) == [("Т-0019", ("excluded",))]
    assert found(dossier, "Т-0018")["basis"] == "приказ № 2"
    assert dossier.last_code == 24


def test_a_changed_record_keeps_its_code_and_names_its_new_place(tmp_path: Path) -> None:
    rows = edited(
        given_rows("ИТ"), "Т-0015", action="изменить", needs="Получение форм документов", key="да", basis=BASIS
    )
    dossier = merged(tmp_path, *all_units(ИТ=rows))
    record = found(dossier, "Т-0015")
    assert (record["needs"], record["key"], record["basis"], record["state"], record["unit"]) == (
        "Получение форм документов",
        "yes",
        BASIS,
        IN_FORCE,
        "ИТ",
    )
    assert record["source"] == SOURCE.format(file="ИТ.xlsx", row=12)
    assert log(dossier) == [("Т-0015", ("needs_changed", "key_changed"))]


def test_a_deleted_row_is_never_an_exclusion(tmp_path: Path) -> None:
    rows = [row for row in given_rows("ИТ") if row["code"] != "Т-0013"]
    dossier = merged(tmp_path, *all_units(ИТ=rows))
    assert errors(dossier) == ["Строка Т-0013 удалена. Чтобы исключить точку, верните строку и выберите «исключить»."]
    assert found(dossier, "Т-0013")["state"] == UNCONFIRMED


def test_another_touchpoint_in_a_coded_row_gets_a_new_code_and_the_two_are_linked(tmp_path: Path) -> None:
    rows = edited(given_rows("ИТ"), "Т-0013", action="изменить", touchpoint="МФЦ", basis=BASIS)
    dossier = merged(tmp_path, *all_units(ИТ=rows))
    assert log(dossier) == [("Т-0013", ("excluded", "replaced")), ("Т-0025", ("new", "replaced"))]
    process = "Техническое сопровождение мероприятий Министерства"
    link = f"Т-0013 → Т-0025. Точка «Здание Дома Советов» заменена точкой «МФЦ» по процессу «{process}»."
    assert [change.entries[1].text for change in dossier.changes] == [link, link]
    assert dossier.changes[0].entries[0].text.endswith(f"Основание: {BASIS}.")
    assert "Т-0013" not in set(dossier.records["code"])
    assert dossier.last_code == 25
    assert sums(dossier)["changed"] == 1


def test_records_are_told_apart_by_their_places_whatever_their_index_says(tmp_path: Path) -> None:
    files = all_units(ИТ=[row | {"action": "изменить", "basis": BASIS, "contact": "1"} for row in given_rows("ИТ")])
    pieces = replace(EDITION, records=EDITION.records.set_axis([0] * len(EDITION.records)))
    whole, same = (merged(tmp_path, *files, edition=edition).records for edition in (EDITION, pieces))
    pd.testing.assert_frame_equal(same, whole)


def test_records_of_two_units_that_agree_are_united(tmp_path: Path) -> None:
    mine = new_row(needs="Получение консультации; выдача бланков", contact="", basis="приказ № 1")
    theirs = new_row(needs="Выдача бланков; ответ на вопрос", process="выдача  оборудования.", basis="приказ № 2")
    dossier = merged(tmp_path, *all_units(ИТ=[*given_rows("ИТ"), mine], КАДР=[*given_rows("КАДР"), theirs]))
    assert count(list(dossier.changes), "new") == 1
    record = found(dossier, "Т-0025")
    assert record["needs"].casefold() == "выдача бланков; ответ на вопрос; получение консультации"
    assert record["contact"] == "(4812) 00-00-01"
    assert record["basis"] == "приказ № 2; приказ № 1"
    assert record["source"] == "; ".join(
        (SOURCE.format(file="КАДР.xlsx", row=10), SOURCE.format(file="ИТ.xlsx", row=14))
    )
    assert sums(dossier)["included"] == 2


def test_what_three_units_say_alike_stands_once_in_their_record(tmp_path: Path) -> None:
    said = {"КАДР": ("приказ № 1", "каб. 1"), "ИТ": ("приказ № 2", "каб. 2"), "БУХ": ("приказ № 1", "каб. 1")}
    rows = {
        unit: [*given_rows(unit), new_row(touchpoint="здание Министерства", basis=basis, contact=contact)]
        for unit, (basis, contact) in said.items()
    }
    record = found(merged(tmp_path, *all_units(**rows)), "Т-0025")
    assert (record["basis"], record["contact"]) == ("приказ № 1; приказ № 2", "каб. 1; каб. 2")
    assert record["source"].count("; ") == 2


def test_records_of_two_units_that_disagree_on_the_kind_wait(tmp_path: Path) -> None:
    dossier = merged(
        tmp_path,
        *all_units(ИТ=[*given_rows("ИТ"), new_row()], КАДР=[*given_rows("КАДР"), new_row(kind="цифровая")]),
    )
    assert list(dossier.changes) == []
    assert sums(dossier)["rejected"] == 2
    assert all("указана с разным видом" in message for message in errors(dossier))


def test_a_change_to_another_units_record_waits_for_the_officer(tmp_path: Path) -> None:
    foreign = edited(given_rows("БУХ"), "Т-0020", action="исключить", basis=BASIS)
    rows = [*given_rows("ИТ"), *(row for row in foreign if row["code"] == "Т-0020")]
    dossier = merged(tmp_path, *all_units(ИТ=rows))
    assert list(dossier.changes) == []
    assert found(dossier, "Т-0020")["state"] == IN_FORCE
    assert sums(dossier)["rejected"] == 1
    assert dossier.findings.loc[dossier.findings["rule"] == "П-19", "message"].tolist() == [
        (
            "Запись Т-0020 закреплена за «Отдел бухгалтерского учета (пример)». Изменение передано уполномоченному "
            "сотруднику для согласования."
        )
    ]


def test_a_confirmation_of_another_units_record_confirms_nothing(tmp_path: Path) -> None:
    rows = [*given_rows("ИТ"), given_rows("БУХ")[0]]
    dossier = merged(tmp_path, *(sent for sent in all_units(ИТ=rows) if sent.unit != "БУХ"))
    assert found(dossier, given_rows("БУХ")[0]["code"])["state"] == UNCONFIRMED


def test_a_quarantined_record_that_is_confirmed_stays_quarantined(tmp_path: Path) -> None:
    dossier = merged(tmp_path, *all_units())
    assert found(dossier, "Т-0005")["state"] == QUARANTINED
    assert errors(dossier) == []


def test_a_quarantined_record_that_is_corrected_comes_into_force_as_new(tmp_path: Path) -> None:
    rows = edited(
        given_rows("КАДР"),
        "Т-0005",
        action="изменить",
        touchpoint="официальный сайт Министерства",
        contact="https://example.gov.ru/",
        basis=BASIS,
    )
    dossier = merged(tmp_path, *all_units(КАДР=rows))
    assert found(dossier, "Т-0005")["state"] == IN_FORCE
    assert log(dossier) == [("Т-0005", ("new",))]
    assert (sums(dossier)["before"], sums(dossier)["after"]) == (23, 24)


def test_a_quarantined_record_that_is_excluded_is_gone_and_changes_no_sum(tmp_path: Path) -> None:
    rows = edited(given_rows("КАДР"), "Т-0005", action="исключить", basis=BASIS)
    dossier = merged(tmp_path, *all_units(КАДР=rows))
    assert "Т-0005" not in set(dossier.records["code"])
    assert (list(dossier.changes), sums(dossier)["before"], sums(dossier)["after"]) == ([], 23, 23)
    assert dossier.dropped == ("Т-0005",)
    (said,) = [item for item in records.rows(dossier.findings) if item["variant"] == "waiting_dropped"]
    assert (said["rule"], said["severity"], said["file"], said["value"]) == (
        "П-06",
        "warning",
        "КАДР.xlsx",
        "исключить",
    )
    assert said["cell"] != ""
    assert said["record"] == "Т-0005"
    assert "В Перечень она не входила, поэтому в журнале изменений её нет." in said["message"]


def test_only_an_exclusion_that_acts_is_told_of_a_waiting_record(tmp_path: Path) -> None:
    rows = edited(given_rows("КАДР"), "Т-0005", action="исключить")
    dossier = merged(tmp_path, *all_units(КАДР=rows))
    assert dossier.dropped == ()
    assert "waiting_dropped" not in set(dossier.findings["variant"])


def test_without_an_edition_the_register_starts_with_what_came(tmp_path: Path) -> None:
    dossier = merged(tmp_path, Sent("ИТ", [new_row(), new_row(process="Ремонт")]), edition=None)
    assert dossier.records["code"].tolist() == ["Т-0001", "Т-0002"]
    assert log(dossier) == [("Т-0001", ("new",)), ("Т-0002", ("new",))]


def test_a_superseded_file_is_counted_but_gives_nothing(tmp_path: Path) -> None:
    early = Sent("ИТ", [*given_rows("ИТ"), new_row()], "а.xlsx", datetime.date(2026, 11, 1))
    dossier = merged(tmp_path, *all_units(), early)
    assert (list(dossier.changes), sums(dossier)["superseded"], sums(dossier)["read"]) == ([], 9, 33)


# --- codes over several cycles -------------------------------------------------------------------------------------


def written(folder: Path, dossier: Dossier) -> Edition:
    path = folder / f"Перечень_{dossier.date}.xlsx"
    write_consolidated(path, dossier)
    return load_edition(path, PROFILE).edition


def test_the_code_of_an_excluded_last_record_is_never_given_again(tmp_path: Path) -> None:
    first = merged(tmp_path, *all_units(ИТ=[*given_rows("ИТ"), new_row()]))
    assert first.records["code"].max() == "Т-0025"
    edition = written(tmp_path, first)

    rows = edited(given_rows("ИТ", edition), "Т-0025", action="исключить", basis=BASIS)
    sent = Sent("ИТ", rows, filled=datetime.date(2026, 11, 23))
    second = merged(tmp_path, sent, edition=edition, today="2026-11-23")
    assert second.records["code"].max() == "Т-0024"
    edition = written(tmp_path, second)
    assert edition.last_code == 25

    rows = [*given_rows("ИТ", edition), new_row(process="Ремонт")]
    sent = Sent("ИТ", rows, filled=datetime.date(2026, 11, 24))
    third = merged(tmp_path, sent, edition=edition, today="2026-11-24")
    assert [code for code, classes in log(third) if "new" in classes] == ["Т-0026"]
    assert written(tmp_path, third).last_code == 26


def test_a_written_register_is_read_back_record_by_record(tmp_path: Path) -> None:
    dossier = merged(tmp_path, *all_units(ИТ=[*given_rows("ИТ"), new_row(needs="А; Б", key="да")])[:4])
    edition = written(tmp_path, dossier)
    assert edition.records.equals(dossier.records)
    assert (edition.date, edition.state, edition.last_code) == (TODAY, "ПРОЕКТ", 25)


# --- properties ----------------------------------------------------------------------------------------------------

# What a unit does with a record -> which values it types, what becomes of the row, of the record in the change log.
ACTIONS: dict[str, tuple[Row, str, str]] = {
    "keep": ({}, "unchanged", ""),
    "edit silently": ({"needs": "Иное"}, "rejected", ""),
    "needs": ({"action": "изменить", "needs": "Иное", "basis": BASIS}, "changed", "needs_changed"),
    "kind": ({"action": "изменить", "touchpoint": "", "basis": BASIS}, "rejected", ""),
    "contact": ({"action": "изменить", "contact": "каб. 99", "basis": BASIS}, "changed", "contact_changed"),
    "touchpoint": ({"action": "изменить", "touchpoint": "Киоск", "contact": "", "basis": BASIS}, "changed", "replaced"),
    "exclude": ({"action": "исключить", "basis": BASIS}, "excluded", "excluded"),
    "exclude without basis": ({"action": "исключить"}, "rejected", ""),
    "unknown action": ({"action": "подумать"}, "rejected", ""),
    "delete": ({}, "", ""),
}
PLACED = {"Здание Дома Советов", "здание Министерства", "Здание Министерства"}
CHOSEN = st.fixed_dictionaries({code: st.sampled_from(sorted(ACTIONS)) for code in EDITION.records["code"]})


def acted(row: Row, action: str) -> Row:
    """Return the row under an action, with a touchpoint that no other record has where it is replaced."""
    values = ACTIONS[action][0]
    named = {"touchpoint": f"{values['touchpoint']} {row['code']}"} if values.get("touchpoint") else {}
    return row | values | named


def possible(action: str, row: Row) -> str:
    """Leave out what would break another rule: a room number where a mailbox or a phone stands, a repeated key."""
    if action == "contact" and row["touchpoint"] not in PLACED:
        return "keep"
    if row["code"] == "Т-0005" and action in {"needs", "contact"}:
        return "keep"
    return action


@settings(deadline=None, max_examples=6)
@given(
    CHOSEN,
    st.lists(st.sampled_from([unit.code for unit in PROFILE.units]), unique=True),
    st.lists(st.sampled_from(["Ремонт", "Учёт", "Связь"]), unique=True),
)
def test_whatever_the_units_do_every_row_and_every_record_is_accounted_for(
    chosen: dict[str, str], silent: list[str], included: list[str]
) -> None:
    actions: dict[str, str] = {}
    files = []
    for unit in PROFILE.units:
        own = given_rows(unit.code)
        actions |= {row["code"]: possible(chosen[row["code"]], row) for row in own if unit.code not in silent}
        left = [acted(row, actions[row["code"]]) for row in own if actions.get(row["code"], "delete") != "delete"]
        fresh = [new_row(process=name) for name in included] if unit.code == "ИТ" else []
        if unit.code not in silent:
            files.append(Sent(unit.code, [*left, *fresh]))
    if not files:
        return
    with tempfile.TemporaryDirectory() as folder:
        dossier = merged(Path(folder), *files)
    fresh_count = len(included) if "ИТ" not in silent else 0
    _check_rows(dossier, actions, fresh_count)
    _check_records(dossier, actions)


def _check_rows(dossier: Dossier, actions: dict[str, str], fresh: int) -> None:
    expected = dict.fromkeys(("unchanged", "changed", "included", "excluded", "rejected"), 0) | {"included": fresh}
    for action in actions.values():
        if ACTIONS[action][1]:
            expected[ACTIONS[action][1]] += 1
    told = sums(dossier)
    assert {name: told[name] for name in expected} == expected
    assert told["read"] == sum(expected.values())
    assert meets(told["before"], told["after"], list(dossier.changes))
    assert told["carried_over"] == int((dossier.records["state"] == UNCONFIRMED).sum())


def _check_records(dossier: Dossier, actions: dict[str, str]) -> None:
    codes = dossier.records["code"].tolist()
    assert len(set(codes)) == len(codes)
    assert max(map(records.code_number, codes)) <= dossier.last_code
    classes = {str(change.record["code"]): change.classes for change in dossier.changes}
    states = dict(zip(codes, dossier.records["state"], strict=True))
    for code in EDITION.records["code"]:
        action = actions.get(code, "delete")
        fate, kind = ACTIONS[action][1:]
        if code == "Т-0005":
            assert states.get(code) == {"excluded": None, "changed": IN_FORCE}.get(fate, QUARANTINED)
            continue
        gone = fate == "excluded" or kind == "replaced"
        assert (code in states) is not gone
        if fate in {"rejected", ""}:
            assert (states[code], classes[code]) == (UNCONFIRMED, ("carried_over",))
        elif fate == "unchanged":
            assert (states[code], code in classes) == (IN_FORCE, False)
        else:
            assert kind in classes[code]


@settings(deadline=None, max_examples=2)
@given(st.randoms(use_true_random=False))
def test_neither_the_order_of_the_files_nor_their_names_decide_anything(chance: random.Random) -> None:
    files = [
        Sent(
            "ИТ",
            [
                *edited(given_rows("ИТ"), "Т-0013", action="исключить", basis=BASIS),
                new_row(),
                new_row(process="Ремонт"),
            ],
        ),
        Sent("КАДР", [*given_rows("КАДР"), new_row(needs="Выдача бланков"), new_row(process="Учёт")]),
        Sent("БУХ", edited(given_rows("БУХ"), "Т-0017", action="изменить", touchpoint="МФЦ", contact="", basis=BASIS)),
    ]
    names = ["1.xlsx", "2.xlsx", "3.xlsx"]
    chance.shuffle(names)
    mixed = [replace(sent, name=name) for sent, name in zip(files, names, strict=True)]
    chance.shuffle(mixed)
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        straight, shuffled = merged(Path(one), *files), merged(Path(other), *mixed)
    content = [name for name in records.RECORD if name not in {"source", "file"}]
    assert straight.records[content].equals(shuffled.records[content])
    assert [change.text for change in straight.changes] == [change.text for change in shuffled.changes]
    assert sums(straight) == sums(shuffled)


@settings(deadline=None, max_examples=2)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_confirmed_rows_in_a_file_decides_nothing(chance: random.Random) -> None:
    rows = edited(given_rows("ИТ"), "Т-0015", action="изменить", key="да", basis=BASIS)
    mixed = rows.copy()
    chance.shuffle(mixed)
    with tempfile.TemporaryDirectory() as folder:
        straight = merged(Path(folder), Sent("ИТ", rows))
        shuffled = merged(Path(folder), Sent("ИТ", mixed))
    content = [name for name in records.RECORD if name not in {"source", "row"}]
    assert straight.records[content].equals(shuffled.records[content])
    assert [change.text for change in straight.changes] == [change.text for change in shuffled.changes]


# --- the ledger ----------------------------------------------------------------------------------------------------


def test_sums_that_do_not_meet_stop_the_run() -> None:
    told = Reconciliation(
        read=10,
        unchanged=4,
        changed=1,
        included=1,
        excluded=1,
        rejected=1,
        superseded=1,
        carried_over=0,
        before=5,
        after=5,
    )
    with pytest.raises(
        InternalError, match=r"сверка не сошлась: прочитано строк 10, учтено 9\. Это ошибка программы\."
    ):
        told.check()
    replace(told, read=9).check()


def test_every_filled_row_of_a_sheet_is_accounted_for() -> None:
    told = SheetLedger("КАДР.xlsx", "Сведения", 9, 3, 2, 0, (SetAside(1, "above"), SetAside(5, "header")))
    with pytest.raises(InternalError) as found:
        told.check()
    assert str(found.value) == (
        "КАДР.xlsx: сверка строк не сошлась (лист «Сведения»): заполнено 9, учтено 7. Это ошибка программы."
    )
    replace(told, superseded=2).check()


def test_the_rows_of_a_sheet_are_merged_refused_superseded_or_set_aside() -> None:
    rows = pd.DataFrame({"file": ["а", "а", "б"], "fate": ["unchanged", "rejected", "included"]})
    aside = (SetAside(1, "header"),)
    sent = [
        Submission("а", "", sheet="Сведения", filled=3, aside=aside),
        Submission("б", "", sheet="Лист1", filled=1),
        Submission("в", "", sheet="Сведения", rows=(RawRow(6, {}), RawRow(7, {})), filled=2),
        Submission("г", "", unreadable="файл пуст"),
    ]
    told = sheet_ledgers(sent, frozenset({"в"}), rows)
    assert [(item.file, item.merged, item.refused, item.superseded, len(item.aside)) for item in told] == [
        ("а", 1, 1, 0, 1),
        ("б", 1, 0, 0, 0),
        ("в", 0, 0, 2, 0),
    ]
    for item in told:
        item.check()
