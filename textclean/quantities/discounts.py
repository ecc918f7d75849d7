"""对折, half price: a discount, where paper and screens are folded by the same word."""

from __future__ import annotations

from textclean.text.patterns import pattern

_OF_PRICE = pattern("打[了个過过]?个?\\Z")
_TRADE_BEHIND = pattern("[对對]折(?:处理|优惠|出售|销售|促销|酬宾|甩卖|[卖出])")
# In the same clause before 对折 at its end: 第二件对折, 一律对折.
_TRADE_BEFORE = pattern(
    "(?:[件票价店客购买卖餐]|一律|全场|优惠|促销|商品|淡季|会员)[^，。；！？\\n]{0,8}\\Z"
)
_FOLDED = pattern("[纸布屏衣被叠页线腰膜]")
_CLAUSE_END = frozenset("，。；！？、）\n")
_REACH = 12


def is_half_price(text: str, at: int) -> bool:
    """Whether the 对折 at `at` is a price, and nothing is folded."""
    low = max(0, at - _REACH)
    if _OF_PRICE.search(text, low, at) or _TRADE_BEHIND.match(text, at):
        return True
    if at + 2 < len(text) and text[at + 2] not in _CLAUSE_END:
        return False
    return bool(_TRADE_BEFORE.search(text, low, at)) and not _FOLDED.search(text, low, at)
