"""What is done with the indsatser of a case. Read `on_indsats` and `start` first.

An indsats is planned or begun (`start`), changed or gone on with (`change`), the child moves to
another place (`move`), a visit is paid where it lives (`tilsyn`), and it ends (`conclude`). What a
follow-up decides has a form of itself for a transaction that is open.
"""
