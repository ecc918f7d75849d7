"""`clean`, `check` and `clean_many`: the rules, bound to the engine that runs them."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from typing import NamedTuple

from textclean.config import Config
from textclean.engine.plan import Plan, plan_of
from textclean.engine.rounds import UnsettledError, Views, run_rounds
from textclean.errors import InvalidTextError
from textclean.rules import all_rules
from textclean.text.cleaned import Cleaned
from textclean.text.columns import EditColumns, edits_of
from textclean.text.edit import Edit, Span, Tier

_DEFAULT = Config()


def clean(text: str, config: Config | None = None) -> Cleaned:
    """Repair a text: apply what the configuration's tier allows, keep the rest as suggestions.

    Args:
        text: any string of Unicode characters; ``\\r\\n`` and ``\\n`` are kept as they are.
        config: what to run and what to apply; by default all rules, tier ``safe``.

    Raises:
        InvalidTextError: `text` is no string, or holds a lone surrogate.
        ConfigError: the configuration names a rule that does not exist.
    """
    config = _DEFAULT if config is None else config
    plan = _plan(config)
    beyond_plane = _require_text(text)
    views = _seen.views = Views(text, config)
    try:
        cleaned, edits = run_rounds(views, plan, plan.rank, beyond_plane=beyond_plane)
    except UnsettledError:  # in doubt, nothing is done
        cleaned, edits = text, EditColumns()
    return Cleaned(text, cleaned, edits.packed(), partial(_suggest, config))


def check(text: str, config: Config | None = None) -> list[Edit]:
    """Everything `clean` finds, applied or not, in order of place."""
    cleaned = clean(text, config)
    return sorted([*cleaned.edits, *cleaned.suggestions], key=lambda e: (e.start, e.end, e.rule))


def clean_many(
    texts: Iterable[str], config: Config | None = None, workers: int | None = None
) -> Iterator[Cleaned]:
    """Clean a stream of texts, in input order; memory holds a few batches, never all of it.

    Args:
        texts: any iterable; it is read as results are taken.
        config: as for `clean`.
        workers: processes to spread the work over; None or 1: this one alone.

    Raises:
        InvalidTextError: as `clean`, behind the results of the texts before; the message names the
            text by its number, from 0.
        ConfigError: the configuration names a rule that does not exist.
    """
    texts = _valid(texts)
    if workers is None or workers <= 1:
        yield from (clean(text, config) for text in texts)
        return
    from textclean.engine import parallel

    config = _DEFAULT if config is None else config
    suggest = partial(_suggest, config)
    for original, outcome in parallel.stream(partial(_outcomes, config), texts, workers):
        yield Cleaned(original, outcome.text, outcome.columns, suggest)


def _valid(texts: Iterable[str]) -> Iterator[str]:
    for number, text in enumerate(texts):
        try:
            _require_text(text)
        except InvalidTextError as error:
            raise InvalidTextError(f"text {number}: {error}") from None
        yield text


class Outcome(NamedTuple):
    """A cleaned text and the edits that lead to it, as columns: what a process sends back."""

    text: str
    columns: EditColumns


class Failure(NamedTuple):
    """Why a text could not be cleaned."""

    message: str


_ENDED = Failure("the process that cleaned it was ended from outside")


def clean_texts(
    texts: Sequence[str],
    config: Config,
    workers: int | None = None,
    progress: Callable[[int], None] | None = None,
    characters: int | None = None,
) -> list[Outcome | Failure]:
    """What becomes of each text, in the order of the texts. See `parallel.collect`.

    Raises:
        ConfigError: the configuration does not fit the rules (one text's error is its `Failure`).
    """
    from textclean.engine import parallel

    clean("", config)  # what is wrong with the configuration is wrong once, not once per text
    work = partial(_outcomes_or_failures, config)
    return parallel.collect(work, texts, workers, _ENDED, progress, characters)


def _outcomes(config: Config, texts: Sequence[str]) -> list[Outcome]:
    return [Outcome(done.text, done.columns) for done in (clean(text, config) for text in texts)]


def _outcomes_or_failures(config: Config, texts: Sequence[str]) -> list[Outcome | Failure]:
    results: list[Outcome | Failure] = []
    for text in texts:
        try:
            results += _outcomes(config, [text])
        except Exception as error:  # whatever it is, the other texts are done
            results.append(Failure(f"{type(error).__name__}: {error}"))
    return results


class _Seen(threading.local):
    """The text that was cleaned last: suggestions are mostly asked for next, and what its rules
    said need not be asked again.
    """

    views: Views | None = None


_seen = _Seen()


@cache
def _plan(config: Config) -> Plan:
    return plan_of(all_rules(), config)


def _require_text(text: object) -> bool:
    """Whether a text has characters beyond the Basic Multilingual Plane; raises if it is none."""
    if not isinstance(text, str):
        raise InvalidTextError(f"expected a string, got {type(text).__name__}")
    try:
        # The encoding that is cheapest to try.
        return len(text.encode("utf-16-le")) > 2 * len(text)
    except UnicodeEncodeError as error:
        raise InvalidTextError(
            f"lone surrogate U+{ord(text[error.start]):04X} at offset {error.start}: this is not "
            "Unicode text; decode it again with errors='strict' to see where it comes from"
        ) from None


def _suggest(config: Config, original: str, columns: EditColumns) -> list[Edit]:
    """What would also be changed at tier ``suggested``, and what rules only report.

    The original is cleaned once more at that tier. Each edit that comes of it and was not applied
    is a suggestion, written against the original.
    """
    findings: list[Span] = []
    beyond_plane = _require_text(original)
    views = _seen.views
    if views is None or views.text is not original or views.config is not config:
        views = Views(original, config)
    try:
        _, edits = run_rounds(
            views, _plan(config), Tier.SUGGESTED.rank, findings, beyond_plane=beyond_plane
        )
    except UnsettledError:
        edits = EditColumns()
    _seen.views = None
    applied = set(zip(columns.starts, columns.ends, columns.afters, strict=True))
    more = [_as_suggestion(span) for span in edits if span[:3] not in applied]
    both = sorted(more + findings, key=lambda span: (span[0], span[1], span[3].rule))
    return list(edits_of(both, original))


def _as_suggestion(span: Span) -> Span:
    """An edit that is only made after suggested ones, and so no safer than they are."""
    start, end, after, cause, group = span
    if cause.tier is Tier.SAFE:
        cause = cause._replace(tier=Tier.SUGGESTED)
    return start, end, after, cause, group
