"""The letter that tells a professional what was set going, as the assessment would send it."""

from collections.abc import Mapping

import sqlalchemy as sa
from markupsafe import Markup

from dubu_plugin.domain.underretning import Henvendelse, Pligt
from dubu_plugin.store.underretning import underretninger
from dubu_plugin.store.underretning.underretninger import Underretning
from dubu_plugin.usecases.dokument.order.orientering import preview_outcomes
from dubu_plugin.usecases.underretning.orient_notifier import OUTCOMES
from dubu_plugin.web.door import Visit


def told_papers(
    connection: sa.Connection, visit: Visit, about: Underretning
) -> Mapping[str, Markup]:
    """Return the letter for each next step that settles the outcome (barnets lov § 138, stk. 2).

    None for who is known to be no professional: the law tells them nothing.
    """
    if about.henvendelse is Henvendelse.ANSOEGNING or about.state != underretninger.NEW:
        return {}
    if about.pligt not in (Pligt.FAGPERSON, None):
        return {}
    return preview_outcomes(
        connection,
        about.id,
        outcomes={step.value: started for step, started in OUTCOMES.items()},
        letters=visit.product.letters,
        municipality=visit.product.settings.municipality,
        author=visit.asker.key,
        now=visit.now,
    )
