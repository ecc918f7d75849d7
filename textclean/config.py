"""`Config`: every choice a user has, what it is for, and where it is read from.

The same names serve ``textclean.clean(text, Config(...))``, ``[tool.textclean]`` in
``pyproject.toml``, ``textclean.toml`` (which wins over ``pyproject.toml`` in the same folder) and
the command line (dashes for underscores). An unknown key is an error that names the nearest one.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, Self, get_args

from textclean.errors import ConfigError
from textclean.text.edit import Tier

#: A tier by its name: ``"safe"`` is ``Tier.SAFE``.
TierName = Literal["safe", "suggested", "report"]
LatinSpace = Literal["keep", "add", "remove"]
Indent = Literal["keep", "drop"]
BlankLines = Literal["keep", "collapse"]
Unit = Literal["auto", "paragraph", "document"]
#: Which of several copies stays.
Keep = Literal["best", "first", "longest"]


@dataclass(frozen=True, kw_only=True)
class Config:
    """What to look for, what to apply, and how. Immutable; ``dataclasses.replace`` makes variants.

    Which rules run, and how far they are trusted:

    - ``select``: codes of rules to run, or prefixes of codes; by default all rules. The letter of a
      code is its family: ``Config(select="P")`` runs punctuation only, ``select=["P", "S001"]``
      one rule of spacing with it. ``textclean rules`` lists them.

    - ``ignore``: codes or prefixes not to run; by default none. The longer of two prefixes wins, so
      that ``Config(select="P003", ignore="P")`` runs one rule, and ``Config(ignore="P003")`` all
      but one.

    - ``tier``: the tier up to which rules are applied: ``safe`` (the default) or ``suggested``.
      Rules of `safe` keep every Han character and digit; those of `suggested` are likely, and may
      remove some, so read what they did. What is not applied is in ``Cleaned.suggestions``.

    - ``tiers``: another tier for single rules; by default each has its own. ``{"R001": "safe"}``
      applies doubled characters by default, ``{"P022": "report"}`` only ever reports lost quotes.

    - ``style``: the standard by which numbers and units are written; by default None, which leaves
      them as they are, since every house has its own. ``"gbt15835"`` (GB/T 15835-2011) fixes the
      marks and leaves the choice of numerals to the writer, ``"gbt15835-symbols"`` writes units as
      symbols too; the name of a TOML file is a style of your own (`quantities.styles`).

    What is a matter of taste is kept as it is, unless you choose:

    - ``latin_space``: spaces between Chinese and Latin letters or digits: ``keep`` (the default),
      ``add`` (完成 CT 检查) or ``remove`` (完成CT检查). With ``keep``, rule L003 suggests to remove
      those of a text that has hardly any.

    - ``indent``: leading spaces of paragraphs: ``keep`` (the default) or ``drop``. Lists, tables
      and quotations keep theirs, which are syntax.

    - ``blank_lines``: runs of blank lines: ``keep`` (the default), or ``collapse`` to one.

    For duplicates (`deduplicate`, `clean_corpus`, ``textclean run`` and ``dedup``):

    - ``unit``: what copies are looked for among: ``paragraph``, ``document``, or ``auto`` (the
      default): documents for JSONL records, paragraphs for everything else.

    - ``threshold``: Jaccard similarity of character shingles from which two paragraphs are near
      copies, in (0, 1]; by default 0.7. Whatever it is, one is removed only if all that it says
      stands in the other. Pairs that differ in single misread or lost characters only may lie
      below: at 0.7 down to 0.5.

    - ``keep``: which of several copies stays: ``best`` (the default: what carries most, then what
      is least damaged), ``first``, or ``longest``. Each of them says all that those say that go.

    - ``min_copy``: characters, without marks and spaces, from which an exact copy inside one
      document is removed; by default 10: shorter lines recur by nature.

    - ``min_copy_across``: characters from which prose is a copy of prose in another document, and
      from which near copies are looked for at all; by default 30.

    For redacted values (``xx家``):

    - ``restore``: put values in place that a removed copy or a twin of the paragraph proves; by
      default False, for redaction may be deliberate. They are listed either way.

    - ``restore_persons``: with ``restore``: names of persons as well; by default False.

    For files:

    - ``text_field``: the field of a JSONL record that holds its text; by default ``"text"``.

    - ``drop_empty``: drop JSONL records that deduplication leaves empty; by default False, which
      keeps their other fields. They are in the undo record.

    - ``exclude``: glob patterns of files to pass over, as in ``.gitignore``; by default none.

    - ``force_exclude``: pass them over also where they are named; by default True, for hooks and
      editors name every file. False: only where a folder is walked.

    Raises:
        ConfigError: a value is not one of those listed. (A rule code that does not exist is an
            error when a text is cleaned.)
    """

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    tier: Tier = Tier.SAFE
    tiers: Mapping[str, Tier] = field(default_factory=dict)
    style: str | None = None
    latin_space: LatinSpace = "keep"
    indent: Indent = "keep"
    blank_lines: BlankLines = "keep"
    unit: Unit = "auto"
    threshold: float = 0.7
    keep: Keep = "best"
    min_copy: int = 10
    min_copy_across: int = 30
    restore: bool = False
    restore_persons: bool = False
    text_field: str = "text"
    drop_empty: bool = False
    exclude: tuple[str, ...] = ()
    force_exclude: bool = True

    if TYPE_CHECKING:
        # What is taken is wider than what is kept: a string or any collection for a tuple, a name
        # for a tier.
        def __init__(
            self,
            *,
            select: str | Iterable[str] = ...,
            ignore: str | Iterable[str] = ...,
            tier: Tier | TierName = ...,
            tiers: Mapping[str, Tier | TierName] = ...,
            style: str | None = ...,
            latin_space: LatinSpace = ...,
            indent: Indent = ...,
            blank_lines: BlankLines = ...,
            unit: Unit = ...,
            threshold: float = ...,
            keep: Keep = ...,
            min_copy: int = ...,
            min_copy_across: int = ...,
            restore: bool = ...,
            restore_persons: bool = ...,
            text_field: str = ...,
            drop_empty: bool = ...,
            exclude: str | Iterable[str] = ...,
            force_exclude: bool = ...,
        ) -> None: ...

    def __post_init__(self) -> None:
        set_ = object.__setattr__
        for name in ("select", "ignore", "exclude"):
            value = getattr(self, name)
            if isinstance(value, str):
                value = tuple(part.strip() for part in value.split(",") if part.strip())
            set_(self, name, _strings(name, value))
        set_(self, "tier", _tier("tier", self.tier))
        if self.tier is Tier.REPORT:
            raise ConfigError("tier: 'report' is never applied; choose 'safe' or 'suggested'")
        if not isinstance(self.tiers, Mapping):
            raise ConfigError("tiers: expected a table of rule codes and tiers")
        tiers = {code: _tier(f"tiers.{code}", tier) for code, tier in self.tiers.items()}
        set_(self, "tiers", _FrozenDict(tiers))
        for name, allowed in _CHOICES.items():
            value = getattr(self, name)
            if value not in allowed:
                raise ConfigError(f"{name}: {value!r} is not one of {', '.join(allowed)}")
        if self.style is not None and not isinstance(self.style, str):
            raise ConfigError(f"style: expected the name of a style, got {self.style!r}")
        if not isinstance(self.text_field, str) or not self.text_field:
            raise ConfigError(f"text_field: expected a field's name, got {self.text_field!r}")
        for name in ("drop_empty", "restore", "restore_persons", "force_exclude"):
            value = getattr(self, name)
            if not isinstance(value, bool):
                raise ConfigError(f"{name}: expected true or false, got {value!r}")
        if isinstance(self.threshold, bool) or not isinstance(self.threshold, int | float):
            raise ConfigError(f"threshold: expected a number, got {self.threshold!r}")
        if not 0 < self.threshold <= 1:
            raise ConfigError(f"threshold: {self.threshold!r} is not in (0, 1]")
        for name in ("min_copy", "min_copy_across"):
            value = getattr(self, name)
            if isinstance(value, bool) or not isinstance(value, int) or value < 1:
                raise ConfigError(f"{name}: expected a whole number from 1, got {value!r}")

        # Looked up once for every text that is cleaned.
        set_(self, "_hash", hash(tuple(getattr(self, f.name) for f in dataclasses.fields(self))))

    def __hash__(self) -> int:
        return self._hash  # type: ignore[attr-defined,no-any-return]

    def __reduce__(self) -> tuple[Any, ...]:
        values = {f.name: getattr(self, f.name) for f in dataclasses.fields(self)}
        values["tiers"] = dict(self.tiers)
        return partial(Config, **values), ()

    @classmethod
    def from_mapping(cls, values: Mapping[str, Any], source: str = "configuration") -> Self:
        """A configuration from parsed TOML; dashes in keys count as underscores.

        Raises:
            ConfigError: an unknown key (the nearest known one is named) or a value that does not
                fit; the message begins with `source`.
        """
        options = [f.name for f in dataclasses.fields(cls)]
        arguments: dict[str, Any] = {}
        for key, value in values.items():
            name = key.replace("-", "_")
            if name not in options:
                import difflib  # here, for most runs have no use for it

                near = difflib.get_close_matches(name, options, n=1, cutoff=0)
                raise ConfigError(f"{source}: unknown key {key!r}; did you mean {near[0]!r}?")
            if name in arguments:
                raise ConfigError(f"{source}: {key!r} is given twice")
            arguments[name] = tuple(value) if isinstance(value, list) else value
        try:
            return cls(**arguments)
        except ConfigError as error:
            raise ConfigError(f"{source}: {error}") from None

    def as_mapping(self) -> dict[str, Any]:
        """The values that differ from the defaults, as `from_mapping` takes them."""
        default = type(self)()
        changed: dict[str, Any] = {}
        for f in dataclasses.fields(self):
            value = getattr(self, f.name)
            if value != getattr(default, f.name):
                if isinstance(value, tuple):
                    value = list(value)
                elif isinstance(value, Mapping):
                    value = {key: str(tier) for key, tier in value.items()}
                changed[f.name] = str(value) if isinstance(value, Tier) else value
        return changed

    def tier_of(self, code: str, default: Tier) -> Tier:
        """The tier in force for a rule: the longest matching prefix in `tiers`, or its own."""
        best = max((p for p in self.tiers if code.startswith(p)), key=len, default=None)
        return default if best is None else self.tiers[best]

    def names_tier_of(self, code: str) -> bool:
        """Whether `tiers` says what tier a rule has."""
        return any(code.startswith(prefix) for prefix in self.tiers)

    def selects(self, code: str) -> bool:
        """Whether a rule runs: the longer of the matching prefixes decides, `ignore` on a tie."""
        chosen = max((len(p) for p in self.select or ("",) if code.startswith(p)), default=-1)
        ignored = max((len(p) for p in self.ignore if code.startswith(p)), default=-1)
        return chosen > ignored


_CHOICES = {
    "latin_space": get_args(LatinSpace),
    "indent": get_args(Indent),
    "blank_lines": get_args(BlankLines),
    "unit": get_args(Unit),
    "keep": get_args(Keep),
}


class _FrozenDict(dict[str, Tier]):
    """A dictionary that can be hashed, so that a `Config` can be a cache's key."""

    def __hash__(self) -> int:  # type: ignore[override]
        return hash(tuple(sorted(self.items())))

    def _refuse(self, *_: object, **__: object) -> None:
        raise TypeError("a Config does not change; use dataclasses.replace")

    __setitem__ = __delitem__ = update = pop = clear = setdefault = popitem = _refuse  # type: ignore[assignment]


