"""The samples and templates are what their builders make today, and hold the cases that the builder promises."""

from __future__ import annotations

import sys
import zipfile
from pathlib import Path

import pytest

from workbook_tools.cli.demo import EDITION
from workbook_tools.pipeline.commands import Options, Result, check
from workbook_tools.profile import load_profile

ROOT = Path(__file__).parent.parent
SAMPLES, TEMPLATES = ROOT / "samples", ROOT / "templates"
sys.path.insert(0, str(SAMPLES))

import build_annex  # noqa: E402 - the samples' builders are scripts beside them, no part of the package
import build_samples  # noqa: E402 - as above

TODAY = "2026-11-22"
BOT = "Чат-бот Министерства"
SITE = "официальный сайт Министерства"
SYSTEM = "Консультирование по работе с кадровой системой"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything that is generated, made anew in the layout of the project."""
    root = tmp_path_factory.mktemp("built")
    annex = build_annex.read_transcription(SAMPLES / f"{build_annex.NAME}.txt")
    for folder in ("samples/incoming", "templates"):
        (root / folder).mkdir(parents=True)
    build_annex.build_docx(annex, root / "samples" / f"{build_annex.NAME}.docx")
    build_annex.build_xlsx(annex, root / "samples" / f"{build_annex.NAME}.xlsx")
    build_samples.build_edition(root / "samples" / EDITION)
    build_samples.build_templates(root / "samples" / EDITION, root / "templates")
    build_samples.build_incoming(root / "templates", root / "samples" / "incoming")
    return root


@pytest.fixture(scope="module")
def checked() -> Result:
    return check([SAMPLES / "incoming"], load_profile(), SAMPLES / EDITION, None, Options(TODAY))


def parts(path: Path) -> list[tuple[str, bytes]]:
    with zipfile.ZipFile(path) as archive:
        return [(name, archive.read(name)) for name in archive.namelist()]


def made(root: Path) -> list[str]:
    found = [*(root / "samples").rglob("*.*x"), *(root / "templates").glob("*")]
    return sorted(path.relative_to(root).as_posix() for path in found)


def test_the_builders_make_just_the_files_that_are_kept(built: Path) -> None:
    assert made(built) == made(ROOT)
    assert len(made(built)) == 3 + 6 + 6


@pytest.mark.parametrize("name", made(ROOT))
def test_a_kept_file_is_the_one_that_its_builder_makes_part_by_part(built: Path, name: str) -> None:
    fresh, kept = parts(built / name), parts(ROOT / name)
    assert [part for part, _ in fresh] == [part for part, _ in kept]
    assert [part for (part, new), (_, old) in zip(fresh, kept, strict=True) if new != old] == []


def test_a_template_stands_ready_for_every_unit_of_the_profile() -> None:
    names = sorted(path.name for path in TEMPLATES.iterdir())
    assert names == sorted(f"Перечень_{unit.code}_2024-03-19.xlsx" for unit in load_profile().profile.units)


def described(checked: Result, kind: str) -> list[str]:
    assert checked.dossier is not None
    return [
        f"{change.record['unit']} {change.record['touchpoint']}"
        for change in checked.dossier.changes
        if kind in change.classes
    ]


def told(checked: Result, rule: str, words: str) -> list[str]:
    return [
        f"{item['unit']} {item['cell']}"
        for item in checked.report["findings"]
        if item["rule"] == rule and words in item["message"]
    ]


@pytest.mark.parametrize(
    ("kind", "where"),
    [
        ("new", ["ОРГ Платформа обратной связи", f"ОРГ {SITE}", f"ИНФ {BOT}"]),
        ("kind_changed", ["ИТ Телефонная связь"]),
        ("needs_changed", ["ИНФ Социальные сети Министерства"]),
        ("contact_changed", ["ОРГ Электронная почта"]),
        ("excluded", ["ИТ Здание Дома Советов"]),
        ("process_renamed", ["КАДР Здание Министерства"]),
        (
            "key_changed",
            [
                "ОРГ Официальный сайт Министерства (интернет-приемная)",
                "ОРГ Электронная почта",
                "ИНФ Социальные сети Министерства",
                "ИТ Телефонная связь",
            ],
        ),
    ],
)
def test_the_samples_show_every_kind_of_change(checked: Result, kind: str, where: list[str]) -> None:
    assert described(checked, kind) == where


def test_one_new_touchpoint_is_outside_the_reference_list(checked: Result) -> None:
    assert told(checked, "П-07", f"Точки «{BOT}» нет в перечне раздела II, п. 3.") == ["ИНФ G8"]


def test_two_units_contradict_each_other_about_one_touchpoint(checked: Result) -> None:
    assert told(checked, "П-09", f"по процессу «{SYSTEM}» указана с разным видом") == ["ИТ G14", "КАДР G9"]


def test_two_units_name_one_touchpoint_and_agree(checked: Result) -> None:
    assert told(checked, "П-09", "Записи объединены, потребности сложены.") == ["ИНФ G9", "ОРГ G9"]


def test_one_unit_confirms_its_records_untouched(checked: Result) -> None:
    assert [unit for unit in checked.report["units"] if unit["unit"] == "БУХ"] == [
        {
            "unit": "БУХ",
            "name": "Отдел бухгалтерского учета (пример)",
            "status": "received",
            "rows": 5,
            "errors": 0,
            "warnings": 1,
            "carried_over": 0,
            "round": None,
        }
    ]
    # What the edition itself leaves to ask: a telephone without its number, needs worded as results.
    own = [item for item in checked.report["findings"] if item["unit"] == "БУХ"]
    assert [(item["rule"], item["variant"], item["cell"]) for item in own] == [
        ("П-23", "absent", "H6"),
        ("П-11", "main", "J9"),
        ("П-11", "main", "J10"),
    ]


def test_one_file_has_several_errors_of_several_rules(checked: Result) -> None:
    rules = [
        item["rule"] for item in checked.report["findings"] if item["severity"] == "error" and item["unit"] == "КАДР"
    ]
    assert sorted(rules) == ["П-02", "П-05", "П-08", "П-09", "П-14", "П-15", "П-15"]


def test_one_file_is_superseded_by_a_later_one_of_its_unit(checked: Result) -> None:
    statuses = {item["file"]: (item["status"], item["reason"]) for item in checked.report["files"]}
    assert statuses.pop("Перечень_ОРГ_2024-03-19 (первый вариант).xlsx") == (
        "superseded",
        "учтён файл «Перечень_ОРГ_2024-03-19.xlsx» от 16.11.2026",
    )
    assert set(statuses.values()) == {("accepted", None)}
    assert len(statuses) == 5


def test_one_unit_keeps_silent_and_its_records_are_carried_over(checked: Result) -> None:
    assert [
        (unit["unit"], unit["carried_over"]) for unit in checked.report["units"] if unit["status"] == "missing"
    ] == [("АХО", 3)]


def test_the_people_and_units_of_the_samples_say_that_they_are_examples() -> None:
    assert all(unit.name.endswith("(пример)") for unit in load_profile().profile.units)
