"""The goals of the plans, and the indsatser that serve them."""
