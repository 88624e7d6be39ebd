"""The host as `dubu_plugin.ports.journal` asks for it, one module a group of operations."""
