"""The municipality's own rates: put in, corrected and taken out by an administrator."""
