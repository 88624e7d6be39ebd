"""What an opfølgning opens: the one draft its choice needs, and nothing else (§ 95, stk. 4)."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from dubu_plugin.domain import indsatser as catalogue
from dubu_plugin.domain.afgoerelser import AfgoerelseState
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.gates import placement_ends as ends
from dubu_plugin.domain.hearing_time import GIVEN
from dubu_plugin.domain.indsatser import IndsatsState
from dubu_plugin.domain.opfoelgning import DECIDES, ENDS, OF_PARENTS, PLAN, SHARED, Valg
from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.store.afgoerelse import afgoerelser
from dubu_plugin.store.family import personer
from dubu_plugin.store.indsats.indsatser import Indsats
from dubu_plugin.store.indsats.taken_away import taking
from dubu_plugin.store.sag import sager
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.skrift import skrifter
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.afgoerelse.on_afgoerelse import Deciding
from dubu_plugin.usecases.afgoerelse.prepare import NotPossible, NotToday
from dubu_plugin.usecases.afgoerelse.prepare import begun as prepared
from dubu_plugin.usecases.indsats.on_indsats import row_of
from dubu_plugin.usecases.indsats.rests import granted_to
from dubu_plugin.usecases.opfoelgning.followed import Followed
from dubu_plugin.usecases.skrift.begin import anew, begun, source_of, written_in
from dubu_plugin.usecases.skrift.begun_with import decide
from dubu_plugin.usecases.skrift.on_skrift import Skriver

Opened = tuple[str, UUID]
CHANGES: Final = "aendr"
WRITES: Final = "skrift"
HOME: Final = "hjemgivelse"
"""The matter a placed child goes home by (§ 100)."""
ASSESSMENTS: Final = (
    SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE,
    SkriftKind.AFDAEKNING,
    SkriftKind.SCREENING,
    SkriftKind.HANDICAPUDREDNING,
)
"""What the child's needs are looked at again by."""


def insist(its: Followed, choice: Valg, asked: str) -> dict[str, str]:
    """Return what is wrong with what a choice is to open, by field."""
    running = {str(one.id) for one in its.running}
    chosen = set(filter(None, asked.split(",")))
    plans = {PLAN} if its.plan else set[str]()
    plans |= {str(one.skrift) for one in its.shared if one.writes}
    match choice:
        case Valg.JUSTER if not (chosen & running or (len(chosen) == 1 and chosen <= plans)):
            return {"juster": "Vælg, hvad der skal justeres: planen eller en indsats."}
        case Valg.STOP if running and not (chosen and chosen <= running):
            return {"stop": "Vælg, hvilken indsats der stopper."}
        case Valg.STOP if not running and its.placed_by_note:
            return {
                "valg": "Anbringelsen er kun noteret på sagen. Skriv den først ind under "
                "»Indsatser«, så begynder afgørelsen om hjemgivelse herfra (§\u00a0100). Er barnet "
                "ikke anbragt mere, så notér først det."
            }
        case Valg.NY_VURDERING if asked not in ASSESSMENTS:
            return {"vurder": "Vælg, hvordan barnets behov vurderes igen."}
    return {}


def decided_first(
    work: Work, its: Followed, asked: str, held_on: date | None, *, product: Deciding
) -> Mapping[UUID, str]:
    """Return the decision, by its matter, that each help takes before it stops.

    Help that is taken from a family by a decision alone is (§§ 11, 99 and 100), unless that is made
    already or the help is granted no longer.
    """
    today = danish_day(work.now)
    taken: dict[UUID, str] = {}
    for one in its.running:
        row = product.indsatser.indsats(one.code, today)
        matter = _taken_by(work, its, one, row, held_on or today, product) if row else ""
        if not matter or str(one.id) not in asked.split(","):
            continue
        last = granted_to(work.connection, one)[1]
        # A placed child goes home by a decision, also when the time it was placed for is over.
        is_over = matter != HOME and last is not None and last <= (held_on or today)
        if not is_over and not taking(work.connection, one, matter):
            taken[one.id] = matter
    return taken


