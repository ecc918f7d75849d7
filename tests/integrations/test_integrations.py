"""The blocks for other people's pipelines, each in the real package, where that is installed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

DAMAGED = "全市有2800名医务人员,组成13个团队,承接医疗救治工作,全面提高了救治率,也降低了病亡率。"
CLEAN = "全市有2800名医务人员，组成13个团队，承接医疗救治工作，全面提高了救治率，也降低了病亡率。"
OTHER = "另有一段话，与上面的那一段并没有什么关系，说的也是别的地方在别的时候发生的事情。"


def need(package: str) -> Any:
    return pytest.importorskip(package, reason=f"{package} is not installed", exc_type=ImportError)


def test_datatrove_cleans_and_drops_copies(tmp_path: Path) -> None:
    need("datatrove")
    need("numba")
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter

    from textclean.integrations.datatrove import CleanFormatter, CopyFilter

    (tmp_path / "in").mkdir()
    rows = [{"id": f"d{n}", "text": text} for n, text in enumerate([DAMAGED, OTHER, CLEAN + "。"])]
    (tmp_path / "in" / "a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    LocalPipelineExecutor(
        [
            JsonlReader(str(tmp_path / "in")),
            CleanFormatter(),
            CopyFilter(exclusion_writer=JsonlWriter(str(tmp_path / "copies"), compression=None)),
            JsonlWriter(str(tmp_path / "out"), compression=None),
        ],
        logging_dir=str(tmp_path / "logs"),
    ).run()

    def written(name: str) -> list[dict[str, Any]]:
        [path] = (tmp_path / name).iterdir()
        return [json.loads(line) for line in path.read_text().splitlines()]

    assert [(row["id"], row["text"]) for row in written("out")] == [("d0", CLEAN), ("d1", OTHER)]
    [copy] = written("copies")
    assert copy["id"] == "d2"
    assert copy["metadata"]["filter_reason"] == "exact"
    assert copy["metadata"]["textclean_survivor"] == "d0"


def test_datatrove_drops_what_is_in_an_index(tmp_path: Path) -> None:
    need("datatrove")
    need("lmdb")
    from datatrove.data import Document

    from textclean.engines.index import Index
    from textclean.integrations.datatrove import CopyFilter

    with Index.create(tmp_path / "seen", unit="document") as index:
        index.add([CLEAN], ids=["first"])
    documents = [Document(DAMAGED, "a"), Document(OTHER, "b")]
    left = list(CopyFilter(index=str(tmp_path / "seen")).run(iter(documents)))  # type: ignore[arg-type]
    assert [document.id for document in left] == ["b"]
    assert documents[0].metadata["textclean_survivor"] == "first"


def test_data_juicer_has_the_operator() -> None:
    need("data_juicer.ops.base_op")
    datasets = need("datasets")
    from data_juicer.ops.base_op import OPERATORS

    from textclean.integrations.data_juicer import TextcleanMapper

    assert OPERATORS.modules["textclean_mapper"] is TextcleanMapper
    operator = TextcleanMapper(tier="suggested")
    rows = datasets.Dataset.from_list([{"text": DAMAGED}, {"text": OTHER}])
    # Fingerprints of operators are data-juicer's own affair.
    done = rows.map(operator.process, batched=True, new_fingerprint="textclean")
    assert done["text"][:] == [CLEAN, OTHER]


def test_datasets_map_takes_a_cleaner() -> None:
    datasets = need("datasets")
    from textclean.integrations.huggingface import Cleaner

    rows = datasets.Dataset.from_dict({"body": [DAMAGED, None, OTHER], "n": [1, 2, 3]})
    done = rows.map(Cleaner("body", edits="edits"), batched=True, batch_size=2)
    assert done["body"][:] == [CLEAN, None, OTHER]
    assert done["edits"][:] == [4, 0, 0]
    assert done["n"][:] == [1, 2, 3]


def test_polars_has_an_expression() -> None:
    pl = need("polars")
    import textclean.integrations.polars

    frame = pl.DataFrame({"text": [DAMAGED, None, OTHER]})
    expected = [CLEAN, None, OTHER]
    assert frame.select(pl.col("text").textclean.clean())["text"].to_list() == expected
    lazy = frame.lazy().with_columns(
        clean=textclean.integrations.polars.clean(pl.col("text"), tier="suggested")
    )
    assert lazy.collect()["clean"].to_list() == expected


def test_duckdb_has_a_function() -> None:
    duckdb = need("duckdb")
    need("pyarrow")
    from textclean.integrations.duckdb import register

    connection = duckdb.connect()
    register(connection)
    connection.execute("create table t as select * from (values (?), (?), (null)) v(text)",
                       [DAMAGED, OTHER])  # fmt: skip
    rows = connection.execute("select textclean(text) from t").fetchall()
    assert rows == [(CLEAN,), (OTHER,), (None,)]
    register(connection, "nothing", ignore=["ALL"])
    assert connection.execute("select nothing(text) from t").fetchall()[0] == (DAMAGED,)


def test_langchain_has_a_transformer() -> None:
    documents = need("langchain_core.documents")
    need("numba")
    from textclean.integrations.langchain import TextcleanTransformer

    given = [
        documents.Document(page_content=text, metadata={"n": n}, id=str(n))
        for n, text in enumerate([DAMAGED, OTHER, CLEAN])
    ]
    done = TextcleanTransformer().transform_documents(given)
    assert [each.page_content for each in done] == [CLEAN, OTHER, CLEAN]
    assert given[0].page_content == DAMAGED
    done = TextcleanTransformer(drop_copies=True).transform_documents(given)
    assert [(each.id, each.metadata["n"]) for each in done] == [("0", 0), ("1", 1)]


def test_llama_index_has_a_transformation() -> None:
    schema = need("llama_index.core.schema")
    need("numba")
    from textclean.integrations.llama_index import TextcleanTransform

    nodes = [
        schema.TextNode(id_=str(n), text=text, metadata={"n": n})
        for n, text in enumerate([DAMAGED, OTHER, CLEAN])
    ]
    done = TextcleanTransform()(nodes)
    assert [each.get_content() for each in done] == [CLEAN, OTHER, CLEAN]
    assert nodes[0].get_content() == DAMAGED
    done = TextcleanTransform(drop_copies=True, options={"tier": "suggested"})(nodes)
    assert [each.node_id for each in done] == ["0", "1"]


def test_docling_documents_are_cleaned() -> None:
    doc = need("docling_core.types.doc")
    from textclean.integrations.parsers import clean_docling

    document = doc.DoclingDocument(name="a")
    document.add_text(label=doc.DocItemLabel.PARAGRAPH, text=DAMAGED)
    document.add_text(label=doc.DocItemLabel.FORMULA, text="a,b,中,文")
    document.add_code(text="x = '中,文'")
    done = clean_docling(document)
    assert [(item.text, item.orig) for item in done.texts] == [
        (CLEAN, DAMAGED), ("a,b,中,文", "a,b,中,文"), ("x = '中,文'", "x = '中,文'"),
    ]  # fmt: skip
    assert document.texts[0].text == DAMAGED
    assert CLEAN in done.export_to_markdown()


def test_markdown_of_marker_is_cleaned() -> None:
    from textclean.integrations.parsers import clean_marker

    assert clean_marker(DAMAGED) == CLEAN
    module = need("marker.renderers.markdown")
    rendered = module.MarkdownOutput(markdown=DAMAGED, images={"a": 1}, metadata={"b": 2})
    done = clean_marker(rendered)
    assert (done.markdown, done.images, done.metadata) == (CLEAN, {"a": 1}, {"b": 2})
    assert rendered.markdown == DAMAGED


def test_content_lists_of_mineru_are_cleaned() -> None:
    from textclean.integrations.parsers import clean_mineru

    blocks = [
        {"type": "text", "text": DAMAGED, "page_idx": 0, "bbox": [1, 2, 3, 4]},
        {"type": "equation", "text": "$$a,中,b$$", "text_format": "latex"},
        {"type": "image", "img_path": "a.jpg", "image_caption": [DAMAGED], "image_footnote": []},
        {"type": "table", "table_body": "<table>中,文</table>", "table_caption": [OTHER]},
        {"type": "list", "list_items": [DAMAGED, OTHER]},
    ]
    before = json.dumps(blocks)
    done = clean_mineru(blocks)
    assert done[0] == {**blocks[0], "text": CLEAN}
    assert done[1] == blocks[1]
    assert done[2]["image_caption"] == [CLEAN]
    assert done[3] == blocks[3]
    assert done[4]["list_items"] == [CLEAN, OTHER]
    assert json.dumps(blocks) == before
