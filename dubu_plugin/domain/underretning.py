"""The words an underretning is registered in.

Sources: barnets lov §§ 132, 133, 135-138; notifier codes as Danmarks Statistik publishes them
(UND1); the three groups of concerns are those of the national case system, their texts those of
Danmarks Statistik's list of causes (ANBAAR10). Code lists change, so rows carry dates.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


class Henvendelse(StrEnum):
    """What sort of thing came in through the door."""

    UNDERRETNING = "underretning"
    """Barnets lov §§ 133 and 135."""
    MELLEMKOMMUNAL = "mellemkommunal"
    """An underretning from the municipality the family moved from, barnets lov § 132."""
    ANSOEGNING = "ansoegning"
    """An application for support; no 24-hour clock."""
    ANDET = "andet"
    """Anything else a person has looked at and registered as such."""


class Pligt(StrEnum):
    """What duty the notifier acted under."""

    MELLEMKOMMUNAL = "132"
    FAGPERSON = "133"
    ALLE = "135"


class Fare(StrEnum):
    """Whether the child's health or development is in danger now (barnets lov § 136, stk. 2)."""

    AKUT = "akut"
    IKKE_AKUT = "ikke_akut"


class NaesteSkridt(StrEnum):
    """What the assessment leads to."""

    INTET = "intet"
    SCREENING = "screening"
    AFDAEKNING = "afdaekning"
    BFU = "boernefaglig_undersoegelse"
    AKUT = "akut"


class Overgreb(StrEnum):
    """Whether abuse is suspected, and by whom; decides about the conversation (§ 137, stk. 3)."""

    NEJ = "nej"
    ANDRE = "andre"
    FORAELDRE = "foraeldre"


UNBORN: Final = "ufoedt"
"""What hændelser say of abuse where the child is not born: nobody can be talked with yet, and what
is looked into is the expectant parents' circumstances (§§ 24-27, and not § 20)."""


def told_abuse(abuse: Overgreb, *, unborn: bool) -> str:
    """Return what a hændelse says of abuse, so that the rules ask for what the law does."""
    return UNBORN if unborn and abuse is not Overgreb.NEJ else abuse


class Orienteret(StrEnum):
    """Whether the notifier has told the family."""

    JA = "ja"
    NEJ = "nej"
    NEJ_OVERGREB = "nej_mistanke_om_overgreb"
    UOPLYST = "uoplyst"


@dataclass(frozen=True, slots=True)
class Underretter:
    """A type of notifier."""

    code: str
    title: str
    pligt: Pligt | None = None
    """The duty this type usually acts under; None where it may be one or another. The caseworker
    decides."""
    first_day: date = date(2011, 1, 1)
    last_day: date | None = None

    def in_use(self, on: date) -> bool:
        """Tell whether the code can be chosen for something received on this Danish day."""
        return self.first_day <= on and (self.last_day is None or on <= self.last_day)


ANONYM: Final = "8"

UNDERRETTERE: Final = (
    Underretter("1", "Anden kommune eller anden kommunal forvaltning", Pligt.MELLEMKOMMUNAL),
    Underretter("2", "Skole eller andet uddannelsessted", Pligt.FAGPERSON),
    Underretter(
        "3", "Dagpleje, daginstitution, fritidshjem, ungdomsklub eller SFO", Pligt.FAGPERSON
    ),
    Underretter("4", "Sundhedsvæsenet", Pligt.FAGPERSON),
    Underretter("5", "Sundhedsplejerske eller tandlæge", Pligt.FAGPERSON),
    Underretter("6", "Politi eller domstol", Pligt.FAGPERSON),
    Underretter(
        "7", "Familie, barnet selv eller bekendte", Pligt.ALLE, last_day=date(2023, 12, 31)
    ),
    Underretter("12", "Barnet eller den unge selv", Pligt.ALLE, first_day=date(2024, 1, 1)),
    Underretter("13", "Familie eller bekendte", Pligt.ALLE, first_day=date(2024, 1, 1)),
    Underretter(ANONYM, "Anonym", Pligt.ALLE),
    Underretter("9", "Anbringelsessted", Pligt.FAGPERSON),
    Underretter(
        "10",
        "Forening, frivillig organisation, krise-, misbrugs- eller asylcenter",
        Pligt.FAGPERSON,
    ),
    Underretter("11", "Andre"),
    Underretter("99", "Uoplyst"),
)

