"""The style sheet changes nothing outside our own part of a page."""

import re
from pathlib import Path

import pytest

from dubu_plugin.web.drawing import STATIC
from dubu_plugin.web.stylesheet import panel_css, scoped


@pytest.mark.parametrize(
    ("css", "inside"),
    [
        ("a{x:1}", ".dubu a{x:1}"),
        ("a, b > c{x:1}", ".dubu a,.dubu b > c{x:1}"),
        (":root{--x:1}", ".dubu{--x:1}"),
        ("html{x:1}body.open p{y:2}", ".dubu{x:1}.dubu.open p{y:2}"),
        (".a:is(b, c){x:1}", ".dubu .a:is(b, c){x:1}"),
        ("@media print{a{x:1}}", "@media print{.dubu a{x:1}}"),
        ("@container panel (max-width: 9px){a{x:1}}",
         "@container panel (max-width: 9px){.dubu a{x:1}}"),
        ("@font-face{font-family:F;src:url(f)}", "@font-face{font-family:F;src:url(f)}"),
        ("@keyframes k{from{x:1}to{x:2}}", "@keyframes k{from{x:1}to{x:2}}"),
        ("@charset 'utf-8';a{x:1}", ".dubu a{x:1}"),
        ('a::before{content:"}{"}', '.dubu a::before{content:"}{"}'),
        ("/* a{} */b{x:1}", ".dubu b{x:1}"),
    ],
)  # fmt: skip
def test_each_rule_holds_inside_only(css: str, inside: str) -> None:
    assert scoped(css) == inside


def test_sizes_are_those_of_a_page_that_leaves_the_root_alone() -> None:
    assert scoped("a{margin:-1.6rem 0 .8rem}", rem=0.625) == ".dubu a{margin:-1rem 0 0.5rem}"


def test_the_size_of_a_window_in_a_condition_is_left_alone() -> None:
    assert scoped("@media (min-width:36rem){a{x:1}}", rem=0.625).startswith(
        "@media (min-width:36rem)"
    )


def test_the_whole_style_sheet_is_inside(tmp_path: Path) -> None:
    css = panel_css(STATIC)
    flat = re.sub(r"@(?:media|supports|container)[^{]*\{", "", css)
    flat = re.sub(r"@(?:font-face|keyframes)[^{]*\{(?:[^{}]*\{[^}]*\})*[^}]*\}", "", flat)
    outside = [
        selector
        for rule in re.findall(r"([^{}]+)\{[^{}]*\}", flat)
        for selector in re.split(r",(?![^(]*\))", rule)
        if not selector.strip().startswith(".dubu")
    ]
    assert outside == []


def test_only_fonts_that_are_served_are_asked_for() -> None:
    named = re.findall(r"url\((vendor/[^)]+)\)", panel_css(STATIC))
    fonts = [name for name in named if "/fonts/" in name]
    assert [name for name in fonts if not (STATIC / name).exists()] == []


def test_without_the_design_system_our_own_layer_is_left(tmp_path: Path) -> None:
    (tmp_path / "panel.css").write_text("p{x:1}")
    assert panel_css(tmp_path).strip() == ".dubu p{x:1}"


def test_no_words_of_a_sentence_stand_apart_in_a_row() -> None:
    """In a row each thing stands with a space around it: a sentence with a link is one thing."""
    bare = re.compile(r'class="(?:[^"]* )?row(?: [^"]*)?">\s*[\wæøåÆØÅ][^<{%]*<(?:a|strong|em)\b')
    pages = (STATIC.parent / "pages").rglob("*.html")
    found = {page.name: bare.findall(page.read_text(encoding="utf-8")) for page in pages}
    assert {name: one for name, one in found.items() if one} == {}


def test_a_sentence_that_says_it_is_saved_is_broken_where_the_screen_ends() -> None:
    """Beside a title the moment of a draft stands in one piece; a sentence below it does not."""
    css = panel_css(STATIC)
    [rule] = re.findall(r"\.dubu \.saved\s*\{([^}]*)\}", css)
    assert "nowrap" not in rule
