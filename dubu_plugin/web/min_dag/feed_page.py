"""One's own calendar address: made, renewed and closed here, and read by calendar programs.

The address is the key, so it is shown once, when it is made. It stands in no log: what serves the
pages writes no access log, and nothing here writes it.
"""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response
from starlette.concurrency import run_in_threadpool

from dubu_plugin.app import Product
from dubu_plugin.domain.access import Act, Decision
from dubu_plugin.domain.moede import TITLES
from dubu_plugin.store import access, read_log
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.min_dag import kalender_feeds
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.min_dag.feed import Turnstile, etag_of, feed_of, is_known

router = APIRouter()

URL: Final = "/dubu/kalender"
FEED: Final = URL + "/feed/{noegle}"
MEDIA_TYPE: Final = "text/calendar; charset=utf-8"

Owner = Annotated[Visit, Depends(Door(Act.SEARCH, page="kalender"))]


@router.get(URL)
def show(visit: Owner) -> Response:
    """Show whether there is an address."""
    return _drawn(visit)


@router.post(URL + "/ny")
def renew(visit: Owner) -> Response:
    """Make a new address and show it, this once. The old one is closed."""
    with visit.product.store.add() as connection:
        token = kalender_feeds.renew(connection, visit.asker.key, now=visit.now)
    return _drawn(visit, f"{_address(visit.product, visit.request)}{URL}/feed/{token}.ics")


@router.post(URL + "/luk")
def close(visit: Owner) -> Response:
    """Close the address."""
    with visit.product.store.add() as connection:
        kalender_feeds.revoke(connection, visit.asker.key, now=visit.now)
    return _drawn(visit, closed=True)


@router.api_route(FEED, methods=["GET", "HEAD"])
async def feed(request: Request, noegle: str) -> Response:
    """Return the calendar of whoever has this address."""
    return await run_in_threadpool(_read, request, noegle.removesuffix(".ics"))


def _read(request: Request, token: str) -> Response:
    product: Product = request.app.state.product
    turnstile: Turnstile = request.app.state.turnstile
    now = product.clock()
    wait = turnstile.wait(kalender_feeds.hashed(token), now)
    if wait:
        said = "Kalenderen læses for tit. Prøv igen senere."
        return Response(said, 429, {"Retry-After": str(wait)}, "text/plain; charset=utf-8")
    with product.store.read() as connection:
        found = kalender_feeds.by_token(connection, token)
        asker = access.asker(connection, found.employee) if found else None
        if asker is None:
            raise NotYours
        titles = {str(form): title for form, title in TITLES.items()}
        content = feed_of(
            kalender_feeds.meetings(connection, asker, titles, now),
            kalender_feeds.deadlines(connection, asker, product.store.rules, now),
            _address(product, request),
        )
    etag = etag_of(content)
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    if is_known(etag, request.headers):
        return Response(status_code=304, headers=headers)
    with product.store.add() as connection:
        read_log.add(
            connection, at=now, employee=asker.key, act=Act.SEARCH, subject_kind="side",
            subject_id="kalender-feed", decision=Decision(True, "eget_kalenderfeed"),
        )  # fmt: skip
    return Response(content, headers=headers, media_type=MEDIA_TYPE)


def _address(product: Product, request: Request) -> str:
    """Return what stands before our paths; as the one who asks calls us where nobody has said."""
    chosen = product.settings.web.address.rstrip("/")
    return chosen or f"{request.url.scheme}://{request.url.netloc}"


def _drawn(visit: Visit, address: str = "", *, closed: bool = False) -> Response:
    with visit.reading() as connection:
        found = kalender_feeds.of_employee(connection, visit.asker.key)
    values = {"address": address, "feed": found, "closed": closed}
    return visit.page(Page("min_dag/kalender.html", "Din kalender", URL, values=values))
