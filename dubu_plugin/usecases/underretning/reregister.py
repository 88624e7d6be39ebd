"""What came in is something else than it was registered as: a person says so, and why.

The clocks of what it was are annulled. Where it turns out to be an underretning after all, its
clocks start when it was received, not when somebody found out.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from uuid import UUID

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.danish import moment_text
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.domain.intake import PostState
from dubu_plugin.domain.underretning import Henvendelse, Pligt
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.egne import svarfrister
from dubu_plugin.store.keys import op_key, sag_lane
from dubu_plugin.store.sag import sager
from dubu_plugin.store.transaction import Work
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.store.underretning.underretninger import Underretning
from dubu_plugin.usecases.acting import acting
from dubu_plugin.usecases.means import Means
from dubu_plugin.usecases.underretning.choose_child import existing
from dubu_plugin.usecases.underretning.place import TITLES
from dubu_plugin.usecases.underretning.register import Arrived, look_for_child, record_receipt
from dubu_plugin.usecases.underretning.saved_by_another import insist_on_version


class ReasonMissing(CaseworkError):
    """Nobody can see later why it was changed."""

    danish = "Skriv, hvorfor den skal registreres som noget andet."
    field = "grund"


class SameAsBefore(CaseworkError):
    """It is registered as that already."""

    danish = "Den er allerede registreret sådan. Vælg noget andet, eller gå tilbage."
    field = "henvendelse"


class AssessedAlready(CaseworkError):
    """An assessed underretning stays what it is: its assessment is part of the case."""

    danish = (
        "Underretningen er vurderet og hører til på sagen, så den kan ikke registreres om. "
        "Ret vurderingen i stedet."
    )


def reregister(
    underretning: UUID,
    to: Henvendelse,
    reason: str,
    *,
    version: int,
    product: Means,
    asker: Asker,
    now: datetime,
) -> None:
    """Register what came in as something else.

    :raises SameAsBefore: it is registered as that, and as that alone.
    :raises CaseworkError: see `registering_anew`.
    """
    with registering_anew(
        underretning, reason, version=version, product=product, asker=asker, now=now
    ) as (work, about):
        # What is both an underretning and an ansøgning can be said to be the one alone.
        if about.henvendelse is to and not svarfrister.waiting(work.connection, about.id):
            raise SameAsBefore
        _changed(work, about, to, reason.strip())


@contextmanager
def registering_anew(
    underretning: UUID,
    reason: str,
    *,
    version: int,
    product: Means,
    asker: Asker,
    now: datetime,
) -> Iterator[tuple[Work, Underretning]]:
    """Open what came in to be registered as something else, where that can be done.

    :raises ReasonMissing, AssessedAlready: see there.
    :raises SavedByAnother: somebody has saved since the page was opened.
    :raises NotYours: the policy says no, or there is no such thing.
    """
    if not reason.strip():
        raise ReasonMissing
    with acting(product.store, asker, Act.REGISTER, "underretning", underretning, now=now) as work:
        about = existing(work, underretning)
        insist_on_version(work.connection, about, version)
        if about.state == underretninger.ASSESSED:
            raise AssessedAlready
        yield work, about


def _changed(work: Work, about: Underretning, to: Henvendelse, reason: str) -> None:
    other = to is Henvendelse.ANDET
    values: dict[str, Any] = {
        "henvendelse": to,
        "state": underretninger.OTHER if other else underretninger.NEW,
        "andet_reason": reason,
        "closed_at": work.now if other else None,
    }
    if to is Henvendelse.MELLEMKOMMUNAL:
        values |= {"pligt": Pligt.MELLEMKOMMUNAL, "underretter": "1", "professional": True}
    underretninger.change(work.connection, about.id, **values)
    state = PostState.OTHER if other else PostState.REGISTERED
    underretninger.settle_post(work.connection, about.post_id, state, to)
    work.happened(
        Haendelse.HENVENDELSE_OMREGISTRERET,
        sag=about.sag_id,
        underretning=about.id,
        person=about.child_id,
        data={"fra": about.henvendelse, "til": to},
    )
    if about.sag_id is not None:
        note_change(work, about, about.sag_id, TITLES[to], reason)
        sag = sager.by_id(work.connection, about.sag_id)
        if sag is not None and sag.step == sager.APPLIED and not other:
            sager.change(work.connection, sag.id, step=sager.RECEIVED)
    if not other:
        started(work, about, to, bool(values.get("professional", about.professional)))


def note_change(work: Work, about: Underretning, sag: UUID, to: str, reason: str) -> None:
    """Leave a note on the case it was filed on.

    :param to: what it is now, in words.
    """
    work.tell(
        "add_note",
        lane=sag_lane(sag),
        key=op_key(about.id, f"reregistered:{about.version}"),
        payload={
            "sag": str(sag),
            "title": "Henvendelse registreret om",
            "body": (
                f"Det, der blev modtaget {moment_text(about.received_at)}, er registreret om "
                f"fra »{TITLES[about.henvendelse]}« til »{to}«. Grund: {reason}"
            ),
            "occurred_at": work.now.isoformat(),
        },
    )


def started(work: Work, about: Underretning, to: Henvendelse, professional: bool) -> None:
    """Start the clocks of what it is now, from the moment it was received."""
    arrived = Arrived(about.post_id, about.channel, about.received_at, about.unit or "", about.text)
    record_receipt(
        work, about.id, to, arrived, data={"professional": professional}, sag=about.sag_id,
        area=about.area,
    )  # fmt: skip
    if about.child_id is None:
        look_for_child(work, about.id, again=f":{to}:{about.version}")
