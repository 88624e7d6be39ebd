"""Child-welfare casework inside a Danish municipality's journal system.

Read in this order: ``domain`` (what the law and the method say), ``frister`` (deadlines as data),
``ports`` (what we need of other systems), ``usecases`` (what a person does), ``delivery`` (how the
outside world is told), ``web`` and ``cli`` (where people meet it), ``app`` (what joins it all).
"""
