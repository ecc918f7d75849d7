"""The server: when repairs and suggestions of which document are looked for and published.

After a change the repairs of the whole text are looked for and published at once, beside those
suggestions that are about lines which were not changed. Suggestions of the new text follow from
another process. Where the repairs alone take too long, what is known is moved along and published,
and all of it comes from the other process.
"""

from __future__ import annotations

import asyncio
import json
import time
from functools import partial
from typing import Any

from lsprotocol import types
from pygls.lsp.server import LanguageServer
from pygls.protocol import LanguageServerProtocol, default_converter, lsp_method

from textclean import __version__
from textclean.config import Config
from textclean.engine.rule import Rule
from textclean.errors import TextcleanError
from textclean.lsp.background import Background
from textclean.lsp.configuration import Configurations, Settings, is_prose
from textclean.lsp.diagnostics import diagnostics
from textclean.lsp.documents import Document
from textclean.lsp.positions import Encoding
from textclean.report.language import tr, use_language
from textclean.rules.others import rules_for

#: Seconds from a change until it is looked at: changes that come together are looked at together.
_SETTLE = 0.005
#: Seconds of processor time that repairs and their message may take for them to be published at
#: once. Nobody notices 100 ms; to read the change and to look for lines takes up to 15 of them.
_AT_ONCE = 0.075
#: Seconds without a change until suggestions are looked for.
_PAUSE = 0.15


class Protocol(LanguageServerProtocol):
    """The protocol without pygls' own copies of documents: those end lines at form feeds and other
    characters at which clients do not, so that changes would go astray.
    """

    @lsp_method(types.TEXT_DOCUMENT_DID_OPEN)
    def lsp_text_document__did_open(self, params: types.DidOpenTextDocumentParams) -> Any:
        """A document is open."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_OPEN], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CHANGE)
    def lsp_text_document__did_change(self, params: types.DidChangeTextDocumentParams) -> Any:
        """A document has changed."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CHANGE], (params,), None

    @lsp_method(types.TEXT_DOCUMENT_DID_CLOSE)
    def lsp_text_document__did_close(self, params: types.DidCloseTextDocumentParams) -> Any:
        """A document is closed."""
        yield self.fm.features[types.TEXT_DOCUMENT_DID_CLOSE], (params,), None

    def notify_json(self, method: str, params: str) -> None:
        """Send a notification whose content is written as JSON already, in ASCII."""
        if self.writer is None:
            return
        body = f'{{"jsonrpc": "{self.VERSION}", "method": "{method}", "params": {params}}}'
        # That of standard output writes at once; those that would be waited for are not served.
        self.writer.write(f"Content-Length: {len(body)}\r\n\r\n{body}".encode("ascii"))


