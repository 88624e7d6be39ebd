"""Who looks, whom it is about, and the words by which what is told can be found on a page."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Final

from dubu_plugin.domain.access import Role
from dubu_plugin.domain.underretning import Fare, NaesteSkridt
from dubu_plugin.domain.vurdering import Answers

NOW: Final = datetime(2026, 3, 2, 12, 40, tzinfo=UTC)
"""Monday 2 March 2026 at 13.40 in Denmark."""

WORKER: Final = "bodil"
"""Who has worked on the case so far, far from the six."""
OWN_UNIT: Final = "mellem"
UNIT_BELOW: Final = "nord"
FAR: Final = "fjern"
PEOPLE: Final[Mapping[str, Role | None]] = {
    "karen": Role.CASEWORKER,
    "henrik": Role.TEAM_LEADER,
    "adam": Role.ADMINISTRATOR,
    "fie": Role.FINANCE,
    "reva": Role.AUDITOR,
    "niels": None,
}
"""Who looks, all in one unit that sees to the post too, and each their role."""

CPR: Final = "0312164990"
CHILD: Final = "Alma Testvad"
MOTHER: Final = "Sanne Testvad"
NEIGHBOUR: Final = "Noah Testlund"
"""Another child, whom nothing has been said of."""
SECRET: Final = "Hemmelig Prøvesti 9"
"""The mother's protected address, and the child's."""
NOTIFIER: Final = "Lærke Prøvekilde"
SHOP: Final = "Prøvebutikken"
"""Who sent what nothing was made of."""
WORDS: Final = {
    "vurderet": "svømmebassinet",
    "ny": "kælderrummet",
    "kandidat": "legehytten",
}
"""A word of each underretning's text that stands nowhere else."""
ATTACHED: Final = "Tegning af skuret.txt"
DRAFT_TITLE: Final = "Handleplan i udkast"
NOTE_WORD: Final = "sengetøjet"
MEETING: Final = "Møde med Alma i klubben"
REMINDER: Final = "Ring til Almas klub"

ASSESSED: Final = Answers(
    fare=Fare.IKKE_AKUT,
    next_step=NaesteSkridt.SCREENING,
    reason="Barnet er i skole og tilses i dag.",
    concerns=frozenset({"3"}),
    suspicion=False,
)
