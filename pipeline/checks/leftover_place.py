"""Another place or body of the same rank in the stead of the report's own (残留的地名、单位名)."""

import re
from collections.abc import Iterator

from normalizers.records import Mention
from pipeline.checks.facts import Facts
from pipeline.checks.model import Operand, Relation
from pipeline.checks.spotted import spotted
from pipeline.checks.wording import quote, where

_OWN = re.compile(
    r"(?<![\u4e00-\u9fff])(?:[\u4e00-\u9fff]{2,4}[省市州盟])?(?P<name>[\u4e00-\u9fff]{2,4}?(?P<rank>[县市区旗]))"
)
_PLACE = r"(?P<name>(?P<core>[\u4e00-\u9fff]{2,3})[县市区旗])"
# What a conclusion or the scope speaks of: `评价认为，甲县养老服务…`, `评价对象为甲市2023年度…`.
_SUBJECT = re.compile(
    r"(?:评价(?:对象|范围|内容)[为是]|认为[，,：:]|^(?:综上|综上所述|总体来?看|经(?:综合)?评价)[，,]|(?:表明|显示)[，,：:])"
    rf"{_PLACE}(?P<rest>[\u4e00-\u9fff\d]{{4,}})"
)
# The evaluated body itself, as its own report begins a paragraph: `甲县教育局成立…领导小组`.
_BODY = re.compile(
    rf"{_PLACE}(?P<rest>[\u4e00-\u9fff]{{2,6}}?(?:委员会|办公室|局))(?=成立|制[定订]|印发|组织|召开|严格|高度|建立)"
)
# What a paragraph begins with and no verb can stand before: `甲县于2016年起实施…`.
_TOLD = re.compile(
    rf"{_PLACE}(?P<rest>于(?:19|20)\d\d年|自(?:19|20)\d\d年|从(?:19|20)\d\d年|地处|位于|下辖|现辖|总面积|常住人口)"
)
# What names no one place: 示范县, 高新区, 小区, 我市.
_COMMON = re.compile(
    r"[全各该我本外跨两几多每另其辖的和与及在对到等按从向由受为将使让请报经把被比靠自会同联]|征求|协调|配合|督促|委托|牵头|明确|示范|试点|贫困|重点|先进|周边|相邻|部分|所有|城[市区镇乡]|农村|高新|经开|经济|开发|园|社$|小$|景$|地$|片$|校$"
    r"|库$|林$|牧$|灾$|山$|郊$|新$|自治|保护|服务|厂$|务$|功能|工业|沿海|内陆|县级|县$|[东中西南北]部$|老城|主城|[一二三四五六七八九十\d]"
)
# Where a sentence speaks of other places for a reason.
_ABROAD = re.compile(
    r"对口|帮扶|协作|结对|支援|学习|考察|借鉴|经验|做法|相比|对比|比较|高于|低于|相邻|毗邻|周边|交界|跨[省市县区]|外[省市县地]|来自|户籍|籍|公司|曾|原|划归|合并|更名|流域|上游|下游|同类|以.{0,12}为例"
)
_PAIRS = ("一二三四五六七八九十", "东西南北中")  # signs of which one makes a body another's neighbour
_FOLLOWING = 4  # characters that follow the own place's name elsewhere just as the other's here
_MARKET = 8  # the same for cities, which may stand below a city of their own name's rank
_OFTEN, _FEW = 2, 2  # times that a report names its own place at least, and what tells its body from others


def left_over(facts: Facts, rule: str) -> Iterator[Relation]:
    """Places told once in the stead of the report's own, and bodies of a form that are the title's but for a sign."""
    title = facts.report.field_mention("title")
    if title is not None:
        yield from _places(facts, rule, title)
        yield from _bodies(facts, rule, title)


def _places(facts: Facts, rule: str, title: Mention) -> Iterator[Relation]:
    own = _OWN.match(title.text)
    if own is None:
        return
    for sentence in facts.saying(own["rank"]):
        if sentence.cell is not None or _ABROAD.search(sentence.flow.text):
            continue
        subject, body = _SUBJECT.search(sentence.text), _BODY.match(sentence.flow.text)
        found = [subject] if subject is not None and _goes_on(subject, own, facts.all_text.condensed) else []
        if body is not None and sentence.start == 0 and facts.report.kind == "self_evaluation":
            found += [body] if own["name"] + body["rest"] in title.text else []
        told = _TOLD.match(sentence.flow.text) if sentence.start == 0 and own["rank"] != "市" else None
        for match in [*found, told] if told is not None else found:
            if _is_foreign(match, own, facts.all_text.condensed):
                span = sentence.span(match.start("name"), match.end("name"))
                left = Operand.of("text.own", "operand", title)
                yield _relation(rule, left, Operand("text.name", "reported", match["name"], None, span), own["name"])


def _goes_on(match: re.Match[str], own: re.Match[str], text: str) -> bool:
    """Whether the very words behind a place stand behind the report's own place elsewhere."""
    wanted = _MARKET if own["rank"] == "市" else _FOLLOWING
    following = match["rest"][:wanted]
    return len(following) == wanted and own["name"] + following in text


def _is_foreign(match: re.Match[str], own: re.Match[str], text: str) -> bool:
    """Whether a place of the same rank is named but here, is a name and no word, and the own place is named often."""
    name, core = match["name"], match["core"]
    alike = name in own["name"] or own["name"] in name
    if name[-1] != own["rank"] or alike or _COMMON.search(core):
        return False
    return text.count(core) == 1 and text.count(own["name"]) >= _OFTEN


def _bodies(facts: Facts, rule: str, title: Mention) -> Iterator[Relation]:
    """`实施单位 | 甲县第一中学` in the form of a report whose title names 甲县第二中学."""
    for mention in facts.report.field_mentions:
        if mention.field not in ("evaluated_body", "supervising_body") or mention.span.cell is None:
            continue
        name = "".join(mention.text.split())
        own = _neighbour(name, "".join(title.text.split()))
        at = next((at for at, pair in enumerate(zip(name, own, strict=False)) if pair[0] != pair[1]), 0)
        around = slice(max(at - 1, 0), at + 2)  # 第二中, 江北区
        if (
            own
            and facts.all_text.condensed.count(name[around]) == 1
            and facts.all_text.condensed.count(own[around]) >= _FEW
        ):
            right = Operand.of("text.name", "reported", mention)
            yield _relation(rule, Operand.of("text.own", "operand", title), right, own)


def _neighbour(name: str, title: str) -> str:
    """The title's body whose name differs in one sign that tells two of a kind apart (第一, 第二; 江南, 江北)."""
    for at in range(len(title) - len(name) + 1):
        own = title[at : at + len(name)]
        unlike = [(mine, theirs) for mine, theirs in zip(name, own, strict=True) if mine != theirs]
        if len(unlike) == 1 and any(unlike[0][0] in signs and unlike[0][1] in signs for signs in _PAIRS):
            return own
    return ""


def _relation(rule: str, left: Operand, right: Operand, own: str) -> Relation:
    return spotted(
        rule,
        f"text.leftover.{right.span.page}.{right.span.line}",
        [left, right],
        title=f"疑为模板残留的名称：“{right.text.strip()}”",
        message=f"{where(right.span)}“{quote(right.span, right.text)}”，本报告所评价的为“{own}”（{where(left.span)}），"
        "该名称全文别处未提及，疑为套用其他报告未改。",
        reported=right.text.strip(),
        severity="warning",
    )
