"""A record that no unit of the profile holds goes to the unit of its activity, else to the officer's; all is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.books import PROFILE, UnitBook, profile_with
from workbook_tools import findings, records
from workbook_tools.comparing.change import UNIT
from workbook_tools.dossier import Dossier
from workbook_tools.forms import blank_form
from workbook_tools.owners import OWNERLESS, owner_remarks, with_owners
from workbook_tools.pipeline import commands
from workbook_tools.pipeline.consolidating import APPROVED
from workbook_tools.pipeline.editions import load_base
from workbook_tools.profile import LoadedProfile, Profile, load_profile
from workbook_tools.records import Edition
from workbook_tools.reports.consolidated import write_consolidated

STAFF, BOOKS, NO_ONES = "кадровая работа", "ведение бухгалтерского учета", "неведомая деятельность"
SAMPLES = Path(__file__).parent.parent / "samples"
DATA = PROFILE.model_dump(by_alias=True)


def with_officer_in(unit: str, *, nobodys: str = "") -> Profile:
    """Return the shipped profile whose officer works in a unit, and in which nobody has an activity."""
    units = [item | {"activities": [code for code in item["activities"] if code != nobodys]} for item in DATA["units"]]
    return profile_with(officer=DATA["officer"] | {"unit": unit}, units=units)


# Nobody has the staff any more; the officer works where the requests are answered.
OFFICERS = with_officer_in("ОРГ", nobodys="КАДР")


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


def told(edition: Edition, profile: Profile = PROFILE) -> list[str]:
    return [row["message"] for row in records.rows(findings.of_remarks(owner_remarks(edition, profile), profile))]


def test_records_of_known_units_stay_whatever_their_activity() -> None:
    known = edition(record("Т-0001", "КАДР"), record("Т-0002", "ИТ"))
    assert with_owners(known, PROFILE) is known
    assert told(known) == []


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
    made = with_owners(
        edition(record("Т-0001", "ПЕРС", NO_ONES), record("Т-0002", "", NO_ONES), record("Т-0003", "КАДР")), PROFILE
    )
    assert made.records["unit"].tolist() == ["ПЕРС", "", "КАДР"]
    (line,) = told(made)
    assert line == (
        "Записей, подразделения которых нет в профиле: 2 (Т-0001, Т-0002). В шаблоны они не попадают, и подтвердить их "
        "некому. Впишите в профиль, чей это вид деятельности: «неведомая деятельность», или назовите там код "
        "подразделения уполномоченного сотрудника: тогда подтвердит оно."
    )
    (finding,) = records.rows(findings.of_remarks(owner_remarks(made, PROFILE), PROFILE))
    assert (finding["rule"], finding["severity"]) == ("П-18", "warning")


def test_records_that_no_unit_owns_go_to_the_officers_unit() -> None:
    made = with_owners(
        edition(record("Т-0001", "ПЕРС"), record("Т-0002", ""), record("Т-0003", "БУХ"), record("Т-0004", "", NO_ONES)),
        OFFICERS,
    )
    assert made.records["unit"].tolist() == ["ОРГ", "ОРГ", "БУХ", "ОРГ"]
    assert told(made, OFFICERS) == [
        (
            "У записей не было подразделения, а вид деятельности ни за кем не закреплён: «кадровая работа», «неведомая "
            "деятельность». Записей: 2 (Т-0002, Т-0004); их подтвердит уполномоченный сотрудник в шаблоне «Отдел "
            "организационной работы (пример)». Если вести их должно другое подразделение, до новой редакции впишите в "
            "профиль, чей это вид деятельности."
        ),
        (
            "Подразделения «ПЕРС» в профиле нет, а вид деятельности ни за кем не закреплён: «кадровая работа». "
            "Записей: 1 (Т-0001); их подтвердит уполномоченный сотрудник в шаблоне «Отдел организационной работы "
            "(пример)». Если вести их должно другое подразделение, до новой редакции впишите в профиль, чей это вид "
            "деятельности."
        ),
    ]
    assert set(findings.of_remarks(owner_remarks(made, OFFICERS), OFFICERS)["unit"]) == {"ОРГ"}


def test_what_the_officers_unit_owns_and_what_nobody_owns_is_told_apart() -> None:
    profile = with_officer_in("КАДР")
    made = with_owners(edition(record("Т-0001", "ПЕРС", NO_ONES), record("Т-0002", "ПЕРС")), profile)
    assert made.records["unit"].tolist() == ["КАДР", "КАДР"]
    owned, nobodys = told(made, profile)
    assert "которому в профиле принадлежит вид деятельности, закреплено его записей: 1 (Т-0002)" in owned
    assert "ни за кем не закреплён: «неведомая деятельность». Записей: 1 (Т-0001)" in nobodys


UNITS, ACTIVITIES = (*PROFILE.unit, "ПЕРС", ""), (*PROFILE.activity_of, "Кадровая  Работа", NO_ONES)


@given(
    st.lists(st.tuples(st.sampled_from(UNITS), st.sampled_from(ACTIVITIES)), max_size=12),
    st.sampled_from((PROFILE, OFFICERS, with_officer_in("АХО", nobodys="БУХ"))),
)
def test_every_record_stands_in_one_template_or_is_told_and_its_former_unit_is_kept(
    held: list[tuple[str, str]], profile: Profile
) -> None:
    before = edition(*(record(f"Т-{number:04}", *of) for number, of in enumerate(held, 1)))
    made = with_owners(before, profile)
    shown = [row.shown["code"] for unit in profile.units for row in blank_form(profile, made, unit).rows]
    lost = made.records.loc[~made.records["unit"].isin(list(profile.unit)), "code"].tolist()
    assert sorted([*shown, *lost]) == before.records["code"].tolist()
    assert (lost == []) or not profile.officer.unit
    moved = {code: pair for pair, codes in made.handed.items() for code in codes}
    pairs = zip(before.records["code"], before.records["unit"], made.records["unit"], strict=True)
    assert moved == {code: (old, new) for code, old, new in pairs if old != new}
    assert not {old for old, _ in moved.values()} & profile.unit.keys()
    assert with_owners(made, profile).records.equals(made.records)
    assert bool(told(made, profile)) == bool(moved or lost)


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


def orphaned(folder: Path) -> Path:
    """Write the sample edition: a staff record of a unit that is gone, one of none, one of an unknown activity."""
    base = load_base(SAMPLES / "edition-2024-03-19.xlsx", PROFILE)
    assert base is not None
    made = base.records.copy()
    for code, unit in {"Т-0006": "ПЕРС", "Т-0007": "", "Т-0008": "ПЕРС"}.items():
        made.loc[made["code"] == code, "unit"] = unit
    made.loc[made["code"] == "Т-0008", "activity"] = NO_ONES
    path = folder / "Перечень_2024-03-19.xlsx"
    write_consolidated(path, Dossier(OFFICERS, "", made, "2024-03-19", APPROVED, base.last_code))
    return path


def filled(template: Path, *codes: str, folder: Path, **values: str) -> Path:
    """Fill in a template: all «без изменений», but in the rows of the codes other values."""
    book = UnitBook.at(template, OFFICERS)
    book.sign(has_changes="да" if codes else "нет")
    for code in codes:
        book.edit(code, **values)
    return book.save(folder / template.name)


def merged(folder: Path, place: Path, *codes: str, **values: str) -> commands.Result:
    """Make the templates, fill in the officer's, merge."""
    loaded = LoadedProfile(OFFICERS, "")
    (template,) = commands.templates(loaded, place, folder / "шаблоны", ["ОРГ"]).outputs
    sent = filled(template, *codes, folder=folder / "входящие", **values)
    return commands.merge([sent], loaded, place, folder / "выпуск", commands.Options("2026-11-22"))


