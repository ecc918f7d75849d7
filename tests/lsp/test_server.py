"""The real server, driven by a real client over the protocol."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pygls")
pytest_lsp = pytest.importorskip("pytest_lsp")

from lsprotocol import types  # noqa: E402
from pytest_lsp import ClientServerConfig, LanguageClient  # noqa: E402

from tests.cli.conftest import ENVIRONMENT  # noqa: E402
from textclean import check, clean  # noqa: E402
from textclean.lsp.positions import Encoding, Positions  # noqa: E402

pytestmark = pytest.mark.asyncio(loop_scope="module")

TEXT = (
    "结合党史学习教育,市卫健委号召干部带头接种疫苗。\n\n"
    "老字号𠮷野家今天开业,排队的人很多,他说 很 好 吃 。\r\n\r\n"
    '小张说: 我们明天再来 吧。"\n'
)
#: Far above what a loaded machine needs; no assertion is about time.
_PATIENCE = 120


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    (folder / "textclean.toml").write_text('ignore = ["S"]\nexclude = ["generated"]\n')
    (folder / "own").mkdir()
    (folder / "own" / "textclean.toml").write_text('tier = "suggested"\n')
    return folder


@pytest_lsp.fixture(
    scope="module",
    config=ClientServerConfig(server_command=[sys.executable, "-m", "textclean", "lsp"]),
)
async def client(lsp_client: LanguageClient, root: Path) -> AsyncIterator[None]:
    published = types.PublishDiagnosticsClientCapabilities(related_information=True)
    edits = types.WorkspaceEditClientCapabilities(document_changes=True)
    await lsp_client.initialize_session(
        types.InitializeParams(
            types.ClientCapabilities(
                text_document=types.TextDocumentClientCapabilities(publish_diagnostics=published),
                workspace=types.WorkspaceClientCapabilities(workspace_edit=edits),
            ),
            root_uri=root.as_uri(),
            locale="en",
        )
    )
    yield
    await lsp_client.shutdown_session()


class _Open:
    """A document as the client has it: its edits go both ways."""

    def __init__(self, client: LanguageClient, path: Path, text: str, language: str) -> None:
        self.client, self.uri, self.text, self.version = client, path.as_uri(), text, 1
        client.text_document_did_open(
            types.DidOpenTextDocumentParams(types.TextDocumentItem(self.uri, language, 1, text))
        )

    def change(self, before: str, after: str) -> None:
        positions = Positions(self.text, Encoding.UTF_16)
        start = self.text.index(before)
        span = types.Range(
            types.Position(*positions.position(start)),
            types.Position(*positions.position(start + len(before))),
        )
        self.version += 1
        self.client.text_document_did_change(
            types.DidChangeTextDocumentParams(
                types.VersionedTextDocumentIdentifier(self.version, self.uri),
                [types.TextDocumentContentChangePartial(span, after)],
            )
        )
        self.text = self.text[:start] + after + self.text[start + len(before) :]

    async def until(self, wanted: Callable[[list[str]], bool]) -> list[types.Diagnostic]:
        """The diagnostics, once they are as they should be: (code, text) of each."""
        async with asyncio.timeout(_PATIENCE):
            while True:
                found = list(self.client.diagnostics.get(self.uri, ()))
                if self.uri in self.client.diagnostics and wanted([self.said(d) for d in found]):
                    return found
                await self.client.wait_for_notification(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)

    def said(self, diagnostic: types.Diagnostic) -> str:
        return f"{diagnostic.code} {self.at(diagnostic.range)}"

    def at(self, span: types.Range) -> str:
        positions = Positions(self.text)
        start, end = (positions.offset(p.line, p.character) for p in (span.start, span.end))
        return self.text[start:end]

    async def actions(self, span: types.Range, *only: str) -> dict[str, types.CodeAction]:
        params = types.CodeActionParams(
            types.TextDocumentIdentifier(self.uri),
            span,
            types.CodeActionContext([], only=list(only) or None),
        )
        offered = await self.client.text_document_code_action_async(params)
        return {each.title: each for each in offered or ()}

    def applied(self, edits: Sequence[Any]) -> str:
        """The text with edits that the server sent, made as a client makes them."""
        positions = Positions(self.text)
        text = self.text
        for edit in reversed(edits):
            start = positions.offset(edit.range.start.line, edit.range.start.character)
            end = positions.offset(edit.range.end.line, edit.range.end.character)
            text = text[:start] + edit.new_text + text[end:]
        return text

    def done(self, action: types.CodeAction) -> str:
        assert action.edit is not None
        assert action.edit.document_changes
        (change,) = action.edit.document_changes
        assert isinstance(change, types.TextDocumentEdit)
        assert (change.text_document.uri, change.text_document.version) == (self.uri, self.version)
        return self.applied(change.edits)

    async def formatted(self) -> str:
        params = types.DocumentFormattingParams(
            types.TextDocumentIdentifier(self.uri), types.FormattingOptions(4, True)
        )
        return self.applied(await self.client.text_document_formatting_async(params) or ())


@pytest.fixture
def opened(
    client: LanguageClient, root: Path, request: pytest.FixtureRequest
) -> Callable[..., _Open]:
    def open_(text: str = TEXT, name: str = "", language: str = "plaintext") -> _Open:
        return _Open(client, root / (name or f"{request.node.name}.txt"), text, language)

    return open_


def _expected(text: str, **options: Any) -> set[str]:
    return {edit.rule for edit in check(text, **options)}


async def test_diagnostics_are_what_check_finds(opened: Callable[..., _Open]) -> None:
    document = opened()
    rules = [edit.rule for edit in check(TEXT, ignore=["S"])]
    found = await document.until(lambda said: len(said) == len(rules))
    assert sorted(str(each.code) for each in found) == sorted(rules)
    comma = next(
        each for each in found if document.said(each) == "P001 ," and each.range.start.line
    )
    assert comma.severity is types.DiagnosticSeverity.Warning
    assert comma.source == "textclean"
    assert comma.code_description is not None
    assert comma.code_description.href.endswith("docs/rules.md#p001")
    assert comma.message == 'fullwidth-comma: "," → "，"; beside Chinese'
    # Behind a character that takes two units of UTF-16.
    assert comma.range.start == types.Position(2, len("老字号𠮷野家今天开业") + 1)


async def test_a_change_is_followed(opened: Callable[..., _Open]) -> None:
    document = opened("全市卫生健康系统召开会议,部署工作。\n")
    await document.until(lambda said: said == ["P001 ,"])
    document.change(",部署", "，部署")
    await document.until(lambda said: not said)
    document.change("工作", "𠮷,野家")
    await document.until(lambda said: said == ["P001 ,"])
    document.change("会议", "会\x0c议\u2028后")  # neither ends a line for a client
    found = await document.until(lambda said: "P001 ," in said)
    assert {each.range.start.line for each in found} == {0}


async def test_a_repair_is_offered_where_it_is(opened: Callable[..., _Open]) -> None:
    document = opened("全市卫生健康系统召开会议,部署工作。\n")
    (comma,) = await document.until(lambda said: said == ["P001 ,"])
    offered = await document.actions(comma.range)
    repair = offered['P001: "," → "，"']
    assert repair.is_preferred
    assert [each.code for each in repair.diagnostics or ()] == ["P001"]
    assert document.done(repair) == "全市卫生健康系统召开会议，部署工作。\n"
    start = types.Range(types.Position(0, 0), types.Position(0, 0))
    assert list(await document.actions(start)) == ["Repair everything that is safe (1)"]


async def test_what_belongs_together_is_one_edit(opened: Callable[..., _Open]) -> None:
    text = '他说:"今天天气很好,我们去公园玩吧。"大家都同意。\n'
    document = opened(text)
    grouped = [edit for edit in check(text, ignore=["S"]) if edit.group is not None]
    assert len(grouped) == 2
    found = await document.until(lambda said: len(said) >= len(grouped))
    quote = next(each for each in found if each.code == grouped[0].rule)
    assert [each.message for each in quote.related_information or ()] == [
        "changed together with this"
    ]
    offered = await document.actions(quote.range)
    (repair,) = [each for title, each in offered.items() if "belong" in title]
    assert document.done(repair) == "他说:“今天天气很好,我们去公园玩吧。”大家都同意。\n"


async def test_a_line_is_ignored(opened: Callable[..., _Open]) -> None:
    document = opened("召开会议,部署工作。\n\n召开会议,落实工作。\n", language="markdown")
    found = await document.until(lambda said: len(said) == 2)
    offered = await document.actions(found[0].range)
    after = document.done(offered["Ignore P001 in this line"])
    assert after == (
        "召开会议,部署工作。 <!-- textclean: off-line P001 -->\n\n召开会议,落实工作。\n"
    )
    assert clean(after).text == after[::-1].replace(",", "，", 1)[::-1]
    everything = document.done(offered["Ignore all rules in this line"])
    assert "<!-- textclean: off-line -->\n\n" in everything


async def test_all_of_a_rule_and_all_that_is_safe(opened: Callable[..., _Open]) -> None:
    document = opened()
    found = await document.until(lambda said: said.count("P001 ,") == 3)
    comma = next(each for each in found if each.code == "P001")
    offered = await document.actions(comma.range)
    assert document.done(offered["All of P001 in this file (3)"]) == TEXT.replace(",", "，")
    (fix,) = (await document.actions(comma.range, "source.fixAll")).values()
    assert fix.kind == "source.fixAll.textclean"
    assert document.done(fix) == clean(TEXT, ignore=["S"]).text


async def test_formatting_is_fix(opened: Callable[..., _Open]) -> None:
    document = opened()
    assert await document.formatted() == clean(TEXT, ignore=["S"]).text


async def test_a_selection_is_formatted_by_itself(
    opened: Callable[..., _Open], client: LanguageClient
) -> None:
    document = opened()
    params = types.DocumentRangeFormattingParams(
        types.TextDocumentIdentifier(document.uri),
        types.Range(types.Position(0, 0), types.Position(1, 0)),
        types.FormattingOptions(4, True),
    )
    edits = await client.text_document_range_formatting_async(params)
    assert document.applied(edits or ()) == TEXT.replace(",", "，", 1)


async def test_the_nearest_configuration_is_in_force(opened: Callable[..., _Open]) -> None:
    document = opened(name="own/a.txt")
    assert await document.formatted() == clean(TEXT, tier="suggested").text
    excluded = opened(name="generated/a.txt")
    await excluded.until(lambda said: not said)
    assert await excluded.formatted() == TEXT


async def test_a_changed_configuration_is_read(
    opened: Callable[..., _Open], client: LanguageClient, root: Path
) -> None:
    folder = root / "changing"
    folder.mkdir()
    document = opened("召开会议,部署工作。\n", name="changing/a.md", language="markdown")
    await document.until(lambda said: said == ["P001 ,"])
    own = folder / "textclean.toml"
    own.write_text('ignore = ["P001"]\n')
    change = types.FileEvent(own.as_uri(), types.FileChangeType.Created)
    client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([change]))
    await document.until(lambda said: not said)


async def test_settings_win_over_files(
    opened: Callable[..., _Open], client: LanguageClient
) -> None:
    document = opened("召开会议,部署工作。\n")
    await document.until(lambda said: said == ["P001 ,"])

    def configure(**settings: Any) -> None:
        client.workspace_did_change_configuration(
            types.DidChangeConfigurationParams({"textclean": settings})
        )

    configure(options={"ignore": ["P001"]})
    await document.until(lambda said: not said)
    configure(options={"ignroe": ["P001"]})
    configure()
    await document.until(lambda said: said == ["P001 ,"])
    assert "did you mean 'ignore'" in client.messages[-1].message


async def test_suggestions_are_shown_unless_they_are_switched_off(
    opened: Callable[..., _Open], client: LanguageClient
) -> None:
    text = "他 说他 明天 再 来 开会 ，大家 都 同意 。\n\n市卫健委今日通报,本市无新增。\n"
    rules = [edit.rule for edit in check(text, ignore=["S"])]
    assert len(rules) > 1
    document = opened(text)
    await document.until(lambda said: len(said) == len(rules))
    settings = types.DidChangeConfigurationParams({"suggestions": False})
    client.workspace_did_change_configuration(settings)
    await document.until(lambda said: said == ["P001 ,"])
    client.workspace_did_change_configuration(types.DidChangeConfigurationParams({}))
    await document.until(lambda said: len(said) == len(rules))


async def test_tables_and_records_are_no_prose(opened: Callable[..., _Open]) -> None:
    text = "编号,名称\n1,会议,部署\n"
    document = opened(text, name="a.csv", language="csv")
    await document.until(lambda said: not said)
    assert await document.formatted() == text


async def test_a_closed_document_has_no_diagnostics(
    opened: Callable[..., _Open], client: LanguageClient
) -> None:
    document = opened("召开会议,部署工作。\n")
    await document.until(lambda said: said == ["P001 ,"])
    client.text_document_did_close(
        types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(document.uri))
    )
    await document.until(lambda said: not said)


_START: list[dict[str, Any]] = [
    {"id": 1, "method": "initialize", "params": {"processId": None, "capabilities": {}}},
    {"method": "initialized", "params": {}},
]
_END: list[dict[str, Any]] = [{"id": 2, "method": "shutdown"}, {"method": "exit"}]


async def _answers(messages: Sequence[dict[str, Any]]) -> tuple[list[dict[str, Any]], bytes, int]:
    """What a server answers to messages that come all at once, its stderr and its status."""
    bodies = [json.dumps({"jsonrpc": "2.0", **each}).encode() for each in messages]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "textclean", "lsp",
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT,
    )  # fmt: skip
    sent = b"".join(b"Content-Length: %d\r\n\r\n%b" % (len(each), each) for each in bodies)
    async with asyncio.timeout(_PATIENCE):
        answered, said = await process.communicate(sent)
    assert process.returncode is not None
    lines = answered.decode().split("Content-Length: ")[1:]
    return [json.loads(each.partition("\r\n\r\n")[2]) for each in lines], said, process.returncode


async def test_a_server_that_is_told_to_end_does_so_in_order() -> None:
    _, said, status = await _answers([*_START, *_END])
    assert b"Traceback" not in said
    assert status == 0


async def test_a_burst_of_keystrokes_is_answered_once() -> None:
    uri, keys = "untitled:a", 40
    item = {"uri": uri, "languageId": "plaintext", "version": 1, "text": TEXT}
    place = {"line": 0, "character": 4}
    span = {"start": place, "end": place}
    changes = [
        {"method": "textDocument/didChange", "params": {
            "textDocument": {"uri": uri, "version": 2 + key},
            "contentChanges": [{"range": span, "text": ","}],
        }}
        for key in range(keys)
    ]  # fmt: skip
    # An answer to this needs that the last text was looked at.
    actions = {"id": 3, "method": "textDocument/codeAction", "params": {
        "textDocument": {"uri": uri}, "range": span, "context": {"diagnostics": []},
    }}  # fmt: skip
    opened = {"method": "textDocument/didOpen", "params": {"textDocument": item}}
    answers, _, _ = await _answers([*_START, opened, *changes, actions, *_END])
    published = [
        each["params"]["version"]
        for each in answers
        if each.get("method") == "textDocument/publishDiagnostics"
    ]
    assert published[-1] == 1 + keys
    assert len(published) < keys / 4
    assert next(each for each in answers if each.get("id") == 3)["result"]
