"""A deadline's life after it is opened: missed, explained, waited for, corrected, counted again."""
