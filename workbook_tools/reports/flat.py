"""The whole register as one flat table for programs (Parquet): the columns of «Реестр», everything as text."""

from __future__ import annotations

import importlib
import importlib.util
from functools import partial
from typing import TYPE_CHECKING, Any

from workbook_tools.errors import InternalError
from workbook_tools.placing.disk import target_of, unwritable
from workbook_tools.records import mapped

if TYPE_CHECKING:
    from pathlib import Path

    from workbook_tools.dossier import Dossier


def can_write_flat() -> bool:
    """Tell whether the library is there: it comes with the extra `cluster`."""
    return importlib.util.find_spec("pyarrow") is not None


def write_flat(path: Path, dossier: Dossier) -> None:
    """Write the register as one table, in its order, and read it again.

    Raises
    ------
    OutputError
        The file cannot be written.
    InternalError
        It does not hold what was put into it.
    """
    parquet = importlib.import_module("pyarrow.parquet")
    table = _table(dossier)
    try:
        parquet.write_table(table, path, compression="zstd")
        found = parquet.read_table(path, memory_map=False)
    except OSError as error:
        raise unwritable(target_of(path), error) from error
    if not found.equals(table):
        raise InternalError(
            "самопроверка записи не сошлась: файл .parquet отличается от переданного на запись. Файлы не заменены. "
            "Это ошибка программы, сообщите разработчикам."
        )


def _table(dossier: Dossier) -> Any:  # noqa: ANN401 - the library is not always there to name its types
    arrow = importlib.import_module("pyarrow")
    profile = dossier.profile
    columns = {
        header: arrow.array(
            mapped(dossier.records[name], partial(profile.shown, name)).to_numpy(dtype=object), arrow.string()
        )
        for name, header in profile.headers("register").items()
    }
    return arrow.table(columns)
