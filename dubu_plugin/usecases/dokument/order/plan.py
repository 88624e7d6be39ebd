"""The documents of a plan: the whole of it on the case, what is a sibling's on the sibling's, the
parents' copy, and the relevant part for a place or a treatment (barnets lov §§ 91, 92 and 94)."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.documents.letter import Value, Values
from dubu_plugin.documents.shelf import LetterShelf
from dubu_plugin.domain.danish import danish_day, listed, long_date, unbroken
from dubu_plugin.domain.indsatser import Catalogue
from dubu_plugin.domain.maal import BOTH, PARENTS, whose_words
from dubu_plugin.domain.skrift import WHOLE
from dubu_plugin.metode.skriftform import SkriftForm
from dubu_plugin.settings import Municipality
from dubu_plugin.store.plan import maal
from dubu_plugin.store.plan.maal import Maal
from dubu_plugin.store.sag.sager import Sag
from dubu_plugin.store.skrift.skrifter import Skrift
from dubu_plugin.store.skrift.tekster import Texts
from dubu_plugin.store.tables import indsatser, personer
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.dokument.addressed import citizen, dated
from dubu_plugin.usecases.dokument.child_words import spoken_of
from dubu_plugin.usecases.dokument.law_words import within
from dubu_plugin.usecases.dokument.order.letter import order_letter
from dubu_plugin.usecases.dokument.order.min_plan import order_own
from dubu_plugin.usecases.dokument.plan_rows import goal_rows
from dubu_plugin.usecases.dokument.sender import sender
from dubu_plugin.usecases.dokument.vurdering_words import born_text
from dubu_plugin.usecases.plan.copies import IN_COMMON, Copy

BREV: Final = "plan_brev"
PARENTS_BREV: Final = "foraeldreplan_brev"
UDDRAG: Final = "plan_uddrag"

CHILDS_OWN: Final = "min_plan"
"""The part that is the child's own document and stands in no other."""
EACH_OTHERS: Final = frozenset({"foraeldrenes_bemaerkninger"})
"""What one parent has said and the other does not read in a copy of the plan."""
WHERE_PLACED: Final = "anbringelse"
"""The part that tells of the place; left out where the parents may not know it (§ 105)."""


def order_plan(
    work: Work,
    sag: Sag,
    plan: Skrift,
    said: Texts,
    *,
    form: SkriftForm,
    letters: LetterShelf,
    municipality: Municipality,
    catalogue: Catalogue,
) -> Sequence[UUID]:
    """Have the plan filed, and the »Min plan« of the case's child, after the commit. Return the
    letters."""
    whole = order_whole(
        work, sag, plan, said, form=form, letters=letters, municipality=municipality,
        catalogue=catalogue,
    )  # fmt: skip
    ordered = [whole]
    if plan.kind is PARENTS:
        return ordered
    own = order_own(work, sag, plan, said, plan.person, letters=letters, municipality=municipality)
    return ordered if own is None else [*ordered, own]


def order_whole(
    work: Work,
    sag: Sag,
    plan: Skrift,
    said: Texts,
    *,
    form: SkriftForm,
    letters: LetterShelf,
    municipality: Municipality,
    catalogue: Catalogue,
) -> UUID:
    """Have the whole plan filed after the commit, on its own case."""
    goals = maal.of_skrift(work.connection, plan.id, said)
    names = _names(work, plan, goals)
    values: Values = {
        **_about(_child(work, plan.person), danish_day(work.now)),
        **_plan(work, plan, said, form, leave_out=frozenset()),
        "plan.maal": list(
            goal_rows(work.connection, goals, names, catalogue, come=True, numbers=True)
        ),
        "plan.resten": list(_parts(said, form, frozenset(), after=True)),
    }
    return _order_filed(work, sag, plan, values, letters, municipality)


