"""Blocks for other people's pipelines: each module is named after the package that it serves.

Each imports its package, and nothing here is imported by anything else of textclean. Cleaning is
`clean_many`, copies are found by `deduplicate`; a block only translates. Which versions they were
tried with stands in ``docs/integrations.md``.

- `datatrove`: a formatter, and a filter of copies.
- `data_juicer`: a mapper.
- `huggingface`: a function for ``datasets.Dataset.map``.
- `polars`, `duckdb`: an expression and a function of SQL.
- `langchain`, `llama_index`: transformers of documents and nodes.
- `parsers`: a step behind Marker, Docling and MinerU.
"""
