"""A leader's look at a skrift: present it, send it back with a remark, or have it stand."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Final
from uuid import UUID

from dubu_plugin.domain.access import Act, Asker
from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.haendelser import Haendelse as H
from dubu_plugin.domain.maal import PARENTS, PLANS
from dubu_plugin.domain.skrift import FORHOLD, OF_THEIR_OWN, WHOLE, SkriftKind, SkriftState, cleaned
from dubu_plugin.errors import CaseworkError
from dubu_plugin.metode.missing import Missing, missing
from dubu_plugin.store.canonical import JSON
from dubu_plugin.store.family import personer
from dubu_plugin.store.keys import op_key, sag_lane
from dubu_plugin.store.plan import maal
from dubu_plugin.store.plan.agreed_for import CHILDREN
from dubu_plugin.store.skrift import skrifter, tekster
from dubu_plugin.store.skrift.tekster import Texts
from dubu_plugin.usecases.dokument.order.foreloebig import order_expected
from dubu_plugin.usecases.dokument.order.plan import order_plan
from dubu_plugin.usecases.dokument.order.skrift import order_skrift
from dubu_plugin.usecases.plan.for_young import insist_on_age
from dubu_plugin.usecases.plan.in_force import insist_in_force
from dubu_plugin.usecases.plan.lacking import family_lacking, goals_lacking
from dubu_plugin.usecases.plan.since_placed import since_placed
from dubu_plugin.usecases.skrift.begin import anew, follower
from dubu_plugin.usecases.skrift.begun_with import LEADS_TO, decide, is_decided
from dubu_plugin.usecases.skrift.carried_back import carried_again, carried_back
from dubu_plugin.usecases.skrift.on_skrift import CarriedOn, OnSkrift, Skriver, on_skrift
from dubu_plugin.usecases.skrift.screened import screened, unscreened
from dubu_plugin.usecases.skrift.udredt import udredt
from dubu_plugin.usecases.skrift.written_since import WrittenSince

ENDS: Final[Mapping[SkriftKind, H]] = {
    SkriftKind.SCREENING: H.SCREENING_AFSLUTTET,
    SkriftKind.AFDAEKNING: H.AFDAEKNING_AFSLUTTET,
    SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE: H.UNDERSOEGELSE_AFSLUTTET,
    SkriftKind.FORELOEBIG_VURDERING: H.FORELOEBIG_VURDERING_SKREVET,
}
"""What has happened when the first version of a kind stands; deadlines are met by it."""

ADOPTS: Final[Mapping[SkriftKind, H]] = {
    SkriftKind.BARNETS_PLAN: H.BARNETS_PLAN_VEDTAGET,
    SkriftKind.UNGEPLAN: H.UNGEPLAN_VEDTAGET,
    SkriftKind.FORAELDREHANDLEPLAN: H.FORAELDREHANDLEPLAN_REVIDERET,
}
"""The same for each version of a plan: a new decision asks for a plan again."""

EXPECTED: Final = (WHOLE, "faerdig")
"""Where a foreløbig vurdering says when the undersøgelse is expected to be finished."""

SAYS: Final[Mapping[SkriftKind, tuple[str, str]]] = {
    SkriftKind.SCREENING: ("udfald", "udfald"),
    SkriftKind.FORELOEBIG_VURDERING: ("ventes_faerdig", EXPECTED[1]),
}
"""What that hændelse says, and the section whose answer it is."""


class NotFinished(CaseworkError):
    """Something that must be there is not written."""

    danish = "Den kan ikke godkendes endnu. Skriv det, der mangler, eller hvorfor det ikke er der."

    def __init__(self, lacking: Sequence[Missing]) -> None:
        super().__init__(", ".join(one.place or one.field for one in lacking))
        self.lacking = lacking
        """What, in the order of the skrift."""


class NeedsLeader(CaseworkError):
    """A leader looks at this kind before it stands."""

    danish = "Fremlæg den for din leder. Den står først, når lederen har set på den."


class HasActsOfItsOwn(CaseworkError):
    """A decision or a follow-up is made and given up by acts that ask what the law does."""

    danish = (
        "En afgørelse træffes, opgives og laves om under »Afgørelser« på sagen, og en opfølgning "
        "under »Opfølgning«."
    )


class NoRemark(CaseworkError):
    """It was sent back without a word."""

    danish = "Skriv, hvad der skal ændres, så rådgiveren ved det."
    field = "bemaerkning"


def present(
    sag: UUID, skrift: UUID, *, product: Skriver, asker: Asker, now: datetime
) -> Sequence[Missing]:
    """Ask for the leader's look, and return what is still lacking: the leader sees it too.

    :raises NotOpen, CaseClosed: see `dubu_plugin.usecases.skrift.on_skrift`.
    :raises NotYours: the policy says no, or there is no such skrift.
    """
    with on_skrift(sag, skrift, product=product, asker=asker, now=now) as here:
        skrifter.present(here.work.connection, here.skrift, by=asker.key, now=now)
        here.happened(H.SKRIFT_FREMLAGT)
        return lacking(here, _said(here), product)


def send_back(
    sag: UUID, skrift: UUID, remark: str, *, product: Skriver, asker: Asker, now: datetime
) -> None:
    """Have something changed before it stands; the remark stands on the skrift meanwhile.

    :raises NoRemark, NotOpen, CaseClosed: see there.
    :raises NotYours: the asker leads nobody who works on it, or there is no such skrift.
    """
    said = cleaned(remark)
    if not said:
        raise NoRemark
    with on_skrift(sag, skrift, product=product, asker=asker, now=now, act=Act.APPROVE) as here:
        skrifter.send_back(here.work.connection, here.skrift, said)
        here.happened(H.SKRIFT_SENDT_TILBAGE)


def approve(
    sag: UUID, skrift: UUID, *, product: Skriver, asker: Asker, now: datetime, read: str = ""
) -> None:
    """Have the version stand as it is. Its first approval meets what the law asks for.

    :param read: the digest of what was on the leader's screen; empty where nothing was.
    :raises WrittenSince: it says something else now.
    :raises NotFinished, NotOpen, CaseClosed: see there.
    :raises NotYours: the asker leads nobody who works on it, or there is no such skrift.
    """
    with on_skrift(sag, skrift, product=product, asker=asker, now=now, act=Act.APPROVE) as here:
        if read and read != tekster.digest(_said(here)):
            raise WrittenSince
        stand(here, product)


def finish(sag: UUID, skrift: UUID, *, product: Skriver, asker: Asker, now: datetime) -> None:
    """Have the version stand where no leader has to look at its kind.

    :raises NeedsLeader, NotFinished, NotOpen, CaseClosed: see there.
    :raises NotYours: the policy says no, or there is no such skrift.
    """
    with on_skrift(sag, skrift, product=product, asker=asker, now=now) as here:
        if here.form.leader:
            raise NeedsLeader
        stand(here, product)


def stand(here: OnSkrift, product: Skriver, **data: JSON) -> None:
    """Have the version stand, in a transaction that is open.

    :param data: what the hændelse that ends the step says besides.
    :raises NotFinished: something that must be there is not written.
    """
    _insist_on_ordinary(here)
    _insist_in_force(here, drafts=False)
    said = _said(here)
    lacks = lacking(here, said, product)
    if lacks:
        raise NotFinished(lacks)
    first = not any(one.approved_at for one in skrifter.versions(here.work.connection,
                                                                 here.skrift.id))  # fmt: skip
    digest = tekster.digest(said)
    here_now = here.work.now
    skrifter.approve(here.work.connection, here.skrift, digest, by=here.work.actor, now=here_now)
    here.happened(H.SKRIFT_GODKENDT, digest=digest)
    ends = ENDS.get(here.skrift.kind)
    if first and ends is H.SCREENING_AFSLUTTET:
        screened(here, {**_answer(here, said), **data})
    elif ends is not None and (first or _is_told_again(here, said)):
        here.happened(ends, **_answer(here, said), **data)
        if ends is H.FORELOEBIG_VURDERING_SKREVET:
            order_expected(
                here.work, here.sag, date.fromisoformat(said[EXPECTED].text),
                here.form.paragraph(unborn=here.skrift.unborn), letters=product.letters,
                municipality=product.settings.municipality,
            )  # fmt: skip
    if first and here.skrift.kind is SkriftKind.HANDICAPUDREDNING:
        udredt(here, said)
    if first and here.skrift.kind is PARENTS:
        here.happened(H.FORAELDREHANDLEPLAN_VEDTAGET, **since_placed(here.work, here.skrift.sag))
    elif here.skrift.kind in ADOPTS:
        here.happened(ADOPTS[here.skrift.kind], **_agreed_for(here, said), **data)
    if not _filed(here, said, product):
        _tell_journal(here)


def _is_told_again(here: OnSkrift, said: Texts) -> bool:
    """Tell whether a later version is told of as the first was.

    An undersøgelse is, that was decided since it last stood, as an opfølgning does; and a foreløbig
    vurdering that expects the undersøgelse to be finished on another day.
    """
    if here.skrift.kind is SkriftKind.FORELOEBIG_VURDERING:
        return said[EXPECTED].version == here.skrift.version
    mine = here.skrift.kind is SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE
    return mine and is_decided(here.work.connection, here.skrift.sag)


def lacking(here: OnSkrift, said: Texts, product: Skriver) -> Sequence[Missing]:
    """Return what must be there and is not."""
    skrift = here.skrift
    method = product.methods.book.method(skrift.method or "", skrift.method_version or "")
    if method is not None and skrift.unborn:
        method = method.before_birth
    words = {at: text.text for at, text in said.items()}
    chosen = tuple(filter(None, words.get((WHOLE, FORHOLD), "").split(",")))
    today = danish_day(here.work.now)
    lacks = missing(here.form, method, words, chosen=chosen, today=today)
    if skrift.kind not in PLANS:
        return lacks
    connection = here.work.connection
    there = maal.of_skrift(connection, skrift.id, said)
    goals = goals_lacking(there, skrift.kind, today)
    return [*goals, *lacks, *family_lacking(connection, skrift, words)]


def begin_version(sag: UUID, skrift: UUID, *, product: Skriver, asker: Asker, now: datetime) -> int:
    """Begin a new version that says all the last one does, and return its number.

    A version that is written in already is the new one.

    :raises CarriedOn: what grew from it is written in instead; see `begin.follower`.
    :raises HasUngeplan: it is a barnets plan, and an ungeplan is in place of it.
    :raises GrownUp: it is a plan the young person is too old for.
    :raises CaseClosed: the case is closed.
    :raises NotYours: the policy says no, or there is no such skrift.
    """
    with on_skrift(sag, skrift, product=product, asker=asker, now=now, is_open=False) as here:
        _insist_on_ordinary(here)
        if here.skrift.is_open:
            return here.skrift.version
        if follower(here.work.connection, here.skrift) is not None:
            raise CarriedOn
        _insist_in_force(here)
        _insist_on_age(here)
        again = anew(here.work, here.sag, here.skrift)
        if here.skrift.state is SkriftState.OPGIVET:
            carried_again(here.work, here.sag, again, product)
            decide(here.work, here.sag, again)
        return again.version


def give_up(sag: UUID, skrift: UUID, *, product: Skriver, asker: Asker, now: datetime) -> None:
    """Leave it unfinished. What is written stays; a new version takes it up again.

    What it grew from, and was written in no more, is written in again, with what was written here.
    What was screened by its beginning alone, or by the assessment that decided it, is to be
    screened again.

    Where an earlier version stands, only the new one is left, and the earlier stands as it did.

    :raises NotOpen, CaseClosed: see there.
    :raises NotYours: the policy says no, or there is no such skrift.
    """
    with on_skrift(sag, skrift, product=product, asker=asker, now=now) as here:
        _insist_on_ordinary(here)
        skrifter.give_up(here.work.connection, here.skrift)
        here.happened(H.SKRIFT_OPGIVET)
        if here.skrift.kind is SkriftKind.BOERNEFAGLIG_UNDERSOEGELSE:
            here.happened(H.UNDERSOEGELSE_OPGIVET)
        left = skrifter.by_id(here.work.connection, skrift)
        if left is not None and left.state is SkriftState.OPGIVET:
            unscreened(here.work, here.sag, left, LEADS_TO.get(left.kind, ""))
            carried_back(here.work, here.sag, left, product)
        _tell_journal(here, "opgivet")


def _insist_in_force(here: OnSkrift, *, drafts: bool = True) -> None:
    """Refuse a barnets plan that an ungeplan is in place of (§ 108)."""
    if here.skrift.kind is not SkriftKind.BARNETS_PLAN:
        return
    connection = here.work.connection
    child = personer.by_id(connection, here.sag.child_id)
    insist_in_force(
        skrifter.of_sag(connection, here.sag.id, SkriftKind.UNGEPLAN),
        child.born if child else None, danish_day(here.work.now), drafts=drafts,
    )  # fmt: skip


def _insist_on_age(here: OnSkrift) -> None:
    """Refuse a plan from eighteen (§§ 91 and 108)."""
    connection = here.work.connection
    child = personer.by_id(connection, here.sag.child_id)
    insist_on_age(
        connection, here.sag.id, here.skrift.kind, child.born if child else None,
        danish_day(here.work.now),
    )  # fmt: skip


def _insist_on_ordinary(here: OnSkrift) -> None:
    if here.skrift.kind in OF_THEIR_OWN:
        raise HasActsOfItsOwn


def _said(here: OnSkrift) -> Texts:
    return tekster.read(here.work.connection, here.skrift.id, here.skrift.version)


def _answer(here: OnSkrift, said: Texts) -> Mapping[str, JSON]:
    fact, name = SAYS.get(here.skrift.kind, ("", ""))
    return {fact: said[WHOLE, name].text} if fact else {}


def _agreed_for(here: OnSkrift, said: Texts) -> Mapping[str, JSON]:
    """Return whom a plan of children has goals for, as its hændelse says it."""
    if here.skrift.kind is PARENTS:
        return {}
    goals = maal.of_skrift(here.work.connection, here.skrift.id, said)
    return {CHILDREN: [str(one) for one in dict.fromkeys(goal.person for goal in goals)]}


def _filed(here: OnSkrift, said: Texts, product: Skriver) -> bool:
    """Have the document filed, which brings the note with it; tell whether the kind has one."""
    skrift = here.skrift
    if skrift.kind in PLANS:
        order_plan(
            here.work, here.sag, skrift, said, form=here.form, letters=product.letters,
            municipality=product.settings.municipality, catalogue=product.indsatser,
        )  # fmt: skip
        return True
    method = product.methods.book.method(skrift.method or "", skrift.method_version or "")
    ordered = order_skrift(
        here.work, here.sag, skrift, said, form=here.form, method=method,
        letters=product.letters, municipality=product.settings.municipality,
    )  # fmt: skip
    return ordered is not None


def _tell_journal(here: OnSkrift, what: str = "færdig") -> None:
    """Have the journal get the note nobody has to write, where no document brings it."""
    skrift = here.skrift
    here.work.tell(
        "add_note",
        lane=sag_lane(skrift.sag),
        key=op_key(skrift.id, f"{what}:{skrift.version}"),
        payload={
            "sag": str(skrift.sag),
            "title": f"{here.form.title} er {what}",
            "body": f"Version {skrift.version}. {here.form.law}.",
            "occurred_at": here.work.now.isoformat(),
        },
    )
