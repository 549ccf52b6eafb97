"""Questions + decisions -> what applies; a decision that no longer fits is told, never applied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from workbook_tools.decisions.decision import ACCEPT, RETURN, Decision, question_key, subject_of, verdict_of
from workbook_tools.decisions.question import CONFLICT, LOST_CONFLICT, Question, of_waiting, stands_on
from workbook_tools.findings import cut_short
from workbook_tools.remarks import Place, Remark, Severity
from workbook_tools.text import russian_date

if TYPE_CHECKING:
    import pandas as pd

    from workbook_tools.profile import Profile

OPEN, ACCEPTED, RETURNED, KEPT = "open", "accepted", "returned", "kept"
CLASH, EXPIRED, STALE, TWICE = "clash", "expired", "stale", "twice"
# What a decision waits for: its unit's file, or a mended one in place of a file refused as a whole.
AWAITED, AWAITED_MENDED = "awaited", "awaited_mended"
_AWAITING = frozenset({AWAITED, AWAITED_MENDED})
# What the officer can add to a decision that stays as it was written.
_LACKS = frozenset({"wrong", "no_verdict", "bad_date", "no_reason"})
_ISO_LENGTH = 10


@dataclass(frozen=True)
class Settled:
    """A question and the decision on it, or a decision that is kept though nothing asks for it in this run.

    Attributes
    ----------
    status
        open, accepted, returned, kept (no such question now), or why the decision does not apply: clash, expired,
        stale. An open question may have a decision that lacks something, as the officer wrote it.
    awaits
        Whether a kept decision waits for the file of its unit, or of the other side of a conflict: only then can
        its question be asked.
    """

    question: Question | None
    decision: Decision | None
    status: str = OPEN
    awaits: bool = False

    @property
    def applies(self) -> bool:
        """Whether the decision acts on this run."""
        return self.status in {ACCEPTED, RETURNED}


class Ground(NamedTuple):
    """What decisions rest on when nothing of the run asks for them.

    Attributes
    ----------
    codes
        The codes of the records of the register: an accepted exception on any other record is not kept.
    files
        By the unit's code why no row of it can ask anything: its file has not come, or is refused as a whole.
    rivals
        By the code of a conflict's question, whose own row stands as it was judged, the unit on the other side of
        which no row counts: a conflict has two sides, and is asked only when both are there.
    withdrawn
        The codes of the questions on new rows that are no more among the rows of their units.
    since
        The date of the edition in force, ISO: what was returned before it was returned from another round.
    sheet
        The sheet of a unit's file whose rows ask; what an edition itself asked, no file will ask again.
    """

    codes: frozenset[str] = frozenset()
    files: Mapping[str, str] = {}
    rivals: Mapping[str, str] = {}
    withdrawn: frozenset[str] = frozenset()
    since: str = ""
    sheet: str = ""


NO_GROUND = Ground()


class Stake(NamedTuple):
    """What is at stake in an accepted question, and what is wanted of it: two that want the same agree."""

    of: str
    wanted: str


@dataclass(frozen=True)
class Settlement:
    """What became of all questions and decisions, and what is to be told of the decisions."""

    settled: tuple[Settled, ...] = ()
    remarks: tuple[Remark, ...] = ()

    def places(self, status: str, *kinds: tuple[str, str]) -> frozenset[tuple[str, int]]:
        """Return file and row of the questions of a status; of all rules, or of those named (rule, variant)."""
        return frozenset(
            (item.question.file, item.question.row)
            for item in self.settled
            if item.question and item.status == status and (not kinds or item.question.kind in kinds)
        )


def settle(
    questions: Sequence[Question],
    decisions: Iterable[Decision],
    today: str,
    profile: Profile,
    ground: Ground = NO_GROUND,
) -> Settlement:
    """Put decisions to the questions that they answer.

    Parameters
    ----------
    today
        The run's date, ISO.
    ground
        What the decisions rest on that answer no question of the run.
    """
    given = list(decisions)
    by_key = {question.key: question for question in questions}
    subjects = {subject_of(key) for key in by_key}
    twice = {key for key, count in Counter(item.key for item in given).items() if count > 1}
    answered: dict[str, Settled] = {}
    kept: list[Settled] = []
    remarks: list[Remark] = []
    for decision in given:
        fault = TWICE if decision.key in twice else _fault(decision, today)
        question = by_key.get(decision.key)
        unmatched = "" if question else _unmatched(decision, subjects, ground)
        if fault or unmatched:
            remarks.append(_remark(fault or unmatched, decision, profile, ground.rivals.get(decision.key, "")))
        if not question:
            kept.extend(_kept(decision, unmatched, fault, today, profile))
        elif not fault:
            answered[decision.key] = Settled(question, _signed(decision, today, profile), _status(decision))
            remarks.extend(_unexplained(decision, profile))
        elif fault != TWICE:
            answered[decision.key] = Settled(question, decision, EXPIRED if fault == EXPIRED else OPEN)
    settled = [answered.get(question.key, Settled(question, None)) for question in questions]
    return Settlement((*settled, *kept), tuple(remarks))


def _fault(decision: Decision, today: str) -> str:
    """Return why a decision cannot apply whatever it is about, "" where it can."""
    verdict = verdict_of(decision.verdict)
    if not subject_of(decision.key):
        return "unknown"
    if not verdict:
        return "wrong" if decision.verdict else "no_verdict"
    if decision.until and not _is_iso(decision.until):
        return "bad_date"
    if decision.until and decision.until < today:
        return EXPIRED
    return "no_reason" if verdict == RETURN and not decision.reason else ""


def _unmatched(decision: Decision, subjects: set[str], ground: Ground) -> str:
    """Return what is to be told of a decision that answers no question of the run."""
    if subject_of(decision.key) in subjects:
        return STALE
    if decision.code and decision.code not in ground.codes:
        return "gone"
    # A waiting record asks without any file.
    if subject_of(decision.key) == subject_of(question_key(of_waiting(decision.unit, decision.code), ())):
        return "unused"
    awaited = ground.files.get(ground.rivals.get(decision.key, decision.unit), "")
    is_over = verdict_of(decision.verdict) == RETURN and "" < decision.when < ground.since
    if is_over or not stands_on(ground.sheet, decision.source):
        awaited = ""
    return awaited or ("gone_row" if decision.key in ground.withdrawn else "unused")


def _kept(decision: Decision, unmatched: str, fault: str, today: str, profile: Profile) -> Iterator[Settled]:
    """Yield a decision that answers no question of the run, if it may yet: what it lacks can be added meanwhile.

    An exception outlasts the run that does not ask for it; what was returned and is asked no more its unit has mended,
    and kept it would only grow into a list of what was once wrong.
    """
    awaits = unmatched in _AWAITING
    if fault:
        if awaits and fault in _LACKS:
            yield Settled(None, decision, KEPT, awaits)
    elif awaits or (unmatched == "unused" and verdict_of(decision.verdict) == ACCEPT):
        yield Settled(None, _signed(decision, today, profile), KEPT, awaits)


def _status(decision: Decision) -> str:
    return ACCEPTED if verdict_of(decision.verdict) == ACCEPT else RETURNED


def _signed(decision: Decision, today: str, profile: Profile) -> Decision:
    """Return the decision with who and when: where they were left blank, the profile's officer and the run's day."""
    officer = " ".join(part for part in (profile.officer.post, profile.officer.name) if part)
    return replace(decision, who=decision.who or officer, when=decision.when or today)


def _unexplained(decision: Decision, profile: Profile) -> Iterator[Remark]:
    if not decision.reason:
        yield _remark("unexplained", decision, profile)


def _remark(message: str, decision: Decision, profile: Profile, unit: str = "") -> Remark:
    names = [column.name for column in profile.sheets["decisions"].columns]
    cell = f"{chr(ord('A') + names.index('decision'))}{decision.row}"
    place = Place("", decision.file, decision.sheet, cell, decision.row, "decision", decision.verdict, decision.code)
    words = {
        "key": decision.key or "–",
        "v": decision.verdict,
        "q": decision.question.rstrip("."),
        "until": russian_date(decision.until),
        "id": decision.code,
        "unit": profile.unit_name(unit or decision.unit),
    }
    return Remark("П-20", f"decision_{message}", place, words)


def clashed(settlement: Settlement, stakes: Mapping[str, Stake], held: frozenset[str], profile: Profile) -> Settlement:
    """Return the settlement with accepted decisions that exclude each other put aside.

    Parameters
    ----------
    stakes
        By the code of an accepted question what is at stake in it: it can be had once, or by all that want the same.
    held
        What somebody has already, apart from conflicts, which are about just that.
    """
    claims = Counter(stake.of for stake in set(stakes.values()))
    settled, remarks = [], list(settlement.remarks)
    for item in settlement.settled:
        stake = stakes[item.question.key].of if item.question and item.question.key in stakes else ""
        contested = item.question is not None and item.question.kind != CONFLICT and stake in held
        if stake and item.decision and (claims[stake] > 1 or contested):
            settled.append(replace(item, status=CLASH))
            remarks.append(_remark("held" if contested else "clash", item.decision, profile))
        else:
            settled.append(item)
    return Settlement(tuple(settled), tuple(remarks))


def told(findings: pd.DataFrame, settlement: Settlement) -> pd.DataFrame:
    """Return the findings with the decisions on them: what is accepted is only told, what is returned is an error.

    A conflict whose side is returned becomes one that its unit must mend.

    Parameters
    ----------
    findings
        The frame that the questions were asked from.
    """
    severity, message, variant = (findings[name].copy() for name in ("severity", "message", "variant"))
    for item in settlement.settled:
        if item.applies and item.question and item.decision and item.question.index >= 0:
            at = item.question.index
            accepted = item.status == ACCEPTED
            severity[at] = (Severity.INFO if accepted else Severity.ERROR).value
            message[at] = f"{message[at]} {_sentence(item.decision, accepted=accepted)}"
            if item.question.kind == CONFLICT and not accepted:
                variant[at] = LOST_CONFLICT[1]
    return findings.assign(severity=severity, message=message, variant=variant)


def _sentence(decision: Decision, *, accepted: bool) -> str:
    reason = f": {cut_short(decision.reason).rstrip('.')}" if decision.reason else ""
    until = f" (действует до {russian_date(decision.until)})" if decision.until else ""
    return f"Принято уполномоченным сотрудником{reason}{until}." if accepted else f"Возвращено подразделению{reason}."


def _is_iso(text: str) -> bool:
    return len(text) == _ISO_LENGTH and text[4] == text[7] == "-"
