"""`python -m generator` is the command `seuranta`."""

from generator.cli import main

main()
