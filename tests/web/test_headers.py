"""Every answer carries the headers, and no other site can have a form saved."""

from collections.abc import Callable
from typing import Any, TypeAlias

import pytest

from dubu_plugin.web.headers import policy

Asking: TypeAlias = Callable[..., Any]

PATHS = ("/dubu/min-dag", "/dubu/indgang/ny", "/dubu/sag/ukendt", "/dubu/static/panel.css")


@pytest.mark.parametrize("path", PATHS)
def test_the_policy_allows_nothing_inline_and_nobody_elses_frame(
    path: str, looking: Asking
) -> None:
    headers = looking().get(path).headers
    rules = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["form-action"] == "'self'"
    assert rules["frame-ancestors"] == "'self'"
    assert "unsafe" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_a_host_elsewhere_that_is_named_may_show_the_pages() -> None:
    assert policy(["https://journal.example"]).endswith(
        "frame-ancestors 'self' https://journal.example"
    )


def test_pages_are_kept_nowhere_and_files_for_ever(looking: Asking) -> None:
    assert looking().get("/dubu/min-dag").headers["cache-control"] == "no-store"
    kept = looking().get("/dubu/static/panel.css").headers["cache-control"]
    assert "immutable" in kept


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
        {"origin": "https://elsewhere.example"},
        {"origin": "null"},
        {},
    ],
)
def test_a_form_of_another_site_is_not_saved(headers: dict[str, str], bare: Asking) -> None:
    answer = bare(headers).post("/dubu/kladde/henvendelse:ny", data={"tekst": "x"})
    assert answer.status_code == 403


def test_a_form_of_ours_is_saved_by_an_older_browser_too(bare: Asking) -> None:
    ours = bare({"origin": "https://barn.example"})
    assert ours.post("/dubu/kladde/henvendelse:ny", data={"tekst": "x"}).status_code == 200
