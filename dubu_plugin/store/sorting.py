"""Sorting by a condition, on every database."""

import sqlalchemy as sa


def last_where(condition: sa.ColumnElement[bool]) -> sa.ColumnElement[int]:
    """Return what sorts the rows of a condition last. SQL Server cannot sort by the condition."""
    return sa.case((condition, 1), else_=0)
