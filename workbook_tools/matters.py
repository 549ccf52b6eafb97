"""What «Сводка» asks of people: what the register lacks, what the head must decide, which questions stand open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from workbook_tools.comparing.change import NEW
from workbook_tools.frames import mapped
from workbook_tools.records import tuples
from workbook_tools.text import shortened

if TYPE_CHECKING:
    from workbook_tools.comparing import Change
    from workbook_tools.decisions import Question
    from workbook_tools.dossier import Dossier
    from workbook_tools.profile import Profile

_SHOWN_NAMES, _LONGEST_NAME = 6, 140
_NEW_TO_THE_LIST = "П-07"
_OFFICER = "П-20"
_KIND_BY_LIST = "П-06"


Name = tuple[str, str | int]
"""A record: ("", its code), or (file, row) where it was read."""
Asked = Mapping[Name, Sequence[int]]
Known = Mapping[Name, str]


class Matter(NamedTuple):
    """One sentence, and what it is about: the name of a figure or of a rule's remarks, "" where it has no rows."""

    text: str
    about: str = ""


def gaps(dossier: Dossier) -> Iterator[Matter]:
    """Yield what the register as a whole lacks: activities without a digital touchpoint, findings that stand on no row.

    Each is about the remarks of its rule: «remark П-25».
    """
    counts = dossier.by_activity
    without = [str(name) for name in counts.index[(counts["records"] > 0) & (counts["digital"] == 0)]]
    if without:
        yield Matter(f"Без цифровых точек: {_first(without, '; ')}.", f"records {without[0]}")
    found = dossier.findings
    whole = found[(found["file"] == "") & (found["unit"] == "") & (found["rule"] != _OFFICER)]
    for rule, message in zip(whole["rule"], whole["message"], strict=True):
        yield Matter(str(message), f"remark {rule}")


def matters(dossier: Dossier) -> Iterator[Matter]:
    """Yield what is to be decided: by the head first (regulation.md 4.5), then by the officer and the units.

    Of an edition in force that is only what the act that put it in force did not settle.
    """
    if not dossier.compared:
        if dossier.cases and not dossier.approval:
            yield Matter(f"{dossier.profile.texts.sign}: {len(dossier.cases)}.", "changes")
        yield from _of_the_list(dossier)
        yield from _of_two_kinds(dossier)
        yield from _of_the_round(dossier)
    if dossier.open_questions:
        yield Matter(f"Ответить на вопросы уполномоченному сотруднику: {dossier.open_questions}.", "questions")
    waiting = len(dossier.records) - len(dossier.in_force)
    if waiting and not dossier.compared:
        yield Matter(f"Уточнить записи, которые не вошли в Перечень: {waiting}.", "quarantined")


def _of_the_round(dossier: Dossier) -> Iterator[Matter]:
    """Yield the deadline that nobody set, and the units that did not answer."""
    if dossier.profile.period.deadline is None:
        yield Matter("Установить срок представления сведений: Порядком он не установлен.")
    if dossier.missing_units:
        names = [unit.name for unit in dossier.missing_units]
        yield Matter(f"Запросить сведения у тех, кто не ответил: {_first(names)}.", "units")


def _of_the_list(dossier: Dossier) -> Iterator[Matter]:
    """Yield the touchpoints that the register names and the Порядок does not."""
    profile, held = dossier.profile, dossier.in_force
    added = _added_by_act(dossier)
    names = (name for name in dict.fromkeys(held["touchpoint"].tolist()) if not _listed(name, profile))
    known = [name for name in names if profile.touchpoint_key(name) not in added]
    if known:
        yield Matter(f"{profile.texts.amend_list}: {_first(known, quoted=True)}.", f"remark {_NEW_TO_THE_LIST}")


