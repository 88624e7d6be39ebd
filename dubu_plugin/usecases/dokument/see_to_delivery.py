"""A person sees to what another system refused: it is tried once more, or it is given up."""

from uuid import UUID

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.store import outbox
from dubu_plugin.store.outbox import Waiting
from dubu_plugin.store.transaction import Work


def try_again(work: Work, waiting: Waiting) -> None:
    """Have it tried at once; where it may have got through, that is looked up first.

    :raises NotStuck: somebody else was quicker.
    """
    outbox.try_again(work.connection, waiting.key, now=work.now)
    _told(work, Haendelse.LEVERING_GENTAGET, waiting)
    work.has_told = True


def give_up(work: Work, waiting: Waiting, reason: str) -> None:
    """Send it never, so that what stands behind it goes on.

    :param reason: for whoever wonders later; kept with the delivery.
    :raises ReasonMissing: no reason is given.
    :raises NotStuck: somebody else was quicker.
    """
    outbox.drop(work.connection, waiting.key, reason=reason, now=work.now)
    _told(work, Haendelse.LEVERING_OPGIVET, waiting)
    work.has_told = True


def of_lane(work: Work, lane: str, key: UUID) -> Waiting | None:
    """Return what waits in a lane under this key, or None where nothing does."""
    found = outbox.stuck(work.connection, lanes=[lane])
    return next((waiting for waiting in found if waiting.key == key), None)


def _told(work: Work, what: Haendelse, waiting: Waiting) -> None:
    work.happened(
        what,
        sag=waiting.sag,
        underretning=waiting.underretning,
        data={"levering": str(waiting.key), "art": waiting.kind, "fejl": waiting.error},
    )
