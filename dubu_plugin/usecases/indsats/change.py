"""Change an indsats with a reason, or go on with it; what was before is kept."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.gates.indsats import paragraf_105, paragraf_143_stk_4, rsl_68
from dubu_plugin.domain.gates.taken_away import LESS, How, Taken, taken_in_part
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.indsatser import ReasonKind, Skift
from dubu_plugin.store.afgoerelse import afgoerelser
from dubu_plugin.store.canonical import JSON
from dubu_plugin.store.indsats import indsatser
from dubu_plugin.usecases.afgoerelse.on_afgoerelse import Deciding
from dubu_plugin.usecases.indsats.granted import hours_of, no_less, reckoned
from dubu_plugin.usecases.indsats.lives_where import not_approved
from dubu_plugin.usecases.indsats.on_indsats import (
    FARTHEST,
    IndsatsNotClear,
    OnIndsats,
    day_between,
    insist_running,
    on_indsats,
    words_of,
)
from dubu_plugin.usecases.indsats.rests import granted_to, taken_by_decision
from dubu_plugin.usecases.indsats.wanted import LONGEST_NAME, amounts


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """An indsats as it is to be from a day."""

    seen: int
    """The version that was on the screen."""
    on: date | None
    reason: str
    words: str = field(default="", repr=False)
    amount: Decimal | None = None
    per: str = ""
    supplier: str = field(default="", repr=False)
    expected_end: date | None = None
    goals: Collection[UUID] = ()
    how: How = How.AFGJORT
    """How it is said to become less, where it does."""
    place_hidden: bool | None = None
    """The parents may not know where the child lives (§ 105); None where nobody was asked."""


def change(
    sag: UUID,
    indsats: UUID,
    changed: Changed,
    *,
    product: Deciding,
    asker: Asker,
    now: datetime,
    opfoelgning: UUID | None = None,
) -> None:
    """Change the extent, the supplier, the goals or the expected end of an indsats, or whether the
    parents may know where the child lives.

    :param opfoelgning: the follow-up of the case it was decided at.

    :raises IndsatsNotClear: something is left out or cannot be.
    :raises IndsatsChanged: another was first.
    :raises IndsatsNotThere: it is not given now.
    :raises CaseClosed: the case is closed.
    :raises NotYours: the policy says no, or there is no such indsats.
    """
    with on_indsats(sag, indsats, product=product, asker=asker, now=now) as here:
        changed_in(here, changed, opfoelgning=here.decided_at(opfoelgning))


def changed_in(here: OnIndsats, changed: Changed, *, opfoelgning: UUID | None = None) -> None:
    """Do the same in a transaction that is open.

    :param opfoelgning: the follow-up it was decided at.
    """
    insist_running(here)
    its, wrong = here.indsats, dict[str, str]()
    day_between("dag", changed.on, its.starts_on, here.today, wrong)
    title = here.reason(ReasonKind.AENDRING, changed.reason, wrong)
    words = words_of(changed.words, wrong)
    amounts(changed.amount, changed.per, wrong)
    if len(changed.supplier) > LONGEST_NAME:
        wrong["leverandoer"] = "Navnet er for langt. Skriv det kortere."
    ends = _ends(here, changed.expected_end, wrong)
    there = {one.id for one in indsatser.goals(here.work.connection, here.sag.id)}
    served = set(indsatser.serves(here.work.connection, [its.id])[its.id])
    # A goal that has left the plan is still what the indsats was for, until somebody says not.
    if not set(changed.goals) <= there | served:
        wrong["maal"] = "Et af målene står ikke i planen mere. Vælg igen."
    if not wrong and changed.on and changed.seen == its.version and _is_less(here, changed):
        less = Taken(
            on=changed.on, reason=changed.reason, how=_how(here, changed), words=words,
            **taken_by_decision(here, changed.amount, changed.per),
        )  # fmt: skip
        if no := taken_in_part(here.row, less):
            wrong.setdefault(no.field, no.sentence)
    if changed.place_hidden and here.row.is_placement and not its.place_hidden:
        # It is decided of the place the child lives at now: nobody moves for it.
        in_force = afgoerelser.in_force(here.work.connection, here.sag.id, here.today)
        if hides := paragraf_105(hidden=True, in_force=[one.matter for one in in_force]):
            wrong[hides.field] = hides.sentence
    if wrong or changed.on is None:
        raise IndsatsNotClear(wrong)
    values: dict[str, Any] = {
        "amount": changed.amount, "per": changed.per or None,
        "supplier": changed.supplier or None, "expected_end": ends,
    }  # fmt: skip
    if changed.place_hidden is not None and here.row.is_placement:
        values["place_hidden"] = changed.place_hidden
    same = all(getattr(its, name) == value for name, value in values.items())
    if same and served == set(changed.goals):
        raise IndsatsNotClear({"": "Der er ikke ændret noget. Ret det, der skal være anderledes."})
    before: dict[str, JSON] = dict(here.change(changed.seen, **values))
    if served != set(changed.goals):
        before["maal"] = sorted(str(one) for one in served)
        indsatser.serve(here.work.connection, its.id, changed.goals)
    about = here.keep(
        Skift.AENDRING, changed.on, before, reason=changed.reason, words=words,
        opfoelgning=opfoelgning,
    )  # fmt: skip
    here.happened(H.INDSATS_AENDRET, changed.on, skift=Skift.AENDRING, grund_kode=changed.reason)
    here.tell(about, "Indsats ændret", f"Fra {danish.long_date(changed.on)}. {title}.", words)


def go_on(
    sag: UUID,
    indsats: UUID,
    until: date | None,
    words: str,
    *,
    seen: int,
    product: Deciding,
    asker: Asker,
    now: datetime,
) -> None:
    """Keep that an indsats goes on as it is, until another expected day or an open one.

    :raises IndsatsNotClear, IndsatsChanged, IndsatsNotThere, CaseClosed, NotYours: see `change`.
    """
    with on_indsats(sag, indsats, product=product, asker=asker, now=now) as here:
        goes_on_in(here, until, words, seen=seen)


def goes_on_in(
    here: OnIndsats,
    until: date | None,
    words: str,
    *,
    seen: int,
    opfoelgning: UUID | None = None,
) -> None:
    """Do the same in a transaction that is open.

    :param opfoelgning: the follow-up it was decided at.
    """
    insist_running(here)
    wrong: dict[str, str] = {}
    said = words_of(words, wrong)
    asked, until = until, _ends(here, until, wrong)
    stands, _ = granted_to(here.work.connection, here.indsats)
    if no := rsl_68(not stands):
        wrong[no.field] = no.sentence
    if fallen := paragraf_143_stk_4(not_approved(here)):
        wrong[fallen.field] = fallen.sentence
    if until is not None and until < here.today:
        wrong["til"] = (
            "Dagen er gået. Skriv en dag, der kommer, eller lad feltet være tomt."
            if asked
            else danish.unbroken(
                f"Afgørelsen gjaldt kun til {danish.long_date(until)}. Træf en ny afgørelse, eller "
                f"afslut indsatsen."
            )
        )
    elif here.row.taken_by and _ends_sooner(here, asked):
        wrong["til"] = (
            "Så ville hjælpen slutte, før familien er lovet. Skal den det, så brug »Ret "
            "indsatsen«, som spørger, hvordan det er bestemt (§§ 11 og 99)."
        )
    if wrong:
        raise IndsatsNotClear(wrong)
    before = here.change(seen, expected_end=until)
    about = here.keep(Skift.FORTSAETTELSE, here.today, before, words=said, opfoelgning=opfoelgning)
    here.happened(H.INDSATS_AENDRET, here.today, skift=Skift.FORTSAETTELSE)
    end = f"Ventes at slutte {danish.long_date(until)}." if until else "Uden en sidste dag."
    here.tell(about, "Indsats fortsætter", end, said)


def _ends_sooner(here: OnIndsats, until: date | None) -> bool:
    """Tell whether help that is to go on would end before what is known of it; of what was decided
    elsewhere, and is said to have no end, any day does."""
    its = here.indsats
    known = its.expected_end or granted_to(here.work.connection, its)[1]
    if until is None:
        return False
    return its.afgoerelse is None if known is None else until < known


def _is_less(here: OnIndsats, changed: Changed) -> bool:
    """Tell whether it is less than before, or is to end sooner; another rhythm may be either."""
    its = here.indsats
    connection = here.work.connection
    until = its.expected_end or granted_to(connection, its)[1]
    sooner = changed.expected_end is not None and (until is None or changed.expected_end < until)
    amount, per = its.amount, its.per
    if amount is None:
        granted = hours_of(reckoned(connection, its.afgoerelse, its.code))
        if granted is None or changed.amount is None:
            return sooner or changed.reason == LESS
        amount, per = granted
    rhythm = (changed.per or None) != per
    return sooner or changed.amount is None or changed.amount < amount or rhythm


def _how(here: OnIndsats, changed: Changed) -> How:
    """Return how it is said to become less: what its decision says was not written wrong."""
    its, connection = here.indsats, here.work.connection
    granted = hours_of(reckoned(connection, its.afgoerelse, its.code))
    last = granted_to(connection, its)[1] if its.afgoerelse else None
    sooner = last is not None and changed.expected_end is not None and changed.expected_end < last
    fewer = granted and (
        changed.amount is None or no_less(changed.amount, changed.per, granted) is not None
    )
    is_said = sooner or fewer
    return How.AFGJORT if is_said and changed.how is How.SKREVET_FORKERT else changed.how


def _ends(here: OnIndsats, until: date | None, wrong: dict[str, str]) -> date | None:
    """Return the expected end, and put one that cannot be among what is wrong.

    Where none is said it is the last day the decision gives it: it goes on no longer by itself.
    """
    _, last = granted_to(here.work.connection, here.indsats)
    if here.indsats.afgoerelse is None:
        last = None  # what is known of it is what is expected
    if until is None:
        return last
    day_between("til", until, here.indsats.starts_on, here.today + FARTHEST, wrong)
    if last is not None and until > last:
        wrong["til"] = danish.unbroken(
            f"Afgørelsen gælder kun til {danish.long_date(last)}. Ret dagen, eller træf en ny "
            f"afgørelse."
        )
    return until
