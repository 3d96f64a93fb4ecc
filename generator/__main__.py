"""`python -m generator` is the command `seuranta`."""

from generator.cli.start import main

main()
