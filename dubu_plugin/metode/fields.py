"""What may stand in the rows of a method file, in Danish, for whoever writes one."""

from collections.abc import Mapping
from typing import Final

FIELDS: Final[Mapping[str, Mapping[str, str]]] = {
    "metode": {
        "code": "Metodens kode, med små bogstaver og understreg, fx `ics_2019`.",
        "version": "Udgaven, fx `1`. Samme kode og udgave er altid det samme indhold.",
        "kind": "Hvad den er til: `boernefaglig`, `handicap`, eller `lovomraader`, som kun læses.",
        "title": "Det, den hedder på skærmen.",
        "about": "Hvad den ser på, i en sætning.",
        "source": "Hvor den er fra.",
        "confidence": "`sikker`, eller hvad der ikke er det.",
        "figure": "Hvordan den tegnes: `trekant`, `aeg` (den første side inderst) eller `liste`.",
        "valid_from": "Den første dag, en ny undersøgelse begynder med den.",
        "valid_to": "Den sidste. Uden den gælder den, til en ny udgave af samme metode begynder.",
        "guidance_from": "En metode, vejledningen lånes af; så har denne ingen `[[vejledning]]`.",
    },
    "side": {
        "code": "Sidens kode.",
        "title": "Det, den hedder.",
        "about": "Hvad den er, i en sætning.",
    },
    "dimension": {
        "code": "Dimensionens kode. Den skal være den samme i alle udgaver.",
        "number": "Dens plads, fra 1.",
        "side": "Koden på den side, den hører til.",
        "title": "Det, den hedder.",
        "about": "Hvad den dækker.",
        "shown_in": "Hvor teksten vises i en anden metode, fx "
        '`{ ics_2019 = ["sundhedsforhold"] }`.',
        "from_birth": "Den handler om et barn, der er født: Før fødslen må den stå tom.",
    },
    "felt": {
        "code": "Feltets kode.",
        "title": "Det, der står over feltet.",
        "help": "En sætning under det.",
        "role": "Hvad det betyder: `beskrivelse`, `ressourcer`, `udfordringer`, `barnets_syn`, "
        "`foraeldrenes_syn`, `faglig_vurdering`, `udaekket_behov` (følger med til planen), "
        "`ikke_relevant`, `funktionsniveau`, `maalgruppe`, `kompensationsbehov` eller `andet`.",
        "kind": "`tekst`, `valg`, `flere` (valg) eller `tal`.",
        "scope": "`dimension`: i hver af dem; `samlet`: én gang i det hele.",
        "sides": "Kun i de siders dimensioner; ellers i alle.",
        "choices": 'Valgene, fx `[{ value = "ja", title = "Ja" }]`.',
        "unit": "Hvad et tal tæller.",
    },
    "vejledning": {
        "dimension": "Koden på dimensionen.",
        "bands": "Aldrene: `ufoedt`, `mdr_0_11`, `aar_1_2`, `aar_3_5`, `aar_6_9`, `aar_10_14`, "
        "`aar_15_17`, `aar_18_22`. Hver dimension har hver alder netop én gang.",
        "questions": "Spørgsmål, der bygger på metodens eget materiale.",
        "ours": "Dem, der er lagt til. Tilsammen er der tre til fem.",
    },
}
"""Every field of the rows of `dubu_plugin.metode.methodfile`, in their order."""
