"""What the label or the office before a mask says of its value, and the name's end behind it.

``联系电话：`` has a telephone number behind it, ``原告`` and ``证人`` a person, and ``公司`` ends
the name of an organisation, whatever the mask looks like.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textclean.placeholders.placeholder import PlaceholderType as Type
from textclean.text.classes import SPACE_CLASS
from textclean.text.patterns import pattern

if TYPE_CHECKING:
    import re

#: Parties and other persons of a case or a form, by what they are called directly before a name.
PARTY = (
    r"(?:(?:[一二再]审)?(?:原告|被告)人?|(?:被)?上诉人|(?:再审|被)*申请人|(?:被)?申诉人|(?:被)?执行人|第三人|证人|被害人|受害人|"
    r"嫌疑人|罪犯|死者|伤者|患者|患儿|代理人|代表人|辩护人|法定代表人|负责人|监护人|继承人|担保人|借款人|出借人|鉴定人|烈士|村民|民警|股东|"
    r"联系人|经办人|收件人|寄件人|申报人|委托人|受托人|被保险人|投保人|公诉人|检察员|审\s*判\s*[长员]|陪审员|书\s*记\s*员|法官助理|"
    r"[甲乙丙]方代表|户主|业主|客户|案外人|同案人|被调查人|当事人|违法行为人|肇事者|投诉人|报案人|举报人|尊敬的|亲爱的)"
)
PARTY_BEFORE = pattern(rf"{PARTY}[）)]?[：:]?[{SPACE_CLASS}]*\Z")
#: How the name of an organisation ends.
ORGANISATION = (
    r"(?:公司|集团|银行|支行|分行|信用社|合作社|事务所|律所|商行|经营部|门市部|工作室|酒店|宾馆|饭店|超市|商场|工厂|厂(?![房长家])"
    r"|保险|企业|基金会|协会|委员会)"
)
ORGANISATION_BEHIND = pattern(
    r"(?:[\u4e00-\u9fff]{0,10}(?:有限(?:责任)?公司|股份公司)|[\u4e00-\u9fff]{0,4}"
    rf"(?:律师事务所|会计师事务所)|(?:(?![的与和及])[\u4e00-\u9fff]){{0,2}}{ORGANISATION})"
)
#: Between a name and these stands nothing: 先生, 同志, 犯盗窃罪.
TITLE_BEHIND = pattern(
    r"先生|女士|小姐|同志|老师|医生|律师|同学|阿姨|师傅|大爷|大妈|诉称|辩称|述称|供述|证言|诉(?!讼)|犯|到案|(?:，|,)(?:男|女)[，,。、]"
)
_LABELS = (
    (
        Type.ID,
        r"(?:身份证|身份证件|护照|通行证|居住证)(?:号码?|编号|明号码?)?|ID(?:号码?)?|(?:公民身份|证件|统一社会信用)(?:号码?|代码)",
    ),
    (
        Type.PHONE,
        r"(?:联系|办公|家庭|公司|单位|紧急联系|移动|固定)?(?:电话|手机|座机|传真)(?:号码?)?|联系方式|手机尾号|微信(?:同号|号)?",
    ),
    (
        Type.CODE,
        r"(?:合同|文件|发票|项目|订单|档案|案件|登记|资格证?|执业证?|许可证|营业执照|车牌|银行卡|卡|证书?|账户?|帐户?|"
        r"银行账户?|文|学|工|批|编)(?:编号|号码?)|发文字号|税号|尾号|[账帐]户|案号|编号|账号|帐号|邮(?:政)?编(?:码)?|电子邮[箱件]|邮箱|QQ号?|"
        r"序列号|型号|代码",
    ),
    (
        Type.ORGANISATION,
        r"(?:公司|单位|企业|机构|组织|工作单位|开户|收款单位|供应商|投标人|招标人|所在单位|用人单位|建设单位|施工单位)(?:名称|全称)"
        r"|工作单位|所在单位|用人单位|建设单位|施工单位|监理单位|收款单位|付款单位|开户行|开户银行|学校|毕业院校",
    ),
    (
        Type.PLACE,
        r"(?:(?:通讯|通信|联系|家庭|注册|办公|详细|户籍|送达|收货|现|公司|经常居住|单位|居住)?(?:地址|住址|住所)|住所地|籍贯|户籍地?|"
        r"户籍所在地|经常居住地|出生地|签订地点?|交货地点|地点|坐落|座落|房屋坐落|现住|住|家住|位于)",
    ),
    (Type.ETHNICITY, r"民族"),
    (Type.AGE, r"年龄|周岁"),
    (
        Type.YEAR_MONTH_DAY,
        r"(?:(?:签订|签署|签约|出生|填表|申请|落款|生效|起始|开工|竣工|交付|入职|到期|出具|开具|提交)?(?:日期|时间)|出生年月日?|生日|自)",
    ),
    (
        Type.MONEY,
        r"(?:总|合同|交易|借款|贷款|赔偿|违约|投资|货款)?(?:金额|价款|总价|单价|价格|总额|租金|押金|定金|工资|月薪|费用|合计|注册资本|资本)"
        r"(?:[（(](?:大写|小写|人民币)[）)])?|(?:人民币)?[（(]?[大小]写[）)]?|人民币",
    ),
    (Type.QUANTITY, r"数量|面积|人数|重量"),
    (
        Type.PERSON,
        r"(?:[甲乙丙双]方)?(?:法定代表人|负责人|代表|经办人|授权代表|委托代理人|联系人)|(?:学生|客户|患者|员工|家长|用户|申请人|收款人)?姓名"
        r"|户名|(?:客户)?经理|班主任|辅导员|导师|主治医生|曾用名|监护人|签名|签字|签字人|填表人|审核人|审批人|制表人|记录人|主持人|收件人|寄件人|业主|家长|性名|称呼",
    ),
)
# Behind a label: 为, 是, a colon, the note in brackets of a form, a bar of a table.
_LABEL = pattern(
    "(?:"
    + "|".join(f"(?P<t{at}>{words})" for at, (_, words) in enumerate(_LABELS))
    + rf")(?:[（(][^（）()\n]{{1,8}}[）)])?[为是]?[{SPACE_CLASS}]*[：:|｜]?[{SPACE_CLASS}|]*\Z"
)
_PARTY_LABEL = pattern(
    rf"(?:{PARTY}|[\u4e00-\u9fff]{{1,3}}[人员](?=[：:]))(?:[（(][^（）()\n]{{1,8}}[）)])?[{SPACE_CLASS}]*[：:]?[{SPACE_CLASS}|]*\Z"
)
#: So far back a label may begin.
_REACH = 24


def labelled(text: str, start: int) -> Type | None:
    """The type of what stands at `start` by the label of its field before it, if there is one."""
    left = text[max(0, start - _REACH) : start].rsplit("\n", 1)[-1]
    match: re.Match[str] | None = _LABEL.search(left)
    if match is not None:
        return next(kind for at, (kind, _) in enumerate(_LABELS) if match[f"t{at}"] is not None)
    return Type.PERSON if _PARTY_LABEL.search(left) else None


#: A field with a colon before its blank, whatever it is called.
COLON_BEFORE = pattern(rf"[\w）)】》”][{SPACE_CLASS}]*[：:][{SPACE_CLASS}]*\Z")
#: The words by which a value is named in its place, by type.
_TAGS = {
    Type.PERSON: (
        "姓名|名字|人名|联系人|客户姓名|用户名|用户姓名|收件人|当事人|原告|被告|患者|被告人"
        "|name|username|user_name|fullname|full_name|customer|customer_name|client_name"
        "|manager|agent|teacher|student|person|per|user|patient|patient_name"
    ),
    Type.PLACE: (
        "地址|住址|地名|地点|城市|省份|住所|家庭住址|详细地址|所在地|address|addr|city"
        "|province|location|loc|gpe|place"
    ),
    Type.ORGANISATION: (
        "公司|公司名|公司名称|单位|单位名称|机构|机构名|机构名称|组织|企业名称|学校|医院|银行"
        "|company|company_name|org|organization|organisation"
    ),
    Type.PHONE: (
        "电话|手机|手机号|手机号码|电话号码|联系电话|联系方式|phone|phone_number|tel"
        "|telephone|mobile"
    ),
    Type.ID: (
        "身份证|身份证号|身份证号码|证件号|证件号码|护照号|id_card|id_number|idcard|id_no|id"
    ),
    Type.CODE: (
        "银行卡|银行卡号|卡号|账号|车牌|车牌号|编号|合同编号|订单号|案号|邮箱|电子邮箱"
        "|order_no|order_id|order_number|contract_no|account|card|bank_card|email"
        "|email_address|email-address|plate|url|ip"
    ),
    Type.YEAR_MONTH_DAY: (
        "日期|时间|出生日期|签订日期|年月日|date|date_time|datetime|time|birthday|sign_date"
    ),
    Type.MONEY: "金额|价格|总价|租金|工资|money|amount|balance|price|total|total_amount",
    Type.AGE: "年龄|age",
    Type.QUANTITY: "数量|人数|count|quantity|number|num",
    Type.ETHNICITY: "民族|nrp",
    Type.UNKNOWN: (
        "甲方|乙方|甲方名称|乙方名称"
        "|隐私|已隐去|隐去|略去姓名|已脱敏|脱敏|删除|涉密|redacted|masked"
    ),
}
_BY_TAG = {word: kind for kind, words in _TAGS.items() for word in words.split("|")}
#: Those in Chinese, longest first.
CHINESE_TAGS = sorted((word for word in _BY_TAG if not word.isascii()), key=lambda word: -len(word))
_COMPOUND = pattern(
    "[\u4e00-\u9fff]{1,4}(姓名|公司名称|单位名称|地址|住址|电话|手机号|手机号码|身份证号|身份证号码|日期|金额|账号|编号)"
)


_HIDDEN = pattern("([\u4e00-\u9fff]{2,6}?)已?(?:隐去|略去|脱敏)")


def tagged(word: str) -> Type | None:
    """The type of the value whose name stands in its place: 姓名, PERSON_1, customer_name."""
    kind = _BY_TAG.get(word) or _BY_TAG.get(word.lower().rsplit(".", 1)[-1])
    if kind is None and (match := _COMPOUND.fullmatch(word)):
        kind = _BY_TAG[match[1]]  # 当事人姓名
    if kind is None and (match := _HIDDEN.fullmatch(word)):
        return tagged(match[1])  # 姓名隐去
    return kind
