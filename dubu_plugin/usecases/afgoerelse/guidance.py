"""How to complain, as a decision says it (forvaltningsloven § 25), by what is decided.

Source: retssikkerhedsloven §§ 66, 67 and 72; bekendtgørelse 861 of 2025, § 11; barnets lov §§ 11,
140, 143 and 146.
"""

from typing import Final

from dubu_plugin.domain.afgoerelser import PARTY_FROM, Lasts, Matter
from dubu_plugin.domain.danish import unbroken

_WHERE: Final = (
    "Du kan klage til Ankestyrelsen. Klagen skal være hos os senest 4 uger efter den dag, du fik "
    "afgørelsen. Du kan skrive, ringe eller møde op; vi hjælper gerne med at skrive klagen ned."
)
_LOOK: Final = (
    "Vi ser først på sagen igen. Inden {time} får du enten en ny afgørelse, eller også sender vi "
    "klagen, vores genvurdering og sagens akter til Ankestyrelsen og giver dig besked."
)
KEEP_REST: Final = (
    "Vi har givet dig ret i noget af det, du klagede over. Vil du have Ankestyrelsen til at se på "
    "resten, skal du sige det til os senest 4 uger efter den dag, du fik denne afgørelse. Du kan "
    "skrive, ringe eller møde op. Så sender vi klagen til Ankestyrelsen inden 14 dage. Hører vi "
    "ikke fra dig, er klagen slut (bekendtgørelse 861 af 2025, § 12).\n\n"
    "Er du uenig i det, der er nyt i denne afgørelse, kan du klage over det:"
)
"""What whoever complained reads where they were right in some: the rest of the complaint is theirs
to keep."""
KEEP_REST_CHILD: Final = (
    "Du klagede, og du har fået ret i noget af det. Er der stadig noget, du er uenig i? Så sig det "
    "til os inden 4 uger: Skriv, ring eller kom forbi. Så sender vi din klage til Ankestyrelsen. "
    "Siger du ikke noget, er klagen slut."
)
_WAITS: Final = (
    "Klager du, må vi ikke sætte det, der er besluttet, i gang, før klagen er afgjort, medmindre "
    "der står i afgørelsen, at det sættes i gang straks ({law})."
)
_NOTICE: Final = (
    "Klager du, må vi først tage hjælpen bort, når varslet på mindst 14 uger er gået (barnets lov "
    "§ 11, stk. 2). Derefter gælder afgørelsen, mens der klages (retssikkerhedsloven § 72, stk. 1)."
)
_GOES_ON: Final = "Afgørelsen gælder, mens der klages (retssikkerhedsloven § 72, stk. 1)."
_COMMITTEE: Final = (
    "Du kan klage til Ankestyrelsen senest 4 uger efter den dag, du fik afgørelsen (barnets lov § "
    "146). Du kan skrive eller ringe til os, så sender vi klagen videre. Du har ret til at møde i "
    "Ankestyrelsen og til at få betalt transporten.\n\n"
    "Afgørelsen gælder, mens der klages. Ankestyrelsens direktør kan under ganske særlige "
    "omstændigheder bestemme noget andet (§ 146, stk. 3)."
)
_CHAIR: Final = (
    "Afgørelsen er foreløbig. Børne- og ungeudvalget ser på den senest 7 dage efter, at den er sat "
    "i gang (barnets lov § 143, stk. 4). Du kan tale din sag for udvalget. {lasts} (§ 143, stk. "
    "5). Udvalgets afgørelse kan du klage over til Ankestyrelsen inden 4 uger (§ 146)."
)
_LASTS: Final = {
    Lasts.MAANED: "Godkender udvalget den, gælder den i en måned",
    Lasts.UNDERSOEGELSE: "Godkender udvalget den, gælder den, til undersøgelsen er slut, dog højst "
    "i to måneder fra den dag, formanden traf den",
    Lasts.NY_AFGOERELSE: "Godkender udvalget den, gælder den, til der er truffet en ny afgørelse "
    "om flytning eller hjemtagelse",
}
_CHILD_LASTS: Final = {
    Lasts.MAANED: "Siger udvalget ja, gælder det i en måned. ",
    Lasts.UNDERSOEGELSE: "Siger udvalget ja, gælder det, til undersøgelsen er slut, men højst i to "
    "måneder. ",
    Lasts.NY_AFGOERELSE: "Siger udvalget ja, gælder det, til der bliver bestemt noget nyt. ",
}
_CARERS: Final = (
    "Er barnet under 10 år, kan plejefamilien, barnets støtteperson eller venskabsfamilie bede "
    "Ankestyrelsen om at vurdere afgørelsen. Så må vi ikke sætte den i gang, før den er vurderet, "
    "medmindre vi har besluttet at gøre det straks (barnets lov {law}, og retssikkerhedsloven § "
    "72, stk. 7)."
)
_HOLDS: Final = "Afgørelsen gælder, mens klagen behandles (retssikkerhedsloven § 72)."
_NOTICE_RUNS: Final = (
    "Hjælpen må først tages bort, når varslet på mindst 14 uger er gået (barnets lov § 11, stk. "
    "2). Derefter gælder afgørelsen, mens klagen behandles (retssikkerhedsloven § 72, stk. 1)."
)
_COMMITTEES_HOLDS: Final = (
    "Afgørelsen gælder, mens klagen behandles. Ankestyrelsens direktør kan under ganske særlige "
    "omstændigheder bestemme noget andet (barnets lov § 146, stk. 3)."
)
_UNTIL_COMMITTEE: Final = (
    "Afgørelsen gælder, til børne- og ungeudvalget har set på den (barnets lov § 143, stk. 4)."
)
_LAWYER: Final = "Du har ret til en advokat, og det koster ikke noget ({law})."

