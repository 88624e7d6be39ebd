"""Take in that a morning mail came back after the server had taken it (RFC 3464)."""

from dubu_plugin.intake.answers import DigestReturned
from dubu_plugin.store.min_dag import morgenmail
from dubu_plugin.store.transaction import Work


def digest_came_back(work: Work, said: DigestReturned) -> bool:
    """Stop the mail to an address that does not take it, and tell whether the mail was ours.

    An address that was put right in the meantime is left alone.
    """
    employee = morgenmail.sent_by(work.connection, said.key)
    if employee is None:
        return False
    reader = morgenmail.reader(work.connection, employee)
    address = (reader.email or "") if reader else ""
    if address and (not said.addresses or address.lower() in said.addresses):
        morgenmail.came_back(work, employee, address)
    return True
