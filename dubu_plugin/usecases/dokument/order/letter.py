"""Have a letter written, filed on the case and, where it leaves the house, sent."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.documents.letter import Letter, Value, Values
from dubu_plugin.documents.shelf import LetterShelf
from dubu_plugin.domain.letter_state import LetterState
from dubu_plugin.store.canonical import canonical
from dubu_plugin.store.keys import op_key, sag_lane, underretning_lane
from dubu_plugin.store.tables import letters as table
from dubu_plugin.store.transaction import Work


@dataclass(frozen=True, slots=True)
class Addressee:
    """Who a letter is sent to."""

    envelope: str = field(repr=False)
    """Name and address as on the envelope, a line each."""
    electronic: str | None = field(default=None, repr=False)
    """An electronic address; None where there is only paper."""
    person: UUID | None = None
    """Who it is, where the address book is to say where they live as the letter is written."""

    @property
    def name(self) -> str:
        """Who it is to."""
        return self.envelope.partition("\n")[0]

    @property
    def fields(self) -> dict[str, Value]:
        """The fields of a letter that say who it is to, and where it goes."""
        name, _, address = self.envelope.partition("\n")
        return {"modtager.navn": name, "modtager.adresse": address}


def order_letter(
    work: Work,
    code: str,
    *,
    letters: LetterShelf,
    sag: UUID | None,
    underretning: UUID | None,
    values: Values,
    author: str,
    to: Addressee | None = None,
    number: UUID | None = None,
) -> UUID:
    """Order a letter in the caller's transaction, and return its id.

    It is written, filed and sent after the commit, each step once. Without a case it is written
    and sent; `file_waiting_letters` files it when the case is there.

    :param values: the letter's fields, but for those that are filled in late.
    :param author: the employee's key who answers for the letter.
    :param to: needed where the letter leaves the house.
    :param number: its id, where what it is of is to be found by it.
    :raises KeyError: there is no such letter.
    :raises ValueError: a value or the addressee is missing, or is too much.
    """
    letter = letters[code]
    letter.require(values, late=False)
    if letter.is_sent is (to is None):
        raise ValueError(
            f"{code}: an addressee is for letters that leave the house, and needed there"
        )
    if (subject := sag or underretning) is None:
        raise ValueError(f"{code}: a letter belongs to a case or an underretning")
    lane = sag_lane(subject) if sag else underretning_lane(subject)
    identity = number or uuid4()
    _keep(work, identity, letter, sag, underretning, values, author, to)
    whom = {} if to is None or to.person is None else {"modtager": str(to.person)}
    for kind in _steps(letter, filed=sag is not None):
        payload = {"letter": str(identity), **(whom if kind == "write_letter" else {})}
        work.tell(kind, lane=lane, key=op_key(identity, kind), payload=payload)
    return identity


def file_waiting_letters(work: Work, *, underretning: UUID, sag: UUID) -> int:
    """Have the letters of an underretning filed on the case it got, and return how many."""
    waiting = work.connection.scalars(
        sa.select(table.c.id).where(
            table.c.underretning_id == underretning, table.c.sag_id.is_(None)
        )
    ).all()
    for identity in waiting:
        work.connection.execute(sa.update(table).where(table.c.id == identity).values(sag_id=sag))
        work.tell(
            "file_letter",
            lane=sag_lane(sag),
            key=op_key(identity, "file_letter"),
            payload={"letter": str(identity)},
        )
    return len(waiting)


def _steps(letter: Letter, *, filed: bool) -> list[str]:
    steps = ["write_letter"]
    if filed:
        steps.append("file_letter")
    if letter.is_sent:
        steps.append("send_letter")
    return steps


def _keep(
    work: Work,
    identity: UUID,
    letter: Letter,
    sag: UUID | None,
    underretning: UUID | None,
    values: Values,
    author: str,
    to: Addressee | None,
) -> None:
    work.connection.execute(
        sa.insert(table).values(
            id=identity,
            code=letter.code,
            template_version=letter.version,
            sag_id=sag,
            underretning_id=underretning,
            values=canonical(dict(values)),
            recipient=to.envelope[:500] if to else None,
            address=to.electronic if to else None,
            state=LetterState.SKRIVES,
            author=author,
            created_at=work.now,
        )
    )
