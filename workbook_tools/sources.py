"""Where a file from outside lies: on this machine, at an address (s3://…, https://…), or already in our hands.

Addresses are read through fsspec of the extra `cluster`, and never written to. Whatever touches the network here may
never come to an end: run it where somebody keeps the time (`children`).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from importlib.util import find_spec
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from workbook_tools import limits
from workbook_tools.errors import InputError, OutputError

if TYPE_CHECKING:
    from fsspec import AbstractFileSystem

# Why a file that a program or the system left in a folder is not read; nobody sent it.
LEFT_OVER = "служебный файл"
_ADDRESS = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]+)://")
# A password may hold any sign, a slash too; a colon before a number is that of a port.
_PASSWORD = re.compile(r"^[^/@:]*:(?!\d+(?:/|$))[^@]*@")
_OF_THIS_MACHINE = {"file", "local"}
_OF_THIS_PROCESS = {"memory"}
_WEB = {"http", "https"}
_ETAGS = ("ETag", "etag", "content_md5", "md5", "checksum")
_TIMES = ("LastModified", "last_modified", "mtime", "modified", "modify", "updated", "created")
# A store that does not answer is told within the time of one file; by themselves its clients wait for minutes.
_PATIENCE: Mapping[str, dict[str, Any]] = {
    "s3": {"config_kwargs": {"connect_timeout": 5, "read_timeout": 15, "retries": {"max_attempts": 1}}}
}
_NOT_INSTALLED = 'чтобы читать файлы по адресу, установите дополнение: pip install "perechen[cluster]"'
_NOTHING = "по этому адресу ничего нет. Проверьте имена хранилища и папки"
_NO_RIGHTS = "хранилище не даёт прав на чтение. Проверьте ключи доступа и права на папку"
NO_ANSWER = "хранилище не отвечает. Проверьте адрес и сеть и запустите ещё раз"
"""Said of an address from which nothing came in time."""
# Exceptions of libraries that are not always there, and are no OSError.
_TOLD_BY_NAME = {
    "NoCredentialsError": _NO_RIGHTS,
    "PartialCredentialsError": _NO_RIGHTS,
    "ParamValidationError": _NOTHING,
}


@dataclass(frozen=True)
class Address:
    """A file or a folder at an address; as a string, its name without anything secret.

    Attributes
    ----------
    url
        The address as it was given, with all that opens it.
    path
        For a file found under it: its path as the store names it; "" for the address itself.
    inner
        For a file found under it: its path relative to the address.
    size
        Bytes; None where the store does not say.
    mark
        By which the store shows a change of the content; "" where it shows none.
    """

    url: str = field(repr=False)
    path: str = field(default="", repr=False)
    inner: str = ""
    size: int | None = None
    mark: str = ""

    @property
    def suffix(self) -> str:
        """The ending of the file's name, with its dot."""
        return PurePosixPath(str(self)).suffix

    @property
    def is_of_this_process(self) -> bool:
        """Whether no other process can read it."""
        return _scheme(self.url) in _OF_THIS_PROCESS

    def content(self) -> bytes:
        """Fetch the file.

        Raises
        ------
        InputError
            It is larger than `limits.FILE_BYTES`, or does not come; a sentence without its name.
        """
        if self.size is not None and self.size > limits.FILE_BYTES:
            raise too_large()
        with _russian(self.url):
            content = self._fetched()
        if len(content) > limits.FILE_BYTES:
            raise too_large()
        return content

    def _fetched(self) -> bytes:
        store, place = _opened(self.url)
        if self.size is not None:
            return bytes(store.cat_file(self.path or place))
        with store.open(self.path or place, "rb") as stream:
            return bytes(stream.read(limits.FILE_BYTES + 1))

    def __str__(self) -> str:
        return f"{_shown(self.url).rstrip('/')}/{self.inner}" if self.inner else _shown(self.url)


@dataclass(frozen=True)
class Sent:
    """The content of a file on its way to a machine that does not have the file: bytes, and the ending of its name."""

    taken: bytes = field(repr=False)
    suffix: str = ""

    def content(self) -> bytes:
        """Return the bytes."""
        return self.taken


Source = Path | Address | Sent


def source_of(text: str) -> Path | Address:
    """Return the place that a person names: a path, or an address where it begins with a scheme and «://».

    Raises
    ------
    InputError
        Addresses are chained («zip://…::s3://…»).
    """
    scheme = _scheme(text)
    if not scheme:
        return Path(text)
    if "::" in text:
        raise InputError(f"{_shown(text)}: составные адреса не читаются. Укажите адрес самой папки или файла.")
    if scheme in _OF_THIS_MACHINE:
        from urllib.request import url2pathname  # noqa: PLC0415 - it brings half of the network's modules

        return Path(url2pathname(text.partition("://")[2]))
    return Address(text)


