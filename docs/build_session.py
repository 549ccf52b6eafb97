"""Write docs/session.ru.md: a whole cycle at the console, as the program really answers.

Run as `python docs/build_session.py`: it makes a working folder aside, runs every command that the page shows, and
acts for the people between them. A test compares the page with what this script makes. All days are past and given, so
that the page is the same whenever it is made.
"""

from __future__ import annotations

import io
import shutil
import tempfile
import textwrap
from collections.abc import Callable
from contextlib import chdir, redirect_stderr, redirect_stdout
from pathlib import Path

from session_people import (
    EDITION,
    ROOT,
    Fill,
    accounting,
    computing,
    date_file,
    decide,
    fill_in_profile,
    informing,
    let_arrive,
    mend_copy,
    staff,
)

from workbook_tools.cli import main

PAGE = ROOT / "docs" / "session.ru.md"
SHOWN_AS = "…"
WIDTH = 116
SENT, CHECKED, AGAIN, MERGED, DECIDED, SIGNED, NEXT = (
    *("2024-06-03", "2024-06-18", "2024-06-20"),
    *("2024-06-24", "2024-06-25", "2024-06-28", "2024-09-02"),
)
INTRO = f"""# Сеанс работы

Весь цикл, как он идёт на экране: от пустой папки до новой редакции. Страница составлена программой
`docs/build_session.py`: каждая команда в ней действительно запущена, ответы приведены дословно (длинные строки
перенесены, начало путей заменено на «{SHOWN_AS}»); вручную её не правят. Подразделения, люди и документы вымышлены. Что
значит каждый шаг – на странице [«Уполномоченному сотруднику»](officer.ru.md).

День запуска (`--date` у `templates`, `check`, `status` и `merge`) назван, чтобы страница всегда получалась одной и той
же; в работе он не нужен.
"""


class Session:
    """A terminal in a folder, and the page that tells of it."""

    def __init__(self, folder: Path) -> None:
        self._top, self.folder = folder, folder
        self._lines = [INTRO]

    @property
    def page(self) -> str:
        """The page."""
        return "\n".join(self._lines).rstrip() + "\n"

    def tells(self, *paragraphs: str) -> None:
        """Write paragraphs."""
        for text in paragraphs:
            self._lines += [text if text.startswith("#") else textwrap.fill(text, WIDTH), ""]

    def enters(self, folder: str) -> None:
        """Go into a folder."""
        self._shows(f"$ cd {folder}")
        self.folder /= folder

    def runs(self, *words: str) -> None:
        """Run the program and show what it says."""
        said = io.StringIO()
        with chdir(self.folder), redirect_stdout(said), redirect_stderr(said):
            main(words)
        typed = " ".join(["perechen", *(f'"{word}"' if " " in word else word for word in words)])
        self._shows(f"$ {typed}", *said.getvalue().replace(str(self._top), SHOWN_AS).splitlines())

    def reads(self, path: str) -> None:
        """Show a text file."""
        self._shows(*(self.folder / path).read_text("utf-8-sig").splitlines())

    def _shows(self, *lines: str) -> None:
        folded = (part for line in lines for part in textwrap.wrap(line, WIDTH, break_long_words=False) or [""])
        self._lines += [*(f"    {line}".rstrip() for line in folded), ""]


def session(folder: Path) -> str:
    """Go through a cycle in an empty folder; return the page."""
    at = Session(folder)
    for chapter in CHAPTERS:
        chapter(at)
    return at.page


def begins(at: Session) -> None:
    """Make the working folder and the first edition."""
    at.tells("## Дело и первая редакция")
    at.runs("init", "дело")
    at.enters("дело")
    at.tells(
        "В `профиль.xlsx` впишите себя, период, срок и руководителей, сохраните и закройте книгу. Приложение 1 к "
        "приказу положите в папку дела под именем `приложение.docx`."
    )
    fill_in_profile(at.folder / "профиль.xlsx")
    shutil.copy(ROOT / "samples" / f"annex-{EDITION}.docx", at.folder / "приложение.docx")
    at.runs()
    at.runs("import", "приложение.docx")


