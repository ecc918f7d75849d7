"""The site: ``sphinx-build -W docs site``, with the extra ``[docs]``.

The pages are the Markdown files of this folder, which read well without Sphinx, too. Made while
the site is built are a page for each rule, from the registry, and the table of the configuration's
keys, from the schema. Links that lead out of this folder become links to the repository.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textclean import Config, __version__
from textclean.config.schema import config_schema
from textclean.report.rules import markdown
from textclean.rules.others import rules_for

if TYPE_CHECKING:
    from sphinx.application import Sphinx

HERE = Path(__file__).resolve().parent
REPOSITORY = "https://github.com/textclean/textclean/blob/main"

project = "textclean"
author = "The textclean authors"
project_copyright = "2026, the textclean authors"
version = release = __version__
extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["pictures", "schemas"]
html_theme = "furo"
html_title = f"textclean {version}"
html_extra_path = ["schemas"]
myst_heading_anchors = 3
#: Docstrings write code between single backticks.
default_role = "code"
autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_preserve_defaults = True
# Code of what Pygments has no lexer for, and shell sessions with "…" for what is left out.
suppress_warnings = ["misc.highlighting_failure"]


def pages_of_rules() -> tuple[str, dict[str, str]]:
    """The head of ``rules.md``, and the section of each rule by its code."""
    head, *rest = re.split(r'^<a id="(\w+)"></a>\n\n', markdown(rules_for(Config())), flags=re.M)
    return head, {code.upper(): text for code, text in zip(rest[::2], rest[1::2], strict=True)}


def keys_of_configuration() -> str:
    """A table of all keys, with their types and what they mean."""
    rows = ["## All keys", "", "| key | values | default | |", "| --- | --- | --- | --- |"]
    for name, value in config_schema()["properties"].items():
        if "-" in name:  # the same key, written otherwise
            continue
        cells = (f"`{name}`", _values(value), _default(value), value["description"])
        rows.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")
    return "\n".join(rows) + "\n"


def _values(schema: dict[str, Any]) -> str:
    if "enum" in schema:
        return ", ".join(f"`{each}`" for each in schema["enum"])
    if "anyOf" in schema:
        return " or ".join(_values(each) for each in schema["anyOf"])
    return {"array": "list", "object": "table"}.get(schema.get("type", ""), schema.get("type", ""))


def _default(schema: dict[str, Any]) -> str:
    return f"`{schema['default']!r}`" if "default" in schema else ""


def toctree(names: Iterable[str]) -> str:
    """A list of pages for the menu, not shown on the page."""
    return "\n```{toctree}\n:hidden:\n\n" + "\n".join(names) + "\n```\n"


def write_rules(app: Sphinx) -> None:
    """A file for each rule, in ``rules/``, before Sphinx looks for files."""
    folder = HERE / "rules"
    folder.mkdir(exist_ok=True)
    for code, text in pages_of_rules()[1].items():
        page = folder / f"{code}.md"
        text = re.sub(r"^## ", "# ", text)
        if not page.exists() or page.read_text(encoding="utf-8") != text:
            page.write_text(text, encoding="utf-8")


def finish_source(app: Sphinx, name: str, source: list[str]) -> None:
    """What a page has on the site besides what stands in its file, and where its links lead."""
    text = source[0]
    if name == "rules":
        head, sections = pages_of_rules()
        text = re.sub(r"\]\(#(\w+)\)", lambda code: f"](rules/{code[1].upper()}.md)", head)
        text += toctree(f"rules/{code}" for code in sections)
    if name == "configuration":
        text += "\n" + keys_of_configuration()
    if name == "index":  # pages that nobody listed
        others = {page.stem for page in HERE.glob("*.md")} - {"index", *text.split()}
        text += toctree(sorted(others)) if others else ""
    up = "../" * name.count("/")
    text = re.sub(
        r"\]\((?:\.\./)*rules\.md#(\w+)\)", lambda m: f"]({up}rules/{m[1].upper()}.md)", text
    )
    source[0] = re.sub(
        rf"\]\({re.escape(up)}((?:\.\./)+)([\w./-]+)(#[\w-]+)?\)",
        lambda m: f"]({REPOSITORY}/{m[2]}{m[3] or ''})",
        text,
    )


def setup(app: Sphinx) -> dict[str, Any]:
    """What Sphinx calls."""
    app.connect("builder-inited", write_rules)
    app.connect("source-read", finish_source)
    return {"parallel_read_safe": True}
