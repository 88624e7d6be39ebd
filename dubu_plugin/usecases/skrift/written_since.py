"""What was written in a skrift after the leader read it."""

from dubu_plugin.errors import CaseworkError


class WrittenSince(CaseworkError):
    """It was written in since the leader read it."""

    danish = (
        "Den er ikke godkendt endnu: der er skrevet i den, siden du åbnede den. Her står den, som "
        "den er nu. Læs den igen, og godkend den så, eller send den tilbage."
    )
