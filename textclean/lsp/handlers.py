"""What the server does on each message of a client."""

from __future__ import annotations

import gc
import os
from pathlib import Path
from typing import Any

from lsprotocol import types
from pygls.uris import to_fs_path

from textclean.cleaning import clean
from textclean.errors import TextcleanError
from textclean.lsp.actions import FIX_ALL, actions, is_wanted, text_edits
from textclean.lsp.configuration import FILES
from textclean.lsp.documents import Document
from textclean.lsp.server import Server
from textclean.report.language import use_language

#: Objects that may come about before garbage is looked for: those of some keystrokes.
_ALLOCATIONS = 100_000


def start() -> None:
    """Serve one client on standard input and output until it goes."""
    server = make_server()
    # What is loaded stays, and thousands of findings come and go at each keystroke: to look for
    # garbage among them takes longer than to find them.
    gc.freeze()
    gc.set_threshold(_ALLOCATIONS)
    try:
        server.start_io()
    finally:
        server.close()


def make_server() -> Server:
    """A server with all that it answers."""
    server = Server()

    @server.feature(types.INITIALIZE)
    def initialize(params: types.InitializeParams) -> None:
        if params.locale:
            use_language("zh" if params.locale.lower().startswith("zh") else "en")
        folders = [each.uri for each in params.workspace_folders or ()]
        root = to_fs_path(folders[0] if folders else params.root_uri or "")
        if root and Path(root).is_dir():
            os.chdir(root)  # patterns of `exclude` and `per_file` count from there
        server.begin_with(params.initialization_options)

    @server.feature(types.INITIALIZED)
    async def initialized(_: types.InitializedParams) -> None:
        server.start_background()
        workspace = server.client_capabilities.workspace
        watches = workspace and workspace.did_change_watched_files
        if watches and watches.dynamic_registration:
            watchers = [types.FileSystemWatcher(glob_pattern=f"**/{name}") for name in FILES]
            options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
            await server.client_register_capability_async(
                types.RegistrationParams(
                    [
                        types.Registration(
                            "configuration-files",
                            types.WORKSPACE_DID_CHANGE_WATCHED_FILES,
                            options,
                        )
                    ]
                )
            )

    @server.feature(types.WORKSPACE_DID_CHANGE_CONFIGURATION)
    async def changed_settings(params: types.DidChangeConfigurationParams) -> None:
        values: Any = params.settings
        workspace = server.client_capabilities.workspace
        if not values and workspace and workspace.configuration:
            items = [types.ConfigurationItem(section="textclean")]
            (values,) = await server.workspace_configuration_async(types.ConfigurationParams(items))
        if isinstance(values, dict) and "textclean" in values:
            values = values["textclean"]
        server.configure(values)

    @server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
    def changed_files(_: types.DidChangeWatchedFilesParams) -> None:
        server.forget_configurations()

    @server.feature(types.TEXT_DOCUMENT_DID_OPEN)
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        item = params.text_document
        path = to_fs_path(item.uri) if item.uri.startswith("file:") else None
        document = server.documents[item.uri] = Document(
            item.uri,
            Path(path) if path else None,
            item.language_id.lower(),
            item.version,
            item.text,
            server.encoding(),
        )
        server.look_soon(document)

    @server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
    def changed(params: types.DidChangeTextDocumentParams) -> None:
        document = server.documents.get(params.text_document.uri)
        if document is None:
            return
        for change in params.content_changes:
            if isinstance(change, types.TextDocumentContentChangePartial):
                start, end = change.range.start, change.range.end
                document.replace(
                    (start.line, start.character), (end.line, end.character), change.text
                )
            else:
                document.replace_all(change.text)
        document.version = params.text_document.version
        server.look_soon(document)

    @server.feature(types.TEXT_DOCUMENT_DID_SAVE)
    def saved(params: types.DidSaveTextDocumentParams) -> None:
        if params.text_document.uri.rpartition("/")[2] in FILES:
            server.forget_configurations()

    @server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
    def closed(params: types.DidCloseTextDocumentParams) -> None:
        uri = params.text_document.uri
        if server.documents.pop(uri, None) is not None:
            server.forget(uri)
            server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    @server.feature(
        types.TEXT_DOCUMENT_CODE_ACTION,
        types.CodeActionOptions(code_action_kinds=[types.CodeActionKind.QuickFix, FIX_ALL]),
    )
    def code_actions(params: types.CodeActionParams) -> list[types.CodeAction]:
        document, config = server.known(params.text_document.uri)
        if document is None or config is None:
            return []
        server.look_now(document)
        only = params.context.only
        if only is not None and is_wanted(FIX_ALL, only) and not document.is_complete:
            server.check_safe(document, config)
        return actions(
            document,
            _span(document, params.range),
            server.rules(config),
            only,
            versioned=server.takes_versions(),
        )

    @server.feature(types.TEXT_DOCUMENT_FORMATTING)
    def formatted(params: types.DocumentFormattingParams) -> list[types.TextEdit]:
        document = server.documents.get(params.text_document.uri)
        return [] if document is None else _formatting(server, document, (0, len(document.text)))

    @server.feature(types.TEXT_DOCUMENT_RANGE_FORMATTING)
    def formatted_range(params: types.DocumentRangeFormattingParams) -> list[types.TextEdit]:
        document = server.documents.get(params.text_document.uri)
        if document is None:
            return []
        return _formatting(server, document, _span(document, params.range))

    return server


def _span(document: Document, range_: types.Range) -> tuple[int, int]:
    offset = document.positions.offset
    start = offset(range_.start.line, range_.start.character)
    return start, max(start, offset(range_.end.line, range_.end.character))


def _formatting(server: Server, document: Document, span: tuple[int, int]) -> list[types.TextEdit]:
    """What `fix` under the same configuration does within a span; of a group all or nothing."""
    config = server.config_of(document)
    if config is None:
        return []
    try:
        edits = clean(document.text, config).edits
    except TextcleanError as error:
        server.trouble(error)
        return []
    start, end = span
    cut = {edit.group for edit in edits if edit.start < start or edit.end > end} - {None}
    within = [
        edit
        for edit in edits
        if start <= edit.start and edit.end <= end and edit.group not in cut
    ]  # fmt: skip
    return text_edits(document, within)
