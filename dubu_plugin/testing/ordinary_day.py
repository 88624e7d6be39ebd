"""An ordinary Monday in the made-up municipality: what the pages look like when they are used."""

import shutil
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from dubu_plugin.domain.haendelser import Haendelse
from dubu_plugin.testing import town as towns
from dubu_plugin.testing.fake_ports import ANDERS, HENRIK, KAREN, METTE
from dubu_plugin.testing.town import Town

NOW: Final = datetime(2026, 3, 2, 12, 5, tzinfo=UTC)
"""Monday 2 March 2026 at 13.05 in Denmark."""

ALMA_TEXT: Final = """\
Prøvestrup Skole underretter om Alma Testvad, 3. b. Alma har siden november haft et stigende fravær,
i februar 21 pct., heraf 18 pct. ulovligt. Hun kommer ofte 20–40 minutter for sent, er træt og har
flere gange ikke haft madpakke.

Hun har fortalt klasselæreren, at hun ”passer på Viggo og mor”. Der er begyndende konflikter i
frikvartererne, og Alma trækker sig fra sin bedste veninde.

Vi har holdt to møder med mor, som græder og fortæller, at hun er deprimeret og alene. Far møder
sjældent op. Vi har aftalt morgenkald og frugt på skolen, men det har ikke vendt udviklingen. Vi er
ikke bekendt med vold. Mor er orienteret om underretningen i dag.
"""


@dataclass(frozen=True, slots=True)
class Day:
    """The day, and what tests ask for by name."""

    town: Town
    alma: UUID
    viggo: UUID
    alma_underretning: UUID
    unknown_underretning: UUID
    ida_underretning: UUID
    ida_sag: UUID
    noah_sag: UUID
    noah_underretning: UUID
    closed_sag: UUID
    post: UUID
    elias_sag: UUID
    freja_underretning: UUID


def build(folder: Path, **settings: Any) -> Day:
    """Return the day in a database of its own."""
    town = towns.build(folder, NOW, **settings)

    mother = town.person(
        "Sanne Testvad", born=date(1988, 5, 4), address="Testvej 12, 9999 Prøvestrup"
    )
    father = town.person(
        "Michael Prøvesen", born=date(1986, 2, 9), address="Demoallé 3, 9999 Prøvestrup"
    )
    alma = town.person(
        "Alma Testvad",
        born=date(2016, 12, 3),
        cpr="0312164994",
        address="Testvej 12, 9999 Prøvestrup",
    )
    viggo = town.person(
        "Viggo Prøvesen",
        born=date(2021, 12, 2),
        cpr="0212214991",
        address="Testvej 12, 9999 Prøvestrup",
    )
    alva = town.person("Alva Testvang", born=date(2015, 8, 14), cpr="1408154990")
    farmor = town.person("Birthe Prøvesen", born=date(1958, 6, 7))
    for child in (alma, viggo):
        town.tie(child, mother, "mor", "barn")
        town.tie(child, father, "far", "barn")
        town.tie(child, farmor, "bedsteforaelder", "barnebarn")
    town.tie(alma, viggo, "soeskende", "soeskende")

    _earlier(town, viggo, ago(days=47), "Børnehave ringede om sen afhentning.", "3")
    alma_underretning = town.underretning(
        _unwrapped(ALMA_TEXT), child=alma,
        likely={alma: (93, "cpr,navn"), alva: (18, "navn_ligner,alder")},
        concerns=("3", "17", "14"), received_at=datetime(2026, 3, 2, 8, 14, tzinfo=UTC),
        responsible=KAREN,
        name="Tove Demosen",
        attachments=[("Fravær februar.pdf", "application/pdf", b"%PDF-1.4 fravaer", "laest")],
    )  # fmt: skip

    noah = town.person("Noah Testlund", born=date(2014, 10, 1), cpr="0110144996")
    noah_sag = town.sag(
        noah,
        title="Særlig støtte",
        number="27.24.00-G01-61-26",
        responsible=KAREN,
        opened_at=ago(days=20),
    )
    noah_underretning = _assessed(town, noah, noah_sag, ago(days=5, hours=2), "2")

    ida = town.person("Ida Demobæk", born=date(2019, 7, 26), cpr="2607194992")
    ida_mother = town.person("Lene Demobæk", born=date(1990, 3, 11))
    town.tie(ida, ida_mother, "mor", "barn")
    ida_sag = town.sag(
        ida,
        number="27.24.00-G01-9-26",
        responsible=METTE,
        step="indsats",
        has_indsats=True,
        opened_at=ago(days=300),
        handled_by=(KAREN, METTE),
    )
    ida_underretning = town.underretning(
        "Naboen hører Ida græde om natten og fortæller, at hendes mors kæreste har slået hende.",
        child=ida, sag=ida_sag, likely={ida: (93, "cpr,navn")}, received_at=ago(hours=21.5),
        underretter="13", pligt="135", organisation=None, name="Ulla Prøvekær", concerns=("7",),
        overgreb="andre", responsible=KAREN, orienteret="nej", channel="telefon",
    )  # fmt: skip

    town.underretning(
        "Tre børn på legepladsen ved Prøveparken, den yngste uden sko.",
        received_at=ago(hours=2),
        underretter="8",
        pligt="135",
        organisation=None,
        name=None,
        anonymous=True,
        channel="telefon",
    )
    unknown_underretning = town.underretning(
        "", received_at=ago(hours=26), organisation="Demo Sygehus", underretter="4",
        needs="krypteret_fil", channel="e-mail",
        attachments=[("Journal.pdf", "application/pdf", b"%PDF-1.7 laast", "krypteret"),
                     ("setup.exe", "application/octet-stream", b"MZ", "farlig"),
                     ("Film.mov", "video/quicktime", None, "for_stor")],
    )  # fmt: skip

    freja = town.person("Freja Prøvelund", born=date(2003, 2, 17), cpr="1702034990")
    unborn = town.person("Ufødt barn af Freja Prøvelund", due_date=date(2026, 9, 28), mother=freja)
    town.tie(unborn, freja, "mor", "barn")
    freja_underretning = town.underretning(
        "Freja, 23 år, er gravid i uge 16 med første barn. Termin 28.9.2026. Hun fortæller, at hun "
        "selv var anbragt som barn, og at hun bor skiftevis hos en veninde og sin mor.",
        child=unborn, child_state="ufoedt", received_at=ago(hours=1.5), underretter="4",
        organisation="Demo Sygehus, svangreambulatoriet", name="Jordemoder Pia Demoholt",
        concerns=("9", "11", "15"), responsible=METTE,
    )  # fmt: skip

    emil = town.person("Emil Demodal", born=date(2018, 6, 21), cpr="2106184990")
    town.underretning(
        "Emil har autisme og epilepsi. Jeg er nødt til at gå ned i tid.",
        child=emil,
        henvendelse="ansoegning",
        received_at=ago(days=1),
        underretter=None,
        pligt=None,
        organisation=None,
        name="Katrine Demodal",
        concerns=(),
        responsible=KAREN,
    )

    elias = town.person(
        "Elias Demohøj",
        born=date(2022, 11, 20),
        cpr="2011224993",
        protected=True,
        address="Hemmelig 1, 9999 Prøvestrup",
    )
    elias_sag = town.sag(
        elias,
        number="27.24.21-G01-4-25",
        responsible=KAREN,
        protected=True,
        step="indsats",
        opened_at=ago(days=400),
    )
    _assessed(town, elias, elias_sag, ago(days=12), "9", receipt=False)
    for name, born, days, code in (
        ("Sofia Prøvekær", date(2009, 9, 30), 3, "2"),
        ("Malthe Prøvested", date(2011, 5, 16), 4, "6"),
        ("Luna Testrup", date(2013, 8, 2), 1, "5"),
        ("Clara Demoskov", date(2008, 10, 9), 2, "4"),
    ):
        child = town.person(name, born=born)
        sag = town.sag(child, number=f"27.24.00-G01-{days}{code}-26", opened_at=ago(days=days))
        _assessed(town, child, sag, ago(days=days), code)
    other = town.person("Anton Prøvevang", born=date(2017, 11, 3))
    sag = town.sag(other, responsible=ANDERS, unit="nord", opened_at=ago(days=9))
    _assessed(town, other, sag, ago(days=9), "1", responsible=ANDERS, unit="nord")
    gone = town.person("Nova Prøvelund", born=date(2012, 4, 9))
    closed_sag = town.sag(gone, number="27.24.00-G01-3-24", phase="closed", step="vurderet")
    post = town.loose_post("Ukendt afsender <nogen@post.example>", needs="ukendt_slags")
    return Day(
        town=town,
        alma=alma,
        viggo=viggo,
        alma_underretning=alma_underretning,
        unknown_underretning=unknown_underretning,
        ida_underretning=ida_underretning,
        ida_sag=ida_sag,
        noah_sag=noah_sag,
        noah_underretning=noah_underretning,
        closed_sag=closed_sag,
        post=post,
        elias_sag=elias_sag,
        freja_underretning=freja_underretning,
    )


