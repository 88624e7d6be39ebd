"""What was begun on a case and then given up: it is read as never begun."""

from collections.abc import Sequence
from dataclasses import replace

from dubu_plugin.domain.forloeb import Fact
from dubu_plugin.domain.haendelser import Haendelse as H


def without_given_up(facts: Sequence[Fact]) -> Sequence[Fact]:
    """Return what has happened, but for what was begun and then given up.

    What is taken up again with a new version begins there.

    :param facts: in their order.
    """
    left: list[Fact] = []
    gone: dict[object, Fact] = {}
    for one in facts:
        if one.what is H.SKRIFT_NY_VERSION and one.data.get("skrift") in gone:
            left.append(replace(gone.pop(one.data.get("skrift")), at=one.at, seq=one.seq))
        taken = {
            number
            for number, begun in enumerate(left)
            if _gives_up(one, begun) and not any(_stands(begun, end) for end in left[number:])
        }
        gone |= {left[number].data.get("skrift"): left[number] for number in taken}
        left = [begun for number, begun in enumerate(left) if number not in taken]
        left.append(one)
    return left


def _gives_up(one: Fact, begun: Fact) -> bool:
    """Tell whether a fact gives up what another began."""
    match one.what, begun.what:
        case H.UNDERSOEGELSE_OPGIVET, H.UNDERSOEGELSE_BESLUTTET:
            return True
        case H.SKRIFT_OPGIVET, H.SKRIFT_BEGYNDT:
            return bool(begun.data.get("skrift") == one.data.get("skrift"))
        case H.AFGOERELSE_OPGIVET, H.SKRIFT_BEGYNDT:
            return bool(begun.data.get("skrift", "") == one.data.get("afgoerelse"))
        case H.AFGOERELSE_OPGIVET, H.AFGOERELSE_FORBEREDT | H.ANBRINGELSE_FORBEREDT:
            return bool(begun.data.get("afgoerelse") == one.data.get("afgoerelse"))
        case H.FAELLES_PLAN_OPHOERT, H.BARNETS_PLAN_VEDTAGET | H.UNGEPLAN_VEDTAGET:
            # The plan of a sibling's case has no goal for the child any more (§ 91, stk. 3).
            its = one.data.get("faelles")
            return its is not None and bool(begun.data.get("faelles") == its)
    return False


def _stands(begun: Fact, end: Fact) -> bool:
    """Tell whether a fact has what another began stand: only what came after it is given up."""
    if begun.what is H.UNDERSOEGELSE_BESLUTTET:
        return end.what is H.UNDERSOEGELSE_AFSLUTTET
    mine = begun.data.get("skrift")
    return end.what is H.SKRIFT_GODKENDT and end.data.get("skrift") == mine
