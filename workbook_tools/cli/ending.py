"""How a command ends: errors, the closing summary, the report, the exit code."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from workbook_tools.cli.console import say_findings, say_summary
from workbook_tools.cli.interruption import outputs_are_written
from workbook_tools.cli.streams import write_report
from workbook_tools.errors import OutputError
from workbook_tools.outputs import Outputs
from workbook_tools.pipeline.previous import RUN_REPORT
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
        say_summary(speaker, result)
    if json:
        hand_over(result.report, json, [path for path in inputs if isinstance(path, Path)], result.outputs)
    return result.exit_code


def hand_over(report: dict[str, Any], target: str, inputs: list[Path], written: Iterable[Path]) -> None:
    """Write a report to a file, or to standard output where the target is «-».

    Raises
    ------
    OutputError
        The target is an input or what the run has just written, or it cannot be written.
    """
    if target == "-":
        write_report("".join(as_pieces(report)))
        return
    path = Path(target)
    _refuse_written(path, written)
    read = [item for given in inputs for item in (given, *given.rglob("*"))]
    with Outputs(path.parent, read) as outputs:
        outputs.stage_text(path.name, as_pieces(report))


def _refuse_written(target: Path, written: Iterable[Path]) -> None:
    # The same report lies in run.json, so that nothing is lost there.
    place = target.resolve()
    if any(path.resolve() == place for path in written if path.name != RUN_REPORT):
        raise OutputError(f"--json: «{target}» – итог этого же запуска, отчёт стёр бы его. Укажите другое имя файла.")
