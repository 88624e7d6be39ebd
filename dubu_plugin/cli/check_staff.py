"""Whether anybody works in an installation: who can log in, and the units that post goes to."""

from dubu_plugin.app import Product
from dubu_plugin.cli.check_history import No
from dubu_plugin.domain import danish


def staff(product: Product) -> str:
    """Tell how many can log in.

    :raises No: nobody can.
    """
    units = product.ports.identity.units()
    people = [one for one in product.ports.identity.employees() if one.active and one.roles]
    said = danish.counted(len(units), "enhed", "enheder")
    if not people:
        how = (
            "Læg dem ind med »dubu host users FIL«."
            if product.ports.upkeep is not None
            else "Opret dem i journalsystemet, og giv dem en rolle."
        )
        raise No(f"{said}, og ingen kan logge ind med en rolle. {how}")
    return f"{said}, {danish.counted(len(people), 'medarbejder', 'medarbejdere')} med en rolle"


def intake(product: Product) -> str:
    """Tell which units look at what comes in.

    :raises No: one of them is not there, so that nobody would see it.
    """
    chosen = product.settings.intake
    titles = {unit.key: unit.title for unit in product.ports.identity.units()}
    said = {"unit": chosen.unit}
    if "on_call_unit" in chosen.model_fields_set or chosen.on_call_unit in titles:
        said["on_call_unit"] = chosen.on_call_unit
    lost = [f"[intake] {name} = »{key}«" for name, key in said.items() if key not in titles]
    if lost:
        raise No(
            f"{' og '.join(lost)} er ingen enhed i journalen, så ingen ser det, der kommer ind. "
            "Ret dubu.toml, eller opret enheden."
        )
    return ", ".join(titles[key] for key in said.values())
