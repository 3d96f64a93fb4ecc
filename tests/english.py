"""What shows that a sentence in Finnish or Swedish has been left in English."""

import re

# Words of our messages and of the libraries' that are no words of the other two languages.
ENGLISH = re.compile(
    r"\b(the|is|are|be|not|of|it|with|without|must|should|can|cannot|one|line|value|input|valid|invalid|expected|"
    r"unexpected|extra|permitted|field|required|least|items?|string|integer|number|boolean|date|day|statement|document|"
    r"character|illegal|unescaped|overwrite|declare|twice|missing|setting|quotation|marks|write|example|mean|move|add|"
    r"keep|remove|there|what|who|where|whose|show|make|report|goal|officer|answer|folder|usage|options?|"
    r"arguments?|commands?|such|help|error|exit|code|message|default|takes?|needs|got|choose|from|and|or|for)\b",
    re.IGNORECASE,
)