def sends(at: Session) -> None:
    """Make the templates."""
    at.tells("## Шаблоны")
    at.runs()
    at.runs("templates", "--date", SENT)
    at.tells("Разошлите файлы.")


def _arrives(at: Session, unit: str, day: str, fill: Fill) -> None:
    template = at.folder / "шаблоны" / SENT / f"Перечень_{unit}_{EDITION}.xlsx"
    let_arrive(template, at.folder / "входящие" / f"{unit}.xlsx", day, fill)


def checks(at: Session) -> None:
    """Check what three units sent."""
    at.tells(
        "## Первый круг",
        "Три подразделения прислали файлы, вы сложили их в папку `входящие`. Отдел кадров указал вид точки, которого "
        "нет, не назвал основание и пропустил потребности; о телефоне он пишет не то, что отдел "
        "информационных технологий.",
    )
    _arrives(at, "КАДР", "2024-06-11", staff)
    _arrives(at, "ИТ", "2024-06-13", computing)
    _arrives(at, "БУХ", "2024-06-14", accounting)
    at.runs()
    at.runs("check", "--date", CHECKED)
    at.runs("status", "--letters", "--date", CHECKED)
    at.tells("Письмо отделу кадров:")
    at.reads(f"письма/{CHECKED}/Замечания_КАДР.txt")


def checks_again(at: Session) -> None:
    """Check the returned copy that was mended, and what another unit sent."""
    at.tells(
        "## Второй круг",
        "Отдел кадров исправил возвращённую копию и ответил на одно замечание, отдел информационной политики прислал "
        "свой файл. Исправленный файл положен вместо прежнего.",
    )
    mend_copy(at.folder / "замечания" / CHECKED / "замечания" / "КАДР.xlsx", at.folder / "входящие" / "КАДР.xlsx")
    date_file(at.folder / "входящие" / "КАДР.xlsx", "2024-06-19")
    _arrives(at, "ИНФ", "2024-06-19", informing)
    at.runs("check", "--date", AGAIN)
    at.runs("status", "--date", AGAIN)


def merges(at: Session) -> None:
    """Merge, and try to publish too early."""
    at.tells("## Сведение", "Срок вышел, больше ждать некого.")
    at.runs("merge", "--date", MERGED)
    at.runs()
    at.tells("Пока вопросы не решены, утвердить выпуск нельзя:")
    at.runs("publish", "--order", "29/01-07", "--date", SIGNED)


def decides(at: Session) -> None:
    """Fill in «Решения» and merge with it."""
    at.tells(
        "## Решения",
        "На листе «Решения» сводной книги вы приняли всё, кроме телефона отдела кадров и записи, которая осталась на "
        "уточнении: их вы вернули и назвали причину.",
    )
    decide(at.folder / "выпуски" / MERGED / f"Перечень_{MERGED}.xlsx")
    at.runs()
    at.runs("merge", "--date", DECIDED)


def publishes(at: Session) -> None:
    """Publish with a reason, and begin the next cycle."""
    at.tells(
        "## Утверждение",
        "Проект приказа подписан. Возвращённая строка отдела кадров так и не исправлена, поэтому нужна причина.",
    )
    order = ("publish", "--order", "29/01-07", "--date", SIGNED)
    at.runs(*order)
    at.runs(*order, "--reason", "Отдел кадров исправит строку в следующем цикле")
    at.tells("## Следующий цикл", "Файлы прошлого цикла убраны из папки `входящие`.")
    for path in (at.folder / "входящие").iterdir():
        path.unlink()
    at.runs()
    at.runs("templates", "--period", "3 квартал 2024 г.", "--date", NEXT)


CHAPTERS: tuple[Callable[[Session], None], ...] = (begins, sends, checks, checks_again, merges, decides, publishes)


def write_page() -> None:
    """Write the page anew."""
    with tempfile.TemporaryDirectory() as folder:
        PAGE.write_text(session(Path(folder).resolve()), encoding="utf-8")


if __name__ == "__main__":
    write_page()
