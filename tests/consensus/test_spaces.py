"""Line breaks and spaces that one witness decides (N008, N009), on readings of real pages.

The texts are laws, works out of copyright and lines of manuals of our own, set as engines read
them. ``|`` is a line break.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textclean import Config, consensus

_CONSTITUTION = (
    "第一条 中华人民共和国是工人阶级领导的、以工农联盟|为基础的人民民主专政的社会主义国家。|"
    "第二条 中华人民共和国的一切权力属于人民。|"
    "人民行使国家权力的机关是全国人民代表大会和地方各|级人民代表大会。"
)
_CONSTITUTION_JOINED = (
    "第一条 中华人民共和国是工人阶级领导的、以工农联盟为基础的人民民主专政的社会主义国家。|"
    "第二条 中华人民共和国的一切权力属于人民。|"
    "人民行使国家权力的机关是全国人民代表大会和地方各级人民代表大会。"
)
_HOME = (
    "我冒了严寒，回到相隔二千余里，别|了二十余年的故乡去。|"
    "时候既然是深冬；渐近故乡时，天气|又阴晦了，冷风吹进船舱中，呜呜的|响。"
)
_HOME_JOINED = (
    "我冒了严寒，回到相隔二千余里，别了二十余年的故乡去。|"
    "时候既然是深冬；渐近故乡时，天气又阴晦了，冷风吹进船舱中，呜呜的响。"
)

#: What a reading has, what the witness has, and what comes of the reading.
BROKEN = {
    "an article of a law": (_CONSTITUTION, _CONSTITUTION_JOINED, _CONSTITUTION_JOINED),
    "a story": (_HOME, _HOME_JOINED, _HOME_JOINED),
    "before a closing mark": (
        "他答道“知道了|”，就走了。|第二天又来。|大家都在等他。",
        "他答道“知道了”，就走了。|第二天又来。|大家都在等他。",
        "他答道“知道了”，就走了。|第二天又来。|大家都在等他。",
    ),
    "a closing bracket behind a sentence": (
        "（参见本书第三章。|）此后再没有提到。|第二天又来。|大家都在等他。",
        "（参见本书第三章。）此后再没有提到。|第二天又来。|大家都在等他。",
        "（参见本书第三章。）此后再没有提到。|第二天又来。|大家都在等他。",
    ),
    "a word in two lines": (
        "配置写在 text|clean.toml 里。|保存之后立即生效。|不必重新启动。",
        "配置写在 textclean.toml 里。|保存之后立即生效。|不必重新启动。",
        "配置写在 textclean.toml 里。|保存之后立即生效。|不必重新启动。",
    ),
    "a command and what it does": (
        "常用命令如下。|git log|查看提交的历史记录|git diff|比较两次提交的区别|其余从略。",
        "常用命令如下。|git log 查看提交的历史记录|git diff 比较两次提交的区别|其余从略。",
        "常用命令如下。|git log 查看提交的历史记录|git diff 比较两次提交的区别|其余从略。",
    ),
    "the cells of a row": (
        "各科室床位如下。|心血管内科|床位四十张|神经外科|床位三十张|其余从略。",
        "各科室床位如下。|心血管内科 床位四十张|神经外科 床位三十张|其余从略。",
        "各科室床位如下。|心血管内科 床位四十张|神经外科 床位三十张|其余从略。",
    ),
    "English words": (
        "See the GNU General|Public License for details.|本程序没有任何担保。|使用者自负其责。",
        "See the GNU General Public License for details.|本程序没有任何担保。|使用者自负其责。",
        "See the GNU General Public License for details.|本程序没有任何担保。|使用者自负其责。",
    ),
}
KEPT_BREAKS = {
    "the witness is one line from end to end": (_HOME, _HOME_JOINED.replace("|", "")),
    "verse": (
        "床前明月光，|疑是地上霜。|举头望明月，|低头思故乡。",
        "床前明月光，疑是地上霜。举头望明月，低头思故乡。",
    ),
    "the end of a sentence": (
        "第二条 一切权力属于人民。|人民行使权力。|会议每年举行一次。|代表任期五年。",
        "第二条 一切权力属于人民。人民行使权力。|会议每年举行一次。|代表任期五年。",
    ),
    "the end of a sentence in quotes": (
        "他说：“走吧。”|大家都站了起来。|会议每年举行一次。|代表任期五年。",
        "他说：“走吧。”大家都站了起来。|会议每年举行一次。|代表任期五年。",
    ),
    "a line with the form of a heading": (
        "本章到此为止|第二章 公民的基本权利和义务|会议每年举行一次。|代表任期五年。",
        "本章到此为止第二章 公民的基本权利和义务|会议每年举行一次。|代表任期五年。",
    ),
    "the number of a heading": (
        "以上从略。|2.3.5|标点符号的用法|下面分别说明。|例子见附录。",
        "以上从略。|2.3.5 标点符号的用法|下面分别说明。|例子见附录。",
    ),
    "a page number below the text": (
        "会议每年举行一次。|代表任期五年|57|大会选举主席团。|主席团主持会议。",
        "会议每年举行一次。|代表任期五年 57|大会选举主席团。|主席团主持会议。",
    ),
    "wide gaps are of a table": (
        "各科室床位如下。|心血管内科|床位四十张|神经外科|床位三十张|其余从略。",
        "各科室床位如下。|心血管内科    床位四十张|神经外科    床位三十张|其余从略。",
    ),
    "a torn layer": (
        "１|９|９|４|年|１|０|月|１|日起施行。|其余从略。",
        "１９９４年１０月１日起施行。|其余从略。",
    ),
}
TOGETHER = {
    "a command": (
        "提交时运行gitcommit命令。|说明写在后面。",
        "提交时运行 git commit 命令。|说明写在后面。",
        "提交时运行git commit命令。|说明写在后面。",
    ),
    "a title in English": (
        "本书译自TheArtofWar一书。",
        "本书译自The Art of War一书。",
        "本书译自The Art of War一书。",
    ),
    "a number and its unit": (
        "内存不少于16GB，硬盘不限。",
        "内存不少于16 GB，硬盘不限。",
        "内存不少于16 GB，硬盘不限。",
    ),
    "a page number behind a leader": (
        "第一章 总则......1|第二章 罚则......12",
        "第一章 总则...... 1|第二章 罚则...... 12",
        "第一章 总则...... 1|第二章 罚则...... 12",
    ),
    "a leader and a heading": (
        "第一章总则......1|第二章罚则......12",
        "第一章 总则 ...... 1|第二章 罚则 ...... 12",
        "第一章 总则 ...... 1|第二章 罚则 ...... 12",
    ),
    "an article": (
        "第五条国家维护社会主义法制的统一和尊严。",
        "第五条 国家维护社会主义法制的统一和尊严。",
        "第五条 国家维护社会主义法制的统一和尊严。",
    ),
    "a page number between dashes": (
        "代表任期五年。|—12—|大会选举主席团。",
        "代表任期五年。|— 12 —|大会选举主席团。",
        "代表任期五年。|— 12 —|大会选举主席团。",
    ),
    "a slash beside a number": (
        "页码：3/12，共十二页。",
        "页码：3 / 12，共十二页。",
        "页码：3 / 12，共十二页。",
    ),
}
KEPT_TOGETHER = {
    "the witness sees spaces at marks": (
        "运行gitcommit命令，提交修改，再推送。",
        "运行 git commit 命令 ，提交修改 ，再推送。",
    ),
    "ideographs": ("全国人民代表大会会议每年举行一次。", "全国人民 代表大会会议每年 举行一次。"),
    "an article that is spoken of": (
        "违反本法第五条规定的，责令改正。",
        "违反本法第五条 规定的，责令改正。",
    ),
    "an item": ("一、国家维护法制的统一。", "一、 国家维护法制的统一。"),
    "years between dashes": ("生平（1881—1936）从略。", "生平（1881— 1936）从略。"),
    "an ideograph and Latin": ("用Git提交修改的内容。", "用 Git 提交修改的内容。"),
    "a clause's number": ("按照4.2.1的规定执行。", "按照4. 2. 1的规定执行。"),
    "a hyphen": ("见GB/T 15835-1995的规定。", "见GB/T 15835 -1995的规定。"),
    "more than one space": ("用户运行gitcommit命令。", "用户运行git   commit命令。"),
    "a line break": ("用户运行gitcommit命令，提交。", "用户运行git|commit命令，提交。"),
    "the base has the space": ("用户运行git commit命令。", "用户运行gitcommit命令。"),
}


def merged(one: str, two: str, rule: str) -> str:
    """A reading with what the rule changes for the sake of a witness; both ways are reverted."""
    readings = {"base": one.replace("|", "\n"), "witness": two.replace("|", "\n")}
    done = consensus(readings, Config(tier="suggested", select=(rule,)), base="base")
    assert done.revert() == readings["base"]
    assert {edit.rule for edit in done.edits} <= {rule}
    for char, sources in zip(done.text, done.sources, strict=True):
        assert sources
        assert all(readings[source.reading][source.offset] == char for source in sources)
    return done.text.replace("\n", "|")


@pytest.mark.parametrize(("one", "two", "after"), BROKEN.values(), ids=BROKEN)
def test_a_break_within_what_a_witness_has_in_one_line_goes(one: str, two: str, after: str) -> None:
    assert merged(one, two, "N008") == after
    assert merged(after, two, "N008") == after


@pytest.mark.parametrize(("one", "two"), KEPT_BREAKS.values(), ids=KEPT_BREAKS)
def test_a_break_that_may_be_the_writers_stays(one: str, two: str) -> None:
    assert merged(one, two, "N008") == one


@pytest.mark.parametrize(("one", "two", "after"), BROKEN.values(), ids=BROKEN)
def test_no_break_comes_in_by_one_witness(one: str, two: str, after: str) -> None:
    assert merged(two, one, "N008") == two


@pytest.mark.parametrize(("one", "two", "after"), TOGETHER.values(), ids=TOGETHER)
def test_words_that_a_witness_has_apart_are_set_apart(one: str, two: str, after: str) -> None:
    assert merged(one, two, "N009") == after
    assert merged(after, two, "N009") == after


@pytest.mark.parametrize(("one", "two"), KEPT_TOGETHER.values(), ids=KEPT_TOGETHER)
def test_other_spaces_of_a_witness_are_not_put_in(one: str, two: str) -> None:
    assert merged(one, two, "N009") == one


@pytest.mark.parametrize(("one", "two", "after"), TOGETHER.values(), ids=TOGETHER)
def test_no_space_goes_by_one_witness(one: str, two: str, after: str) -> None:
    assert merged(two, one, "N009") == two


@given(
    st.lists(
        st.sampled_from(["物的有用性", "git", "log", "12", "。", "，", " ", "\n", "/", "..."]),
        max_size=12,
    ),
    st.lists(st.sampled_from([" ", "\n", ""]), min_size=12, max_size=12),
)
def test_only_spaces_and_breaks_change(pieces: list[str], gaps: list[str]) -> None:
    one = "".join(pieces)
    two = "".join(piece + gap for piece, gap in zip(pieces, gaps, strict=False))
    done = consensus(
        {"base": one, "witness": two},
        Config(tier="suggested", select=("N008", "N009")),
        base="base",
    )
    assert "".join(done.text.split()) == "".join(one.split())
    assert done.revert() == one
