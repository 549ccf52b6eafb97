"""More than a sheet holds goes out in volumes, all or nothing, and is the same edition when it is read again."""

from __future__ import annotations

import importlib.util
import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pandas.testing import assert_frame_equal

from tests.books import DATE, EDITION
from workbook_tools import records
from workbook_tools.cli.console import Speaker, say_summary
from workbook_tools.dossier import Dossier
from workbook_tools.errors import InputError, OutputError
from workbook_tools.limits import WORKBOOK_ROWS
from workbook_tools.outputs import Outputs
from workbook_tools.pipeline import commands
from workbook_tools.pipeline.commands import Options, Result
from workbook_tools.pipeline.editions import load_edition
from workbook_tools.pipeline.volumes import write_edition
from workbook_tools.placing.disk import file_sha256
from workbook_tools.profile import load_profile

if TYPE_CHECKING:
    import pandas as pd

SAMPLES = Path(__file__).parent.parent / "samples"
INCOMING, FORMER = SAMPLES / "incoming", SAMPLES / "edition-2024-03-19.xlsx"
LOADED = load_profile()
PROFILE = LOADED.profile
DAY, NEXT_DAY = "2026-11-22", "2026-12-22"
NAME = f"Перечень_{DAY}.xlsx"
FLAT = [f"Перечень_{DAY}.parquet"] if importlib.util.find_spec("pyarrow") else []
# Seven rows stand above the records of the form: twelve records have room beside them.
ROWS = 20


