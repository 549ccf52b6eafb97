"""Reading a profile from its file; every fault becomes one Russian line with the key's path."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import ValidationError

from workbook_tools import limits
from workbook_tools.errors import ProfileError, refusal
from workbook_tools.profile.bases import BASED_ON, DEEPEST, merged
from workbook_tools.profile.faults import MISSING
from workbook_tools.profile.profile import Profile
from workbook_tools.profile.wordings import with_wordings, wording_faults

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from pydantic_core import ErrorDetails

SHIPPED = "smolensk_minprom"
_SHELF, _ENDING = "workbook_tools.profiles", ".toml"

# How a workbook, a PDF, pictures and an old document begin.
_NO_TEXTS = (b"PK\x03\x04", b"%PDF", b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"\xd0\xcf\x11\xe0")

_SENTENCES = {
    "missing": MISSING,
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
    "frozen_set_type": "нужен список в квадратных скобках",
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

_WANTED = "укажите файл профиля в формате .toml или .xlsx"
_NO_FILE = "такого файла нет; проверьте путь или назовите один из встроенных профилей:"
_CLOSED = "файл профиля не открывается; проверьте права на него"
_FOLDER = f"это папка, а не файл; {_WANTED}"
_DEVICE = f"это не обычный файл, а устройство или канал; {_WANTED}"
_TOO_LARGE = f"файл больше {limits.PROFILE_BYTES // limits.MIB} МиБ, таким профиль не бывает; {_WANTED}"
_NO_TEXT = f"это не текст, а книга, изображение или другой подобный файл; {_WANTED}"
_DEEP = f"скобки вложены слишком глубоко, таким профиль не бывает; {_WANTED}"
_NO_PROFILE = (
    f"это не профиль органа: в файле нет ни одного из его разделов (подразделения, справочники, правила); {_WANTED}, "
    "составленный по образцу встроенного"
)
_NO_BASE = "назовите в кавычках встроенный профиль или файл .toml, лежащий рядом"
_TOO_MANY_BASES = "профили составлены один из другого по кругу или больше чем в пять ступеней; исправьте этот ключ"
_SIGN = "в тексте стоит управляющий знак; наберите текст заново"


class LoadedProfile(NamedTuple):
    """A profile and the SHA-256 of the file it came from."""

    profile: Profile
    sha256: str


def load_profile(path: Path | str | None = None) -> LoadedProfile:
    """Read a profile: a file, or one shipped with the program by its name; without either, the first shipped one.

    A file that bears the name of a shipped one is called by its full path.

    A profile that names another in `based_on` is read over it; its checksum then covers both.

    Raises
    ------
    ProfileError
        The file cannot be read or is wrong; one line for each fault.
    """
    source, data, sha256 = _whole(path, 0)
    return LoadedProfile(profile_of(source, data, known=path is None), sha256)


def shipped_names() -> list[str]:
    """Return the names by which the profiles shipped with the program are called, the usual one first."""
    found = (place.name for place in files(_SHELF).iterdir())
    names = sorted(name.removesuffix(_ENDING) for name in found if name.endswith(_ENDING))
    return sorted(names, key=lambda name: name != SHIPPED)


def profile_of(source: str, data: dict[str, Any], *, known: bool = False) -> Profile:
    """Return the profile that a file's tables make.

    Parameters
    ----------
    source
        The file, as it is named to people.
    known
        Whether it is the shipped one, by which the words of the others are judged.

    Raises
    ------
    ProfileError
        It is wrong; one line for each fault.
    """
    if not any(isinstance(data.get(name), dict | list) for name in Profile.model_fields):
        raise ProfileError(source, [_NO_PROFILE])
    try:
        signs = list(_with_signs(data, ""))
    except RecursionError as error:
        raise ProfileError(source, [_DEEP]) from error
    if signs:
        raise ProfileError(source, [f"{place}: {_SIGN}" for place in signs])
    if known:
        return _validated(source, data)
    shipped = load_profile().profile
    profile = _validated(source, with_wordings(data, shipped))
    faults = wording_faults(profile, shipped)
    if faults:
        raise ProfileError(source, faults)
    return profile


def _whole(path: Path | str | None, depth: int) -> tuple[str, dict[str, Any], str]:
    """Return a file's name, its tables over those of its base, and the checksum of all that was read."""
    source, content = _read(path)
    data, sha256 = _parsed(source, content), hashlib.sha256(content).hexdigest()
    if BASED_ON not in data:
        return source, data, sha256
    name = data.pop(BASED_ON)
    if not isinstance(name, str) or not name:
        raise ProfileError(source, [f"{BASED_ON}: {_NO_BASE}"])
    if depth == DEEPEST:
        raise ProfileError(source, [f"{BASED_ON}: {_TOO_MANY_BASES}"])
    _, base, below = _whole(_base_of(path, name), depth + 1)
    try:
        return source, merged(base, data), hashlib.sha256(f"{sha256} {below}".encode()).hexdigest()
    except RecursionError as error:
        raise ProfileError(source, [_DEEP]) from error


def _base_of(path: Path | str | None, name: str) -> Path | str:
    """Return where a base lies: shipped with the program, or beside the profile that is made from it."""
    return name if path is None or _shipped(name) is not None else Path(path).parent / name


def _shipped(path: Path | str) -> Traversable | None:
    """Return the shipped profile that is called by this name, None where it is a path."""
    return files(_SHELF).joinpath(f"{path}{_ENDING}") if str(path) in shipped_names() else None


def _read(path: Path | str | None) -> tuple[str, bytes]:
    resource = _shipped(SHIPPED if path is None else path)
    if resource is not None:
        return resource.name, resource.read_bytes()
    place = Path(path or "")
    try:
        fault = "" if place.is_file() else _why_no_file(place)
        # What is no regular file may never come to an end.
        content = b"" if fault else _content(place)
    except OSError as error:
        raise ProfileError(str(path), [refusal(error) or _CLOSED]) from error
    if fault or len(content) > limits.PROFILE_BYTES:
        raise ProfileError(str(path), [fault or _TOO_LARGE])
    return place.name, content


def _why_no_file(place: Path) -> str:
    if place.is_dir():
        return _FOLDER
    return _DEVICE if place.exists() else f"{_NO_FILE} {', '.join(shipped_names())}"


def _content(place: Path) -> bytes:
    with place.open("rb") as stream:
        return stream.read(limits.PROFILE_BYTES + 1)


def _parsed(source: str, content: bytes) -> dict[str, Any]:
    if content.startswith(_NO_TEXTS) or b"\0" in content:
        raise ProfileError(source, [_NO_TEXT])
    try:
        return tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise ProfileError(source, ["файл профиля не в кодировке UTF-8; сохраните его в UTF-8"]) from error
    except RecursionError as error:
        raise ProfileError(source, [_DEEP]) from error
    except ValueError as error:  # of the parser, and of a number that is too long for the language
        raise ProfileError(source, [_broken_toml(error)]) from error


def _with_signs(value: object, place: str) -> Iterator[str]:
    """Yield the places of texts with control characters: no sheet, page or file can hold them."""
    if isinstance(value, str):
        if any(sign < " " and sign not in "\t\n\r" for sign in value):
            yield place
    elif isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else enumerate(value)
        for key, inner in items:
            yield from _with_signs(str(key), place or "имя ключа")
            yield from _with_signs(inner, f"{place}.{key}" if place else str(key))


def _broken_toml(error: ValueError) -> str:
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
