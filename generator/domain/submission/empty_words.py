"""Recognises narratives without content: a dash, a note to oneself, a reference to another text."""

import re

from generator.domain.base.text import visible, words_in

# Letters; a text that is longer has something to say, or is no work for a list of words.
LONGEST_EMPTY = 200
# Nothing else is in the whole text. `ei muutoksia` tells something, and is none of these.
_ALONE = frozenset(
    words_in(
        "ei ok kyllä joo on sama kesken puuttuu tyhjä testi ks kts katso "
        "liite liitteet liitteessä liitteenä edellinen edellä yllä myöhemmin tulossa täydentyy täydennetään "
        "bilaga ovan föregående se senare kompletteras attached attachment annex appendix see above previous later "
        "todo tbd tba tbc wip nej ja samma saknas tom test no yes same idem dito ditto none nil na missing empty"
    )
)
# Words that point at other words, or at a later day; a text of these alone says nothing, nor do numbers among them.
_POINTING = frozenset(
    words_in(
        "ks kts katso vrt se kuten sama samat samaa kuin liite liitteet liitteessä liitteenä liitteestä liitteen "
        "oheinen oheisessa erillinen edellinen edellisen edelliseen edellisestä edellä edellisellä kaudella kausi "
        "kauden viimeksi viime ennen aiemmin aiempi aikaisempi yllä yllämainittu ylempänä ylhäällä alla tuo tämä "
        "raportti raportissa raportin rivi rivin rivillä solu kohta kohdassa mainittu todettu "
        "täydennetään täydentyy täydennän lisätään lisään kirjoitetaan kirjoitan myöhemmin tulossa tähän vielä teksti "
        "som sist förra förut samma se bilaga bilagan bilagorna ovan ovanstående nedan föregående tidigare perioden "
        "raporten kompletteras senare kommer text här jfr "
        "see cf as same like last time before previous period above below attached attachment attachments annex "
        "appendix report row the in of to be added later text here todo tbd tba tbc wip xxx n a"
    )
)
_LETTER_AGAIN = re.compile(r"(\w)\1*")


def says_nothing(text: str) -> bool:
    """True if a narrative has no words of its own: `-`, `?`, `xxx`, `TODO`, `ks. edellinen`, `se bilaga 3`."""
    if len(text) > LONGEST_EMPTY:
        return False
    words = [word for word in words_in(visible(text)) if not word.isdigit()]
    if len(words) == 1:
        return words[0] in _ALONE or _LETTER_AGAIN.fullmatch(words[0]) is not None
    return _POINTING.issuperset(words)
