"""The pictures of Alma's case in the user guide, a step of it each.

See `test_pictures`: they are written only where the environment asks for it.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import expect

from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.store import skrifter
from dubu_plugin.store.tables import indsatser, partshoeringer
from dubu_plugin.testing.serving import served
from dubu_plugin.usecases.skrift.present import begin_version
from dubu_plugin.web import site
from tests.demo.stage import Stage, staged

from .conftest import Open

WIDTHS = (1440, 400)
TODAY = datetime(2026, 11, 16, 9, 12, tzinfo=UTC)
"""After the first follow-up and the end of the help in the morning."""

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
    with served(site.asgi(stage.reception.product)) as origin:
        yield stage, f"{origin}/dubu/sag/{stage.cast.sag}"
    town.product.store.close()


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
        "part": stage.reception.rows(partshoeringer)[0].id,
        "indsats": stage.reception.rows(indsatser)[0].id,
    }
    page = turn_to(case + path.format(**keys))
    expect(page.get_by_role("heading", name=heading).first).to_be_visible()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 1000})
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if pictures is not None:
            page.evaluate("document.fonts.ready")
            page.screenshot(path=pictures / f"{name}-{width}.png", full_page=True)
