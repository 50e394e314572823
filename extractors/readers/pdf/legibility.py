"""Can the text layer be believed (文本层可信度)? Broken Unicode maps, symbol garbage, words nobody writes."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from extractors.vocabulary import COLUMN_HEADS, LEVEL1, LEVEL2, LEVEL3

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

_ENOUGH = 20  # characters on which a judgement can rest
_MAX_STRANGE = 0.06  # share of characters that no Chinese report prints
_ENOUGH_CHINESE = 60
_MIN_COMMON = 0.25  # share of everyday characters in real Chinese text; random characters have .1
_MAX_STUTTER = 0.3  # share of Chinese characters that repeat the one before
_CHINESE_MARKS = "，。：；、（）《》"
_FIRST, _LAST = 0x4E00, 0x9FFF  # Chinese characters
# What no Chinese report prints: private, unassigned, of another script than these, box drawing.
_STRANGE = re.compile(
    "[^ -~\u4e00-\u9fff\u3000-\u30ff\uff00-\uffef"  # everyday text; what else it has: punctuation and signs …
    "\u2000-\u22ff\u2460-\u24ff\u25a0-\u27bf\u3200-\u33ff"
    "\u2e80-\u2fdf\u3400-\u4dbf\U00020000-\U000323af"  # … radicals and rare characters …
    "·×÷±°§²³¹µ©®àáèéìíòóùúüêāēīōūǎěǐǒǔǚ\u0391-\u03c9]"  # … phonetic spelling and Greek
)
_MIN_MARKS = 0.03  # share of Chinese punctuation in a page without Chinese characters

# The most frequent characters of modern Chinese; every running text is full of them.
_EVERYDAY = (
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学"
    "法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外"
    "天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很"
    "情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她"
    "手角期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思"
    "术极交受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科"
    "张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究观越织装影算低持音众书布复容儿须际商非验连断深难近矿千"
    "周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号率族维划选标写存候毛亲快效斯院查江型眼王按格"
    "养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严项资金绩评财预算支分标政府县市区乡镇村"
)


@cache
def _common() -> npt.NDArray[np.bool_]:
    """Of each Chinese character whether it is one of everyday Chinese or of the field's own words."""
    import numpy as np

    words = (*LEVEL1, *LEVEL2, *LEVEL3, *(head for heads in COLUMN_HEADS.values() for head in heads))
    common = np.zeros(_LAST - _FIRST + 1, dtype=np.bool_)
    common[_chinese(_EVERYDAY + "".join(words))] = True
    return common


def _chinese(text: str) -> npt.NDArray[np.uint32]:
    """The Chinese characters of a text, counted from the first that there is: all at once, as there are many."""
    import numpy as np

    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4") - np.uint32(_FIRST)
    return codes[codes <= _LAST - _FIRST]  # those before the first have become huge: numbers have no sign here


def distrust(text: str) -> str | None:
    """Why the characters of a page cannot be what it prints (Chinese), or None where nothing speaks against them."""
    if len(text) < _ENOUGH:
        return None
    if len(_STRANGE.findall(text)) > _MAX_STRANGE * len(text):
        return "字符编码错误（字体缺少正确的 Unicode 对照）"
    chinese = _chinese(text)
    marks = sum(map(text.count, _CHINESE_MARKS))
    if marks > max(_MIN_MARKS * len(text), 2 * len(chinese)):
        return "字符编码错误（有中文标点而无汉字）"
    return _nonsense(chinese) if len(chinese) >= _ENOUGH_CHINESE else None


def _nonsense(chinese: npt.NDArray[np.uint32]) -> str | None:
    """Why these Chinese characters are no words, or None."""
    import numpy as np

    if np.count_nonzero(chinese[1:] == chinese[:-1]) > _MAX_STUTTER * len(chinese):
        return "文本层中同一字符大量重复"
    if np.count_nonzero(_common()[chinese]) < _MIN_COMMON * len(chinese):
        return "文本层的文字不成词句"
    return None
