"""Whether a text names somebody by their first name."""

import re


def mentions(text: str, first: str) -> bool:
    """Tell whether a first name stands in a text, also as ``Almas`` or ``Jens’``."""
    if not first:
        return False
    return re.search(rf"\b{re.escape(first)}(s|['’]s?)?\b", text, re.IGNORECASE) is not None
