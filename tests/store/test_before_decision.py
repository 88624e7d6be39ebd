"""What stands on a case before a decision, and what the decision gives, on both databases."""

from datetime import UTC, date, datetime
from uuid import UUID

from dubu_plugin.domain.afgoerelser import Given
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.store.afgoerelse import afgoerelser
from dubu_plugin.store.afgoerelse.before_decision import Recorded, recorded
from dubu_plugin.store.database import Store
from dubu_plugin.store.sag import noted, sager
from dubu_plugin.store.sag.noted import MARK
from dubu_plugin.store.skrift import skrifter

from .conftest import NOW, Ground

HELP = Given(code="familiebehandling")
HOME = Given(
    code="stoette_i_hjemmet", purpose="At aftenerne får en gang.", ends_on=date(2026, 9, 1)
)


def happened(store: Store, sag: UUID, what: H, at: datetime, **data: str) -> None:
    with store.write(actor="karen", now=NOW) as work:
        work.happened(what, sag=sag, occurred_at=at, data=data)


def test_the_newest_undersoegelse_and_plan_are_by_their_danish_days(
    store: Store, ground: Ground
) -> None:
    sag = ground.sag(ground.person())
    with store.read() as connection:
        assert recorded(connection, sag) == Recorded()
    happened(store, sag, H.UNDERSOEGELSE_AFSLUTTET, datetime(2025, 1, 5, 9, tzinfo=UTC))
    happened(store, sag, H.UNDERSOEGELSE_AFSLUTTET, datetime(2026, 2, 1, 23, 30, tzinfo=UTC))
    happened(store, sag, H.UNGEPLAN_VEDTAGET, datetime(2026, 1, 5, 9, tzinfo=UTC))
    happened(store, sag, H.AKTINDSIGT_ANMODET, NOW, aktindsigt="part")
    with store.read() as connection:
        found = recorded(connection, sag)
    assert found.examined_on == date(2026, 2, 2), "a Danish day"
    assert found.planned_on == date(2026, 1, 5)
    assert found.insight_waits
    assert not found.parents_plan


def test_what_was_noted_by_hand_is_told_from_what_came_by_itself(
    store: Store, ground: Ground
) -> None:
    sag = ground.sag(ground.person())
    what = H.UDVALGSAFGOERELSE_TRUFFET
    happened(store, sag, what, datetime(2026, 1, 5, 9, tzinfo=UTC))
    happened(store, sag, what, datetime(2026, 1, 8, 9, tzinfo=UTC), **{MARK: "x"})
    with store.read() as connection:
        assert noted.days_of(connection, sag, what) == {date(2026, 1, 5), date(2026, 1, 8)}
        assert noted.days_of(connection, sag, what, by_hand=True) == {date(2026, 1, 8)}


def test_a_decision_is_read_with_all_it_gives(store: Store, ground: Ground) -> None:
    sag = ground.sag(ground.person())
    with store.write(actor="karen", now=NOW) as work:
        ours = sager.by_id(work.connection, sag)
        assert ours is not None
        for matter in ("samvaer", "stoette"):
            number = skrifter.begin(
                work.connection, ours, SkriftKind.AFGOERELSE, by="karen", now=NOW
            ).id
            afgoerelser.begin(work.connection, number, sag, matter)
        its = afgoerelser.by_id(work.connection, number)
        assert its is not None
        assert afgoerelser.change(work.connection, its, {"given": [HELP, HOME]}, seen=1)
        found = {one.matter: one.given for one in afgoerelser.of_sag(work.connection, sag)}
    assert found == {"samvaer": (), "stoette": (HELP, HOME)}
