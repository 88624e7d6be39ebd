"""What is clicked is at least 24 px each way (WCAG 2.2, 2.5.8), but for words in a sentence."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from dubu_plugin.testing.fake_ports import HENRIK, KAREN
from dubu_plugin.testing.ordinary_day import Day

SMALL = """() => [...document.querySelectorAll("a[href], button, summary, input, select, textarea")]
  .filter((one) => {
    const box = one.getBoundingClientRect();
    if (!box.width || !box.height || one.closest(".skipnav")) return false;
    if (getComputedStyle(one).display === "inline" && one.closest("p, li, dd, td")) {
      const around = one.closest("p, li, dd, td").textContent.trim();
      if (around !== one.textContent.trim()) return false;
    }
    const label = one.labels && one.labels[0] && one.labels[0].getBoundingClientRect();
    const area = label || box;
    return Math.max(box.height, area.height) < 23.9 || Math.max(box.width, area.width) < 23.9;
  })
  .map((one) => {
    const box = one.getBoundingClientRect();
    const name = one.textContent.trim().slice(0, 30) || one.name || one.id;
    const size = `${box.width.toFixed(0)}×${box.height.toFixed(0)}`;
    return `${one.tagName} »${name}« ${size} in ${one.parentElement.className}`;
  })"""


@pytest.mark.parametrize("width", [1440, 400])
@pytest.mark.parametrize(
    ("path", "who"),
    [("sag/{sag}", KAREN), ("min-dag", KAREN), ("overblik", HENRIK), ("indgang", KAREN)],
)
def test_what_is_clicked_can_be_hit(
    path: str, who: str, width: int, standing_day: tuple[Day, str], open_page: Callable[..., Page]
) -> None:
    day, origin = standing_day
    page = open_page(f"{origin}/dubu/{path.format(sag=day.noah_sag)}", who=who, width=width)
    assert page.evaluate(SMALL) == []
