"""How post comes in and goes out: by mail ports, an inbox folder, and a folder letters leave by.

Read in this order: ``arrivals`` (one item is stored), ``smtp`` and ``inbox`` (where items come
from), ``offering`` (a plugin is told), ``outbox`` (letters leave), ``rounds`` (who does it when).
"""
