"""Put the 24-hour assessment on the case as a document (barnets lov §§ 136, stk. 2, and 137).

It is internal: it names the child and the siblings, and is sent to nobody.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.documents.letter import Values
from dubu_plugin.documents.shelf import LetterShelf
from dubu_plugin.domain.danish import danish_day, long_date, moment_text, unbroken
from dubu_plugin.domain.underretning import Henvendelse
from dubu_plugin.ports.persons import Tie
from dubu_plugin.settings import Municipality
from dubu_plugin.store.family.kinship import kin
from dubu_plugin.store.tables import (
    aarsager,
    employees,
    personer,
    sager,
    underretninger,
    vurderinger,
)
from dubu_plugin.store.transaction import Work
from dubu_plugin.store.underretning import genvurderinger
from dubu_plugin.store.underretning.expected import is_about_unborn
from dubu_plugin.usecases.dokument import vurdering_words as words
from dubu_plugin.usecases.dokument.order.letter import order_letter
from dubu_plugin.usecases.dokument.sender import sender

VURDERING: Final = "vurdering"
LOOKED_BACK: Final = timedelta(days=731)
"""24 months, a leap day included."""

UNKNOWN_CHILD: Final = "Ukendt barn"


def order_vurdering(
    work: Work,
    vurdering: UUID,
    *,
    letters: LetterShelf,
    municipality: Municipality,
    author: str,
) -> UUID:
    """Have the document written and filed after the commit. Return the letter's id.

    :param vurdering: the assessment, stored; a correction is a new one, and a new document.
    :param author: the employee's key who made it.
    :raises sqlalchemy.exc.NoResultFound: there is no such assessment.
    """
    done = _one(work.connection, vurderinger, vurdering)
    about = _one(work.connection, underretninger, done.underretning_id)
    house = sender(work.connection, municipality, author=author, unit=about.unit)
    return order_letter(
        work,
        VURDERING,
        letters=letters,
        sag=about.sag_id,
        underretning=about.id,
        values={**house.fields, **_values(work.connection, done, about, work.now)},
        author=author,
    )


def _values(connection: sa.Connection, done: Any, about: Any, now: datetime) -> Values:
    child = _person(connection, about.child_id)
    today = danish_day(now)
    unborn = is_about_unborn(connection, about.id, about.child_id, today)
    first = _first(connection, done)
    siblings = [UUID(key) for key in done.siblings.split(",") if key]
    return {
        "barn.navn": child.name if child else UNKNOWN_CHILD,
        "barn.foedt": words.born_text(
            child.born if child else None, child.due_date if child else None, today
        ),
        "underretning.modtaget": unbroken(moment_text(about.received_at)),
        "underretning.kilde": _source(about),
        "underretning.pligt": words.said(words.PLIGT, about.pligt),
        "underretning.orienteret": words.said(words.ORIENTERET, about.orienteret),
        "underretning.bekymringer": _concerns(connection, about.id),
        "underretning.overgreb": words.said(words.OVERGREB, about.overgreb),
        "vurdering.fare": words.said(words.FARE, done.fare),
        "vurdering.begrundelse": done.reason,
        "vurdering.akut_indsats": done.acute_action or "",
        "vurdering.naeste_skridt": words.next_step(done.next_step, unborn=unborn),
        "vurdering.samtale": words.conversation_text(done, unborn=unborn),
        "vurdering.soeskende": [
            {"navn": row.name, "foedt": words.born_text(row.born, row.due_date, today)}
            for row in filter(None, (_person(connection, key) for key in siblings))
        ],
        "vurdering.tidligere": _earlier(connection, about, siblings, done.assessed_at),
        "vurdering.vurderet_af": _employee(connection, first.assessor),
        "vurdering.vurderet": _when(connection, first, done),
        "vurdering.tid_brugt": words.time_used(about.received_at, first.assessed_at),
        "vurdering.ny_person": _fresh_eyes(connection, done, about.sag_id),
    }


def _first(connection: sa.Connection, done: Any) -> Any:
    """Return the assessment as it was first made: the 24 hours are answered by that one."""
    v = vurderinger
    mine = sa.select(v).where(v.c.underretning_id == done.underretning_id)
    return connection.execute(mine.order_by(v.c.version).limit(1)).one()


def _when(connection: sa.Connection, first: Any, done: Any) -> str:
    """Return when it was made; of a correction also when, by whom and what was put right."""
    made = unbroken(moment_text(first.assessed_at))
    if done.version == first.version:
        return made
    at = unbroken(moment_text(done.assessed_at))
    said = f"{made}. Rettet {at} af {_employee(connection, done.assessor)}"
    v = vurderinger
    earlier = sa.select(v).where(
        v.c.underretning_id == done.underretning_id, v.c.version < done.version
    )
    before = connection.execute(earlier.order_by(v.c.version.desc()).limit(1)).one()
    return ". ".join(filter(None, (said, words.put_right(before, done))))


def _source(about: Any) -> str:
    if about.anonymous:
        return "Anonym"
    parts = (words.said(words.KILDE, about.underretter), about.notifier_name)
    return ", ".join(filter(None, (*parts, about.notifier_organisation)))


def _concerns(connection: sa.Connection, underretning: UUID) -> str:
    codes = connection.scalars(
        sa.select(aarsager.c.code).where(aarsager.c.underretning_id == underretning)
    ).all()
    chosen = [title for code, title in words.BEKYMRING.items() if code in codes]
    return "\n".join(chosen) or words.NOT_SAID


def _earlier(
    connection: sa.Connection, about: Any, siblings: Sequence[UUID], known_at: datetime
) -> list[dict[str, str]]:
    """Return every other underretning about the child and its siblings, the newest first.

    Of the 24 months before this one, and what has come since and was known as it was assessed.
    """
    if about.child_id is None:
        return []
    found = underretninger.c
    family = kin(about.child_id)
    known = connection.scalars(
        sa.select(family.c.other_id).where(family.c.tie == Tie.SIBLING.value)
    ).all()
    rows = connection.execute(
        sa.select(
            found.id,
            found.received_at,
            found.underretter,
            found.child_id,
            personer.c.name,
        )
        .join_from(underretninger, personer, found.child_id == personer.c.id)
        .where(
            found.child_id.in_({about.child_id, *known, *siblings}),
            found.id != about.id,
            found.state != "andet",
            found.henvendelse != Henvendelse.ANSOEGNING,
            found.received_at <= known_at,
            found.received_at > about.received_at - LOOKED_BACK,
        )
        .order_by(found.received_at.desc())
    ).all()
    return [
        {
            "modtaget": unbroken(long_date(danish_day(row.received_at))),
            "om": row.name,
            "kilde": words.said(words.KILDE, row.underretter),
            "udfald": _outcome(connection, row, danish_day(known_at)),
        }
        for row in rows
    ]


def _outcome(connection: sa.Connection, earlier: Any, today: date) -> str:
    step = connection.scalar(
        sa.select(vurderinger.c.next_step)
        .where(vurderinger.c.underretning_id == earlier.id)
        .order_by(vurderinger.c.version.desc())
        .limit(1)
    )
    if not step:
        return "Ikke vurderet endnu"
    unborn = is_about_unborn(connection, earlier.id, earlier.child_id, today)
    return words.next_step(step, unborn=unborn)


def _fresh_eyes(connection: sa.Connection, done: Any, sag: UUID | None) -> str:
    if done.fresh_eyes:
        who = _employee(connection, done.fresh_eyes)
        confirmed = genvurderinger.confirmed_by(connection, done.underretning_id)
        if done.fresh_eyes == done.assessor or done.fresh_eyes in confirmed:
            return who
        return f"{who}, er spurgt og har ikke bekræftet endnu"
    met = genvurderinger.met_at(connection, done.underretning_id)
    if met is not None:
        return unbroken(f"Genvurderet {long_date(danish_day(met))}")
    if done.version > 1:
        if genvurderinger.stands_open(connection, done.underretning_id):
            return "Mangler"
        return "Ikke krævet, fordi barnet ikke fik støtte, da underretningen kom"
    has_indsats = connection.scalar(sa.select(sager.c.has_indsats).where(sager.c.id == sag))
    return "Mangler" if has_indsats else "Ikke krævet, fordi barnet ikke får støtte i dag"


def _employee(connection: sa.Connection, key: str) -> str:
    row = connection.execute(sa.select(employees).where(employees.c.key == key)).one_or_none()
    return ", ".join(filter(None, (row.name, row.title))) if row else key


def _person(connection: sa.Connection, key: UUID | None) -> Any:
    return connection.execute(sa.select(personer).where(personer.c.id == key)).one_or_none()


def _one(connection: sa.Connection, table: sa.Table, key: UUID) -> Any:
    return connection.execute(sa.select(table).where(table.c.id == key)).one()
