"""What the PDF's room is made of: LibreOffice, the mending of what it leaves out, and the judge."""
