"""What the two doors to Word, `document` and `template`, are made of."""
