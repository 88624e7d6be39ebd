"""A talk, a consent, a request and a parent's line, each with a word nobody else sees."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dubu_plugin.domain.inddragelse import Giver, Grundlag, SamtaleState, Samtykkeart
from dubu_plugin.domain.netvaerk import as_family
from dubu_plugin.store.family import netvaerk
from dubu_plugin.store.inddragelse import boernesamtaler, samtykker, udtalelser
from dubu_plugin.store.inddragelse.boernesamtaler import Told
from dubu_plugin.store.sag import sager

from .known import MOTHER, NOTE_WORD, WORKER

if TYPE_CHECKING:
    from .municipality import Municipality


def add(town: "Municipality") -> None:
    """Talk with the child, and ask a parent and a school, with a word nobody else may see."""
    today = town.now.date()
    with town.product.store.write(actor=WORKER, now=town.now) as work:
        sag = sager.by_id(work.connection, town.sag)
        assert sag is not None
        said = Told(occurred_at=town.now, advisers=(WORKER,), own_words=f"»{NOTE_WORD}«")
        consent = samtykker.Asked(
            giver=town.mother, giver_name=MOTHER, giver_role=Giver.FORAELDER, ends=today,
            kind=Samtykkeart.INDHENTE, sources=("skole",), purpose=NOTE_WORD, begins=today,
        )  # fmt: skip
        request = udtalelser.Asked(
            source="skole", organisation="Prøveskolen", basis=Grundlag.UDEN_SAMTYKKE,
            basis_reason=NOTE_WORD, purpose=NOTE_WORD, headings=("sundhedsforhold",), due=today,
        )  # fmt: skip
        made: dict[str, Any] = {"by": WORKER, "now": town.now}
        held = SamtaleState.HOLDT
        part = replace(as_family("mor"), samvaer=NOTE_WORD)
        town.involved = {
            "samtale": boernesamtaler.add(work.connection, sag, held, said, **made),
            "samtykke": samtykker.add(work.connection, sag, consent, **made),
            "udtalelse": udtalelser.add(work.connection, sag, request, **made),
            "linje": netvaerk.begin(work.connection, sag.child_id, town.mother, part, **made),
        }
