"""Take the rules in use from their files again where somebody has changed those.

A file that cannot be used is told in the log with its line and reason, and the rules stay as they
were. Running deadlines are not counted again by themselves: that is `dubu frister recompute`, which
an administrator runs when they have seen what changed.
"""

from typing import Protocol

import structlog

from dubu_plugin.errors import ConfigurationError
from dubu_plugin.frister.rulebook import RuleBook
from dubu_plugin.frister.rulefile import RuleError
from dubu_plugin.frister.rulefiles import RuleFiles
from dubu_plugin.frister.switched import meaning, switched
from dubu_plugin.store.database import Store
from dubu_plugin.store.deadlines import recounting


class Ruled(Protocol):
    """What is needed to follow the rule files."""

    @property
    def store(self) -> Store:
        """What is remembered, and the rules that react."""

    @property
    def rule_files(self) -> RuleFiles | None:
        """The files, or None where the rules come from nowhere."""


def follow_rules(product: Ruled) -> bool:
    """Look at the files, and return whether other rules are in use now."""
    if product.rule_files is None:
        return False
    log = structlog.get_logger()
    try:
        book = product.rule_files.changed()
    except RuleError as slip:
        log.error("rules_not_loaded", file=slip.file.name, line=slip.line, reason=slip.reason)
        return False
    except ConfigurationError as slip:
        # A rule that dubu.toml switches on or off is gone: the old rules go on.
        log.error("rules_not_loaded", file="dubu.toml", line=0, reason=str(slip))
        return False
    if book is None:
        return False
    product.store.rules = book
    with product.store.read() as connection:
        what = recounting.changed(connection, book)
    log.warning(
        "rules_loaded",
        rules=len(book.rules),
        changed=sorted(what.codes),
        next="dubu frister recompute",
    )
    tell_switched(book)
    return True


def tell_switched(book: RuleBook) -> None:
    """Write in the log what the municipality switched against how it is delivered."""
    for rule in switched(book):
        structlog.get_logger().warning(
            "rule_switched_on" if rule.on else "rule_switched_off",
            rule=rule.code,
            law=rule.law,
            means=meaning(rule),
        )
