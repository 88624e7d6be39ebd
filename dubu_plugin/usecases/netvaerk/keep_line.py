"""Keep what somebody is in a child's network: the role, how close, contact, who can step in."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.inddragelse import NotWhole
from dubu_plugin.domain.netvaerk import MAY_HOLD, Hjaelp, Myndighed, Part, wrong_part
from dubu_plugin.domain.skrift import cleaned
from dubu_plugin.store.family import netvaerk
from dubu_plugin.usecases.means import Writing
from dubu_plugin.usecases.netvaerk.on_netvaerk import OnNetvaerk, on_netvaerk


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What a form says of somebody."""

    seen: int
    """The version on the screen; 0 where nobody had written of them."""
    part: Part
    """Custody, home and end are not of this form: what stands of them stays."""
    name: str = field(default="", repr=False)
    """Of somebody the address book does not have; of others it stays the book's."""
    phone: str = field(default="", repr=False)
    email: str = field(default="", repr=False)


def keep_line(
    sag: UUID, key: UUID, kept: Kept, *, product: Writing, asker: Asker, now: datetime
) -> UUID:
    """Store it, and return the line's key.

    :param key: the line's, or the person's where nobody has written of them yet.
    :raises NotWhole: something is left out or cannot be.
    :raises NetworkChanged: somebody else was first; nothing is stored.
    :raises CaseClosed: the case is closed.
    :raises NotYours: the policy says no, or there is nobody such around the child.
    """
    with on_netvaerk(sag, product=product, asker=asker, now=now) as here:
        line = here.line(key, kept.seen)
        part = here.settled(_with_what_stands(tidy(kept.part, here), line.part))
        name = None if line.who.in_book else cleaned(kept.name)
        wrong = dict(wrong_part(part, here.today, asks_name=name))
        if part.custody is Myndighed.DEL and part.role not in MAY_HOLD:
            wrong["rolle"] = "Personen har del i forældremyndigheden. Ret først, hvem der har den."
        if wrong:
            raise NotWhole(wrong)
        said = (name, cleaned(kept.phone), cleaned(kept.email))
        old = (line.who.name, line.who.phone or "", line.who.email or "")
        renamed = name is not None and said != old
        if part == line.part and not renamed and line.id is not None:
            return line.id
        number = here.keep(line, part)
        if renamed and name is not None:
            netvaerk.say_who(
                here.work.connection, line.who.id, name=name, phone=said[1], email=said[2],
                now=now,
            )  # fmt: skip
        here.shut_doors(line.who.host_key, part)
        here.happened("rettet", number)
        return number


def tidy(part: Part, here: OnNetvaerk) -> Part:
    """Return a part with its texts as they are kept, and the day of an answer that has none."""
    asked = part.steps_in is not Hjaelp.UKENDT
    return replace(
        part,
        called=" ".join(cleaned(part.called).split()),
        samvaer=cleaned(part.samvaer),
        steps_in_with=cleaned(part.steps_in_with),
        steps_in_on=(part.steps_in_on or here.today) if asked else None,
    )


def _with_what_stands(part: Part, old: Part) -> Part:
    return replace(
        part, custody=old.custody, lives_here=old.lives_here, ended_on=old.ended_on,
        end_reason=old.end_reason,
    )  # fmt: skip
