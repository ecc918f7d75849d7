"""What is in force for a file in an editor: the nearest configuration file, settings over it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Self

from textclean.config import Config, load_config, read_config
from textclean.config.files import OWN_FILE
from textclean.config.values import refuse_key
from textclean.corpus.documents import config_of_file, is_excluded
from textclean.corpus.formats import format_of
from textclean.corpus.formats.base import InputFile
from textclean.corpus.formats.text import TextFile
from textclean.errors import ConfigError, DocumentError
from textclean.report.language import LANGUAGES, Language

#: Files whose change changes what is in force.
FILES = (OWN_FILE, "pyproject.toml")
_KEYS = ("options", "config", "suggestions", "language")


@dataclass(frozen=True)
class Settings:
    """What a client says: `docs/editors.md` shows it."""

    #: Options of `Config`; they win over the file's.
    options: Mapping[str, Any] = field(default_factory=dict)
    #: A configuration file in place of the nearest.
    config: str | None = None
    #: Whether suggestions and reports are shown.
    suggestions: bool = True
    #: Of messages; None: that of the client.
    language: Language | None = None

    @classmethod
    def from_client(cls, values: object) -> Self:
        """Settings from JSON; dashes and capitals in the keys of options count as underscores.

        Raises:
            ConfigError: a key that does not exist, or a value that does not fit.
        """
        if values is None:
            return cls()
        if not isinstance(values, Mapping):
            raise ConfigError(f"settings: expected an object, got {values!r}")
        for key in values:
            if key not in _KEYS:
                refuse_key("settings", str(key), list(_KEYS))
        given = {key: value for key, value in values.items() if value is not None}
        settings = cls(**given)
        if not isinstance(settings.options, Mapping):
            raise ConfigError(f"settings: options: expected an object, got {settings.options!r}")
        if settings.config is not None and not isinstance(settings.config, str):
            raise ConfigError(f"settings: config: expected a path, got {settings.config!r}")
        if not isinstance(settings.suggestions, bool):
            raise ConfigError(f"settings: suggestions: expected true or false, got "
                              f"{settings.suggestions!r}")  # fmt: skip
        if settings.language not in (None, *LANGUAGES):
            raise ConfigError(f"settings: language: expected one of {', '.join(LANGUAGES)}, got "
                              f"{settings.language!r}")  # fmt: skip
        return settings

    def applied_to(self, config: Config) -> Config:
        """A configuration with the options of these settings over it.

        Raises:
            ConfigError: an option does not exist or does not fit.
        """
        if not self.options:
            return config
        valid = Config.from_mapping(self.options, "settings: options")
        names = [key.replace("-", "_") for key in self.options]
        return config.with_options(**{name: getattr(valid, name) for name in names})


class Configurations:
    """The configuration of each folder, read once until it is forgotten."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._of_folder = cache(self._read)

    def of(self, path: Path | None) -> Config | None:
        """What is in force for a file (None: a text without one); None: it is passed over.

        Raises:
            ConfigError: the configuration file or the settings cannot be obeyed.
        """
        folder = Path.cwd() if path is None else path.parent
        config = self._of_folder(folder)
        if path is None:
            return config
        if is_excluded(path, config):
            return None
        return config_of_file(InputFile(path, path.name), config)

    def forget(self) -> None:
        """Read the files again when they are asked for."""
        self._of_folder.cache_clear()

    def _read(self, folder: Path) -> Config:
        named = self._settings.config
        config = load_config(folder)[0] if named is None else read_config(Path(named).absolute())
        return self._settings.applied_to(config)


#: What clients call prose.
PROSE = (
    "plaintext", "text", "markdown", "tex", "plaintex", "latex", "restructuredtext", "rst",
    "asciidoc", "org",
)  # fmt: skip


def is_prose(path: Path | None, language: str) -> bool:
    """Whether a document is a text as a whole: no table, no records, no program.

    Where the name tells no format, a client that takes it for plain text, Markdown or TeX is
    believed.
    """
    if path is None:
        return True
    try:
        return format_of(path, b"") is TextFile
    except DocumentError:
        return language in PROSE
