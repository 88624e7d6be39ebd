"""The transaction of an act on a skrift, and what is refused for all of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.indsatser import Catalogue
from dubu_plugin.errors import CaseworkError
from dubu_plugin.metode.methodfiles import MethodFiles
from dubu_plugin.metode.skriftform import SkriftForm
from dubu_plugin.metode.skriftformfile import SkriftForms
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.canonical import JSON
from dubu_plugin.store.sag import sager
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.skrift import skrifter
from dubu_plugin.store.skrift.skrifter import Skrift
from dubu_plugin.store.transaction import Recorded, Work
from dubu_plugin.usecases.acting import acting
from dubu_plugin.usecases.means import Writing


class Skriver(Writing, Protocol):
    """Also the methods, and what is asked in each kind of skrift."""

    @property
    def methods(self) -> MethodFiles:
        """The methods of the installation."""

    @property
    def forms(self) -> SkriftForms:
        """What is asked in each kind of skrift."""

    @property
    def indsatser(self) -> Catalogue:
        """The indsatser there are."""


class NotOpen(CaseworkError):
    """The version is approved or given up, so nobody writes in it."""

    danish = (
        "Den version er afsluttet, så der skrives ikke i den. Lav en ny version; alt, der står i "
        "den, følger med. Det, du har skrevet, står her endnu."
    )


class CarriedOn(NotOpen):
    """What grew from it is written in instead of it."""

    danish = (
        "Den er ført videre i det, der er vokset ud af den, og alt, der stod i den, står dér. "
        "Skriv det nye dér. Det, du har skrevet, står her endnu."
    )


class CaseClosed(CaseworkError):
    """The case is closed."""

    danish = "Sagen er lukket. Åbn den igen i journalen, og skriv så videre."


@dataclass(frozen=True, slots=True)
class OnSkrift:
    """An act's transaction, the case and the skrift."""

    work: Work
    sag: Sag
    skrift: Skrift
    form: SkriftForm

    def happened(self, what: Haendelse, **data: JSON) -> Recorded:
        """Record something that happened with the skrift."""
        return happened(self.work, self.sag, what, skrift=str(self.skrift.id),
                        art=self.skrift.kind, version=self.skrift.version, **data)  # fmt: skip


def happened(work: Work, sag: Sag, what: Haendelse, **data: JSON) -> Recorded:
    """Record something that happened on a case, for who is responsible for it."""
    return work.happened(
        what,
        sag=sag.id,
        person=sag.child_id,
        responsible=sag.responsible,
        unit=sag.unit,
        data=data,
    )


@contextmanager
def on_sag(
    sag: UUID, *, product: Writing, asker: Asker, now: datetime, act: Act = Act.WRITE
) -> Iterator[tuple[Work, Sag]]:
    """Open the transaction of an act on an open case.

    :raises CaseClosed: it is closed.
    :raises NotYours: the policy says no, or there is no such case.
    """
    with acting(product.store, asker, act, "sag", sag, now=now) as work:
        ours = sager.by_id(work.connection, sag)
        if ours is None:
            raise NotYours
        if ours.is_closed:
            raise CaseClosed
        yield work, ours


@contextmanager
def on_skrift(
    sag: UUID,
    skrift: UUID,
    *,
    product: Skriver,
    asker: Asker,
    now: datetime,
    act: Act = Act.WRITE,
    is_open: bool = True,
) -> Iterator[OnSkrift]:
    """Open the transaction of an act on a skrift of an open case.

    :param is_open: the act is one on a version that is written in.
    :raises NotOpen: it is not.
    :raises CaseClosed: the case is closed.
    :raises NotYours: the policy says no, or the case has no such skrift.
    """
    with on_sag(sag, product=product, asker=asker, now=now, act=act) as (work, ours):
        found = skrifter.by_id(work.connection, skrift)
        if found is None or found.sag != ours.id:
            raise NotYours
        if is_open and not found.is_open:
            raise CarriedOn if found.is_carried_on else NotOpen
        method = product.methods.book.method(found.method or "", found.method_version or "")
        yield OnSkrift(
            work, ours, found, product.forms.on_case(found.kind, method, unborn=found.unborn)
        )
