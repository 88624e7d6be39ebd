"""How a letter speaks of the child."""

from typing import Final

UNBORN: Final = "Ufødt barn"


def spoken_of(name: str) -> str:
    """Return a child's name as it stands within a sentence.

    ``det ufødte barn af Freja Prøvelund`` for ``Ufødt barn af Freja Prøvelund``; any other name as
    it is.
    """
    return f"det ufødte barn{name.removeprefix(UNBORN)}" if name.startswith(UNBORN) else name


def first_name(name: str) -> str:
    """Return what a child is greeted with."""
    return name.split(" ")[0]
