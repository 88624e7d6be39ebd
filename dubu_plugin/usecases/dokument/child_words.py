"""How a letter speaks of the child."""

from typing import Final

UNBORN: Final = "Ufødt barn"


def spoken_of(name: str, reader: str) -> str:
    """Return a child's name as it stands within a sentence of a letter.

    ``det ufødte barn af Freja Prøvelund`` for ``Ufødt barn af Freja Prøvelund``, and ``dit ufødte
    barn`` where Freja Prøvelund reads it; any other name as it is.

    :param reader: the name of who the letter is to.
    """
    if not name.startswith(UNBORN):
        return name
    of = name.removeprefix(UNBORN)
    return "dit ufødte barn" if of == f" af {reader}" else f"det ufødte barn{of}"


def first_name(name: str) -> str:
    """Return what a child is greeted with."""
    return name.split(" ")[0]
