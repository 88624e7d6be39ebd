"""The pictures of Alma's case in the user guide, a step of it each.

See `test_pictures`: they are written only where the environment asks for it.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from dubu_plugin.domain.skrift import WHOLE, SkriftKind
from dubu_plugin.store.afgoerelse import klager
from dubu_plugin.store.afgoerelse.klager import Del, Genvurdering
from dubu_plugin.store.skrift import skrifter, tekster
from dubu_plugin.store.skrift.tekster import Written
from dubu_plugin.store.tables import indsatser, partshoeringer
from dubu_plugin.testing.serving import served
from dubu_plugin.usecases.afgoerelse import complain
from dubu_plugin.usecases.afgoerelse.complain import Received
from dubu_plugin.usecases.skrift.present import begin_version
from dubu_plugin.usecases.skrift.write import write
from dubu_plugin.web import site
from tests.demo.stage import Stage, staged

from .conftest import Open

WIDTHS = (1440, 400)
TODAY = datetime(2026, 11, 16, 9, 12, tzinfo=UTC)
"""After the first follow-up and the end of the help in the morning."""

COMPLAINED = datetime(2026, 7, 20, 9, 12, tzinfo=UTC)
"""Two weeks after the decision."""
SINCE = (
    "Siden da er støtten om morgenen ophørt, og Alma kommer i skole til tiden fire dage om ugen."
)
OF_COMPLAINT = ("pakke",)

STEPS = {
    "alma-sag": ("", "Arbejdet på sagen"),
    "forloeb": ("/forloeb", "Sagens forløb"),
    "trekant": ("/skrift/{bfu}", "Videre"),
    "begynd": ("/skrift", "Begynd"),
    "sammenfatning": ("/skrift/{bfu}/del-forloeb", "Sammenfatning"),
    "samtykke": ("/samtykker", "Bed om samtykke"),
    "udtalelser": ("/udtalelser", "Bed om udtalelser"),
    "partshoering": ("/afgoerelse/{decision}/part/{part}", "Partshøring"),
    "klage": ("/afgoerelse/{decision}/klage", "klage"),
    "indsats": ("/indsats/{indsats}", "Om indsatsen"),
    "livsomraade": ("/skrift/{bfu}/dagtilbud_skole_laering", "3 Dagtilbud"),
    "samtaler": ("/inddragelse", "Samtaler med barnet"),
    "samtale": ("/samtaler/ny", "Samtale med barnet"),
    "afgoerelse": ("/afgoerelse/{decision}", "Afgørelse: Støttende indsats"),
    "barnets-plan": ("/barnets-plan/{plan}", "Barnets plan"),
    "min-plan": ("/barnets-plan/{plan}/min-plan", "Det her vil jeg"),
    "indsatser": ("/indsatser", "Tidslinje"),
    "screening": ("/skrift/{screening}/hele-teksten", "Screening"),
    "versioner": ("/skrift/{bfu}/alle-versioner", "Versioner"),
}
"""By the name of the picture: where it is taken, under the case's address, and a heading there."""


@pytest.fixture(scope="module")
def alma(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Stage, str]]:
    """Alma's case, told, with a new version of its undersøgelse begun."""
    stage = staged(tmp_path_factory.mktemp("alma"))
    stage.told(TODAY)
    town = stage.reception.town
    town.now = TODAY
    stage.reception.deliver()
    begin_version(stage.cast.sag, newest(stage, SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE),
                  **stage.reception.by())  # fmt: skip
    changed(stage)
    with served(site.asgi(stage.reception.product)) as origin:
        yield stage, f"{origin}/dubu/sag/{stage.cast.sag}"
    town.product.store.close()


@pytest.fixture(scope="module")
def complained(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a complaint about Alma's decision that Ankestyrelsen has got."""
    stage = staged(tmp_path_factory.mktemp("klage"))
    stage.told(COMPLAINED)
    reception, sag = stage.reception, stage.cast.sag
    reception.town.now = COMPLAINED
    reception.deliver()
    mother = next(one for one, called in stage.cast.parents.items() if called == "mor")
    received = Received(
        person=mother, day=COMPLAINED.date(), form="skriftligt",
        words="Jeg vil have, at støtten også kommer om fredagen.",
    )  # fmt: skip
    leader = {"sag": sag, **reception.by("henrik")}
    klage = complain.receive(sag, newest(stage, SkriftKind.AFGOERELSE), received, **reception.by())
    complain.reassess(klage, Genvurdering.INTET, "Støtten svarer til Almas behov.", **leader)
    complain.send_on(klage, sag=sag, **reception.by())
    pages = Del(number=1, sha256="0" * 64, pages=46, size=1_840_000, made_at=COMPLAINED)
    with reception.product.store.write(actor="system", now=COMPLAINED) as work:
        klager.keep_parts(work.connection, klage, [pages])
    with served(site.asgi(reception.product)) as origin:
        yield f"{origin}/dubu/sag/{sag}/klage/{klage}"
    reception.product.store.close()


def changed(stage: Stage) -> None:
    """Write in the new version, so that two versions differ."""
    bfu = newest(stage, SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE)
    at = (WHOLE, "konklusion")
    with stage.reception.product.store.read() as connection:
        there = tekster.read(connection, bfu, 2)[at]
    more = f"{there.text} {SINCE}"
    write(stage.cast.sag, bfu, {at: Written(more, there.revision)}, **stage.reception.by())


def newest(stage: Stage, kind: SkriftKind) -> UUID:
    with stage.reception.product.store.read() as connection:
        return skrifter.of_sag(connection, stage.cast.sag, kind)[0].id


@pytest.mark.parametrize("name", STEPS)
def test_the_picture_of_a_step_can_be_taken(
    name: str, alma: tuple[Stage, str], turn_to: Open, pictures: Path | None
) -> None:
    stage, case = alma
    path, heading = STEPS[name]
    keys = {
        "bfu": newest(stage, SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE),
        "plan": newest(stage, SkriftKind.BARNETS_PLAN),
        "decision": newest(stage, SkriftKind.AFGOERELSE),
        "screening": newest(stage, SkriftKind.SCREENING),
        "part": stage.reception.rows(partshoeringer)[0].id,
        "indsats": stage.reception.rows(indsatser)[0].id,
    }
    page = turn_to(case + path.format(**keys))
    expect(page.get_by_role("heading", name=heading).first).to_be_visible()
    take(page, name, pictures)


@pytest.mark.parametrize("name", OF_COMPLAINT)
def test_the_picture_of_the_package_can_be_taken(
    name: str, complained: str, turn_to: Open, pictures: Path | None
) -> None:
    page = turn_to(complained)
    expect(page.get_by_role("link", name="Del 1 af 1")).to_be_visible()
    take(page, name, pictures)


def take(page: Page, name: str, pictures: Path | None) -> None:
    """Take it at both widths, where pictures are wanted."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 1000})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if pictures is not None:
            page.evaluate("document.fonts.ready")
            page.screenshot(path=pictures / f"{name}-{width}.png", full_page=True)