def order_siblings(
    work: Work,
    sag: Sag,
    plan: Skrift,
    said: Texts,
    child: UUID,
    *,
    form: SkriftForm,
    letters: LetterShelf,
    municipality: Municipality,
    catalogue: Catalogue,
) -> UUID:
    """Have what is a sibling's of a plan in common filed on the sibling's case after the commit:
    its own goals and what is of every child in the plan (§ 91, stk. 3).

    Who reads that case, or is a parent of that child alone, is told nothing of the child the plan
    is written about (forvaltningsloven § 27), nor where it is placed (§ 105).
    """
    goals = [one for one in maal.of_skrift(work.connection, plan.id, said) if one.person == child]
    values: Values = {
        **_about(_child(work, child), danish_day(work.now)),
        **_plan(work, plan, said, form, leave_out=_of_one(form)),
        "plan.maal": list(
            goal_rows(work.connection, goals, {}, catalogue, come=True, numbers=True, alone=True)
        ),
        "plan.resten": [],
    }
    return _order_filed(work, sag, plan, values, letters, municipality)


def order_copy(
    work: Work,
    sag: Sag,
    plan: Skrift,
    said: Texts,
    copy: Copy,
    dropped: Collection[UUID] = (),
    *,
    form: SkriftForm,
    letters: LetterShelf,
    municipality: Municipality,
    catalogue: Catalogue,
) -> UUID:
    """Have somebody's copy of the plan written, filed and sent after the commit.

    It has the goals of the children it is about, and of the parents' own plan what is not the
    other's. To who has custody of a sibling alone it is told of that child alone.

    :param dropped: the siblings the plan has no goals for any more.
    """
    there = maal.of_skrift(work.connection, plan.id, said)
    goals = [one for one in there if copy.has(one)]
    house = sender(work.connection, municipality, author=work.actor, unit=sag.unit)
    to, fields = citizen(work.connection, copy.to.id)
    alone = plan.person not in copy.children
    hidden = place_is_hidden(work.connection, sag.id, {one.person for one in there})
    place = {one.code for one in form.in_part(WHERE_PLACED)} if hidden else set()
    leave_out: Collection[str] = _of_one(form) if alone else EACH_OTHERS | place
    over = [_child(work, one) for one in dropped if one in copy.children]
    about = [one.person for one in goals if plan.kind is not PARENTS]
    if alone and not about:  # nothing of the plan is of their child
        leave_out = form.by_code
    about += [one.id for one in over if alone]
    children = dict.fromkeys(about if alone else [plan.person, *about])
    names = _names(work, plan, goals)
    values: Values = {
        **house.contact,
        **fields,
        **dated(work.now),
        "barn.navn": listed([spoken_of(_child(work, one).name, to.name) for one in children]),
        "plan.titel": form.title,
        **_plan(work, plan, said, form, leave_out=leave_out, over=over),
        "skrift.lov": within(form.law),
        "plan.maal": list(
            goal_rows(
                work.connection, goals, names, catalogue, come=True, numbers=False, alone=alone
            )
        ),
        "plan.resten": list(_parts(said, form, leave_out, after=True)),
    }
    if plan.kind is not PARENTS:
        values = {**values, "plan.med_ord": unbroken(f"Med {whose_words(plan.kind)} ord")}
    return order_letter(
        work, PARENTS_BREV if plan.kind is PARENTS else BREV, letters=letters, sag=sag.id,
        underretning=None, values=values, author=work.actor, to=to,
    )  # fmt: skip


def order_extract(
    work: Work,
    sag: Sag,
    plan: Skrift,
    said: Texts,
    chosen: Collection[UUID],
    to: str,
    *,
    form: SkriftForm,
    letters: LetterShelf,
    municipality: Municipality,
    catalogue: Catalogue,
) -> UUID:
    """Have the relevant part of the plan filed: the purpose, the duration and the chosen goals.

    :param to: who it is handed to.
    """
    goals = [one for one in maal.of_skrift(work.connection, plan.id, said) if one.id in set(chosen)]
    house = sender(work.connection, municipality, author=work.actor, unit=sag.unit)
    today = danish_day(work.now)
    names = _names(work, plan, goals)
    values: Values = {
        **house.fields,
        **_about(_child(work, plan.person), today),
        **_plan(work, plan, said, form, leave_out=_of_one(form)),
        "plan.maal": list(
            goal_rows(work.connection, goals, names, catalogue, come=False, numbers=False)
        ),
        "plan.titel": form.title.lower(),
        "plan.med_ord": unbroken(f"Med {whose_words(plan.kind)} ord"),
        "plan.til": to,
        "brev.dato": dated(work.now)["brev.dato"],
    }
    return _order(work, UDDRAG, sag, letters, values)


