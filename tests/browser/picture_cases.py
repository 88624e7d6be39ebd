"""Cases the pictures of the guide are of, each as far as its picture needs."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

import sqlalchemy as sa

from dubu_plugin.domain.danish import danish_day
from dubu_plugin.domain.gates.begins import Before, Decider
from dubu_plugin.domain.skrift import FORHOLD, SkriftKind, place_of_maal
from dubu_plugin.store import staff
from dubu_plugin.store.plan import maal
from dubu_plugin.store.skrift import tekster
from dubu_plugin.store.skrift.tekster import Written
from dubu_plugin.store.tables import letters
from dubu_plugin.testing.fake_ports import KAREN, STAFF, UNITS
from dubu_plugin.testing.ordinary_day import Day
from dubu_plugin.usecases.afgoerelse import hear
from dubu_plugin.usecases.afgoerelse.prepare import prepare
from dubu_plugin.usecases.plan.begin_plan import Wanted, begin_plan
from dubu_plugin.usecases.plan.keep_plan import Kept, keep
from dubu_plugin.usecases.upkeep.leave_to_unit import leave_to_unit
from tests.usecases.afgoerelse.bench import Bench
from tests.usecases.indsats.desk import Desk as Help
from tests.usecases.skrift.desk import Desk
from tests.web.leder.applications import complain, lay

WEEKS: Final = 8
"""What an answer may take where the municipality has not said."""
SCHOOL, HEALTH = "dagtilbud_skole_laering", "sundhedsforhold"
LOOKED_INTO: Final = {
    "beskrivelse": "Noah går i 5. klasse. Fra januar er han kommet for sent tre dage om ugen.",
    "ressourcer": "Noah er glad for dansk og har to gode kammerater.",
    "udfordringer": "Han er træt om morgenen og har svært ved matematik.",
    "barnets_syn": "»Jeg vil ikke komme ind, når alle sidder ned.«",
}
YOUNG: Final = {
    "formaal": "At Aya bor trygt, går i skole og er klar til at klare sig selv, når hun er 18.",
    "varighed": "Til hun er 18 år",
    "barnets_oensker": "Jeg vil gerne være frisør og bo tæt på min mormor.",
    "uddannelse": "Aya begynder på grundforløbet i august. Uu-vejlederen hjælper med at søge.",
    "beskaeftigelse": "Aya har et job i en frisørsalon om lørdagen.",
    "bolig": "Hun skrives op til en ungdomsbolig, når hun er 17.",
    "deltagelse": "Aya og hendes mor talte planen igennem med os i marts. Begge er enige i den.",
    "efter_18": "Vi søger ungestøtte, så hun beholder sin kontaktperson.",
}
GOAL: Final = {
    "barnets_ord": "Jeg vil kunne betale mine egne regninger.",
    "mit_maal": "Jeg vil kunne styre mine egne penge.",
    "de_voksne": "Min kontaktperson laver budget sammen med mig.",
    "hvem_goer_hvad": "Kontaktpersonen øver budget med Aya hver måned.",
    "indikator": "Regninger, der er betalt til tiden",
    "start": "1 af 4",
    "oensket": "4 af 4",
}


def looked_into(day: Day) -> Mapping[str, UUID]:
    """An afdækning of two parts of a child's life, one of them written."""
    desk = Desk(day.town, day.noah_sag)
    its = desk.begun(SkriftKind.AFDAEKNING)
    method = day.town.product.methods.book.method(its.method or "", its.method_version or "")
    assert method is not None
    codes = [one for one in (SCHOOL, HEALTH) if one in method.by_code]
    desk.put(its, **{FORHOLD: ",".join(codes)})
    desk.put_at(its, {(SCHOOL, name): text for name, text in LOOKED_INTO.items()})
    return {"afdaekket": day.noah_sag, "afdaekning": its.id}


