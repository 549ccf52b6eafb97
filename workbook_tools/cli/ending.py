"""How a command ends: errors, the closing summary, the report, the exit code."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook_tools.cli.console import say_findings, say_summary
from workbook_tools.cli.interruption import outputs_are_written
from workbook_tools.cli.streams import write_report
from workbook_tools.outputs import Outputs
from workbook_tools.reports.run_json import as_pieces

if TYPE_CHECKING:
    from workbook_tools.cli.console import Speaker
    from workbook_tools.pipeline.commands import Result
    from workbook_tools.sources import Address


def ended(result: Result, speaker: Speaker, json: str, inputs: Iterable[Path | Address | None]) -> int:
    """Say how a run ended, hand over its report, return the exit code; the report never replaces an input."""
    if result.outputs:
        outputs_are_written()
    if result.dossier is not None:
        say_findings(result.dossier)
        say_summary(speaker, result.dossier, result.outputs, result.from_cache)
    if json:
        hand_over(result.report, json, [path for path in inputs if isinstance(path, Path)])
    return result.exit_code


def hand_over(report: dict[str, Any], target: str, inputs: list[Path]) -> None:
    """Write a report to a file, or to standard output where the target is «-»."""
    if target == "-":
        write_report("".join(as_pieces(report)))
        return
    path = Path(target)
    read = [item for given in inputs for item in (given, *given.rglob("*"))]
    with Outputs(path.parent, read) as outputs:
        outputs.stage_text(path.name, as_pieces(report))
