"""What a made-up open case has come to, and what happened on it beside its underretninger.

Written here is what begins something: a decision, a placement, a complaint. What follows from the
law's deadlines, and when it was done, is found by playing it (`playing`, `answering`).
"""

import random
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from dubu_plugin.demo.workday import workday
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.store.canonical import JSON


class Forloeb(StrEnum):
    """How far a case has come."""

    MODTAGELSE = "modtagelse"
    AFDAEKNING = "afdaekning"
    UNDERSOEGELSE = "undersoegelse"
    STOETTE = "stoette"
    ANBRAGT = "anbragt"
    TVANG = "tvang"
    """Placed without consent."""
    HANDICAP = "handicap"


STEP: Final[Mapping[Forloeb, str]] = {
    Forloeb.AFDAEKNING: "afdaekning",
    Forloeb.UNDERSOEGELSE: "boernefaglig_undersoegelse",
    Forloeb.STOETTE: "indsats",
    Forloeb.ANBRAGT: "indsats",
    Forloeb.TVANG: "indsats",
    Forloeb.HANDICAP: "indsats",
}
"""What `sager.step` holds from then on."""

HELP: Final = frozenset({Forloeb.STOETTE, Forloeb.ANBRAGT, Forloeb.TVANG, Forloeb.HANDICAP})
PARENTS_PLAN: Final = 0.7
"""The share of placements where the parents have a plan for the support they get (§ 77)."""
PLACED: Final = frozenset({Forloeb.ANBRAGT, Forloeb.TVANG})


@dataclass(frozen=True, slots=True)
class Reached:
    """What a case has come to, and since when help has run."""

    forloeb: Forloeb
    helped_from: datetime | None = None

    @property
    def has_indsats(self) -> bool:
        """Whether the child gets support now."""
        return self.helped_from is not None


@dataclass(frozen=True, slots=True)
class Act:
    """Something that happened on a case and was not an answer to a deadline."""

    what: H
    at: datetime
    data: Mapping[str, JSON] = field(default_factory=dict)


def reached(opened: datetime, now: datetime, *, handicap: bool, pick: random.Random) -> Reached:
    """Return what an open case has come to by its age: a third of those helped are placed."""
    days = (now - opened).days
    if days < 25:
        return Reached(Forloeb.MODTAGELSE)
    if handicap:
        from_then = min(days - 5, pick.randint(60, 110))
        return Reached(Forloeb.HANDICAP, opened + timedelta(days=from_then))
    # Half of all undersøgelser are done in four months (Børnesagsbarometeret); some take six.
    after = pick.randint(115, 175)
    if days < after:
        looked_into = pick.choices((Forloeb.UNDERSOEGELSE, Forloeb.AFDAEKNING), (3, 1))[0]
        if looked_into is Forloeb.AFDAEKNING and days > 70:
            looked_into = Forloeb.UNDERSOEGELSE
        return Reached(looked_into)
    forloeb = pick.choices((Forloeb.STOETTE, Forloeb.ANBRAGT, Forloeb.TVANG), (68, 24, 8))[0]
    return Reached(forloeb, opened + timedelta(days=after))


