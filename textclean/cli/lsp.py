"""``textclean lsp``: the language server for editors."""

from __future__ import annotations

import click

from textclean.errors import MissingExtraError


@click.command("lsp", short_help="Serve an editor, by the Language Server Protocol.")
@click.option("--stdio", is_flag=True, help="What editors add; it is so anyhow.")
def command(stdio: bool) -> int:
    """Serve an editor on standard input and output until it goes, by the Language Server Protocol:
    findings while a text is written, repairs of one or of all, formatting, ignoring a line.

    The configuration is that of the nearest textclean.toml or pyproject.toml; docs/editors.md has
    the settings for VS Code, Neovim, Emacs and Zed.

    \b
    Needs:
      pip install "textclean-zh[lsp]"
    """
    try:
        from textclean.lsp.handlers import start
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in ("lsprotocol", "pygls"):
            raise MissingExtraError("textclean lsp", "lsp") from None
        raise
    start()
    return 0
