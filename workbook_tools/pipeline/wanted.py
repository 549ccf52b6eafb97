"""What a file was asked for: whoever names another one is told what to name instead."""

from __future__ import annotations

import os
from pathlib import Path

from workbook_tools.errors import SAVE_AGAIN, InputError, WrongKindError

EDITION = "Укажите утверждённую редакцию: книгу Перечня (.xlsx) или Приложение 1 (.docx, .xlsx)."
ANNEX = "Укажите Приложение 1 приказа: документ .docx или книгу .xlsx, .xls, .ods."
DECISIONS = "Укажите сводную книгу (.xlsx), в которой заполнен лист «Решения»."
REPORT = "Укажите файл run.json из папки прошлой проверки."
_DOCUMENTS = {".docx", ".doc", ".rtf", ".odt"}
_SAVE_DOCUMENT = (
    "Откройте его в текстовом редакторе, сохраните заново в формате .docx (или таблицу – в .xlsx) и повторите"
)
_OF_A_SENDER = (("и пришлите ещё раз", "и повторите"), ("Пришлите его ещё раз", "Возьмите его заново и повторите"))


def check_place(path: Path, wanted: str) -> None:
    """Make sure that there is a file at a path.

    Parameters
    ----------
    wanted
        What to name, a sentence.

    Raises
    ------
    InputError
        There is a folder, a device or a pipe, or nothing.
    """
    if path.is_dir():
        raise InputError(f"{path}: это папка, а не файл. {wanted}")
    if path.is_file():
        return
    if path.exists():
        raise InputError(f"{path}: это не обычный файл, а устройство или канал. {wanted}")
    if os.path.lexists(path):
        raise InputError(f"{path}: это ссылка, которая никуда не ведёт. {wanted}")
    raise InputError(f"{path}: такого файла нет. Проверьте путь.")


def fitted(error: InputError, path: Path, wanted: str) -> InputError:
    """Return a refusal whose advice fits who named the file: it is nobody's to be sent again."""
    if isinstance(error, WrongKindError):
        text = f"{error.what}. {wanted}"
    else:
        text = str(error).replace(SAVE_AGAIN, _SAVE_DOCUMENT) if path.suffix.casefold() in _DOCUMENTS else str(error)
        for of_a_sender, own in _OF_A_SENDER:
            text = text.replace(of_a_sender, own)
    return InputError(text if text.startswith(path.name) else f"{path.name}: {text}")