def listed(address: Address) -> tuple[Address, ...]:
    """Return the files under an address, by name; of a file itself only that.

    Raises
    ------
    InputError
        The extra is not installed, or the store cannot be listed; one Russian sentence that names the address.
    """
    try:
        with _russian(address.url):
            return tuple(_under(address))
    except InputError as error:
        raise InputError(f"{address}: {error}.") from error


def checksum(address: Address) -> str:
    """Return the SHA-256 of a file at an address.

    Raises
    ------
    InputError
        It does not come.
    """
    return hashlib.sha256(address.content()).hexdigest()


def changed(name: str) -> OutputError:
    """Return what is said of an input that was changed during the run."""
    return OutputError(
        f"{name}: входной файл изменился, пока программа работала. Итоги не записаны. Запустите ещё раз."
    )


def too_large() -> InputError:
    """Return the refusal of a file that is larger than a file may be."""
    return InputError(f"файл больше {limits.FILE_BYTES // limits.MIB} МиБ. Удалите из него лишнее и пришлите ещё раз")


def _under(address: Address) -> Iterator[Address]:
    store, place = _opened(address.url)
    details = store.info(place)
    if details["type"] != "directory":
        yield _file(address, place, "", details)
        return
    for path, found in sorted(store.find(place, detail=True).items()):
        inner = path.removeprefix(place).lstrip("/")
        # Some stores keep a folder as an empty file of its name.
        if inner and not path.endswith("/"):
            yield _file(address, path, inner, found)


def _file(address: Address, path: str, inner: str, details: Mapping[str, Any]) -> Address:
    size = details.get("size")
    marks = [str(details[key]) for key in (*_ETAGS, *_TIMES) if details.get(key)]
    return Address(address.url, path, inner, None if size is None else int(size), f"{size} {marks[0]}" if marks else "")


def _opened(url: str) -> tuple[AbstractFileSystem, str]:
    from fsspec.core import url_to_fs  # noqa: PLC0415 - only with the extra `cluster`

    store, place = url_to_fs(url, use_listings_cache=False, skip_instance_cache=True, **_PATIENCE.get(_scheme(url), {}))
    return store, place


@contextmanager
def _russian(url: str) -> Iterator[None]:
    """Turn whatever the libraries say into one Russian sentence without a full stop."""
    if find_spec("fsspec") is None:
        raise InputError(_NOT_INSTALLED)
    try:
        yield
    except (InputError, MemoryError):
        raise
    except ImportError as error:
        raise InputError(f"для адресов {_scheme(url)}:// не хватает библиотеки. {_library(url, error)}") from error
    except Exception as error:
        raise InputError(_why(url, error)) from error


def _library(url: str, error: ImportError) -> str:
    from fsspec.registry import known_implementations  # noqa: PLC0415 - only with the extra `cluster`

    known = str(known_implementations.get(_scheme(url), {}).get("class", ""))
    name = error.name or known.partition(".")[0]
    return f"Установите её: pip install {name}" if name and name != "fsspec" else "Установите её"


def _why(url: str, error: Exception) -> str:
    if isinstance(error, ValueError) and "rotocol not known" in str(error):
        return f"адресов {_scheme(url)}:// программа не знает. Укажите папку, файл или адрес вида s3://хранилище/папка/"
    if isinstance(error, FileNotFoundError):
        return _why_not_found(error.__cause__)
    if isinstance(error, PermissionError):
        return _NO_RIGHTS
    return _TOLD_BY_NAME.get(type(error).__name__, NO_ANSWER)


def _why_not_found(cause: BaseException | None) -> str:
    """Return what is behind it: to a client of the web all is not found, whatever its server said or did not say."""
    status = getattr(cause, "status", None)
    if status in {HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN}:
        return _NO_RIGHTS
    is_silent = isinstance(cause, OSError) or (status or 0) >= HTTPStatus.INTERNAL_SERVER_ERROR
    return NO_ANSWER if is_silent else _NOTHING


def _scheme(url: str) -> str:
    found = _ADDRESS.match(url)
    return found["scheme"].lower() if found else ""


def _shown(url: str) -> str:
    """Return an address without names, passwords and tokens."""
    scheme, rest = _scheme(url), url.partition("://")[2]
    place, slash, path = _PASSWORD.sub("", rest).partition("/")
    if scheme in _WEB:
        path = urlsplit(f"//x/{path}").path.removeprefix("/")
        place = re.split(r"[?#]", place)[0]
    # Elsewhere a question mark may stand in a name; what follows it is a token where it assigns something.
    cut = re.sub(r"\?[^?]*=.*$", "", f"{place.rpartition('@')[2]}{slash}{path}", flags=re.DOTALL)
    return f"{scheme}://{cut}"
