"""Our pages as one ASGI application, which a host mounts or `dubu serve` runs alone."""

from typing import Final

from fastapi import APIRouter, FastAPI, Request
from fastapi.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp

from dubu_plugin.app import Product
from dubu_plugin.web import (
    draft_page,
    health_page,
    help_page,
    print_page,
    refusals,
    search_page,
    start_page,
)
from dubu_plugin.web.administration import planer_page, satser_page, svarfrister_page
from dubu_plugin.web.afgoerelse import beregning_page, klage_page, partshoering_page
from dubu_plugin.web.afgoerelse import page as afgoerelse_page
from dubu_plugin.web.aktivitet import page as aktiviteter_page
from dubu_plugin.web.aktivitet import unit_plan_page
from dubu_plugin.web.drawing import STATIC, Drawing
from dubu_plugin.web.forms import LARGEST_FIELD
from dubu_plugin.web.frist import missed_page, svarfrist_page, without_duty_page
from dubu_plugin.web.frist import page as frist_page
from dubu_plugin.web.headers import Guarded
from dubu_plugin.web.health_page import Counted, Metrics
from dubu_plugin.web.inddragelse import moede_page, samtale_page, samtykke_page, udtalelse_page
from dubu_plugin.web.inddragelse import page as inddragelse_page
from dubu_plugin.web.indgang import (
    another_child_page,
    choose_child_page,
    intake_page,
    new_page,
    original_page,
)
from dubu_plugin.web.indgang import page as indgang_page
from dubu_plugin.web.indsats import indsatser_page
from dubu_plugin.web.indsats import page as indsats_page
from dubu_plugin.web.journal import note_page
from dubu_plugin.web.journal import page as journal_page
from dubu_plugin.web.leder import ansoegninger_page, indberetninger_page, nobodys_cases_page
from dubu_plugin.web.leder import page as leder_page
from dubu_plugin.web.min_dag import (
    digest_page,
    erindringer_page,
    feed_page,
    fravaer_page,
    line_reason_page,
    put_off_page,
)
from dubu_plugin.web.min_dag import page as min_dag_page
from dubu_plugin.web.min_dag.feed import Turnstile
from dubu_plugin.web.netvaerk import address_page as netvaerk_address_page
from dubu_plugin.web.netvaerk import custody_page
from dubu_plugin.web.netvaerk import line_page as netvaerk_line_page
from dubu_plugin.web.netvaerk import new_page as netvaerk_new_page
from dubu_plugin.web.netvaerk import page as netvaerk_page
from dubu_plugin.web.one_page import OnePage
from dubu_plugin.web.opfoelgning import page as opfoelgning_page
from dubu_plugin.web.plan import child_page as plan_skrift_child_page
from dubu_plugin.web.plan import page as plan_skrift_page
from dubu_plugin.web.sag import (
    birth_page,
    close_page,
    forloeb_page,
    letter_again_page,
    letters_page,
    log_page,
    record_page,
)
from dubu_plugin.web.sag import page as sag_page
from dubu_plugin.web.skrift import copy_page as skrift_copy_page
from dubu_plugin.web.skrift import kilder_page as skrift_kilder_page
from dubu_plugin.web.skrift import page as skrift_page
from dubu_plugin.web.skrift import place_page as skrift_place_page
from dubu_plugin.web.skrift import versions_page as skrift_versions_page
from dubu_plugin.web.skrift import whole_page as skrift_whole_page
from dubu_plugin.web.underretning import acts as underretning_acts
from dubu_plugin.web.underretning import genvurdering_page
from dubu_plugin.web.underretning import page as underretning_page

PAGES: Final[tuple[APIRouter, ...]] = (
    start_page.router,
    min_dag_page.router,
    put_off_page.router,
    line_reason_page.router,
    fravaer_page.router,
    digest_page.router,
    indgang_page.router,
    intake_page.router,
    new_page.router,
    genvurdering_page.router,
    underretning_acts.router,
    another_child_page.router,
    choose_child_page.router,
    birth_page.router,
    svarfrist_page.router,
    original_page.router,
    print_page.router,
    underretning_page.router,
    help_page.router,
    log_page.router,
    leder_page.router,
    ansoegninger_page.router,
    moede_page.router,
    feed_page.router,
    sag_page.router,
    inddragelse_page.router,
    journal_page.router,
    note_page.router,
    samtale_page.router,
    samtykke_page.router,
    netvaerk_page.router,
    custody_page.router,
    netvaerk_new_page.router,
    netvaerk_line_page.router,
    netvaerk_address_page.router,
    udtalelse_page.router,
    afgoerelse_page.router,
    beregning_page.router,
    partshoering_page.router,
    plan_skrift_page.router,
    plan_skrift_child_page.router,
    klage_page.router,
    indsatser_page.router,
    indsats_page.router,
    opfoelgning_page.router,
    aktiviteter_page.router,
    erindringer_page.router,
    planer_page.router,
    satser_page.router,
    svarfrister_page.router,
    unit_plan_page.router,
    search_page.router,
    draft_page.router,
    frist_page.router,
    missed_page.router,
    without_duty_page.router,
    nobodys_cases_page.router,
    record_page.router,
    skrift_page.router,
    skrift_kilder_page.router,
    skrift_versions_page.router,
    skrift_whole_page.router,
    skrift_copy_page.router,
    # The last of them: any other word after a skrift's key is a place in it.
    skrift_place_page.router,
    close_page.router,
    letter_again_page.router,
    letters_page.router,
    forloeb_page.router,
    health_page.router,
    indberetninger_page.router,
)


def asgi(product: Product) -> ASGIApp:
    """Return the application. Everything it serves begins with ``/dubu``."""
    # Room for the largest item there may be, and the form around it.
    room = product.settings.intake.largest_item + LARGEST_FIELD
    pages = routed(product)
    counted = Counted(OnePage(pages), pages.state.metrics)
    return Guarded(counted, largest=room, embedders=product.settings.web.embedders)


def routed(product: Product) -> FastAPI:
    """Return the application without the headers and the guard around it."""
    # A slash too many is another page: being sent on would name whatever host the request named.
    # The routes are handed over as they are: included, each would be worked out a second time.
    routes = [route for router in PAGES for route in router.routes]
    app = FastAPI(
        routes=routes, openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False
    )
    app.state.product = product
    app.state.drawing = Drawing(product)
    app.state.metrics = Metrics.new()
    app.state.turnstile = Turnstile()
    app.add_api_route("/dubu/static/{name}", _made)
    app.mount("/dubu/static", StaticFiles(directory=STATIC))
    refusals.handle(app)
    return app


async def _made(request: Request, name: str) -> Response:
    """Return a file that is put together here, or one that lies in the folder."""
    drawing: Drawing = request.app.state.drawing
    if name in drawing.made:
        media_type, content = drawing.made[name]
        return Response(content, media_type=media_type)
    return await StaticFiles(directory=STATIC).get_response(name, request.scope)
