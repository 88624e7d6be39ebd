"""Min dag: what is due, in four groups, one line a child and bundle."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from dubu_plugin.app import Product
from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act, Asker, Role
from dubu_plugin.frister.urgency import Days, Group, today_until
from dubu_plugin.store.min_dag import day_heads
from dubu_plugin.store.min_dag import lines as min_dag
from dubu_plugin.store.min_dag.day_counts import Counts, counts_of
from dubu_plugin.store.min_dag.day_heads import SOON
from dubu_plugin.store.min_dag.due_heads import Kind, Scope
from dubu_plugin.store.min_dag.lines import Line
from dubu_plugin.store.underretning import indgang
from dubu_plugin.web.door import Door, Visit
from dubu_plugin.web.drawing import FRONT, Page
from dubu_plugin.web.indgang import post_lines
from dubu_plugin.web.min_dag import waiting
from dubu_plugin.web.min_dag.day_words import DueLine, due_line, title_of

router = APIRouter()

URL: Final = FRONT

FOLLOW_OTHERS: Final = frozenset({Role.TEAM_LEADER, Role.AUDITOR})
"""Those whose day is what others have to do."""

SCOPES: Final = {Scope.MINE: "Mine og nye", Scope.TEAM: "Mit team"}
KINDS: Final = {
    Kind.LAW: "Frister med dato",
    Kind.ASSESS: "24-timers frister",
    Kind.NO_DATE: "Pligter uden dato",
    Kind.UNTAKEN: "Ingen har taget",
}
GROUPS: Final = {
    Group.OVERSKREDET: ("overdue", "Overskredet", "error"),
    Group.I_DAG: ("today", "I dag", "time"),
    Group.SNART: ("soon", "Snart", "calendar-month"),
    Group.SENERE: ("later", "Senere", ""),
}

SAID: Final = {"grund": "Grunden er skrevet."}
"""What is said above the list, by what was done just before."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice beside the list, and how much it holds."""

    title: str
    url: str
    count: int
    chosen: bool


@dataclass(frozen=True, slots=True)
class DueGroup:
    """One of the four groups."""

    code: str
    title: str
    symbol: str
    count: int
    lines: Sequence[DueLine]
    folded: str


MORE: Final[Sequence[tuple[Role | None, str, str]]] = (
    (None, "Egne erindringer", "/dubu/erindringer"),
    (None, "Fravær og morgenmail", "/dubu/fravaer"),
    (None, "Kalender i Outlook og på telefonen", "/dubu/kalender"),
    (None, "Sager uden frist", "/dubu/sager/uden-frist"),
    (Role.TEAM_LEADER, "Frister uden grund", "/dubu/frister/uden-grund"),
    (Role.TEAM_LEADER, "Enhedens planer", "/dubu/enhedens-planer"),
    (Role.ADMINISTRATOR, "Administration", "/dubu/administration"),
)
"""What is seldom needed, and whose it is; None is everybody's."""


@dataclass(frozen=True, slots=True)
class Day:
    """The whole page."""

    headline: str
    summary: str
    scopes: Sequence[Filter]
    kinds: Sequence[Filter]
    groups: Sequence[DueGroup]
    quiet: str
    next: str
    number: int
    pages: int
    url: str
    post: Sequence[post_lines.PostLine]
    post_count: int
    begun: str
    """That they have calls they have not finished, in words; empty where they have none."""
    waiting: Sequence[waiting.WaitingLine]
    far: str
    """How many lines wait until they are near, in words; empty where none does."""
    far_url: str
    put_off: str
    """How many lines are put off, in words; empty where none is."""
    put_off_url: str
    leads: bool
    """They lead a unit, and so have the way to how its deadlines are kept."""
    more: Sequence[tuple[str, str]]
    """What is seldom needed, for who may see it: a title and an address each."""


