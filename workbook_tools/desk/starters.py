"""Files that start the program by a double click in the folder where they lie, and keep its window open at the end."""

from __future__ import annotations

from pathlib import Path

from workbook_tools.errors import OutputError, refusal

WINDOWS, LINUX = "Перечень.cmd", "Перечень.desktop"
# Where the bundle installs the program; a copy that is found on the way to programs serves as well.
WINDOWS_PLACE, LINUX_PLACE = r"%LOCALAPPDATA%\perechen", "$HOME/.local/share/perechen"

_EXECUTABLE = 0o755
_LACKING = (
    "Программа «Перечень» на этом компьютере не установлена. Распакуйте архив с программой,",
    "запустите из него «{install}» и откройте этот файл ещё раз.",
)

# In the code page of Russian consoles: what is written in UTF-8, older systems read wrongly from some line on. `pushd`
# also goes to folders of a network, where `cd` does not.
_COMMANDS = rf"""@echo off
chcp 866 >nul
title Перечень
pushd "%~dp0"
set "PROGRAM={WINDOWS_PLACE}\Scripts\perechen.exe"
if exist "%PROGRAM%" goto start
set "PROGRAM=perechen"
where /q perechen
if not errorlevel 1 goto start
echo {_LACKING[0]}
echo {_LACKING[1].format(install="установить.cmd")}
goto end
:start
call "%PROGRAM%" %*
:end
popd
echo.
echo Чтобы закрыть окно, нажмите любую клавишу.
pause >nul
"""

# File managers name the file itself (%k), so that the folder may be moved; those that do not get where it was made.
_SCRIPT = f"""cd "$(dirname "${{1:-$2}}")" || exit 1
PATH="{LINUX_PLACE}/bin:$HOME/.local/bin:$PATH"
if command -v perechen >/dev/null; then perechen
else echo "{_LACKING[0]}"; echo "{_LACKING[1].format(install="install.sh")}"; fi
echo; echo "Чтобы закрыть окно, нажмите Enter."; read -r answer"""


def starters(folder: Path) -> dict[str, bytes]:
    """Return by name the content of the files for a folder: for Windows, and for the desktops of Linux."""
    commands = _COMMANDS.replace("«", '"').replace("»", '"').replace("\n", "\r\n")
    return {WINDOWS: commands.encode("cp866"), LINUX: _entry(folder).encode("utf-8", "surrogateescape")}


def write_starters(folder: Path) -> tuple[Path, ...]:
    """Put those of the files into a folder that it lacks, both for anybody to execute; return what was added.

    Raises
    ------
    OutputError
        One cannot be written.
    """
    written = []
    for name, content in starters(folder).items():
        path = folder / name
        if path.exists():
            continue
        try:
            path.write_bytes(content)
            path.chmod(_EXECUTABLE)
        except OSError as error:
            why = refusal(error) or "записать не удалось. Проверьте папку и запустите ещё раз"
            raise OutputError(f"{path}: {why}.") from error
        written.append(path)
    return tuple(written)


def _entry(folder: Path) -> str:
    made_at = str(folder.absolute() / LINUX)
    script = "; ".join(_SCRIPT.splitlines())
    return f"""[Desktop Entry]
Version=1.0
Type=Application
Name=Перечень
Comment=Открыть дело: что сделано и что делать дальше
Icon=x-office-spreadsheet
Exec=sh -c {_quoted(script)} sh %k {_quoted(made_at)}
Terminal=true
"""


def _quoted(text: str) -> str:
    """Return a text as one argument of a desktop entry: quoted there, and once more as all its values are."""
    inside = "".join(f"\\{sign}" if sign in '"`$\\' else sign for sign in text.replace("%", "%%"))
    return '"{}"'.format(inside.replace("\\", "\\\\"))
