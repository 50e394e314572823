"""What sentences state besides scores and money (其他陈述): one pattern a line, as data.

Each phrase: the kind of statement, a word that must stand in the text for the pattern to be tried, and the pattern
over squeezed text (text.py). Named groups become values under their names, except `subject` (what it speaks of),
`role` and `item`. No pattern nests quantifiers; all run in linear time.
"""

import re

from extractors.frozen import frozen

_N = r"\d[\d,]*(?:\.\d+)?"
_CN = r"[一二三四五六七八九十]{1,3}"
_PCT = r"[-+]?\d+(?:\.\d+)?\s?%"
_BOUND = r"(?:≥|≤|>|<|不低于|不少于|不高于|不超过|不大于|不小于|大于|小于|高于|低于)?"
_COUNTED = r"(?:[亿万]?(?:[\u4e00-\u9fff]{1,3}(?:/[\u4e00-\u9fff]{1,2})?|%)?)"
_OPEN, _CLOSE = r"[“\"「]", r"[”\"」]"
_YEAR = r"(?:19|20)\d\d年"


@frozen
class Phrase:
    """A pattern (句式). kind: of the statement. word: must stand in the text, a cheap precondition; sign: likewise.

    Signs that begin with a letter of their own are found many times faster than patterns that begin with a choice.
    """

    kind: str
    word: str
    pattern: re.Pattern[str]
    sign: re.Pattern[str] | None = None


def _phrase(kind: str, word: str, pattern: str, sign: str = "") -> Phrase:
    return Phrase(kind, word, re.compile(pattern), re.compile(sign) if sign else None)


PHRASES: tuple[Phrase, ...] = (
    # 达年初所定计划值“600亩”
    _phrase(
        "target-quoted",
        "值",
        rf"(?:指标|目标|预期|计划)值(?:设定|设置)?(?:为|是|:)?{_OPEN}(?P<target>[^”\"」]{{1,60}}){_CLOSE}",
    ),
    _phrase(
        "target-quoted",
        "目标",
        rf"(?:年初|年度|绩效|预期|计划|既定|设定的?)目标(?:为|是|:)?{_OPEN}(?P<target>[^”\"」]{{1,60}}){_CLOSE}",
        rf"目标(?:为|是|:)?{_OPEN}",
    ),
    # 低于“≥90%”的目标
    _phrase(
        "target-quoted",
        "目标",
        rf"{_OPEN}(?P<target>{_BOUND}{_N}{_COUNTED}){_CLOSE}的?(?:年度|年初|预期|绩效|计划)?目标",
    ),
    # 目标值为95%, 年度指标值≥95%
    _phrase(
        "target-quoted",
        "值",
        rf"[指目预计](?:(?<=[指目])标|(?<=预)期|(?<=计)划)值(?:设定|设置)?(?:为|是|:)?(?P<target>{_BOUND}{_N}{_COUNTED})",
    ),
    # 实际完成值为40家
    _phrase(
        "actual-quoted",
        "实",
        rf"(?:实际完成值|实际值|实现值|实际完成率|实际完成)(?:为|是|:|达到|达|了)?(?P<actual>{_N}{_COUNTED})",
    ),
    _phrase("actual-quoted", "完成值", rf"(?<!际)完成值(?:为|是|:|达到|达)?(?P<actual>{_N}{_COUNTED})"),
    # 数量上要求培训40人以上，实际培训46人
    _phrase(
        "target-quoted",
        "实际",
        r"(?:^|[，。；;:])(?:其中)?(?P<subject>[\u4e00-\u9fff]{2,12}指标)(?:要求|提出了?|设定为?|目标为?|确保)(?P<target>[^，,。；;:]{3,60})"
        r"[，,。](?:而)?实际上?(?P<actual>[^，,。；;:]{2,60})",
        r"指标(?:要求|提出|设定|目标|确保)",
    ),
    # 计划支持项目30个，实际支持33个
    _phrase(
        "plan-actual",
        "实际",
        rf"计划(?P<item>[\u4e00-\u9fff]{{2,16}}?)(?P<target>{_N}[亿万]?[\u4e00-\u9fff]{{1,3}})[，,](?:而)?实际[\u4e00-\u9fff]{{0,8}}?"
        rf"(?P<actual>{_N}[亿万]?[\u4e00-\u9fff]{{1,3}})",
    ),
    # 3个一级指标、10个二级指标、21个三级指标; 一级指标4个
    _phrase(
        "indicator-count",
        "级指标",
        rf"(?:(?P<level1>\d{{1,3}}|{_CN})个一级指标)?[,，、及和并]*(?:(?P<level2>\d{{1,3}}|{_CN})个二级指标)[,，、及和并]*"
        rf"(?:(?P<level3>\d{{1,3}}|{_CN})个三级指标)?",
    ),
    _phrase(
        "indicator-count", "级指标", rf"(?P<level1>\d{{1,3}}|{_CN})个一级指标(?![,，、及和并]*(?:\d|{_CN})+个二级)"
    ),
    _phrase("indicator-count", "级指标", rf"(?P<level3>\d{{1,3}}|{_CN})个三级指标(?<!二级指标)"),
    _phrase(
        "indicator-count",
        "级指标",
        rf"一级指标(?:共|有|为)?(?P<level1>\d{{1,3}}|{_CN})[个项](?:[,，、；;]二级指标(?:共|有|为)?(?P<level2>\d{{1,3}}|{_CN})[个项])?"
        rf"(?:[,，、；;和及]三级指标(?:共|有|为)?(?P<level3>\d{{1,3}}|{_CN})[个项])?",
    ),
    # 含六个子项目; 3个环节
    _phrase(
        "count",
        "",
        r"(?P<count>[\d一二三四五六七八九十](?<![\d第].)(?:(?<=\d)\d?|(?<!\d)[一二三四五六七八九十]{0,2}))(?:个|项|大|条|类)(?P<item>子项目|子项|方面|阶段|环节|部分|问题|建议|措施|类别|方向|步骤|任务)",
        "[个项大条类](?:[问建措步]|子项|方面|阶段|环节|部分|类别|方向|任务)",
    ),
    # 得分为权重的80%; 按80%计分; （80%，十分显著为100%）
    _phrase("score-share", "%", rf"(?:权重|分值|满分|标准分)的(?P<share>{_PCT})", r"的[-+]?\d"),
    _phrase("score-share", "%", rf"按(?P<share>{_PCT})(?:的比例)?(?:计|得|赋|给|记)分"),
    _phrase("score-share", "%", rf"\((?P<share>{_PCT})[,，;；][^()]{{1,12}}为100%\)"),
    # 满意度为95.73%
    _phrase(
        "satisfaction",
        "满意",
        rf"满意(?:度|率)(?:平均|总体|综合)?(?:为|是|达到|达|:)?(?P<rate>{_PCT})(?!(?:及)?以[上下])",
    ),
    _phrase(
        "survey-share",
        "满意",
        rf"(?P<item>非常满意|很满意|十分满意|比较满意|较满意|基本满意|满意|一般|较不满意|不满意|非常不满意)[”\"]?(?:的)?(?:人数)?"
        rf"(?:占比|占|比例|的比例)(?:为|是|:)?(?P<share>{_PCT})",
    ),
    _phrase(
        "survey-size", "问卷", rf"(?P<role>发放|回收|有效|收回)(?:的|有效)?(?:调查)?问卷(?:共|共计)?(?P<count>{_N})份"
    ),
    _phrase("survey-size", "问卷", rf"(?P<role>发放|回收|有效|收回)(?:有效)?(?P<count>{_N})份"),
    # 规模养殖户占比41.20%
    _phrase(
        "share",
        "占比",
        rf"(?P<item>[\u4e00-\u9fffA-Za-z]{{2,20}}?)(?:数量)?占比(?:为|是|达到|达|:|仅)?(?P<share>{_PCT})",
        r"比(?:为|是|达到|达|:|仅)?[-+]?\d",
    ),
    # 2020年比2019年增长48.38%; 同比增长13.3%
    _phrase(
        "growth",
        "%",
        rf"(?P<year>{_YEAR})度?(?:比|较)(?P<base_year>{_YEAR})度?(?P<role>增长|增加|提高|上升|下降|减少|降低)了?(?P<rate>{_PCT})",
        "[比较](?:19|20)",
    ),
    _phrase(
        "growth",
        "比",
        rf"(?P<item>同比|环比|比上年|比去年)(?P<role>增长|增加|提高|上升|下降|减少|降低)了?(?P<rate>{_PCT})",
        "%",
    ),
    _phrase(
        "growth",
        "较",
        rf"(?P<item>较上年|较去年)(?P<role>增长|增加|提高|上升|下降|减少|降低)了?(?P<rate>{_PCT})",
        "%",
    ),
    # 2024年7月30日; 12月底前
    _phrase(
        "date",
        "月",
        r"(?P<date>(?:19|20)\d\d年\d{1,2}月(?:\d{1,2}日|[上中下]旬|底)?)(?P<role>之?前|以前|完成|建成|竣工|验收|印发|开工|启动|为基准日)?",
    ),
)

