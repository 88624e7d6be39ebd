"""Telling a case of the demo: what is written on it from the screening to the follow-up.

The words stand in `stories/`. Each step is the act a person does, at the moment it was done, so
that deadlines, letters and documents are what the product itself makes of them.
"""

import random
import tomllib
from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from importlib.resources import files
from typing import Any, Final, TypeAlias
from uuid import UUID, uuid5

from dubu_plugin.app import Product
from dubu_plugin.demo import errands
from dubu_plugin.demo.cast import Cast
from dubu_plugin.demo.workday import workday
from dubu_plugin.domain.afgoerelser import Given, Outcome
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.gates.standing import months_on
from dubu_plugin.domain.inddragelse import Samtaleform, SamtaleState
from dubu_plugin.domain.maal import AENDRING, FIELDS, Aim
from dubu_plugin.domain.opfoelgning import OTHER_DAY
from dubu_plugin.domain.skrift import WHOLE, SkriftKind, place_of_maal
from dubu_plugin.store.afgoerelse import afgoerelser, partshoeringer
from dubu_plugin.store.inddragelse.boernesamtaler import Told
from dubu_plugin.store.indsats import indsatser
from dubu_plugin.store.plan import maal
from dubu_plugin.store.plan.maal import Maal
from dubu_plugin.store.plan.needs import needs_of_sag
from dubu_plugin.store.skrift import skrifter, tekster
from dubu_plugin.store.skrift.tekster import At, Written
from dubu_plugin.usecases.afgoerelse import hear
from dubu_plugin.usecases.afgoerelse.decide import decide
from dubu_plugin.usecases.afgoerelse.keep import Kept, keep
from dubu_plugin.usecases.afgoerelse.prepare import prepare
from dubu_plugin.usecases.inddragelse.note_samtale import note_samtale
from dubu_plugin.usecases.indsats.start import begin as begin_help
from dubu_plugin.usecases.indsats.wanted import Wanted as Help
from dubu_plugin.usecases.opfoelgning.hold import hold
from dubu_plugin.usecases.opfoelgning.keep import keep as keep_follow_up
from dubu_plugin.usecases.opfoelgning.keep import place_of_person
from dubu_plugin.usecases.plan.begin_plan import Wanted as Goal
from dubu_plugin.usecases.plan.begin_plan import begin_plan
from dubu_plugin.usecases.plan.keep_plan import Facts
from dubu_plugin.usecases.plan.keep_plan import Kept as KeptPlan
from dubu_plugin.usecases.plan.keep_plan import keep as keep_plan
from dubu_plugin.usecases.plan.send_plan import send_plan
from dubu_plugin.usecases.skrift.begin import begin
from dubu_plugin.usecases.skrift.present import approve, finish, present
from dubu_plugin.usecases.skrift.write import add_behov, write

NAMES: Final = UUID("6b0d2d5e-2b53-5d0c-9a47-0c1d6d1f0a55")
Errand: TypeAlias = Callable[[Product, Cast, datetime], None]
HOUR: Final = timedelta(hours=1)


def words(name: str) -> dict[str, Any]:
    """Return the words of a story."""
    written = files(__package__).joinpath("stories", f"{name}.toml").read_text(encoding="utf-8")
    return tomllib.loads(written)


