"""A row of a rule file, made up, for tests of what a file may say."""

START = """\
[[frist]]
code = "TEST-1"
area = "Prøve"
title = "En prøve"
duty = "Gør noget."
law = "BL § 1 stk. 1"
section = "§ 1"
in_force_from = 2024-01-01
opens_on = ["indsats_ivaerksat"]
met_by = ["opfoelgning_afholdt"]
bundle = "proeve"
confidence = "sikker"
"""
"""Without a number: a test adds what it is about."""

WHOLE = "# A comment, so that the rule does not begin on line 1.\n" + START.replace(
    'bundle = "proeve"\n', 'length = "6 hverdage"\nbundle = "proeve"\n'
).replace("indsats_ivaerksat", "underretning_modtaget").replace(
    "opfoelgning_afholdt", "underretning_vurderet"
)
"""A whole one, of an underretning: six working days."""
