"""Hand the relevant parts of a plan to a place or a treatment (barnets lov § 94)."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Final
from uuid import UUID

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.maal import PARENTS, PLANS
from dubu_plugin.domain.skrift import cleaned
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.plan import maal
from dubu_plugin.store.skrift import tekster
from dubu_plugin.usecases.dokument.order.plan import order_extract
from dubu_plugin.usecases.skrift.on_skrift import Skriver, on_skrift

LONGEST_NAME: Final = 200


class NothingChosen(CaseworkError):
    """No goal is ticked, or it is not said who gets it."""

    danish = "Vælg de mål, der skal med, og skriv, hvem uddraget er til."
    field = "til"


class NotAdopted(CaseworkError):
    """No version of the plan is approved."""

    danish = "Planen er ikke godkendt endnu. Gem og send den først, og lav så uddraget."


def hand_out(
    sag: UUID,
    plan: UUID,
    goals: Collection[UUID],
    to: str,
    *,
    product: Skriver,
    asker: Asker,
    now: datetime,
) -> UUID:
    """Have an extract with only these goals filed, and return its letter.

    It is made from the newest approved version, and holds the purpose, the duration and the goals;
    nothing of what the child, the parents or others have said besides.

    :param to: who it is handed to.
    :raises NothingChosen, NotAdopted: see there.
    :raises CaseClosed: the case is closed.
    :raises NotYours: the policy says no, there is no such plan or goal, or it is the parents' own.
    """
    name = cleaned(to).strip()[:LONGEST_NAME]
    if not goals or not name:
        raise NothingChosen
    with on_skrift(sag, plan, product=product, asker=asker, now=now, is_open=False) as here:
        if here.skrift.kind not in PLANS - {PARENTS}:
            raise NotYours
        connection = here.work.connection
        version = maal.approved_version(connection, plan)
        if version is None:
            raise NotAdopted
        said = tekster.read(connection, plan, version)
        if not set(goals) <= {one.id for one in maal.of_skrift(connection, plan, said)}:
            raise NotYours
        approved = replace(here.skrift, version=version)
        return order_extract(
            here.work, here.sag, approved, said, goals, name, form=here.form,
            letters=product.letters, municipality=product.settings.municipality,
            catalogue=product.indsatser,
        )  # fmt: skip
