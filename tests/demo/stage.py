"""Alma's case for a story to be told on, in a reception of its own."""

from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

from dubu_plugin.demo.cast import Cast
from dubu_plugin.demo.telling import Telling, words
from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.domain.skrift import SkriftKind, SkriftState
from dubu_plugin.store.family import personer
from dubu_plugin.store.skrift import skrifter
from dubu_plugin.testing import reception as town
from dubu_plugin.testing.reception import Reception, build_reception

FIRST = datetime(2026, 3, 2, 12, 40, tzinfo=UTC)
NAMES = {
    "barn": "Alma", "mor": "Sanne", "far": "Michael", "soeskende": "Viggo", "farmor": "Birthe",
    "hun": "hun", "Hun": "Hun", "hende": "hende", "hendes": "hendes",
}  # fmt: skip


@dataclass
class Stage:
    """Alma's case, assessed, and who plays in it."""

    reception: Reception
    cast: Cast

    def told(self, until: datetime) -> int:
        story = Telling(self.reception.product, self.cast, words("stoette"))
        return story.tell(FIRST, until)

    def kinds(self) -> set[tuple[SkriftKind, SkriftState]]:
        with self.reception.product.store.read() as connection:
            return {(one.kind, one.state) for one in skrifter.of_sag(connection, self.cast.sag)}


def staged(folder: Path) -> Stage:
    """Return the case in a folder, received and assessed. Close its store when the test is done."""
    built = build_reception(folder)
    mail = files("dubu_plugin.demo").joinpath("post", "alma-skole.eml").read_bytes()
    number = built.registered(mail, "alma-skole.eml")
    built.save(number, kvittering=True)
    built.deliver()
    people = {}
    with built.product.store.read() as connection:
        for who, cpr in (("barn", town.ALMA), ("mor", town.SANNE), ("far", town.MICHAEL)):
            person = personer.by_cpr(connection, Cpr.parse(cpr))
            assert person is not None
            people[who] = person.id
    sag = built.about(number).sag_id
    assert sag is not None
    parents = {people["mor"]: "mor", people["far"]: "far"}
    cast = Cast(
        sag, people["barn"], parents, built.asker("karen"), "mette", built.asker("henrik"), NAMES
    )
    return Stage(built, cast)
