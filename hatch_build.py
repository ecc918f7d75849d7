"""The README as PyPI shows it: links to files of the repository lead there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

REPOSITORY = "https://github.com/textclean/textclean"


def with_whole_links(text: str) -> str:
    """Markdown in which relative links are addresses, those of pictures of the files themselves."""
    text = re.sub(r"(!\[[^\]]*\]\()(?!\w+:|#)", rf"\1{REPOSITORY}/raw/main/", text)
    return re.sub(r"((?<!!)\[[^\]\n]*\]\()(?!\w+:|#)", rf"\1{REPOSITORY}/blob/main/", text)


class Readme(MetadataHookInterface):  # type: ignore[misc]  # hatchling has no types for it
    """What `[tool.hatch.metadata.hooks.custom]` calls."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Set the one field that is dynamic."""
        text = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        metadata["readme"] = {"content-type": "text/markdown", "text": with_whole_links(text)}
