"""The person model: what officers type, what their screens show, and whether anything they typed is lost."""