_CHILD: Final = (
    "Du må gerne være uenig. Du kan klage, og det gælder, selv om dine forældre siger noget andet. "
    "Sig det til os inden 4 uger: Skriv, ring eller kom forbi. Så ser vi på det en gang til. Er vi "
    "stadig ikke enige med dig, sender vi din klage til Ankestyrelsen. Det er nogle andre voksne, "
    "der bestemmer, om vi har gjort det rigtigt."
)
_YOUNG: Final = (
    "Du kan selv klage, også hvis dine forældre er enige med os. Sig det til os senest 4 uger "
    "efter, at du har fået brevet: Skriv, ring eller mød op. Vi ser på sagen igen inden {time}. "
    "Holder vi fast, sender vi klagen til Ankestyrelsen, som afgør den."
)
_CHILD_COMMITTEE: Final = (
    "Du må gerne være uenig. Du kan klage, og det gælder, selv om dine forældre siger noget andet. "
    "Sig det til os inden 4 uger: Skriv, ring eller kom forbi. Så sender vi din klage videre til "
    "Ankestyrelsen. Det er nogle andre voksne, der bestemmer, om det, udvalget har bestemt, er "
    "rigtigt. Du må gerne komme og sige til dem, hvad du synes, og turen koster ikke dig noget. "
    "Det, udvalget har bestemt, gælder, mens Ankestyrelsen ser på det."
)
_YOUNG_COMMITTEE: Final = (
    "Du kan selv klage, også hvis dine forældre er enige i afgørelsen. Sig det til os senest 4 "
    "uger efter, at du har fået brevet: Skriv, ring eller mød op. Så sender vi klagen videre til "
    "Ankestyrelsen, som afgør den. Du har ret til at møde i Ankestyrelsen og til at få betalt "
    "transporten. Afgørelsen gælder, mens der klages."
)
_CHILD_CHAIR: Final = (
    "Det, der er bestemt, er ikke det sidste ord. Inden 7 dage ser børne- og ungeudvalget på det. "
    "Det er nogle voksne, der skal bestemme, om det er rigtigt. Du må gerne være uenig, og du har "
    "ret til at sige til udvalget, hvad du synes. {lasts}Synes du bagefter, at udvalget tager "
    "fejl, kan du klage inden 4 uger. Det gælder, selv om dine forældre siger noget andet."
)
_YOUNG_CHAIR: Final = (
    "Afgørelsen er foreløbig. Inden 7 dage ser børne- og ungeudvalget på den, og du har ret til at "
    "sige din mening til udvalget. {lasts}Er du uenig i det, udvalget kommer frem til, kan du "
    "selv klage over det til Ankestyrelsen inden 4 uger, også hvis dine forældre er enige i det."
)
_CHILD_WAITS: Final = "Mens du klager, må vi ikke gøre det, vi har besluttet."
_CHILD_GOES_ON: Final = "Det, vi har besluttet, gælder, mens du klager."
_CHILD_AT_ONCE: Final = "Det sker med det samme, også hvis du klager."
_CHILD_LAWYER: Final = "Du har ret til din egen advokat. Det koster ikke noget."


