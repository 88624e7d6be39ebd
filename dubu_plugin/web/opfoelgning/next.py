"""Which next day an opfølgning proposes: the case's rhythm, sooner where something is just begun.

Each indsats is followed up the first time within three months of its own start (barnets lov § 95,
stk. 2). The opfølgning that is held now is that of the oldest, and of those whose time is near.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from dubu_plugin.domain import danish
from dubu_plugin.domain.gates.standing import months_on
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.opfoelgning import OTHER_DAY, USUAL
from dubu_plugin.frister.counting import counted
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store.sag.sag_panel import OpenStep

WHY: Final = (
    "En indsats er ny og skal følges op første gang senest {day}, tre måneder efter den begyndte "
    "(§ 95, stk. 2)."
)


def first_left(steps: Sequence[OpenStep], rules: RuleBook, now: datetime) -> date | None:
    """Return the day by which another indsats has its first follow-up, after the one held now."""
    waits, agreed = [], False
    for one in steps:
        rule = rules.version(one.rule, one.version)
        if one.state != "aaben" or one.due is None or rule is None:
            continue
        if H.OPFOELGNING_AFHOLDT in rule.met_by and rule.covers is not None:
            waits.append((one.due, counted(now, rule.covers, rule.profile).due))
        elif H.OPFOELGNING_AFHOLDT in rule.met_by:
            agreed = True
    waits.sort()
    left = [due for due, covered in waits[0 if agreed else 1 :] if due > covered]
    return danish.danish_day(left[0]) if left else None


def proposed(rhythm: int | None, left: date | None, today: date) -> dict[str, str]:
    """Return what the fields of the next day begin with.

    :param rhythm: the case's own, in months; else it is three.
    :param left: see `first_left`.
    """
    months = rhythm or USUAL
    if left is None or months_on(today, months) <= left:
        return {"naeste": str(months)}
    why = WHY.format(day=danish.long_date(left))
    return {"naeste": OTHER_DAY, "naeste_dag": left.isoformat(), "naeste_grund": why}