class Telling:
    """A case that is told as far as its days have come."""

    _now: datetime
    """The moment of the step that is done."""

    def __init__(self, product: Product, cast: Cast, story: Mapping[str, Any]) -> None:
        self._product = product
        self._cast = cast
        self._story = story

    def tell(self, first: datetime, now: datetime) -> int:
        """Do every step whose day has come, and return how many there were.

        :param first: when the underretning was assessed; the days are counted from it.
        """
        done = 0
        self._now = first
        for after, step in self._steps():
            day = workday(first + timedelta(days=after), random.Random(after))
            self._now = max(day, self._now + 2 * HOUR)
            if self._now > now:
                break
            step()
            done += 1
        self._now = now
        errands.catch_up(self._product, self._cast, now)
        return done

    def _steps(self) -> Sequence[tuple[int, Callable[[], None]]]:
        """Return what is done, and how many days after."""
        reviews = self._story["opfoelgning"]
        return (
            (7, self._beside(errands.ask_parents)),
            (9, self._beside(errands.parents_agree)),
            (11, self._screen),
            (14, self._begin_examining),
            (17, lambda: self._talk(self._story["samtale"])),
            (109, self._examine),
            (112, self._hear),
            (123, self._answer),
            (126, self._decide),
            (154, self._help),
            (175, self._plan),
            (231, lambda: self._talk({"egne_ord": reviews[0]["barnet"]})),
            (238, lambda: self._follow_up(reviews[0])),
            (252, self._beside(errands.end_help)),
            (322, lambda: self._talk({"egne_ord": reviews[1]["barnet"]})),
            (329, lambda: self._follow_up(reviews[1])),
        )

    def _beside(self, errand: Errand) -> Callable[[], None]:
        return lambda: errand(self._product, self._cast, self._now)

    # -- means -------------------------------------------------------------------------------------

    @property
    def _hers(self) -> dict[str, Any]:
        return {"product": self._product, "asker": self._cast.caseworker, "now": self._now}

    @property
    def _leaders(self) -> dict[str, Any]:
        return {**self._hers, "asker": self._cast.leader, "now": self._now + HOUR}

    def _say(self, text: str) -> str:
        return text.format_map(self._cast.names)

    def _said(self, skrift: UUID, texts: Mapping[At, str]) -> dict[At, Written]:
        """Return words as they are written over what stands there."""
        with self._product.store.read() as connection:
            one = skrifter.by_id(connection, skrift)
            there = tekster.read(connection, skrift, one.version) if one else {}
        return {
            at: Written(self._say(text), there[at].revision if at in there else 0)
            for at, text in texts.items()
        }

    def _whole(self, part: str, *but: str) -> dict[At, str]:
        """Return the sections of a part of the story."""
        found = self._story[part].items()
        return {(WHOLE, code): text for code, text in found if code not in but}

    def _newest(self, kind: SkriftKind) -> UUID:
        with self._product.store.read() as connection:
            return skrifter.of_sag(connection, self._cast.sag, kind)[0].id

    # -- the undersøgelse --------------------------------------------------------------------------

    def _screen(self) -> None:
        sag = self._cast.sag
        its = begin(sag, SkriftKind.SCREENING, **self._hers).id
        write(sag, its, self._said(its, self._whole("screening")), **self._hers)
        finish(sag, its, **self._hers)

    def _begin_examining(self) -> None:
        begin(self._cast.sag, SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE, **self._hers)

    def _examine(self) -> None:
        sag, its = self._cast.sag, self._newest(SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE)
        texts = self._whole("undersoegelse", "forhold")
        for one in self._story["undersoegelse"]["forhold"]:
            texts |= {
                (one["kode"], name): text
                for name, text in one.items()
                if name not in ("kode", "behov")
            }
            if "behov" in one:
                add_behov(sag, its, one["kode"], self._say(one["behov"]), **self._hers)
        write(sag, its, self._said(its, texts), **self._hers)
        present(sag, its, **self._hers)
        approve(sag, its, **self._leaders)

    def _talk(self, said: Mapping[str, str]) -> None:
        told = Told(
            occurred_at=self._now - HOUR,
            form=Samtaleform.SAMTALE,
            advisers=(self._cast.caseworker.key, self._cast.colleague),
            own_words=self._say(said["egne_ord"]),
            wishes=self._say(said.get("oensker", "")),
            topics=self._say(said.get("emner", "")),
            told=self._say(said.get("fortalt", "")),
            agreed=self._say(said.get("aftalt", "")),
            place=self._say(said.get("sted", "")),
            safe_adult=self._say(said.get("tryg_voksen", "")),
        )
        number = uuid5(NAMES, f"{self._cast.sag}-{self._now.isoformat()}")
        note_samtale(self._cast.sag, number, SamtaleState.HOLDT, told, **self._hers)

    # -- the decision ------------------------------------------------------------------------------

    def _hear(self) -> None:
        number = prepare(self._cast.sag, "stoette", **self._hers)
        due = danish_day(self._now) + timedelta(days=11)
        for part, who in self._parts(number):
            about = {"om": Written(self._say(self._story["partshoering"][f"om_{who}"]), 0)}
            hear.send(self._cast.sag, number, part, about, due, **self._hers)

    def _answer(self) -> None:
        number = self._newest(SkriftKind.AFGOERELSE)
        for part, who in self._parts(number):
            said = {
                "svar": Written(self._say(self._story["partshoering"][f"svar_{who}"]), 0),
                "vaegt": Written(self._say(self._story["partshoering"][f"vaegt_{who}"]), 0),
            }
            hear.answer(self._cast.sag, number, part, said, danish_day(self._now), **self._hers)

    def _parts(self, number: UUID) -> Sequence[tuple[UUID, str]]:
        with self._product.store.read() as connection:
            found = partshoeringer.of_afgoerelse(connection, number)
        return [(one.id, self._cast.parents.get(one.person, "barn")) for one in found]

    def _decide(self) -> None:
        number, today = self._newest(SkriftKind.AFGOERELSE), danish_day(self._now)
        begins = today + timedelta(days=28)
        chosen = {
            "outcome": Outcome.MEDHOLD, "plan": True, "starts_on": begins,
            "given": [self._given(one, begins) for one in self._story["indsats"]],
            "ends_on": months_on(begins, max(one["maaneder"] for one in self._story["indsats"])),
        }  # fmt: skip
        with self._product.store.read() as connection:
            its = afgoerelser.by_id(connection, number)
            people = {one.person for one in partshoeringer.of_afgoerelse(connection, number)}
        assert its is not None
        texts = self._said(number, self._whole("afgoerelse", *self._left_out(people)))
        kept = Kept(
            seen=its.version,
            chosen=chosen,
            texts={name: text for (_, name), text in texts.items()},
            consents={one: ("givet", today, True) for one in self._cast.parents},
        )
        keep(self._cast.sag, number, kept, **self._hers)
        present(self._cast.sag, number, **self._hers)
        decide(self._cast.sag, number, **self._leaders)

    def _given(self, one: Mapping[str, Any], begins: date) -> Given:
        """Return what is given: what is first has the decision's own purpose and last day."""
        if one is self._story["indsats"][0]:
            return Given(code=one["hvad"])
        return Given(
            code=one["hvad"], ends_on=months_on(begins, one["maaneder"]),
            purpose=self._say(one.get("formaal") or self._story["afgoerelse"]["formaal"]),
        )  # fmt: skip

    def _left_out(self, people: set[UUID]) -> Sequence[str]:
        """A child who is no party yet is told by its parents."""
        return () if self._cast.child in people else ("til_barnet", "barnet_sagt")

    # -- help, plan and follow-up ------------------------------------------------------------------

    def _help(self) -> None:
        today, number = danish_day(self._now), self._newest(SkriftKind.AFGOERELSE)
        with self._product.store.read() as connection:
            its = afgoerelser.by_id(connection, number)
        assert its is not None
        ends = {given.code: given.ends_on or its.ends_on for given in its.given}
        for one in self._story["indsats"]:
            wanted = Help(
                code=one["hvad"],
                afgoerelse=number,
                starts_on=today,
                expected_end=ends[one["hvad"]],
                amount=Decimal(one["antal"].replace(",", ".")),
                per=one["per"],
                supplier=one["leverandoer"],
            )
            begin_help(self._cast.sag, wanted, **self._hers)

    def _plan(self) -> None:
        sag, said = self._cast.sag, self._story["plan"]
        with self._product.store.read() as connection:
            needs = {one.dimension: one.id for one in needs_of_sag(connection, sag)}
        wanted = [Goal(needs[one["behov"]], self._say(one["aendring"])) for one in said["maal"]]
        plan = begin_plan(sag, SkriftKind.BARNETS_PLAN, wanted, **self._hers).id
        texts = self._whole("plan", "maal")
        facts: dict[UUID, Facts] = {}
        look = danish_day(self._now) + timedelta(days=63)
        for goal, one in self._goals(plan):
            facts[goal.id] = Facts(Aim.UDVIKLE, look, self._cast.child)
            place = place_of_maal(goal.id)
            texts |= {(place, name): text for name, text in one.items() if name in FIELDS}
        kept = KeptPlan(self._said(plan, texts), facts, serves=self._serving(self._goals(plan)))
        keep_plan(sag, plan, kept, **self._hers)
        send_plan(sag, plan, list(self._cast.parents), **self._hers)

    def _serving(
        self, goals: Sequence[tuple[Maal, Mapping[str, Any]]]
    ) -> Mapping[UUID, Mapping[UUID, bool]]:
        """Return which of the help serves each goal."""
        with self._product.store.read() as connection:
            found = indsatser.of_sag(connection, self._cast.sag)
        return {
            goal.id: {one.id: one.code in said["indsatser"] for one in found}
            for goal, said in goals
        }

    def _goals(self, plan: UUID) -> Sequence[tuple[Maal, Mapping[str, Any]]]:
        """Return the goals of the plan, each with what the story says of it."""
        told = {self._say(one["aendring"]): one for one in self._story["plan"]["maal"]}
        with self._product.store.read() as connection:
            said = tekster.read(connection, plan, 1)
            found = maal.of_skrift(connection, plan, said)
        return [(one, told[one.said[AENDRING]]) for one in found]

    def _follow_up(self, one: Mapping[str, Any]) -> None:
        texts: dict[At, str] = {
            (WHOLE, "barnets_syn"): one["barnet"],
            (WHOLE, "valg"): "fortsaet",
            (WHOLE, "vurdering"): one["samlet"],
            (WHOLE, "andre_forhold"): "Nej.",
            (WHOLE, "dag"): danish_day(self._now).isoformat(),
            **self._next(),
            (WHOLE, "naeste_grund"): one["grund"],
        }
        for parent, who in self._cast.parents.items():
            texts[place_of_person(parent), "syn"] = one[who]
        order = [goal["aendring"] for goal in self._story["plan"]["maal"]]
        for goal, told in self._goals(self._newest(SkriftKind.BARNETS_PLAN)):
            number = order.index(told["aendring"])
            place = place_of_maal(goal.id)
            texts[place, "status"] = one["status"][number]
            texts[place, "ord"] = one["ord"][number]
            if number == 0 and "tal" in one:
                texts[place, "tal"] = str(one["tal"])
        said = {at: Written(self._say(text), 0) for at, text in texts.items()}
        keep_follow_up(self._cast.sag, said, last=self._held(), **self._hers)
        hold(self._cast.sag, **self._hers)

    def _next(self) -> Mapping[At, str]:
        """Return when it is followed up next: in three months, or as the help ends before then."""
        usual = months_on(danish_day(self._now), 3)
        with self._product.store.read() as connection:
            found = indsatser.of_sag(connection, self._cast.sag)
        last = max((one.expected_end or usual for one in found if one.runs), default=usual)
        if usual <= last:
            return {(WHOLE, "naeste"): "3"}
        return {(WHOLE, "naeste"): OTHER_DAY, (WHOLE, "naeste_dag"): last.isoformat()}

    def _held(self) -> UUID | None:
        """Return the newest follow-up that is held."""
        with self._product.store.read() as connection:
            found = skrifter.of_sag(connection, self._cast.sag, SkriftKind.OPFOELGNING)
        return next((one.id for one in found if not one.is_open), None)