def merged(out: Path, sheet_rows: int = WORKBOOK_ROWS) -> Result:
    return commands.merge([INCOMING], LOADED, FORMER, out, Options(DAY, sheet_rows=sheet_rows))


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The folders of one run that went out whole and of the same run that went out in volumes."""
    folder = tmp_path_factory.mktemp("volumes")
    whole, bound = folder / "whole", folder / "bound"
    merged(whole)
    merged(bound, ROWS)
    return whole, bound


@pytest.fixture
def bound(both: tuple[Path, Path], tmp_path: Path) -> Path:
    """A copy of the run in volumes to be damaged; its edition."""
    return Path(shutil.copytree(both[1], tmp_path / "bound")) / NAME


def listing(path: Path, sheet: str = "Реестр") -> list[tuple[Any, ...]]:
    rows = load_workbook(path)[sheet].iter_rows(values_only=True)
    return [row for row in rows if isinstance(row[0], int)]


def report(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    return found


def test_the_run_names_every_file_and_they_are_there(both: tuple[Path, Path]) -> None:
    _, folder = both
    names = report(folder)["outputs"]
    stem = f"Перечень_{DAY}"
    volumes = [f"{stem}_том_{number:02d}.xlsx" for number in (1, 2, 3)]
    journal = [f"{stem}_журнал_{number:02d}.xlsx" for number in (1, 2)]
    assert names[: 6 + len(FLAT)] == [NAME, *volumes, *FLAT, *journal]
    assert sorted(names) == sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_the_register_lists_its_volumes(both: tuple[Path, Path]) -> None:
    _, folder = both
    lines = listing(folder / NAME)
    assert [(line[0], line[3]) for line in lines] == [(1, 11), (2, 12), (3, 3)]
    assert all(file_sha256(folder / line[1]) == line[4] for line in lines)
    assert lines[1][2] == "информационно-техническое обеспечение сотрудников; ведение бухгалтерского учета"
    assert [line[1:] for line in listing(folder / NAME, "Приложение 1")] == [line[1:] for line in lines]


def table(path: Path, sheet: str, headers: int = 1) -> list[tuple[Any, ...]]:
    return list(load_workbook(path)[sheet].iter_rows(values_only=True, min_row=headers + 1))


def test_the_volumes_together_are_the_register_in_order_each_record_once(both: tuple[Path, Path]) -> None:
    whole, folder = both
    together = [row for line in listing(folder / NAME) for row in table(folder / line[1], "Реестр")]
    assert together == table(whole / NAME, "Реестр")


def test_the_volumes_of_the_journal_together_are_the_journal(both: tuple[Path, Path]) -> None:
    whole, folder = both

    def lines(path: Path) -> list[tuple[Any, ...]]:
        return listing(path, "Журнал изменений")

    files = [line[1] for line in lines(folder / NAME)]
    assert [row for file in files for row in lines(folder / file)] == lines(whole / NAME)


def test_the_summary_says_so_with_names_and_nothing_leads_nowhere(both: tuple[Path, Path]) -> None:
    _, folder = both
    sheet = load_workbook(folder / NAME)["Сводка"]
    texts = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value)
    assert f"в 3 томах рядом с этой книгой, без них она неполна: Перечень_{DAY}_том_01.xlsx" in texts
    assert f"в 2 книгах: Перечень_{DAY}_журнал_01.xlsx" in texts
    assert (f"в файле {FLAT[0]}" if FLAT else "файл .parquet не записан") in texts


@pytest.mark.parametrize("file", [f"Перечень_{DAY}_том_02.xlsx", f"Перечень_{DAY}_журнал_02.xlsx"])
def test_a_volume_says_what_it_is_and_its_links_stay_inside(both: tuple[Path, Path], file: str) -> None:
    book = load_workbook(both[1] / file)
    texts = [str(row[0]) for row in book["Сводка"].iter_rows(values_only=True)]
    assert any(text.startswith("Том 2 из ") for text in texts)
    assert any(f"в книге {NAME}" in text for text in texts)
    links = [str(cell.hyperlink.location) for sheet in book for row in sheet for cell in row if cell.hyperlink]
    assert links
    assert {link.partition("!")[0].strip("'") for link in links} <= set(book.sheetnames)
    assert book["_meta"].sheet_state == "hidden"


def test_the_draft_order_sends_to_the_volumes(both: tuple[Path, Path]) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document(str(both[1] / f"Проект_приказа_{DAY}.docx"))
    assert any("лист «Приложение 1» в книгах Перечень_" in item.text for item in document.paragraphs)


def test_everything_else_of_the_run_is_as_without_volumes(both: tuple[Path, Path]) -> None:
    whole, folder = map(report, both)
    assert {**whole, "outputs": []} == {**folder, "outputs": []}


def test_read_again_it_is_the_same_edition(both: tuple[Path, Path]) -> None:
    whole, bound = (load_edition(folder / NAME, PROFILE).edition for folder in both)
    assert_frame_equal(bound.records, whole.records)
    assert (bound.date, bound.state, bound.last_code) == (whole.date, whole.state, whole.last_code)
    assert (bound.kinds, bound.earlier) == (whole.kinds, whole.earlier)
    assert list(bound.volumes) == [line[1] for line in listing(both[1] / NAME)]


def test_compared_with_itself_nothing_changed(both: tuple[Path, Path]) -> None:
    whole, folder = both
    for pair in ((whole, folder), (folder, whole), (folder, folder)):
        found = commands.diff(pair[0] / NAME, pair[1] / NAME, LOADED)
        assert (found.report["changes"], found.exit_code) == ([], 0)


def test_the_next_run_on_it_is_the_run_on_the_whole_edition(both: tuple[Path, Path], tmp_path: Path) -> None:
    reports = []
    for number, folder in enumerate(both):
        out = tmp_path / str(number)
        reports.append(commands.merge([INCOMING], LOADED, folder / NAME, out, Options(NEXT_DAY)).report)
        reports[-1]["edition"].pop("sha256")
    assert reports[0] == reports[1]


def test_a_template_is_filled_from_the_volumes(both: tuple[Path, Path], tmp_path: Path) -> None:
    pair = [commands.templates(LOADED, folder / NAME, tmp_path / folder.name, ["ИТ"]).outputs[0] for folder in both]
    assert pair[0].read_bytes() == pair[1].read_bytes()


def test_the_end_of_a_run_names_the_volumes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Outputs(tmp_path) as outputs:
        bound = write_edition(outputs, NAME, Dossier(PROFILE, "", EDITION.records, DATE, "утверждена", 5), 10)
    say_summary(Speaker(), Result({}, (tmp_path / NAME,), bound))
    lines = capsys.readouterr().out.splitlines()
    assert any(line.startswith("Тома:       Записей больше, чем помещается в одну книгу") for line in lines)
    told = f"в файле {FLAT[0]}." if FLAT else "файл .parquet не записан: не установлено дополнение cluster"
    assert any(told in line for line in lines)


def test_a_missing_volume_is_named(bound: Path) -> None:
    name = f"Перечень_{DAY}_том_02.xlsx"
    (bound.parent / name).unlink()
    with pytest.raises(InputError, match=f"^{NAME}: рядом нет тома «{name}», без него редакция неполна"):
        load_edition(bound, PROFILE)


def test_a_changed_volume_is_refused(bound: Path) -> None:
    path = bound.parent / f"Перечень_{DAY}_том_02.xlsx"
    book = load_workbook(path)
    book["Реестр"]["D2"] = "Другой процесс"
    book.save(path)
    with pytest.raises(InputError, match=r"том «Перечень_.*_том_02\.xlsx» изменён после записи"):
        load_edition(bound, PROFILE)


def test_a_volume_alone_is_no_edition(bound: Path) -> None:
    with pytest.raises(InputError, match=f"это том Перечня, а не вся редакция. Укажите книгу «{NAME}»"):
        load_edition(bound.parent / f"Перечень_{DAY}_том_01.xlsx", PROFILE)


@pytest.mark.parametrize("kind", ["том", "журнал"])
def test_a_volume_among_the_units_files_is_told_as_such(bound: Path, tmp_path: Path, kind: str) -> None:
    incoming = tmp_path / "incoming"
    shutil.copytree(INCOMING, incoming)
    name = f"Перечень_{DAY}_{kind}_01.xlsx"
    shutil.copy(bound.parent / name, incoming)
    found = commands.check([incoming], LOADED, FORMER, None, Options(DAY))
    (item,) = [item for item in found.report["files"] if item["file"] == name]
    assert item["status"] == "unreadable"
    assert "это том Перечня, записанный программой, а не файл подразделения. Уберите его" in item["reason"]
    assert found.exit_code == 2


def test_an_output_never_replaces_a_volume_of_the_edition(bound: Path) -> None:
    former = bound.rename(bound.with_name("редакция.xlsx"))
    name = f"Перечень_{DAY}_том_01.xlsx"
    with pytest.raises(OutputError, match=f"{name}: это входной файл, он не может быть заменён"):
        commands.merge([INCOMING], LOADED, former, bound.parent, Options(DAY, sheet_rows=ROWS))


def test_a_strict_run_with_errors_publishes_no_volume(tmp_path: Path) -> None:
    out = tmp_path / "out"
    options = Options(DAY, sheet_rows=ROWS)
    result = commands.merge([INCOMING], LOADED, FORMER, out, options, strict=True)
    assert result.exit_code == 1
    assert not out.exists()


def test_an_imported_annex_goes_out_in_volumes_too(tmp_path: Path) -> None:
    annex, pair = SAMPLES / "annex-2024-03-19.docx", [tmp_path / "а.xlsx", tmp_path / "б.xlsx"]
    commands.import_annex(annex, LOADED, pair[0])
    result = commands.import_annex(annex, LOADED, pair[1], sheet_rows=ROWS)
    assert [path.name for path in result.outputs[:2]] == ["б.xlsx", "б_том_01.xlsx"]
    whole, bound = (load_edition(path, PROFILE).edition for path in pair)
    assert_frame_equal(bound.records, whole.records)


def many(count: int) -> pd.DataFrame:
    frame = EDITION.records.iloc[[at % 5 for at in range(count)]]
    ordered = frame.sort_values("activity", kind="stable").reset_index(drop=True)
    return records.typed(ordered.assign(code=[records.code_text(number) for number in range(1, count + 1)]))


def test_the_same_register_gives_the_same_bytes(tmp_path: Path) -> None:
    dossier = Dossier(PROFILE, "", EDITION.records, DATE, "утверждена", 5)
    for name in ("а", "б"):
        with Outputs(tmp_path / name) as outputs:
            write_edition(outputs, NAME, dossier, 10)
    first, second = ({path.name: path.read_bytes() for path in (tmp_path / name).iterdir()} for name in ("а", "б"))
    assert len(first) == 3 + len(FLAT)
    assert first == second


def test_a_volume_of_more_than_a_thousand_records_is_read_back(tmp_path: Path) -> None:
    frame = many(1_100)
    with Outputs(tmp_path) as outputs:
        write_edition(outputs, NAME, Dossier(PROFILE, "", frame, DATE, "утверждена", 1_100), 1_050)
    assert_frame_equal(load_edition(tmp_path / NAME, PROFILE).edition.records, frame)


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 12), st.integers(1, 24))
def test_whatever_a_sheet_holds_the_edition_comes_back(
    tmp_path_factory: pytest.TempPathFactory, count: int, sheet_rows: int
) -> None:
    frame, folder = many(count), tmp_path_factory.mktemp("edition")
    with Outputs(folder) as outputs:
        bound = write_edition(outputs, NAME, Dossier(PROFILE, "", frame, DATE, "утверждена", count), sheet_rows)
    assert_frame_equal(load_edition(folder / NAME, PROFILE).edition.records, frame)
    # The higher of both sheets decides: seven rows stand above the records of the form.
    assert bool(bound.volumes.register) == (bool(count) and count + 7 > sheet_rows)
