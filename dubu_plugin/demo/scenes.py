"""Two cases a visitor asks for and the generator makes none of: a child that is expected, and a
closed case with a deadline that was missed and why.

They are made by the acts people do, so that everything that follows from them follows here too.
"""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

import sqlalchemy as sa

from dubu_plugin.app import Product
from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.cpr import Cpr
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.underretning import Fare, NaesteSkridt, Orienteret, Pligt
from dubu_plugin.domain.vurdering import Answers
from dubu_plugin.frister.rule import MISSED
from dubu_plugin.ports.post import Channel
from dubu_plugin.store import access
from dubu_plugin.store.family import personer
from dubu_plugin.store.indsats.running import running
from dubu_plugin.store.sag.sager import change
from dubu_plugin.store.tables import frister, sager, underretninger
from dubu_plugin.usecases.frist.give_reason import give_reason
from dubu_plugin.usecases.frist.standing import Place
from dubu_plugin.usecases.sag.close_case import close_case
from dubu_plugin.usecases.underretning.assess import Assessment, assess
from dubu_plugin.usecases.underretning.child_choice import UnbornChild
from dubu_plugin.usecases.underretning.register_call import Call, register_call

NAMES: Final = UUID("0f2b1f43-3a53-5f2a-8a55-6f8b1c1b7a10")
ASSESSOR: Final = "mette"
MOTHER: Final = ("Line Demolund", "140799-4991")
"""The number fails modulus 11."""
TOLD: Final = (
    "Sundhedsplejersken ringer om Line Demolund, som venter sit første barn. Line bor alene, har "
    "haft en depression og har ikke været til de seneste to konsultationer. Hun er orienteret og "
    "vil gerne have hjælp, før barnet kommer."
)
CAME: Final = timedelta(hours=20)
TO_TERM: Final = timedelta(weeks=14)
WHY: Final = "Familien var bortrejst, og samtalen kunne først holdes ugen efter."
ENDED: Final = {
    Haendelse.INDSATS_IVAERKSAT: Haendelse.INDSATS_OPHOERT,
    Haendelse.ANBRINGELSE_IVAERKSAT: Haendelse.ANBRINGELSE_OPHOERT,
}
MOST_TRIED: Final = 50
CLOSED: Final = "Familien er flyttet til en anden kommune, som har fået sagen."


def play(product: Product, now: datetime) -> None:
    """Make both. What is there already is not made again."""
    _expected_child(product, now)
    _closed_late(product, now)


def _expected_child(product: Product, now: datetime) -> None:
    name, cpr = MOTHER
    with product.store.read() as connection:
        there = personer.by_cpr(connection, Cpr.parse(cpr))
        who = access.asker(connection, ASSESSOR)
    if there is not None or who is None:
        return
    call = Call(
        form=uuid5(NAMES, name),
        received_at=now - CAME,
        text=TOLD,
        channel=Channel.PHONE,
        child=UnbornChild(danish_day(now + TO_TERM), mother_cpr=cpr, mother_name=name),
        underretter="5",
        pligt=Pligt.FAGPERSON,
        professional=True,
        notifier_organisation="Prøvestrup Sundhedspleje",
        orienteret=Orienteret.JA,
        concerns=("9", "15"),
    )
    number = register_call(call, product=product, asker=who, now=now).underretning
    assert number is not None
    answers = Answers(
        fare=Fare.IKKE_AKUT,
        next_step=NaesteSkridt.BFU,
        reason="Line tager imod hjælp, og barnet er ikke født. Forholdene skal undersøges nu.",
        concerns=frozenset({"9", "15"}),
        suspicion=False,
    )
    with product.store.read() as connection:
        version = connection.scalar(
            sa.select(underretninger.c.version).where(underretninger.c.id == number)
        )
    assess(number, Assessment(answers), version=version or 1, product=product, asker=who, now=now)


def _closed_late(product: Product, now: datetime) -> None:
    """Say why a deadline of somebody's case was missed, and close the case."""
    f, s = frister.c, sager.c
    new = sa.exists().where(underretninger.c.sag_id == s.id, underretninger.c.state == "ny")
    missed = sa.select(f.id, f.sag_id, s.responsible).join(sager, s.id == f.sag_id)
    with product.store.read() as connection:
        there = connection.scalar(
            missed.where(s.phase == "closed", f.exceeded_reason.is_not(None)).limit(1)
        )
        rows = connection.execute(
            missed.where(
                s.phase != "closed",
                s.protected.is_(False),
                s.responsible.is_not(None),
                s.host_key.is_not(None),
                f.exceeded_at.is_not(None),
                f.ended_at.is_not(None),
                f.kind.in_(sorted(MISSED)),
                f.exceeded_reason.is_(None),
                sa.not_(new),
            )
            .order_by(sa.case((s.responsible == "karen", 0), else_=1), f.exceeded_at.desc(), f.id)
            .limit(MOST_TRIED)
        ).all()
        row = next((one for one in rows if len(running(connection, one.sag_id)) <= 1), None)
        who: Asker | None = access.asker(connection, row.responsible) if row else None
    if there is not None or row is None or who is None:
        return
    give_reason(row.id, Place("sag", row.sag_id), WHY, product=product, asker=who, now=now)
    with product.store.write(actor=who.key, now=now) as work:
        for one in running(work.connection, row.sag_id):
            work.happened(ENDED[one.what], occurred_at=now, sag=row.sag_id)
        change(work.connection, row.sag_id, has_indsats=False)
    close_case(row.sag_id, CLOSED, product=product, asker=who, now=now)
