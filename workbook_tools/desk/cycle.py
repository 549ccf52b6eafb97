"""Where a cycle stands: a function of what lies in the working folder (regulation.md section 4.4)."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from workbook_tools.text import plural


@dataclass(frozen=True)
class Seen:
    """What the last run over the units' files saw.

    Attributes
    ----------
    files
        By name the SHA-256 of each file that it looked at, "" where it could not be taken.
    units
        Codes of the units whose files count.
    errors
        How many errors the units can mend.
    profile
        The SHA-256 of the profile that it went by.
    place
        Where its outputs lie, as the officer would write it.
    is_merge
        Whether it also merged.
    has_copies
        Whether it wrote any copies to return: a file of no unit goes back to nobody.
    """

    files: Mapping[str, str]
    units: frozenset[str] = frozenset()
    errors: int = 0
    open_questions: int = 0
    profile: str = ""
    place: str = ""
    book: str = ""
    is_merge: bool = False
    has_copies: bool = True


@dataclass(frozen=True)
class Lying:
    """What lies in a working folder, as far as it says where the cycle stands.

    Attributes
    ----------
    units
        The units of the profile, names by codes.
    edition
        The file of the edition in force, "" where there is none.
    annexes
        Files of which an edition could be made.
    templates
        Where the templates of this edition lie, "" where none were made.
    incoming
        By name the SHA-256 of each file of a unit.
    of_past
        How many of them are still those of the cycle before.
    last
        What the last run of this cycle saw.
    decided
        Whether decisions were written that no merge has applied.
    letters
        Where the last letters lie, "" where one is due that is not written yet.
    profile
        The SHA-256 of the profile as it is now.
    """

    units: Mapping[str, str]
    edition: str = ""
    annexes: tuple[str, ...] = ()
    templates: str = ""
    incoming: Mapping[str, str] = field(default_factory=dict)
    of_past: int = 0
    last: Seen | None = None
    decided: bool = False
    letters: str = ""
    profile: str = ""
    deadline: datetime.date | None = None


class Step(NamedTuple):
    """A step that can be taken: the question, and the command that takes it."""

    question: str
    command: tuple[str, ...]

    @property
    def words(self) -> str:
        """The command as one would type it."""
        return " ".join(["perechen", *(f"«{word}»" if " " in word else word for word in self.command)])


class Stand(NamedTuple):
    """Where the cycle stands: its stage, what is said of it, and the next step where a command can take it."""

    stage: str
    said: tuple[str, ...]
    step: Step | None = None


NO_EDITION, NO_TEMPLATES, WAITING, PAST = "no_edition", "no_templates", "waiting", "past"
UNCHECKED, ERRORS, SILENT, READY, QUESTIONS, DONE = "unchecked", "errors", "silent", "ready", "questions", "done"
_IMPORT, _PUBLISH = "perechen import ИМЯ_ФАЙЛА", "perechen publish --order НОМЕР --date ГГГГ-ММ-ДД"
_CHECK = Step("Проверить файлы сейчас?", ("check",))
_MERGE = Step("Свести файлы в Перечень сейчас?", ("merge",))
_LETTERS = Step("Подготовить письма подразделениям?", ("status", "--letters"))
_MENDED = (
    "Исправленные файлы положите в папку «входящие» вместо прежних и запустите perechen ещё раз.",
    "Свести то, что есть, можно в любое время: perechen merge.",
)


def stand_of(lying: Lying, today: datetime.date) -> Stand:
    """Return where the cycle stands and what comes next."""
    if len(lying.incoming) == lying.of_past:
        stand = _before_files(lying, today)
        return stand._replace(said=(*stand.said, *_past(lying)))
    if lying.of_past:
        return Stand(PAST, ("Новые файлы лежат вперемешку с прошлыми.", *_past(lying)))
    last = lying.last
    if last is None or not is_seen(lying.incoming, last.files) or last.profile != lying.profile:
        return _unchecked(lying)
    return _merged(lying, last, today) if last.is_merge else _checked(lying, last, today)


def is_seen(incoming: Mapping[str, str], seen: Mapping[str, str]) -> bool:
    """Tell whether a run looked at these very files; one whose SHA-256 it could not take is known by its name."""
    return incoming.keys() == seen.keys() and all(seen[name] in {"", sha256} for name, sha256 in incoming.items())


def _before_files(lying: Lying, today: datetime.date) -> Stand:
    if lying.templates:
        return _waiting(lying, today)
    if lying.edition:
        none_yet = f"Действующая редакция: {lying.edition}. Шаблонов для подразделений по ней ещё нет."
        return Stand(NO_TEMPLATES, (none_yet,), Step("Сделать шаблоны для подразделений?", ("templates",)))
    said = ("Дело новое: действующей редакции Перечня в папке «редакции» ещё нет.",)
    if len(lying.annexes) == 1:
        question = f"Сделать первую редакцию из файла «{lying.annexes[0]}»?"
        return Stand(NO_EDITION, said, Step(question, ("import", lying.annexes[0])))
    advice = (
        "Положите сюда действующий Перечень – приложение к акту, которым он утверждён (.docx, .xlsx, .xls, .ods).",
        f"Затем запустите: {_IMPORT}.",
        "Если Перечня ещё не было, начните с пустых шаблонов: perechen templates.",
    )
    return Stand(NO_EDITION, said + advice)


def _waiting(lying: Lying, today: datetime.date) -> Stand:
    said = (
        f"Шаблоны лежат в папке «{lying.templates}». Разошлите их; ответы складывайте в папку «входящие».",
        f"Пока не ответил никто из {plural(len(lying.units), 'подразделения', 'подразделений', 'подразделений')}.",
        *deadline_words(lying.deadline, today),
    )
    return Stand(WAITING, said, None if lying.letters else _LETTERS._replace(question="Подготовить напоминания?"))


def _past(lying: Lying) -> tuple[str, ...]:
    if not lying.of_past:
        return ()
    files = plural(lying.of_past, "файл", "файла", "файлов")
    return (f"В папке «входящие» ещё лежит прошлый цикл: {files}. Уберите их оттуда: они есть в архиве той редакции.",)


def _unchecked(lying: Lying) -> Stand:
    known = lying.last.files if lying.last else {}
    fresh = [name for name, sha256 in lying.incoming.items() if known.get(name) != sha256]
    count = plural(len(fresh), "файл ещё не проверен", "файла ещё не проверены", "файлов ещё не проверены")
    if not fresh:
        count = "состав файлов или профиль изменился после проверки"
    return Stand(UNCHECKED, (f"В папке «входящие» файлов: {len(lying.incoming)}; {count}.",), _CHECK)


def _checked(lying: Lying, last: Seen, today: datetime.date) -> Stand:
    silent = _silent(lying, last)
    is_over = lying.deadline is not None and lying.deadline < today
    if last.errors:
        said: tuple[str, ...] = (*_errors(last), *silent, *deadline_words(lying.deadline, today))
        if is_over:
            late = "Сводить можно и с ошибками: строки с ними не принимаются, прежние записи остаются."
            return Stand(ERRORS, (*said, late), _MERGE)
        return Stand(ERRORS, (*said, *_MENDED), None) if lying.letters else Stand(ERRORS, said, _LETTERS)
    if silent and not is_over:
        said = (_clean(last, "Присланные файлы без ошибок."), *silent, *deadline_words(lying.deadline, today))
        return Stand(SILENT, said, _MERGE if lying.letters else _LETTERS._replace(question="Подготовить напоминания?"))
    return Stand(READY, (_clean(last, "Файлы проверены, ошибок нет."), *silent), _MERGE)


def _clean(last: Seen, words: str) -> str:
    """Return what is said where the units have nothing to mend: there may still be what the officer decides."""
    if not last.open_questions:
        return words
    asked = plural(last.open_questions, "вопрос", "вопроса", "вопросов")
    return f"Исправлять подразделениям нечего; {asked} предстоит решить вам на листе «Решения» сводной книги."


def _merged(lying: Lying, last: Seen, today: datetime.date) -> Stand:
    if lying.decided:
        said = (f"На листе «Решения» книги {last.book} есть решения, которые ещё не применены.",)
        return Stand(QUESTIONS, said, _MERGE._replace(question="Свести ещё раз, с решениями?"))
    lies = f"Сводная книга: {last.book}."
    if last.open_questions:
        errors = _errors(last) if last.errors else ()
        return Stand(QUESTIONS, (lies, *_silent(lying, last), *_questions(last), *errors))
    if last.errors:
        left = (_MENDED[0], f"Если ждать больше нельзя, назовите причину: {_PUBLISH} --reason ПРИЧИНА.")
        told = (lies, *_errors(last), *_silent(lying, last), *left, *deadline_words(lying.deadline, today))
        return Stand(ERRORS, told, None if lying.letters else _LETTERS)
    ready = (
        f"{lies} Ошибок и нерешённых вопросов нет.",
        *_silent(lying, last),
        "Прочтите «Сводку» и «Журнал изменений», передайте проект на подпись.",
        f"Когда он подписан: {_PUBLISH}.",
    )
    return Stand(DONE, ready)


def _questions(last: Seen) -> tuple[str, ...]:
    asked = plural(last.open_questions, "вопрос ждёт", "вопроса ждут", "вопросов ждут")
    return (
        f"{asked} вашего решения: откройте книгу, на листе «Решения» выберите «принять» или «вернуть», сохраните.",
        "Затем запустите perechen ещё раз.",
    )


def _errors(last: Seen) -> tuple[str, ...]:
    count = plural(last.errors, "ошибка", "ошибки", "ошибок")
    found = f"При проверке найдено: {count}."
    if not last.has_copies:
        return (f"{found} Файлы не отнесены ни к одному подразделению профиля, копий для возврата нет.",)
    return (f"{found} Копии для возврата подразделениям: «{last.place}/замечания».",)


def _silent(lying: Lying, last: Seen) -> tuple[str, ...]:
    silent = [code for code in lying.units if code not in last.units]
    return (f"Не ответили: {', '.join(silent)}.",) if silent else ()


def deadline_words(deadline: datetime.date | None, today: datetime.date) -> tuple[str, ...]:
    """Return what is said of the deadline, nothing where none is set."""
    if deadline is None:
        return ()
    days = (deadline - today).days
    if days < 0:
        return (f"Срок {deadline:%d.%m.%Y} истёк {plural(-days, 'день', 'дня', 'дней')} назад.",)
    if days == 0:
        return (f"Срок – {deadline:%d.%m.%Y}: сегодня последний день.",)
    left = plural(days, "день", "дня", "дней")
    verb = "остался" if left.endswith("день") else "осталось"
    return (f"Срок – {deadline:%d.%m.%Y}: {verb} {left}.",)