SOURCES: Final[Mapping[str, str]] = {
    "1": "en anden kommune eller forvaltning",
    "2": "skolen",
    "3": "dagtilbuddet",
    "4": "sundhedsvæsenet",
    "5": "sundhedsplejen eller tandlægen",
    "6": "politiet eller en domstol",
    "7": "familie eller bekendte",
    "8": "en anonym underretter",
    "9": "anbringelsesstedet",
    "10": "en forening eller et center",
    "11": "andre",
    "12": "barnet selv",
    "13": "familie eller bekendte",
    "99": "uoplyst",
}
"""The codes of `UNDERRETTERE`, as they read after »fra«."""


def usual_duty(code: str | None) -> Pligt | None:
    """Return the duty a type of notifier usually acts under; None where nothing can be said.

    Only ever a suggestion: of those in code 1 a jobcenter acts under § 133, another municipality
    under § 132.
    """
    return next((row.pligt for row in UNDERRETTERE if row.code == code), None)


class Gruppe(StrEnum):
    """The three groups of concerns."""

    BARN = "barn"
    HJEM = "hjem"
    ANDET = "andet"


@dataclass(frozen=True, slots=True)
class Bekymring:
    """A concern an underretning can name."""

    code: str
    gruppe: Gruppe
    title: str
    words: tuple[str, ...] = ()
    """Beginnings of words that suggest it when they stand in the text. A suggestion, no more.

    ``…`` stands for up to four words: »bliver hver aften slået«.
    """
    first_day: date = date(2014, 1, 1)
    last_day: date | None = None

    def in_use(self, on: date) -> bool:
        """Tell whether the concern can be chosen for something received on this Danish day."""
        return self.first_day <= on and (self.last_day is None or on <= self.last_day)


_PARENTS: Final = ("far", "stedfar", "papfar", "mor", "stedmor", "faderen", "moderen")
_TOUCHES: Final = (
    "rører ved", "rører ham", "rører hende", "har rørt ved", "befamler", "krænker", "har krænket",
)  # fmt: skip

