"""What stands on the page of an opfølgning: the goals, what has been said since, the next day."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.app import Product
from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act
from dubu_plugin.domain.danish_time import start_of_day
from dubu_plugin.domain.forloeb_handicap import AREA
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.indsatser import IndsatsState
from dubu_plugin.domain.maal import BOTH, STATUSES
from dubu_plugin.domain.opfoelgning import CHOICES, PLAN, USUAL_OF_CHAPTER_8, offered
from dubu_plugin.domain.skrift import SkriftKind
from dubu_plugin.metode.skriftform import SkriftForm
from dubu_plugin.store.family import personer
from dubu_plugin.store.indsats import followed_up
from dubu_plugin.store.indsats.followed_up import Note, Statement
from dubu_plugin.store.indsats.indsatser import Indsats
from dubu_plugin.store.indsats.opfoelgninger import Opfoelgning
from dubu_plugin.store.plan.maal import Maal, Status
from dubu_plugin.store.plan.needs import Need, needs_by_id
from dubu_plugin.store.sag import sag_panel
from dubu_plugin.store.sag.sag_panel import Head, OpenStep
from dubu_plugin.store.sag.sager import CLOSED
from dubu_plugin.usecases.indsats.extent import extent
from dubu_plugin.usecases.opfoelgning.followed import Followed, followed, is_of_chapter_8
from dubu_plugin.usecases.opfoelgning.opens import ASSESSMENTS
from dubu_plugin.web.door import Visit
from dubu_plugin.web.indsats import words
from dubu_plugin.web.opfoelgning.next import first_left
from dubu_plugin.web.plan.shared import title_of as title_of_shared
from dubu_plugin.web.plan.view import gone

ALL: Final = "/dubu/sag/{sag}/opfoelgning"
ONE: Final = ALL + "/{opfoelgning}"
REVISES_BY: Final = frozenset({"FORPLAN-REV", "FORPLAN-12M"})
"""The deadlines of § 79."""
SHOWN: Final = 600
"""How many signs of a statement stand on the page; the rest is one click away."""


@dataclass(frozen=True, slots=True)
class GoalLine:
    """A goal as it is followed up."""

    goal: Maal
    number: int
    whose: str = field(repr=False)
    """The name, where the goal is a sibling's (§ 91, stk. 3), or one of the parents' own plan."""
    gone: str
    """That the undersøgelse does not name its need any more; empty where it does."""
    sign: str
    """Where it stood, and where it is wanted."""
    indsatser: Sequence[str]
    before: str
    """What the last opfølgning found; empty where there is none."""
    said: Sequence[Statement] = field(repr=False)
    """What statements say of its dimension since then."""


@dataclass(frozen=True)
class Page:
    """Everything the page is drawn from, as it stood in one moment."""

    head: Head
    form: SkriftForm
    its: Followed
    statements: Sequence[Statement] = field(repr=False)
    notes: Sequence[Note] = field(repr=False)
    steps: Sequence[OpenStep]
    first_left: date | None
    """The day by which an indsats is followed up first that this opfølgning is too early for."""
    children: Mapping[UUID, str] = field(repr=False)
    """The siblings that have goals in the plan that is followed up, and the parents in theirs, by
    name."""
    needs: Mapping[UUID, Need] = field(repr=False)
    """The need each goal of the case's own plan answers."""
    of_chapter_8: bool
    """All that is given is help to a child with a disability, which § 95 says nothing of."""
    may_write: bool

    @property
    def url(self) -> str:
        """Its address."""
        return ALL.format(sag=self.head.sag)

    @property
    def usual(self) -> int | None:
        """The rhythm of the help that is given, in months, where it has one of its own."""
        return USUAL_OF_CHAPTER_8 if self.of_chapter_8 else None

    @property
    def case_url(self) -> str:
        """The case's address."""
        return f"/dubu/sag/{self.head.sag}"

    @property
    def writes(self) -> bool:
        """Whether the one who looks can hold one now."""
        return self.may_write and self.head.phase != CLOSED

    @property
    def title(self) -> str:
        """What the page is called."""
        return "Første opfølgning" if self.its.is_first else "Opfølgning"


