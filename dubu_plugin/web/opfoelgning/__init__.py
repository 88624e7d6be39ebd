"""The opfølgning: prefilled, held, and what it opens."""
