"""A child is found by its name however an ordinary person writes it; who writes is not the child.

Each line is a text as it comes, and the children it should lead to out of a made-up address book.
"""

from datetime import date

import pytest

from dubu_plugin.domain.match import Candidate, Likely, fits, ranked
from dubu_plugin.domain.names_said import names_in
from dubu_plugin.domain.sought import sought_in

ON = date(2026, 3, 2)


def child(name: str, address: str = "", born: date = date(2017, 5, 4)) -> Likely:
    return Likely(name, name, None, born, address)


BOOK = [
    child("Liva Demodal", "Demovænget 22, 9999 Prøvestrup"),
    child("Emil Demodal", "Demovænget 22, 9999 Prøvestrup", date(2019, 7, 26)),
    child("Noah Testlund", "Testparken 14, 2. th, 9999 Prøvestrup", date(2015, 8, 21)),
    child("Sara Testlund", "Testparken 14, 3. tv, 9999 Prøvestrup"),
    child("Søren Ærø Prøvegård", "Åsen 3, 9999 Prøvestrup"),
    child("Anne-Sofie Prøve-Demoholt", "Bispebuen 5, 9999 Prøvestrup"),
    child("Jens Demofris"),
    child("Line Testborg"),
    child("Åse Prøveøst", "Store Prøvegade 7, 9999 Prøvestrup"),
    child("Ali el Testi"),
]


def found(text: str, **more: tuple[str, ...]) -> list[Candidate]:
    sought = sought_in(text, **more)
    return ranked(fits(one, sought, on=ON) for one in BOOK)


def led_to(text: str, **more: tuple[str, ...]) -> list[str]:
    return [one.person.name.split()[0] for one in found(text, **more)]


