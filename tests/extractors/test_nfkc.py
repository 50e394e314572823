"""Folding by the short way gives what Unicode's own gives."""

import unicodedata

from hypothesis import example, given
from hypothesis import strategies as st

from extractors.nfkc import nfkc


@given(st.text() | st.text("，：；（）％1１①ﾊﾟé元\u0301\u3099", max_size=12))
@example("得分：１２．５分（优），占９０％；Ａ①㎡…")
def test_folding_is_that_of_unicode(text: str) -> None:
    """Also where marks stand behind what is folded first."""
    assert nfkc(text) == unicodedata.normalize("NFKC", text)
