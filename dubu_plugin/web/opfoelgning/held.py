"""An opfølgning that is held, as it is read: the goals, the views, the decision, what it opened."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from fastapi.responses import Response

from dubu_plugin.domain import danish
from dubu_plugin.domain.indsatser import Skift
from dubu_plugin.domain.maal import BOTH, PARENTS, STATUSES
from dubu_plugin.domain.opfoelgning import (
    CHOICES,
    DECIDES,
    ENDS,
    OF_PARENTS,
    PLAN,
    REVISED,
    SHARED,
    meant,
)
from dubu_plugin.domain.skrift import WHOLE, SkriftKind
from dubu_plugin.store.family import netvaerk, personer
from dubu_plugin.store.indsats import followed_up, opfoelgninger
from dubu_plugin.store.indsats.followed_up import Shift
from dubu_plugin.store.indsats.opfoelgninger import Opfoelgning
from dubu_plugin.store.plan import maal
from dubu_plugin.store.plan.maal import Maal
from dubu_plugin.store.plan.shared import Shared, as_agreed, shared_with
from dubu_plugin.store.sag import sag_panel
from dubu_plugin.store.skrift import skrifter, tekster
from dubu_plugin.store.skrift.tekster import Texts
from dubu_plugin.usecases.opfoelgning.keep import OF_PARENT, place_of_person
from dubu_plugin.usecases.opfoelgning.opens import CHANGES, WRITES
from dubu_plugin.web.door import Visit
from dubu_plugin.web.drawing import Page
from dubu_plugin.web.naming import child_title
from dubu_plugin.web.opfoelgning.view import ALL
from dubu_plugin.web.plan.shared import title_of
from dubu_plugin.web.plan.view import ONE
from dubu_plugin.web.sag.page import TAB

WAITS: Final = ("Venter på dig", "act", "edit")
DONE: Final = ("Gjort", "done", "check")
BY: Final = {CHANGES: Skift.AENDRING, ENDS: Skift.OPHOER}
IN_COMMON: Final = "Fælles plan"
TO_DECIDE: Final = "Afgørelse: hjælpen hører op"
ACTS: Final = {CHANGES: "Ret", ENDS: "Afslut"}


@dataclass(frozen=True, slots=True)
class GoalRow:
    """A goal as it was found."""

    number: int
    text: str = field(repr=False)
    whose: str = field(repr=False)
    """The name, where the goal is a sibling's or one of the parents' own plan."""
    status: str
    tal: int | None
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class OpenedRow:
    """Something it opened for more work."""

    title: str
    url: str
    """Empty where the one who looks may not go there."""
    mark: tuple[str, str, str]


def drawn(visit: Visit, it: Opfoelgning, said: str) -> Response:
    """Draw it."""
    with visit.reading() as connection:
        head = sag_panel.head(connection, it.sag)
        found = skrifter.of_sag(connection, it.sag)
        mine = next(one for one in found if one.id == it.skrift)
        texts = tekster.read(connection, it.skrift, mine.version)
        statuses = opfoelgninger.statuses_of(connection, it.skrift)
        goals: list[Maal] = []
        if it.plan is not None and it.plan_version is not None:
            plan = tekster.read(connection, it.plan, it.plan_version)
            goals = [one for one in maal.of_skrift(connection, it.plan, plan) if one.id in statuses]
        goals += as_agreed(connection, statuses.keys() - {one.id for one in goals}, it.made_at)
        own = {one.id for one in found if one.kind is PARENTS}
        shared_goals = [one for one in goals if one.skrift != it.plan and one.skrift not in own]
        others = {one.person for one in goals} - {head.child}
        siblings = {one: who.name for one in others if (who := personer.by_id(connection, one))}
        _, shifts = followed_up.helped(connection, it.sag)
        around = netvaerk.of_child(connection, head.child)  # also those who have left it since
        shared = shared_with(connection, visit.asker, head.child, but=it.sag)
    case_url = f"/dubu/sag/{it.sag}"
    titles = {one.id: visit.product.forms.of(one.kind).title for one in found
              if one.kind in visit.product.forms.forms}  # fmt: skip
    open_ones = {one.id for one in found if one.is_open}
    values = {
        "it": it,
        "title": danish.unbroken(f"Opfølgning {danish.long_date(it.held_on)}"),
        "choice": CHOICES[it.choice],
        "made": danish.list_moment(it.made_at, visit.now),
        "child": child_title(head.child_name, head.termin if head.born is None else None),
        "all_url": ALL.format(sag=it.sag),
        "case_url": case_url,
        "said": said,
        "goals": [
            GoalRow(
                number, one.text,
                siblings.get(one.person, BOTH.lower() if one.skrift in own else ""),
                STATUSES[statuses[one.id][0]], statuses[one.id][1],
                _words(texts, one.place, "ord"),
            )
            for number, one in enumerate(goals, 1)
        ],
        "plan_url": _plan_url(case_url, it, shared=bool(shared_goals)),
        "talk_url": f"{case_url}/samtaler/{it.samtale}" if it.samtale else "",
        "views": list(_views(texts, {one.who.id: one.who.name for one in around})),
        "decided": list(_decided(it, texts)),
        "opens": list(_opens(visit, it, titles, open_ones, shifts, shared)),
    }  # fmt: skip
    page = Page("opfoelgning/holdt.html", str(values["title"]), case=head.host_key, tab=TAB,
                values=values)  # fmt: skip
    return visit.page(page)


def _plan_url(case_url: str, it: Opfoelgning, *, shared: bool) -> str:
    """Return where the plan is; one in common with a sibling stands among those of the case."""
    if it.plan is not None:
        return f"{case_url}/barnets-plan/{it.plan}"
    return f"{case_url}/barnets-plan" if shared else ""


def _views(texts: Texts, names: Mapping[UUID, str]) -> Iterator[tuple[str, str]]:
    for label, name in (("Barnet", "barnets_syn"), ("Skrevet til barnet", "barnet_sagt"),
                        ("Hvorfor der ikke er talt med barnet", "uden_samtale"),
                        ("Forældrene", "foraeldrenes_syn")):  # fmt: skip
        if text := _words(texts, WHOLE, name):
            yield label, text
    for number, name in names.items():
        if text := _words(texts, place_of_person(number), OF_PARENT):
            yield name, text


def _decided(it: Opfoelgning, texts: Texts) -> Iterator[tuple[str, str]]:
    yield "Valget", meant(it.choice, {what for what, _ in it.opened})
    yield "Samlet vurdering", _words(texts, WHOLE, "vurdering")
    yield "Andet, der er kommet til", _words(texts, WHOLE, "andre_forhold")
    if it.next_on is not None:
        rhythm = f", hver {it.months}. måned" if it.months and it.months > 1 else ""
        yield "Næste opfølgning", danish.unbroken(f"{danish.long_date(it.next_on)}{rhythm}")
    if why := _words(texts, WHOLE, "naeste_grund"):
        yield "Hvorfor den dag", why
    revised = _words(texts, WHOLE, OF_PARENTS)
    if words := next((it for one, it in REVISED.items() if one == revised), ""):
        yield "Forældrenes egen plan", words


def _opens(
    visit: Visit,
    it: Opfoelgning,
    titles: Mapping[UUID, str],
    open_ones: Collection[UUID],
    shifts: Sequence[Shift],
    shared: Sequence[Shared],
) -> Iterator[OpenedRow]:
    case_url = f"/dubu/sag/{it.sag}"
    done = {(one.indsats, one.kind) for one in shifts if one.opfoelgning == it.skrift}
    named = {one.indsats: one for one in shifts}
    for what, key in it.opened:
        if what == SHARED:
            plan = next((one for one in shared if one.skrift == key), None)
            where = ONE.format(sag=plan.sag, plan=key) if plan and plan.opens else ""
            mark = WAITS if plan and plan.is_open else DONE
            yield OpenedRow(title_of(plan) if plan else IN_COMMON, where, mark)
            continue
        if what == DECIDES:
            mark = WAITS if key in open_ones else DONE
            yield OpenedRow(TO_DECIDE, f"{case_url}/afgoerelse/{key}", mark)
            continue
        if what in (PLAN, OF_PARENTS, WRITES):
            place = "skrift" if what == WRITES else "barnets-plan"
            mark = WAITS if key in open_ones else DONE
            yield OpenedRow(titles.get(key, SkriftKind.BARNETS_PLAN),
                            f"{case_url}/{place}/{key}", mark)  # fmt: skip
            continue
        one = named.get(key)
        row = visit.product.indsatser.indsats(one.code, one.starts_on) if one else None
        name = row.title if row else "indsatsen"
        url = f"{case_url}/indsats/{key}"
        if (key, BY[what]) in done:
            yield OpenedRow(f"{ACTS[what]}: {name}", url, DONE)
        else:
            yield OpenedRow(f"{ACTS[what]}: {name}",
                            f"{url}?goer={what}&opfoelgning={it.skrift}", WAITS)  # fmt: skip


def _words(texts: Texts, place: str, name: str) -> str:
    return texts[place, name].text if (place, name) in texts else ""