@pytest.mark.parametrize(
    ("text", "first"),
    [
        # the next sentence is no part of the name
        ("Underretning om Noah Testlund. Han er bange for sin far.", "Noah"),
        ("Underretning om Liva Demodal. Hun fortæller, at far slår.", "Liva"),
        ("Underretning om Liva Demodal. Mor er syg.", "Liva"),
        ("Underretning om Liva Demodal Mor er syg.", "Liva"),
        # nothing says that a name comes
        ("Nabo ringer. Liva Demodal, Demovænget 22, bliver slået af sin far.", "Liva"),
        ("Noah Testlund på Testparken 14 bliver slået.", "Noah"),
        ("Jeg skriver fordi Noah Testlund, Testparken 14, 2. th, ikke har det godt.", "Noah"),
        ("Liva Demodal har meget fravær.", "Liva"),
        ("Da Liva Demodal kom i skole, var hun kold.", "Liva"),
        ("I dag var Liva Demodal igen uden madpakke.", "Liva"),
        ("Kender I Noah Testlund? Han står ofte alene på Demotorvet.", "Noah"),
        ("Far drikker. Liva Demodal er 8 år.", "Liva"),
        ("Hej\nDet er Liva Demodal, det drejer sig om.\nMvh\nPoul Testgran", "Liva"),
        # Danish letters, hyphens, more names, initials
        ("Vi er bekymrede for Søren Ærø Prøvegård, som er gået ned i vægt.", "Søren"),
        ("Søren Prøvegård kommer ikke i skole.", "Søren"),
        ("Soeren Proevegaard kommer ikke i skole.", "Søren"),
        ("Åse Prøveøst græder hver morgen.", "Åse"),
        ("Anne-Sofie Prøve-Demoholt er ofte alene hjemme.", "Anne-Sofie"),
        ("Anne Sofie Demoholt er ofte alene hjemme.", "Anne-Sofie"),
        ("Anne-Sofie Prøve er ofte alene hjemme.", "Anne-Sofie"),
        ("Liva M. Demodal mangler støvler.", "Liva"),
        ("Liva Marie Demodal mangler støvler.", "Liva"),
        ("L. Demodal mangler støvler.", "Liva"),
        ("Liva D. på Demovænget 22 mangler støvler.", "Liva"),
        ("Ali el Testi bor på gaden.", "Ali"),
        # the first name alone where the subject is, and the whole name further down
        ("Underretning om Liva\nLiva Demodal bliver slået af sin far.", "Liva"),
        ("Vedr. Liva\nVi har Liva i klassen. Livas fulde navn er Liva Demodal.", "Liva"),
        ("Barn: Liva\nLiva Demodal græder hver nat.", "Liva"),
        # a form with a line for each
        ("Barnets navn: Liva\nEfternavn: Demodal", "Liva"),
        ("Fornavn: Liva\nEfternavn: Demodal\nHun græder.", "Liva"),
        ("Fornavn: Liva Efternavn: Demodal", "Liva"),
        ("Fornavn: Liva\n\nEfternavn: Demodal", "Liva"),
        ("Fornavn\tLiva\nEfternavn\tDemodal", "Liva"),
        ("Fornavn\nLiva\n\nEfternavn\nDemodal", "Liva"),
        ("Efternavn: Demodal\nFornavn: Liva", "Liva"),
        ("Barnets efternavn: Demodal\nBarnets fornavn: Liva", "Liva"),
        ("Fornavn: Liva\nBarnets alder: 8\nEfternavn: Demodal", "Liva"),
        ("Fornavn: Liva\nMellemnavn: Marie\nEfternavn: Demodal", "Liva"),
        ("Liva fra familien Demodal bliver slået", "Liva"),
        ("Liva (efternavn Demodal) græder", "Liva"),
        ("Barn: Liva D. (Demodal)", "Liva"),
        # siblings with one surname
        ("Liva og Emil Demodal bliver slået", "Liva"),
        ("Sofie, Liva og Emil Demodal bliver slået", "Liva"),
        # broken between the names by a telephone
        ("Barnet hedder Liva\nDemodal og bor på vejen", "Liva"),
        ("Jeg har set Liva\nDemodal alene ude", "Liva"),
        # the family name first, in the middle of a line
        ("Vedr.: DEMODAL, LIVA. Hun græder.", "Liva"),
        # capitals, and none
        ("LIVA DEMODAL, DEMOVÆNGET 22, BLIVER SLÅET", "Liva"),
        ("JEG ER BEKYMRET FOR LIVA DEMODAL SOM BLIVER SLÅET AF SIN FAR", "Liva"),
        ("DRENGEN NOAH TESTLUND GÅR UDE OM NATTEN", "Noah"),
        ("jeg er bekymret for noah testlund på testparken 14", "Noah"),
        ("underretning om liva demodal som bliver slået", "Liva"),
        ("pigen hedder liva demodal og går i 2.b", "Liva"),
        ("eleven liva demodal har fravær", "Liva"),
        # the genitive
        ("Liva Demodals far slår hende.", "Liva"),
        ("Noah Testlunds mor drikker.", "Noah"),
        ("Jens Demofris' mor drikker.", "Jens"),
        ("Jens Demofris mor drikker.", "Jens"),
        # described, and set in a form
        ("Den 8-årige Liva Demodal er set alene ude.", "Liva"),
        ("Vedr.: Liva Demodal, 2.b", "Liva"),
        ("Vedrørende\nNoah Testlund", "Noah"),
        ("Angående eleven Noah Testlund: han sover i timerne.", "Noah"),
        ("Navn: Liva Demodal\nAdresse: Demovænget 22\nKlasse: 2.b", "Liva"),
        ("Navn på barnet: LIVA DEMODAL", "Liva"),
        ("Min nabos datter, Liva Demodal, græder om natten.", "Liva"),
        ("Mor til Noah Testlund drikker.", "Noah"),
        ("Vi har set, at drengen (Noah Testlund) har blå mærker.", "Noah"),
        ("En pige ved navn Liva Demodal kom ind i butikken.", "Liva"),
        ("Livas fulde navn er Liva Demodal.", "Liva"),
        ("Underretning om Emil Demodal. Hans storesøster Liva Demodal passer ham.", "Emil"),
        ("Liva Demodahl har blå mærker.", "Liva"),
        # a child of itself
        ("Jeg hedder Noah Testlund, og min far slår mig.\nHilsen Noah Testlund", "Noah"),
        ("Min mor drikker hver dag. Mvh Liva Demodal", "Liva"),
        # somebody of who lives there
        ("En dreng, Noah, på Testparken 14 bliver slået.", "Noah"),
        ("Naboerne på Demovænget 22 råber ad Emil om natten.", "Emil"),
        ("Pigen bor på Bispebuen 5 og hedder vist Anne.", "Anne-Sofie"),
        ("Barnet bor Store Prøvegade 7, st. th, 9999 Prøvestrup.", "Åse"),
        ("Der bliver råbt og slået på Testparken 14, 3. tv.", "Sara"),
        ("der er larm hver nat på demovænget 22", "Liva"),
    ],
)  # fmt: skip
def test_the_child_comes_first(text: str, first: str) -> None:
    assert led_to(text)[:1] == [first]


