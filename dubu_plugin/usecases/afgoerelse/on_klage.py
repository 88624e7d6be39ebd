"""What every act on a complaint stands on, and how it says no."""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from dubu_plugin.domain.afgoerelser import Matter
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.inddragelse import is_child
from dubu_plugin.errors import CaseworkError, FieldsRefused
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.afgoerelse import afgoerelser, klager
from dubu_plugin.store.afgoerelse.klager import Klage, KlageState
from dubu_plugin.store.canonical import JSON
from dubu_plugin.store.family import personer
from dubu_plugin.store.sag import sager
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.afgoerelse.on_afgoerelse import Deciding, matter_of
from dubu_plugin.usecases.dokument import heeded


class KlageNotClear(FieldsRefused):
    """Something is left out of a complaint or of what came of it."""

    def __init__(self, **fields: str) -> None:
        super().__init__(fields)


class NotNow(CaseworkError):
    """The complaint is not where that can be done."""

    danish = "Klagen er nået videre imens. Se, hvor den står nu."


@dataclass(frozen=True, slots=True)
class OnKlage:
    """An act's transaction, the complaint, and what it is about."""

    work: Work
    sag: Sag
    klage: Klage
    matter: Matter

    def happened(self, what: H, when: datetime | None = None, **data: JSON) -> None:
        """Record something that happened with the complaint."""
        self.work.happened(
            what,
            occurred_at=when,
            sag=self.sag.id,
            person=self.sag.child_id,
            responsible=self.sag.responsible,
            unit=self.sag.unit,
            data={
                "klage": str(self.klage.id), "afgoerelse": str(self.klage.afgoerelse), **data
            },
        )  # fmt: skip

    def change(self, state: KlageState, **values: Any) -> None:
        """Store where it stands, and what else has come of it."""
        klager.change(self.work.connection, self.klage, state, **values)


def on_klage(
    work: Work, sag: UUID, klage: UUID, product: Deciding, states: Set[KlageState]
) -> OnKlage:
    """Return a complaint of a case, where it stands where the act can be done.

    :raises NotNow: it does not.
    :raises NotYours: there is no such complaint.
    """
    ours, found = sager.by_id(work.connection, sag), klager.by_id(work.connection, klage)
    if ours is None or found is None or found.sag != sag:
        raise NotYours
    if found.state not in states:
        raise NotNow
    its = afgoerelser.by_id(work.connection, found.afgoerelse)
    if its is None:
        raise NotYours
    return OnKlage(work, ours, found, matter_of(product, its, danish_day(work.now)))


def not_heeded(here: OnKlage, today: date, *, seen: bool) -> dict[str, str]:
    """Return what is to be seen before who complains reads what is written here, by field.

    A child under fifteen reads nothing of it, and knows where it lives.
    """
    connection, sag = here.work.connection, here.sag
    mine = here.klage.person == sag.child_id
    child = personer.by_id(connection, sag.child_id) if mine else None
    if child is not None and is_child(child.born, today):
        return {}
    return heeded.not_heeded(connection, sag, today, seen=seen, knows_place=mine)
