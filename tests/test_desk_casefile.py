"""The archive of a case is whole, in order, the same bytes each time, and takes nothing that changed meanwhile."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from workbook_tools.desk.archive import SUMS, sums_of
from workbook_tools.desk.casefile import write_casefile
from workbook_tools.errors import OutputError

CONTENTS = {"входящие/КАДР.xlsx": b"one", "входящие/отдел/ИТ.xlsx": b"two" * 1000, "профиль/профиль.xlsx": b""}


def laid(folder: Path, contents: dict[str, bytes]) -> dict[str, tuple[Path, str]]:
    """Put files of some content on the disk; return them as an archive wants them, last name first."""
    folder.mkdir(exist_ok=True)
    files = {}
    for number, (name, content) in enumerate(contents.items()):
        place = folder / str(number)
        place.write_bytes(content)
        files[name] = place, hashlib.sha256(content).hexdigest()
    return dict(reversed(files.items()))


def test_an_archive_holds_the_files_in_the_order_of_their_names_and_the_list_last(tmp_path: Path) -> None:
    held = write_casefile(tmp_path / "дело.zip", laid(tmp_path / "файлы", CONTENTS))
    with zipfile.ZipFile(tmp_path / "дело.zip") as archive:
        assert archive.namelist() == [*sorted(CONTENTS), SUMS]
        assert {name: archive.read(name) for name in CONTENTS} == CONTENTS
        assert archive.read(SUMS).decode() == "".join(f"{item.sha256}  {item.name}\n" for item in held)
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert [(item.name, item.sha256) for item in held] == [
        (name, hashlib.sha256(CONTENTS[name]).hexdigest()) for name in sorted(CONTENTS)
    ]


def test_what_an_archive_holds_is_told_by_its_list(tmp_path: Path) -> None:
    held = write_casefile(tmp_path / "дело.zip", laid(tmp_path / "файлы", CONTENTS))
    assert sums_of(tmp_path / "дело.zip") == {item.name: item.sha256 for item in held}


@pytest.mark.parametrize("content", [None, b"", b"PK no archive"])
def test_an_archive_that_is_gone_or_spoilt_tells_nothing(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "дело.zip").write_bytes(content)
    assert sums_of(tmp_path / "дело.zip") == {}


def test_an_archive_without_its_list_tells_nothing(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "дело.zip", "w") as archive:
        archive.writestr("входящие/КАДР.xlsx", b"one")
    assert sums_of(tmp_path / "дело.zip") == {}


def test_the_list_is_one_that_the_usual_program_checks(tmp_path: Path) -> None:
    if shutil.which("sha256sum") is None:
        pytest.skip("there is no such program")
    write_casefile(tmp_path / "дело.zip", laid(tmp_path / "файлы", CONTENTS))
    with zipfile.ZipFile(tmp_path / "дело.zip") as archive:
        archive.extractall(tmp_path / "вынуто")
    assert (
        subprocess.run(["sha256sum", "--check", "--quiet", SUMS], cwd=tmp_path / "вынуто", check=False).returncode == 0
    )


@settings(max_examples=20)
@given(st.permutations(sorted(CONTENTS)))
def test_the_order_in_which_files_are_given_does_not_matter(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    folder = tmp_path_factory.mktemp("дело")
    files = laid(folder / "файлы", CONTENTS)
    write_casefile(folder / "одно.zip", files)
    write_casefile(folder / "другое.zip", {name: files[name] for name in names})
    assert (folder / "одно.zip").read_bytes() == (folder / "другое.zip").read_bytes()


def test_a_file_that_has_changed_since_it_was_read_is_told(tmp_path: Path) -> None:
    files = laid(tmp_path / "файлы", CONTENTS)
    place, _ = files["входящие/КАДР.xlsx"]
    place.write_bytes(b"other")
    with pytest.raises(OutputError, match="входной файл изменился, пока программа работала"):
        write_casefile(tmp_path / "дело.zip", files)


def test_a_file_that_may_be_anything_goes_in_as_it_lies(tmp_path: Path) -> None:
    place = tmp_path / "приказ.docx"
    place.write_bytes(b"mended")
    (held,) = write_casefile(tmp_path / "дело.zip", {"выпуск/приказ.docx": (place, "")})
    assert held.sha256 == hashlib.sha256(b"mended").hexdigest()


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="нет: входной файл изменился"):
        write_casefile(tmp_path / "дело.zip", {"выпуск/приказ.docx": (tmp_path / "нет", "")})


def test_an_archive_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="файл не записан"):
        write_casefile(tmp_path / "нет такой папки" / "дело.zip", laid(tmp_path / "файлы", CONTENTS))
