"""What was read already is not read again, and nobody can tell from the outputs; a damaged cache is none."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zlib
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.books import PROFILE, UnitBook
from workbook_tools import limits
from workbook_tools.pipeline.cache import LIBRARIES, Cache, fingerprint
from workbook_tools.pipeline.commands import Options, Result, merge
from workbook_tools.pipeline.foreign import foreign_files
from workbook_tools.profile import load_profile
from workbook_tools.reading.scanning import Candidate, scan
from workbook_tools.reading.submission import read_submission

if TYPE_CHECKING:
    from workbook_tools.submissions import Submission

ROOT = Path(__file__).parent.parent
SAMPLES, PACKAGE = ROOT / "samples", ROOT / "workbook_tools"
LOADED = load_profile()
OPTIONS = Options("2026-11-22")


@pytest.fixture
def book(tmp_path: Path) -> Candidate:
    path = UnitBook().save(tmp_path / "КАДР.xlsx")
    return Candidate(path, path.name)


def read(candidate: Candidate) -> Submission:
    return read_submission(candidate.path, candidate.name, PROFILE)


def entries(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def kept(folder: Path, candidate: Candidate) -> Path:
    """Keep a file; return its entry."""
    Cache(folder, PROFILE).put(candidate, read(candidate))
    (entry,) = entries(folder)
    return entry


def test_a_file_that_was_kept_is_found_as_it_was_read(tmp_path: Path, book: Candidate) -> None:
    kept(tmp_path / "кэш", book)
    cache = Cache(tmp_path / "кэш", PROFILE)
    assert cache.get(book) == read(book)
    assert (cache.found, cache.asked) == (1, 1)


def test_without_a_folder_nothing_is_found_and_nothing_kept(tmp_path: Path, book: Candidate) -> None:
    cache = Cache(None, PROFILE)
    cache.put(book, read(book))
    cache.tidy()
    assert cache.get(book) is None
    assert [item.name for item in tmp_path.iterdir()] == ["КАДР.xlsx"]


def test_a_file_that_has_changed_is_not_found(tmp_path: Path, book: Candidate) -> None:
    kept(tmp_path / "кэш", book)
    with book.place.open("ab") as stream:
        stream.write(b"\n")
    assert Cache(tmp_path / "кэш", PROFILE).get(book) is None


def test_the_same_content_under_another_name_is_another_file(tmp_path: Path, book: Candidate) -> None:
    kept(tmp_path / "кэш", book)
    assert Cache(tmp_path / "кэш", PROFILE).get(book._replace(name="отдел/КАДР.xlsx")) is None
    moved = book.place.rename(tmp_path / "КАДР.ods")
    assert Cache(tmp_path / "кэш", PROFILE).get(Candidate(moved, "КАДР.xlsx")) is None


def test_another_profile_finds_nothing(tmp_path: Path, book: Candidate) -> None:
    kept(tmp_path / "кэш", book)
    sheets = PROFILE.sheets | {"data": PROFILE.sheets["data"].model_copy(update={"name": "Данные"})}
    assert Cache(tmp_path / "кэш", PROFILE.model_copy(update={"sheets": sheets})).get(book) is None


def test_another_version_of_the_program_has_another_fingerprint(tmp_path: Path) -> None:
    package = tmp_path / "workbook_tools"
    shutil.copytree(PACKAGE, package, ignore=shutil.ignore_patterns("__pycache__"))
    before = fingerprint(package)
    assert before == fingerprint(PACKAGE)
    with (package / "reading" / "rows.py").open("a") as stream:
        stream.write("# mended\n")
    assert fingerprint(package) != before


FINDING = """
import sys
from pathlib import Path
from workbook_tools.pipeline.cache import Cache
from workbook_tools.profile import load_profile
from workbook_tools.reading.scanning import Candidate
from workbook_tools.reading.submission import read_submission

