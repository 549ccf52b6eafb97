"""The flat table for programs holds what «Реестр» shows, in its columns; without its library the run says so."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from tests.books import DATE, EDITION, PROFILE
from workbook_tools.dossier import Dossier
from workbook_tools.errors import InternalError, OutputError
from workbook_tools.reports import flat
from workbook_tools.reports.flat import can_write_flat, write_flat

needs_arrow = pytest.mark.skipif(
    importlib.util.find_spec("pyarrow") is None, reason="pyarrow (extra `cluster`) is not installed"
)
DOSSIER = Dossier(PROFILE, "", EDITION.records, DATE, "утверждена", 5)


@needs_arrow
def test_the_table_has_the_headers_and_the_texts_of_the_register(tmp_path: Path) -> None:
    parquet = importlib.import_module("pyarrow.parquet")
    write_flat(tmp_path / "П.parquet", DOSSIER)
    table = parquet.read_table(tmp_path / "П.parquet")
    assert table.column_names == list(PROFILE.headers("register").values())
    assert {str(kind) for kind in table.schema.types} == {"string"}
    assert table.column("Код записи").to_pylist() == list(EDITION.records["code"])
    assert table.column("Ключевая точка").to_pylist() == ["да", "", "", "", ""]
    assert table.column("Вид точки").to_pylist() == ["офлайн", "офлайн", "офлайн", "цифровая", "цифровая"]


@needs_arrow
def test_the_same_register_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("а", "б"):
        write_flat(tmp_path / name, DOSSIER)
    assert (tmp_path / "а").read_bytes() == (tmp_path / "б").read_bytes()


@needs_arrow
@pytest.mark.parametrize("rows", [0, 1, 2, 5])
def test_it_holds_all_rows_in_their_order_however_many_are_written_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: int
) -> None:
    parquet = importlib.import_module("pyarrow.parquet")
    monkeypatch.setattr(flat, "_ROWS_AT_ONCE", 2)
    held = EDITION.records.head(rows)
    write_flat(tmp_path / "П.parquet", replace(DOSSIER, records=held))
    assert parquet.read_table(tmp_path / "П.parquet").column("Код записи").to_pylist() == list(held["code"])


@needs_arrow
def test_a_table_that_differs_from_what_was_put_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parquet = importlib.import_module("pyarrow.parquet")
    monkeypatch.setattr(parquet.ParquetFile, "read_row_group", lambda file, at: file.read().slice(at, 1))
    with pytest.raises(InternalError, match=r"файл \.parquet отличается от переданного на запись"):
        write_flat(tmp_path / "П.parquet", DOSSIER)


@needs_arrow
def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"П\.parquet: файл не записан\. .* проверьте права"):
        write_flat(tmp_path / "нет такой папки" / "П.parquet", DOSSIER)


def test_without_the_library_no_table_can_be_written(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flat, "_LIBRARY", "no_such_library")
    assert not can_write_flat()


@needs_arrow
def test_with_the_library_it_can() -> None:
    assert can_write_flat()


@needs_arrow
def test_the_program_that_hid_the_library_from_pandas_can_write_a_table_all_the_same(tmp_path: Path) -> None:
    script = """
import sys
from workbook_tools.__main__ import _do_without_what_nobody_needs
_do_without_what_nobody_needs()
from tests.test_reports_flat import DOSSIER
from workbook_tools.reports.flat import can_write_flat, write_flat
assert sys.modules["pyarrow"] is None
assert can_write_flat()
from pathlib import Path
write_flat(Path(sys.argv[1]), DOSSIER)
"""
    # Another process: pandas is loaded only once in each.
    subprocess.run([sys.executable, "-c", script, str(tmp_path / "П.parquet")], check=True)
    write_flat(tmp_path / "Р.parquet", DOSSIER)
    assert (tmp_path / "П.parquet").read_bytes() == (tmp_path / "Р.parquet").read_bytes()
