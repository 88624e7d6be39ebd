"""What may stand in a row of a rule file, in Danish, for whoever writes one."""

from collections.abc import Mapping
from typing import Final

FIELDS: Final[Mapping[str, str]] = {
    "code": "Reglens kode. To rækker med samme kode er to udgaver, der afløser hinanden.",
    "area": "Overskriften på denne side.",
    "title": "Det, der står på linjen i Min dag. Kort.",
    "duty": "Hvad der skal gøres.",
    "law": "Hvor pligten står, fx `BL § 138 stk. 1`.",
    "section": "Paragraffen alene, fx `§ 138`.",
    "in_force_from": "Den første dag, et ur starter under denne udgave.",
    "in_force_to": "Den sidste dag, når en ny udgave afløser.",
    "transition": "`ny`: det, der ikke var færdigt ved barnets lov, følger den; ellers `bestaar`.",
    "kind": "`frist`, `pligt`, `foer`, `udloeb`, `alder`, `tidligst`, `laas` eller `maa`.",
    "severity": "`akut` (fare eller frihed), `lov` eller `orden`.",
    "subject": "Hvad fristen hænger på: `underretning`, `sag`, `person`, `kommune`, `klage`, "
    "`afgoerelse`, `indsats` eller `anbringelse`.",
    "opens_on": "Hændelser, der starter uret.",
    "when": 'Hvad hændelsen skal sige, for at reglen gælder, fx `{ grundlag = "tvang" }`.',
    "unless": "Hvad en hændelse i `opens_on` siger, når reglen ikke gælder, fx "
    '`{ indsats_ivaerksat = { hjaelp = "kapitel_8" } }`.',
    "ages": "Barnets alder, da hændelsen skete, fx `0-17`. En ukendt alder udelukker intet.",
    "of_born": "Kun om et barn, der er født. Før det åbner den ikke; det gør den, når fødslen er "
    "registreret.",
    "met_by": "Hændelser, der opfylder pligten.",
    "annulled_by": "Hændelser, efter hvilke pligten falder bort.",
    "lapses_with": "Hændelser, der lader fristen bortfalde, når det sidste, den følger, ophører.",
    "while_running": "Den åbner kun, så længe noget af det, den følger, er i gang.",
    "corrected_by": "Hændelser, hvis tidspunkt er det rigtige at regne fra.",
    "moved_up_by": "Hændelser, der gør fristen kortere: det tidligste gælder.",
    "put_off_by": "Hændelser, længden også regnes fra: det seneste gælder.",
    "paused_by": "Hændelser, der standser uret.",
    "resumed_by": "Hændelser, der sætter det i gang igen.",
    "least_left": "Hvor meget der mindst er tilbage, når uret går igen.",
    "recurs": "Pligten kommer igen, hver gang en hændelse i `opens_on` sker.",
    "each": "Hver hændelse i `opens_on` er en pligt for sig. Et svar opfylder den, det nævner, "
    "ellers den ældste; aldrig dem alle.",
    "covers": "Et svar på den ældste af `each` gælder også dem, der skal være gjort så kort efter.",
    "met_when": "Hvad en hændelse i `met_by` skal sige for at opfylde pligten, fx "
    "`{ ungestoette_besluttet = { bevilget = true } }`.",
    "met_on_case": "Hændelser på sagen, der opfylder pligten, hvilken af sagens henvendelser den "
    "end hænger på, og hvad de skal sige, fx `{ undersoegelse_besluttet = {} }`.",
    "met_until": "Hvad der opfyldte den, gælder, til en af disse sker. Så længe er en ny opfyldt "
    "med det samme.",
    "length": "Et tal og `hours`, `hverdage`, `days`, `weeks` eller `months`, fx `6 hverdage`.",
    "age": "Uret starter på den fødselsdag.",
    "before": "Så lang tid før fødselsdagen eller dagen i `from_fact`.",
    "from_fact": "Dagen i hændelsen, uret starter; ellers da den skete.",
    "from_fact_required": "Uden den dag er der ingen frist.",
    "due_fact": "Dagen i hændelsen, fristen er; den går forud for `length`.",
    "due_fact_required": "Uden den dag er der ingen frist.",
    "due_fact_at_most": "Så længe kan den dag højst ligge efter uret starter.",
    "on_date": "Næste gang det er den dato, fx `04-15`, eller en af flere.",
    "month_end": "Fristen flytter til månedens sidste dag.",
    "on_receipt": "Uret starter, når borgeren har modtaget det, der er sendt.",
    "profile": "`hverdag_duty` er kommunens egne frister, `hverdag_citizen` borgerens.",
    "warn_before": "Hvor lang tid før der varsles; ellers sidste hverdag.",
    "bundle": "Regler med samme ord står på én linje for barnet.",
    "consequence": "Hvad der følger, når den ikke holdes.",
    "sel_ref": "Hvor pligten stod i serviceloven før 2024.",
    "confidence": "`sikker`, eller hvorfor den ikke er det.",
    "note": "Hvad en læser ellers skal vide.",
    "on": "`false` slår reglen fra.",
    "off_because": "Hvorfor den er slået fra.",
}
"""Every field of `rulefile.Row`, in its order."""
