"""Files at an address: listed, guarded and named as files of a folder are, and never named with what is secret."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from workbook_tools import limits
from workbook_tools.errors import InputError, OutputError
from workbook_tools.pipeline.foreign import refuse_changed
from workbook_tools.reading.scanning import scan
from workbook_tools.sources import Address, Sent, checksum, listed, source_of

ANSWERS = {"/closed.xlsx": 403, "/locked.xlsx": 401, "/broken.xlsx": 500, "/none.xlsx": 404}
NOT_INSTALLED = 'чтобы читать файлы по адресу, установите дополнение: pip install "perechen[cluster]"'


@pytest.fixture
def memory() -> Iterator[dict[str, bytes]]:
    """Give the store that lives in this process: content by path."""
    fsspec = pytest.importorskip("fsspec", reason="only with the extra `cluster`")
    store = fsspec.filesystem("memory")
    store.store.clear()

    class Pipe(dict[str, bytes]):
        def __setitem__(self, path: str, content: bytes) -> None:
            store.pipe(path, content)

        def __delitem__(self, path: str) -> None:
            store.rm(path)

    yield Pipe()
    store.store.clear()


def why(url: str) -> str:
    with pytest.raises(InputError) as refused:
        listed(Address(url))
    return str(refused.value)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("s3://причал/входящие/", "s3://причал/входящие/"),
        ("s3://key:secret@bucket/a.xlsx", "s3://bucket/a.xlsx"),
        ("s3://key:sec/ret@bucket/a.xlsx", "s3://bucket/a.xlsx"),
        ("s3://bucket/чей это?.xlsx", "s3://bucket/чей это?.xlsx"),
        ("s3://bucket/a.xlsx?X-Amz-Signature=secret", "s3://bucket/a.xlsx"),
        ("s3://bucket/кому@куда.xlsx", "s3://bucket/кому@куда.xlsx"),
        ("sftp://user@host:22/dir/a@b.xlsx", "sftp://host:22/dir/a@b.xlsx"),
        ("https://user:secret@host/a.xlsx", "https://host/a.xlsx"),
        ("https://host/a.xlsx?secret#secret", "https://host/a.xlsx"),
        ("https://host?token=secret", "https://host"),
    ],
)
def test_an_address_is_named_without_what_is_secret(url: str, name: str) -> None:
    address = source_of(url)
    assert str(address) == name
    assert "secret" not in repr(address)


def test_what_has_no_scheme_is_a_path() -> None:
    assert source_of("входящие/a.xlsx") == Path("входящие/a.xlsx")
    assert source_of("C:\\входящие") == Path("C:\\входящие")


def test_an_address_of_this_machine_is_a_path() -> None:
    assert source_of("file:///srv/a%20b.xlsx") == Path("/srv/a b.xlsx")


def test_chained_addresses_are_refused() -> None:
    with pytest.raises(InputError, match=r"составные адреса не читаются\. Укажите адрес самой папки"):
        source_of("zip://a.xlsx::s3://bucket/a.zip")


def test_without_the_extra_the_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fsspec", None)  # as Python itself marks a package that is not there
    assert why("s3://bucket/in/") == f"s3://bucket/in/: {NOT_INSTALLED}."


def test_files_are_listed_by_name_with_what_is_left_out(memory: dict[str, bytes]) -> None:
    for name in ("б.xlsx", "а/в.xlsx", "~$б.xlsx", "письмо.docx", "а/.DS_Store"):
        memory[f"/in/{name}"] = b"PK"
    found = [(item.name, item.ignored) for item in scan([Address("memory://in/"), Address("memory://in/а")])]
    assert found == [
        ("memory://in/~$б.xlsx", "служебный файл"),
        ("memory://in/а/.DS_Store", "служебный файл"),
        ("memory://in/а/в.xlsx", ""),
        ("memory://in/б.xlsx", ""),
        ("memory://in/письмо.docx", "не книга"),
    ]


def test_a_folder_without_workbooks_is_told(memory: dict[str, bytes]) -> None:
    memory["/in/письмо.docx"] = b"PK"
    with pytest.raises(InputError, match="memory://in: нет ни одного файла подразделения"):
        scan([Address("memory://in")])


def test_a_file_is_fetched_whole(memory: dict[str, bytes]) -> None:
    memory["/in/а.xlsx"], memory["/in/пусто.xlsx"] = b"PK12", b""
    whole, empty = listed(Address("memory://in"))
    assert (whole.content(), whole.size, whole.suffix) == (b"PK12", 4, ".xlsx")
    assert empty.content() == b""
    assert checksum(whole) == hashlib.sha256(b"PK12").hexdigest()
    assert [file.content() for file in listed(Address("memory://in/а.xlsx"))] == [b"PK12"]


def test_a_file_that_is_too_large_is_not_fetched() -> None:
    file = Address("memory://in", "/in/нет.xlsx", "нет.xlsx", limits.FILE_BYTES + 1)
    with pytest.raises(InputError, match="файл больше 64 МиБ"):
        file.content()


def test_a_file_of_unknown_size_is_fetched_no_further_than_the_limit(
    memory: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "FILE_BYTES", 3)
    memory["/in/а.xlsx"] = b"PK1"
    assert Address("memory://in/а.xlsx").content() == b"PK1"
    memory["/in/а.xlsx"] = b"PK12"
    with pytest.raises(InputError, match="файл больше"):
        Address("memory://in/а.xlsx").content()


def test_a_file_that_is_gone_when_it_is_fetched_is_told(memory: dict[str, bytes]) -> None:
    memory["/in/а.xlsx"] = b"PK"
    (file,) = listed(Address("memory://in"))
    del memory["/in/а.xlsx"]
    with pytest.raises(InputError, match="по этому адресу ничего нет"):
        file.content()


def test_what_is_sent_is_what_was_taken() -> None:
    assert Sent(b"PK", ".csv").content() == b"PK"


@pytest.mark.usefixtures("memory")
@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("memory://nowhere", "по этому адресу ничего нет. Проверьте имена хранилища и папки."),
        (
            "ftps2://host/in",
            "адресов ftps2:// программа не знает. Укажите папку, файл или адрес вида s3://хранилище/папка/.",
        ),
        ("gs://bucket/in", "для адресов gs:// не хватает библиотеки. Установите её: pip install gcsfs."),
    ],
)
def test_what_cannot_be_listed_is_told_in_one_sentence(url: str, sentence: str) -> None:
    assert why(url) == f"{url}: {sentence}"


class Handler(BaseHTTPRequestHandler):
    """A server that answers as its table says."""

    def do_GET(self) -> None:
        self.send_error(ANSWERS[self.path.partition("?")[0]])

    do_HEAD = do_GET  # noqa: N815 - as above

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def web() -> Iterator[str]:
    pytest.importorskip("aiohttp", reason="only with the extra `cluster`")
    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(
    ("path", "sentence"),
    [
        ("/none.xlsx", "по этому адресу ничего нет. Проверьте имена хранилища и папки."),
        ("/closed.xlsx", "хранилище не даёт прав на чтение. Проверьте ключи доступа и права на папку."),
        ("/locked.xlsx", "хранилище не даёт прав на чтение. Проверьте ключи доступа и права на папку."),
        ("/broken.xlsx", "хранилище не отвечает. Проверьте адрес и сеть и запустите ещё раз."),
    ],
)
def test_what_a_web_server_says_is_told(web: str, path: str, sentence: str) -> None:
    assert why(f"{web}{path}?token=secret") == f"{web}{path}: {sentence}"


def test_a_server_that_is_away_is_told() -> None:
    pytest.importorskip("aiohttp", reason="only with the extra `cluster`")
    assert why("http://127.0.0.1:9/a.xlsx") == (
        "http://127.0.0.1:9/a.xlsx: хранилище не отвечает. Проверьте адрес и сеть и запустите ещё раз."
    )


def test_files_that_stand_as_they_were_read_may_be_published(memory: dict[str, bytes]) -> None:
    memory["/in/а.xlsx"] = b"PK"
    (file,) = listed(Address("memory://in"))
    refuse_changed({file: checksum(file)})
    refuse_changed({file: ""})
    refuse_changed({})


def test_a_file_that_was_changed_or_removed_is_told(memory: dict[str, bytes]) -> None:
    memory["/in/а.xlsx"] = b"PK"
    (file,) = listed(Address("memory://in"))
    sha256 = checksum(file)
    memory["/in/а.xlsx"] = b"PX"
    with pytest.raises(OutputError, match=r"memory://in/а.xlsx: входной файл изменился"):
        refuse_changed({file: sha256})
    del memory["/in/а.xlsx"]
    memory["/in/б.xlsx"] = b"PK"
    with pytest.raises(OutputError, match="входной файл изменился"):
        refuse_changed({file: sha256})
