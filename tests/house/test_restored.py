"""That a draft was taken back is said by `drawing.py` alone, and it finds where to say it."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.checkout

KEPT = 'data-draft="/dubu/kladde/'
OF_ANOTHER = {"underretning/assess.html": "underretning/page.html"}
"""A form in a file of its own, and the page it stands on."""
SAYS_IT = "restored.html"


def forms(root: Path) -> dict[str, str]:
    """Return the pages with a form that is kept as a draft, by their path."""
    pages = root / "dubu_plugin/web/pages"
    found = {}
    for file in pages.rglob("*.html"):
        name = file.relative_to(pages).as_posix()
        if KEPT in file.read_text("utf-8"):
            page = OF_ANOTHER.get(name, name)
            found[page] = (pages / page).read_text("utf-8")
    return found


def test_each_page_with_a_draft_has_the_heading_it_is_said_under(root: Path) -> None:
    """The first `</div>` ends it, so nothing in it may open another."""
    wrong = []
    for name, page in forms(root).items():
        head = re.search(r'<div class="page__head">(.*?)</div>', page, re.DOTALL)
        if head is None or "<div" in head[1]:
            wrong.append(name)
    assert len(forms(root)) > 20
    assert not wrong, "give it a page__head with no div in it: the draft's line stands under it"


def test_no_page_says_by_itself_that_a_draft_was_taken_back(root: Path) -> None:
    pages = root / "dubu_plugin/web/pages"
    says = [
        file.name
        for file in pages.rglob("*.html")
        if file.name != SAYS_IT and "Din kladde fra" in file.read_text("utf-8")
    ]
    assert not says, f"{SAYS_IT} says it of every form with data-draft, where `restored` is given"
