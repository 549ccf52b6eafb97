"""Install the program from the wheels beside this file: no network, no administrator, only the user's own folders.

Run by `install.sh` and `установить.cmd`, which find a Python; the standard library is all there is.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
WHEELS = HERE / "wheels"
SUMS = HERE / "SHA256SUMS"
IS_WINDOWS = os.name == "nt"
_LARGEST_OF_32_BITS = 2**31 - 1
_FORWARD = '@"%LOCALAPPDATA%\\perechen\\Scripts\\perechen.exe" %*\n'


def fits() -> bool:
    """Tell whether there are wheels for the Python that runs this."""
    tag = "cp{}{}".format(*sys.version_info[:2])
    system = "win_amd64" if IS_WINDOWS else "manylinux"
    is_there = any(f"-{tag}-{tag}-" in wheel.name and system in wheel.name for wheel in WHEELS.glob("*.whl"))
    return is_there and sys.maxsize > _LARGEST_OF_32_BITS


def damaged() -> list[str]:
    """Return the files that are missing or are not what was packed."""
    wrong = []
    for line in SUMS.read_text(encoding="utf-8").splitlines():
        sha256, _, name = line.partition("  ")
        path = HERE / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
            wrong.append(name)
    return wrong


def place() -> Path:
    """Return where the program is installed; the files for a double click look for it there (desk/starters.py)."""
    if IS_WINDOWS:
        return Path(os.environ["LOCALAPPDATA"]) / "perechen"
    return Path.home() / ".local" / "share" / "perechen"


def install(target: Path) -> None:
    """Make a Python of the program's own and install it there, in the place of an older one.

    The system's Python may lack the means to put pip there, so pip comes as a wheel too.
    """
    subprocess.run([sys.executable, "-m", "venv", "--clear", "--without-pip", str(target)], check=True)
    (pip,) = WHEELS.glob("pip-*.whl")
    (wheel,) = WHEELS.glob("perechen-*.whl")
    order = ["install", "--isolated", "--quiet", "--disable-pip-version-check", "--no-index"]
    python = str(program(target, "python"))
    subprocess.run([python, "-I", str(pip / "pip"), *order, "--find-links", str(WHEELS), str(wheel)], check=True)
    subprocess.run([str(program(target, "perechen")), "--help"], check=True, stdout=subprocess.DEVNULL)


def program(target: Path, name: str) -> Path:
    """Return a program of an installation."""
    return target / "Scripts" / f"{name}.exe" if IS_WINDOWS else target / "bin" / name


def put_on_path(target: Path) -> str:
    """Make the program known by its name alone; return how it is called from now on."""
    if IS_WINDOWS:
        # Of the folders in which Windows looks for programs the only one that needs no administrator.
        folder = Path(os.environ["LOCALAPPDATA"]) / "Microsoft" / "WindowsApps"
        if not folder.is_dir():
            return f'"{program(target, "perechen")}"'
        (folder / "perechen.cmd").write_text(
            '@"%LOCALAPPDATA%\\perechen\\Scripts\\perechen.exe" %*\n', encoding="ascii"
        )
        return "perechen"
    folder = Path.home() / ".local" / "bin"
    folder.mkdir(parents=True, exist_ok=True)
    link = folder / "perechen"
    if link.is_symlink() or link.exists():
        link.unlink()
    link.symlink_to(program(target, "perechen"))
    return "perechen" if str(folder) in os.environ.get("PATH", "").split(os.pathsep) else str(link)


def main() -> int:
    """Install, say each step in Russian, and return the exit code."""
    if "--fits" in sys.argv:
        return 0 if fits() else 1
    print("1. Проверка архива…", flush=True)
    wrong = damaged()
    if wrong:
        print(f"ошибка: повреждены или отсутствуют файлы: {', '.join(wrong)}. Скопируйте и распакуйте архив заново.")
        return 1
    print(f"2. Установка в {place()} (одна-две минуты)…", flush=True)
    try:
        install(place())
        call = put_on_path(place())
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"ошибка: установка не закончена: {error}")
        print("Проверьте, есть ли место на диске (около 400 МБ) и права на эту папку, и запустите установку ещё раз.")
        return 1
    print(f"3. Готово. Откройте командную строку и наберите: {call} demo")
    return 0


if __name__ == "__main__":
    sys.exit(main())
