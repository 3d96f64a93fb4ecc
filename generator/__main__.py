"""`python -m generator` is the command `seuranta`."""

from generator.cli.commands import main

main()
