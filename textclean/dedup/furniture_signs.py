"""Signs that a line belongs to the page that a text stood on, and not to the text: navigation,
copyright, contact, calls to scan and share, advertisements, who made it.

How many documents have a line does not say that: 附则, 民事判决书 and 各位代表 are in hundreds of
them, and mean something in each. So a line needs a sign, or must stand where only such lines do
(`boilerplate`). The words are those that sites and public accounts use; they were read against the
lines that documents share in laws, reports, news, features of the health sector, translated
articles and newsletters.
"""

from __future__ import annotations

from enum import Enum, auto

from textclean.text.patterns import pattern

#: Words of menus. One of them among the items makes a menu of items between separators.
_MENU = (
    "首页|主页|新闻中心|新闻|资讯|频道|论坛|博客|视频|专题|图片|关于我们|联系我们|联系方式|网站地图"
    "|意见反馈|留言|帮助中心|登录|注册|搜索|返回|正文|更多|手机版|客户端|招聘|加入我们|广告服务|法律声明"
)
_SEPARATOR = r"[>＞›»|｜│丨]{1,2}+"
_ITEM = r"[^>＞›»|｜│丨·•/，。；：:！？\n]{1,14}+"

#: What a page is framed by: beyond it nothing of the text comes.
FRAME = pattern(
    r"^(?:当前|您的?|您?现在的?|您?所在的?|你的?)位置[ ]?[：:>＞]"
    rf"|^(?=.*?(?:{_MENU})){_ITEM}(?:{_SEPARATOR}{_ITEM})++$"
    # A dot or a stroke may stand in a headline, too.
    rf"|^(?=.*?(?:{_MENU})){_ITEM}(?:[·•/]{_ITEM}){{2,}}+$"
    rf"|^(?:{_MENU})(?:[ \t\u3000]+(?:{_MENU})){{2,}}"
    r"|^站内导航[：:]"
    r"|版权所有|版权归.{1,20}所有|^版权声明[：: ]"
    r"|(?i:copyright ?(?:©|\(c\)|\d{4})|all rights reserved)"
    r"|^©|(?:未经|未获).{0,16}(?:许可|授权|同意|允许)，?[^，。]{0,8}(?:不得|禁止|严禁|谢绝|请勿)"
    r".{0,12}(?:转载|复制|使用|镜像|摘编|链接|传播)"
    r"|(?:禁止|严禁|谢绝)(?:任何形式的?)?转载"
    r"|ICP[备证]|公网安备|(?:备案|许可证)(?:编号|号)[：: ]?|增值电信业务经营许可"
    r"|(?:违法|不良|虚假).{0,8}信息举报|(?:举报|客服|投稿|广告)(?:电话|热线|邮箱)[：: ]?[\d\w]"
    r"|^免责声明[：: ].|^(?:关于|联系)我们$|设为首页|加入收藏|网站标识码|(?i:powered by )"
    r"|(?:广告经营|出版物经营)许可证[：: ]?|技术支持[：:]|网站地图|无障碍(?:阅读|浏览)"
    r"|China Academic Journal|^欢迎(?:访问|光临).{0,24}网"
)
#: What else is no part of a text.
SIGN = pattern(
    r"扫(?:描|码|一扫).{0,14}(?:二维码|关注|领取|下载|订阅|加入|进群|参与)|长按.{0,10}二维码"
    r"|关注.{0,16}(?:公众号|官方微信|官方微博|视频号)|(?:点击|戳)(?:这里|此处|下方|左下角|“?阅读原文)"
    r"|点击(?:链接|图片|下载|进入|查看)|^阅读原文$|分享到|转发到?朋友圈|(?:下载|打开).{0,8}(?:APP|App|app|客户端)[^，。]{0,6}$"
    r"|(?:立即|马上)(?:抢购|购买|报名|下载|咨询|领取)|限时(?:优惠|抢购|折扣)|名额有限|免费试听|先到先得"
    r"|^[【\[（(](?:广告|推广|赞助|商业推广)[】\]）)]"
    r"|^[（(【\[]?(?:打印|关闭|收藏)(?:本页|本文|窗口|此页)"
    r"|字[号体][：: ]?[ ]?[\[【（(]?[ ]?(?:大|小|特大)[ ]?[\]】）)]?[ ]?(?:中|小)"
    r"|^(?:上|下)一[篇页条](?:[：:].{0,40})?$|^返回(?:首页|顶部|目录|列表|上一页)$|^回到顶部$"
    r"|转载(?:时)?(?:请|须|务请|必须|应).{0,12}(?:注明|标明|联系|保留|附上)|请注明(?:来源|出处|转载自)"
    r"|(?:不代表|仅代表).{0,16}(?:观点|立场|意见)"
    r"|本(?:网站|站|网|页面|平台|公众号|刊物?|栏目|频道).{0,24}(?:转载|刊载|登载|声明|无关|不承担|概不"
    r"|侵权|删除|投稿|订阅|联系方式|仅供参考|注明)"
    r"|如.{0,16}(?:侵权|侵犯).{0,24}(?:联系|告知|删除|处理)"
    r"|本(?:杂志|刊|报|文档?|书|项目)开源|欢迎.{0,12}(?:投稿|订阅|关注)"
    r"|^内部(?:资料|刊物|文件|交流)[，, 　]?(?:注意|请勿|严禁|不得|免费|仅供)"
    r"|地址[：: ].{0,60}(?:邮编|邮政编码|电话)[：: ]?\d|(?:服务|咨询|订阅)热线[：: ]?\d"
    r"|(?:本文|文章|图片|内容)(?:转自|转载自|来自网络|来源于?网络|来源网络)|浏览器.{0,12}(?:分辨率|浏览|访问)"
    r"|您是第[ ]?\d*[ ]?位(?:访客|访问者)|点(?:个)?赞.{0,8}(?:在看|转发|收藏|关注)"
    r"|(?:新浪|腾讯|人民)微博.{0,6}(?:QQ|微信|腾讯|人人)|不构成.{0,12}建议|本文为?转载"
    r"|国内统一(?:连续出版物号|刊号)|邮发代号|^ISSN[ \d]|第\d+卷[ ]?第?\d+期|总第\d+期"
)
#: Who made the page, and nothing else in the line.
STAFF = pattern(
    r"^[（(【\[]?(?:责任编辑|责编|本期编辑|值班编辑|网络编辑|文字编辑|图文编辑|美术编辑|实习编辑|编辑|校对"
    r"|审校|监制|排版|美编|制图)[ ]?[：:／/|][ ]?[^：:，。；\n]{1,24}"
    r"(?:[ \u3000]+(?:校对|审校|审核|监制|排版|美编|编辑|编审|终审)[ ]?[：:／/][ ]?"
    r"[^：:，。；\n]{1,12})*[）)】\]]?$"
)
#: Where a text comes from: on the pages of one site always the same. Where it differs it says
#: something of the text.
SOURCE = pattern(
    r"^[（(【\[]?(?P<label>供稿|图片来源|稿件来源|文章来源|信息来源|新闻来源|来源)[ ]?[：:／/|][ ]?"
    r"(?P<value>[^：:，。；\n]{1,24})[）)】\]]?$"
)
#: What means something where it stands, whoever else has it: headings, items, ends of enactments,
#: dates, what introduces something, lines of dialogue.
MEANS = pattern(
    r"^(?:第[ ]?[一二三四五六七八九十百千零〇\d]+[ ]?[编章节条款项部分篇回讲课集卷](?![ ]?第?\d+期)"
    r"|[（(][一二三四五六七八九十百\d]{1,4}[）)]|[一二三四五六七八九十]{1,3}[、．.]"
    r"|\d{1,3}[、．.)）](?!\d)|[①-⑳]|[#>|!$`~]|[-*+•·●○■□◆▪][ \t]|附[则件录表图]|总则|目录"
    r"|(?:记者|主持人|嘉宾|网友|问|答)[：:])|自.{0,24}起(?:施行|实施|执行|生效|试行)"
    r"|[：:、，—]$"
    r"|^[（(]?(?:\d{4}|[〇零一二三四五六七八九]{4})[年.\-/][^\u3400-\u9fff]{0,8}(?:[\d一二三四五六七八九十]{1,3}月?)?"
    r"[^\u3400-\u9fff]{0,4}(?:[\d一二三四五六七八九十]{1,3}日?)?[）)]?$"
)

#: Characters of a line of a page, at most.
LONGEST = 1000


class Sign(Enum):
    """What says of a line that it belongs to a page."""

    #: Navigation, copyright, contact: what the page is framed by.
    FRAME = auto()
    #: A call, an advertisement, a word of the site about itself, who made the page.
    PAGE = auto()
    #: Where the text comes from.
    SOURCE = auto()


def sign_of(line: str) -> Sign | None:
    """The sign of a line, if it has any and does not mean something where it stands."""
    if len(line) > LONGEST or MEANS.search(line):
        return None
    if FRAME.search(line):
        return Sign.FRAME
    if SIGN.search(line) or STAFF.search(line):
        return Sign.PAGE
    return Sign.SOURCE if SOURCE.search(line) else None
