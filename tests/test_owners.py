"""A record whose unit the profile does not know goes to the unit of its activity; nothing of it is silent."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.books import PROFILE
from workbook_tools import findings, records
from workbook_tools.comparing.change import UNIT
from workbook_tools.forms import blank_form
from workbook_tools.owners import owner_remarks, with_owners
from workbook_tools.pipeline import commands
from workbook_tools.pipeline.editions import load_base
from workbook_tools.profile import LoadedProfile, load_profile
from workbook_tools.records import Edition

STAFF, BOOKS, NO_ONES = "кадровая работа", "ведение бухгалтерского учета", "неведомая деятельность"
SAMPLES = Path(__file__).parent.parent / "samples"


def record(code: str, unit: str, activity: str = STAFF) -> dict[str, str]:
    return {
        "code": code,
        "unit": unit,
        "activity": activity,
        "process": code,
        "touchpoint": "сайт",
        "state": "in_force",
    }


def edition(*rows: dict[str, str]) -> Edition:
    return Edition(records.frame(rows), date="2024-03-19")


def told(given: Edition) -> list[str]:
    return [row["message"] for row in records.rows(findings.of_remarks(owner_remarks(given, PROFILE), PROFILE))]


def test_records_of_known_units_stay_whatever_their_activity() -> None:
    given = edition(record("Т-0001", "КАДР"), record("Т-0002", "ИТ"))
    assert with_owners(given, PROFILE) is given
    assert told(given) == []


def test_records_of_a_unit_that_is_gone_go_to_the_unit_of_their_activity() -> None:
    made = with_owners(
        edition(record("Т-0001", "ПЕРС"), record("Т-0002", "БУХ", BOOKS), record("Т-0003", "ПЕРС")), PROFILE
    )
    assert made.records["unit"].tolist() == ["КАДР", "БУХ", "КАДР"]
    assert made.handed == {("ПЕРС", "КАДР"): ("Т-0001", "Т-0003")}
    (line,) = told(made)
    assert line == (
        "Подразделения «ПЕРС» в профиле нет. За «Отдел кадров (пример)», которому в профиле принадлежит вид "
        "деятельности, закреплено его записей: 2 (Т-0001, Т-0003). Проверьте, так ли это."
    )


def test_an_activity_is_known_by_any_of_its_wordings() -> None:
    made = with_owners(edition(record("Т-0001", "ПЕРС", "Кадровая  Работа")), PROFILE)
    assert made.records["unit"].tolist() == ["КАДР"]
    assert made.records["activity"].tolist() == ["Кадровая  Работа"]


def test_records_without_a_unit_are_adopted() -> None:
    made = with_owners(edition(record("Т-0001", ""), record("Т-0002", "", BOOKS)), PROFILE)
    assert made.records["unit"].tolist() == ["КАДР", "БУХ"]
    assert [line.partition(", которому")[0] for line in told(made)] == [
        "У записей не было подразделения. За «Отдел бухгалтерского учета (пример)»",
        "У записей не было подразделения. За «Отдел кадров (пример)»",
    ]
    assert [row.shown["code"] for row in blank_form(PROFILE, made, PROFILE.unit["БУХ"]).rows] == ["Т-0002"]


def test_records_of_an_activity_that_no_unit_has_stay_and_are_told() -> None:
    given = edition(record("Т-0001", "ПЕРС", NO_ONES), record("Т-0002", "", NO_ONES), record("Т-0003", "КАДР"))
    made = with_owners(given, PROFILE)
    assert made.records["unit"].tolist() == ["ПЕРС", "", "КАДР"]
    (line,) = told(made)
    assert line == (
        "Записей, подразделения которых нет в профиле: 2 (Т-0001, Т-0002). В шаблоны они не попадают, и подтвердить их "
        "некому. Впишите в профиль, чей это вид деятельности: «неведомая деятельность»."
    )
    (finding,) = records.rows(findings.of_remarks(owner_remarks(made, PROFILE), PROFILE))
    assert (finding["rule"], finding["severity"]) == ("П-18", "warning")


def test_without_an_edition_there_is_nothing_to_tell() -> None:
    assert list(owner_remarks(None, PROFILE)) == []


@pytest.fixture
def without_staff_unit() -> LoadedProfile:
    """Return the shipped profile after a reorganisation: КАДР is gone, its work is done by ОРГ."""
    loaded = load_profile()
    (staff,) = (unit for unit in PROFILE.units if unit.code == "КАДР")
    units = tuple(
        unit.model_copy(update={"activities": (*unit.activities, *staff.activities)}) if unit.code == "ОРГ" else unit
        for unit in loaded.profile.units
        if unit.code != "КАДР"
    )
    return LoadedProfile(loaded.profile.model_copy(update={"units": units}), loaded.sha256)


def test_after_a_reorganisation_every_record_stands_in_some_template(
    tmp_path: Path, without_staff_unit: LoadedProfile
) -> None:
    place, profile = SAMPLES / "edition-2024-03-19.xlsx", without_staff_unit.profile
    base = load_base(place, profile)
    assert base is not None
    assert set(base.records["unit"]) <= profile.unit.keys()
    result = commands.templates(without_staff_unit, place, tmp_path)
    assert [line.partition(".")[0] for line in result.told] == ["Подразделения «Отдел кадров (пример)» в профиле нет"]
    in_templates = [len(blank_form(profile, base, unit).rows) for unit in profile.units]
    assert sum(in_templates) == len(base.records)


def test_a_record_that_was_handed_over_has_changed_hands_in_the_journal(
    tmp_path: Path, without_staff_unit: LoadedProfile
) -> None:
    """The log says the same as a comparison of the two editions."""
    place, options = SAMPLES / "edition-2024-03-19.xlsx", commands.Options("2026-11-22")
    merged = commands.merge([SAMPLES / "incoming"], without_staff_unit, place, tmp_path / "выпуск", options)
    compared = commands.diff(place, merged.outputs[0], without_staff_unit)
    moved = [
        [entry.text for change in made.dossier.changes for entry in change.entries if entry.kind == UNIT]
        for made in (merged, compared)
        if made.dossier
    ]
    assert moved[0] == moved[1]
    assert {text.partition(". ")[2] for text in moved[0]} == {
        "Ответственное подразделение: «Отдел кадров (пример)» → «Отдел организационной работы (пример)»."
    }


def test_a_record_that_nobody_can_confirm_is_carried_over_with_words_of_its_own(tmp_path: Path) -> None:
    """It was no unit's silence: there is none."""
    loaded = load_profile()
    units = tuple(unit.model_copy(update={"activities": ()}) for unit in loaded.profile.units if unit.code != "КАДР")
    made = LoadedProfile(loaded.profile.model_copy(update={"units": units}), loaded.sha256)
    options = commands.Options("2024-06-24")
    sent = [path for path in (SAMPLES / "incoming").iterdir() if "БУХ" in path.name]
    dossier = commands.merge(sent, made, SAMPLES / "edition-2024-03-19.xlsx", tmp_path / "о", options).dossier
    assert dossier is not None
    entries = [
        entry.text
        for change in dossier.changes
        for entry in change.entries
        if entry.kind == "carried_over" and change.record["unit"] not in made.profile.unit
    ]
    assert entries
    assert all("Подразделение записи в профиле не названо" in text for text in entries)
    assert any(
        row["rule"] == "П-18" and "подтвердить их некому" in row["message"] for row in records.rows(dossier.findings)
    )
