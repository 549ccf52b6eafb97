"""Keeps a public body's register of client touchpoints.

For other programs there are `load_profile`, `check`, `merge` and `diff`, with `Outcome` as what they return and
`WorkbookToolsError` as what they raise; `docs/api.md` shows them at work. They are loaded when they are first asked
for: most of the program needs none of what they bring.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from workbook_tools.api import LoadedProfile, Outcome, WorkbookToolsError, check, diff, load_profile, merge

__all__ = ["LoadedProfile", "Outcome", "WorkbookToolsError", "check", "diff", "load_profile", "merge"]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever bears the name
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from workbook_tools import api  # noqa: PLC0415 - it brings pandas, which `perechen --help` does without

    return getattr(api, name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
