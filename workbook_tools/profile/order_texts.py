"""The words of the draft amending order: one table of the profile's file, checked for what it can fill in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import Field, model_validator

from workbook_tools.profile.faults import placeholder_faults
from workbook_tools.profile.models import KindName, Part

if TYPE_CHECKING:
    from collections.abc import Iterator

OrderForm = Literal["annex", "edits"]

COMMON = frozenset({"genitive", "name", "date", "number", "base", "edition"})
_RECORD = frozenset({"section", "process", "touchpoint", "needs", "kind", "old", "new"})
_OWN: dict[str, frozenset[str]] = {
    "list_item": frozenset({"paragraph", "last", "added"}),
    "added_item": frozenset({"touchpoint"}),
    "note_counts": frozenset({"cases", "others"}),
    "note_left_out": frozenset({"code", "touchpoint", "process"}),
    "note_class": frozenset({"code", "label", "clause"}),
    "note_case": frozenset({"code", "label", "clause"}),
    "too_many": frozenset({"count", "limit"}),
}


class EditTexts(Part):
    """A point edit of the annex for each thing that may change in it (variant Б, regulation.md section 5)."""

    touchpoint_added: str
    position_added: str
    touchpoint_removed: str
    position_removed: str
    words_replaced: str
    words_added: str
    words_removed: str
    process_renamed: str
    rule_changed: str


class OrderTexts(Part):
    """The draft amending order, from its mark to the explanatory list.

    Every text knows the body's `genitive` and `name`, the `date` and `number` of the order that is amended, the
    date of the edition in force (`base`) and of the new one (`edition`).

    Raises
    ------
    ValueError
        A text has a placeholder that nothing fills in.
    """

    form: OrderForm = "annex"
    edits_up_to: int = Field(default=3, ge=1)
    mark: str
    kind: str
    number_line: str
    title_one: str
    title_many: str
    preamble: str
    enacting: str
    amend_one: str
    amend_many: str
    list_paragraphs: dict[KindName, str]
    list_item: str
    added_item: str
    annex_item: str
    edits_item: str
    closing: tuple[str, ...]
    annex_mark: tuple[str, ...]
    first_mark: tuple[str, ...]
    nothing_title: str
    nothing_text: tuple[str, ...]
    first_title: str
    first_text: tuple[str, ...]
    note_title: str
    note_opening: str
    note_counts: str
    note_left_out: str
    note_cases: str
    note_others: str
    note_none: str
    note_case: str
    note_class: str
    waiting: str
    too_many: str
    not_by_words: str
    edits: EditTexts

    @model_validator(mode="after")
    def _can_be_filled_in(self) -> OrderTexts:
        faults = [fault for path, text, known in self._texts() for fault in placeholder_faults(path, text, known)]
        if faults:
            raise ValueError("\n".join(faults))
        return self

    def _texts(self) -> Iterator[tuple[str, str, frozenset[str]]]:
        """Yield every text with its key's path and the words it knows."""
        for name in type(self).model_fields:
            value = getattr(self, name)
            known = COMMON | _OWN.get(name, frozenset())
            if isinstance(value, EditTexts):
                yield from ((f"order.edits.{key}", str(text), COMMON | _RECORD) for key, text in value)
            elif isinstance(value, str):
                yield f"order.{name}", value, known
            elif isinstance(value, tuple):
                yield from ((f"order.{name}.{index}", text, known) for index, text in enumerate(value))
