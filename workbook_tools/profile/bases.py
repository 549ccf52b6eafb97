"""A profile made from another: what it says stands, what it does not say is that of its base."""

from __future__ import annotations

from typing import Any

BASED_ON = "based_on"
DEEPEST = 5
"""How many profiles may stand one on the other: more is a slip, such as a circle."""


def merged(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """Return a profile's tables over those of its base: key by key, at any depth; a list takes the other's place."""
    together = {name: _over(value, own[name]) if name in own else value for name, value in base.items()}
    return together | {name: value for name, value in own.items() if name not in base}


def _over(base: object, own: object) -> object:
    return merged(base, own) if isinstance(base, dict) and isinstance(own, dict) else own
