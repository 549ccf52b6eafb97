"""Pack all that an offline computer needs into one archive: wheels for Windows and Linux, scripts that install them.

Run as `python bundle/build_bundle.py` on a machine with a network; the archive lies in `dist/`. Versions are those of
`constraints.txt`.
"""

from __future__ import annotations

import argparse
import email
import hashlib
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
CONSTRAINTS = ROOT / "constraints.txt"
PYTHONS = ("3.11", "3.12", "3.13")
_DAY = (1980, 1, 1, 0, 0, 0)
_EXECUTABLE, _PLAIN = 0o100755, 0o100644


class System(NamedTuple):
    """A kind of computer.

    Attributes
    ----------
    platforms
        What its wheels are marked with, by pip's names.
    markers
        What requirements ask about it.
    more
        What only it requires: pip judges requirements by the machine on which it downloads.
    """

    platforms: tuple[str, ...]
    markers: Mapping[str, str]
    more: tuple[str, ...] = ()


SYSTEMS = {
    "windows": System(
        ("win_amd64",),
        {"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt", "platform_machine": "AMD64"},
        ("colorama", "tzdata"),
    ),
    # Astra Linux 1.7 and ALT p10 have what these ask for (glibc 2.28).
    "linux": System(
        ("manylinux_2_28_x86_64", "manylinux_2_27_x86_64", "manylinux_2_17_x86_64", "manylinux2014_x86_64"),
        {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix", "platform_machine": "x86_64"},
    ),
}


def main() -> None:
    """Build the archive and say where it lies."""
    given = _arguments().parse_args()
    with tempfile.TemporaryDirectory() as place:
        wheels = Path(place)
        _pip("wheel", "--no-deps", "--wheel-dir", place, str(ROOT))
        (own,) = wheels.glob("perechen-*.whl")
        _pip("download", "--no-deps", "--only-binary=:all:", *_pinned(wheels), "pip")
        for name in given.system:
            for python in given.python:
                _pip(*download(SYSTEMS[name], python, wheels), str(own))
                missing = sorted(lacking(wheels, SYSTEMS[name], python))
                if missing:
                    raise SystemExit(f"{name}, Python {python}: no wheel of {', '.join(missing)}")
        target = pack(wheels, given.out, given.python)
    print(f"{target}: {target.stat().st_size / 1e6:.0f} MB")


def _arguments() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=ROOT / "dist", help="where to put the archive")
    parser.add_argument("--python", nargs="+", default=PYTHONS, help="versions of Python, some 70 MB each and system")
    parser.add_argument("--system", nargs="+", choices=SYSTEMS, default=list(SYSTEMS), help="kinds of computers")
    return parser


def _pip(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "pip", "--quiet", *arguments], check=True)


def _pinned(wheels: Path) -> list[str]:
    return ["--constraint", str(CONSTRAINTS), "--dest", str(wheels)]


def download(system: System, python: str, wheels: Path) -> list[str]:
    """Return the arguments with which pip downloads the wheels for a system and a Python; what to get follows."""
    platforms = [word for platform in system.platforms for word in ("--platform", platform)]
    kind = ["--only-binary=:all:", *platforms, "--python-version", python, "--implementation", "cp"]
    return ["download", *kind, *_pinned(wheels), *system.more]


def lacking(wheels: Path, system: System, python: str) -> set[str]:
    """Return what the program needs on a system, by the wheels' own requirements, and what is not among them."""
    tag = f"cp{python.replace('.', '')}"
    ours = {name: path for path in wheels.glob("*.whl") if (name := _fitting(path, tag, system))}
    surroundings = _surroundings(system, python)
    wanted, seen = {("perechen", "")}, set[tuple[str, str]]()
    while wanted:
        name, extra = item = wanted.pop()
        seen.add(item)
        if name in ours:
            wanted |= set(_requirements(ours[name], {**surroundings, "extra": extra})) - seen
    return {name for name, _ in seen} - set(ours)


def _surroundings(system: System, python: str) -> dict[str, str]:
    """Return the answers to all that requirements may ask."""
    of_python = {"python_version": python, "python_full_version": f"{python}.0"}
    kind = {"implementation_name": "cpython", "platform_python_implementation": "CPython"}
    return {**system.markers, **of_python, **kind}


def _fitting(path: Path, tag: str, system: System) -> str:
    """Return what a wheel holds, "" where it is for another Python or system."""
    name, _, _, tags = parse_wheel_filename(path.name)
    fits = any(
        (item.interpreter in {tag, "py3"} or item.abi == "abi3") and item.platform in {"any", *system.platforms}
        for item in tags
    )
    return str(name) if fits else ""


def _requirements(wheel: Path, surroundings: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Yield each package that a wheel requires with each extra asked for, "" for the package itself."""
    with zipfile.ZipFile(wheel) as archive:
        (name,) = (item for item in archive.namelist() if item.endswith(".dist-info/METADATA"))
        metadata = email.message_from_bytes(archive.read(name))
    for text in metadata.get_all("Requires-Dist") or []:
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate(surroundings):
            yield from ((str(canonicalize_name(requirement.name)), extra) for extra in ("", *requirement.extras))


def pack(wheels: Path, out: Path, pythons: Sequence[str]) -> Path:
    """Write the archive; the same wheels give the same bytes.

    Parameters
    ----------
    wheels
        The folder with all the wheels, the program's own among them.
    pythons
        The versions of Python that they are for, as the archive's note names them.

    Returns
    -------
    Path
        The archive, named by the program's version.
    """
    (own,) = wheels.glob("perechen-*.whl")
    version = str(parse_wheel_filename(own.name)[1])
    contents = {f"wheels/{path.name}": path.read_bytes() for path in wheels.glob("*.whl")} | scripts(version, pythons)
    sums = "".join(f"{hashlib.sha256(contents[name]).hexdigest()}  {name}\n" for name in sorted(contents))
    contents["SHA256SUMS"] = sums.encode()
    out.mkdir(parents=True, exist_ok=True)
    target = out / f"perechen-{version}-offline.zip"
    with zipfile.ZipFile(target, "w") as archive:
        for name in sorted(contents):
            entry = zipfile.ZipInfo(f"perechen-{version}/{name}", _DAY)
            entry.create_system = 3  # else the system on which it is packed decides whether a file may be executed
            entry.external_attr = (_EXECUTABLE if name.endswith(".sh") else _PLAIN) << 16
            entry.compress_type = zipfile.ZIP_STORED if name.endswith(".whl") else zipfile.ZIP_DEFLATED
            archive.writestr(entry, contents[name])
    return target


def scripts(version: str, pythons: Sequence[str]) -> dict[str, bytes]:
    """Return by name what stands beside the wheels; what Windows reads, as it reads it."""
    note = (HERE / "ПРОЧТИ.txt").read_text(encoding="utf-8").format(version=version, pythons=", ".join(pythons))
    commands = (HERE / "установить.cmd").read_text(encoding="utf-8")
    return {
        "ПРОЧТИ.txt": note.replace("\n", "\r\n").encode("utf-8-sig"),
        "установить.cmd": commands.replace("\n", "\r\n").encode("cp866"),
        "install.sh": (HERE / "install.sh").read_bytes(),
        "install.py": (HERE / "install.py").read_bytes(),
    }


if __name__ == "__main__":
    main()
