"""Rules of the user's own and of plug-ins: what they may do, and what is refused when they load."""

from __future__ import annotations

import dataclasses
import pickle
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from textclean import Config, ConfigError, Tier, check, clean, clean_many
from textclean.errors import MissingExtraError, RuleError

pytest.importorskip("regex", reason="needs the extra [rules]")

LOGIN = {
    "code": "U001",
    "name": "login",
    "pattern": "登陆(?=网站|账号|系统)",
    "replacement": "登录",
    "reason": "One logs in to a site (登录); 登陆 is for ships.",
    "reason-zh": "进入系统用“登录”，“登陆”指上岸。",
    "tier": "safe",
    "examples": [["请登陆系统", "请登录系统"], {"before": "登陆账号", "after": "登录账号"}],
    "counter-examples": ["台风在浙江登陆", "登录系统"],
}
TODO = {
    "code": "U002", "pattern": r"待补|TODO", "reason": "Something is missing.",
    "examples": [["此处待补。", "待补"]],
}  # fmt: skip


def own(*rules: dict[str, Any], **more: Any) -> Config:
    return Config(rule=rules, **more)


def test_a_rule_of_ones_own_repairs_and_is_undone() -> None:
    text = "用户登陆系统后,可登陆网站。台风登陆。"
    done = clean(text, own(LOGIN))
    assert done.text == "用户登录系统后，可登录网站。台风登陆。"
    assert [edit.rule for edit in done.edits] == ["U001", "P001", "U001"]
    assert done.revert() == text
    assert clean(done.text, own(LOGIN)).text == done.text
    assert clean(text).text == "用户登陆系统后，可登陆网站。台风登陆。"


@pytest.mark.parametrize(
    "text",
    [
        "`登陆系统`",
        "```\n登陆系统\n```\n",
        "<!-- textclean: off -->\n登陆系统\n<!-- textclean: on -->",
        "登陆系统 <!-- textclean: off-line U001 -->",
        "见 https://example.org/登陆系统 。",
    ],
)
def test_protected_text_is_left_alone(text: str) -> None:
    assert "登陆系统" in clean(text, own(LOGIN)).text


def test_a_switch_for_it_is_known_and_for_another_is_not() -> None:
    text = "登陆系统 <!-- textclean: off-line U001 -->"
    assert check(text, own(LOGIN)) == []
    assert [edit.rule for edit in check(text.replace("U001", "U009"), own(LOGIN, select="C,U"))]


def test_it_is_chosen_like_any_other() -> None:
    text = "登陆系统,好"
    assert clean(text, own(LOGIN, select="u001")).text == "登录系统,好"
    assert clean(text, own(LOGIN, select="login")).text == "登录系统,好"
    assert clean(text, own(LOGIN, ignore="U")).text == "登陆系统，好"
    by_default = {**LOGIN, "tier": "suggested"}
    assert clean(text, own(by_default)).text == "登陆系统，好"
    assert clean(text, own(by_default, tier="suggested")).text == "登录系统，好"
    assert clean(text, own(by_default, tiers={"U": "safe"})).text == "登录系统，好"


def test_without_a_replacement_it_only_reports() -> None:
    [found] = check("此处待补。", own(TODO, tier="suggested"))
    assert (found.before, found.after, found.tier) == ("待补", "待补", Tier.REPORT)


def test_groups_of_the_pattern_can_be_replaced() -> None:
    rule = {
        **LOGIN, "pattern": r"(?P<a>\d+)\s?公里/小时", "replacement": r"每小时\g<a>公里",
        "examples": [["60公里/小时", "每小时60公里"]], "counter-examples": [],
    }  # fmt: skip
    assert clean("限速80 公里/小时。", own(rule)).text == "限速每小时80公里。"


def test_results_are_the_same_in_other_processes() -> None:
    texts = ["登陆系统,好", "台风登陆", "登陆网站"] * 20
    here = list(clean_many(texts, own(LOGIN)))
    assert list(clean_many(texts, own(LOGIN), workers=2)) == here
    assert pickle.loads(pickle.dumps(here)) == here


