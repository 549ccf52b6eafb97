"""Cases of groups A1, A2, B12 and D1: what stands in a folder, and under which name."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from tests.hostile.case import FINDING, IGNORED, IGNORED_FILE, READ, REFUSED, Case, Expected, read, refused
from tests.hostile.parts import Parts

_NOT_SKIPPED = Expected((READ, FINDING, REFUSED, IGNORED))


def _fifo(path: Path, _: bytes) -> None:
    os.mkfifo(path)


def _to_device(path: Path, _: bytes) -> None:
    path.symlink_to("/dev/zero")


def _to_nowhere(path: Path, _: bytes) -> None:
    path.symlink_to("nowhere.xlsx")


def _to_itself(path: Path, _: bytes) -> None:
    path.symlink_to(path.name)


def _to_outside(path: Path, content: bytes) -> None:
    outside = path.parent.parent.parent / f"вне-{path.name}"
    outside.write_bytes(content)
    path.symlink_to(outside)


def _to_a_file_beside(path: Path, content: bytes) -> None:
    real = path.with_name("без расширения")
    real.write_bytes(content)
    path.symlink_to(real.name)


def _folder_loop(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    (path.parent / "петля").symlink_to(path.parent)


def _folder(path: Path, _: bytes) -> None:
    path.mkdir()


def _fifo_to_link(path: Path, _: bytes) -> None:
    os.mkfifo(path.with_name("труба"))
    path.symlink_to("труба")


PLACES = [
    Case("fifo", "A1", refused(), Parts.packed, place=_fifo, needs="posix"),
    Case("link-to-a-fifo", "A1", refused(), Parts.packed, place=_fifo_to_link, needs="posix"),
    Case("link-to-a-device", "A1", refused(), Parts.packed, place=_to_device, needs="posix"),
    Case("link-to-nowhere", "A1", refused(), Parts.packed, place=_to_nowhere, needs="posix"),
    Case("link-to-itself", "A1", refused(), Parts.packed, place=_to_itself, needs="posix"),
    Case("link-out-of-the-folder", "A1", refused(), Parts.packed, place=_to_outside, needs="posix"),
    Case("link-to-a-file-beside", "A1", read(), Parts.packed, place=_to_a_file_beside, needs="posix"),
    Case(
        "folder-that-leads-to-itself", "A1", Expected((READ, FINDING)), Parts.packed, place=_folder_loop, needs="posix"
    ),
    Case("folder-named-as-a-workbook", "A1", refused(), Parts.packed, place=_folder),
]
IGNORED_NAMES = {
    "lock-of-excel": "~${unit}.xlsx",
    "lock-of-libreoffice": ".~lock.{unit}.xlsx#",
    "fork-of-a-mac": "._{unit}.xlsx",
    "copy-of-word": "~WRL0001.tmp",
    "temporary": "{unit}.tmp",
    "download-part": "{unit}.xlsx.part",
    "download-of-chrome": "{unit}.xlsx.crdownload",
    "thumbs": "Thumbs.db",
    "desktop-ini": "desktop.ini",
    "store-of-a-mac": ".DS_Store",
    "letter": "Сопроводительное письмо.docx",
    "scan-of-a-page": "Скан.pdf",
    "note": "readme.txt",
    "mail-archive": "письмо.zip",
}
IGNORED_FILES = [
    Case(f"ignored-{name}", "A2", IGNORED_FILE, Parts.packed, file) for name, file in IGNORED_NAMES.items()
]
_ODD_NAMES = {
    "capital-ending": "{unit}.XLSX",
    "line-break": "{unit}\nвторая строка.xlsx",
    "direction-mark": "{unit} \u202exslx.xlsx",
    "formula": "=1+1 {unit}.xlsx",
    "option": "--out {unit}.xlsx",
    "markup": '<b>{unit}&amp;" onload.xlsx',
    "percent": "%s {unit} %(x)s.xlsx",
    "braces": "{{0.__class__}} {unit}.xlsx",
    "shell": "$(id) `id` ; rm {unit}.xlsx",
    "pictograph": "{unit} \U0001f600.xlsx",
    "decomposed": "И\u0306 {unit}.xlsx",
    "spaces": "  {unit} . .xlsx",
    "escape-codes": "\x1b[31m{unit}\x07.xlsx",
    "long": "{unit} " + "ё" * 110 + ".xlsx",
    "deep": "а/б/в/г/д/е/ё/ж/{unit}.xlsx",
    "arrow": "{unit} › Сведения › строка 6.xlsx",
    "brackets": "[{unit}]*?.xlsx",
}
NAMES = [
    *(Case(f"name-{name}", "D1", read(), Parts.packed, file, needs="posix") for name, file in _ODD_NAMES.items()),
    Case(
        "name-bad-bytes",
        "D1",
        read(),
        Parts.packed,
        place=lambda path, content: path.with_name(os.fsdecode(b"\xff\xfe.xlsx")).write_bytes(content),
        needs="posix",
    ),
    Case("name-without-an-ending", "A3", _NOT_SKIPPED, Parts.packed, "{unit}"),
    Case("name-of-another-ending", "A3", _NOT_SKIPPED, Parts.packed, "{unit}.dat"),
]


def _copied(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    shutil.copy(path, path.with_name(f"копия {path.name}"))


def _older(path: Path, content: bytes) -> None:
    """Put an earlier version beside the file: the same, filled in the day before."""
    path.write_bytes(content)
    parts = Parts.of(content)
    earlier = parts.swap("<v>46344</v>", "<v>46343</v>", "xl/worksheets/sheet2.xml")
    path.with_name(f"первый вариант {path.name}").write_bytes(earlier.packed())


def _of_two_forms(path: Path, content: bytes) -> None:
    path.with_name("Й.xlsx").write_bytes(content)
    path.with_name("И\u0306.xlsx").write_bytes(content)


def _of_two_cases(path: Path, content: bytes) -> None:
    path.with_name("отдел.xlsx").write_bytes(content)
    path.with_name("ОТДЕЛ.xlsx").write_bytes(content)


TWICE = [
    Case("file-twice", "B12", Expected((READ,), ("копия",)), Parts.packed, place=_copied),
    Case("file-of-two-versions", "B12", Expected((READ,), ("учтён файл",)), Parts.packed, place=_older),
    Case(
        "names-of-two-forms",
        "B12",
        Expected((READ,), ("учтён файл",)),
        Parts.packed,
        place=_of_two_forms,
        needs="posix",
    ),
    Case(
        "names-of-two-cases",
        "B12",
        Expected((READ,), ("отдел.xlsx",)),
        Parts.packed,
        place=_of_two_cases,
        needs="posix",
    ),
]

CASES: list[Case] = [*PLACES, *IGNORED_FILES, *NAMES, *TWICE]
