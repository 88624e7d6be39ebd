"""Emil's case as far as a decision that is reckoned, for the pictures of the guide."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.beregning.tabt import TabtInput
from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.store.tables import sager
from dubu_plugin.testing.ordinary_day import Day
from dubu_plugin.usecases.afgoerelse.prepare import prepare
from dubu_plugin.usecases.afgoerelse.reckon import reckon
from dubu_plugin.usecases.skrift.present import approve
from tests.usecases.skrift.desk import Desk

from .story import story

HOME = "Demovænget 22, 9999 Prøvestrup"
NAMES = {"barn": "Emil", "mor": "Katrine", "far": "Jonas"}
FIRST = date(2026, 6, 15)


def emils_case(day: Day) -> dict[str, UUID]:
    """Return the case, the udredning a new version of which is written in, and the decision."""
    town = day.town
    child = town.person("Emil Demodal", born=date(2019, 7, 26), address=HOME)
    mother = town.person("Katrine Demodal", address=HOME)
    town.tie(child, mother, "mor", "barn")
    sag = town.sag(child, step="ansoegt")
    with town.product.store.write(actor="system", now=town.now) as work:
        work.connection.execute(
            sa.update(sager).where(sager.c.id == sag).values(area="boernehandicap")
        )
    desk = Desk(town, sag)
    town.underretning(
        "Jeg søger tabt arbejdsfortjeneste 15 timer om ugen.", child=child, sag=sag,
        henvendelse="ansoegning",
    )  # fmt: skip
    skrift, said = desk.begun(SkriftKind.HANDICAPUDREDNING), story("handicap")["udredning"]
    texts = {
        (one["kode"], name): text.format_map(NAMES)
        for one in said["tema"]
        for name, text in one.items()
        if name != "kode"
    }
    texts |= {("", name): text.format_map(NAMES) for name, text in said.items() if name != "tema"}
    desk.put_at(skrift, texts)
    approve(sag, skrift.id, **desk.leader)
    decision = prepare(sag, "tabt", **desk.act())
    hours = TabtInput(hours=Decimal(10), full_hours=Decimal(37), pay=Decimal(34000),
                      employer_pension=Decimal(3400))  # fmt: skip
    reckon(sag, decision, hours, FIRST, mother, **desk.act())
    return {"emil_sag": sag, "udredning": skrift.id, "tabt": decision}
