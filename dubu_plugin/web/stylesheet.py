"""One style sheet that can stand in another system's page without changing it.

Det Fælles Designsystem is written for a page of its own: it styles bare elements and sets the
root's font size. A host shows our panel beside its own pages, so every rule of it, and every rule
of ours, is made to hold only inside an element of the class `SCOPE`, and its ``rem`` are turned
into those of a page whose root has the browser's own size.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

SCOPE: Final = ".dubu"
"""Everything we draw stands inside an element of this class."""

_AS_IT_IS: Final = ("@font-face", "@keyframes", "@property", "@page")
_ROOT: Final = re.compile(r"^(?::root|html|body)(?=$|[\s.:\[>+~])")
_FONT: Final = re.compile(r"src:[^;}]*?(url\([^)]+\.woff2\) format\([^)]+\))[^;}]*")
"""A font in several formats. Only WOFF2 is copied in; a browser asks for the first it reads."""
_REM: Final = re.compile(r"(?<![\w#])(-?\d*\.?\d+)rem\b")


@cache
def panel_css(static: Path) -> str:
    """Return the whole style sheet, from the folder it is served from. Put together once.

    Where the design system has not been copied in, only our own layer is left, so that the pages
    stay readable.
    """
    vendor = static / "vendor" / "dkfds" / "css" / "dkfds.min.css"
    system = vendor.read_text(encoding="utf-8") if vendor.exists() else ""
    system = _FONT.sub(r"src:\1", system.replace("../", "vendor/dkfds/"))
    own = (static / "panel.css").read_text(encoding="utf-8")
    return scoped(system, rem=0.625) + "\n" + scoped(own)


def scoped(css: str, *, scope: str = SCOPE, rem: float = 1.0) -> str:
    """Return the rules of a style sheet, made to hold inside `scope` only.

    :param rem: what one ``rem`` of the style sheet is in ``rem`` of a page that leaves the root's
        size alone. 0.625 for one that sets it to 62.5 %.
    """
    return "".join(_rules(css, scope, rem))


def _rules(css: str, scope: str, rem: float) -> Iterator[str]:
    for prelude, body in _blocks(re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)):
        if prelude.startswith(_AS_IT_IS):
            yield f"{prelude}{{{body}}}"
        elif prelude.startswith("@"):
            yield f"{prelude}{{{''.join(_rules(body, scope, rem))}}}"
        else:
            selectors = ",".join(_inside(s.strip(), scope) for s in _commas(prelude))
            yield f"{selectors}{{{_REM.sub(lambda m: _times(m[1], rem), body)}}}"


def _blocks(css: str) -> Iterator[tuple[str, str]]:
    """Yield each outermost block: what stands before the brace, and what stands inside."""
    at, depth, start, prelude = 0, 0, 0, ""
    while at < len(css):
        sign = css[at]
        if sign in "\"'":
            at = css.index(sign, at + 1)
        elif sign == ";" and depth == 0:
            start = at + 1
        elif sign == "{":
            if depth == 0:
                prelude, start = css[start:at].strip(), at + 1
            depth += 1
        elif sign == "}":
            depth -= 1
            if depth == 0:
                yield prelude, css[start:at].strip()
                start = at + 1
        at += 1


def _commas(selectors: str) -> Iterator[str]:
    """Yield each selector of a list; a comma inside parentheses separates nothing."""
    depth, start = 0, 0
    for at, sign in enumerate(selectors):
        depth += (sign in "([") - (sign in ")]")
        if sign == "," and depth == 0:
            yield selectors[start:at]
            start = at + 1
    yield selectors[start:]


def _inside(selector: str, scope: str) -> str:
    own, found = _ROOT.subn(scope, selector)
    return own if found else f"{scope} {selector}"


def _times(number: str, rem: float) -> str:
    return f"{round(float(number) * rem, 5):g}rem"
