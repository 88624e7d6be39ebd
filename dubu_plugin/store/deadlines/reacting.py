"""What the rules answer when something happens."""

from datetime import datetime
from typing import TypeAlias
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.frister.versions import version_of
from dubu_plugin.store.deadlines.ending import end, revive
from dubu_plugin.store.deadlines.following import follow
from dubu_plugin.store.deadlines.hindsight import end_opened
from dubu_plugin.store.deadlines.opening import LATE, open_new
from dubu_plugin.store.deadlines.renewing import starts_none
from dubu_plugin.store.deadlines.standing import standing_on
from dubu_plugin.store.deadlines.states import Happened, denies

Moved: TypeAlias = tuple[tuple[UUID, ...], tuple[UUID, ...], tuple[UUID, ...], tuple[UUID, ...]]
"""The deadlines that were opened, met, annulled, replaced."""


def react(
    connection: sa.Connection, rules: RuleBook, happened: Happened, *, now: datetime
) -> Moved:
    """Let the rules answer a hændelse, and return what moved."""
    if happened.underretning is not None:
        follow(connection, happened.underretning, happened.person, happened.sag)
    revived = revive(connection, happened) if happened.what is Haendelse.SAG_GENAABNET else ()
    started = rules.opened_by(happened.what)
    denied = [rule for rule in started if denies(rule, happened)]
    opening = [
        rule
        for rule in started
        if version_of(rules.versions[rule.code], happened.occurred_at) is rule
        and rule.applies(happened.data)
        and not rule.rules_out(happened.what, happened.data)
        and happened.subject(rule.subject) is not None
    ]
    ending = rules.ended_by(happened.what)
    if not ending and not opening and not denied:
        return revived, (), (), ()
    standing = standing_on(connection, happened, [*ending, *opening, *denied])
    # Where the new decision starts no clock, it does not stop the older one's.
    asked = [row for row in standing if not starts_none(connection, rules, row, happened)]
    met, annulled, replaced, still_open = end(connection, rules, happened, asked, now)
    # What was counted again from the right moment is not opened a second time.
    counted = {row.rule for row in standing if row.id in {*replaced, *annulled}}
    opening = [
        rule
        for rule in opening
        if not (happened.what in rule.corrected_by and rule.code in counted)
    ]
    opened, moved = open_new(connection, happened, opening, standing, still_open, now)
    if opened and happened.sag is not None and now - happened.occurred_at > LATE:
        end_opened(connection, rules, happened.sag, opened)
    return (*revived, *opened), met, annulled, (*replaced, *moved)