def read(visit: Visit) -> Page:
    """Read what there is to follow up on the case that is visited."""
    with visit.reading() as connection:
        head = sag_panel.head(connection, visit.subject)
        its = followed(connection, visit.asker, visit.subject, head.child, visit.now)
        since_day = its.since or danish.danish_day(visit.now)
        steps = sag_panel.steps(connection, visit.subject)
        return Page(
            head=head,
            form=visit.product.forms.of(SkriftKind.OPFOELGNING),
            its=its,
            statements=followed_up.statements(connection, visit.subject, its.since),
            notes=followed_up.notes(connection, visit.subject, start_of_day(since_day)),
            steps=steps,
            first_left=first_left(steps, visit.product.store.rules, visit.now),
            children=_siblings(connection, its),
            needs=_needs(connection, its),
            of_chapter_8=is_of_chapter_8(
                its, visit.product.indsatser, danish.danish_day(visit.now)
            ),
            may_write=visit.may(connection, Act.WRITE),
        )


def _siblings(connection: sa.Connection, its: Followed) -> Mapping[UUID, str]:
    others = {one.person for one in its.goals} - {its.child}
    return {one: who.name for one in others if (who := personer.by_id(connection, one))}


def _needs(connection: sa.Connection, its: Followed) -> Mapping[UUID, Need]:
    own = its.plan.skrift if its.plan else None
    answers = {one.id: one.behov for one in its.goals if one.behov and one.skrift == own}
    found = needs_by_id(connection, set(answers.values()))
    return {goal: found[behov] for goal, behov in answers.items() if behov in found}


def goals(
    page: Page, product: Product, today: date, *, of_parents: bool = False
) -> Sequence[GoalLine]:
    """Return the goals with what is known of each.

    :param of_parents: those of the parents' own plan, in place of the others.
    """
    return [
        GoalLine(
            goal=one.maal,
            number=number,
            whose=page.children.get(one.maal.person, BOTH.lower() if of_parents else ""),
            gone=gone(need) if (need := page.needs.get(one.maal.id)) else "",
            sign=_sign(one.maal),
            indsatser=[
                words.title(product.indsatser, it)
                for it in page.its.helped
                if it.id in one.served_by and it.state is not IndsatsState.OPGIVET
            ],
            before=_before(one.statuses, today),
            said=[
                it for it in page.statements if it.dimension and it.dimension == one.maal.dimension
            ],
        )
        for number, one in enumerate(page.its.found, 1)
        if page.its.is_of_parents(one.maal) is of_parents
    ]


def deadline(page: Page, product: Product, now: datetime) -> str:
    """Return when it must be held at the latest, in words; empty where no deadline runs."""
    due = due_of(page.steps, product)
    if due is None:
        return ""
    day, today = danish.danish_day(due), danish.danish_day(now)
    away = danish.relative_day(day, today)
    return danish.unbroken(f"Senest {danish.weekday_date(day)} ({away})")


def revised_by(page: Page, now: datetime) -> str:
    """Return by when the parents are to be offered a revision of their plan, in words; empty where
    no deadline runs (§ 79)."""
    due = [one.due for one in page.steps
           if one.state == "aaben" and one.due is not None and one.rule in REVISES_BY]  # fmt: skip
    if not due:
        return "Barnet er anbragt, så forældrene får tilbudt at få deres plan revideret (§ 79)."
    day = danish.danish_day(min(due))
    return danish.unbroken(f"Senest {danish.long_date(day)} (§ 79).")


def due_of(steps: Sequence[OpenStep], product: Product) -> datetime | None:
    """Return the first day an open deadline that an opfølgning meets is due."""
    rules = product.store.rules
    found = [
        one.due
        for one in steps
        if one.state == "aaben"
        and one.due is not None
        and (rule := rules.version(one.rule, one.version)) is not None
        and H.OPFOELGNING_AFHOLDT in rule.met_by
        and rule.law.startswith("BL § 95")
    ]
    return min(found, default=None)


def view_of(page: Page) -> str:
    """Return the child's own words from the newest talk since the last opfølgning."""
    talk = page.its.talk
    if talk is None:
        return ""
    return "\n".join(filter(None, (talk.said.own_words, talk.said.wishes)))


