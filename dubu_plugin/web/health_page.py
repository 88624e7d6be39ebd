"""Whether the product is well, for those who operate it. Nothing here is about anybody."""

import ipaddress
import secrets
import time
from dataclasses import dataclass
from typing import Final

import sqlalchemy as sa
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client import generate_latest as text_of
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dubu_plugin.app import Product
from dubu_plugin.errors import DubuError
from dubu_plugin.store.tables import outbox, underretninger

router = APIRouter()

PROXIED: Final = ("forwarded", "x-forwarded-for", "x-real-ip", "via")
"""Headers a proxy on this machine adds: the request comes from somewhere else."""

SECONDS: Final = (0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)


@dataclass(frozen=True, slots=True)
class Metrics:
    """What is counted. One a process, made when the application is put together."""

    registry: CollectorRegistry
    requests: Counter
    seconds: Histogram
    outbox: Gauge
    waiting: Gauge

    @classmethod
    def new(cls) -> "Metrics":
        """Return counters that stand at nothing."""
        registry = CollectorRegistry()
        return cls(
            registry,
            Counter(
                "dubu_requests", "Answers, by page and status", ("page", "status"),
                registry=registry,
            ),
            Histogram(
                "dubu_request_seconds", "Time to answer, by page", ("page",),
                buckets=SECONDS, registry=registry,
            ),
            Gauge(
                "dubu_outbox_rows", "What other systems have not been told, by state", ("state",),
                registry=registry,
            ),
            Gauge(
                "dubu_underretninger_open", "Underretninger nobody has assessed",
                registry=registry,
            ),
        )  # fmt: skip


class Counted:
    """An application whose answers are counted, by the pattern of an address and never itself."""

    def __init__(self, inner: ASGIApp, metrics: Metrics) -> None:
        self.inner = inner
        self.metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.inner(scope, receive, send)
            return
        began, status = time.perf_counter(), 500

        async def seen(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self.inner(scope, receive, seen)
        finally:
            page = getattr(scope.get("route"), "path", "andet")
            self.metrics.requests.labels(page, status).inc()
            self.metrics.seconds.labels(page).observe(time.perf_counter() - began)


def _may_count(request: Request, token: str | None) -> bool:
    """Tell whether a request comes from this machine, past no proxy, or says the token."""
    said = request.headers.get("authorization", "").encode()
    if token is not None and secrets.compare_digest(said, f"Bearer {token}".encode()):
        return True
    if any(name in request.headers for name in PROXIED) or request.client is None:
        return False
    try:
        return ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False


@router.get("/dubu/healthz")
def healthz(request: Request) -> Response:
    """Answer 200 where the database answers, else 503."""
    product: Product = request.app.state.product
    try:
        with product.store.read() as connection:
            connection.execute(sa.select(1))
    except DubuError:
        return JSONResponse({"ok": False}, 503)
    return JSONResponse({"ok": True})


@router.get("/dubu/metrics")
def metrics(request: Request) -> Response:
    """Return the figures in the text format of Prometheus, to this machine or for a token.

    To others the page is not there: how many underretninger lie open is nobody else's business.
    """
    product: Product = request.app.state.product
    if not _may_count(request, product.settings.web.metrics_token):
        return Response(status_code=404)
    counted: Metrics = request.app.state.metrics
    with product.store.read() as connection:
        rows = connection.execute(
            sa.select(outbox.c.state, sa.func.count())
            .where(outbox.c.state != "udfoert")
            .group_by(outbox.c.state)
        ).all()
        waiting = connection.scalar(
            sa.select(sa.func.count())
            .select_from(underretninger)
            .where(underretninger.c.state == "ny")
        )
    counted.outbox.clear()
    for state, number in rows:
        counted.outbox.labels(state).set(number)
    counted.waiting.set(waiting or 0)
    return Response(text_of(counted.registry), media_type=CONTENT_TYPE_LATEST)
