"""A complaint that came too late by a letter is judged anew where that letter reached nobody.

No time to complain ran from it, so the complaint came in time and is looked at again here, also
where it was on its way to Ankestyrelsen; who complained is told. Of one that Ankestyrelsen has,
somebody is to write to them: they decide whether it is treated.

Source: retssikkerhedsloven §§ 66 and 67; bekendtgørelse 861 of 2025, §§ 11 and 13.
"""

from collections.abc import Sequence
from datetime import date
from typing import Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day, long_date
from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.store import letter_again
from dubu_plugin.store.afgoerelse import afgoerelser, klager
from dubu_plugin.store.afgoerelse.klager import Klage, KlageState
from dubu_plugin.store.deadlines.answer_day import move_answer_day
from dubu_plugin.store.sag import sager
from dubu_plugin.store.transaction import Work
from dubu_plugin.usecases.afgoerelse import window
from dubu_plugin.usecases.afgoerelse.on_afgoerelse import Deciding, matter_of, tell_journal
from dubu_plugin.usecases.dokument.order.klage import order_kvittering

WAITS: Final = frozenset({KlageState.MODTAGET, KlageState.PAA_VEJ, KlageState.SENDT})
"""Where a complaint that came too late can be."""
KEPT_BACK: Final = " Det, der ikke er sendt til Ankestyrelsen, bliver ikke sendt."


def late_by(connection: sa.Connection, sag: UUID, letter: UUID) -> Sequence[Klage]:
    """Return the complaints of who got a letter that are too late by it, and not ruled on yet.

    One that is late by the day its complainant said is so whatever became of the letter.
    """
    decision = afgoerelser.of_letter(connection, letter)
    party = afgoerelser.party_of_letter(connection, letter)
    if decision is None or party is None:
        return ()
    return [
        one
        for one in klager.of_sag(connection, sag)
        if (one.afgoerelse, one.person) == (decision, party)
        and one.late
        and one.state in WAITS
        and one.window_ends_on == window.last_day(connection, decision, _came(one), party)
    ]


def judge_anew(work: Work, klage: Klage, *, product: Deciding, by: UUID) -> None:
    """Have a complaint be in time by the letters there are, and be looked at again.

    :param by: the hændelse that says that the letter reached nobody.
    """
    connection, came = work.connection, _came(klage)
    last = window.last_day(connection, klage.afgoerelse, came, klage.person)
    its, sag = afgoerelser.by_id(connection, klage.afgoerelse), sager.by_id(connection, klage.sag)
    if (last is not None and came > last) or its is None or sag is None:
        return
    matter = matter_of(product, its, danish_day(work.now))
    if not klager.is_here(connection, klage):
        tell_journal(
            work, klage.sag, klage.id, "ikke for sent", "Klagen kom ikke for sent",
            f"Klage over: {matter.title} ({matter.law}). Afgørelsens brev kom ikke frem, så der "
            "løb ingen klagefrist. Klagen er sendt til Ankestyrelsen som en, der kom for sent: "
            "Skriv til dem, at brevet kom retur.",
        )  # fmt: skip
        return
    due = window.look_by(matter, came, late=False)
    kept = klage.state is KlageState.PAA_VEJ
    kept_back = [*letter_again.with_new(connection, klage.receipt), klage.letter]
    kept_back += letter_again.with_new(connection, klage.besked)
    values = {"late": False, "window_ends_on": last, "due_on": due}
    klager.change(connection, klage, KlageState.MODTAGET, **values)
    klager.let_package_go(connection, klage.id)
    move_answer_day(
        connection, work.rules, Haendelse.KLAGE_MODTAGET, {"klage": str(klage.id)},
        {"svarfrist": due.isoformat()}, sag=klage.sag, by=by, now=work.now,
    )  # fmt: skip
    klager.keep_back(connection, kept_back)
    now = klager.by_id(connection, klage.id)
    assert now is not None
    order_kvittering(
        work, now, matter, sag, letters=product.letters,
        municipality=product.settings.municipality, number=klage.receipt_anew,
    )  # fmt: skip
    tell_journal(
        work, klage.sag, klage.id, "ikke for sent", "Klagen kom ikke for sent",
        f"Klage over: {matter.title} ({matter.law}). Afgørelsens brev kom ikke frem, så der løb "
        f"ingen klagefrist. Senest den {long_date(due)}.{KEPT_BACK if kept else ''}",
    )  # fmt: skip


def _came(klage: Klage) -> date:
    return danish_day(klage.received_at)
