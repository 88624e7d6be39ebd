"""``python -m dubu_plugin``: the same as ``dubu``."""

from dubu_plugin.cli import main

main()
