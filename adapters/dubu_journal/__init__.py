"""The embedded journal host: a small, real journal system that needs no other.

Read in this order: ``tables`` (what there is), ``cases``, ``documents``, ``notes`` and the others
(what is done with it, each on a connection), ``access`` (who sees what), ``port`` (how the product
asks). This module holds what pluggy calls, and nothing else.
"""
