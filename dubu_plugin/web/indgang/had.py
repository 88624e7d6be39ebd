"""Who had something on the page that was looked at, so that two who take it at once are told.

A form that gives something on carries it in a hidden field; what was drawn and what is so when the
form arrives are then compared by `dubu_plugin.usecases.underretning.hand_over`.
"""

from uuid import UUID

from dubu_plugin.usecases.underretning.hand_over import Receiver
from dubu_plugin.web.forms import Sent

FIELD = "havde"


def drawn(key: UUID, unit: str | None, responsible: str | None) -> str:
    """Return the hidden field's value for one underretning."""
    return f"{key}|{unit or ''}|{responsible or ''}"


def sent_back(sent: Sent, key: UUID) -> Receiver | None:
    """Return who had it on the page, or None where the page did not say."""
    for text in sent.many(FIELD):
        name, *had = text.split("|")
        if name == str(key) and len(had) == 2:
            return Receiver(had[0] or None, had[1] or None)
    return None
