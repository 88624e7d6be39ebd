"""Which version of a rule a clock runs under, also over new year 2024 (§ 213)."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.frister.rule import BARNETS_LOV, NOTHING, Rule, Transition


def version_of(
    rules: Sequence[Rule],
    anchor: datetime,
    data: Mapping[str, object] = NOTHING,
    born: date | None = None,
) -> Rule | None:
    """Return the version a clock runs under that starts at this moment, or None.

    That is the one in force then. But a clock that started under serviceloven and had not run out
    at the end of 2023 runs under barnets lov where § 213, stk. 1, says so; so does what has no
    number, for it is not done until somebody says it is.

    :param data: what the hændelse says, and `born` the child's date of birth: where they are known
        they tell what had run out.
    """
    day = danish_day(anchor)
    found = next((rule for rule in rules if rule.in_force(day)), None)
    if day >= BARNETS_LOV:
        return found
    taking_over = next((rule for rule in rules if _takes_over(rule)), None)
    if taking_over is None:
        return found
    term = (found or taking_over).term(anchor, data, born)
    if term is None or danish_day(term.due) >= BARNETS_LOV:
        return taking_over
    return found


def _takes_over(rule: Rule) -> bool:
    return rule.in_force_from == BARNETS_LOV and rule.transition is Transition.NY
