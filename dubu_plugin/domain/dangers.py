"""Words that tell of violence or danger to a child: what says so is never an application alone.

Barnets lov § 136, stk. 2: what gives reason to worry is assessed within 24 hours, whatever the
sender called it. One too many is looked at within a day; one too few is not looked at at all.
"""

import re
from collections.abc import Collection
from typing import Final

from dubu_plugin.domain.denials import is_said, sentences

CONCERNS: Final = frozenset({"7", "8", "18"})
"""Abuse and neglect: concerns that are a danger by themselves."""

_WHOM: Final = (
    "mig|os|ham|hende|dem|hinanden|barnet|boernene|min|mit|mine|sin|sit|sine|vores|hans|hendes"
)
_MEN: Final = (
    "far|faderen|stedfar|papfar|bror|storebror|stedbror|onkel|morfar|farfar|mand|kaereste|han"
)
_TAKES: Final = "drikker|drak|ryger|roeg|fixer|sniffer|tager stoffer|tager kokain|tager piller"
_EVER: Final = "hver dag|hele dagen|dagligt|dagen igennem|hver (?:\\w+ )?aften|sig fuld|hash"
_TRIPS: Final = "med|ferie|tur|besoeg"
_FOOD: Final = rf"(?:(?:{_WHOM}|noget|nogen|nok|ordentlig) ){{0,2}}(?:mad\b|at spise\b)"
_SIGNS: Final = re.compile(
    r"\b(?:"
    r"vold|volden|voldelig\w*|vold\w*mand|overgreb\w*|mishandl\w*|kraenke\w*"
    r"|(?:slaar|slog|slaaet|sparke\w*|banke\w*|kvael\w*|bide[rt]|kraenk\w*) (?:\w+ ){0,2}?"
    rf"(?:{_WHOM})"
    r"|(?:bliver?|blev|blevet) (?:\w+ ){0,3}?(?:slaaet|sparket|banket|kvalt)"
    r"|kvaelertag\w*|taesk|taev|lussing\w*|blaa maerker"
    r"|true[dt]\w*|truer|trusler|kniv\w*(?! og gaffel)"
    r"|slaa\w* (?:\w+ ){0,2}ihjel|draebe\w*|tage (?:\w+ )?livet af|selvmord\w*"
    r"|(?:vil|oensker) (?:\w+ )?doe"
    r"|(?:er|i) (?:i )?(?:akut )?fare\b(?! for at)|livsfare\w*"
    r"|bange for (?:min|mit|sin|sit|at komme hjem|at vaere hjemme|far|mor|stedfar|stedmor)"
    r"|laast inde|laaser (?:\w+ )?inde|sulter"
    r"|(?:stukket|stikker|stak|loebet|loeb|rendt) (?:af )?hjemmefra|(?:bor|sover|lever) paa gaden"
    r"|alene (?:hjemme )?(?:\w+ ){0,2}?(?:nat|natten|naetter|naetterne)"
    rf"|(?:{_MEN}) kommer ind (?:til|i|paa) (?:\w+ ){{1,4}}?(?:nat|natten|aftenen|seng|sengen)"
    r"|jeg vil (?:gerne )?have en ny familie"
    r"|(?:tager|tog|taget|roerer|roerte|roert|piller|pillede) (?:paa|ved) (?:mig|ham|hende|os)\b"
    rf"(?! (?:{_TRIPS}))"
    rf"|ruske[rt]?|ruskede|ryste(?:r|t|de)? (?:\w+ )?(?:{_WHOM}|babyen|spaedbarnet)\b(?! paa)"
    r"|(?:miste|tab)[rdt]*e? (?:besindelsen|fatningen)|tomt koeleskab|koeleskabet er tomt"
    r"|(?:bor|sover|boede|sov|overnatter) i (?:\w+ )?(?:bil|bilen|telt|teltet|campingvogn"
    r"|campingvognen)\b(?! paa vej| til)|herberg\w*"
    r"|(?:ligger|laa|sidder|sad|gaar) i (?:sin|sit) (?:egen |eget )?(?:affoering|tis|urin)"
    rf"|(?:{_TAKES}) (?:\w+ ){{0,4}}?(?:{_EVER})"
    rf"|(?:paavirket|beruset|fuld|skaev)\w* (?:\w+ )?(?:{_EVER})"
    r"|(?:bliver?|blev|blevet|er) (?:sat|smidt) (?:ud|paa gaden)|hjemloes\w*|fogedretten"
    rf"|(?:komme\w* til at|kunne finde paa at) (?:skade (?:{_WHOM})|goere (?:{_WHOM}) "
    r"(?:\w+ )?(?:noget|fortraed|ondt|skade))"
    r")\b"
)
_WITH_NOT: Final = re.compile(
    r"\b(?:vil|oensker|orker|gider) (?:\w+ )?ikke (?:\w+ ){0,2}leve\b"
    r"|\btoer ikke (?:\w+ ){0,3}hjem\b"
    r"|\bingen mad\b|\bikke mere mad\b|\bhverken mad\b|\bikke raad til mad\b"
    r"|\b(?:intet|ingenting|ikke noget) at spise\b"
    r"|\bikke spist (?:(?:noget|nok|mad) )?(?:siden|hele dagen|i (?:\w+ )?(?:dage|doegn))\b"
    r"|\b(?:staar|stod) (?:\w+ ){0,2}uden (?:bolig|hjem|tag over hovedet)\b"
    rf"|\bikke (?:\w+ )?(?:givet|giver|faaet|faar|haft) {_FOOD}|\bfaar ikke {_FOOD}"
)
"""What is a danger by its »not«, so that nothing denies it."""


def tells_of_danger(text: str, concerns: Collection[str] = ()) -> bool:
    """Tell whether a text says that a child is hurt or in danger, and does not deny it.

    :param concerns: those that were heard in it already.
    """
    if CONCERNS.intersection(concerns):
        return True
    return any(
        _WITH_NOT.search(sentence) or any(map(is_said, _SIGNS.finditer(sentence)))
        for sentence in sentences(text)
    )
