"""Which plan is a young person's: from sixteen an ungeplan is in place of barnets plan.

Source: barnets lov § 91, stk. 1, and § 108.
"""

from collections.abc import Sequence
from datetime import date

from dubu_plugin.domain.alder import age_on
from dubu_plugin.domain.gates.content import YOUNG
from dubu_plugin.domain.skrift import SkriftKind, SkriftState
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.skrift.skrifter import Skrift


class HasUngeplan(CaseworkError):
    """A young person of sixteen with an ungeplan gets no barnets plan beside it (§§ 91 and 108)."""

    danish = (
        "Den unge er fyldt 16 år og har en ungeplan. Den står i stedet for barnets plan (§ 108). "
        "Skriv videre i ungeplanen, eller lav en ny version af den."
    )


def insist_in_force(
    there: Sequence[Skrift], born: date | None, today: date, *, drafts: bool = True
) -> None:
    """Refuse a barnets plan where an ungeplan is in place of it.

    :param there: the plans of the case.
    :param drafts: an ungeplan that is written in is in place of it too: one of them at a time.
    :raises HasUngeplan: it is.
    """
    if is_replaced(there, born, today, drafts=drafts):
        raise HasUngeplan


def is_replaced(
    there: Sequence[Skrift], born: date | None, today: date, *, drafts: bool = True
) -> bool:
    """Tell whether an ungeplan is in place of barnets plan (§ 108).

    :param there: the plans of the case.
    :param born: when the child was; None is unborn, or not known.
    :param drafts: see `insist_in_force`.
    """
    if born is None or age_on(born, today) < YOUNG:
        return False
    return any(
        one.state is SkriftState.GODKENDT or (drafts and one.is_open)
        for one in there
        if one.kind is SkriftKind.UNGEPLAN
    )
