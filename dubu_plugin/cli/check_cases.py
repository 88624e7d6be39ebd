"""Cases that stand between two chairs: a remark of ``dubu check``, for leaders see to them."""

from datetime import datetime

from dubu_plugin.app import Product
from dubu_plugin.domain import danish
from dubu_plugin.store.overholdelse import left_behind
from dubu_plugin.store.overholdelse.without_duty import number_in_all


def had(product: Product) -> str:
    """Tell how many open cases nobody has: who had them may have left."""
    with product.store.read() as connection:
        number = left_behind.number_in_all(connection)
    if not number:
        return "hver åben sag har en ansvarlig, der arbejder her"
    said = danish.counted(number, "åben sag", "åbne sager")
    return (
        f"OBS: {said} har ingen ansvarlig, der arbejder her. Lederne deler dem ud under »Sager, "
        "ingen har« på Overblik."
    )


def followed(product: Product, now: datetime) -> str:
    """Tell how many open cases nobody is reminded of."""
    with product.store.read() as connection:
        number = number_in_all(connection, product.store.rules, now)
    if not number:
        return "hver åben sag har en frist eller pligt"
    said = danish.counted(number, "åben sag", "åbne sager")
    return (
        f"OBS: {said} har ingen frist eller pligt, nogen bliver mindet om. Lederne ser dem under "
        "»Sager uden frist« på Overblik og Min dag."
    )