path, profile = Path(sys.argv[1]), load_profile().profile
cache, candidate = Cache(Path(sys.argv[2]), profile), Candidate(path, path.name)
print(cache.get(candidate) is not None)
cache.put(candidate, read_submission(path, path.name, profile))
"""


def test_another_process_finds_what_was_kept_whatever_order_its_sets_have(tmp_path: Path, book: Candidate) -> None:
    found = [
        subprocess.run(
            [sys.executable, "-c", FINDING, str(book.path), str(tmp_path / "кэш")],
            env=os.environ | {"PYTHONHASHSEED": seed},
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        ).stdout.strip()
        for seed in ("1", "2")
    ]
    assert found == ["False", "True"]


def test_every_library_that_has_a_word_in_reading_is_told_in_the_key() -> None:
    program = (
        "import sys, workbook_tools.reading.submission\n"
        "print(*{name.partition('.')[0] for name, module in sys.modules.items()"
        " if 'site-packages' in (getattr(module, '__file__', None) or '')})"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    ours = {name for name in done.stdout.split() if not name.startswith("_") and name != "workbook_tools"}
    assert ours == {name.replace("-", "_") for name in LIBRARIES}


def test_a_file_that_cannot_be_read_is_tried_again(tmp_path: Path) -> None:
    path = tmp_path / "КАДР.xlsx"
    path.write_bytes(b"PK\x03\x04")
    candidate = Candidate(path, path.name)
    cache = Cache(tmp_path / "кэш", PROFILE)
    assert read(candidate).unreadable
    cache.put(candidate, read(candidate))
    assert entries(tmp_path / "кэш") == []


def test_a_file_that_must_not_be_opened_is_not_looked_at(tmp_path: Path, book: Candidate) -> None:
    kept(tmp_path / "кэш", book)
    assert Cache(tmp_path / "кэш", PROFILE).get(book._replace(refused="это ссылка на файл вне папки")) is None


def resealed(entry: Path, text: str) -> None:
    """Write another text into an entry as someone would who knows its form."""
    head = entry.read_bytes()[: -len(entry.read_bytes().partition(b"\n")[2])]
    content = zlib.compress(text.encode())
    entry.write_bytes(head + sha256(content).digest() + content)


def text_of(entry: Path) -> str:
    return zlib.decompress(entry.read_bytes().partition(b"\n")[2][32:]).decode()


def test_every_cut_and_every_changed_byte_of_an_entry_is_seen(tmp_path: Path, book: Candidate) -> None:
    entry = kept(tmp_path / "кэш", book)
    whole, cache = entry.read_bytes(), Cache(tmp_path / "кэш", PROFILE)
    for at in (0, 1, 16, 40, len(whole) // 2, len(whole) - 1):
        entry.write_bytes(whole[:at])
        assert cache.get(book) is None
        entry.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        assert cache.get(book) is None
    entry.write_bytes(whole)
    assert cache.get(book) is not None


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[" * 100_000, "null", '{"file": NaN}', "\ufeff{}"],
    ids=["empty", "nothing", "deep", "null", "no number", "mark"],
)
def test_an_entry_with_a_right_checksum_and_a_wrong_content_is_none(tmp_path: Path, book: Candidate, text: str) -> None:
    entry = kept(tmp_path / "кэш", book)
    resealed(entry, text)
    assert Cache(tmp_path / "кэш", PROFILE).get(book) is None


def test_the_entry_of_another_file_is_none(tmp_path: Path, book: Candidate) -> None:
    entry = kept(tmp_path / "кэш", book)
    resealed(entry, json.dumps(json.loads(text_of(entry)) | {"sha256": "0" * 64}))
    assert Cache(tmp_path / "кэш", PROFILE).get(book) is None
    resealed(entry, json.dumps(json.loads(text_of(entry)) | {"file": "ИТ.xlsx"}))
    assert Cache(tmp_path / "кэш", PROFILE).get(book) is None


@pytest.mark.parametrize(
    ("rule", "message", "words"), [("П-99", "main", {}), ("П-01", "boo", {}), ("П-01", "main", {"unit": "КАДР"})]
)
def test_an_entry_with_a_remark_that_has_no_words_is_none(
    tmp_path: Path, book: Candidate, rule: str, message: str, words: dict[str, str]
) -> None:
    entry = kept(tmp_path / "кэш", book)
    remark = [rule, message, ["КАДР", book.name, "", "", 0, "", "", ""], words, ""]
    resealed(entry, json.dumps(json.loads(text_of(entry)) | {"remarks": [remark]}))
    assert Cache(tmp_path / "кэш", PROFILE).get(book) is None
    resealed(entry, json.dumps(json.loads(text_of(entry)) | {"remarks": []}))
    assert Cache(tmp_path / "кэш", PROFILE).get(book) is not None


def test_an_entry_that_swells_is_none(tmp_path: Path, book: Candidate, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = kept(tmp_path / "кэш", book)
    monkeypatch.setattr(limits, "PART_BYTES", len(text_of(entry)) - 1)
    assert Cache(tmp_path / "кэш", PROFILE).get(book) is None


def test_a_link_in_the_place_of_the_cache_is_left_alone(tmp_path: Path, book: Candidate) -> None:
    elsewhere = tmp_path / "чужое"
    elsewhere.mkdir()
    (tmp_path / "кэш").symlink_to(elsewhere, target_is_directory=True)
    cache = Cache(tmp_path / "кэш", PROFILE)
    cache.put(book, read(book))
    cache.tidy()
    assert entries(elsewhere) == []


def test_a_cache_that_cannot_be_written_is_none(tmp_path: Path, book: Candidate) -> None:
    (tmp_path / "кэш").write_text("не папка", encoding="utf-8")
    cache = Cache(tmp_path / "кэш", PROFILE)
    cache.put(book, read(book))
    cache.tidy()
    assert cache.get(book) is None
    # The folder it would lie in is not there.
    Cache(tmp_path / "нет" / "кэш", PROFILE).put(book, read(book))
    assert not (tmp_path / "нет").exists()


def test_what_was_of_use_longest_ago_goes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "CACHE_ENTRIES", 2)
    folder, cache = tmp_path / "кэш", Cache(tmp_path / "кэш", PROFILE)
    books = [UnitBook().save(tmp_path / f"{unit}.xlsx") for unit in ("А", "Б", "В")]
    candidates = [Candidate(path, path.name) for path in books]
    for at, candidate in enumerate(candidates):
        before = set(entries(folder))
        cache.put(candidate, read(candidate))
        (new,) = set(entries(folder)) - before
        os.utime(new, (1_000_000 + at, 1_000_000 + at))
    assert cache.get(candidates[0]) is not None
    (folder / "чужое.txt").write_text("не наше", encoding="utf-8")
    (folder / "x.read.7.perechen-tmp").write_bytes(b"")
    cache.tidy()
    assert [cache.get(candidate) is not None for candidate in candidates] == [True, False, True]
    assert [path.name for path in entries(folder) if path.suffix != ".read"] == ["чужое.txt"]


def test_a_cache_never_grows_over_its_bytes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = UnitBook().save(tmp_path / "А.xlsx")
    entry = kept(tmp_path / "кэш", Candidate(book, book.name))
    monkeypatch.setattr(limits, "CACHE_BYTES", entry.stat().st_size - 1)
    Cache(tmp_path / "кэш", PROFILE).tidy()
    assert entries(tmp_path / "кэш") == []


# ---- whole runs


def run(incoming: Path, out: Path, cache: Path | None) -> Result:
    return merge([incoming], LOADED, SAMPLES / "edition-2024-03-19.xlsx", out, replace(OPTIONS, cache=cache))


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_outputs_are_the_same_bytes_without_with_and_with_a_damaged_cache(tmp_path: Path) -> None:
    incoming, cache = tmp_path / "входящие", tmp_path / "кэш"
    shutil.copytree(SAMPLES / "incoming", incoming)
    plain = run(incoming, tmp_path / "без", None)
    cold = run(incoming, tmp_path / "холодный", cache)
    warm = run(incoming, tmp_path / "тёплый", cache)
    first, second, *_ = entries(cache)
    first.write_bytes(first.read_bytes()[:100])
    second.write_bytes(b"")
    damaged = run(incoming, tmp_path / "повреждённый", cache)
    counted = [result.from_cache for result in (plain, cold, warm, damaged)]
    assert counted == [(0, 0), (0, 6), (6, 6), (4, 6)]
    expected = contents(tmp_path / "без")
    assert len(expected) > 3
    assert all(contents(tmp_path / name) == expected for name in ("холодный", "тёплый", "повреждённый"))
    assert run(incoming, tmp_path / "снова", cache).from_cache == (6, 6)


def test_only_the_changed_file_is_read_again(tmp_path: Path) -> None:
    for unit in ("А", "Б", "В"):
        UnitBook().save(tmp_path / "входящие" / f"{unit}.xlsx")
    candidates = scan([tmp_path / "входящие"])
    with foreign_files(cache=tmp_path / "кэш") as files:
        first = list(files.submissions(candidates, PROFILE))
        UnitBook().save(tmp_path / "входящие" / "Б.xlsx")
        with (tmp_path / "входящие" / "Б.xlsx").open("ab") as stream:
            stream.write(b" ")
        second = list(files.submissions(candidates, PROFILE))
        assert files.from_cache == (2, 3)
    assert [one.sha256 == other.sha256 for one, other in zip(first, second, strict=True)] == [True, False, True]
    assert second == [read(candidate) for candidate in candidates]
