"""An undersøgelse that is begun is a decision the parents get, and its page says so (§ 20)."""

from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.store.sag import sager
from dubu_plugin.store.skrift import skrifter
from dubu_plugin.store.tables import afgoerelser
from dubu_plugin.testing.ordinary_day import Day
from tests.web.skrift_desk import Pages

LINK = "Skriv afgørelsen til forældrene (§ 20)"


def decided(desk: Pages, state: str) -> UUID:
    with desk.town.product.store.write(actor="karen", now=desk.town.now) as work:
        ours = sager.by_id(work.connection, desk.sag)
        assert ours is not None
        number = skrifter.begin(
            work.connection, ours, SkriftKind.AFGOERELSE, by="karen", now=desk.town.now
        ).id
        made = {"decided_on": desk.town.now.date()} if state == "truffet" else {}
        work.connection.execute(
            sa.insert(afgoerelser).values(
                skrift_id=number, sag_id=desk.sag, matter="undersoegelse", state=state,
                at_once=False, version=1, **made,
            )
        )  # fmt: skip
    return number


def test_paragraf_20_the_parents_decision_is_asked_for_until_it_is_made(day: Day) -> None:
    desk = Pages(day)
    shown = desk.shown()
    assert LINK in shown
    assert f"/dubu/sag/{desk.sag}/afgoerelser?forhold=undersoegelse" in shown
    waits = decided(desk, "forberedes")
    assert f'/dubu/sag/{desk.sag}/afgoerelse/{waits}">Gør afgørelsen' in desk.shown()
    decided(desk, "truffet")
    assert "afgørelsen til forældrene" not in desk.shown()
