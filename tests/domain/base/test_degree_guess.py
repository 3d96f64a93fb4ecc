"""Which degree was most likely meant: only where nothing else can be."""

import pytest

from generator.domain.base.degree_guess import guess_degree
from tests.builders import SETTINGS

SCALE = SETTINGS.degree_scale


@pytest.mark.parametrize(
    ("text", "guess"),
    [
        *(
            (text, 4)
            for text in ("taso 4", "Aste: 4", "n. 4", "noin 4", "ca 4", "4/5", "4 (1–5)", "~4", "≈ 4", "nro 4")
        ),
        *(
            (text, 3)
            for text in ("3 (kolme)", "kolme", "tre", "three", "grad 3", "level three", "3?", "3+", "3 !", "No. 3")
        ),
        *(
            (text, None)
            for text in ("", "–", "taso", "6", "taso 6", "3–4", "2 tai 3", "3/4", "3 (neljä)", "3,5", "3.5", "3½")
        ),
        *(
            (text, None)
            for text in ("3 %", "-3", "30", "3 Toteutus ei ole aloitettu", "ei 3", "kolmesti", "٣", "III", "1/5/5")
        ),
    ],
)
def test_a_guess_is_offered_only_where_the_text_says_one_degree_and_nothing_else(text: str, guess: int | None) -> None:
    assert guess_degree(text, SCALE) == guess
