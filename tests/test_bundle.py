"""The archive for computers without a network: its lists are whole, its scripts sound, and what is installed works.

The real thing takes some minutes and a network to be made; `PERECHEN_BUNDLE=dist/perechen-….zip python -m pytest
tests/test_bundle.py` installs such an archive where there is no network, and runs the program.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from workbook_tools.desk import starters

ROOT = Path(__file__).parent.parent
BUNDLE = ROOT / "bundle"
sys.path.insert(0, str(BUNDLE))

import build_bundle  # noqa: E402 - a script beside what it packs, no part of the package
import install as installing  # noqa: E402 - as above

WINDOWS, LINUX = build_bundle.SYSTEMS["windows"], build_bundle.SYSTEMS["linux"]
THIS = "cp{}{}".format(*sys.version_info[:2])
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="a script for Linux")


def wheel(folder: Path, name: str, *requires: str) -> Path:
    """Write as much of a wheel as the scripts look at."""
    folder.mkdir(exist_ok=True)
    with zipfile.ZipFile(folder / name, "w") as archive:
        lines = ["Metadata-Version: 2.1", *(f"Requires-Dist: {text}" for text in requires)]
        archive.writestr(f"{'-'.join(name.split('-')[:2])}.dist-info/METADATA", "\n".join(lines))
    return folder / name


@pytest.fixture
def wheels(tmp_path: Path) -> Path:
    folder = tmp_path / "wheels"
    wheel(folder, "perechen-0.1.0-py3-none-any.whl", "numpy>=2", "click", 'bench-tool; extra == "bench"')
    wheel(folder, "numpy-2.0-cp311-cp311-win_amd64.whl", 'tzdata; sys_platform == "win32"')
    wheel(folder, "numpy-2.0-cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl")
    wheel(folder, "click-8.0-py3-none-any.whl", 'typing; python_version < "3.5"', "pretty[all]")
    wheel(folder, "pretty-1.0-py2.py3-none-any.whl", 'paint; extra == "all"')
    return folder


# --- what is packed ------------------------------------------------------------------------------------------------


def test_what_is_lacking_is_found_for_each_system_and_python(wheels: Path) -> None:
    assert build_bundle.lacking(wheels, WINDOWS, "3.11") == {"tzdata", "paint"}
    assert build_bundle.lacking(wheels, LINUX, "3.11") == {"paint"}
    assert build_bundle.lacking(wheels, LINUX, "3.12") == {"numpy", "paint"}
    wheel(wheels, "paint-1.0-py3-none-any.whl")
    wheel(wheels, "tzdata-2026.1-py3-none-any.whl")
    assert build_bundle.lacking(wheels, WINDOWS, "3.11") == set()


def test_pip_is_asked_for_wheels_alone_of_the_versions_that_are_tested(wheels: Path) -> None:
    asked = build_bundle.download(WINDOWS, "3.12", wheels)
    assert asked[:4] == ["download", "--only-binary=:all:", "--platform", "win_amd64"]
    assert asked[asked.index("--python-version") + 1] == "3.12"
    assert asked[asked.index("--constraint") + 1] == str(ROOT / "constraints.txt")
    assert asked[-2:] == ["colorama", "tzdata"]


def test_whatever_the_program_requires_has_a_tested_version() -> None:
    pinned = {
        canonicalize_name(line.partition("==")[0])
        for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    }
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    required = {canonicalize_name(Requirement(text).name) for text in project["dependencies"]}
    assert required | {*WINDOWS.more, *LINUX.more, "pip"} <= pinned
    assert min(build_bundle.PYTHONS) == project["requires-python"].removeprefix(">=")


def test_the_archive_holds_every_file_with_its_sum_and_is_the_same_each_time(wheels: Path, tmp_path: Path) -> None:
    first, second = (build_bundle.pack(wheels, tmp_path / name, ["3.11", "3.12"]) for name in ("1", "2"))
    assert first.name == "perechen-0.1.0-offline.zip"
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as archive:
        contents = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
        assert archive.getinfo("perechen-0.1.0/install.sh").external_attr >> 16 & 0o111
    lines = [line.split("  ") for line in contents.pop("SHA256SUMS").decode().splitlines()]
    sums = {name: sha256 for sha256, name in lines}
    assert sums == {name: hashlib.sha256(content).hexdigest() for name, content in contents.items()}
    assert {"install.sh", "install.py", "установить.cmd", "ПРОЧТИ.txt"} <= set(contents)
    assert "одной из версий: 3.11, 3.12 (64-разрядный)" in contents["ПРОЧТИ.txt"].decode("utf-8-sig")


# --- the scripts ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("shell", ["sh", "bash", "dash"])
def test_the_script_for_linux_is_sound(shell: str) -> None:
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    done = subprocess.run([shell, "-n", BUNDLE / "install.sh"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_script_for_windows_is_written_as_its_console_reads_it_and_leads_somewhere() -> None:
    content = build_bundle.scripts("0.1.0", ["3.11"])["установить.cmd"]
    assert content.count(b"\n") == content.count(b"\r\n") > 10
    lines = content.decode("cp866").splitlines()
    assert lines[0] == "@echo off"
    assert "chcp 866 >nul" in lines
    goals = {line.removeprefix(":") for line in lines if line.startswith(":")}
    assert {goal for line in lines for goal in re.findall(r"(?:goto |call :)(\w+)", line)} == goals


def test_every_python_of_the_archive_is_looked_for() -> None:
    for name, form in (("install.sh", "python{}"), ("установить.cmd", "{}")):
        text = (BUNDLE / name).read_text(encoding="utf-8")
        assert [python for python in build_bundle.PYTHONS if form.format(python) not in text] == []


def test_the_files_for_a_double_click_look_where_the_program_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/user")
    monkeypatch.setattr(installing, "IS_WINDOWS", False)
    assert str(installing.place()).replace("/home/user", "$HOME") == starters.LINUX_PLACE
    monkeypatch.setattr(installing, "IS_WINDOWS", True)
    monkeypatch.setenv("LOCALAPPDATA", "%LOCALAPPDATA%")
    assert str(installing.place()).replace("/", "\\") == starters.WINDOWS_PLACE


def unpacked(wheels: Path, folder: Path) -> Path:
    with zipfile.ZipFile(build_bundle.pack(wheels, folder, ["3.11"])) as archive:
        archive.extractall(folder)
    return folder / "perechen-0.1.0"


def installed(bundle: Path, home: Path) -> tuple[int, str]:
    """Run the script as on a fresh account; return its exit code and what it said."""
    home.mkdir(exist_ok=True)
    path = f"{Path(sys.executable).parent}:/usr/bin:/bin"
    surroundings = {"HOME": str(home), "PATH": path, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(["sh", bundle / "install.sh"], capture_output=True, text=True, check=False, env=surroundings)
    return done.returncode, done.stdout + done.stderr


@on_linux
def test_where_no_python_fits_it_is_said_what_to_do(wheels: Path, tmp_path: Path) -> None:
    (wheels / "numpy-2.0-cp311-cp311-manylinux_2_27_x86_64.manylinux_2_28_x86_64.whl").unlink()
    code, said = installed(unpacked(wheels, tmp_path), tmp_path / "home")
    assert code == 1
    assert "подходящий Python не найден. Установите одну из версий, названных в файле ПРОЧТИ.txt" in said


@on_linux
def test_an_archive_that_was_damaged_is_not_installed(wheels: Path, tmp_path: Path) -> None:
    wheel(wheels, f"numpy-2.0-{THIS}-{THIS}-manylinux_2_28_x86_64.whl")
    bundle = unpacked(wheels, tmp_path)
    with (bundle / "wheels" / "click-8.0-py3-none-any.whl").open("ab") as stream:
        stream.write(b"x")
    (bundle / "ПРОЧТИ.txt").unlink()
    code, said = installed(bundle, tmp_path / "home")
    assert code == 1
    assert "повреждены или отсутствуют файлы: wheels/click-8.0-py3-none-any.whl, ПРОЧТИ.txt." in said
    assert list((tmp_path / "home").iterdir()) == []


@on_linux
def test_an_installation_that_fails_says_so(wheels: Path, tmp_path: Path) -> None:
    wheel(wheels, f"numpy-2.0-{THIS}-{THIS}-manylinux_2_28_x86_64.whl")
    wheel(wheels, "pip-1.0-py3-none-any.whl")
    code, said = installed(unpacked(wheels, tmp_path), tmp_path / "home")
    assert code == 1
    assert "ошибка: установка не закончена" in said
    assert "запустите установку ещё раз" in said


@on_linux
@pytest.mark.skipif("PERECHEN_BUNDLE" not in os.environ, reason="no archive was named: PERECHEN_BUNDLE")
def test_the_real_archive_is_installed_without_a_network_and_the_program_runs(tmp_path: Path) -> None:
    with zipfile.ZipFile(os.environ["PERECHEN_BUNDLE"]) as archive:
        archive.extractall(tmp_path)
    (bundle,) = tmp_path.glob("perechen-*")
    home = tmp_path / "home"
    home.mkdir()
    order = f"sh '{bundle}/install.sh' && cd '{home}' && .local/bin/perechen demo"
    surroundings = {"HOME": str(home), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8"}
    done = subprocess.run(
        ["unshare", "-rn", "sh", "-c", order], capture_output=True, text=True, check=False, env=surroundings
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "3. Готово." in done.stdout
    assert (home / "demo" / "Перечень_2026-11-22.xlsx").is_file()
