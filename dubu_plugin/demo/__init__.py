"""A municipality that does not exist, small or large, to click in and to measure on.

`proevestrup.toml` and `post/` hold the people and the post that were thought up by hand; `plan`
makes up the rest from a seed; `loading` writes it; `making` puts a whole demo in a folder.
"""
