"""What is done on a told case beside the writing: consents, steps of its plans, help that ends."""

from datetime import datetime, timedelta
from typing import Any, Final

import sqlalchemy as sa

from dubu_plugin.aktiviteter.states import PlanState, StepState
from dubu_plugin.app import Product
from dubu_plugin.demo.cast import Cast
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.inddragelse import Samtykkeart, SamtykkeState, Way
from dubu_plugin.domain.indsatser import IndsatsState
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.aktivitet import plan_steps
from dubu_plugin.store.inddragelse import samtykker
from dubu_plugin.store.indsats import indsatser
from dubu_plugin.store.tables import aktivitetsplaner
from dubu_plugin.usecases.aktivitet.complete_step import complete_step
from dubu_plugin.usecases.aktivitet.decline_step import decline_step
from dubu_plugin.usecases.aktivitet.noted_as import MustBeNoted
from dubu_plugin.usecases.dokument.sent_on_paper import (
    BY_HAND,
    BY_POST,
    letters_to_print,
    of_case,
)
from dubu_plugin.usecases.dokument.sent_on_paper import post_letters as post
from dubu_plugin.usecases.inddragelse.answer_samtykke import give
from dubu_plugin.usecases.inddragelse.ask_samtykke import Wanted, ask_samtykke
from dubu_plugin.usecases.indsats.conclude import end

SOURCES: Final = ("skole", "sundhedspleje", "ppr")
PURPOSE: Final = "At finde ud af, hvordan barnet har det, og hvad familien har brug for."
NOT_USED: Final = "Gjort sammen med et andet trin."
ENDED: Final = "ophoer_maal_naaet"
POSTED_WITHIN: Final = timedelta(days=7)
"""What was written later than this still waits to be printed."""
ENDS_AS_PLANNED: Final = "Slut som aftalt, da perioden var gået."


def ask_parents(product: Product, cast: Cast, now: datetime) -> None:
    """Ask both parents whether school, health visitor and PPR may be asked."""
    wanted = Wanted(
        givers=tuple(cast.parents), kind=Samtykkeart.INDHENTE, sources=SOURCES, purpose=PURPOSE
    )
    ask_samtykke(cast.sag, wanted, **_means(product, cast, now))


def parents_agree(product: Product, cast: Cast, now: datetime) -> None:
    """Note that they said yes on paper."""
    with product.store.read() as connection:
        asked = samtykker.of_sag(connection, cast.sag)
    for one in asked:
        if one.state is SamtykkeState.SPURGT:
            give(cast.sag, one.id, Way.PAPIR, **_means(product, cast, now))


def end_help(product: Product, cast: Cast, now: datetime) -> None:
    """End the help whose period is over."""
    today = danish_day(now)
    with product.store.read() as connection:
        found = indsatser.of_sag(connection, cast.sag)
    for one in found:
        if one.state is IndsatsState.I_GANG and one.expected_end and one.expected_end <= today:
            end(
                cast.sag, one.id, one.expected_end, ENDED, ENDS_AS_PLANNED, seen=one.version,
                **_means(product, cast, now),
            )  # fmt: skip


def catch_up(product: Product, cast: Cast, now: datetime) -> None:
    """Mark the steps of the case's plans done whose day has come, and leave out what was noted
    with something else."""
    p = aktivitetsplaner
    with product.store.read() as connection:
        plans = connection.scalars(
            sa.select(p.c.id).where(p.c.sag_id == cast.sag, p.c.state == PlanState.I_GANG)
        ).all()
        open_ones = plan_steps.steps_of(connection, plans, [StepState.AABEN])
    for steps in open_ones.values():
        for one in steps:
            if one.due is None or one.due > now or one.frist is not None:
                continue
            means = _means(product, cast, now)
            try:
                complete_step(one.id, **means)
            except MustBeNoted:
                decline_step(one.id, NOT_USED, **means)
            except CaseworkError:
                continue


def post_letters(product: Product, cast: Cast, now: datetime) -> None:
    """Post the case's letters on paper, each on the day it was written, but for the newest.

    What is handed over is handed over. Only letters that are written can be posted.
    """
    with product.store.read() as connection:
        waiting = letters_to_print(connection, seen=of_case(cast.sag))
    for one in waiting:
        if one.since < now - POSTED_WITHIN:
            how = BY_HAND if one.is_handed_over else BY_POST
            post(cast.sag, [one.letter], how, one.since, **_means(product, cast, now))


def _means(product: Product, cast: Cast, now: datetime) -> dict[str, Any]:
    return {"product": product, "asker": cast.caseworker, "now": now}
