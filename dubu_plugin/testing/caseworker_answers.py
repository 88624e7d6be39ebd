"""What the caseworker of a made-up year answers, as the product's own pages ask it."""

import random
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import UUID, uuid4

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.underretning import Fare, NaesteSkridt
from dubu_plugin.frister.rule import Rule
from dubu_plugin.store.deadlines.answering import ANSWERS
from dubu_plugin.store.transaction import Work
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.store.underretning.underretninger import Vurdering
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.usecases.underretning.follow_assessment import follow_assessment, needs_support

STEPS: Final = tuple(NaesteSkridt)
STEP_WEIGHTS: Final = (50, 25, 10, 13, 2)
"""What an assessment leads to, in per cent, where most of the children are helped already."""


def facts_of(what: H, pick: random.Random, now: datetime) -> dict[str, Any]:
    """Return what is said of a hændelse."""
    later = danish_day(now) + timedelta(days=180)
    match what:
        case H.UNDERRETNING_VURDERET:
            step = pick.choices(STEPS, STEP_WEIGHTS)[0]
            return {"professional": True, "overgreb": "nej", "naeste": step,
                    "behov": needs_support(step)}  # fmt: skip
        case H.SCREENING_AFSLUTTET:
            return {"udfald": pick.choice(["ingen", "afdaekning", "undersoegelse"])}
        case H.AFGOERELSE_TRUFFET:
            # Each time somebody decides whether there is to be a plan (§ 91, stk. 1).
            plan = danish_day(now).toordinal() % 2 == 0
            return {"grundlag": "stoette", "plan": plan, "tilbud": True,
                    "afgoerelse": str(uuid4())}  # fmt: skip
        case H.INDSATS_IVAERKSAT:
            return {"indsats": str(uuid4()), "handicap": False}
        case H.FORELOEBIG_VURDERING_SKREVET:
            return {"ventes_faerdig": (danish_day(now) + timedelta(days=28)).isoformat()}
        case H.OPFOELGNING_AFHOLDT | H.OPFOELGNING_PLANLAGT:
            return {"naeste_opfoelgning": later.isoformat()}
        case H.UDVALGSAFGOERELSE_TRUFFET:
            return {"angaar": "anbringelse", "genbehandling": "et_aar"}
        case H.UNGESTOETTE_BESLUTTET:
            return {"bevilget": True}
    return {}


def answer_to(row: Any, rule: Rule, what: H, pick: random.Random, now: datetime) -> dict[str, Any]:
    """Return what is said of what is done about a deadline, so that it meets that one."""
    data: dict[str, Any] = {"frist": row.rule}
    if row.subject_id is not None:
        data[rule.subject.value] = str(row.subject_id)
    if rule.each and rule.covers is None:
        data[ANSWERS] = str(row.anchor_id)
    data |= facts_of(what, pick, now)
    for name, allowed in rule.met_when.get(what, {}).items():
        if data.get(name) not in allowed:
            data[name] = min(allowed, key=str)
    return data


def decide(work: Work, underretning: UUID, step: NaesteSkridt) -> None:
    """Let the product record what an assessment decides, as it does when one is saved."""
    about = underretninger.by_id(work.connection, underretning)
    assert about is not None
    vurdering = Vurdering(
        underretning_id=underretning,
        version=1,
        fare=Fare.IKKE_AKUT,
        next_step=step,
        assessor=KAREN,
        assessed_at=work.now,
        reason="Test",
    )
    follow_assessment(work, about, vurdering)
