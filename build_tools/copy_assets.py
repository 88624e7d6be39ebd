"""Copy what the pages are served with out of node_modules: the design system's style sheet, the
fonts and pictures it names, and htmx. Licences go along.

The fonts are taken in WOFF2 only: every browser since 2016 reads it, and the first format a
browser can read is the only one it fetches.
"""

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGES = ROOT / "node_modules"
TARGET = ROOT / "dubu_plugin" / "web" / "static" / "vendor"

STYLE_SHEET = "css/dkfds.min.css"
NAMED_IN_CSS = re.compile(r"""url\(["']?\.\./((?:fonts|img)/[^)"'?#]+)""")
OLDER_FONTS = {".eot", ".ttf", ".woff"}


def copy(source: Path, target: Path) -> None:
    """Copy one file, and make the folders above it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def main() -> None:
    """Replace everything in the target folder."""
    shutil.rmtree(TARGET, ignore_errors=True)

    dkfds = PACKAGES / "dkfds"
    style_sheet = (dkfds / "dist" / STYLE_SHEET).read_text(encoding="utf-8")
    named = {name for name in NAMED_IN_CSS.findall(style_sheet) if "placeholder" not in name}
    for name in sorted(n for n in named if Path(n).suffix not in OLDER_FONTS):
        copy(dkfds / "dist" / name, TARGET / "dkfds" / name)
    copy(dkfds / "dist" / STYLE_SHEET, TARGET / "dkfds" / STYLE_SHEET)
    copy(dkfds / "LICENSE.md", TARGET / "dkfds" / "LICENSE.md")

    htmx = PACKAGES / "htmx.org"
    copy(htmx / "dist" / "htmx.min.js", TARGET / "htmx" / "htmx.min.js")
    copy(htmx / "LICENSE", TARGET / "htmx" / "LICENSE.txt")


if __name__ == "__main__":
    main()