def _taken_by(
    work: Work, its: Followed, one: Indsats, row: catalogue.Indsats, on: date, product: Deciding
) -> str:
    """Return the matter of the decision help is taken by; nothing where it ends without.

    A child that is placed goes home by a decision (§ 100), unless it is of age before the parties
    could answer about that, or another placement is to take over.
    """
    if not row.is_placement or not ends.is_asked(row.group):
        return row.taken_by
    child = personer.by_id(work.connection, its.child)
    over = any(
        other.state is IndsatsState.PLANLAGT and row_of(product.indsatser, other).is_placement
        for other in its.helped
    )
    if child is None or ends.is_adult(child.born, on + GIVEN) or over:
        return ""
    decision = afgoerelser.by_id(work.connection, one.afgoerelse) if one.afgoerelse else None
    if decision is not None and decision.state is AfgoerelseState.BORTFALDET:
        return ""
    return HOME


def opened(
    work: Work,
    sag: Sag,
    its: Followed,
    choice: Valg,
    asked: str,
    *,
    first: Mapping[UUID, str],
    product: Deciding,
) -> Sequence[Opened]:
    """Begin it, and return what it is: what is changed or ended is done on its own page.

    :param first: the decision each help takes before it stops.
    """
    match choice:
        case Valg.JUSTER if asked == PLAN and its.plan is not None:
            plan = skrifter.by_id(work.connection, its.plan.skrift)
            assert plan is not None
            anew(work, sag, plan)
            return [(PLAN, plan.id)]
        case Valg.JUSTER if asked in {str(one.skrift) for one in its.shared}:
            return [(SHARED, _of_sibling(work, UUID(asked)))]
        case Valg.JUSTER:
            return [(CHANGES, UUID(asked))]
        case Valg.STOP:
            stops = [UUID(one) for one in asked.split(",") if one]
            return list(dict.fromkeys(_stopped(work, sag, one, first, product) for one in stops))
        case Valg.NY_VURDERING:
            return [(WRITES, _assessment(work, sag, SkriftKind(asked), product))]
    return []


def parents_plan(work: Work, sag: Sag, its: Followed) -> Sequence[Opened]:
    """Begin a new version of the parents' own plan (§ 79), or go on in the one that is begun."""
    plan = skrifter.by_id(work.connection, its.parents_plan.skrift) if its.parents_plan else None
    assert plan is not None
    anew(work, sag, plan)
    return [(OF_PARENTS, plan.id)]


def _stopped(
    work: Work, sag: Sag, indsats: UUID, first: Mapping[UUID, str], product: Deciding
) -> Opened:
    """Begin the decision it takes, which is the one of its kind that is being prepared already."""
    if indsats not in first:
        return ENDS, indsats
    try:
        takes = [one for one, matter in first.items() if matter == first[indsats]]
        return DECIDES, prepared(work, sag, first[indsats], product=product, takes=takes)
    except (NotToday, NotPossible):  # the child is grown, or nothing is given any more
        return ENDS, indsats


def _of_sibling(work: Work, skrift: UUID) -> UUID:
    """Begin a new version of a plan in common, on the sibling's case it is written on."""
    plan = skrifter.by_id(work.connection, skrift)
    assert plan is not None
    theirs = sager.by_id(work.connection, plan.sag)
    assert theirs is not None
    anew(work, theirs, plan)
    return plan.id


def _assessment(work: Work, sag: Sag, kind: SkriftKind, product: Skriver) -> UUID:
    """Return the assessment that is written in: a new version of the newest, or a new one.

    Where an afdækning is written, an undersøgelse grows from it, so that nothing stands beside it.
    An undersøgelse is decided anew, so its months run again (§ 95, stk. 4, and § 20).
    """
    everything = skrifter.of_sag(work.connection, sag.id)
    there = written_in(everything, kind)
    source = source_of(everything, kind)
    if there is None and not (source is not None and source.is_open):
        there = next(
            (one for one in everything if one.kind == kind and not one.is_carried_on), None
        )
    if there is None:
        return begun(work, sag, kind, product=product).id
    anew(work, sag, there)
    decide(work, sag, there)
    return there.id
