"""Where an assessment brings the child's case, also when it is put right."""

from typing import Final

import sqlalchemy as sa

from dubu_plugin.domain.underretning import NaesteSkridt
from dubu_plugin.store.sag.sager import EARLY_STEPS, Sag
from dubu_plugin.store.skrift import skrifter
from dubu_plugin.store.tables import underretninger, vurderinger
from dubu_plugin.store.transaction import Work
from dubu_plugin.store.underretning.underretninger import Underretning, Vurdering
from dubu_plugin.usecases.skrift.begun_with import is_decided

STEPS: Final = {
    NaesteSkridt.INTET: "vurderet",
    NaesteSkridt.SCREENING: "screening",
    NaesteSkridt.AFDAEKNING: "afdaekning",
    NaesteSkridt.BFU: "boernefaglig_undersoegelse",
    NaesteSkridt.AKUT: "akut",
}
"""Where the assessment brings the case."""


def step_after(
    work: Work, about: Underretning, sag: Sag, vurdering: Vurdering, before: Vurdering | None
) -> str:
    """Return the step of the case now that an assessment is made, or put right.

    A case that is further on stays where it is. One that stands where the first answer brought it
    follows the answer, unless something else keeps it there.
    """
    brought = before is not None and sag.step == STEPS[NaesteSkridt(before.next_step)]
    if sag.step in EARLY_STEPS or (brought and not is_kept(work.connection, about, sag)):
        return STEPS[NaesteSkridt(vurdering.next_step)]
    return sag.step


def is_kept(connection: sa.Connection, about: Underretning, sag: Sag) -> bool:
    """Tell whether a writing, a decision or another assessment keeps the case at its step."""
    if any(one.is_open and one.kind == sag.step for one in skrifter.of_sag(connection, sag.id)):
        return True
    if sag.step == STEPS[NaesteSkridt.BFU] and is_decided(connection, sag.id):
        return True
    newest = (
        sa.select(vurderinger.c.next_step)
        .where(vurderinger.c.underretning_id == underretninger.c.id)
        .order_by(vurderinger.c.version.desc())
        .limit(1)
        .scalar_subquery()
    )
    others = sa.select(underretninger.c.id).where(
        underretninger.c.sag_id == sag.id,
        underretninger.c.id != about.id,
        newest.in_([step for step, place in STEPS.items() if place == sag.step]),
    )
    return connection.scalar(others.limit(1)) is not None
