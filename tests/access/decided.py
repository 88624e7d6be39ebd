"""A decision on the case, a party, a complaint and an indsats, with a word nobody else sees."""

from typing import TYPE_CHECKING
from uuid import UUID, uuid4

import sqlalchemy as sa

from dubu_plugin.domain.afgoerelser import Capacity
from dubu_plugin.domain.indsatser import IndsatsState, Skift
from dubu_plugin.domain.opfoelgning import Valg
from dubu_plugin.domain.skrift import WHOLE, SkriftKind
from dubu_plugin.store.afgoerelse import afgoerelser, klager, partshoeringer
from dubu_plugin.store.afgoerelse.klager import Del, KlageState
from dubu_plugin.store.indsats import indsatser, opfoelgninger
from dubu_plugin.store.indsats.indsatser import Indsats
from dubu_plugin.store.indsats.opfoelgninger import Opfoelgning
from dubu_plugin.store.sag import sager
from dubu_plugin.store.skrift import skrifter, tekster
from dubu_plugin.store.skrift.tekster import Written
from dubu_plugin.store.tables import letters
from dubu_plugin.store.transaction import Work

from .known import NOTE_WORD, WORKER

if TYPE_CHECKING:
    from .municipality import Municipality


def add(town: "Municipality") -> None:
    """Decide something, and let a parent complain of it."""
    today = town.now.date()
    with town.product.store.write(actor=WORKER, now=town.now) as work:
        connection = work.connection
        number, part = _made(work, town)
        klage = klager.add(
            connection, sag=town.sag, afgoerelse=number, person=town.mother,
            received_at=town.now, form="skriftligt", words=NOTE_WORD, late=False,
            window_ends_on=None, due_on=today, suspensive=False, by=WORKER,
        )  # fmt: skip
        found = klager.by_id(connection, klage)
        assert found is not None
        klager.change(connection, found, KlageState.SENDT, reassessment=NOTE_WORD)
        sha256 = town.product.blobs.put(b"%PDF-1.7 " + NOTE_WORD.encode())
        klager.keep_parts(connection, klage, [Del(1, sha256, 1, 9, town.now)])
        indsats = _helped(work, town, number)
        followed = _followed(work, town)
        letter = _letter(work, town, "til_print")
        town.sent_letter = _letter(work, town, "sendt")
    town.decided = {
        "afgoerelse": number, "part": part, "klage": klage, "indsats": indsats,
        "opfoelgning": followed, "letter": letter,
    }  # fmt: skip


def _letter(work: Work, town: "Municipality", state: str) -> UUID:
    number = uuid4()
    sha256 = town.product.blobs.put(b"%PDF-1.7 brev " + NOTE_WORD.encode())
    work.connection.execute(
        sa.insert(letters).values(
            id=number, code="plan_brev", template_version="1", sag_id=town.sag,
            values='{"plan.maal":[],"skrift.version":"1"}', recipient=NOTE_WORD,
            state=state, pdf_sha256=sha256, author=WORKER, created_at=town.now,
        )
    )  # fmt: skip
    return number


def _followed(work: Work, town: "Municipality") -> UUID:
    sag = sager.by_id(work.connection, town.sag)
    assert sag is not None
    skrift = skrifter.begin(
        work.connection, sag, SkriftKind.OPFOELGNING, by=WORKER, now=town.now
    )  # fmt: skip
    said = {(WHOLE, "vurdering"): Written(NOTE_WORD, 0)}
    tekster.write(work.connection, skrift.id, 1, said, by=WORKER, now=town.now)
    digest = tekster.digest(tekster.read(work.connection, skrift.id, 1))
    skrifter.approve(work.connection, skrift, digest, by=WORKER, now=town.now)
    opfoelgninger.add(
        work.connection,
        Opfoelgning(
            skrift=skrift.id, sag=town.sag, plan=None, plan_version=None,
            held_on=town.now.date(), choice=Valg.FORTSAET, next_on=None, months=None,
            made_at=town.now, made_by=WORKER,
        ),
    )  # fmt: skip
    return skrift.id


def _helped(work: Work, town: "Municipality", decision: UUID) -> UUID:
    today = town.now.date()
    new = Indsats(
        id=uuid4(), sag=town.sag, person=town.child, code="kontaktperson",
        law="BL § 32 stk. 1 nr. 3", decision_law="BL § 32", afgoerelse=decision, place=None,
        place_name=None, place_hidden=False, supplier=NOTE_WORD, amount=None, unit="time",
        per=None, starts_on=today, expected_end=None, ended_on=None, state=IndsatsState.I_GANG,
        made_at=town.now, made_by=WORKER, version=1,
    )  # fmt: skip
    indsatser.add(work.connection, new, ())
    indsatser.keep(
        work.connection, new.id, Skift.START, today, words=NOTE_WORD, by=WORKER, now=town.now
    )
    return new.id


def _made(work: Work, town: "Municipality") -> tuple[UUID, UUID]:
    connection = work.connection
    sag = sager.by_id(connection, town.sag)
    assert sag is not None
    skrift = skrifter.begin(connection, sag, SkriftKind.AFGOERELSE, by=WORKER, now=town.now)
    afgoerelser.begin(connection, skrift.id, sag.id, "stoette")
    said = {(WHOLE, "begrundelse"): Written(NOTE_WORD, 0)}
    tekster.write(connection, skrift.id, 1, said, by=WORKER, now=town.now)
    part = partshoeringer.add(
        connection, skrift.id, town.mother, Capacity.FORAELDREMYNDIGHED, by=WORKER, now=town.now
    )
    its = afgoerelser.by_id(connection, skrift.id)
    assert its is not None
    afgoerelser.made(
        connection, its, law="BL § 32", laws={}, day=town.now.date(), by=WORKER,
        now=town.now,
    )  # fmt: skip
    digest = tekster.digest(tekster.read(connection, skrift.id, 1))
    skrifter.approve(connection, skrift, digest, by=WORKER, now=town.now)
    return skrift.id, part
