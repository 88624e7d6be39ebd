"""Put the file of a case together for Ankestyrelsen: one PDF with an index, the newest first.

What the host holds is the file, with a letter of ours that the host has got, the journal's notes
and the talks with the child. What cannot be made pages, and what is locked, is named in the index,
in the letter it is sent with and on the complaint's page; somebody sends the files by themselves.
"""

from collections.abc import Sequence
from typing import Final

from dubu_plugin.delivery.case_notes import written
from dubu_plugin.delivery.case_papers import Paper, papers
from dubu_plugin.delivery.handling import Delivery, Done
from dubu_plugin.documents.package import Part, Sheet, first_pages, put_together
from dubu_plugin.domain.danish import long_date, unbroken
from dubu_plugin.store.afgoerelse import afgoerelser, klager
from dubu_plugin.store.afgoerelse.klager import LOCKED, Del, Klage, KlageState, Uden
from dubu_plugin.store.tables import sager
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.dokument.addressed import dated
from dubu_plugin.usecases.dokument.law_words import law_words
from dubu_plugin.usecases.dokument.left_out import named
from dubu_plugin.usecases.dokument.sender import sender

INDEX: Final = "klage_indeks"
GOES: Final = (KlageState.PAA_VEJ, KlageState.SENDT)
"""Where a complaint has a package: one that is taken back, or is looked at here, has none."""


class PackKlage:
    """``pack_klage {klage}``."""

    def deliver(self, d: Delivery) -> Done:
        """See `Handler.deliver`."""
        with d.store.read() as connection:
            klage = klager.by_id(connection, d.id("klage"))
        if klage is None or klage.state not in GOES:
            return Done("udgaaet")
        notes = written(d, klage.sag)
        every = [*papers(d, klage.sag), *notes.papers]
        found = sorted(every, key=lambda one: one.day, reverse=True)
        out = [Uden(one.day, one.by_itself, one.document) for one in found if one.pdf is None]
        out += [Uden(day, title, LOCKED) for day, title in notes.locked]
        parts = _packed(d, klage, found, out)
        kept = [
            Del(number, d.blobs.put(one.pdf), one.pages, len(one.pdf), d.now)
            for number, one in enumerate(parts, 1)
        ]

        def then(work: Work) -> None:
            now = klager.by_id(work.connection, klage.id)
            if now is None or now.state not in GOES:
                return
            klager.keep_parts(work.connection, klage.id, kept)
            klager.keep_left_out(work.connection, klage.id, out)

        return Done(then=then)

    def probe(self, d: Delivery) -> Done | None:
        """See `Handler.probe`. Nothing leaves the house here, so it is simply made again."""
        return None


def _packed(
    d: Delivery, klage: Klage, every: Sequence[Paper], out: Sequence[Uden]
) -> Sequence[Part]:
    sheets = [Sheet(one.title, one.pdf) for one in every if one.pdf is not None]
    # Drawn twice: how long the index is says at which page what it names begins.
    index = _index(d, klage, every, out, sheets, 1)
    long = Sheet("Indeks", index).pages
    if long != 1:
        index = _index(d, klage, every, out, sheets, long)
    whole = [Sheet("Indeks", index), *sheets]
    return put_together(whole, largest=d.settings.klage.largest_part)


def _index(
    d: Delivery,
    klage: Klage,
    every: Sequence[Paper],
    out: Sequence[Uden],
    sheets: Sequence[Sheet],
    long: int,
) -> bytes:
    starts = first_pages(sheets, long)
    shown = [one for one in every if one.pdf is not None]
    with d.store.read() as connection:
        its = afgoerelser.by_id(connection, klage.afgoerelse)
        row = connection.execute(sager.select().where(sager.c.id == klage.sag)).one()
        house = sender(connection, d.settings.municipality, author=d.actor, unit=row.unit)
    values = {
        **house.fields,
        **dated(d.now),
        "sag.nummer": row.number or "ikke oprettet endnu",
        "afgoerelse.om": _about(its),
        "indeks.akter": [
            {"side": f"Side {start}", "titel": unbroken(f"{long_date(one.day)}: {one.title}")}
            for start, one in zip(starts, shown, strict=True)
        ],
        "indeks.uden": named(out, locked=False),
        "indeks.laast": named(out, locked=True),
    }
    letter = d.letters[INDEX]
    return d.letters.to_pdf([d.letters.render(letter, values)])[0]


def _about(its: afgoerelser.Afgoerelse | None) -> str:
    if its is None or its.decided_on is None:
        return "afgørelse"
    return unbroken(f"afgørelse af {long_date(its.decided_on)} efter {law_words(its.law or '')}")
