"""What is wrong with a TOML file, in Danish, and what to write instead.

The reader of TOML and the model that checks a value both speak English, to a programmer. Who has
written the file is an administrator.
"""

import re
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from tomllib import TOMLDecodeError
from typing import Any, Final

FEW: Final = 12
"""So many words are listed where one of them is meant."""
NEAREST: Final = 3
ALIKE: Final = 0.8
"""How much of a word must be right, of 1, for another to be suggested in its place."""

SYNTAX: Final[Sequence[tuple[str, str]]] = (
    (r"Invalid statement", 'skriv et navn, et lighedstegn og en værdi, fx title = "Skoleskift"'),
    (r"Expected newline", "der står noget efter værdien; skriv kun én ting på hver linje"),
    (r"Expected '='", "der mangler et lighedstegn efter navnet; navne skrives uden æ, ø, å og "
                      "mellemrum"),
    (r"Expected ']", "et afsnits navn skal stå mellem klammer, der slutter, fx [[plan]]"),
    (r"Invalid initial character for a key", "et navn skrives med a-z, tal og _"),
    (r"Cannot (declare|overwrite)|Duplicate inline table key",
     "det samme navn står to gange i samme afsnit; lad det stå ét sted"),
    (r"Cannot (mutate|redefine)", "det samme navn bruges både til en værdi og til et afsnit"),
    (r"Unclosed array", "en liste mangler sin klamme ] til sidst, eller et komma mellem to ting"),
    (r"Unclosed inline table", "der mangler en } til sidst"),
    (r"Unescaped|Invalid hex|Escaped character",
     "en skråstreg \\ i en tekst skal skrives to gange: \\\\"),
    (r"Unterminated string|Illegal character '\\n'",
     "en tekst mangler sit anførselstegn til sidst"),
    (r"Illegal character|Found invalid character",
     "der er et usynligt tegn i linjen; skriv den igen"),
    (r"Invalid date", "datoen findes ikke; skriv fx 2027-01-31"),
    (r"Invalid value", "værdien kan ikke læses; en tekst skal stå i anførselstegn, og ja og nej "
                       "er true og false"),
)  # fmt: skip
"""What Python's reader says, as a pattern at its beginning, and what we say."""
UNREADABLE: Final = "linjen kan ikke læses; se efter, om der mangler et tegn"

VALUES: Final[Mapping[str, str]] = {
    "bool_parsing": "skal være true eller false",
    "bool_type": "skal være true eller false",
    "date_from_datetime_inexact": "skal være en dato uden klokkeslæt, fx 2027-01-31",
    "date_from_datetime_parsing": "skal være en dato uden anførselstegn, fx 2027-01-31",
    "date_parsing": "skal være en dato uden anførselstegn, fx 2027-01-31",
    "date_type": "skal være en dato uden anførselstegn, fx 2027-01-31",
    "dict_type": "skal stå mellem {{ og }}, fx {{ navn = \"værdi\" }}",
    "extra_forbidden": "kendes ikke; se stavningen",
    "frozen_set_type": "skal være en liste, fx [\"det ene\", \"det andet\"]",
    "greater_than": "skal være over {gt}",
    "greater_than_equal": "skal mindst være {ge}",
    "int_from_float": "skal være et helt tal",
    "int_parsing": "skal være et helt tal",
    "int_parsing_size": "er for stort et tal",
    "int_type": "skal være et helt tal uden anførselstegn",
    "is_instance_of": "skal være en tekst i anførselstegn, fx \"6 hverdage\"",
    "less_than": "skal være under {lt}",
    "less_than_equal": "må højst være {le}",
    "list_type": "skal være en liste, fx [\"det ene\", \"det andet\"]",
    "mapping_type": "skal stå mellem {{ og }}, fx {{ navn = \"værdi\" }}",
    "missing": "mangler",
    "model_attributes_type": "skal være et afsnit for sig",
    "model_type": "skal være et afsnit, der begynder med navnet i kantede parenteser",
    "path_type": "skal være en sti i anførselstegn",
    "string_pattern_mismatch": "er ikke skrevet, som det skal være",
    "string_too_long": "må højst have {max_length} tegn",
    "string_too_short": "skal have mindst {min_length} tegn",
    "string_type": "skal være en tekst i anførselstegn",
    "string_unicode": "har et tegn, der ikke kan bruges",
    "too_long": "har for mange; der må højst være {max_length}",
    "too_short": "skal have mindst {min_length}",
    "tuple_type": "skal være en liste, fx [\"det ene\", \"det andet\"]",
}  # fmt: skip
"""What is wrong with a value, by pydantic's names for it."""
UNUSABLE: Final = "kan ikke bruges, som det står"


def not_toml(slip: TOMLDecodeError) -> str:
    """Return what is wrong with a line, and how it should be."""
    return next((ours for theirs, ours in SYNTAX if re.match(theirs, str(slip))), UNREADABLE)


def at_line(slip: TOMLDecodeError) -> int | None:
    """Return the line the reader stopped at; None where that is the end of the file."""
    found = re.search(r"at line ([0-9]+)", str(slip))
    return int(found[1]) if found else None


def not_allowed(wrong: Any, table: Mapping[str, str] = VALUES) -> str:
    """Return what is wrong with a value, to be said after its name. What it was is not said.

    :param wrong: one of pydantic's errors.
    :param table: how each kind is said.
    """
    return table.get(wrong["type"], UNUSABLE).format(**wrong.get("ctx", {}))


def instead(known: Sequence[str], given: object, where: str = "") -> str:
    """Return what can be written instead: all of a few words, else the nearest that are alike.

    :param where: where all of them can be read, said where none is alike.
    """
    if len(known) <= FEW:
        return f"brug {listed(known)}"
    said = str(given)
    near = get_close_matches(said, known, NEAREST, ALIKE) or [
        one for one in known if said and said in one
    ]
    return f"mente du {listed(near[:NEAREST])}?" if near else where or "se stavningen"


def listed(words: Sequence[str]) -> str:
    """Return words in quotation marks, with »eller« before the last."""
    quoted = [f"»{one}«" for one in words]
    *first, last = quoted
    return f"{', '.join(first)} eller {last}" if first else last
