"""Every answer carries the headers, and no other site can have a form saved."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeAlias

import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from structlog.testing import capture_logs

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


def leaving(pages: ASGIApp) -> ASGIApp:
    """Leave in the middle of whatever is sent."""

    async def asked(scope: Scope, _receive: Receive, send: Send) -> None:
        told: list[Message] = [
            {"type": "http.request", "body": b"tekst=halv", "more_body": True},
            {"type": "http.disconnect"},
        ]

        async def receive() -> Message:
            return told.pop(0)

        await pages(scope, receive, send)

    return asked


def test_whoever_leaves_before_the_form_is_here_is_no_fault(looking: Asking) -> None:
    karen = looking()
    with capture_logs() as lines:
        replace(karen, pages=leaving(karen.pages)).post("/dubu/indgang/ny", {"tekst": "halv"})
    assert [line for line in lines if line["log_level"] == "error"] == []