class Acts:
    """The acts of one case, from a draw of its own."""

    def __init__(
        self, reached: Reached, first: datetime, now: datetime, key: str, pick: random.Random
    ) -> None:
        self.reached = reached
        self.first = first
        self.now = now
        self.key = key
        """What the decision, the support and the placement are known by."""
        self.pick = pick

    def whole(self) -> list[Act]:
        """Return what has happened until now, in its order."""
        match self.reached.forloeb:
            case Forloeb.MODTAGELSE:
                found: list[Act] = []
            case Forloeb.AFDAEKNING:
                found = list(self._afdaekning())
            case Forloeb.HANDICAP:
                found = list(self._handicap())
            case _:
                found = list(self._undersoegelse())
        if self.reached.forloeb in HELP - {Forloeb.HANDICAP}:
            found += self._help()
        if self.reached.forloeb in PLACED:
            found += self._placement()
        if self.reached.forloeb is not Forloeb.MODTAGELSE:
            found += self._now_and_then()
        return sorted((one for one in found if one.at <= self.now), key=lambda one: one.at)

    def _on(self, day: float, what: H, **data: JSON) -> Act:
        """Return what happened so many days after the first underretning."""
        return Act(what, workday(self.first + timedelta(days=day), self.pick), data)

    def _afdaekning(self) -> Iterator[Act]:
        yield self._on(1, H.SCREENING_BEGYNDT, behov=True)
        yield self._on(self.pick.uniform(8, 20), H.SCREENING_AFSLUTTET, udfald="afdaekning")

    def _undersoegelse(self) -> Iterator[Act]:
        decided = self.pick.uniform(12, 24)
        aware = danish_day(self.first).isoformat()
        yield self._on(1, H.SCREENING_BEGYNDT, behov=True)
        # So long before that no weekend or Easter brings it after the decision.
        yield self._on(decided - 6, H.SCREENING_AFSLUTTET, udfald="undersoegelse")
        yield self._on(decided, H.UNDERSOEGELSE_BESLUTTET, undersoegelse="barnet", kendskab=aware)
        yield self._on(decided + 9, H.UNDERSOEGELSESMOEDE_INDKALDT, indsats=False)

    def _help(self) -> Iterator[Act]:
        """Yield the end of the undersøgelse, the decision, and that it was put into effect."""
        assert self.reached.helped_from is not None
        began = (self.reached.helped_from - self.first) / timedelta(days=1)
        decided = began - self.pick.uniform(6, 18)
        grounds = {Forloeb.STOETTE: "stoette", Forloeb.ANBRAGT: "samtykke"}
        ground = grounds.get(self.reached.forloeb, "tvang")
        yield self._on(decided - 26, H.UNDERSOEGELSE_AFSLUTTET)
        prepared = H.ANBRINGELSE_FORBEREDT if ground == "tvang" else H.AFGOERELSE_FORBEREDT
        yield self._on(decided - 24, prepared, grundlag=ground)
        answer_by = danish_day(self.first + timedelta(days=decided - 7)).isoformat()
        yield self._on(decided - 20, H.PARTSHOERING_SENDT, svarfrist=answer_by)
        decision = self._on(
            decided, H.AFGOERELSE_TRUFFET, grundlag=ground, tilbud=True, afgoerelse=self.key,
            plan=self.pick.random() < 0.8,
            afgoerelsesdato=danish_day(self.first + timedelta(days=decided)).isoformat(),
        )  # fmt: skip
        yield decision
        if ground == "tvang":
            said = {"angaar": "anbringelse", "genbehandling": "et_aar"}
            yield Act(H.UDVALGSAFGOERELSE_TRUFFET, decision.at, said)
        yield self._on(
            decided + 1, H.AFGOERELSE_MEDDELT, afgoerelse=self.key, forsendelse="digital"
        )
        if ground == "stoette":
            yield self._on(
                began, H.INDSATS_IVAERKSAT, indsats=self.key, afgoerelse=self.key, handicap=False
            )

    def _placement(self) -> Iterator[Act]:
        assert self.reached.helped_from is not None
        began = (self.reached.helped_from - self.first) / timedelta(days=1)
        why = self.pick.choices(("omsorgssvigt", "overgreb", "andet"), (55, 10, 35))[0]
        yield self._on(
            began, H.ANBRINGELSE_IVAERKSAT,
            anbringelse=self.key, afgoerelse=self.key, grund=why, handicap=False,
            foraeldreplan=self.pick.random() < PARENTS_PLAN,
        )  # fmt: skip
        if self.pick.random() < 0.6:
            yield self._on(began, H.PLEJEFORHOLD_BEGYNDT, anbringelse=self.key)
        if self.reached.forloeb is Forloeb.ANBRAGT and self.pick.random() < 0.1:
            yield self._lately(200, H.HJEMGIVELSE_SOEGT, grundlag="samtykke")
        if self.reached.forloeb is Forloeb.TVANG and self.pick.random() < 0.25:
            yield self._on(began - 3, H.FORELOEBIG_AFGOERELSE_IVAERKSAT)
        if self.pick.random() < 0.08:
            yield self._lately(120, H.MAGT_ANVENDT)

    def _handicap(self) -> Iterator[Act]:
        assert self.reached.helped_from is not None
        began = (self.reached.helped_from - self.first) / timedelta(days=1)
        yield self._on(5, H.FUNKTIONSNEDSAETTELSE_REGISTRERET, handicap=True)
        yield self._on(began - 30, H.AFGOERELSE_FORBEREDT, medhold=self.pick.random() < 0.7)
        yield self._on(
            began - 14, H.AFGOERELSE_TRUFFET, grundlag="stoette", plan=False, tilbud=True,
            afgoerelse=self.key,
        )  # fmt: skip
        yield self._on(began - 13, H.AFGOERELSE_MEDDELT, afgoerelse=self.key, forsendelse="digital")
        yield self._on(
            began, H.INDSATS_IVAERKSAT, indsats=self.key, afgoerelse=self.key, handicap=True,
            hjaelp="kapitel_8",
        )  # fmt: skip
        # The law sets no day for this help: the decision does, a year on.
        again = danish_day(self.first + timedelta(days=began + 365))
        yield self._on(began, H.OPFOELGNING_PLANLAGT, naeste_opfoelgning=again.isoformat())
        draw = self.pick.random()
        if draw < 0.25:
            yield self._on(began + 4, H.HJEMMETRAENING_GODKENDT)
        elif draw < 0.37:
            yield self._lately(95, H.TABT_ARBEJDSFORTJENESTE_OPHOERT)
        elif draw < 0.47:
            yield self._lately(90, H.FRATAGELSE_VARSLET, afgoerelse=self.key, forsendelse="digital")
        elif draw < 0.55:
            yield self._lately(150, H.LEDSAGETIMER_OPSPARET)
        elif draw < 0.6:
            yield self._lately(80, H.LEDIGHED_INDTRAADT)

    def _now_and_then(self) -> Iterator[Act]:
        """Yield what can come on any case: access, complaints, news by telephone, a move."""
        years = (self.now - self.first) / timedelta(days=365)
        for what, a_year, data in (
            (H.OPLYSNING_MODTAGET_MUNDTLIGT, 1.0, {}),
            (H.AKTINDSIGT_ANMODET, 0.15, {"aktindsigt": "part"}),
            (H.BEGRUNDELSE_BEDT_OM, 0.04, {}),
            (H.PAALAEG_BESLUTTET, 0.02, {}),
            (H.STOFMISBRUGSBEHANDLING_SOEGT, 0.01, {}),
        ):
            if self.pick.random() < min(0.9, a_year * years):
                yield self._lately(365, what, **data)
        if self.reached.has_indsats and self.pick.random() < 0.06:
            yield self._lately(60, H.KLAGE_MODTAGET, klage=self.key, afgoerelse=self.key)
        if self.pick.random() < 0.004:
            yield self._lately(20, H.FAMILIE_FLYTTET)

    def _lately(self, days: int, what: H, **data: JSON) -> Act:
        """Return what happened in the last days, and not before the help began."""
        since = max(self.reached.helped_from or self.first, self.now - timedelta(days=days))
        room = max((self.now - since) / timedelta(days=1) - 1, 0.1)
        at = since + timedelta(days=self.pick.uniform(0, room))
        return Act(what, max(since, workday(at, self.pick)), data)