def costs(page: Page, product: Product, today: date) -> Sequence[tuple[str, str, str]]:
    """Return what each indsats that runs has cost and is granted; nothing where nobody knows."""
    known = product.ports.costs
    if known is None:
        return ()
    found = known.so_far([one.id for one in page.its.running], today)
    return [
        (
            title_of(one, product),
            danish.amount(cost.spent),
            "" if cost.granted is None else danish.amount(cost.granted),
        )
        for one in page.its.running
        if (cost := found.get(one.id)) is not None
    ]


def next_days(page: Page, today: date) -> Sequence[tuple[str, str]]:
    """Return the rhythms that are offered, in words."""
    return [
        (str(months), danish.unbroken(f"Om {danish.counted(months, 'måned', 'måneder')}: "
                                      f"{danish.long_date(day)}"))
        for months, day in offered(today, page.its.rhythm, page.usual)
    ]  # fmt: skip


def adjusts(page: Page, product: Product) -> Sequence[tuple[str, str]]:
    """Return what can be adjusted: the plan, one in common that may be written, and each indsats
    that runs."""
    plan = []
    if page.its.plan is not None:
        plan = [(PLAN, f"{product.forms.of(page.its.plan.kind).title} (ny version)")]
    shared = [
        (str(one.skrift), f"{title_of_shared(one)} (ny version)")
        for one in page.its.shared
        if one.writes
    ]
    return [*plan, *shared, *running(page, product)]


def running(page: Page, product: Product) -> Sequence[tuple[str, str]]:
    """Return the indsatser that run."""
    return [(str(one.id), title_of(one, product)) for one in page.its.running]


def assessments(page: Page, product: Product) -> Sequence[tuple[str, str]]:
    """Return how the child's needs can be looked at again."""
    return [(kind.value, product.forms.of(kind).title) for kind in assessed_by(page)]


def assessed_by(page: Page) -> Sequence[SkriftKind]:
    """Return the same, what is likeliest first: an udredning in a case about a disability alone."""
    if page.head.area == AREA:
        return sorted(ASSESSMENTS, key=lambda kind: kind is not SkriftKind.HANDICAPUDREDNING)
    return [kind for kind in ASSESSMENTS if kind is not SkriftKind.HANDICAPUDREDNING]


def given(page: Page, product: Product, today: date) -> Sequence[tuple[str, str, str]]:
    """Return what runs on a case that has no plan: its address, what it is and since when."""
    if page.its.plan is not None or page.its.shared:
        return ()
    return [
        (
            f"{page.case_url}/indsats/{one.id}",
            words.title(product.indsatser, one),
            danish.unbroken(" · ".join(filter(None, (
                one.law, words.period(one, today), extent(one.amount, one.unit, one.per)
            )))),
        )
        for one in page.its.running
    ]  # fmt: skip


def title_of(one: Indsats, product: Product) -> str:
    """Return what an indsats is called, with how much it is."""
    much = extent(one.amount, one.unit, one.per)
    title = words.title(product.indsatser, one)
    return danish.unbroken(f"{title}, {much}") if much else title


def earlier(held: Sequence[Opfoelgning], today: date) -> Sequence[tuple[str, str, str]]:
    """Return those that are held: the address, the day and what was decided."""
    return [
        (
            ONE.format(sag=one.sag, opfoelgning=one.skrift),
            danish.unbroken(danish.list_date(one.held_on, today)),
            CHOICES[one.choice],
        )
        for one in held
    ]


def _sign(one: Maal) -> str:
    ends = [
        f"{word} {one.said[name]}"
        for word, name in (("Ved start:", "start"), ("Ønsket:", "oensket"))
        if one.said.get(name)
    ]
    return ". ".join(filter(None, (one.said.get("indikator", ""), *ends)))


def _before(found: Sequence[Status], today: date) -> str:
    if not found:
        return ""
    last = found[-1]
    number = f", barnets tal {last.barnets_tal}" if last.barnets_tal is not None else ""
    day = danish.list_date(danish.danish_day(last.at), today)
    return danish.unbroken(f"{STATUSES[last.status]}{number} ({day})")
