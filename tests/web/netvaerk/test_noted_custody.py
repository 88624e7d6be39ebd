"""Who has custody is noted in the network, and a decision's page follows it and leads there."""

from uuid import UUID

from dubu_plugin.domain.afgoerelser import Capacity
from dubu_plugin.domain.custody import Kendt
from dubu_plugin.store import access
from dubu_plugin.store.afgoerelse import partshoeringer
from dubu_plugin.testing.fake_ports import KAREN
from dubu_plugin.testing.ordinary_day import Day
from dubu_plugin.usecases.netvaerk.say_custody import Said, say_custody
from tests.web.afgoerelse.test_afgoerelse import begun, family
from tests.web.conftest import Asking


def test_paragraf_46_custody_that_is_noted_is_put_right_in_the_network(
    asking: Asking, day: Day
) -> None:
    sag = family(day, years=9)
    where = begun(asking, sag)
    page = asking(KAREN).get(where).text
    assert 'name="rolle-' in page
    with day.town.product.store.read() as connection:
        parents = frozenset(
            one.person
            for one in partshoeringer.of_afgoerelse(connection, UUID(where.rpartition("/")[2]))
            if one.capacity is Capacity.FORAELDREMYNDIGHED
        )
        asker = access.asker(connection, KAREN)
    assert asker is not None
    said = Said(seen={}, seen_card=0, holders=parents, source=Kendt.OPLYST)
    say_custody(sag, said, product=day.town.product, asker=asker, now=day.town.now)
    page = asking(KAREN).get(where).text
    assert 'name="rolle-' not in page
    assert page.count("som det er noteret i netværket") == len(parents)
    assert f'href="/dubu/sag/{sag}/netvaerk/foraeldremyndighed">Ret det dér' in page