def time_to_look(matter: Matter) -> str:
    """Return how long the municipality has to look again."""
    return "14 dage" if matter.notice else "4 uger"


def guidance(matter: Matter) -> str:
    """Return how to complain about a decision."""
    if matter.is_chairs:
        said = [_CHAIR.format(lasts=_LASTS[matter.lasts])]
    elif matter.is_committees:
        said = [_COMMITTEE]
    else:
        said = [_WHERE, _LOOK.format(time=time_to_look(matter)), _meanwhile(matter)]
    if carers := carers_may_ask(matter):
        said.append(carers)
    if matter.lawyer:
        said.append(_LAWYER.format(law=_in_law(matter.lawyer)))
    return "\n\n".join(said)


def carers_may_ask(matter: Matter) -> str:
    """Return what who cares for the child may ask Ankestyrelsen for; empty where they may not."""
    return _CARERS.format(law=matter.carers) if matter.carers else ""


def carers_of(matter: Matter, age: int | None) -> str:
    """Return the same of a child of an age; None is unborn."""
    small = age is not None and age < PARTY_FROM
    return unbroken(carers_may_ask(matter)) if small else ""


def _meanwhile(matter: Matter) -> str:
    """Return what holds while a complaint is looked at."""
    if matter.suspensive:
        return _WAITS.format(law=matter.suspensive)
    return _NOTICE if matter.notice else _GOES_ON


def while_complained(matter: Matter) -> str:
    """Return what holds while a complaint is treated, where it has no opsættende virkning, as the
    receipt for it says."""
    if matter.is_chairs:
        return _UNTIL_COMMITTEE
    if matter.is_committees:
        return _COMMITTEES_HOLDS
    return _NOTICE_RUNS if matter.notice else _HOLDS


def guidance_to_child(
    matter: Matter, *, young: bool, at_once: bool = False, gives: bool = True
) -> str:
    """Return the same to a child of ten or more, or to a young person of fifteen or more.

    :param gives: something is decided that is to be done.
    :param at_once: it is set in motion whether or not somebody complains (§ 72, stk. 4).
    """
    if matter.is_chairs:
        words = _YOUNG_CHAIR if young else _CHILD_CHAIR
        said = [words.format(lasts=_CHILD_LASTS[matter.lasts])]
    elif matter.is_committees:
        said = [_YOUNG_COMMITTEE if young else _CHILD_COMMITTEE]
    else:
        said = [_YOUNG.format(time=time_to_look(matter)) if young else _CHILD]
    if not gives:
        pass  # There is nothing to be done that could wait.
    elif matter.suspensive:
        said.append(_CHILD_AT_ONCE if at_once else _CHILD_WAITS)
    elif matter.is_reassessed:
        said.append(_CHILD_GOES_ON)
    if matter.lawyer:
        said.append(_CHILD_LAWYER)
    return "\n\n".join(said)


def _in_law(paragraph: str) -> str:
    return f"barnets lov {paragraph}"
