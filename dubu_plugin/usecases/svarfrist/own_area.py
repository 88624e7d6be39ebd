"""An area the municipality makes itself: its code is made of its name."""

import re
from typing import Final

PLAIN: Final = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa"})


def own_code(title: str) -> str:
    """Return the code of an area of their own; empty where it has no name."""
    plain = re.sub(r"[^a-z0-9]+", "_", title.strip().lower().translate(PLAIN)).strip("_")
    return f"egen_{plain}"[:40].rstrip("_") if plain else ""
