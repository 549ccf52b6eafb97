"""The regulation as data: body, act, units, activities, touchpoints, clauses, columns, rule settings."""

from workbook_tools.profile.loading import LoadedProfile, load_profile, profile_of, shipped_names
from workbook_tools.profile.models import Activity, FieldSpec, SheetSpec, Term, Touchpoint, Unit
from workbook_tools.profile.profile import Profile

__all__ = [
    "Activity",
    "FieldSpec",
    "LoadedProfile",
    "Profile",
    "SheetSpec",
    "Term",
    "Touchpoint",
    "Unit",
    "load_profile",
    "profile_of",
    "shipped_names",
]