def _strings(name: str, value: object) -> tuple[str, ...]:
    if isinstance(value, list | tuple | set | frozenset):
        items = sorted(value) if isinstance(value, set | frozenset) else list(value)
        if all(isinstance(item, str) for item in items):
            return tuple(items)
    raise ConfigError(f"{name}: expected a list of strings, got {value!r}")


def _tier(name: str, value: object) -> Tier:
    try:
        return Tier(value)  # type: ignore[arg-type]
    except ValueError:
        raise ConfigError(f"{name}: {value!r} is not one of {', '.join(Tier)}") from None


def load_config(folder: Path) -> tuple[Config, Path | None]:
    """The configuration in force for `folder`, and the file it came from.

    Looks in `folder` and then in each folder above it for ``textclean.toml`` or a
    ``pyproject.toml`` with a ``[tool.textclean]`` table; the first of them is all that counts.

    Raises:
        ConfigError: the file is not TOML, or says something that `Config` refuses.
    """
    for place in (folder, *folder.parents):
        own = place / "textclean.toml"
        if own.is_file():
            return read_config(own), own
        project = place / "pyproject.toml"
        if project.is_file() and (table := _read_toml(project)) is not None:
            return Config.from_mapping(table, f"{project} [tool.textclean]"), project
    return Config(), None


def read_config(path: Path) -> Config:
    """The configuration in a file: all of it, or ``[tool.textclean]`` of a ``pyproject.toml``.

    Raises:
        ConfigError: the file cannot be read, is not TOML, lacks the table, or says something that
            `Config` refuses.
    """
    table = _read_toml(path)
    if table is None:
        raise ConfigError(f"{path}: there is no table [tool.textclean]")
    return Config.from_mapping(table, str(path))


def _read_toml(path: Path) -> dict[str, Any] | None:
    """A file's table, or the one in a ``pyproject.toml``; None where that has none."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigError(f"{path}: cannot be read: {error.strerror}") from None
    in_project = path.name == "pyproject.toml"
    if in_project and b"textclean" not in data:
        return None  # and no need to parse it
    import tomllib  # here, for it takes longer than everything else that a `Config` needs

    try:
        table = tomllib.loads(data.decode("utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path}: not valid TOML: {error}") from None
    if not in_project:
        return table
    tools = table.get("tool", {})
    own = tools.get("textclean") if isinstance(tools, dict) else None
    if own is not None and not isinstance(own, dict):
        raise ConfigError(f"{path}: tool.textclean: expected a table, got {own!r}")
    return own