RULES: tuple[Phrase, ...] = (
    # 90%≤满意度＜95%的，得4分
    _phrase(
        "rule-step",
        "分",
        rf"(?:(?P<first>{_N}%?)(?P<first_sign>[≥≤<>]=?))?[\u4e00-\u9fff]{{1,12}}(?P<second_sign>[≥≤<>]=?)(?P<second>{_N}%?)(?:分)?(?:的|时)?[,，:]?"
        rf"(?:得|计|记|给|赋)(?P<score>{_N})分",
    ),
    _phrase(
        "rule-step",
        "分",
        rf"(?P<low>{_N}%?)(?:\(含\))?(?:-|~|至)(?P<high>{_N}%)(?:\(不?含\))?(?:之间)?(?:的|时)?[,，:]?(?:得|计|记|给|赋)(?P<score>{_N})分",
    ),
    _phrase(
        "rule-step",
        "分",
        rf"(?P<low>{_N}%?)(?:及|\(含\))?以上(?:的|时)?[,，:]?(?:得|计|记|给|赋)(?P<score>{_N})分",
    ),
    _phrase(
        "rule-step",
        "分",
        rf"(?P<high>{_N}%?)(?:及|\(含\))?以下(?:的|时)?[,，:]?(?:得|计|记|给|赋)(?P<score>{_N})分",
    ),
    # 每缺一项扣1分
    _phrase(
        "rule-deduction",
        "扣",
        rf"每(?P<item>[^。；;,，]{{1,25}})[,，]?(?:酌情)?扣(?:减)?(?P<deduction>{_N})分",
    ),
    # 按比例得分
    _phrase(
        "rule-proportional",
        "比例",
        r"(?P<how>(?:按|按照)[^。；;,，]{0,15}比例(?:计算|计|得|扣|折算)*(?:得)?分?)",
    ),
    _phrase("rule-proportional", "×", r"(?P<how>得分=[^。；;\n]{2,60})"),
    # 得2分 of any other condition
    _phrase("rule-points", "分", rf"(?:得|计|记|给|赋)(?P<score>{_N})分"),
)