def place_is_hidden(connection: sa.Connection, sag: UUID, children: Collection[UUID] = ()) -> bool:
    """Tell whether the child lives at a place that is not told to its parents (§ 105).

    :param children: others who have goals in the same plan.
    """
    return bool(connection.scalar(sa.select(at_hidden_place(sag, children))))


def at_hidden_place(sag: UUID, children: Collection[UUID] = ()) -> sa.ColumnElement[bool]:
    """Return the condition of the same."""
    its = indsatser.c
    return sa.exists().where(
        sa.or_(its.sag_id == sag, its.person_id.in_(children)),
        its.place_hidden == sa.true(),
        its.ended_on.is_(None),
    )


def _order_filed(
    work: Work, sag: Sag, plan: Skrift, values: Values, letters: LetterShelf,
    municipality: Municipality,
) -> UUID:  # fmt: skip
    """Order a plan as it is filed on a case, with who approved it."""
    house = sender(work.connection, municipality, author=work.actor, unit=sag.unit)
    approved = unbroken(f"{long_date(danish_day(work.now))} af {house.name}")
    return _order(
        work, plan.kind, sag, letters, {**house.fields, **values, "skrift.godkendt": approved}
    )


def _of_one(form: SkriftForm) -> frozenset[str]:
    """Return the sections that are of the case's child alone, or of its parents."""
    return frozenset(one.code for one in form.afsnit if one.code not in IN_COMMON)


def _order(work: Work, code: str, sag: Sag, letters: LetterShelf, values: Values) -> UUID:
    return order_letter(
        work, code, letters=letters, sag=sag.id, underretning=None, values=values,
        author=work.actor,
    )  # fmt: skip


def _child(work: Work, person: UUID) -> sa.Row[tuple[object, ...]]:
    return work.connection.execute(sa.select(personer).where(personer.c.id == person)).one()


def _names(work: Work, plan: Skrift, goals: Sequence[Maal]) -> Mapping[UUID, str]:
    """Return whose each goal is: a child's, or in the parents' own plan one's of them or both's."""
    found = {one.person: str(_child(work, one.person).name) for one in goals}
    return found | {plan.person: BOTH} if plan.kind is PARENTS else found


def _about(child: sa.Row[tuple[object, ...]], today: date) -> dict[str, Value]:
    return {
        "barn.navn": child.name,
        "barn.foedt": born_text(child.born, child.due_date, today),
    }


def _plan(
    work: Work,
    plan: Skrift,
    said: Texts,
    form: SkriftForm,
    *,
    leave_out: Collection[str],
    over: Collection[sa.Row[tuple[object, ...]]] = (),
) -> dict[str, Value]:
    """Return the fields that say what stands in a plan beside its goals.

    :param over: the children the reader is told that it has no goals for any more.
    """
    return {
        "skrift.lov": unbroken(form.law),
        "skrift.version": str(plan.version),
        "skrift.dele": [*_over(over), *_parts(said, form, leave_out, after=False)],
    }


def _over(children: Collection[sa.Row[tuple[object, ...]]]) -> Iterator[dict[str, str]]:
    """Yield what says that the plan is over for some children."""
    for one in children:
        name = str(one.name)
        yield {
            "overskrift": "",
            "titel": unbroken(f"Planen gælder ikke mere for {name}"),
            "tekst": unbroken(
                f"Der er ikke længere mål for {name} i den fælles plan, og det, der stod om {name} "
                f"i den tidligere version, gælder ikke mere (barnets lov § 91, stk. 3)."
            ),
        }


def _parts(
    said: Texts, form: SkriftForm, leave_out: Collection[str], *, after: bool
) -> Iterator[dict[str, str]]:
    """Yield the sections: those of the first part, or those that come after the goals."""
    for part in form.parts[1:] if after else form.parts[:1]:
        if part.code == CHILDS_OWN:
            continue
        shown = part.title
        for one in form.in_part(part.code):
            text = said[WHOLE, one.code].text if (WHOLE, one.code) in said else ""
            if text and one.code not in leave_out:
                yield {"overskrift": shown, "titel": one.title, "tekst": text}
                shown = ""