BEKYMRINGER: Final = (
    Bekymring(
        "3", Gruppe.BARN, "Skole- og uddannelsesproblemer, fx fravær",
        ("fravær", "skolefravær", "skolevægr", "pjæk", "kommer ikke i skole"),
    ),
    Bekymring(
        "6", Gruppe.BARN, "Barnets sundhed",
        ("undervægt", "overvægt", "kronisk syg", "ubehandlet", "vægttab",
         "ikke vil leve", "vil ikke leve", "lyst til at leve", "selvmordstank"),
    ),
    Bekymring(
        "4", Gruppe.BARN, "Bekymrende adfærd, fx udadreagerende",
        ("udadreager", "slår andre", "slår de andre", "voldsom adfærd", "selvskad", "stikker af",
         "skærer i sig", "skærer sig", "cutter"),
    ),
    Bekymring(
        "5", Gruppe.BARN, "Betydelig og varigt nedsat funktionsevne",
        ("autis", "epilep", "handicap", "udviklingshæm", "cerebral"),
    ),
    Bekymring("1", Gruppe.BARN, "Barnets misbrug", ("den unge drikker", "den unge ryger hash")),
    Bekymring("2", Gruppe.BARN, "Barnets kriminalitet", ("sigtet for", "tyveri", "hærværk")),
    Bekymring(
        "7", Gruppe.BARN, "Overgreb begået af andre end forældrene",
        ("overgreb", "seksuelt krænk", "krænket seksuelt", "krænket ham seksuelt",
         "krænket hende seksuelt", "voldtag", "voldtæg", "rører ved ham", "rører ved hende",
         "rører ved barnet", "rørt ved ham", "rørt ved hende", "befamle"),
    ),
    Bekymring(
        "18", Gruppe.HJEM, "Overgreb begået af forældrene",
        (
            "slår ham", "slår hende", "slår barnet", "slår børnene", "slår sin datter",
            "slår sin søn", "slår sit barn", "slår sine børn", "slå ham", "slå hende",
            "slå barnet", "slå børnene", "slået af", "slået hjemme", "slået derhjemme",
            "bliv … slået", "blev … slået",
            "banker ham", "banker hende", "banker barnet", "banker børnene", "banke ham",
            "banke hende", "bliv … banket", "blev … banket", "tæsk", "får tæv", "får bank",
            "lussing", "blå mærker", "slået i", "sparker ham", "sparker hende", "sparker barnet",
            "ryster ham", "ryster hende", "ryster barnet", "ryster baby", "hårdt fat i",
            "låst inde", "låser ham inde", "låser hende inde", "voldelig over for børn",
            "voldelig over for barn", "voldelig over for ham", "vold mod børn", "vold mod barn",
            "vold af sin", "vold af mor", "vold af far", "vold af sted", "vold af foræld",
            "vold fra sin", "vold fra mor", "vold fra far", "vold fra sted", "vold fra foræld",
            "vold … fra sin", "vold … fra mor", "vold … fra far", "vold … fra sted",
            *(f"{who} {act}" for who in _PARENTS for act in _TOUCHES),
        ),
    ),
    Bekymring(
        "14", Gruppe.HJEM, "Utilstrækkelig omsorg",
        (
            "madpakke", "manglende omsorg", "passer på", "sen afhentning", "efter lukketid",
            "sulten", "tyndt klædt", "går for lud", "alene på", "alene hjemme", "stå alene",
            "mad derhjemme",
        ),
    ),
    Bekymring("8", Gruppe.HJEM, "Anden form for omsorgssvigt", ("omsorgssvigt", "vanrøgt")),
    Bekymring(
        "17", Gruppe.HJEM, "Forældres sundhed",
        ("deprim", "depress", "psykisk syg", "selvmord", "indlagt på psykiatri"),
    ),
    Bekymring(
        "9", Gruppe.HJEM, "Forældres misbrug",
        ("hash", "alkohol", "misbrug", "beruset", "drikker", "spiritus", "stoffer",
         "piller", "er påvirkede", "påvirket når", "møder påvirket"),
    ),
    Bekymring("10", Gruppe.HJEM, "Forældres kriminalitet", ("i fængsel", "fængslet", "varetægt")),
    Bekymring("11", Gruppe.HJEM, "Anden bekymrende adfærd hos forældre", ("anbragt som barn",)),
    Bekymring("12", Gruppe.HJEM, "Forældres betydeligt eller varigt nedsatte funktionsevne"),
    Bekymring(
        "13", Gruppe.HJEM, "Højt konfliktniveau eller vold mellem voksne",
        ("skænd", "råbe", "vold i hjemmet", "vold mellem", "partnervold", "konflikter i hjemmet",
         "voldelig over for mor", "voldelig over for far", "truer mor", "truer far", "slår mor",
         "slår far", "slået mor", "slog mor"),
    ),
    Bekymring(
        "15", Gruppe.HJEM, "Fogedsag, hjemløshed eller udsættelse fra bolig",
        ("hjemløs", "udsættelse", "fogedsag", "bor skiftevis", "bor ustabil", "sat ud af"),
    ),
    Bekymring(
        "aeres", Gruppe.ANDET, "Æresrelateret konflikt eller negativ social kontrol",
        ("æresrelat", "social kontrol", "tvangsægte", "genopdragelse"), date(2022, 1, 1),
    ),
    Bekymring("16", Gruppe.ANDET, "Andet"),
)  # fmt: skip
"""The words are the phrases of ordinary underretninger; each is how a word or several begin."""

OVERGREB: Final = {"7": Overgreb.ANDRE, "18": Overgreb.FORAELDRE}
"""Concerns that say abuse, and by whom: choosing one makes the conversation of § 137 due."""