@pytest.mark.parametrize(
    "text",
    [
        "En dreng er ked af det.\nMed venlig hilsen\nLine Testborg, klasselærer\nPrøvestrup Skole",
        "En dreng er ked af det.\n\nMvh Line Testborg",
        "En dreng er ked af det. Venlig hilsen Line Testborg",
        "Lærer Line Testborg har set en dreng, der er ked af det.",
        "Pædagogmedhjælper Line Testborg har set en dreng.",
        "Line Testborg, pædagog i Prøvehuset, ringer om en dreng.",
        "Line Testborg (sundhedsplejerske) ringer om en dreng.",
        "Nabo Line Testborg ringer om en dreng.",
        "Kære Line Testborg\nHer er en dreng, som er ked af det.",
        "Fra: Line Testborg\nTil: Modtagelsen\nEn dreng er ked af det.",
        "Underretters navn: Line Testborg\nEn dreng er ked af det.",
        "Underretning fra Line Testborg om en dreng.",
        "Skrevet af Line Testborg. En dreng er ked af det.",
        "Drengens mor hedder Line Testborg og drikker.",
        "Stedmor Line Testborg drikker.",
        "Prøvestrup Skole har set en dreng på Testborgvej.",
        "Skolen ligger på Demovej 22 i Prøvestrup. En pige græder.",
        "Vi holdt møde den 14. marts om en dreng på Testparken.",
        "Livas veninde er ked af det.",
        "Testparken 14, 1. mf larmer.",
        "Jeg bor på Demovænget 22 og hører en dreng græde om natten.",
        "En dreng græder.\nMed venlig hilsen\nPoul Testgran\nDemovænget 22\n9999 Prøvestrup",
    ],
)
def test_who_writes_and_who_is_grown_is_not_the_child(text: str) -> None:
    assert led_to(text) == []


def test_who_is_known_to_write_is_not_the_child() -> None:
    text = "Jeg, Line Testborg, har set en dreng, der er ked af det."
    assert led_to(text) == ["Line"]
    assert led_to(text, writers=("Line Testborg",)) == []
    assert led_to(f"{text} Min far slår mig.", writers=("Line Testborg",)) == ["Line"]


def test_a_sibling_that_is_told_of_stands_below_the_child() -> None:
    text = "Underretning om Emil Demodal. Liva Demodal er hans søster."
    assert [(one.person.name, one.reasons[0]) for one in found(text)] == [
        ("Emil Demodal", "navn"),
        ("Liva Demodal", "naevnt"),
    ]


def test_another_flat_of_the_house_is_not_the_address() -> None:
    assert led_to("Testparken 14, 2. th") == ["Noah"]
    assert led_to("Testparken 14") == ["Noah", "Sara"]


def test_a_long_text_of_capitals_is_looked_through_at_once() -> None:
    assert len(sought_in("Liva Demodal Noah Testlund " * 7000).mentioned) < 20


@pytest.mark.parametrize("before", ["Nabo ringer.", "En nabo underretter.", "Anmelder."])
def test_who_a_new_sentence_begins_with_is_not_who_rings(before: str) -> None:
    found = names_in(f"{before} Liva Demodal, Demovænget 22, bliver slået af sin far.")
    assert found.mentioned == ("Liva Demodal",)


@pytest.mark.parametrize("before", ["Ringer:", "Anmelder:", "Underretter:\n"])
def test_who_stands_after_the_label_is_who_rings(before: str) -> None:
    assert names_in(f"{before} Test Nabosen. Et barn græder.").mentioned == ()


LINE = "Vi skriver til jer, fordi vi er bekymrede for en elev, der hedder Emil"


@pytest.mark.parametrize(
    "text",
    [
        f"{LINE}\nDemodal, og som ofte kommer for sent.",
        f"{LINE}\r\nDemodal, og som ofte kommer for sent.",
        "Det handler om Emil  Demodal.",
        "Elev: Demodal, Emil\nKlasse: 3. b",
        "Elev: DEMODAL, EMIL",
        "Det drejer sig om EMIL DEMODAL.",
    ],
    ids=["broken line", "broken line of a mail", "two blanks", "turned", "shouted", "in capitals"],
)
def test_a_name_is_found_however_it_is_set(text: str) -> None:
    assert [(one.person.name, one.reasons[0]) for one in found(text)] == [("Emil Demodal", "navn")]


def test_a_short_line_is_no_name_begun() -> None:
    assert led_to("Venlig hilsen\nEmil\nDemodal Skole") == led_to("Venlig hilsen\nEmil")
