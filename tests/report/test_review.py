"""A change in its sentence."""

from __future__ import annotations

from textclean import check
from textclean.report.review import in_sentence

TEXT = "第一句在前。第二句有错,要改。第三句在后。\n下一段。"


def test_a_change_stands_in_its_sentence() -> None:
    (edit,) = check(TEXT, select="P001")
    assert in_sentence(TEXT, [edit]) == "第二句有错[-,-]{+，+}要改。"


def test_changes_that_belong_together_are_shown_together() -> None:
    first, *_ = check(TEXT, select="P001")
    other = first._replace(
        start=TEXT.index("三"), end=TEXT.index("三") + 1, before="三", after="四"
    )
    near = first._replace(start=TEXT.index("改"), end=TEXT.index("改"), before="", after="更")
    assert in_sentence(TEXT, [first, near]) == "第二句有错[-,-]{+，+}要{+更+}改。"
    assert in_sentence(TEXT, [first, other]).count("[-") == 2


def test_a_long_sentence_is_cut() -> None:
    text = "长" * 500 + "句,子" + "长" * 500
    (edit,) = check(text, select="P001")
    shown = in_sentence(text, [edit])
    assert "句[-,-]{+，+}子" in shown
    assert len(shown) < 200


def test_a_removed_line_break_is_seen() -> None:
    text = "上一行\n下一行"
    edit = check("甲,乙", select="P001")[0]._replace(start=3, end=4, before="\n", after="")
    assert in_sentence(text, [edit]) == "上一行[-\\n-]下一行"
