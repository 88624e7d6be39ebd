"""Who can reach the pages, and what they must know to get in."""

import ipaddress
from typing import Final

OPEN_DOOR: Final = (
    "Siderne vises på {address}, som andre maskiner kan nå, og ingen adgangskode er sat: hvem som "
    "helst kan logge ind som hvem som helst. Sæt password_file under [journal] i dubu.toml."
)
NO_PASSWORD: Final = (
    "INGEN adgangskode er sat: hvem der kan nå siderne fra denne maskine, kan logge ind som hvem "
    "som helst. Loginnet er til demo og øvelse."
)
ONE_PASSWORD: Final = (
    "Én fælles adgangskode: den holder fremmede ude, men loggen viser kun, hvem nogen valgte at "
    "være. Loginnet er til demo og øvelse."
)


def is_this_machine(address: str) -> bool:
    """Tell whether only this machine reaches what listens at an address."""
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return address == "localhost"