ORPHANS = ["Т-0006", "Т-0007", "Т-0008"]


def of_orphans(result: commands.Result, kind: str = "") -> list[str]:
    """Return what a log says of them."""
    assert result.dossier is not None
    texts = [
        entry.text
        for change in result.dossier.changes
        for entry in change.entries
        if change.record["code"] in ORPHANS and kind in {"", entry.kind}
    ]
    return sorted(texts)


def test_a_record_without_an_owner_is_confirmed_through_the_officers_template(tmp_path: Path) -> None:
    place = orphaned(tmp_path)
    result = merged(tmp_path, place)
    assert result.dossier is not None
    judged = [row for row in records.rows(result.dossier.findings) if row["record"] in ORPHANS]
    # An old defect is told, and confirmed with the rest; that the activity is not its own is no fault.
    assert [row for row in judged if row["severity"] == "error" or row["rule"] == "П-19"] == []
    changed_hands = "Ответственное подразделение: «ПЕРС» → «Отдел организационной работы (пример)»."
    assert of_orphans(result) == [f"Т-0006. {changed_hands}", f"Т-0008. {changed_hands}"]
    following = load_base(result.outputs[0], OFFICERS)
    assert following is not None
    own = following.records[following.records["code"].isin(ORPHANS)]
    assert own[["unit", "state"]].to_numpy().tolist() == [["ОРГ", records.IN_FORCE]] * 3
    assert following.handed == {}
    assert told(following, OFFICERS) == []
    compared = commands.diff(place, result.outputs[0], LoadedProfile(OFFICERS, ""))
    assert of_orphans(compared) == of_orphans(result)


