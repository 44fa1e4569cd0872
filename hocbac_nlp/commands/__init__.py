"""The command line: options, and one module per family of commands."""