class Server(LanguageServer):
    """The language server of one client."""

    protocol: Protocol

    def __init__(self) -> None:
        super().__init__(
            "textclean",
            __version__,
            text_document_sync_kind=types.TextDocumentSyncKind.Incremental,
            protocol_cls=Protocol,
            converter_factory=default_converter,
        )
        self.documents: dict[str, Document] = {}
        self._first: object = None
        self._configurations = Configurations(Settings())
        self._show_suggestions = True
        self._background = Background()
        self._busy = False
        # By document: its next look, when suggestions are due, and whether repairs take long, and
        # seconds that the last message took.
        self._looks: dict[str, asyncio.TimerHandle] = {}
        self._waiting: dict[str, float] = {}
        self._slow: dict[str, bool] = {}
        self._message: dict[str, float] = {}
        self._said: str | None = None

    # Settings

    def begin_with(self, values: object) -> None:
        """Take the settings that the client starts with."""
        self._first = values
        self.configure(values)

    def configure(self, values: object) -> None:
        """Take the client's settings; what cannot be obeyed is said, and the last ones stay.

        Of clients that say nothing in them those that they started with count: Eglot says nothing
        right after the start.
        """
        try:
            settings = Settings.from_client(values or self._first)
            settings.applied_to(Config())
        except TextcleanError as error:
            self.trouble(error)
            return
        if settings.language is not None:
            use_language(settings.language)
        self._show_suggestions = settings.suggestions
        self._configurations = Configurations(settings)
        self._said = None
        self.look_at_all()

    def forget_configurations(self) -> None:
        """Read the configuration files again."""
        self._configurations.forget()
        self._said = None
        self.look_at_all()

    def config_of(self, document: Document) -> Config | None:
        """What is in force for a document; None: it is passed over, or that cannot be known."""
        if not is_prose(document.path, document.language):
            return None
        try:
            return self._configurations.of(document.path)
        except (TextcleanError, OSError) as error:
            self.trouble(error)
            return None

    def known(self, uri: str) -> tuple[Document | None, Config | None]:
        """The open document of an address, and what is in force for it."""
        document = self.documents.get(uri)
        return document, None if document is None else self.config_of(document)

    def trouble(self, error: Exception) -> None:
        """Say what is wrong, once."""
        said = tr(str(error))
        if said != self._said:
            self._said = said
            self.window_show_message(
                types.ShowMessageParams(types.MessageType.Error, f"textclean: {said}")
            )

    # Looking

    def look_at_all(self) -> None:
        """Look at every document anew."""
        for document in self.documents.values():
            document.found = []
            document.is_complete = False
            self.look_soon(document)

    def look_soon(self, document: Document) -> None:
        """Look at a document when the changes that are under way are there."""
        loop = asyncio.get_running_loop()
        if document.uri not in self._looks:
            self._looks[document.uri] = loop.call_later(_SETTLE, self._look, document)
        self._waiting[document.uri] = loop.time() + _PAUSE
        loop.call_later(_PAUSE + _SETTLE, self._look_further)

    def look_now(self, document: Document) -> None:
        """Look at a document before the next message, if it has changed."""
        look = self._looks.pop(document.uri, None)
        if look is not None:
            look.cancel()
            self._look(document)

    def _look(self, document: Document) -> None:
        self._looks.pop(document.uri, None)
        if document.uri not in self.documents:
            return
        config = self.config_of(document)
        if config is None:
            document.found = []
            self._waiting.pop(document.uri, None)
        elif not self._slow.get(document.uri):
            self.check_safe(document, config)
        self._publish(document, config)

    def check_safe(self, document: Document, config: Config) -> None:
        """Look for the repairs of a document, and take the time that it takes."""
        start = time.thread_time()
        try:
            document.check_safe(config)
        except TextcleanError as error:
            self.trouble(error)
        self._took(document, time.thread_time() - start)

    def _took(self, document: Document, seconds: float) -> None:
        """Note how long repairs took."""
        message = self._message.get(document.uri, 0.0)
        self._slow[document.uri] = seconds + message > _AT_ONCE

    def _look_further(self) -> None:
        """Look for suggestions in the document that has rested, one at a time."""
        now = asyncio.get_running_loop().time()
        ready = [uri for uri, due in self._waiting.items() if due <= now]
        if self._busy or not ready:
            return
        del self._waiting[ready[0]]
        document, config = self.known(ready[0])
        if document is None or config is None:
            self._look_further()
            return
        self._busy = True
        future = asyncio.wrap_future(self._background.submit(document.ask(), config))
        future.add_done_callback(partial(self._answered, document, config, self._configurations))

    def _answered(
        self,
        document: Document,
        config: Config,
        configurations: Configurations,
        future: asyncio.Future[Any],
    ) -> None:
        self._busy = False
        if not future.cancelled():
            if (error := future.exception()) is not None:
                self.trouble(error if isinstance(error, Exception) else RuntimeError(str(error)))
            elif (
                self.documents.get(document.uri) is document
                and configurations is self._configurations
                and self.config_of(document) == config
            ):
                ((edits, suggestions, seconds),) = future.result()
                document.answer(edits, suggestions)
                self._took(document, seconds)
                if document.uri not in self._looks:
                    self._publish(document, config)
        self._look_further()

    def forget(self, uri: str) -> None:
        """Forget what is due for a document that was closed."""
        if (look := self._looks.pop(uri, None)) is not None:
            look.cancel()
        for each in (self._waiting, self._slow, self._message):
            each.pop(uri, None)

    def _publish(self, document: Document, config: Config | None) -> None:
        start = time.thread_time()
        shown: list[str] = []
        if config is not None:
            if not self._show_suggestions:
                document.found = [each for each in document.found if each.applied]
            shown = diagnostics(document, self.rules(config), related=self._shows_related())
        uri, listed = json.dumps(document.uri), ", ".join(shown)
        params = f'{{"uri": {uri}, "version": {document.version}, "diagnostics": [{listed}]}}'
        self.protocol.notify_json(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS, params)
        self._message[document.uri] = time.thread_time() - start

    # What is known of the client

    def rules(self, config: Config) -> dict[str, Rule]:
        """The rules of a configuration by their codes."""
        return {rule.code: rule for rule in rules_for(config)}

    def _shows_related(self) -> bool:
        text = self.client_capabilities.text_document
        shown = text and text.publish_diagnostics
        return bool(shown and shown.related_information)

    def takes_versions(self) -> bool:
        """Whether the client takes edits for a version of a document."""
        workspace = self.client_capabilities.workspace
        edit = workspace and workspace.workspace_edit
        return bool(edit and edit.document_changes)

    def encoding(self) -> Encoding:
        """What the client counts in."""
        return Encoding(self.server_capabilities.position_encoding or "utf-16")

    def start_background(self) -> None:
        """Start the other process, before the first text is there."""
        self._background.submit("", Config())

    def close(self) -> None:
        """End the other process."""
        self._background.close()
