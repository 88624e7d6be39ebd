"""An application that tells of violence or danger has 24 hours, whatever it calls itself."""

from datetime import date

import pytest

from dubu_plugin.domain.suggestions import suggested
from dubu_plugin.domain.underretning import Henvendelse

ON = date(2026, 11, 22)


@pytest.mark.parametrize(
    "text",
    [
        "Hendes storebror slår hende hver dag, og i går tog han kvælertag på hende.",
        "Min bror slår mig. Jeg er 12 år.",
        "Vores datter bliver slået af sin bror.",
        "Han siger, at han vil tage livet af sig selv.",
        "Far har truet med at slå os ihjel.",
        "Vi søger aflastning. Mor er voldelig over for børnene.",
        "Hun har været udsat for overgreb.",
        "Han har en kniv med i seng, for han er bange for sin stedfar.",
        "Der er vanrøgt hos far.",
        "Hun vil ikke leve mere.",
        "Moren ryger hash hele dagen og babyen på 3 mdr ligger i sin afføring.",
        "Faren drikker hver dag.",
        "Der er ingen mad i huset.",
        "Jeg er 17 og bor hos plejefamilie, plejefar tager på mig.",
        "Vi bliver sat ud af lejligheden på mandag med tre små børn.",
        "Mor er påvirket hver dag, når han kommer hjem.",
        "Vi står uden bolig fra mandag.",
        "Køleskabet er tomt, og børnene har ikke fået noget at spise siden i går.",
        "Børnene har ikke fået noget at spise siden i går.",
        "Jeg mistede besindelsen og ruskede hende i går.",
        "Børnene bor i bilen med mig.",
        "Vi overnatter i bilen.",
        "Vi bor på et herberg.",
        "Der er hverken mad eller varme.",
        "Vi har ikke råd til mad.",
        "Der er ikke mere mad i skabet.",
        "Der er intet at spise i huset.",
        "Børnene har ikke spist i to dage.",
        "Jeg tabte besindelsen.",
        "Jeg kom til at ryste babyen.",
        "Jeg har ikke givet børnene mad i to dage.",
        "Vi søger. De får ikke nok mad.",
        "Jeg vil have en ny familie fordi min stedfar kommer ind til mig om natten. Noah, 11 år",
        "Min stedfar kommer ind til mig om natten.",
        "Jeg er bange for at jeg kommer til at gøre ham noget.",
        "Hun er stukket af hjemmefra og bor på gaden.",
        "Ida på 3 år er alene hjemme hver nat, når mor arbejder.",
    ],
)
def test_what_tells_of_danger_is_an_underretning_though_it_is_called_an_application(
    text: str,
) -> None:
    found = suggested(text, subject="Ansøgning om aflastning", on=ON)
    assert found.henvendelse is Henvendelse.UNDERRETNING


@pytest.mark.parametrize(
    "text",
    [
        "Vi søger tabt arbejdsfortjeneste. Han har autisme og kan ikke bruge kniv og gaffel.",
        "Han har voldsomt brug for ro og er voldsomt træt efter skole.",
        "Der er ikke vold i hjemmet, men vi er trætte.",
        "Han sover i bilen på vej til aflastning.",
        "Han har ikke spist kød, siden han fik diagnosen.",
        "Vores bil er for lille til kørestolen.",
        "Han kan ikke være alene hjemme om natten. Vi har ikke fået svar om særlig mad.",
        "Vi vil gerne have en ny aflastningsfamilie. Mor kommer ind til ham tre gange om natten.",
        "Han stikker af fra legepladsen, så vi søger et hegn.",
        "Han drikker sondemad og tager på ferie med os. Vi søger merudgifter.",
        "Han har ingen madpakke med, fordi han får sondemad.",
        "Hun drikker for lidt vand, og lægen tager ham med på råd.",
        "Hun slår op i banen og bliver tit syg. Vi søger merudgifter til medicin.",
    ],
)
def test_a_plain_application_stays_one(text: str) -> None:
    found = suggested(text, subject="Ansøgning om merudgifter", on=ON)
    assert found.henvendelse is Henvendelse.ANSOEGNING


def test_what_the_subject_tells_counts_too() -> None:
    found = suggested("Se vedhæftet.", subject="Ansøgning, min bror slår mig", on=ON)
    assert found.henvendelse is Henvendelse.UNDERRETNING


@pytest.mark.parametrize(
    ("subject", "text", "too"),
    [
        ("Ansøgning om aflastning", "Min bror slår mig.", True),
        ("Underretning, og ansøgning om aflastning", "Min bror slår mig.", False),
        ("Min bror slår mig", "Jeg har sendt en ansøgning.", False),
        ("Ansøgning om merudgifter", "Vi søger merudgifter til medicin.", False),
    ],
)
def test_an_underretning_that_calls_itself_an_application_is_answered_as_one_too(
    subject: str, text: str, too: bool
) -> None:
    assert suggested(text, subject=subject, on=ON).also_applies is too
