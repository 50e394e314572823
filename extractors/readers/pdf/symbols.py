"""Characters that fonts name in their own way (字符归一): radicals, symbol fonts, blanks, marks without ink."""

import unicodedata

# Symbol and Wingdings put their glyphs into the private area from U+F000; reports use a few of them.
_SYMBOL = {
    0x25: "%", 0x28: "(", 0x29: ")", 0x2B: "+", 0x2C: ",", 0x2D: "-", 0x2E: ".", 0x2F: "/", 0x3C: "<", 0x3D: "=",
    0x3E: ">", 0xA3: "≤", 0xB1: "±", 0xB3: "≥", 0xB4: "×", 0xB7: "·", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈",
    **{code: chr(code) for code in range(0x30, 0x3A)},
}  # fmt: skip
_WINGDINGS = {
    0x52: "☑", 0x54: "☒", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "□", 0x75: "◆", 0x76: "❖", 0xA7: "■", 0xA8: "□",
    0xD8: "➢", 0xF0: "⇨", 0xFB: "☒", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑", 0xA3: "□", 0xB2: "◇", 0xE8: "➔",
}  # fmt: skip
# Marks that character collections of Chinese fonts map to a lookalike of another script.
_LOOKALIKES = {0x22EF: "…", 0x2015: "—", 0x301C: "～", 0x30FB: "·", 0xFF65: "·", 0x2236: "："}
# Fonts print many characters with the very glyph of a radical, and programs that write PDF then name the radical.
# Unicode calls none of these compatible with the character (EquivalentUnifiedIdeograph.txt does), or with the other.
_RADICALS = dict(
    zip(
        "⺅⺉⺎⺐⺒⺓⺕⺖⺘⺙⺠⺡⺣⺦⺨⺩⺫⺬⺭⺮⺰⺳⺺⺼⺾⻁⻂⻄⻅⻆⻈⻉⻋⻌⻐⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⼾㬵",
        "亻刂兀尢巳幺彐忄扌攵民氵灬丬犭王目示礻竹纟网肀肉艹虎衤西见角讠贝车辶钅长门阝雨青韦页风飞食饣马骨鬼鱼鸟卤麦黄黾齐齿龙户胶",
        strict=True,
    )
)
BLANKS = frozenset((0x20, 0x09, 0x0A, 0x0D, 0xA0, 0x3000, 0x202F, 0x205F, *range(0x2000, 0x200B)))
# What nearly all text is made of, as it is, and '' for blanks: a table, for nothing else is asked as often. Full-width
# digits are none, for lines read them as narrow ones.
_USUAL_CODES = (
    range(0x21, 0x7F),
    range(0x3001, 0x3018),
    range(0x4E00, 0x9FA6),
    range(0xFF01, 0xFF10),
    range(0xFF1A, 0xFF5F),
)
USUAL = {char: char for codes in _USUAL_CODES for char in map(chr, codes)} | dict.fromkeys(map(chr, BLANKS), "")
_INKLESS = frozenset((0x00, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x2060, 0xFEFF, 0xAD))
_SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def has_ink(code: int) -> bool:
    """Whether the character prints anything."""
    return code not in BLANKS and code not in _INKLESS and not (code < 0x20 or 0x7F <= code < 0xA0)


def is_wide_digit(code: int) -> bool:
    """Whether the character is a full-width digit (全角数字)."""
    return 0xFF10 <= code <= 0xFF19


def normal(code: int, font: str) -> str:
    """The character that a glyph stands for: radicals and compatibility forms become the usual character.

    Private characters of unknown fonts stay as they are; the page's legibility is judged by them.
    """
    if 0x2E80 <= code <= 0x2FDF or code == 0x3B35 or 0xF900 <= code <= 0xFAFF or 0xFB00 <= code <= 0xFB06:
        return _RADICALS.get(chr(code)) or unicodedata.normalize("NFKC", chr(code))
    if code in _LOOKALIKES:
        return _LOOKALIKES[code]
    if 0xF000 <= code <= 0xF0FF:
        table = _WINGDINGS if "ingding" in font else _SYMBOL
        return table.get(code - 0xF000) or (_SYMBOL | _WINGDINGS).get(code - 0xF000, chr(code))
    return chr(code) if code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else "\ufffd"


def raised(text: str) -> str:
    """Digits as superscripts; other characters as they are."""
    return text.translate(_SUPERSCRIPTS)
