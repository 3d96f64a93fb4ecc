"""Random evenings of the person who makes the report: what everybody wrote, and where each word of it must be."""
