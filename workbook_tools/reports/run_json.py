"""The JSON reports of contract.md: plain objects, the same bytes for the same inputs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from workbook_tools import findings as found
from workbook_tools.decisions.decision import verdict_of
from workbook_tools.reports import json_text
from workbook_tools.text import split_list

if TYPE_CHECKING:
    from workbook_tools.answers import Voice
    from workbook_tools.comparing import Change
    from workbook_tools.decisions import Settled
    from workbook_tools.dossier import Dossier, UnitLine
    from workbook_tools.records import Edition
    from workbook_tools.standing import Standing
    from workbook_tools.tally import RuleLine

SCHEMA = 1


def head(command: str, date: str, profile: str, profile_sha256: str) -> dict[str, Any]:
    """Return what every report begins with."""
    return {
        "schema": SCHEMA,
        "command": command,
        "version": version("perechen"),
        "date": date,
        "profile": {"name": profile, "sha256": profile_sha256},
    }


def edition_json(edition: Edition) -> dict[str, Any]:
    """Return an edition as a report names it."""
    return {
        "file": edition.file,
        "sha256": edition.sha256,
        "date": edition.date or None,
        "records": len(edition.in_force),
    }


def record_json(record: Mapping[str, Any]) -> dict[str, Any]:
    """Return one record (contract.md, RECORD)."""
    return {
        "code": record["code"] or None,
        "direction": record["direction"],
        "activity": record["activity"],
        "process": record["process"],
        "client": record["client"],
        "touchpoint": record["touchpoint"],
        "contact": record["contact"],
        "kind": record["kind"],
        "needs": list(split_list(record["needs"])),
        "key": {"yes": True, "no": False}.get(record["key"]),
        "basis": record["basis"],
        "unit": record["unit"],
        "state": record["state"],
        "source": {"file": record["file"], "sheet": record["sheet"], "row": int(record["row"])},
    }


def change_json(change: Change) -> dict[str, Any]:
    """Return one change (contract.md, CHANGE)."""
    return {
        "classes": list(change.classes),
        "record": change.record["code"] or None,
        "unit": change.record["unit"] or None,
        "before": record_json(change.before) if change.before is not None else None,
        "after": record_json(change.after) if change.after is not None else None,
        "match": {
            "by": change.by,
            "score": change.score,
            "proposed": change.proposed,
            "evidence": list(change.evidence),
        },
        "rule": _rule_change(change),
        "text": change.text,
    }


def _rule_change(change: Change) -> dict[str, Any] | None:
    """Return the touchpoint whose rule changed, its kind before and now, and the records that only follow (К12)."""
    if change.rule is None:
        return None
    (entry,) = change.entries
    followed = [record_json(after)["code"] for _, after in change.rule.followed]
    return {
        "touchpoint": change.rule.touchpoint,
        "before": entry.before,
        "after": entry.after,
        "records": followed,
    }


def rule_json(line: RuleLine) -> dict[str, Any]:
    """Return how far a rule reached as the report's plain object."""
    return {
        "rule": line.code,
        "title": line.title,
        "status": line.status,
        "checked": line.checked,
        "counted": line.counted,
        "findings": line.findings,
        "errors": line.errors,
        "warnings": line.warnings,
        "infos": line.infos,
    }


def decision_json(item: Settled) -> dict[str, Any]:
    """Return a question to the officer, and the decision on it, as the report's plain object."""
    question, decision = item.question, item.decision
    asked = question or decision
    return {
        "key": asked.key if asked else None,
        "status": item.status,
        "rule": question.rule if question else None,
        "record": (asked.code or None) if asked else None,
        "unit": (asked.unit or None) if asked else None,
        "question": question.text if question else decision.question if decision else None,
        "decision": (verdict_of(decision.verdict) or None) if decision else None,
        "reason": (decision.reason or None) if decision else None,
        "until": (decision.until or None) if decision else None,
        "who": (decision.who or None) if decision else None,
        "when": (decision.when or None) if decision else None,
    }


def _file_json(file: str, sha256: str) -> dict[str, Any] | None:
    return {"file": file, "sha256": sha256} if sha256 else None


def file_json(item: Standing) -> dict[str, Any]:
    """Return the fate of a file as the report's plain object."""
    return {
        "file": item.file,
        "sha256": item.sha256 or None,
        "unit": item.unit or None,
        "status": item.status,
        "rows": item.rows,
        "reason": item.reason or None,
    }


def unit_json(unit: UnitLine) -> dict[str, Any]:
    """Return what came from a unit as the report's plain object."""
    return {
        "unit": unit.code,
        "name": unit.name,
        "status": unit.status,
        "rows": unit.rows,
        "errors": unit.errors,
        "warnings": unit.warnings,
        "carried_over": unit.carried_over,
        "round": unit.round._asdict() if unit.round else None,
    }


def answer_json(voice: Voice) -> dict[str, Any]:
    """Return a unit's answer to a remark as the report's plain object."""
    return {
        "unit": voice.unit or None,
        "file": voice.file,
        "rule": voice.rule,
        "cell": voice.cell,
        "message": voice.message,
        "answer": voice.text,
        "finding": voice.stands,
    }


def note_json(voice: Voice) -> dict[str, Any]:
    """Return a unit's note on a row as the report's plain object."""
    return {
        "unit": voice.unit or None,
        "file": voice.file,
        "cell": voice.cell,
        "record": voice.message or None,
        "note": voice.text,
    }


def run_report(
    command: str, dossier: Dossier, edition: Edition | None, outputs: Sequence[str], date: str
) -> dict[str, Any]:
    """Return the report of `check` and `merge`."""
    parts = run_parts(command, dossier, edition, outputs, date)
    return {name: list(part) if isinstance(part, Iterator) else part for name, part in parts.items()}


def run_parts(
    command: str, dossier: Dossier, edition: Edition | None, outputs: Sequence[str], date: str
) -> dict[str, Any]:
    """Return the same report to be written at once: what grows with the register comes as iterators."""
    sums = dossier.reconciliation
    return {
        **head(command, date, dossier.profile.name, dossier.profile_sha256),
        "edition": edition_json(edition) if edition else None,
        "files": [file_json(item) for item in dossier.files],
        "units": [unit_json(unit) for unit in dossier.units],
        "findings": iter(found.as_json(dossier.findings)),
        "changes": map(change_json, dossier.changes),
        "reconciliation": sums.as_json() if sums else None,
        "ledger": [item.as_json() for item in dossier.ledgers],
        "answers": [answer_json(voice) for voice in dossier.voices if voice.kind == "answer"],
        "notes": [note_json(voice) for voice in dossier.voices if voice.kind == "note"],
        "mended": list(dossier.mended),
        "judged": list(dossier.judged),
        "rules": [rule_json(line) for line in dossier.rules],
        "decisions": map(decision_json, dossier.settlement.settled),
        "decided_in": _file_json(*dossier.decided_in),
        "outputs": list(outputs),
    }


def as_pieces(report: Mapping[str, Any]) -> Iterator[str]:
    """Yield a report as text: UTF-8, two spaces, a line break at the end."""
    # A byte of a file name that is no letter has no UTF-8; its code is how JSON itself writes it.
    return (piece.encode("utf-8", "backslashreplace").decode("utf-8") for piece in json_text.pieces(report))
