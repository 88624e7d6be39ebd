"""What of a rule a running deadline was counted by, as a few characters that change with it.

A deadline keeps the characters of the row it was counted under. Where they are the same there is
nothing to count again: a title put in better words, or an end that is set to a row because a new
one follows it, moves nobody's deadline.
"""

from hashlib import sha256
from typing import Final

from dubu_plugin.domain.hverdage import Profile
from dubu_plugin.frister.rule import Rule
from dubu_plugin.frister.starting import counts_on_from_fact

COUNTED_BY: Final = (
    "subject",
    "kind",
    "severity",
    "ages",
    "least_left",
    "length",
    "age",
    "before",
    "from_fact",
    "due_fact",
    "on_date",
    "month_end",
    "on_receipt",
    "profile",
    "warn_before",
    "bundle",
)

LENGTH: Final = 16
STARTS: Final = "starts=from_fact"
"""The row says it started on the told day. One from before that was so is looked at once more."""


def fingerprint(rule: Rule) -> str:
    """Return the characters of a rule; the same rule gives the same ones in every process."""
    said = [f"{name}={_told(getattr(rule, name))}" for name in COUNTED_BY]
    said += [
        f"closed={_told(rule.reckoning.closed)}" if rule.profile is Profile.CITIZEN else "",
        f"letter={rule.reckoning.letter_hverdage}" if rule.on_receipt else "",
    ]
    if rule.due_fact_at_most is not None:
        said.append(f"due_fact_at_most={rule.due_fact_at_most}")
    if counts_on_from_fact(rule):
        said.append(STARTS)
    return sha256("\n".join(said).encode()).hexdigest()[:LENGTH]


def _told(value: object) -> str:
    """Return a value in words that do not depend on the order a set happens to have."""
    return str(sorted(map(str, value))) if isinstance(value, frozenset) else str(value)
