"""Converter markup cleaned line by line (转换残留标记): what is printed stays, what marks it up goes."""

import html
import re
import unicodedata
from collections.abc import Iterable

from extractors.readers.front_matter import printed_front
from extractors.readers.latex import plain_math

_SUSPECT = re.compile(
    r"[*$\\&#<`!\[\u00a0\u00ad\u200b-\u200f\u2060\ufeff\u2e80-\u2fd5\uf900-\ufaff]|https?:|www\.|^\s*[-+>]\s|__"
)
_INVISIBLE = dict.fromkeys([0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF])
_HEADING = re.compile(r"^\s{0,3}#{1,6}\s+(?=\S)")
_HEADING_TAIL = re.compile(r"\s+#{1,6}\s*$")
_ATTRIBUTES = re.compile(r"\s*\{(?:[#.][^{}\s]{1,200}|[a-z-]{1,20}=[^{}\s]{1,200}| ){1,20}\}\s*$")
_SPAN = re.compile(r"\[([^\[\]\n]{1,300})\]\{[.#][^{}\n]{1,100}\}")
_QUOTE = re.compile(r"^(?:\s*>)+\s+")
_BULLET = re.compile(r"^\s*[-*+]\s+(?=[（(〔【《“①-⑳\u4e00-\u9fff]|\d{1,2}[.．、])")
_BOLD = re.compile(r"(?<!\d)\*\*\*?|\*\*\*?(?!\d)")
_ITALIC = re.compile(r"^(\s*)\*(?=[^\s*])([^*]+)\*(\s*)$")
_UNDERSCORES = re.compile(r"(?<![\w])__(?=\S)([^_]+)__(?![\w])")
_ESCAPE = re.compile(r"\\([_*#.\-+()\[\]~>`!{}\"'$%&])")
_FENCE = re.compile(r"^\s*(?:```|~~~)\w*\s*$")
_IMAGE = re.compile(r"!\[[^\]\n]{0,300}\]\([^)\n]{0,500}\)")
_LINK = re.compile(r"(?<!!)\[([^\[\]\n]{1,300})\]\((?:https?://|www\.|#|mailto:)[^)\s]{0,500}\)")
_URL = re.compile(r"[<〈]?(?:https?://|www\.)[A-Za-z0-9\-._~:/?#@!$&'()*+,;=%]{3,}[>〉]?")
_EMPTY_BRACKETS = re.compile(r"（[\s：:]*）|\([\s：:]*\)")
_SUPER_TAG = re.compile(r"<sup>\s*\[?\(?(\d{1,3})\)?\]?\s*</sup>", re.IGNORECASE)
_COMMENT = re.compile(r"<!--[^>]{0,500}-->|<!DOCTYPE\b[^<>]{0,500}>|<\?xml\b[^<>]{0,500}>", re.IGNORECASE)
_BREAK_TAG = re.compile(r"<br\s*/?>", re.IGNORECASE)
_INLINE_TAG = re.compile(
    r"</?(?:b|strong|i|em|u|s|span|font|sup|sub|p|div|center|a|img|mark|small|big|h[1-6]|html|body|head|section|ul|ol|li"
    r"|article|main|figure|figcaption|hr|o:p|page|pre|code|ins|del|nav|header|footer|aside|d[ldt]|blockquote|label|button|form"
    r"|input|select|option|textarea|fieldset|iframe|meta|link|base|abbr|cite|time|wbr|strike|address|noscript|title)(?:\s[^<>]{0,500})?/?>",
    re.IGNORECASE,
)
_TABLE_TAG = re.compile(r"</?(?:table|tr|t[dh]|thead|tbody|tfoot|caption|colgroup|col)\b", re.IGNORECASE)
_TABLE_START = re.compile(r"<table\b", re.IGNORECASE)
_TABLE_END = re.compile(r"</table\s*>", re.IGNORECASE)
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_COMPAT = {
    code: folded
    for code in (*range(0x2E80, 0x2FD6), *range(0xF900, 0xFB00))
    if (folded := unicodedata.normalize("NFKC", chr(code))) != chr(code)
}


def clean(texts: Iterable[str]) -> list[str]:
    """Every line without markup. Tags and entities of HTML tables stay: the table finder reads them."""
    cleaned = []
    in_table = False
    texts = list(texts)
    front = printed_front(texts)
    for index, text in enumerate(texts):
        if index in front:
            cleaned.append(front[index])
            continue
        if not in_table and not _SUSPECT.search(text):
            cleaned.append(text)
            continue
        in_table = in_table or bool(_TABLE_START.search(text))
        cleaned.append(clean_line(text, in_table=in_table or bool(_TABLE_TAG.search(text))))
        if in_table and (ends := list(_TABLE_END.finditer(text))):
            in_table = bool(_TABLE_START.search(text, ends[-1].end()))
    return cleaned


def clean_line(text: str, *, in_table: bool = False) -> str:
    """One line without markup. in_table: it belongs to an HTML table, whose tags and entities stay."""
    if _FENCE.match(text):
        return ""
    text = text.translate(_INVISIBLE).translate(_COMPAT).replace("\u00a0", " ")
    text = plain_math(text)
    if not in_table:
        text = _without_tags(text)
        if _HEADING.match(text):
            text = _HEADING_TAIL.sub("", _ATTRIBUTES.sub("", _HEADING.sub("", text)))
        text = _BULLET.sub("", _QUOTE.sub("", text))
    text = _ITALIC.sub(r"\1\2\3", _BOLD.sub("", text))
    text = _UNDERSCORES.sub(r"\1", text)
    text = _SPAN.sub(r"\1", _LINK.sub(r"\1", _IMAGE.sub("", text)))
    text = _ESCAPE.sub(r"\1", text)
    return _without_urls(text)


def _without_tags(text: str) -> str:
    """HTML inline and block tags dropped, entities replaced by their characters."""
    if "<" in text:
        text = _SUPER_TAG.sub(lambda match: match.group(1).translate(_SUPERSCRIPTS), text)
        text = _INLINE_TAG.sub("", _BREAK_TAG.sub(" ", _COMMENT.sub("", text)))
    return html.unescape(text).replace("\u00a0", " ") if "&" in text and ";" in text else text


def _without_urls(text: str) -> str:
    """Web addresses dropped, and brackets that held nothing else."""
    without = _URL.sub("", text)
    return text if without == text else _EMPTY_BRACKETS.sub("", without)