def test_the_officer_corrects_and_excludes_what_nobody_owns(tmp_path: Path) -> None:
    basis = "приказ от 12.10.2026 № 77"
    corrected = merged(tmp_path / "1", orphaned(tmp_path), *ORPHANS, action="изменить", activity=BOOKS, basis=basis)
    assert corrected.exit_code == 0
    assert len(of_orphans(corrected, "activity_moved")) == len(ORPHANS)
    excluded = merged(tmp_path / "2", tmp_path / "Перечень_2024-03-19.xlsx", *ORPHANS, action="исключить", basis=basis)
    assert excluded.exit_code == 0
    assert len(of_orphans(excluded, "excluded")) == len(ORPHANS)
    assert excluded.dossier is not None
    assert not excluded.dossier.records["code"].isin(ORPHANS).any()


def test_an_activity_that_the_order_does_not_have_is_named_when_its_record_is_corrected(tmp_path: Path) -> None:
    values = {"action": "изменить", "needs": "Получение консультации", "basis": "приказ от 12.10.2026 № 77"}
    result = merged(tmp_path, orphaned(tmp_path), *ORPHANS, **values)
    assert result.dossier is not None
    errors = [row for row in records.rows(result.dossier.findings) if row["severity"] == "error"]
    assert [(row["rule"], row["record"]) for row in errors] == [("П-04", "Т-0008")]


def test_where_the_officers_unit_is_silent_it_is_named_in_the_journal(tmp_path: Path) -> None:
    options = commands.Options("2026-11-22")
    sent = [path for path in (SAMPLES / "incoming").iterdir() if "БУХ" in path.name]
    result = commands.merge(sent, LoadedProfile(OFFICERS, ""), orphaned(tmp_path), tmp_path / "о", options)
    carried = of_orphans(result, "carried_over")
    silent = (
        "Подразделение «Отдел организационной работы (пример)» сведений не представило; запись перенесена из редакции "
        "от 19.03.2024."
    )
    assert [text.partition(". ")[2] for text in carried] == [silent] * len(ORPHANS)
    assert result.dossier is not None
    (line,) = (
        row["message"]
        for row in records.rows(result.dossier.findings)
        if row["rule"] == "П-18" and row["unit"] == "ОРГ" and "не поступили" in row["message"]
    )
    # Two are its own, three nobody's.
    assert line.endswith("5 записей перенесено из прежней редакции без подтверждения.")
    assert {item.code: item.carried_over for item in result.dossier.units}["ОРГ"] == 2 + len(ORPHANS)


def test_a_record_that_nobody_owns_goes_back_to_the_officer_who_deleted_it(tmp_path: Path) -> None:
    loaded, place = LoadedProfile(OFFICERS, ""), orphaned(tmp_path)
    (template,) = commands.templates(loaded, place, tmp_path / "шаблоны", ["ОРГ"]).outputs
    book = UnitBook.at(template, OFFICERS)
    book.sign(has_changes="нет")
    book.data.delete_rows(book.row_of("Т-0007"))
    sent = book.save(tmp_path / "входящие" / "ОРГ.xlsx")
    result = commands.check([sent], loaded, place, tmp_path / "проверка", commands.Options("2026-11-22"))
    assert result.dossier is not None
    (deleted,) = (row for row in records.rows(result.dossier.findings) if row["severity"] == "error")
    assert (deleted["rule"], deleted["unit"], deleted["record"]) == ("П-15", "ОРГ", "Т-0007")
    (copy,) = (path for path in result.outputs if path.parent.name == "замечания")
    assert UnitBook.at(copy, OFFICERS).row_of("Т-0007")


def test_the_messages_that_tell_of_records_without_a_unit_are_those_of_the_profile() -> None:
    messages = PROFILE.rules["П-18"].messages
    assert messages.keys() >= OWNERLESS
    assert not any(OWNERLESS & rule.messages.keys() for code, rule in PROFILE.rules.items() if code != "П-18")
