"""What is no program itself and runs one, or leads to one, when somebody opens it."""

import re
from typing import Final

from dubu_plugin.intake.kinds import MACROS, PROGRAMS, Kind, ending_of, names_in

PAGES: Final = frozenset(["html", "htm", "xhtml", "xht", "svg", "svgz", "xml"])
PACKED: Final = frozenset(["mht", "mhtml"])
"""Pages whose scripts are packed so that they cannot be looked for."""
NOTEBOOKS: Final = frozenset(["one", "onepkg", "onetoc2"])
"""Notebooks that hold any file behind a button."""
INSIDE: Final = PROGRAMS | MACROS | NOTEBOOKS

_SCRIPT: Final = re.compile(
    rb"<\s*(?:script|iframe|object|embed|applet|meta[^>]+http-equiv)"
    rb"|\bon(?:load|click|error|mouseover|focus)\s*=|javascript:|data:text/html",
    re.IGNORECASE,
)
_RTF_OBJECT: Final = re.compile(rb"\\obj(?:data|update|ocx|emb|autlink)")


def is_active(content: bytes, name: str, kind: Kind) -> bool:
    """Tell whether a file runs something when a person opens it in the program it is for."""
    ending = ending_of(name)
    if ending in NOTEBOOKS | PACKED:
        return True
    if kind is Kind.HTML or ending in PAGES:
        return _SCRIPT.search(content) is not None
    if ending == "rtf" or content.startswith(b"{\\rtf"):
        return _RTF_OBJECT.search(content) is not None
    return kind is Kind.OTHER and _packs_a_program(content)


def _packs_a_program(content: bytes) -> bool:
    """Tell whether an archive's list of names has a program, or cannot be read: nothing is
    unpacked, and an archive in an archive is not looked into but taken for one."""
    if not content.startswith(b"PK\x03\x04"):
        return False
    names = names_in(content)
    if names is None:
        return True
    endings = {ending_of(one) for one in names}
    return bool(endings & (INSIDE | {"zip", "7z", "rar", "gz", "cab"}))
