"""What a witness is believed, and what not."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tables import cases
from textclean.placeholders import redact, restore

WHOLE = (
    "2021年，三明市卫生健康委员会认真贯彻落实上级部署，全市新增床位1234张，增长5.6%，"
    "培训医务人员1.2万人次，居民健康素养水平达到23.4%，群众满意度居福建省前列。"
)
REDACTED = (
    "xxxx年，xx市卫生健康委员会认真贯彻落实上级部署，全市新增床位xxxx张，增长x.x%，"
    "培训医务人员x.x万人次，居民健康素养水平达到xx.x%，群众满意度居xx省前列。"
)


def evidence(text: str, *witnesses: str) -> list[str]:
    return [edit.evidence for edit in restore(text, witnesses=witnesses).suggestions]


def test_a_copy_gives_every_value_back_and_says_which_witness_it_was():
    done = restore(REDACTED, witnesses=["另一篇完全无关的文字。", WHOLE])
    assert done.text == WHOLE
    assert all("witness 2" in edit.evidence for edit in done.edits)
    assert done.revert() == REDACTED


def test_marks_that_the_copy_lost_are_the_mask_s_own():
    bare = "".join(char for char in WHOLE if char.isalnum())
    assert restore(REDACTED, witnesses=[bare]).text == WHOLE


def test_what_the_redactor_ate_comes_back_with_the_value():
    text = (
        "截至xxxxx月底，全市共派出xxx名医护人员驰援xxxx等地，圆满完成支援任务，得到受援地区肯定。"
    )
    whole = (
        "截至2020年4月底，全市共派出138名医护人员驰援湖北、北京等地，圆满完成支援任务，"
        "得到受援地区肯定。"
    )
    assert restore(text, witnesses=[whole]).text == whole


@pytest.mark.parametrize(
    ("misread", "run"), [("20引1", "xxxx"), ("2021", "xx"), ("1Z34", "xxxx"), ("二0二一", "xxxx")]
)
def test_a_value_that_lacks_the_form_of_the_mask_fills_nothing(misread, run):
    text = f"认真贯彻落实上级部署要求，全市新增床位{run}张，群众满意度明显提高。"
    witness = text.replace(run, misread)
    assert restore(text, witnesses=[witness]).text == text


def test_a_name_that_nothing_else_attests_fills_nothing():
    assert "三朋" in " ".join(evidence(REDACTED, WHOLE.replace("三明", "三朋")))
    assert restore(REDACTED, witnesses=[WHOLE.replace("三明", "三朋")]).text == (
        WHOLE.replace("三明", "xx")
    )


def test_two_witnesses_attest_a_name_to_each_other():
    text = REDACTED.replace("xx市卫生", "市长xx在卫生")
    one = WHOLE.replace("三明市卫生", "市长王晓明在卫生")
    assert "王晓明" not in restore(text, witnesses=[one]).text
    assert restore(text, witnesses=[one, one.replace("认真", "任真")]).text == one
    without = restore(text, witnesses=[one, one.replace("认真", "任真")], persons=False)
    assert "市长xx在" in without.text


def test_witnesses_that_disagree_fill_nothing():
    done = restore(REDACTED, witnesses=[WHOLE, WHOLE.replace("1234", "1243")])
    assert done.text == WHOLE.replace("1234", "xxxx")
    assert any("disagree" in edit.evidence for edit in done.suggestions)


@pytest.mark.parametrize(
    "twin",
    [
        # another event by a word, a number, a season, an ending, a length of value
        WHOLE.replace("卫生健康委员会", "教育局党委").replace("2021", "2019"),
        WHOLE.replace("上级部署", "秋季防控部署").replace("1234", "4321"),
        WHOLE.replace("群众满意度居福建省前列", "安全生产形势总体保持平稳").replace("1234", "4321"),
        WHOLE.replace("1234", "43210").replace("2021", "2019"),
    ],
)
def test_a_template_twin_is_believed_in_nothing(twin):
    assert restore(REDACTED, witnesses=[twin]).text == REDACTED
    assert "another event" in " ".join(evidence(REDACTED, twin))


@cases
def test_news_of_another_day_in_the_same_words_fills_nothing(text: str, twin: str):
    assert restore(text, witnesses=[twin]).text == text


def test_a_stop_at_the_end_comes_only_from_a_witness_that_has_it():
    text = "持续提升基层服务能力，全市医疗机构药物配置率达到xx.x%\n\n下一段共有xx家医院。"
    with_stop = text.replace("xx.x%", "98.7%。")
    without = text.replace("xx.x%", "98.7%")
    assert restore(text, witnesses=[with_stop]).text == with_stop
    assert restore(text, witnesses=[without]).text == without


def test_too_few_words_prove_nothing():
    assert restore("共xx家。", witnesses=["共12家。"]).text == "共xx家。"


def test_a_list_of_names_is_parted_by_the_gazetteer_where_marks_are_lost():
    text = "比赛将在xx、xx、xx三地举行，组委会已完成各项筹备工作，场馆全部竣工。"
    whole = "比赛将在宁波、温州、金华三地举行，组委会已完成各项筹备工作，场馆全部竣工。"
    assert restore(text, witnesses=[whole.replace("、", "")]).text == whole


def test_a_line_of_the_witness_may_be_broken_anywhere():
    broken = WHOLE[:23] + "\n" + WHOLE[23:51] + "\n" + WHOLE[51:]
    assert restore(REDACTED, witnesses=[broken]).text == WHOLE


NOTICE = "截至昨日xx时，累计报告确诊病例xxxx例，当日新增xx例；累计治愈出院病例xxx例。"
NOTICED = "截至昨日24时，累计报告确诊病例1234例，当日新增12例；累计治愈出院病例987例。"
STORY = (
    "凌晨三点，护士长把最后一箱退烧贴搬上三轮摩托，沿着塌方的盘山路往雾里的苗寨赶。\n",
    "村口的老木匠连夜削了四十副担架杆，堆在祠堂的屋檐下等着医疗队来取。\n",
)


def test_a_notice_in_the_words_of_every_day_proves_nothing():
    assert restore(NOTICE, witnesses=[NOTICED]).text == NOTICE
    assert "of many events" in " ".join(evidence(NOTICE, NOTICED))


def test_what_stands_beside_a_notice_says_which_day_it_was():
    text, whole = NOTICE.join(STORY), NOTICED.join(STORY)
    assert restore(text, witnesses=[whole]).text == whole


def test_another_event_in_one_line_is_another_event_in_all():
    text = f"{REDACTED}\n今年6月18日，代表团在庆元县考察了香菇种植和廊桥修缮。"
    twin = f"{WHOLE}\n今年9月27日，代表团在庆元县考察了香菇种植和廊桥修缮。"
    assert restore(text, witnesses=[twin]).text == text
    same = f"{WHOLE}\n今年6月18日，代表团在庆元县考察了香菇种植和廊桥修缮。"
    assert restore(text, witnesses=[same]).text == same


@cases
def test_what_differs_right_beside_a_slot_tells_of_another_event(known: str, other: str):
    text = f"潜艇官兵把缆绳一圈圈盘在甲板上，随后{known}xx两路分头出发，沿途共补给xx次淡水。"
    whole = text.replace("xx", "12", 1).replace("xx", "34")
    assert restore(text, witnesses=[whole]).text == whole
    assert restore(text, witnesses=[whole.replace(known, other)]).text == text


def test_a_copy_may_have_lost_its_line_breaks_or_have_them_elsewhere():
    text = "\n".join(
        (REDACTED, STORY[0].strip(), REDACTED.replace("新增", "新建"), STORY[1].strip())
    )
    whole = "\n".join((WHOLE, STORY[0].strip(), WHOLE.replace("新增", "新建"), STORY[1].strip()))
    bare = "".join(char for char in whole if char.isalnum())
    assert restore(text, witnesses=[bare]).text == whole
    wrapped = "\n".join(bare[at : at + 30] for at in range(0, len(bare), 30))
    assert restore(text, witnesses=[wrapped]).text == whole


def test_characters_too_many_or_too_few_that_break_words_are_damage():
    damaged = WHOLE.replace("认真贯彻", "认真艹贯彻").replace("满意度", "满度").replace("，", "")
    assert restore(REDACTED, witnesses=[damaged]).text == WHOLE


def test_a_value_keeps_the_spaces_that_its_mask_has():
    text = REDACTED.replace("xx.x%", "xx. x%").replace("xxxx张", "x x x x张")
    whole = WHOLE.replace("23.4%", "23. 4%").replace("1234张", "1 2 3 4张")
    assert restore(text, witnesses=[WHOLE]).text == whole


def test_a_copy_without_marks_does_not_say_whether_names_in_a_row_are_a_list():
    text = "苗木嫁接后浇透定根水，随车发往xxxx港，由值班员在堤上逐一清点并覆上遮阳网。"
    bare = text.replace("xxxx", "宁波舟山").replace("，", "").replace("。", "")
    assert restore(text, witnesses=[bare]).text == text
    whole = text.replace("xxxx", "宁波舟山")
    assert restore(text, witnesses=[whole]).text == whole


@given(st.integers(0, 10_000), st.floats(0, 0.05))
def test_single_misread_characters_never_make_a_wrong_number(seed, rate):
    rng = random.Random(seed)
    noisy = "".join(
        rng.choice("的一是了我不人在他有这个上们来到时大地为") if rng.random() < rate else char
        for char in WHOLE
    )
    redacted = redact(WHOLE)
    at = {secret.start: secret.value for secret in redacted.vault}
    for edit in restore(redacted.text, witnesses=[noisy]).edits:
        assert edit.after == at[edit.start]


@given(st.text(max_size=60), st.lists(st.text(max_size=60), max_size=3))
def test_any_text_takes_any_witness(text, witnesses):
    done = restore(text, witnesses=witnesses)
    assert done.revert() == text
