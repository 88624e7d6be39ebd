"""Catalogues read out of files. What they hold is in `dubu_plugin.domain`."""
