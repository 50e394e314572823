"""Lines below a table that are no row of it (表下的说明): who filled it in, why targets were missed, remarks."""

import re

_NOTE = re.compile(
    r"(?:偏差.{0,12}(?:原因|措施)|主要问题|其他?需要说明|填[表报]人|联系人|联系电话|单位负责人|填[表报](?:日期|时间|单位)"
    r"|备注|说明|注|附注)(?:[:：\s(（].*|$)"
)


def is_note(text: str) -> bool:
    """Whether a line, or its first cell, begins a note below a table."""
    return bool(_NOTE.match(text.strip()))
