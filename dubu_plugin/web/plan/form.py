"""The form of a plan: what stands in it, and what was sent read as what is kept.

What nobody touched is not written: each field carries the mark of the text that was on the screen.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from dubu_plugin.domain.maal import AENDRING, FIELDS, Aim
from dubu_plugin.domain.skrift import WHOLE
from dubu_plugin.errors import CaseworkError
from dubu_plugin.store.plan.maal import Maal
from dubu_plugin.store.skrift.tekster import At, Written
from dubu_plugin.usecases.plan.begin_plan import Wanted
from dubu_plugin.usecases.plan.keep_plan import Facts, Kept
from dubu_plugin.web.forms import Sent
from dubu_plugin.web.plan.view import Plan
from dubu_plugin.web.skrift.fields import mark_of, seen, shown_in
from dubu_plugin.web.typed_time import day_of

YES: Final = "ja"
SEEN: Final = "sete"
"""The field that carries what was on the screen: ``name:revision-mark``, joined by commas."""
OUT: Final = "ud-{}"
ALSO: Final = "ogsaa-{}"
STOOD: Final = "{}-stod"
"""Which way a goal pointed, the day and whose it was when the page was drawn."""
FACTS: Final = ("retning", "ses_paa", "barn")
HELPS: Final = "{}-indsats-"
"""The ticks that say which indsatser serve a goal; with nothing after it, which were shown, and
which of them were ticked."""
TICKED: Final = "="
NEW_NEED: Final = "nyt_behov"
NEW_GOAL: Final = "nyt_maal"
ON_PLAN: Final = tuple(
    name for name in FIELDS if name not in ("mit_maal", "de_voksne", "saa_ved_vi")
)
ONE_LINE: Final = frozenset({"ansvarlig", "indikator", "start", "oensket"})
"""What is read on one line, on the page and on paper, though its field grows with it."""
RESPONSIBLE: Final = "ansvarlig"
FOR_CHILD: Final = ("mit_maal", "de_voksne", "saa_ved_vi")
MEETS: Final = "min_moedes"
KEY: Final = 36
"""How long a goal's key is, which the names of its fields begin with."""


class NoDate(CaseworkError):
    """What should be a date is none."""

    danish = "Skriv datoen som dag, måned og år."

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class FactsChanged(CaseworkError):
    """Two have chosen another day, way or child for the same goal: the second chooses again."""

    danish = "En anden har ændret det samme ved et mål imens. Vælg, hvad der skal stå, og gem igen."

    def __init__(self, fields: Collection[str]) -> None:
        super().__init__(",".join(fields))
        self.fields = frozenset(fields)
        """What both have changed, as the form calls it."""


def name_of(at: At) -> str:
    """Return what a text is called in the form."""
    place, name = at
    return name if place == WHOLE else f"{place.partition(':')[2]}-{name}"


def values_of(plan: Plan) -> dict[str, str]:
    """Return what stands in a plan by the names of the form, with what is suggested."""
    values = {name_of(at): text.text for at, text in plan.opened.said.items()}
    values[SEEN] = seen_of(plan)
    for one in plan.goals:
        values |= _named(one, _stands(one)) | {STOOD.format(one.id): _carried(_stands(one))}
        if not one.said.get(RESPONSIBLE):
            values[f"{one.id}-{RESPONSIBLE}"] = plan.opened.head.responsible_name or ""
        values |= {HELPS.format(one.id) + str(it.id): YES for it in plan.serving[one.id]}
        values[HELPS.format(one.id)] = _shown(plan, one)
    return values


def values_over(plan: Plan, sent: Sent) -> dict[str, str]:
    """Return the same with what was sent over it: what was shown and is not ticked is not, and
    what began since can be ticked too."""
    values = values_of(plan)
    shown = tuple(name for one in plan.goals if (name := HELPS.format(one.id)) in sent.fields)
    over = {**{at: text for at, text in values.items() if not at.startswith(shown)}, **sent.ones()}
    for name in shown:
        known = sent.one(name).replace(f"{TICKED}{YES}", "").split(",")
        since = [it for it in values[name].split(",") if it.partition(TICKED)[0] not in known]
        over[name] = ",".join(filter(None, (sent.one(name), *since)))
        over |= {name + it.partition(TICKED)[0]: YES for it in since if TICKED in it}
    return over


def seen_of(plan: Plan) -> str:
    """Return what the form carries of the texts that are on the screen."""
    return ",".join(f"{name_of(at)}:{seen(plan.opened.said.get(at))}" for at in _ats(plan))


def kept_of(plan: Plan, sent: Sent) -> Kept:
    """Return what was touched of what somebody sent.

    :raises NoDate: a date is none.
    """
    shown = shown_in(sent.one(SEEN))
    written: dict[At, Written] = {}
    for at in _ats(plan):
        name = name_of(at)
        if name not in sent.fields:
            continue
        revision, mark = shown.get(name, (0, mark_of("")))
        out = at[1] == AENDRING and bool(sent.one(OUT.format(at[0].partition(":")[2])))
        text = "" if out else sent.one(name)
        if at[1] in ONE_LINE:
            text = " ".join(text.split())
        if at[1] == AENDRING and not text and not out:
            continue  # a goal is taken out by saying so, not by an emptied field
        if mark_of(text) != mark:
            written[at] = Written(text, revision)
    also = {
        one.id: frozenset(key for key in plan.children if str(key) in sent.many(name))
        for one in plan.goals
        if sent.many(name := ALSO.format(one.id))
    }
    return Kept(written, dict(_facts(plan, sent)), list(_new(plan, sent)), also,
                dict(_serves(plan, sent)))  # fmt: skip


