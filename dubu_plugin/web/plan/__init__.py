"""Barnets plan, ungeplan and the parents' plan, and »Min plan« for the child."""
