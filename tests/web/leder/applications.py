"""Applications and what answers them, laid straight into the tables."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.store.tables import afgoerelser, frister, klager, skrifter
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.ordinary_day import NOW, Day

TEXT = "Vi søger om dækning af tabt arbejdsfortjeneste efter § 87."


def lay(day: Day, *, who: str = KAREN, matter: str = "tabt", outcome: str = "medhold",
        decided: date = date(2026, 2, 20), text: str = TEXT, took: int = 30,
        late: bool = False, unit: str = "modtagelse", answered: bool = True,
        **more: Any) -> UUID:  # fmt: skip
    """Lay an application and the decision that answers it, on a case of its own."""
    town, number = day.town, uuid4()
    child = town.person(f"Test {number.hex[:6]}", born=date(2018, 5, 5))
    sag = town.sag(child, unit=unit)
    at = datetime(decided.year, decided.month, decided.day, 9, tzinfo=NOW.tzinfo)
    came = at - timedelta(days=took)
    asked = town.underretning(
        text, child=child, sag=sag, received_at=came, henvendelse="ansoegning", unit=unit
    )
    if not answered:
        return asked
    due = at + timedelta(days=-1 if late else 10)
    with town.product.store.write(actor=who, now=NOW) as work:
        work.connection.execute(
            sa.update(frister)
            .where(frister.c.underretning_id == asked, frister.c.rule == "LOKALFRIST")
            .values(due=due, ended_at=at, state="opfyldt")
        )
    town.insert(
        skrifter, id=number, sag_id=sag, person_id=child, kind="afgoerelse", version=1,
        state="godkendt", begun_at=came, begun_by=who,
    )  # fmt: skip
    town.insert(
        afgoerelser, skrift_id=number, sag_id=sag, matter=matter, outcome=outcome, at_once=False,
        state="truffet", decided_on=decided, made_at=at, made_by=who, version=1, **more,
    )  # fmt: skip
    return number


def complain(day: Day, afgoerelse: UUID, **more: Any) -> None:
    with day.town.product.store.read() as connection:
        sag, child = connection.execute(
            sa.select(skrifter.c.sag_id, skrifter.c.person_id).where(skrifter.c.id == afgoerelse)
        ).one()
    came = datetime(2026, 2, 25, 9, tzinfo=NOW.tzinfo)
    day.town.insert(
        klager, id=uuid4(), sag_id=sag, afgoerelse_id=afgoerelse, person_id=child,
        received_at=came, form="skriftligt", words="Vi er ikke enige.", late=False,
        due_on=date(2026, 3, 25), suspensive=False, noted_by=KAREN, **more,
    )  # fmt: skip
