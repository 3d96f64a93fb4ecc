"""The provenance file is JSON as every program writes it, line by line."""

import json
from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st

from generator.app.provenance import Digests, PdfProof, Proof, provenance_bytes
from generator.domain.base.settings import Rollup
from generator.domain.follow_up.merge import Acceptance, Decision, merge
from generator.domain.submission.answers import Answer, EntryCells
from tests.builders import CLERK, DIRECTOR, PLAN, answer, entry

CELLS = EntryCells("Seuranta!D5", "", "Seuranta!F5", "O'\"äö\n!G5")
PROOF = Proof(Digests("p", "t", "s", "d"), PdfProof(("PDF/UA-1",), ("PDF/UA-1: täyttyy",)))
texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)


def answers(words: str, degree: int | None) -> tuple[Answer, ...]:
    first = answer(entry("01.10", CLERK, degree=degree, narrative=words, main_risks=words, cells=CELLS))
    other = answer(entry("01.10", DIRECTOR, degree=5, cells=CELLS), 2)
    return replace(first, file=f"{words}.xlsx"), other


@given(texts, st.none() | st.integers(1, 5), texts)
@example('Rivi\n toinen: "a\\b", ja\u2028 kolmas', None, "")
def test_the_record_is_what_json_writes(words: str, degree: int | None, because: str) -> None:
    made = answers(words, degree)
    undecided = merge(PLAN, made, Rollup.MEDIAN)
    disputed = next(item for item in undecided.goals if item.answers)
    acts = (
        Decision("2026-1", disputed.goal.code, CLERK, disputed.answers_digest, "Sihteeri", "2026-08-12", because),
        *(
            Acceptance("2026-1", item.goal.code, item.waiting_digest, words, "2026-08-13")
            for item in undecided.goals
            if item.waiting
        ),
    )
    decided = merge(PLAN, made, Rollup.NONE, acts)
    assert any(item.decision for item in decided.goals) or degree == 5
    assert any(item.acceptance for item in decided.goals)
    for follow_up in (undecided, decided, merge(PLAN, (), Rollup.NONE)):
        data = provenance_bytes("2026-1", follow_up, {1: "a" * 64}, PROOF)
        assert data.decode() == json.dumps(json.loads(data), ensure_ascii=False, indent=1) + "\n"
