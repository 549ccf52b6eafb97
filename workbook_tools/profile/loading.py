"""Reading a profile from its file; every fault becomes one Russian line with the key's path."""

from __future__ import annotations

import hashlib
import re
import tomllib
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from workbook_tools.errors import ProfileError
from workbook_tools.profile.profile import Profile
from workbook_tools.profile.wordings import wording_faults

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

SHIPPED = "smolensk_minprom"

_SENTENCES = {
    "missing": "нет обязательного ключа",
    "extra_forbidden": "неизвестный ключ; проверьте написание",
    "string_type": "нужен текст в кавычках",
    "int_type": "нужно целое число",
    "int_parsing": "нужно целое число",
    "int_from_float": "нужно целое число",
    "float_type": "нужно число",
    "bool_type": "нужно true или false",
    "bool_parsing": "нужно true или false",
    "date_type": "нужна дата в виде ГГГГ-ММ-ДД",
    "date_from_datetime_parsing": "нужна дата в виде ГГГГ-ММ-ДД",
    "date_parsing": "нужна дата в виде ГГГГ-ММ-ДД",
    "tuple_type": "нужен список в квадратных скобках",
    "dict_type": "нужна таблица ключей и значений",
    "model_type": "нужна таблица ключей и значений",
    "string_too_short": "значение не может быть пустым",
    "string_too_long": "слишком длинный текст; допускается не более {max_length} знаков",
    "string_pattern_mismatch": "допустимы буквы, цифры и дефис, не более 20 знаков",
    "too_short": "список не может быть пустым",
    "literal_error": "недопустимое значение; допустимы: {expected}",
    "greater_than": "число должно быть больше {gt}",
    "greater_than_equal": "число должно быть не меньше {ge}",
    "less_than_equal": "число должно быть не больше {le}",
}

_NO_FILE = "файл профиля не найден или не открывается; проверьте путь"


class LoadedProfile(NamedTuple):
    """A profile and the SHA-256 of the file it came from."""

    profile: Profile
    sha256: str


def load_profile(path: Path | str | None = None) -> LoadedProfile:
    """Read a profile; without a path, the one shipped with the program.

    Raises
    ------
    ProfileError
        The file cannot be read or is wrong; one line for each fault.
    """
    source, content = _read(path)
    try:
        data = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ProfileError(source, ["файл профиля не в кодировке UTF-8; сохраните его в UTF-8"]) from error
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(source, [_broken_toml(error)]) from error
    profile = _validated(source, data)
    faults = wording_faults(profile, load_profile().profile) if path is not None else []
    if faults:
        raise ProfileError(source, faults)
    return LoadedProfile(profile, hashlib.sha256(content).hexdigest())


def _read(path: Path | str | None) -> tuple[str, bytes]:
    if path is None:
        resource = files("workbook_tools.profiles").joinpath(f"{SHIPPED}.toml")
        return resource.name, resource.read_bytes()
    try:
        # What is no regular file may never come to an end.
        if Path(path).is_file():
            return Path(path).name, Path(path).read_bytes()
    except OSError as error:
        raise ProfileError(str(path), [_NO_FILE]) from error
    raise ProfileError(str(path), [_NO_FILE])


def _broken_toml(error: tomllib.TOMLDecodeError) -> str:
    """Say where the file stops being readable; the parser names the line in its own English."""
    line = re.search(r"line (\d+)", str(error))
    where = f"строка {line.group(1)}" if line else "конец файла"
    return f"{where}: запись не по правилам TOML; проверьте кавычки, скобки и знак «=»"


def _validated(source: str, data: dict[str, Any]) -> Profile:
    try:
        return Profile.model_validate(data)
    except ValidationError as error:
        faults = [line for detail in error.errors() for line in _lines(detail)]
        raise ProfileError(source, faults) from error


def _lines(detail: ErrorDetails) -> list[str]:
    if detail["type"] == "value_error":
        return str(detail["ctx"]["error"]).splitlines()
    path = ".".join(str(key) for key in detail["loc"] if key != "[key]")
    sentence = _SENTENCES.get(detail["type"], "недопустимое значение")
    context = {key: _worded(value) for key, value in detail.get("ctx", {}).items()}
    return [f"{path}: {sentence.format_map(context)}"]


def _worded(value: object) -> str:
    """Return a limit or a list of choices in words: 255, not 255.0."""
    return f"{value:g}" if isinstance(value, float) else str(value).replace(" or ", " или ")
