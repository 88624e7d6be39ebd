"""The child's own document of a plan: »Min plan«, in words for its age."""

from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.documents.letter import Value
from dubu_plugin.documents.shelf import LetterShelf
from dubu_plugin.domain.afgoerelser import PARTY_FROM
from dubu_plugin.domain.alder import age_on
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.indsatser import CONSENTS_FROM
from dubu_plugin.settings import Municipality
from dubu_plugin.store.plan import maal
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.skrift.skrifter import Skrift
from dubu_plugin.store.skrift.tekster import Texts
from dubu_plugin.store.tables import personer
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.dokument.addressed import dated
from dubu_plugin.usecases.dokument.order.letter import order_letter
from dubu_plugin.usecases.dokument.sender import sender
from dubu_plugin.usecases.plan.min_plan import READS_FROM, min_plan

MIN_PLAN: Final = "min_plan"
MIN_PLAN_UNG: Final = "min_plan_ung"


def order_own(
    work: Work,
    sag: Sag,
    plan: Skrift,
    said: Texts,
    child: UUID,
    *,
    letters: LetterShelf,
    municipality: Municipality,
) -> UUID | None:
    """Have one child's »Min plan« filed after the commit, in words for its age.

    :returns: None where the plan has nothing for the child, or it is too small for a paper.
    """
    goals = maal.of_skrift(work.connection, plan.id, said)
    words = {at: text.text for at, text in said.items()}
    own = min_plan(goals, words if child == plan.person else {}, child)
    who = work.connection.execute(sa.select(personer).where(personer.c.id == child)).one()
    age = age_on(who.born, danish_day(work.now)) if who.born is not None else None
    if not own.vil or age is None or age < READS_FROM:
        return None
    house = sender(work.connection, municipality, author=work.actor, unit=sag.unit)
    values: dict[str, Value] = {
        **house.fields,
        "enhed.telefon": house.contact["enhed.telefon"],
        "brev.dato": dated(work.now)["brev.dato"],
        "afsender.navn": house.name,
        "barn.fornavn": who.name.split(" ")[0],
        "min_plan.vil": own.vil,
        "min_plan.voksne": own.voksne,
        "min_plan.tegn": own.tegn,
        "min_plan.moedes": own.moedes,
    }
    code = MIN_PLAN_UNG if age >= CONSENTS_FROM else MIN_PLAN
    if code == MIN_PLAN:
        values["min_plan.lille"] = age < PARTY_FROM
    return order_letter(
        work, code, letters=letters, sag=sag.id, underretning=None, values=values,
        author=work.actor,
    )  # fmt: skip
