"""The course of a case: its steps, and what each requires and produces.

How far a case has got with them is read in `dubu_plugin.domain.forloeb_reached`.

Source: barnets lov, in the order of its chapters: §§ 18-22, forvaltningsloven § 19, §§ 32, 46 and
47, 91, 95, 111 and 122; beside the line §§ 143, 50 and 144.
"""

from collections.abc import Mapping, Sequence
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
    seq: int = 0
    """Its number in the order of what was recorded."""
    about: str = ""
    """The key of the underretning it is about, where it is about one."""


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
    whenever: bool = False
    """What ends it counts whenever it was done, as for the deadline of an underretning."""


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
        # Put right to be about this child, that is the first its case hears of the assessment.
        ends=frozenset(
            {H.UNDERRETNING_VURDERET, H.VURDERING_RETTET, H.HENVENDELSE_OMREGISTRERET}
        ),
        implied=frozenset({H.VURDERING_RETTET}),
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
        whenever=True,
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
        ends=frozenset({H.UNDERSOEGELSE_AFSLUTTET, H.AFDAEKNING_AFSLUTTET}),
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
            {H.AFGOERELSE_TRUFFET, H.UDVALGSAFGOERELSE_TRUFFET, H.ANSOEGNING_AFGJORT}
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
    {
        H.SAG_GENAABNET,
        H.SKRIFT_BEGYNDT,
        H.SKRIFT_NY_VERSION,
        H.SKRIFT_GODKENDT,
        H.SKRIFT_OPGIVET,
        H.UNDERSOEGELSE_OPGIVET,
        H.AFGOERELSE_OPGIVET,
        H.FAELLES_PLAN_OPHOERT,
        H.UNDERRETNING_VURDERET,
        H.VURDERING_RETTET,
    }
).union(*(step.begins | step.ends for step in (*STEPS, *BESIDE)))
"""Everything the course is read from."""
