"""What people do about who is around a child.

Begin at `on_netvaerk` for the transaction; each act has a module of its own.
"""