def young(day: Day) -> Mapping[str, UUID]:
    """The ungeplan of somebody of sixteen, with what comes after the eighteenth birthday."""
    town = day.town
    today = danish_day(town.now)
    aya = town.person("Aya Prøvelund", born=date(today.year - 16, 1, 14))
    sag = town.sag(aya, step="indsats", has_indsats=True)
    desk = Desk(town, sag)
    wanted = [Wanted(None, "Aya kan styre sin egen økonomi")]
    plan = begin_plan(sag, SkriftKind.UNGEPLAN, wanted, **desk.act())
    with town.product.store.read() as connection:
        said = tekster.read(connection, plan.id, plan.version)
        [goal] = maal.of_skrift(connection, plan.id, said)
    written = {("", name): Written(text, 0) for name, text in YOUNG.items()}
    place = place_of_maal(goal.id)
    written |= {(place, name): Written(text, 0) for name, text in GOAL.items()}
    keep(sag, plan.id, Kept(written, {}), **desk.act())
    return {"ung": sag, "ungeplan": plan.id}


def placed(day: Day) -> Mapping[str, UUID]:
    """A child that lives with foster parents."""
    help_, its = _placed(day, "anbringelse_samtykke", Decider.KOMMUNEN)
    return {"anbragt": help_.sag, "anbringelse": its}


def again(day: Day) -> Mapping[str, UUID]:
    """A placement without consent that the committee is to look at again."""
    help_, _ = _placed(day, "anbringelse_uden", Decider.UDVALGET, votes=5)
    number = prepare(help_.sag, "opretholdelse", **help_.act())
    return {"tvang": help_.sag, "igen": number}


def came_back(day: Day) -> Mapping[str, UUID]:
    """A hearing whose letter to the mother is posted."""
    bench, today = Bench(day.town), danish_day(day.town.now)
    decision = bench.prepared()
    hearing = bench.part(decision, bench.mother)
    about = {"om": Written("Familiebehandling fire timer om ugen.", 0)}
    due = today + timedelta(days=14)
    hear.send(bench.sag, decision, hearing, about, due, **bench.act())
    product, mine = day.town.product, letters.c.code == "partshoering"
    with product.store.write(actor="system", now=day.town.now) as work:
        pdf = {"pdf_sha256": product.blobs.put(b"%PDF-1.4 brev")}
        work.connection.execute(sa.update(letters).where(mine).values(pdf))
        letter = work.connection.scalars(sa.select(letters.c.id).where(mine)).one()
    bench.posted(letter)
    return {"hoert": bench.sag, "retur": letter}


def left(day: Day) -> Mapping[str, UUID]:
    """A caseworker who has left, and whose cases nobody has."""
    gone = [replace(one, active=one.key != KAREN) for one in STAFF]
    with day.town.product.store.write(actor="system", now=day.town.now) as work:
        staff.refresh(work, gone, UNITS)
    leave_to_unit(day.town.product, day.town.now)
    return {}


def _placed(day: Day, code: str, by: Decider, **more: Any) -> tuple[Help, UUID]:
    help_ = Help(day.town)
    day.town.tie(help_.alma, help_.mother, "mor", "barn")
    today = danish_day(day.town.now)
    its = help_.begun(
        code, place="almen_plejefamilie", reason="omsorgssvigt", place_name="Familien Prøvegård",
        starts_on=today, amount=None, per="",
        before=Before(on=today, by=by, paper="Dokument 7 i journalen", **more),
    )  # fmt: skip
    return help_, its.id


def answered(day: Day) -> Mapping[str, UUID]:
    """Applications of a quarter, answered as they are answered; one is complained of."""
    for took, outcome in ((12, "medhold"), (25, "medhold"), (41, "delvist"), (60, "afslag")):
        number = lay(day, took=took, outcome=outcome, late=took > WEEKS * 7)
    complain(day, number, state="afgjort", ruling="hjemvist", ruled_on=date(2026, 2, 27))
    for took in (9, 33, 20):
        lay(day, matter="kompensation", text="Merudgifter til diæt.", took=took)
    lay(day, matter="ledsagelse", text="Vi søger om ledsagelse.", outcome="delvist", took=17)
    lay(day, answered=False, took=58)
    return {}


CASES: Final[Mapping[str, Callable[[Day], Mapping[str, UUID]]]] = {
    "{afdaekket}": looked_into,
    "{ung}": young,
    "{anbragt}": placed,
    "{tvang}": again,
    "{retur}": came_back,
    "/sager/ingen-har": left,
    "/overblik/ansoegninger": answered,
}
"""How what an address names is made, by what stands in the address."""
