"""Says in one line why a choice of the secretary's workbook was refused, as the row of the workbook says it."""

from collections.abc import Mapping

from generator.domain.base.personal import mask_identity_codes
from generator.domain.follow_up.council_version import KIND as VERSION_KIND
from generator.domain.follow_up.open_items import RejectedChoice
from generator.domain.output.text_rows import KIND as TEXT_KIND
from generator.formats.xlsx.open_items_sheet import obstacle_words
from generator.formats.xlsx.texts_sheet import text_obstacle_words
from generator.i18n.council_version import version_remark
from generator.i18n.text_places import place_words
from generator.i18n.words import Words

_REASONS = {TEXT_KIND: text_obstacle_words, VERSION_KIND: version_remark}


def refusal_words(refused: RejectedChoice, titles: Mapping[str, str], words: Words) -> str:
    """Returns what a refused choice was about, if it was a goal or a text, and why it was refused.

    Args:
        titles: the goals' titles by their codes.
    """
    reason = mask_identity_codes(_REASONS.get(refused.kind, obstacle_words)(refused, words))
    if refused.kind == VERSION_KIND or not refused.code:
        return reason
    return f"{place_words(refused.code, titles, words)}: {reason}"
