"""`perechen demo`: the whole job over the samples, in a few lines."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from workbook_tools.cli.console import say_summary
from workbook_tools.errors import InputError
from workbook_tools.pipeline import commands
from workbook_tools.pipeline.commands import Options
from workbook_tools.profile import load_profile
from workbook_tools.remarks import Severity

if TYPE_CHECKING:
    from workbook_tools.cli.console import Speaker
    from workbook_tools.dossier import Dossier

DAY = "2026-11-22"
PERIOD = "4 квартал 2026 г."
EDITION = "edition-2024-03-19.xlsx"
_SHOWN = 3


def samples() -> Path:
    """Return the folder of the samples: beside the package in a checkout, inside it once installed.

    Raises
    ------
    InputError
        They are in neither place.
    """
    package = Path(__file__).parent.parent
    for folder in (package / "samples", package.parent / "samples"):
        if (folder / EDITION).is_file():
            return folder
    raise InputError("образцы не найдены: установка неполная. Установите программу заново.")


def run_demo(out: Path, speaker: Speaker, workers: int = 1, scheduler: str = "") -> int:
    """Make the templates, check and merge the samples, say what was found; the exit code is 0 when it ran."""
    loaded, folder = load_profile(), samples()
    edition, incoming = folder / EDITION, folder / "incoming"
    made = commands.templates(loaded, edition, out / "шаблоны", period=PERIOD, workers=workers)
    speaker.say(f"1. Шаблоны: сделано {len(made.outputs)}, каждый заполнен записями своего подразделения.")
    with speaker.progress() as progress:
        merged = commands.merge([incoming], loaded, edition, out, Options(DAY, workers, scheduler, progress))
    speaker.say("2. Проверка: что нашлось в присланных файлах.")
    if merged.dossier is not None:
        _say_found(speaker, merged.dossier)
        speaker.say("3. Сводная книга: редакция, журнал изменений, возвратные копии.")
        say_summary(speaker, replace(merged, outputs=(*merged.outputs, out / "шаблоны")))
    return 0


def _say_found(speaker: Speaker, dossier: Dossier) -> None:
    """Show the first finding of the rules that spoke, errors first."""
    findings = dossier.findings
    for severity in (Severity.ERROR, Severity.WARNING):
        some = findings[findings["severity"] == severity.value].drop_duplicates("rule").head(_SHOWN)
        for row in some.to_dict("records"):
            place = ", ".join(part for part in (row["file"], row["cell"]) if part)
            name = dossier.profile.name_of("severities", severity.value)
            speaker.say(f"   {name} {row['rule']}, {place or 'Перечень в целом'}: {row['message']}")
