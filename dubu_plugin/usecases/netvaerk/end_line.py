"""End that somebody is in a child's network, or have them back. What stood there stays."""

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from dubu_plugin.domain.access import Asker
from dubu_plugin.domain.inddragelse import NotWhole
from dubu_plugin.domain.netvaerk import LONGEST_WITH, Hjaelp, Myndighed
from dubu_plugin.domain.skrift import cleaned
from dubu_plugin.usecases.means import Writing
from dubu_plugin.usecases.netvaerk.on_netvaerk import on_netvaerk

HAS_CUSTODY = (
    "Personen står med del i forældremyndigheden. Ret først, hvem der har den, og afslut så."
)


def end_line(
    sag: UUID,
    key: UUID,
    last: date | None,
    reason: str,
    *,
    seen: int,
    product: Writing,
    asker: Asker,
    now: datetime,
) -> UUID:
    """Store that they left the network on a day, and return the line's key.

    :raises NotWhole: the day or the reason is left out, or they have custody.
    :raises NetworkChanged: somebody else was first; nothing is stored.
    :raises CaseClosed: the case is closed.
    :raises NotYours: the policy says no, or there is nobody such around the child.
    """
    with on_netvaerk(sag, product=product, asker=asker, now=now) as here:
        line = here.line(key, seen)
        said = cleaned(reason)
        wrong = {}
        if last is None:
            wrong["slut"] = "Skriv dagen, personen gik ud af netværket."
        elif last > here.today:
            wrong["slut"] = "Dagen er ikke kommet endnu. Afslut, når den er der."
        if not said or len(said) > LONGEST_WITH:
            wrong["hvorfor"] = f"Skriv kort hvorfor, højst {LONGEST_WITH} tegn."
        if line.part.custody is Myndighed.DEL:
            wrong[""] = HAS_CUSTODY
        if wrong:
            raise NotWhole(wrong)
        part = replace(
            line.part, ended_on=last, end_reason=said, lives_here=False, custody=Myndighed.INGEN,
            steps_in=Hjaelp.UKENDT, steps_in_with="", steps_in_on=None,
        )  # fmt: skip
        number = here.keep(line, part)
        here.happened("slut", number)
        return number


def have_back(
    sag: UUID, key: UUID, *, seen: int, product: Writing, asker: Asker, now: datetime
) -> UUID:
    """Store that somebody who left is in the network again, and return the new line's key.

    :raises NotWhole: they are there already.
    :raises NetworkChanged: somebody else was first; nothing is stored.
    :raises CaseClosed: the case is closed.
    :raises NotYours: the policy says no, or there is nobody such around the child.
    """
    with on_netvaerk(sag, product=product, asker=asker, now=now) as here:
        line = here.line(key, seen)
        if any(one.who.id == line.who.id for one in here.present):
            raise NotWhole({"": "Personen er i netværket allerede."})
        part = here.settled(replace(line.part, ended_on=None, end_reason=""))
        number = here.begin(line.who.id, part)
        here.shut_doors(line.who.host_key, part)
        here.happened("igen", number)
        return number
