"""`clean`, `check` and `clean_many`: the rules, bound to the engine that runs them."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from itertools import repeat
from typing import Any, NamedTuple, Unpack, overload

from textclean.config import Config, Options, config_of
from textclean.engine.plan import Plan, plan_of, with_codes
from textclean.engine.rounds import UnsettledError, Views, run_rounds
from textclean.errors import InvalidTextError
from textclean.rules.others import rules_for
from textclean.text.cleaned import Cleaned
from textclean.text.columns import EditColumns, edits_of
from textclean.text.edit import Edit, Span, Tier
from textclean.text.inputs import iter_texts

_DEFAULT = Config()


def clean(
    text: str, config: Config | Mapping[str, Any] | None = None, **options: Unpack[Options]
) -> Cleaned:
    """Repair a text: apply what the configuration's tier allows, keep the rest as suggestions.

    Args:
        text: any string of Unicode characters; ``\\r\\n`` and ``\\n`` are kept as they are.
        config: what to run and what to apply: a `Config`, or a mapping of its options; by default
            all rules, tier ``safe``.
        options: single options of `Config`, which win over `config`: ``tier="suggested"``.

    Raises:
        InvalidTextError: `text` is no string, or holds a lone surrogate.
        ConfigError: an option does not exist or does not fit, or names a rule that does not exist.
        RuleError: a rule of your own fails on the text.
    """
    config = _config(config, options)
    plan = _plan(config)
    beyond_plane = _require_text(text)
    views = _seen.views = Views(text, config)
    try:
        cleaned, edits = run_rounds(views, plan, plan.rank, beyond_plane=beyond_plane)
    except UnsettledError:  # in doubt, nothing is done
        cleaned, edits = text, EditColumns()
    return Cleaned(text, cleaned, edits.packed(), partial(_suggest, config))


def check(
    text: str, config: Config | Mapping[str, Any] | None = None, **options: Unpack[Options]
) -> list[Edit]:
    """Everything `clean` finds, applied or not, in order of place."""
    cleaned = clean(text, config, **options)
    return sorted([*cleaned.edits, *cleaned.suggestions], key=lambda e: (e.start, e.end, e.rule))


@overload
def clean_many(
    texts: Iterable[str],
    config: Config | Mapping[str, Any] | None = None,
    workers: int | None = None,
    **options: Unpack[Options],
) -> Iterator[Cleaned]: ...
@overload
def clean_many(
    texts: Iterable[Any],
    config: Config | Mapping[str, Any] | None = None,
    workers: int | None = None,
    **options: Unpack[Options],
) -> Iterator[Cleaned | None]: ...
def clean_many(
    texts: Iterable[Any],
    config: Config | Mapping[str, Any] | None = None,
    workers: int | None = None,
    **options: Unpack[Options],
) -> Iterator[Cleaned | None]:
    """Clean a stream of texts, in input order; memory holds a few batches, never all of it.

    Args:
        texts: any iterable, or a column of Arrow, pandas, Polars or `datasets`; it is read as
            results are taken. A missing value (None, NaN, a null) comes out as None.
        config, options: as for `clean`.
        workers: processes to spread the work over; None or 1: this one alone. A script needs no
            ``if __name__ == "__main__"`` for them.

    Raises:
        TypeError: `texts` is no column of texts.
        InvalidTextError: as `clean`, behind the results of the texts before; the message names the
            text by its number, from 0.
        ConfigError: an option does not exist or does not fit, or names a rule that does not exist.
    """
    return _clean_many(iter_texts(texts), _config(config, options), workers)


def _clean_many(
    texts: Iterator[Any], config: Config, workers: int | None
) -> Iterator[Cleaned | None]:
    if workers is None or workers <= 1:
        for number, text in enumerate(texts):
            yield None if text is None else clean(_valid(number, text), config)
        return
    from textclean.engine import parallel

    # How many of those read ahead are missing before each text.
    missing: deque[int] = deque([0])

    def present() -> Iterator[str]:
        for number, text in enumerate(texts):
            if text is None:
                missing[-1] += 1
            else:
                yielded = _valid(number, text)
                missing.append(0)
                yield yielded

    suggest = partial(_suggest, config)
    for original, outcome in parallel.stream(partial(_outcomes, config), present(), workers):
        yield from repeat(None, missing.popleft())
        yield Cleaned(original, outcome.text, outcome.columns, suggest)
    yield from repeat(None, missing.popleft())


def _valid(number: int, text: object) -> str:
    try:
        _require_text(text)
    except InvalidTextError as error:
        raise InvalidTextError(f"text {number}: {error}") from None
    return text  # type: ignore[return-value]


def _config(config: Config | Mapping[str, Any] | None, options: Mapping[str, Any]) -> Config:
    if config is None and not options:
        return _DEFAULT
    return config if isinstance(config, Config) and not options else config_of(config, options)


def resolved(config: Config) -> Config:
    """The same configuration with codes in place of rules' names.

    Raises:
        ConfigError: it names a rule that does not exist, or a rule of its own does not load.
    """
    return with_codes(config, rules_for(config))


def runs_rules(config: Config) -> bool:
    """Whether a configuration runs any rule that edits a text."""
    plan = _plan(config)
    return bool(plan.applied[plan.rank])


class Outcome(NamedTuple):
    """A cleaned text and the edits that lead to it, as columns: what a process sends back."""

    text: str
    columns: EditColumns


class Failure(NamedTuple):
    """Why a text could not be cleaned."""

    message: str


#: What becomes of a text that ends the process it is in.
ENDED = Failure("the process that cleaned it was ended from outside")


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
    work = partial(outcomes_or_failures, config)
    return parallel.collect(work, texts, workers, ENDED, progress, characters)


def _outcomes(config: Config, texts: Sequence[str]) -> list[Outcome]:
    return [Outcome(done.text, done.columns) for done in (clean(text, config) for text in texts)]


def outcomes_or_failures(config: Config, texts: Sequence[str]) -> list[Outcome | Failure]:
    """What becomes of each text."""
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


# A plan takes a hundred kilobytes or so, and whoever asks may have a configuration for each text.
@lru_cache(64)
def _plan(config: Config) -> Plan:
    return plan_of(rules_for(config), config)


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
