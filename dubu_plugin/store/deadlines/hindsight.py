"""What was recorded on a case before a deadline was opened that should have stood then already."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.rule import MISSED, Rule, Subject
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.store.deadlines.answering import is_free
from dubu_plugin.store.deadlines.lapsing import ended_with
from dubu_plugin.store.deadlines.renewing import starts_none
from dubu_plugin.store.deadlines.replacing import opened_at
from dubu_plugin.store.deadlines.states import Happened, Row, State, column, is_met_on_case, stands
from dubu_plugin.store.tables import frister, haendelser

PREPARED: Final = frozenset({Haendelse.AFGOERELSE_FORBEREDT, Haendelse.ANBRINGELSE_FORBEREDT})
DECIDED: Final = frozenset(
    {
        Haendelse.AFGOERELSE_TRUFFET, Haendelse.UDVALGSAFGOERELSE_TRUFFET,
        Haendelse.AFGOERELSE_OPGIVET,
    }
)  # fmt: skip
DECISION: Final = Subject.AFGOERELSE.value
"""What says which decision it is."""


def recorded_on(
    connection: sa.Connection,
    sag: UUID | None,
    *,
    underretning: UUID | None = None,
    after: int = 0,
    kinds: Iterable[Haendelse] = (),
) -> Sequence[Happened]:
    """Return what was recorded on a case and stands, the earliest to occur first.

    :param underretning: what was recorded on this is returned too, before it had its case as well.
    :param after: a place in the chain; what was recorded up to there is left out.
    :param kinds: only these; none means any.
    """
    only = sorted(kinds)
    named = ((haendelser.c.sag_id, sag), (haendelser.c.underretning_id, underretning))
    mine = sa.or_(sa.false(), *(at == key for at, key in named if key is not None))
    where = [mine, haendelser.c.seq > after, stands()]
    if only:
        where.append(haendelser.c.type.in_(only))
    rows = connection.execute(
        sa.select(haendelser).where(*where).order_by(haendelser.c.occurred_at, haendelser.c.seq)
    ).all()
    return [
        Happened(
            Haendelse(row.type), row.id, row.occurred_at, row.sag_id, row.underretning_id,
            row.person_id, None, None, json.loads(row.data),
        )
        for row in rows
    ]  # fmt: skip


def still_prepared(recorded: Sequence[Happened]) -> Sequence[Happened]:
    """Leave out that a decision was prepared, where it has been made or given up since: what goes
    before a decision is asked for no more. One that is not named is over with the next."""
    return [
        one
        for at, one in enumerate(recorded)
        if one.what not in PREPARED
        or not any(
            later.what in DECIDED and one.data.get(DECISION) in (None, later.data.get(DECISION))
            for later in recorded[at + 1 :]
        )
    ]


def end_by(
    connection: sa.Connection,
    rules: RuleBook,
    rows: Sequence[Row],
    recorded: Sequence[Happened],
) -> None:
    """Let what was recorded end what stands open: the first to occur that meets or annuls it."""
    recorded = _not_given_up(_while_open(recorded))
    for row in sorted(rows, key=lambda row: row.anchor_at):
        rule = rules.version(row.rule, row.rule_version) or rules.newest(row.rule)
        if rule is None or row.state != State.AABEN:
            continue
        opened = opened_at(connection, row)
        ending = [
            one for one in recorded
            if _ends(rule, row, opened, one)
            and not _registered_since(connection, row, one)
            and not starts_none(connection, rules, row, one)
        ]  # fmt: skip
        if rule.each:
            ending = [
                one for one in ending
                if one.what not in rule.met_by or is_free(connection, rules, rule, row, one)
            ]  # fmt: skip
        end = ending[0] if ending else ended_with(connection, rule, row, recorded)
        if end is None:
            continue
        met = end.what in rule.met_by or end.what in rule.met_on_case
        late = row.kind in MISSED and row.due is not None and row.due < end.occurred_at
        never_was = end.what is Haendelse.HENVENDELSE_OMREGISTRERET
        connection.execute(
            sa.update(frister)
            .where(frister.c.id == row.id)
            .values(
                state=State.OPFYLDT if met else State.BORTFALDET,
                ended_at=end.occurred_at,
                ended_by=end.id,
                exceeded_at=row.due if late and not never_was else row.exceeded_at if met else None,
            )
        )


def _registered_since(connection: sa.Connection, row: Row, one: Happened) -> bool:
    """Tell whether a deadline is of what came in as it was registered after this hændelse.

    That it was registered as something else ends what it was before, whenever it came; what it is
    since runs, also from the moment it came.
    """
    if one.what is not Haendelse.HENVENDELSE_OMREGISTRERET:
        return False
    places = sa.select(haendelser.c.id, haendelser.c.seq).where(
        haendelser.c.id.in_([row.anchor_id, one.id])
    )
    place = {found.id: found.seq for found in connection.execute(places)}
    return bool(place[one.id] < place.get(row.anchor_id, 0))


def end_opened(
    connection: sa.Connection, rules: RuleBook, sag: UUID, opened: Iterable[UUID]
) -> None:
    """Let what was recorded on a case before end what was opened late, or in another's place."""
    rows = connection.execute(
        sa.select(frister).where(frister.c.id.in_(list(opened)), frister.c.state == State.AABEN)
    ).all()
    if rows:
        end_by(connection, rules, rows, recorded_on(connection, sag))


def _while_open(recorded: Sequence[Happened]) -> Sequence[Happened]:
    """Leave out that the case was closed, where it has been opened again since."""
    opened = max(
        (at for at, one in enumerate(recorded) if one.what is Haendelse.SAG_GENAABNET), default=-1
    )
    return [
        one
        for at, one in enumerate(recorded)
        if one.what is not Haendelse.SAG_LUKKET or at > opened
    ]


def _not_given_up(recorded: Sequence[Happened]) -> Sequence[Happened]:
    """Leave out that an undersøgelse was decided, where it has been given up since: nothing is
    looked into by that."""
    left = max(
        (at for at, one in enumerate(recorded) if one.what is Haendelse.UNDERSOEGELSE_OPGIVET),
        default=-1,
    )
    return [
        one
        for at, one in enumerate(recorded)
        if one.what is not Haendelse.UNDERSOEGELSE_BESLUTTET or at > left
    ]


def _ends(rule: Rule, row: Row, opened: datetime, one: Happened) -> bool:
    if is_met_on_case(rule, row, one):
        return True
    about = one.subject(rule.subject)
    if rule.subject is not Subject.KOMMUNE and about != row._mapping[column(rule.subject).name]:
        return False
    if one.id == row.anchor_id or one.occurred_at < opened:
        return False
    return one.what in rule.annulled_by or rule.is_met_by(one.what, one.data)