def copied(day: Day, folder: Path) -> Day:
    """Return the same day once more, in a folder of its own. Nobody may be using the first one."""
    shutil.copytree(day.town.folder, folder, dirs_exist_ok=True)
    town = towns.opened(folder, NOW)
    town.persons.people.update(day.town.persons.people)
    return replace(day, town=town)


def _unwrapped(text: str) -> str:
    return "\n\n".join(" ".join(block.split()) for block in text.split("\n\n"))


def ago(*, days: float = 0, hours: float = 0) -> datetime:
    """Return a moment before the day's own."""
    return NOW - timedelta(days=days, hours=hours)


def _earlier(town: Town, child: UUID, at: datetime, text: str, source: str) -> None:
    number = town.underretning(
        text,
        child=child,
        received_at=at,
        underretter=source,
        organisation="Demobørnehaven",
        name=None,
    )
    _assess(town, number, child, None, at + timedelta(hours=3), "intet", receipt=True, told=True)


def _assessed(
    town: Town,
    child: UUID,
    sag: UUID,
    at: datetime,
    source: str,
    *,
    responsible: str = KAREN,
    unit: str = "modtagelse",
    receipt: bool = False,
) -> UUID:
    number = town.underretning(
        "En bekymring.",
        child=child,
        sag=sag,
        received_at=at,
        underretter=source,
        responsible=responsible,
        unit=unit,
        organisation=None,
        name=None,
    )
    _assess(town, number, child, sag, at + timedelta(hours=4), "screening", receipt=receipt)
    return number


def _assess(
    town: Town,
    number: UUID,
    child: UUID,
    sag: UUID | None,
    at: datetime,
    step: str,
    *,
    receipt: bool,
    told: bool = False,
) -> None:
    town.assess(number, at=at, next_step=step, child=child, sag=sag)
    if receipt:
        town.happened(
            Haendelse.KVITTERING_SENDT, underretning=number, sag=sag, person=child, occurred_at=at
        )
    if told:
        town.happened(
            Haendelse.UNDERRETTER_ORIENTERET,
            underretning=number,
            sag=sag,
            person=child,
            occurred_at=at,
        )


__all__ = ["ANDERS", "HENRIK", "KAREN", "METTE", "NOW", "Day", "build"]