def day(
    product: Product,
    who: Asker,
    now: datetime,
    *,
    scope: Scope | None = None,
    kind: Kind = Kind.ALL,
    page: int = 1,
) -> Day:
    """Return what somebody's day looks like now.

    :param scope: whose lines; None for what concerns somebody in their position.
    """
    scope = scope or first_scope(who)
    today = danish.danish_day(now)
    days = Days(now, today_until(now), today_until(now + SOON))
    with product.store.read() as connection:
        seen = day_heads.seen(connection, who, days, scope)
        counts = counts_of(seen.heads, scope, kind, seen.others)
        pages = max(1, -(-counts.shown // min_dag.PER_PAGE))
        page = min(page, pages)
        lines = min_dag.lines(connection, who, seen.heads, scope, kind, page=page)
        waits = waiting.lines(connection, product, who, now)
        post = indgang.newest(
            connection,
            who,
            now=now,
            sees_post=post_lines.sees_post(who, product.settings),
            # What stands as a line already is not told twice.
            but={one.underretning for one in _each(lines) if one.underretning},
        )
    drawn = [(line, due_line(line, product, today, now)) for line in lines]
    return Day(
        leads=Role.TEAM_LEADER in who.roles,
        more=[(title, url) for role, title, url in MORE if role is None or role in who.roles],
        headline=_headline(today),
        summary=_summary(counts, kind),
        scopes=[
            Filter(title, _url(one, kind), counts.scopes[one], one is scope)
            for one, title in SCOPES.items()
        ],
        kinds=[
            Filter(
                title, _url(scope, Kind.ALL if one is kind else one), counts.kinds[one], one is kind
            )
            for one, title in KINDS.items()
        ]
        + ([Filter("Langt ude", _url(scope, Kind.ALL), counts.far, True)] * (kind is Kind.FAR)),
        groups=[_group(group, counts, drawn, today) for group in Group],
        quiet=_quiet(counts, kind),
        next=_next(lines, product, today, post.count),
        number=page,
        pages=pages,
        url=f"{_url(scope, kind)}&",
        post=[post_lines.line(item, now) for item in post.items],
        post_count=post.count,
        begun=post_lines.begun_words(post.begun),
        waiting=waits,
        far=_far(counts.far) if kind is not Kind.FAR else "",
        far_url=_url(scope, Kind.FAR),
        put_off=_put_off(counts.put_off),
        put_off_url=f"{URL}/udskudte?{urlencode({'vis': scope})}",
    )


def _each(lines: Sequence[Line]) -> Iterator[Line]:
    """Yield the lines, and what is named in the fold of what nobody has taken."""
    for line in lines:
        yield line
        yield from line.untaken.first if line.untaken else ()


def first_scope(who: Asker) -> Scope:
    """Return whose lines somebody sees first: an auditor has no cases, a leader a team."""
    return Scope.MINE if who.roles.isdisjoint(FOLLOW_OTHERS) else Scope.TEAM


def _headline(today: date) -> str:
    name = danish.WEEKDAYS[today.weekday()].capitalize()
    return danish.unbroken(f"{name} {today.day}. {danish.MONTHS[today.month - 1]}")


def _summary(counts: Counts, kind: Kind) -> str:
    """Return what waits, counted over the whole day: no filter makes what is late go away."""
    found = counts.every
    parts = [
        f"{found[group]} {word}"
        for group, word in (
            (Group.OVERSKREDET, "overskredet"),
            (Group.I_DAG, "i dag"),
            (Group.SNART, "snart"),
        )
        if found[group]
    ]
    if kind is not Kind.ALL:
        here = f"Du ser {danish.counted(counts.shown, 'linje', 'linjer')} af din dag."
        return f"{here} I alt: {', '.join(parts)}." if parts else f"{here} Intet haster i resten."
    if not counts.shown:
        return "Intet venter på dig her."
    rest = " Resten kan vente." if found[Group.SENERE] and parts else ""
    return f"{', '.join(parts)}.{rest}" if parts else "Intet haster."


def _put_off(count: int) -> str:
    return f"{danish.counted(count, 'linje', 'linjer')} er udskudt" if count else ""


def _far(count: int) -> str:
    lines = danish.counted(count, "linje", "linjer")
    return f"{lines} med frister langt ude, som ikke er talt med her" if count else ""


def _quiet(counts: Counts, kind: Kind) -> str:
    if not counts.shown:
        return "Der er ingen frister her"
    pressing = (Group.OVERSKREDET, Group.I_DAG, Group.SNART)
    if kind is not Kind.ALL or any(counts.groups[group] for group in pressing):
        return ""
    return "Intet er overskredet, og intet er i dag"


def _next(lines: Sequence[Line], product: Product, today: date, post: int) -> str:
    dated = next((line for line in lines if line.due is not None), None)
    if (dated is None or dated.due is None) and post:
        return f"Der ligger {danish.counted(post, 'henvendelse', 'henvendelser')} i indgangen."
    if dated is None or dated.due is None:
        return "Nye underretninger og frister kommer af sig selv."
    name = title_of(dated, product)
    due = danish.danish_day(dated.due)
    words = f"{danish.list_date(due, today)} ({danish.relative_day(due, today)})"
    return f"Næste frist: {name} {danish.unbroken(words)}."


def _group(
    group: Group, counts: Counts, drawn: Sequence[tuple[Line, DueLine]], today: date
) -> DueGroup:
    code, title, symbol = GROUPS[group]
    lines = [(line, words) for line, words in drawn if line.group is group]
    folded = ""
    if group is Group.SENERE and lines:
        _, words = lines[0]
        last = lines[-1][0].due
        until = f" frem til {danish.list_date(danish.danish_day(last), today)}" if last else ""
        total, here = counts.groups[group], len(lines)
        number = danish.counted(here, "linje", "linjer")
        if here < total:
            number = f"{here} af de {total} linjer"
        folded = danish.unbroken(f"Vis {number}{until}, først {words.child} {words.when}")
    return DueGroup(code, title, symbol, counts.groups[group], [w for _, w in lines], folded)


def _url(scope: Scope, kind: Kind) -> str:
    return f"{URL}?{urlencode({'vis': scope, 'kun': kind})}"


@router.get(URL)
def show(
    visit: Annotated[Visit, Depends(Door(Act.SEARCH, page="min-dag"))],
    vis: str = "",
    kun: str = Kind.ALL,
    side: int = 1,
    sagt: str = "",
) -> Response:
    """Show Min dag. What the address does not name rightly is shown as by default."""
    shown = day(
        visit.product,
        visit.asker,
        visit.now,
        scope=Scope(vis) if vis in list(Scope) else None,
        kind=Kind(kun) if kun in list(Kind) else Kind.ALL,
        page=max(1, side),
    )
    values = {"day": shown, "said": SAID.get(sagt, "")}
    return visit.page(Page("min_dag/page.html", "Min dag", URL, values=values))
