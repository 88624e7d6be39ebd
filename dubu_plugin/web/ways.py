"""What stands in the bar of somebody: what opens to them, by what they are employed to do."""

from collections.abc import Iterable, Sequence
from typing import Final

from dubu_plugin.domain.access import Act, Asker, Role, opens

ADMINISTRATION: Final = "/dubu/administration"
HELP: Final = "/dubu/hjaelp"
MENU: Final = (
    (Act.SEARCH, "Min dag", "/dubu/min-dag"),
    (Act.ADMINISTER, "Administration", ADMINISTRATION),
    (Act.REGISTER, "Indgang", "/dubu/indgang"),
    (Act.SEARCH, "Søg", "/dubu/soeg"),
    (Act.FIND_WAY, "Hjælp", HELP),
)
"""What stands in the bar, and what somebody must be able to do for it to be theirs."""


def asker_with(employee: str, roles: Iterable[str]) -> Asker:
    """Return somebody as the policy sees them, by the roles the staff register says."""
    known = {role.value: role for role in Role}
    return Asker(employee, frozenset(known[role] for role in roles if role in known))


def menu_of(who: Asker) -> Sequence[tuple[str, str]]:
    """Return what stands in the bar of somebody: only what opens to them."""
    return [(title, url) for act, title, url in MENU if opens(who, act, protected=False)]