def _added_by_act(dossier: Dossier) -> frozenset[str]:
    """Return the touchpoints, as compared, that the act in force adds to the list: those that came in with it."""
    if dossier.approval is None:
        return frozenset()
    profile = dossier.profile
    # To a list that names none of a kind nothing can be added (order.additions).
    kinds = {item.kind for item in profile.touchpoints if item.in_list}
    came = (change.record for change in dossier.changes if NEW in change.classes)
    return frozenset(profile.touchpoint_key(row["touchpoint"]) for row in came if row["kind"] in kinds)


def _listed(name: str, profile: Profile) -> bool:
    item = profile.touchpoint(name)
    return item is not None and item.in_list


def _of_two_kinds(dossier: Dossier) -> Iterator[Matter]:
    """Yield the touchpoints that the Порядок calls by both kinds, where records differ from its own list.

    In an edition in force the kinds stand by the act, save those whose question it left open.
    """
    profile, held = dossier.profile, dossier.in_force
    if dossier.approval:
        held = held[held["code"].isin(_codes_of_open_kinds(dossier))]
    keys = mapped(held["touchpoint"], profile.touchpoint_key)
    for item in (point for point in profile.touchpoints if point.kind_disputed):
        own = held[keys == profile.touchpoint_key(item.name)]
        other = int((own["kind"] != profile.kind_of(item)).sum())
        if other:
            words = {"touchpoint": item.name, "count": other}
            yield Matter(profile.texts.two_kinds.format_map(words), "remark П-06")


def _codes_of_open_kinds(dossier: Dossier) -> set[str]:
    asked = (item.question for item in dossier.settlement.settled if not item.applies)
    return {question.code for question in asked if question and question.rule == _KIND_BY_LIST}


def _first(names: list[str], join: str = ", ", *, quoted: bool = False) -> str:
    short = (shortened(name, _LONGEST_NAME) for name in names[:_SHOWN_NAMES])
    shown = [f"«{name}»" if quoted else name for name in short]
    more = f" и ещё {len(names) - _SHOWN_NAMES}" if len(names) > _SHOWN_NAMES else ""
    return f"{join.join(shown)}{more}"


def open_questions(dossier: Dossier) -> Asked:
    """Return the lines on «Решения» of the questions without a decision, by what they are about.

    A record is known by ("", its code) and by (file, row) where the question stands.
    """
    found: dict[Name, list[int]] = defaultdict(list)
    for number, item in enumerate(dossier.settlement.settled, 1):
        if item.question is not None and not item.applies:
            for name in _names_of(item.question):
                found[name].append(number)
    return dict(found)


def _names_of(question: Question) -> Iterator[Name]:
    if question.code:
        yield "", question.code
    if question.file and question.row:
        yield question.file, question.row


def questions_on(change: Change, asked: Asked) -> tuple[int, ...]:
    """Return the lines of the open questions on a change, as open_questions found them."""
    record = change.record
    names = ("", str(record["code"])), (str(record["file"]), int(str(record["row"])))
    return tuple(sorted({number for name in names for number in asked.get(name, ())}))


def processes(dossier: Dossier) -> Known:
    """Return the process of each record, by its code and by where it was read."""
    found: dict[Name, str] = {}
    for code, file, row, process in tuples(dossier.records, "code", "file", "row", "process"):
        found.setdefault(("", code), process)
        found.setdefault((file, row), process)
    return found


def process_of(question: Question, known: Known) -> str:
    """Return the process that a question is about, "" where it is not known or the question names it."""
    process = next((known[name] for name in _names_of(question) if name in known), "")
    return "" if process in question.text else process


def sum_of(dossier: Dossier) -> str:
    """Return how the register came to its number of records; "" where there is nothing to compare it with."""
    return " ".join(filter(None, (dossier.balance.text if dossier.balance else "", told_of_dropped(dossier))))


def told_of_dropped(dossier: Dossier) -> str:
    """Return a sentence on the records that waited and were excluded, "" where there are none."""
    if not dossier.dropped:
        return ""
    names = ", ".join(dossier.dropped)
    return f"Сверх того исключены записи на уточнении, в Перечень они не входили: {len(dossier.dropped)} ({names})."