@given(st.text(alphabet="登陆录系统,，。`\n a", max_size=60))
def test_the_promises_hold_for_it(text: str) -> None:
    config = own(LOGIN, tier="suggested")
    done = clean(text, config)
    assert done.revert() == text
    assert clean(done.text, config).text == done.text


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"code": "P001"}, "code: expected U and three digits"),
        ({"pattern": "("}, "U001: pattern: "),
        ({"pattern": ""}, "U001: pattern: expected a string"),
        ({"replacement": r"\3"}, "U001: replacement .* no such group"),
        ({"name": "Log In"}, "U001: name: "),
        ({"name": "fullwidth-comma"}, "code or name is taken"),
        ({"tier": "sure"}, "U001: tier: 'sure'"),
        ({"examples": []}, "U001: examples: at least one"),
        ({"examples": ["登陆系统"]}, "U001: examples: expected pairs"),
        ({"examples": [["登陆系统", "登陆系统"]]}, "U001: example .*: expected '登陆系统'"),
        ({"examples": [["台风", "台风"]]}, "U001: example .*: nothing changes"),
        ({"counter-examples": ["登陆网站"]}, "U001: counter-example .*: something is found"),
        ({"patern": "a"}, "U001: unknown key 'patern'; did you mean 'pattern'"),
        (
            {"pattern": "录", "replacement": "录录", "examples": [["录", "录录"]]},
            "changed again, without end",
        ),
    ],
)
def test_what_does_not_hold_is_refused_by_name(change: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        clean("甲", own({**LOGIN, **change}))


def test_what_is_missing_is_named() -> None:
    with pytest.raises(ConfigError, match="rule U001: reason is missing"):
        own({key: value for key, value in LOGIN.items() if key != "reason"})
    with pytest.raises(ConfigError, match="the code U001 is given twice"):
        own(LOGIN, LOGIN)


def test_a_pattern_that_takes_too_long_is_an_error_that_names_it() -> None:
    slow = {
        **LOGIN, "pattern": r"(?m)^(?:(a|aa)+)\1c$", "replacement": "d",
        "examples": [["aaac", "d"]], "counter-examples": [],
    }  # fmt: skip
    with pytest.raises(RuleError, match="rule U001: the pattern took more than"):
        clean("a" * 60, own(slow))


def test_without_the_package_the_error_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "regex", None)
    with pytest.raises(MissingExtraError, match=r"textclean-zh\[rules\]"):
        clean("甲", own({**LOGIN, "code": "U777"}))
    assert clean("甲,乙").text == "甲，乙"


def test_a_text_that_would_grow_without_end_stays_as_it_is() -> None:
    """The example settles, and a text unlike it does not: in doubt, nothing is done."""
    grows = {
        **LOGIN, "pattern": "甲(?=.*丁)|乙", "replacement": "甲甲", "examples": [["乙", "甲甲"]],
        "counter-examples": ["甲"],
    }  # fmt: skip
    assert clean("乙", own(grows)).text == "甲甲"
    assert clean("甲,丁", own(grows)).text == "甲,丁"


# Plug-ins

PLUGIN = '''
from textclean.engine.rule import Proposal, View, define, occurrences
from textclean.text.edit import Tier

@define("H001", Tier.SAFE, trigger="园區", reason="We write 园区.", reason_zh="应作“园区”。",
        examples=[("科技园區", "科技园区")], counter_examples=["园区"])
def house_word(view):
    """A word of the house."""
    for at in occurrences(view.text, "园區"):
        yield Proposal(at, at + 2, "园区", "a word of the house")
'''


@pytest.fixture
def installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is imported from, with an installed package whose entry point is a plug-in."""
    (tmp_path / "house_rules.py").write_text(PLUGIN, encoding="utf-8")
    info = tmp_path / "house_rules-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: house-rules\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text("[textclean.rules]\nhouse = house_rules\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.delitem(sys.modules, "house_rules", raising=False)
    return tmp_path


@pytest.mark.usefixtures("installed")
def test_a_plug_in_runs_where_it_is_asked_for() -> None:
    text = "高新园區,好"
    config = Config(plugins="house", ignore="T")
    assert clean(text, ignore="T").text == "高新园區，好"
    assert clean(text, config).text == "高新园区，好"
    assert clean(text, dataclasses.replace(config, select="house-word")).text == "高新园区,好"
    [done] = clean_many([text], config, workers=2)
    assert done.text == "高新园区，好"


@pytest.mark.usefixtures("installed")
def test_a_plug_in_that_is_not_there_is_named_with_those_that_are() -> None:
    with pytest.raises(ConfigError, match=r"'home' is not installed \(installed: house\)"):
        clean("甲", plugins=["home"])


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"H001"', '"P001"', "P001: codes of plug-ins are a letter that is not used"),
        ('"科技园区")', '"科技园")', "rule H001: example"),
        ("from textclean", "from nothing_of_that_name", "'house' does not load"),
        ("@define", "import math\n#", "'house'"),
    ],
)
def test_a_plug_in_that_does_not_hold_is_refused(
    installed: Path, old: str, new: str, message: str
) -> None:
    from textclean.rules import others

    others._rules_with.cache_clear()
    (installed / "house_rules.py").write_text(PLUGIN.replace(old, new), encoding="utf-8")
    with pytest.raises(ConfigError, match=message):
        clean("甲", plugins="house", tier="suggested")
