"""The design system's symbols, gathered in one picture the browser fetches once.

A page names a symbol with ``<use href="…/icons.svg#check">``, so that it also works in a part of a
page that is put in afterwards.
"""

import re
from pathlib import Path
from typing import Final

USED: Final = (
    "arrow-back",
    "calendar-month",
    "chat",
    "check",
    "document",
    "edit",
    "email",
    "error",
    "file-pdf",
    "info",
    "lock",
    "person",
    "persons",
    "reply",
    "search",
    "send",
    "success",
    "time",
    "upload",
    "warning",
)

_SVG: Final = re.compile(r'<svg[^>]*viewBox="([^"]+)"[^>]*>(.*)</svg>', re.DOTALL)


def icons_svg(static: Path) -> str:
    """Return the picture. A symbol that has not been copied in is left out."""
    folder = static / "vendor" / "dkfds" / "img" / "svg-icons"
    symbols = (_symbol(name, folder / f"{name}.svg") for name in USED)
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>'


def _symbol(name: str, file: Path) -> str:
    found = _SVG.search(file.read_text(encoding="utf-8")) if file.exists() else None
    return f'<symbol id="{name}" viewBox="{found[1]}">{found[2]}</symbol>' if found else ""
