"""Say whether one wants the morning mail."""

from datetime import datetime

from dubu_plugin.domain.access import Asker
from dubu_plugin.store.min_dag import morgenmail
from dubu_plugin.usecases.frist.standing import Stored


def choose_mail(*, wanted: bool, product: Stored, asker: Asker, now: datetime) -> None:
    """Keep one's choice. To want it again also tries an address again that came back."""
    with product.store.write(actor=asker.key, now=now) as work:
        morgenmail.choose(work, asker.key, wanted=wanted)
