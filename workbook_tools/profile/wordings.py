"""Texts with words to fill in: a profile may reword them, but knows only the words the shipped one has."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from workbook_tools.profile.faults import BLANK, MISSING, placeholder_faults, placeholders

if TYPE_CHECKING:
    from workbook_tools.profile.profile import Profile


def with_wordings(data: dict[str, Any], shipped: Profile) -> dict[str, Any]:
    """Return a profile's tables with every message of its rules and every variant of its changes.

    What they do not say is said as shipped: a profile that was made before there was such a case serves on as it is.
    """
    made = dict(data)
    for table, filled in (("rules", _with_messages), ("changes", _with_variants)):
        parts = data.get(table)
        if isinstance(parts, dict):
            made[table] = {name: filled(name, part, shipped) for name, part in parts.items()}
    return made


def _with_messages(code: str, rule: object, shipped: Profile) -> object:
    known = shipped.rules.get(code)
    if not known or not isinstance(rule, dict):
        return rule
    texts, severities = rule.get("messages"), rule.get("severities", {})
    if not isinstance(texts, dict) or not isinstance(severities, dict):
        return rule
    lacking = [name for name in known.messages if name not in texts]
    texts = texts | {name: known.messages[name] for name in lacking}
    added = {name: known.severities[name] for name in lacking if name in known.severities}
    return {**rule, "messages": texts, "severities": added | severities}


def _with_variants(name: str, change: object, shipped: Profile) -> object:
    known = shipped.changes.get(name)
    if not known or not isinstance(change, dict) or not isinstance(change.get("variants", {}), dict):
        return change
    return {**change, "variants": known.variants | change.get("variants", {})}


def wording_faults(profile: Profile, shipped: Profile) -> list[str]:
    """Return one Russian line for each text that the profile lacks, that nobody says or that cannot be filled in.

    The shipped profile has every text and knows its words.
    """
    given = _texts(profile)
    lost = [fault for path, pattern in _texts(shipped).items() for fault in _faults(path, given.get(path), pattern)]
    return [*lost, *_unsaid(profile, shipped)]


def _unsaid(profile: Profile, shipped: Profile) -> Iterator[str]:
    for code, rule in profile.rules.items():
        known = shipped.rules[code].messages if code in shipped.rules else rule.messages
        names = ", ".join(f"«{name}»" for name in known)
        for name in sorted(rule.messages.keys() - known.keys()):
            yield (
                f"rules.{code}.messages.{name}: такого сообщения у правила нет; исправьте имя или удалите его. "
                f"Есть: {names}"
            )


def _texts(profile: Profile) -> dict[str, str]:
    """Return every text with words to fill in, by its key's path."""
    messages = {
        f"rules.{code}.messages.{name}": text
        for code, rule in profile.rules.items()
        for name, text in rule.messages.items()
    }
    sentences = {f"changes.{name}.text": change.text for name, change in profile.changes.items()}
    variants = {
        f"changes.{name}.variants.{variant}": text
        for name, change in profile.changes.items()
        for variant, text in change.variants.items()
    }
    marks = {f"annex.mark.{number}": "{genitive}{name}" + line for number, line in enumerate(profile.annex.mark)}
    title = {"annex.title": "{genitive}{name}" + profile.annex.title}
    own = {f"texts.{name}": str(text) for name, text in profile.texts}
    return messages | sentences | variants | marks | title | own | {"template.file_name": profile.template.file_name}


def _faults(path: str, text: str | None, pattern: str) -> Iterator[str]:
    if text is None:
        if not path.startswith("annex.mark"):
            yield f"{path}: {MISSING}"
    elif path.startswith(("rules.", "changes.")) and not text.strip():
        yield f"{path}: {BLANK}"
    else:
        yield from placeholder_faults(path, text, placeholders(pattern))
