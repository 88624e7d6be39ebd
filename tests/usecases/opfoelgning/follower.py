"""Alma's case as it is followed up: her goals, the indsats that runs, and the talks with her."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, timedelta
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.inddragelse import Grundlag, SamtaleState, UdtalelseState
from dubu_plugin.domain.netvaerk import Kreds, Part, Rolle
from dubu_plugin.domain.skrift import WHOLE, SkriftKind, SkriftState, place_of_maal
from dubu_plugin.store import access, tables
from dubu_plugin.store.family import netvaerk, personer
from dubu_plugin.store.inddragelse import boernesamtaler, udtalelser
from dubu_plugin.store.inddragelse.boernesamtaler import Told
from dubu_plugin.store.inddragelse.udtalelser import Asked
from dubu_plugin.store.indsats import followed_up
from dubu_plugin.store.indsats.opfoelgninger import Opfoelgning
from dubu_plugin.store.plan import maal
from dubu_plugin.store.plan.maal import Status
from dubu_plugin.store.sag import sager
from dubu_plugin.store.skrift import skrifter, tekster
from dubu_plugin.store.skrift.skrifter import Skrift
from dubu_plugin.store.skrift.tekster import At, Clash, Written
from dubu_plugin.store.tables import frister, ties
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.town import Town
from dubu_plugin.usecases.opfoelgning.followed import Followed, followed, not_ticked, told_of
from dubu_plugin.usecases.opfoelgning.hold import hold
from dubu_plugin.usecases.opfoelgning.keep import keep, place_of_person

from ..indsats.desk import Desk

SAID: Mapping[str, str] = {
    "barnets_syn": "Jeg er på en 6'er nu.",
    "vurdering": "Indsatsen hjælper.",
    "andre_forhold": "Nej.",
    "valg": "fortsaet",
    "naeste": "3",
    "naeste_grund": "Mors behandling ændres i januar.",
}
"""What is enough to hold one, besides the goals."""


SCHOOL = "dagtilbud_skole_laering"
SIGN: Mapping[str, str] = {"indikator": "Barnets uge", "start": "4", "oensket": "8"}
"""How it is seen that a goal works."""


class Follower:
    """What a caseworker does when a case is followed up."""

    def __init__(self, town: Town) -> None:
        self.town = town
        self.desk = Desk(town)
        self.sag = self.desk.sag
        town.insert(ties, person_id=self.desk.alma, other_id=self.desk.mother, tie="mor")
        today = danish_day(town.now)
        self.desk.decision(on=today)
        self.its = self.desk.begun(starts_on=today)
        self.plan, self.goals = self.planned("Alma kommer i skole til tiden", "Alma svømmer")

    def planned(
        self,
        *texts: str,
        kind: SkriftKind = SkriftKind.BARNETS_PLAN,
        of: Sequence[UUID] = (),
    ) -> tuple[UUID, Sequence[UUID]]:
        """Have an approved plan stand with these goals.

        :param of: whose each is; without any, all are Alma's.
        """
        with self.town.product.store.write(actor=KAREN, now=self.town.now) as work:
            sag = sager.by_id(work.connection, self.sag)
            assert sag is not None
            plan = skrifter.begin(work.connection, sag, kind, by=KAREN, now=self.town.now)
            whose = of or [self.desk.alma for _ in texts]
            goals = [maal.add(work.connection, plan.id, one) for one in whose]
            written: dict[At, Written] = {
                (place_of_maal(goal), name): Written(said, 0)
                for goal, text in zip(goals, texts, strict=True)
                for name, said in {"aendring": text, **SIGN}.items()
            }
            tekster.write(work.connection, plan.id, 1, written, by=KAREN, now=self.town.now)
            skrifter.approve(work.connection, plan, "0" * 64, by="henrik", now=self.town.now)
        return plan.id, goals

    def later(self, days: int) -> date:
        """Have days go by, and return the day it is."""
        self.town.now += timedelta(days=days)
        return self.town.now.date()

    def talked(self, words: str = "Jeg er på en 6'er nu.", days_ago: int = 1) -> UUID:
        """Have a talk with Alma stand."""
        with self.town.product.store.write(actor=KAREN, now=self.town.now) as work:
            sag = sager.by_id(work.connection, self.sag)
            assert sag is not None
            at = self.town.now - timedelta(days=days_ago)
            said = Told(occurred_at=at, own_words=words)
            return boernesamtaler.add(
                work.connection, sag, SamtaleState.HOLDT, said, by=KAREN, now=self.town.now
            )

    def stated(self, goal: UUID, text: str) -> None:
        """Have the school's statement of a goal's dimension come."""
        with self.town.product.store.write(actor=KAREN, now=self.town.now) as work:
            sag = sager.by_id(work.connection, self.sag)
            assert sag is not None
            work.connection.execute(
                sa.update(tables.maal).where(tables.maal.c.id == goal).values(dimension=SCHOOL)
            )
            asked = Asked(
                source="skole", organisation="Prøvestrup Skole", basis=Grundlag.SAMTYKKE,
                purpose="At følge op", headings=(SCHOOL,), due=self.town.now.date(),
            )  # fmt: skip
            number = udtalelser.add(work.connection, sag, asked, by=KAREN, now=self.town.now)
            udtalelser.change(
                work.connection, number, 1, state=UdtalelseState.MODTAGET,
                received_on=self.town.now.date(),
            )  # fmt: skip
            udtalelser.put_answer(work.connection, number, {SCHOOL: text})

    def texts(self, **changed: str) -> dict[At, str]:
        """Return what is enough to hold one today, with what a test says instead."""
        today = self.town.now.astimezone(UTC).date().isoformat()
        said: dict[At, str] = {(WHOLE, "dag"): today}
        said |= {(WHOLE, name): text for name, text in {**SAID, **changed}.items()}
        for goal in self.goals:
            said[place_of_maal(goal), "status"] = "delvist"
        return said

    def kept(
        self, texts: Mapping[At, str], *, who: str = KAREN, last: UUID | None = None, seen: int = 0
    ) -> Sequence[Clash]:
        """Keep what somebody wrote."""
        written = {at: Written(text, seen) for at, text in texts.items()}
        return keep(self.sag, written, last=last, **self.desk.act(who))

    def held(
        self, texts: Mapping[At, str] | None = None, *, last: UUID | None = None, **changed: str
    ) -> Opfoelgning:
        """Keep one and hold it."""
        self.kept({**self.texts(**changed), **(texts or {})}, last=last)
        return hold(self.sag, **self.desk.act())

    def syn(self, text: str) -> dict[At, str]:
        """Return what the mother says."""
        return {(place_of_person(self.desk.mother), "syn"): text}

    def part(self, person: UUID, role: Rolle = Rolle.MOR, **more: Any) -> None:
        """Have somebody stand in the network."""
        with self.town.product.store.write(actor=KAREN, now=self.town.now) as work:
            part = Part(role=role, circle=Kreds.PRIMAER, **more)
            netvaerk.begin(
                work.connection, self.desk.alma, person, part, by=KAREN, now=self.town.now
            )

    def told_of(self) -> dict[UUID, str]:
        """Return who is written to, and what they are called."""
        with self.town.product.store.read() as connection:
            child = personer.by_id(connection, self.desk.alma)
        assert child is not None
        return dict(told_of(self.its_followed(), child.id, child.born, self.town.now))

    def not_ticked(self) -> Mapping[UUID, str]:
        """Return who is written to only where somebody ticks them, and why."""
        return not_ticked(self.its_followed())

    def its_followed(self) -> Followed:
        """Return the case as it is followed up."""
        with self.town.product.store.read() as connection:
            who = access.asker(connection, KAREN)
            assert who is not None
            return followed(connection, who, self.sag, self.desk.alma, self.town.now)

    def status(self, number: int, status: str, tal: str = "") -> dict[At, str]:
        """Return what is chosen for a goal."""
        place = place_of_maal(self.goals[number])
        return {(place, "status"): status, (place, "tal"): tal}

    def of_sag(self) -> followed_up.Kept:
        with self.town.product.store.read() as connection:
            return followed_up.of_sag(connection, self.sag)[0]

    def come(self, number: int) -> Sequence[Status]:
        """Return how far a goal has come."""
        with self.town.product.store.read() as connection:
            return maal.statuses(connection, self.goals)[self.goals[number]]

    def look(self, on: date) -> None:
        """Have the goals be looked at on a day."""
        with self.town.product.store.write(actor=KAREN, now=self.town.now) as work:
            its = tables.maal
            work.connection.execute(
                sa.update(its).where(its.c.skrift_id == self.plan).values(looked_at_on=on)
            )

    def looks(self) -> set[date | None]:
        """Return the days the goals are looked at."""
        with self.town.product.store.read() as connection:
            its = tables.maal.c
            return set(
                connection.scalars(sa.select(its.looked_at_on).where(its.skrift_id == self.plan))
            )

    def skrift(self, number: UUID) -> Skrift:
        with self.town.product.store.read() as connection:
            found = skrifter.by_id(connection, number)
        assert found is not None
        return found

    def states(self, kind: SkriftKind) -> list[tuple[int, SkriftState]]:
        with self.town.product.store.read() as connection:
            return [(one.version, one.state) for one in
                    skrifter.of_sag(connection, self.sag, kind)]  # fmt: skip

    def due(self, rule: str) -> list[tuple[str, date | None]]:
        """Return the deadlines of a rule: where each stands, and its day."""
        with self.town.product.store.read() as connection:
            rows = connection.execute(
                sa.select(frister.c.state, frister.c.due)
                .where(frister.c.sag_id == self.sag, frister.c.rule == rule)
                .order_by(frister.c.due)
            )
            return [(row.state, row.due.date() if row.due else None) for row in rows]
