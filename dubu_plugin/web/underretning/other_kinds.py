"""What something that came in can be registered as instead, in words."""

from collections.abc import Sequence
from typing import Final

from dubu_plugin.domain.underretning import Henvendelse

BOTH: Final = "begge"
"""What the form calls an underretning that is an ansøgning at once."""

_BOTH: Final = (
    BOTH, "Både en underretning og en ansøgning",
    "den vurderes inden 24 timer, og ansøgningen skal også besvares inden sin frist",
)  # fmt: skip
_ALONE: Final = (
    Henvendelse.UNDERRETNING, "Kun en underretning (§§ 133 og 135)",
    "24-timers fristen løber, og fristen for at svare på en ansøgning bortfalder",
)  # fmt: skip
_MUNICIPALITY: Final = (
    Henvendelse.MELLEMKOMMUNAL, "En underretning fra en anden kommune (§ 132)",
    "24-timers fristen løber",
)  # fmt: skip
_APPLICATION: Final = (
    Henvendelse.ANSOEGNING, "En ansøgning om støtte", "24-timers fristen bortfalder"
)  # fmt: skip
_PLAIN: Final = (
    Henvendelse.UNDERRETNING, "En underretning (§§ 133 og 135)", "24-timers fristen løber"
)  # fmt: skip
_ELSE: Final = (Henvendelse.ANDET, "Noget andet", "den lukkes, og fristerne bortfalder")


def other_kinds(now: Henvendelse, *, both: bool) -> Sequence[tuple[str, str, str]]:
    """Return what it can be instead: a code, its title and what follows.

    :param now: what it is registered as.
    :param both: it is an underretning and waits for the answer of an ansøgning too.
    """
    applied = both or now is Henvendelse.ANSOEGNING
    rows: list[tuple[str, str, str]] = [_ALONE if applied else _PLAIN, _MUNICIPALITY, _APPLICATION]
    if not both and now is not Henvendelse.ANDET:
        rows.insert(0, _BOTH)
    alone = now is Henvendelse.UNDERRETNING and both
    return [row for row in (*rows, _ELSE) if row[0] != now or alone]
