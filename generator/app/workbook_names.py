"""The names of the secretary's workbook in the outbox."""

DECISIONS_FILE = "ratkaistavat.xlsx"
# The workbook's name in earlier versions.
EARLIER_FILE = "paatokset.xlsx"
