"""`restore`: put values back, from a table, from the vault of `redact`, or from a witness.

Redaction may be deliberate, so every restoration is an edit of tier ``suggested`` whose evidence
names the source of the value; `Cleaned.revert` takes it out again. Slots that could not be filled
are suggestions, with the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeAlias, TypeGuard

from textclean.errors import RestoreError
from textclean.placeholders.detect import find
from textclean.placeholders.placeholder import Placeholder
from textclean.placeholders.redaction import Redacted, Secret
from textclean.placeholders.slots import fits, named_slots
from textclean.text.cleaned import Cleaned
from textclean.text.columns import EditColumns, edits_of
from textclean.text.compose import rewrite
from textclean.text.edit import Cause, Edit, Span, Tier

if TYPE_CHECKING:
    from textclean.placeholders.witness import SlotEvidence

#: The codes of restorations. They belong to no rule, so no configuration knows them.
FROM_VALUES = "X101"
FROM_VAULT = "X102"
FROM_WITNESS = "X103"

#: A value for every slot: in order of place; by the name of the slot (``year-1``); or by its type,
#: one or, in order, several. None leaves a slot as it is.
Values: TypeAlias = (
    Sequence[Secret] | Sequence[str | None] | Mapping[str, "str | Sequence[str | None] | None"]
)


def restore(
    text: str | Redacted,
    values: Values | None = None,
    witnesses: Iterable[str] = (),
    *,
    persons: bool = True,
) -> Cleaned:
    """Put back what was redacted.

    Args:
        text: the text with placeholders, or what `redact` returned, vault and all.
        values: the vault; or values by place, by slot or by type (see `Values`). A value may end
            with the unit that stands behind its slot (``2021年7月`` before 月).
        witnesses: other copies of the text, or of paragraphs of it, that may still have the values.
            A slot is filled only where what surrounds it agrees and the value fits its type and
            form; witnesses that tell of another event, or disagree, fill nothing.
        persons: whether witnesses may fill names of persons.

    Returns:
        The text with what could be filled, each an edit; what could not is a suggestion that
        changes nothing and says why.

    Raises:
        RestoreError: a value is missing, is one too many, or does not fit the type of its slot; or
            a vault belongs to another text. Without values every slot may stay empty.
    """
    if isinstance(text, Redacted):
        if values is None:
            return _cleaned(text.text, _from_vault(text.text, text.vault), [])
        text = text.text
    if values is not None and _is_vault(values):
        return _cleaned(text, _from_vault(text, values), [])
    placeholders = find(text)
    witnesses = list(witnesses)
    spans: list[Span] = []
    if values is not None:
        spans = _from_values(text, placeholders, values, partly=bool(witnesses))  # type: ignore[arg-type]
        filled = {span[0] for span in spans}
        placeholders = [slot for slot in placeholders if slot.start not in filled]
    abstained: list[Span] = []
    if witnesses:
        from textclean.placeholders.witness import consult

        redacted = [slot for slot in placeholders if not slot.is_blank]
        for evidence in consult(text, redacted, witnesses, persons=persons):
            (spans if evidence.value is not None else abstained).append(_span(text, evidence))
    return _cleaned(text, sorted(spans, key=lambda span: span[0]), abstained)


def _cleaned(text: str, spans: list[Span], abstained: list[Span]) -> Cleaned:
    written = rewrite(text, 0, len(text), spans)
    suggest = partial(_suggest, sorted(abstained, key=lambda span: span[0]))
    return Cleaned(text, written, EditColumns.from_spans(spans), suggest)


def _suggest(abstained: Sequence[Span], original: str, _: EditColumns) -> list[Edit]:
    return list(edits_of(abstained, original))


def _is_vault(values: Values) -> TypeGuard[Sequence[Secret]]:
    """Whether values are the vault of `redact`; one that is empty is the vault of a text in which
    nothing was masked."""
    return isinstance(values, Sequence) and all(isinstance(value, Secret) for value in values)


def _from_vault(text: str, vault: Sequence[Secret]) -> list[Span]:
    spans: list[Span] = []
    last = 0
    for secret in vault:
        stands = text[secret.start : secret.end]
        if secret.start < last or len(stands) < secret.end - secret.start or "x" not in stands:
            raise RestoreError(
                f"{secret.slot}: there is no mask at offset {secret.start}; the text is not the "
                "one that this vault belongs to, or was altered since"
            )
        cause = Cause(FROM_VAULT, Tier.SUGGESTED, 1.0, f"{secret.slot}, from the vault")
        spans.append((secret.start, secret.end, secret.value, cause, None))
        last = secret.end
    return spans


def _from_values(
    text: str,
    placeholders: Sequence[Placeholder],
    values: Sequence[str | None] | Mapping[str, str | Sequence[str | None] | None],
    *,
    partly: bool,
) -> list[Span]:
    slots = named_slots(placeholders)
    if isinstance(values, Mapping):
        given = _by_slot(slots, values)
    else:
        values = list(values)
        if len(values) > len(slots):
            raise RestoreError(
                f"value {len(slots) + 1} ({values[len(slots)]!r}) is one too many: the text has "
                f"{len(slots)} placeholders"
            )
        given = dict(zip(slots, values, strict=False))
    spans: list[Span] = []
    for slot in placeholders:
        name = slot.slot
        if name not in given:
            if partly or slot.is_blank:
                continue
            raise RestoreError(f"{name}: no value for {slot.text!r} at offset {slot.start}")
        value = given[name]
        if value is not None:
            value = _fitted(text, name, slot, value)
            cause = Cause(FROM_VALUES, Tier.SUGGESTED, 1.0, f"{name}, from the table of values")
            spans.append((slot.start, slot.end, value, cause, None))
    return spans


def _by_slot(
    slots: Mapping[str, Placeholder],
    values: Mapping[str, str | Sequence[str | None] | None],
) -> dict[str, str | None]:
    given: dict[str, str | None] = {}
    for key, value in values.items():
        of_type = [name for name, slot in slots.items() if slot.type == key]
        if key in slots:
            if value is not None and not isinstance(value, str):
                raise RestoreError(f"{key}: expected one value, got {value!r}")
            given[key] = value
        elif of_type:
            several = [value] if value is None or isinstance(value, str) else list(value)
            if len(several) > len(of_type):
                raise RestoreError(
                    f"{key}-{len(of_type) + 1}: there is no such slot; the text has {len(of_type)} "
                    f"of type {key}, and {len(several)} values were given"
                )
            for name, item in zip(of_type, several, strict=False):
                given.setdefault(name, item)
        else:
            raise RestoreError(f"{key}: the text has no such slot")
    return given


def _fitted(text: str, name: str, slot: Placeholder, value: object) -> str:
    """A value as it is inserted: without the unit that stands behind the slot."""
    if not isinstance(value, str):
        raise RestoreError(f"{name}: expected a string, got {value!r}")
    kind = slot.type
    if not fits(kind, value) and len(value) > 1 and text.startswith(value[-1], slot.end):
        value = value[:-1]
    if slot.text[-1:] in "%％‰" and value[-1:] not in "%％‰。":
        value += slot.text[-1]
    if not fits(kind, value.removesuffix("。")):
        raise RestoreError(
            f"{name}: {value!r} is no {kind}, as {slot.text!r} at offset {slot.start} is"
        )
    return value


def _span(text: str, evidence: SlotEvidence) -> Span:
    slot, value, confidence, reason, _ = evidence
    tier = Tier.REPORT if value is None else Tier.SUGGESTED
    after = text[slot.start : slot.end] if value is None else value
    return slot.start, slot.end, after, Cause(FROM_WITNESS, tier, confidence, reason), None
