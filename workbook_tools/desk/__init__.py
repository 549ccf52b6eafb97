"""The officer's working folder: a cycle from templates to the published edition."""

from __future__ import annotations

from workbook_tools.desk.folder import Desk, desk_around, desk_at, edition_in_force

__all__ = ["Desk", "desk_around", "desk_at", "edition_in_force"]
