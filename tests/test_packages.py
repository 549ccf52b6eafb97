"""Every kind of workbook that we write is a whole package in which nothing is live; a damaged one is found out."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from tests.package import faults
from workbook_tools.pipeline import commands
from workbook_tools.pipeline.commands import Options
from workbook_tools.profile import load_profile

ROOT = Path(__file__).parent.parent
SAMPLES = ROOT / "samples"
EDITION = SAMPLES / "edition-2024-03-19.xlsx"
LOADED = load_profile()


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Return a workbook of each kind."""
    folder = tmp_path_factory.mktemp("books")
    merged = commands.merge([SAMPLES / "incoming"], LOADED, EDITION, folder / "выпуск", Options("2026-11-22"))
    template = commands.templates(LOADED, EDITION, folder / "шаблоны", ["ИТ"]).outputs[0]
    register = merged.outputs[0]
    commands.diff(SAMPLES / "annex-2024-03-19.docx", register, LOADED, folder / "сравнение.xlsx")
    commands.import_annex(SAMPLES / "annex-2024-03-19.docx", LOADED, folder / "редакция.xlsx")
    return {
        "consolidated": register,
        "returned": next(path for path in merged.outputs if path.parent.name == "замечания"),
        "template": template,
        "comparison": folder / "сравнение.xlsx",
        "imported": folder / "редакция.xlsx",
    }


@pytest.mark.parametrize("kind", ["consolidated", "returned", "template", "comparison", "imported"])
def test_a_workbook_of_every_kind_is_whole_and_nothing_in_it_is_live(written: dict[str, Path], kind: str) -> None:
    assert faults(written[kind]) == []


@pytest.mark.parametrize(
    ("part", "old", "new", "fault"),
    [
        ("xl/worksheets/sheet1.xml", b"<v>0</v>", b"<v>99999</v>", "no such string"),
        ("xl/worksheets/sheet3.xml", b"</c>", b"<f>1+1</f></c>", "formula"),
        ("xl/_rels/workbook.xml.rels", b"worksheets/sheet2.xml", b"worksheets/sheet222.xml", "leads nowhere"),
        ("[Content_Types].xml", b"/xl/styles.xml", b"/xl/style.xml", "no part for its type"),
        ("xl/worksheets/_rels/sheet1.xml.rels", b'Target="../drawings', b'TargetMode="External" Target="', "external"),
    ],
)
def test_a_damaged_package_is_found_out(
    written: dict[str, Path], tmp_path: Path, part: str, old: bytes, new: bytes, fault: str
) -> None:
    damaged = tmp_path / "книга.xlsx"
    with zipfile.ZipFile(written["consolidated"]) as source, zipfile.ZipFile(damaged, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == part:
                assert old in content
                content = content.replace(old, new, 1)
            target.writestr(name, content)
    assert any(line.startswith(fault) for line in faults(damaged))