def _ats(plan: Plan) -> Sequence[At]:
    sections = [(WHOLE, one.code) for one in plan.opened.form.afsnit]
    return [*sections, *((one.place, name) for one in plan.goals for name in FIELDS)]


def _facts(plan: Plan, sent: Sent) -> Iterator[tuple[UUID, Facts]]:
    for one in plan.goals:
        if f"{one.id}-retning" not in sent.fields:
            continue
        said = touched(one, sent)
        person = next((key for key in plan.children if str(key) == said["barn"]), one.person)
        aim, day = said["retning"], _day(said["ses_paa"], f"{one.id}-ses_paa")
        yield one.id, Facts(Aim(aim) if aim in set(Aim) else one.aim, day, person)


def facts_anew(plan: Plan, sent: Sent) -> dict[str, str]:
    """Return what is drawn of the facts of each goal where somebody chooses again: what they
    touched, and what stands now of the rest."""
    values: dict[str, str] = {}
    for one in plan.goals:
        values |= _named(one, _chosen(one, sent)[0])
        values[STOOD.format(one.id)] = _carried(_stands(one))
    return values


def taken_out(plan: Plan, sent: Sent) -> Sequence[str]:
    """Return a sentence for each goal that was written in here, and is out of the plan meanwhile:
    what was typed is said there, for no field on the page holds it."""
    shown = shown_in(sent.one(SEEN))
    there = {str(one.id) for one in plan.goals}
    typed: dict[str, list[str]] = {}
    for name, (_, mark) in shown.items():
        goal, field = name[:KEY], name[KEY + 1 :]
        if field not in FIELDS or goal in there or sent.one(OUT.format(goal)):
            continue
        text = sent.one(name)
        suggested = field == RESPONSIBLE and text == plan.opened.head.responsible_name
        if text and not suggested and mark_of(text) != mark:
            typed.setdefault(goal, []).append(text)
    found = []
    for goal, texts in typed.items():
        title = sent.one(f"{goal}-{AENDRING}")
        found.append(
            f"{f'Målet »{title}«' if title else 'Et mål'} er taget ud af planen imens. Det, du "
            f"skrev i det, er ikke gemt: »{' · '.join(texts)}«. Skal det med, så sæt målet på igen."
        )
    return found


def kept_anew(plan: Plan, sent: Sent) -> dict[str, str]:
    """Return what is drawn where what was sent is kept but for some texts: what stands now of
    everything that is no text, and nothing that would be put on again."""
    fresh = values_of(plan)
    ticks = {HELPS.format(one.id) + str(it.id): "" for one in plan.goals for it in plan.going}
    starts = tuple(HELPS.format(one.id) for one in plan.goals)
    helps = {name: text for name, text in fresh.items() if name.startswith(starts)}
    since = {name: text for name, text in fresh.items() if name not in sent.fields}
    return {**since, **facts_anew(plan, sent), **ticks, **helps, SEEN: fresh[SEEN], NEW_GOAL: ""}


def touched(one: Maal, sent: Sent) -> dict[str, str]:
    """Return the facts of a goal with what somebody changed of them: the rest stays as it stands,
    also where another changed it while this one wrote.

    :raises FactsChanged: both changed the same.
    """
    said, both = _chosen(one, sent)
    if both:
        raise FactsChanged([f"{one.id}-{name}" for name in both])
    return said


def _chosen(one: Maal, sent: Sent) -> tuple[dict[str, str], list[str]]:
    now = _stands(one)
    carried = sent.one(STOOD.format(one.id)).split(",")
    stood = dict(zip(FACTS, carried, strict=True)) if len(carried) == len(FACTS) else now
    said, both = dict(now), []
    for name in FACTS:
        field = f"{one.id}-{name}"
        if field in sent.fields and sent.one(field) != stood[name]:
            said[name] = sent.one(field)
            if now[name] not in (stood[name], said[name]):
                both.append(name)
    return said, both


def _stands(one: Maal) -> dict[str, str]:
    day = one.looked_at_on.isoformat() if one.looked_at_on else ""
    return {"retning": str(one.aim), "ses_paa": day, "barn": str(one.person)}


def _carried(facts: Mapping[str, str]) -> str:
    return ",".join(facts[name] for name in FACTS)


def _named(one: Maal, facts: Mapping[str, str]) -> dict[str, str]:
    return {f"{one.id}-{name}": text for name, text in facts.items()}


def _serves(plan: Plan, sent: Sent) -> Iterator[tuple[UUID, dict[UUID, bool]]]:
    """Yield the ticks somebody put or took off: what another did meanwhile stands."""
    for one in plan.goals:
        name = HELPS.format(one.id)
        was = dict(it.partition(TICKED)[::2] for it in sent.one(name).split(","))
        yield (
            one.id,
            {
                it.id: on
                for it in plan.going
                if str(it.id) in was
                and (on := bool(sent.one(name + str(it.id)))) is not bool(was[str(it.id)])
            },
        )


def _shown(plan: Plan, one: Maal) -> str:
    """Return the indsatser that can serve a goal, and which did when the page was drawn."""
    served = {it.id for it in plan.serving[one.id]}
    return ",".join(f"{it.id}{TICKED}{YES}" if it.id in served else str(it.id) for it in plan.going)


def _day(text: str, name: str) -> date | None:
    try:
        return day_of(text) if text else None
    except ValueError:
        raise NoDate(name) from None


def _new(plan: Plan, sent: Sent) -> Iterator[Wanted]:
    ticked = set(sent.many(NEW_NEED))
    for one in plan.offered:
        if str(one.id) in ticked:
            yield Wanted(one.id, one.text)
    if sent.one(NEW_GOAL):
        yield Wanted(None, sent.one(NEW_GOAL))
