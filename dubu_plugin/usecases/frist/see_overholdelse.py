"""See how deadlines were kept. Whoever looks, or takes it out, is in the read log."""

from datetime import datetime

from dubu_plugin.domain.access import Act, Asker, Decision
from dubu_plugin.frister.overholdelse import Quarter
from dubu_plugin.store import read_log
from dubu_plugin.store.access import NotYours
from dubu_plugin.store.overholdelse.sight import Sight, sight
from dubu_plugin.usecases.frist.standing import Stored


def see_overholdelse(
    product: Stored,
    asker: Asker,
    quarter: Quarter,
    *,
    now: datetime,
    unit: str | None = None,
    act: Act = Act.COUNT,
) -> Sight:
    """Return whose figures somebody may see, and write in the read log that they did.

    :param unit: only of this unit and those below it.
    :param act: `Act.EXPORT` where it is taken out as a file.
    :raises NotYours: the policy says no, or there is no such unit; that stands in the log too.
    """
    seen: Sight | None = None
    with product.store.add() as connection:
        try:
            seen = sight(connection, asker, unit)
            decision = seen.decision
        except NotYours:
            decision = Decision(False, "nej:ingen_regel")
        read_log.add(
            connection,
            at=now,
            employee=asker.key,
            act=act,
            subject_kind="overholdelse",
            subject_id=read_log.masked(unit)[:64] if unit else "alle",
            decision=decision,
            detail=str(quarter),
        )
    if seen is None:
        raise NotYours
    return seen
