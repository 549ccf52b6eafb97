"""The page docs/performance.md, written from the results of a run."""

from __future__ import annotations

import os
import platform
import shlex
from collections.abc import Iterator, Sequence

from benchmarks.inputs import SHARES
from benchmarks.speed import MERGE, Result, growth

_PARTS = ("by the clock", "of the processor", "of memory")


def page(results: Sequence[Result], repeat: int) -> str:
    """Return the page as Markdown: ratios first, which hold on other machines too, seconds last."""
    rivalled = [result for result in results if result.rivals]
    parts = [_head(results, repeat), *_ratios(rivalled), *_growth(results), *_stages(rivalled), *_seconds(results)]
    return "\n".join(parts) + "\n"


def _head(results: Sequence[Result], repeat: int) -> str:
    names = " ".join(result.size for result in results)
    made = shlex.join(["python", "-m", "benchmarks", "--size", *names.split(), "--repeat", str(repeat)])
    sizes = ", ".join(f"{result.size} – {result.files} files, {result.rows:,} rows" for result in results)
    return f"""# How fast a merge is

Written by `{made} --write docs/performance.md`. Do not edit.

Sizes: {sizes}. The files are the program's own templates, filled in as units do: of their records
{SHARES.changed:.0%} changed, {SHARES.excluded:.0%} excluded, {SHARES.wrong:.0%} spoiled, and {SHARES.included:.0%} \
more added; the edition before is one of our own workbooks.

- **merge** is `perechen merge` as a whole process with all that it does: reading behind its guards, every cell
  accounted for, all rules, comparison with the edition before, all sheets, returned copies, draft order, and every
  written workbook read again.
- **naive** (`benchmarks/naive.py`): `pandas.read_excel` with openpyxl for each file, concat, drop_duplicates and
  `to_excel`.
- **limit** (`benchmarks/limit.py`): calamine, checks column by column without pandas, rows rendered straight into the
  row file of xlsxwriter. About the least that reading, checking and writing one sheet can cost in Python.

- **bare** (`benchmarks/bare.py`): the reading and writing of that very merge and nothing else, in one process. calamine
  gives every cell of the files, of the edition and of all workbooks that the merge wrote; their texts are written anew
  as bare XML; the order is unpacked and packed, the report taken apart and put together. No guards, no rules, no
  formats. What a merge costs beside it is what it does with the rows.

Neither rival merges, compares or reads again what it wrote. Memory is the peak of the resident sizes of the process and
all that it starts, summed and looked at every 20 ms in /proc; pages that processes share count in each.
"""


def _ratios(results: Sequence[Result]) -> Iterator[str]:
    if not results:
        return
    yield "## How many times the cost of others a merge costs\n"
    yield f"| size | beside | {' | '.join(_PARTS)} |"
    yield "|---|---|" + "---:|" * len(_PARTS)
    for result in results:
        for other in result.rivals:
            yield f"| {result.size} | {other} | {' | '.join(f'{value:.2f}' for value in result.ratio(other))} |"
    yield ""


def _growth(results: Sequence[Result]) -> Iterator[str]:
    found = growth(results)
    if not found:
        return
    yield "## Growth\n"
    yield "Slope of the logarithm of a merge's cost on the logarithm of rows; 1 is in step with the rows.\n"
    yield f"| sizes | {' | '.join(_PARTS)} |"
    yield "|---|" + "---:|" * len(_PARTS)
    for pair, slopes in found.items():
        yield f"| {pair} | {' | '.join(f'{slope:.2f}' for slope in slopes)} |"
    yield ""


def _stages(results: Sequence[Result]) -> Iterator[str]:
    if not results:
        return
    names = dict.fromkeys(stage for result in reversed(results) for stage, _ in result.by_weight())
    yield "## Shares of a merge's time, stage by stage\n"
    yield "One more run, in one process but for the reading; the time of a stage is without the stages inside it."
    yield "The first file that is read, the edition, bears the start of the process that reads.\n"
    yield f"| stage | {' | '.join(result.size for result in results)} |"
    yield "|---|" + "---:|" * len(results)
    wholes = [sum(spent.wall for spent in result.stages.values()) for result in results]
    for name in names:
        shares = (
            f"{result.stages[name].wall / whole:.1%}" if name in result.stages else ""
            for result, whole in zip(results, wholes, strict=True)
        )
        yield f"| {name} | {' | '.join(shares)} |"
    yield ""


def _seconds(results: Sequence[Result]) -> Iterator[str]:
    yield f"## As of one machine ({os.cpu_count()} cores, Python {platform.python_version()})\n"
    yield "Medians; of a size without rivals one run. Where the machine has other work too, the seconds by the clock"
    yield "say little.\n"
    yield "| size | way | seconds by the clock | seconds of the processor | MiB |"
    yield "|---|---|---:|---:|---:|"
    for result in results:
        for way, cost in result.costs.items():
            name = f"**{way}**" if way == MERGE else way
            yield f"| {result.size} | {name} | {cost.wall:.2f} | {cost.cpu:.2f} | {cost.rss:.0f} |"
