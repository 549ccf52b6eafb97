"""The whole register as one flat table for programs (Parquet): the columns of «Реестр», everything as text."""

from __future__ import annotations

import importlib
import importlib.util
import operator
import sys
from functools import partial
from typing import TYPE_CHECKING, Any

from workbook_tools.errors import InternalError
from workbook_tools.frames import mapped
from workbook_tools.placing.disk import target_of, unwritable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from workbook_tools.dossier import Dossier

_LIBRARY = "pyarrow"
# A whole register as a table of this kind would take as much room again as the register.
_ROWS_AT_ONCE = 65_536


def can_write_flat() -> bool:
    """Tell whether the library is there: it comes with the extra `cluster`."""
    if sys.modules.get(_LIBRARY, sys) is None:
        # The program hid it from pandas.
        del sys.modules[_LIBRARY]
    return importlib.util.find_spec(_LIBRARY) is not None


def write_flat(path: Path, dossier: Dossier) -> None:
    """Write the register as one table, in its order, and read it again; both some rows at a time.

    Raises
    ------
    OutputError
        The file cannot be written.
    InternalError
        It does not hold what was put into it.
    """
    parquet = importlib.import_module(f"{_LIBRARY}.parquet")
    try:
        with parquet.ParquetWriter(path, _stretch(dossier, 0, 0).schema, compression="zstd") as writer:
            for stretch in _stretches(dossier):
                writer.write_table(stretch)
        with parquet.ParquetFile(path, memory_map=False) as file:
            found = map(file.read_row_group, range(file.num_row_groups))
            is_whole = all(map(operator.eq, found, _stretches(dossier))) and file.metadata.num_rows == len(
                dossier.records
            )
    except OSError as error:
        raise unwritable(target_of(path), error) from error
    if not is_whole:
        raise InternalError(
            "самопроверка записи не сошлась: файл .parquet отличается от переданного на запись. Файлы не заменены. "
            "Это ошибка программы, сообщите разработчикам."
        )


def _stretches(dossier: Dossier) -> Iterator[Any]:
    for first in range(0, len(dossier.records), _ROWS_AT_ONCE):
        yield _stretch(dossier, first, first + _ROWS_AT_ONCE)


def _stretch(dossier: Dossier, first: int, last: int) -> Any:  # noqa: ANN401 - the library is not always there to name its types
    arrow = importlib.import_module(_LIBRARY)
    profile, records = dossier.profile, dossier.records.iloc[first:last]
    columns = {
        header: arrow.array(mapped(records[name], partial(profile.shown, name)).to_numpy(dtype=object), arrow.string())
        for name, header in profile.headers("register").items()
    }
    return arrow.table(columns)
