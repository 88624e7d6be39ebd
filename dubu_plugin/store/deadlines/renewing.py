"""What is decided anew: where the new decision starts no clock, the older one's runs on."""

import sqlalchemy as sa

from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.frister.versions import version_of
from dubu_plugin.store.deadlines.replacing import born
from dubu_plugin.store.deadlines.states import Happened, Row


def starts_none(connection: sa.Connection, rules: RuleBook, row: Row, happened: Happened) -> bool:
    """Tell whether a decision names a clock of its kind that a child of this age cannot have.

    A placement the committee says it looks at in three years, of a child of 13, would be looked at
    never again (barnets lov § 50, stk. 5).
    """
    rule = rules.version(row.rule, row.rule_version) or rules.newest(row.rule)
    if rule is None or happened.what not in rule.met_by & rule.opens_on:
        return False
    named = [
        one
        for one in rules.opened_by(happened.what)
        if one.area == rule.area
        and happened.what in one.met_by
        and version_of(rules.versions[one.code], happened.occurred_at) is one
        and one.applies(happened.data)
    ]
    if not named or any(one.ages is None for one in named):
        return False
    day = born(connection, happened.person or row.person_id)
    at = happened.occurred_at
    return not any(one.applies(happened.data, born=day, at=at) for one in named)
