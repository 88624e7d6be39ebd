"""The course of a case: its steps, what each requires and produces, and how far the case has got.

A step is done because what ends it has happened, and not because a later one has begun: after an
emergency the screening is still to be made. What happened before the case was last closed belongs
to an earlier course.

Source: barnets lov, in the order of its chapters: §§ 18-22, forvaltningsloven § 19, §§ 32, 46 and
47, 91, 95, 111 and 122; beside the line §§ 143, 50 and 144.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from dubu_plugin.domain.haendelser import Haendelse as H


class Stage(StrEnum):
    """A step of the course."""

    UNDERRETNING = "underretning"
    SCREENING = "screening"
    UNDERSOEGELSE = "undersoegelse"
    """Afdækning or børnefaglig undersøgelse."""
    PARTSHOERING = "partshoering"
    AFGOERELSE = "afgoerelse"
    PLAN = "plan"
    INDSATS = "indsats"
    OPFOELGNING = "opfoelgning"
    OVERGANG = "overgang"
    AFSLUTTET = "afsluttet"
    AKUT = "akut"
    GENBEHANDLING = "genbehandling"
    KLAGE = "klage"


class State(StrEnum):
    """How far a step has got."""

    FAERDIG = "faerdig"
    I_GANG = "i_gang"
    KOMMER = "kommer"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that happened on the case, and stands."""

    what: H
    at: datetime
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: what it is, and what begins and ends it."""

    stage: Stage
    title: str
    law: str
    requires: str
    produces: str
    then: str
    begins: frozenset[H]
    ends: frozenset[H]
    writing: frozenset[str] = frozenset()
    """The kinds of skrift whose beginning begins it too."""
    ended_by: frozenset[str] = frozenset()
    """The kinds of skrift whose beginning ends it: what comes after it is begun."""
    implied: frozenset[H] = frozenset()
    """Those of the ends that leave one that is over with the day it had."""
    approved: frozenset[str] = frozenset()
    """The kinds of skrift whose approval ends it."""
    many: str = ""
    """The name of the fact that tells several of them apart: it is done when all have ended."""


@dataclass(frozen=True, slots=True)
class Reached:
    """How far the case has got with a step."""

    step: Step
    state: State
    since: datetime | None
    """When it began or was done; None where it has not begun."""


STEPS: Final[Sequence[Step]] = (
    Step(
        stage=Stage.UNDERRETNING,
        title="Underretning",
        law="§§ 132-138",
        requires="En underretning eller en ansøgning",
        produces="24-timers vurdering og kvittering",
        then="Screening, eller ikke mere",
        begins=frozenset({H.UNDERRETNING_MODTAGET, H.ANSOEGNING_MODTAGET}),
        ends=frozenset({H.UNDERRETNING_VURDERET, H.HENVENDELSE_OMREGISTRERET}),
    ),
    Step(
        stage=Stage.SCREENING,
        title="Screening",
        law="§ 18",
        requires="Grund til at antage, at barnet har brug for støtte",
        produces="En screening: ikke mere, afdækning eller undersøgelse",
        then="Afdækning (§ 19) eller børnefaglig undersøgelse (§ 20)",
        begins=frozenset({H.SCREENING_BEGYNDT}),
        # An undersøgelse that is decided is what a screening comes to, also where none was noted.
        implied=frozenset({H.UNDERSOEGELSE_BESLUTTET}),
        ends=frozenset({H.SCREENING_AFSLUTTET, H.UNDERSOEGELSE_BESLUTTET}),
        writing=frozenset({"screening"}),
    ),
    Step(
        stage=Stage.UNDERSOEGELSE,
        title="Undersøgelse",
        law="§§ 19-22",
        requires="En screening, og barnets syn",
        produces="En afdækning eller en børnefaglig undersøgelse med udækkede behov",
        then="Partshøring og afgørelse",
        begins=frozenset({H.UNDERSOEGELSE_BESLUTTET}),
        ends=frozenset(
            {H.UNDERSOEGELSE_AFSLUTTET, H.AFDAEKNING_AFSLUTTET, H.UNDERSOEGELSE_OPGIVET}
        ),
        writing=frozenset({"afdaekning", "boernefaglig_undersoegelse"}),
    ),
    Step(
        stage=Stage.PARTSHOERING,
        title="Partshøring",
        law="Forvaltningsloven § 19",
        requires="Oplysninger, som parterne ikke kender, og som taler imod dem",
        produces="Parternes svar, og hvordan de er vægtet",
        then="Afgørelse",
        begins=frozenset({H.PARTSHOERING_SENDT}),
        ends=frozenset({H.PARTSHOERING_BESVARET, H.PARTSHOERING_UDELADT}),
    ),
    Step(
        stage=Stage.AFGOERELSE,
        title="Afgørelse",
        law="§§ 32, 46 og 47",
        requires="Barnets syn, partshøring, formål og varighed og de samtykker, loven kræver",
        produces="En afgørelse med begrundelse og klagevejledning",
        then="Barnets plan og indsats",
        begins=frozenset({H.AFGOERELSE_FORBEREDT, H.ANBRINGELSE_FORBEREDT}),
        ends=frozenset(
            {H.AFGOERELSE_TRUFFET, H.UDVALGSAFGOERELSE_TRUFFET, H.ANSOEGNING_AFGJORT,
             H.AFGOERELSE_OPGIVET}
        ),
        writing=frozenset({"afgoerelse"}),
    ),
    Step(
        stage=Stage.PLAN,
        title="Barnets plan",
        law="§ 91",
        requires="En afgørelse; ved § 47 er planen der før afgørelsen",
        produces="Barnets plan med mål og indsatser",
        then="Indsats",
        begins=frozenset({H.PLAN_BESLUTTET}),
        ends=frozenset({H.BARNETS_PLAN_VEDTAGET, H.UNGEPLAN_VEDTAGET, H.UNGEPLAN_FRAVALGT}),
        writing=frozenset({"barnets_plan", "ungeplan"}),
    ),
    Step(
        stage=Stage.INDSATS,
        title="Indsats",
        law="§§ 32, 46 og 47",
        requires="En afgørelse og et mål",
        produces="Støtte til barnet og familien",
        then="Opfølgning senest efter tre måneder",
        begins=frozenset({H.INDSATS_IVAERKSAT, H.ANBRINGELSE_IVAERKSAT}),
        ends=frozenset({H.INDSATS_OPHOERT, H.ANBRINGELSE_OPHOERT, H.BARN_HJEMGIVET}),
        many="indsats",
    ),
    Step(
        stage=Stage.OPFOELGNING,
        title="Opfølgning",
        law="§ 95",
        requires="En indsats, der løber",
        produces="Status på målene, og en ny dato med begrundelse",
        then="Fortsæt, justér eller stop indsatsen, eller undersøg igen",
        begins=frozenset(),
        ends=frozenset({H.OPFOELGNING_AFHOLDT}),
        writing=frozenset({"opfoelgning"}),
    ),
    Step(
        stage=Stage.OVERGANG,
        title="Overgang",
        law="§§ 111 og 122",
        requires="Den unge nærmer sig 18 år",
        produces="Beslutning om ungestøtte, eller overlevering",
        then="Afslutning",
        begins=frozenset({H.OVERGANG_PAABEGYNDT}),
        ends=frozenset({H.UNGESTOETTE_BESLUTTET}),
    ),
    Step(
        stage=Stage.AFSLUTTET,
        title="Afsluttet",
        law="§ 99",
        requires="Formålet er nået, eller der er ikke brug for mere",
        produces="En lukket sag, hvor intet lovpligtigt står åbent",
        then="En ny underretning åbner sagen igen",
        begins=frozenset(),
        ends=frozenset({H.SAG_LUKKET}),
    ),
)  # fmt: skip

BESIDE: Final[Sequence[Step]] = (
    Step(
        stage=Stage.AKUT,
        title="Akut",
        law="§ 143",
        requires="Barnet er i fare nu",
        produces="En foreløbig afgørelse, som udvalget godkender inden syv dage",
        then="Afgørelse, eller den bortfalder",
        begins=frozenset({H.FORELOEBIG_AFGOERELSE_IVAERKSAT, H.AKUTTILBUD_TAGET_I_BRUG}),
        ends=frozenset(
            {H.FORELOEBIG_AFGOERELSE_BORTFALDET, H.AKUTTILBUD_OPHOERT,
             H.UDVALGSAFGOERELSE_TRUFFET, H.SCREENING_AFSLUTTET}
        ),
    ),
    Step(
        stage=Stage.GENBEHANDLING,
        title="Genbehandling",
        law="§ 50",
        requires="En anbringelse uden samtykke, hvis tid løber ud",
        produces="En ny afgørelse på en opdateret undersøgelse og plan",
        then="Indsats eller hjemgivelse",
        begins=frozenset({H.GENBEHANDLING_FORBEREDT}),
        ends=frozenset({H.UDVALGSAFGOERELSE_TRUFFET, H.BARN_HJEMGIVET}),
    ),
    Step(
        stage=Stage.KLAGE,
        title="Klage",
        law="§ 144",
        requires="En klage inden fire uger",
        produces="En genvurdering inden fire uger, eller sagen sendt til Ankestyrelsen",
        then="Afgørelsen står, ændres eller hjemvises",
        begins=frozenset({H.KLAGE_MODTAGET}),
        ends=frozenset({H.KLAGE_AFGJORT, H.KLAGE_TRUKKET, H.ANKEAFGOERELSE_MEDDELT}),
        many="klage",
    ),
)  # fmt: skip

TELLS: Final[frozenset[H]] = frozenset(
    {H.SAG_GENAABNET, H.SKRIFT_BEGYNDT, H.UNDERRETNING_VURDERET, H.VURDERING_RETTET}
).union(*(step.begins | step.ends for step in (*STEPS, *BESIDE)))
"""Everything the course is read from."""


NEW_COURSE: Final = "ny_underretning"
"""What the reopening of a case says where a new underretning opened it."""


def reached(facts: Iterable[Fact], steps: Sequence[Step] = STEPS) -> Mapping[Stage, Reached]:
    """Return how far the case has got with each step: those of the line, then those beside it.

    :param facts: what has happened and stands; of the same moment, what was recorded first stands
        first. Other hændelser are passed over.
    :param steps: the line of the case's area.
    """
    mine = _this_course(sorted(facts, key=lambda one: one.at))
    found = {step.stage: _reached(step, mine) for step in (*steps, *BESIDE)}
    found[Stage.OPFOELGNING] = _followed(found[Stage.OPFOELGNING], found[Stage.INDSATS])
    return found


def _this_course(facts: Sequence[Fact]) -> Sequence[Fact]:
    """Return what has happened since the case was closed that a new underretning opened again.

    A case that was opened again by hand goes on where it was.
    """
    begins = 0
    closed = 0
    for number, one in enumerate(facts):
        if one.what is H.SAG_LUKKET:
            closed = number + 1
        elif one.what is H.SAG_GENAABNET and one.data.get("grund") == NEW_COURSE:
            begins = closed
    return facts[begins:]


def _reached(step: Step, facts: Sequence[Fact]) -> Reached:
    state, since = State.KOMMER, None
    running: set[str] = set()
    for one in facts:
        if _begins(step, one):
            running.add(str(one.data.get(step.many, "")) if step.many else "")
            if state is not State.I_GANG:
                state, since = State.I_GANG, one.at
        elif one.what is H.SAG_GENAABNET and step.stage is Stage.AFSLUTTET:
            state, since = State.KOMMER, None
        elif step.ended_by and state is State.FAERDIG:
            continue  # what comes after it is begun once
        elif one.what in step.implied and state is State.FAERDIG:
            continue  # it was over before
        elif _ends(step, one) and (state is State.I_GANG or step not in BESIDE):
            running.discard(str(one.data.get(step.many, "")) if step.many else "")
            if one.what is H.BARN_HJEMGIVET or not step.many:
                running.clear()
            if not running:
                state, since = State.FAERDIG, one.at
    return Reached(step, state, since)


def _begins(step: Step, one: Fact) -> bool:
    """Tell whether a fact begins a step; some do so by what they say."""
    match one.what:
        case H.SKRIFT_BEGYNDT:
            return one.data.get("art") in step.writing
        case H.UNDERRETNING_VURDERET | H.VURDERING_RETTET if step.stage is Stage.SCREENING:
            return bool(one.data.get("behov"))
        case H.UNDERRETNING_VURDERET | H.VURDERING_RETTET if step.stage is Stage.AKUT:
            return one.data.get("naeste") == "akut"
        case H.SCREENING_AFSLUTTET if H.UNDERSOEGELSE_BESLUTTET in step.begins:
            return one.data.get("udfald") in {"afdaekning", "undersoegelse"}
    return one.what in step.begins


def _ends(step: Step, one: Fact) -> bool:
    """Tell whether a fact ends a step; some do so by what they say."""
    match one.what:
        case H.SKRIFT_BEGYNDT:
            return one.data.get("art") in step.ended_by
        case H.SKRIFT_GODKENDT:
            return one.data.get("art") in step.approved
    return one.what in step.ends


def _followed(review: Reached, support: Reached) -> Reached:
    """Return the follow-up as it is due again for as long as an indsats runs."""
    if support.state is State.I_GANG:
        return Reached(review.step, State.I_GANG, review.since)
    return review
