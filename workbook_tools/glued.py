"""Several touchpoints written into one cell (раздел II, п. 2.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from workbook_tools.annex.touchpoints import touchpoint_segments
from workbook_tools.annex.wordings import wordings_of

if TYPE_CHECKING:
    from workbook_tools.profile import Profile


class GluedTouchpoints:
    """Finds several touchpoints in one cell by the profile's reference list."""

    def __init__(self, profile: Profile) -> None:
        self._profile = profile
        self._wordings = wordings_of(profile)

    def named(self, text: str) -> tuple[str, ...]:
        """Return the touchpoints that a cell names if it names at least two known ones, else nothing."""
        if not text or self._profile.touchpoint(text):
            return ()
        named = [item.text for segment in touchpoint_segments(text, self._wordings) for item in segment]
        known = [item for item in named if self._profile.touchpoint(item)]
        return tuple(named) if len(known) > 1 else ()

    def with_address(self, text: str) -> tuple[str, tuple[str, ...]] | None:
        """Return the one touchpoint that a cell names and the addresses beside it, None where it is otherwise."""
        segments = touchpoint_segments(text, self._wordings)
        named = [item for segment in segments for item in segment]
        if len(named) != 1 or not named[0].contacts or not self._profile.touchpoint(named[0].text):
            return None
        return named[0].text, named[0].contacts
