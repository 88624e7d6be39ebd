"""The address book is asked whose child a sibling is, when it is given a goal in a plan (§ 91)."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol
from uuid import UUID

from dubu_plugin.domain.access import Act, Asker, Decision
from dubu_plugin.errors import Unreachable
from dubu_plugin.store import read_log
from dubu_plugin.store.family import personer
from dubu_plugin.usecases.sag.birth import keep_person
from dubu_plugin.usecases.skrift.on_skrift import Skriver, on_sag
from dubu_plugin.usecases.underretning.around import Around, Systems
from dubu_plugin.usecases.underretning.keep_match import keep_families


class Planner(Skriver, Protocol):
    """Also the address book."""

    @property
    def ports(self) -> Systems:
        """The other systems."""


def ask_for_parents(
    sag: UUID, children: Collection[UUID], *, product: Planner, asker: Asker, now: datetime
) -> None:
    """Keep the family the address book says some siblings have.

    Of a sibling without a case of its own nobody has asked: it is known as the case's child's
    sibling alone. A book that does not answer, or names nobody, says nothing: what we know stays.

    :param sag: the case the plan is written on; the question stands in its log.
    :raises CaseClosed, NotYours: see `dubu_plugin.usecases.skrift.on_skrift.on_sag`.
    """
    with product.store.read() as connection:
        people = [personer.by_id(connection, one) for one in sorted(children)]
    around = Around(product.ports)
    asked: dict[str, UUID] = {}
    for one in people:
        if one is None or one.host_key is None:
            continue
        try:
            family = around.family_of(one.host_key)
        except Unreachable:
            break
        if family:
            asked[one.host_key] = one.id
        else:
            del around.families[one.host_key]
    if not asked:
        return
    with on_sag(sag, product=product, asker=asker, now=now) as (work, _):
        for person in asked.values():
            read_log.add(
                work.connection, at=now, employee=asker.key, act=Act.SEARCH,
                subject_kind="sag", subject_id=str(sag),
                decision=Decision(True, "opslag:adressebog"), detail=f"person:{person}",
            )  # fmt: skip
        kept = {key: keep_person(work, one) for key, one in around.people.items()}
        keep_families(work, around.found(), {**kept, **asked})
