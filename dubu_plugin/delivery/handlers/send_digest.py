"""Mail one person what their day holds."""

from datetime import date
from typing import Final

from dubu_plugin.delivery.digest import digest, subject
from dubu_plugin.delivery.handling import Delivery, Done
from dubu_plugin.domain import danish
from dubu_plugin.domain.access import Act, opens
from dubu_plugin.errors import OutcomeUnknown, Refused
from dubu_plugin.intake.answers import digest_id
from dubu_plugin.ports.mail import Mail
from dubu_plugin.store import access
from dubu_plugin.store.min_dag import morgenmail

TOO_LATE: Final = "for_sent"
NOTHING: Final = "intet"
NOT_WANTED: Final = "ikke_oensket"


class SendDigest:
    """``send_digest {employee, day}``. It is written when it is sent, so that it is true then.

    A mail server cannot be asked what it took. Where its receipt was lost, or the day is over, the
    mail is not sent: tomorrow has its own, and Min dag says the same.
    """

    def deliver(self, d: Delivery) -> Done:
        """See `Handler.deliver`."""
        employee, day = d.payload["employee"], date.fromisoformat(d.payload["day"])
        mail = d.ports.mail
        if danish.danish_day(d.now) != day:
            return Done(TOO_LATE)
        with d.store.read() as connection:
            reader = morgenmail.reader(connection, employee)
            asker = access.asker(connection, employee)
            if mail is None or reader is None or asker is None or not reader.gets_mail:
                return Done(NOT_WANTED)
            if not opens(asker, Act.SEARCH, protected=False):
                return Done(NOT_WANTED)
            text = digest(connection, asker, d.store.rules, d.settings, d.now)
        address = reader.email or ""
        if text is None:
            return Done(NOTHING)
        one = Mail(digest_id(d.key), address, subject(d.now), text, d.now)
        try:
            mail.send(one, d.op)
        except Refused as no:
            code = f"afvist:{no.code}"[:128]
            return Done(code, lambda work: morgenmail.came_back(work, employee, address))
        except OutcomeUnknown:
            return Done("usikker")
        return Done("sendt")

    def probe(self, d: Delivery) -> Done | None:
        """See `Handler.probe`. Nobody can tell, and one mail fewer does no harm."""
        return Done("usikker")
