import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx.document import Document
from docx.oxml.ns import qn
from hypothesis import given
from hypothesis import strategies as st
from openxml_audit import FileFormat, OpenXmlValidator

from generator.domain.base.settings import Language, ScopeKind
from generator.domain.base.text import is_clean
from generator.domain.output.frame import Scope
from generator.domain.plan.goals import Goal, Plan
from generator.formats.docx.fields import DocumentFields, list_fields
from generator.i18n.words import Words
from tests.builders import ROOT, SETTINGS
from tests.formats.docx.reports import (
    ENGLISH,
    PLAN,
    PREVIOUS,
    TEMPLATE,
    answer,
    bookmarked,
    follow_up,
    opened,
    outline,
    parts,
    report,
    template_of,
    write,
)

ONE_GOAL = Plan((Goal("01", "Tavoite", "", ("Talousjohtaja",), "", "A2"),))
EXTRACT = Scope(ScopeKind.OFFICER, "Ympäristöpäällikkö")
GOLDEN = """\
[Heading 1] Toteutusohjelman seurantaraportti, tammi–kesäkuu 2026
[Luonnos] LUONNOS. Raportti voi vielä muuttua, kunnes se vahvistetaan lopulliseksi.
[Tunnistetiedot] Havulahti, Kunnanvaltuusto
[Tunnistetiedot] Diaarinumero	HAV/412/00.01.02/2026
[Tunnistetiedot] Päiväys	24.8.2026
[Body Text] Tässä raportissa kuvataan, miten toteutusohjelman tavoitteet ja toimenpiteet ovat edenneet \
raportointikaudella tammi–kesäkuu 2026. Toteutusohjelma on hyväksytty (KV 15.12.2025 § 120). Vastuuhenkilöt \
ovat arvioineet kunkin tavoitteen etenemisen seuraavan asteikon mukaan:
[List Bullet] 1 Toteutuksessa ei ole edetty tai toimenpide ei vaadi toimenpiteitä ko. toimialueelta
[List Bullet] 2 Suunnitteluvaiheessa, on edetty hieman
[List Bullet] 3 Toteutus on aloitettu, ei vielä valmis
[List Bullet] 4 Toteutusvaiheessa lähellä valmistumista, ei vielä viimeistelty/käyttöön otettu
[List Bullet] 5 Toimenpide on toteutettu ja käyttöön otettu toteutusohjelman mukaan
[Body Text] Tavoitteen kokonaistilanne on jokin seuraavista: ● suunnitelman mukaan, ▲ viivästynyt, ■ ei \
toteudu. Jokaisella tavoitteella on taulukossa oma rivinsä. Ylemmän tason tavoitteista näkyy rivillä vain \
koodi, ja viiva tarkoittaa, että tietoa ei ole.
[TOC Heading] Sisällys
[toc 2] Yhteenveto
[toc 2] Huomiota vaativat tavoitteet
[toc 3] Raportoimatta
[toc 3] Tavoitteet, joista arviot eroavat
[toc 2] 01 Talous on tasapainossa
[toc 2] 02 Luonto voi hyvin
[toc 2] 03 Palvelut löytyvät
[Heading 2] Yhteenveto
[Tiivistelmä] Toteutusohjelma: KV 15.12.2025 § 120. Vertailukohta: edellisen raportointikauden viimeisimmät \
tiedot; kautta ei ole vahvistettu lopulliseksi.
[Caption] Tavoitteet kokonaistilanteittain
| Toimialue | ● suunnitelman mukaan | ▲ viivästynyt | ■ ei toteudu | Arviot eroavat | Ei tietoa | Yhteensä |
| Konserni | 1 | 0 | 0 | 0 | 0 | 1 |
| Tekninen | 0 | 0 | 1 | 0 | 2 | 3 |
| Ei toimialuetta | 0 | 0 | 0 | 1 | 3 | 4 |
| Kaikki tavoitteet | 1 | 0 | 1 | 1 | 5 | 8 |
[Kuva] Konserni: ● suunnitelman mukaan: 1. Tekninen: ■ ei toteudu: 1, Ei tietoa: 2. Ei toimialuetta: Arviot \
eroavat: 1, Ei tietoa: 3. Kaikki tavoitteet: ● suunnitelman mukaan: 1, ■ ei toteudu: 1, Arviot eroavat: 1, Ei \
tietoa: 5.
[Yhteenvedon rivi] ■ Ei toteudu (1)	02.10 Kosteikkoja rakennetaan
[Yhteenvedon rivi] ↓ Laski (1)	02.10 Kosteikkoja rakennetaan: 3 → 2
[Yhteenvedon rivi] ✓ Toteutui (1)	01.02 Hankinnat suunnitellaan (yhteensä 1)
[Yhteenvedon rivi] Muut etenemisasteet	ennallaan 1 · laskettuja laski 1 · ilman yhtä etenemisastetta tällä \
kaudella (tammi–kesäkuu 2026) 1 · ilman yhtä etenemisastetta kummallakaan kaudella 3
[Yhteenvedon rivi] Ei raportoitu (1)	Tekninen 1
[Yhteenvedon rivi] Osittain raportoitu (1)	01.02 Hankinnat suunnitellaan
[Yhteenvedon rivi] Arviot eroavat (1)	01.01 Menot sovitetaan tuloihin
[Caption] Tavoitteiden määrät etenemisasteittain ja tasoittain
| Taso | 1 | 2 | 3 | 4 | 5 | Ei arvioitavissa | Arviot eroavat | Ei raportoitu | Ei vastuuhenkilöä | Yhteensä \
|
| Valtuustokauden tavoite | 0 | 1 | 0 | 1 | 0 | 0 | 0 | 0 | 1 | 3 |
| Vuositavoite | 0 | 1 | 0 | 0 | 1 | 0 | 1 | 1 | 0 | 4 |
| Toimenpide | 0 | 0 | 0 | 0 | 0 | 1 | 0 | 0 | 0 | 1 |
| Yhteensä | 0 | 2 | 0 | 1 | 1 | 1 | 1 | 1 | 1 | 8 |
[Tiivistelmä] Etenemisasteista yksi on laskettu alemmista tavoitteista.
[Heading 2] Huomiota vaativat tavoitteet
| Tavoite | Syy | Merkittävimmät tavoitteen toteuttamista uhkaavat riskit | Vastuuhenkilö |
| 02.10 Kosteikkoja rakennetaan | ■ ei toteudu; 3 → 2, laski | – | Ympäristöpäällikkö |
[Heading 3] Raportoimatta
| Tavoite | Vastuuhenkilö |
| 01.02 Hankinnat suunnitellaan | Talousjohtaja |
| 02.11 Vesistöjä tutkitaan | Ympäristöpäällikkö |
[Heading 3] Tavoitteet, joista arviot eroavat
| Tavoite | Arviot |
| 01.01 Menot sovitetaan tuloihin | Talousjohtaja: 3 Toteutus on aloitettu, ei vielä valmis; ▲ viivästynyt / \
Tekninen johtaja: 2 Suunnitteluvaiheessa, on edetty hieman; ● suunnitelman mukaan |
[Heading 2] 01 Talous on tasapainossa
| Valtuustokauden tavoite | Vuositavoite | Toimenpide | Merkittävimmät tavoitteen toteuttamista uhkaavat \
riskit | Kokonaistilanne | Etenemisaste | Eteneminen | Vastuuhenkilö |
| 01 | – | – | Tulot vähenevät | ● suunnitelman mukaan | 4 Toteutusvaiheessa lähellä valmistumista, ei vielä \
viimeistelty/käyttöön otettu | Budjetti on tasapainossa. | Talousjohtaja |
| 01 | 01.01 Menot sovitetaan tuloihin | – | Korjausvelka kasvaa | Arviot eroavat / Talousjohtaja / ▲ \
viivästynyt / Tekninen johtaja / ● suunnitelman mukaan | Arviot eroavat / Talousjohtaja / 3 Toteutus on \
aloitettu, ei vielä valmis / Tekninen johtaja / 2 Suunnitteluvaiheessa, on edetty hieman / ei aiempaa arviota \
| Talousjohtaja / Menot ovat kehyksessä. / Tekninen johtaja / Tilojen menot ylittyvät. | Talousjohtaja / \
Tekninen johtaja |
| 01 | 01.01 | 01.01.02 Tilat tiivistetään | – | – | Ei arvioitavissa / edellisellä kaudella 1 | Laskenta \
valmistuu syksyllä. | Tekninen johtaja |
| 01 | 01.02 Hankinnat suunnitellaan | – | – | – | 5 Toimenpide on toteutettu ja käyttöön otettu \
toteutusohjelman mukaan / 3 → 5, nousi | Kalenteri on julkaistu. / Ei vielä raportoinut: Talousjohtaja | \
Talousjohtaja / Tekninen johtaja |
[Heading 2] 02 Luonto voi hyvin
| Valtuustokauden tavoite | Vuositavoite | Toimenpide | Merkittävimmät tavoitteen toteuttamista uhkaavat \
riskit | Kokonaistilanne | Etenemisaste | Eteneminen | Vastuuhenkilö |
| 02 | – | – | – | – | 2 Suunnitteluvaiheessa, on edetty hieman (laskettu) / Laskettu alemman tason \
tavoitteista / 3 → 2, laski | – | – |
| 02 | 02.10 Kosteikkoja rakennetaan | – | – | ■ ei toteudu | 2 Suunnitteluvaiheessa, on edetty hieman / 3 → \
2, laski | Rahoitus puuttuu. | Ympäristöpäällikkö |
| 02 | 02.11 Vesistöjä tutkitaan | – | Avustus jää saamatta | – | Ei raportoitu / ei aiempaa arviota | Ei \
raportoitu: Ympäristöpäällikkö | Ympäristöpäällikkö |
[Heading 2] 03 Palvelut löytyvät
| Valtuustokauden tavoite | Vuositavoite | Toimenpide | Merkittävimmät tavoitteen toteuttamista uhkaavat \
riskit | Kokonaistilanne | Etenemisaste | Eteneminen | Vastuuhenkilö |
| 03 | – | – | – | – | – | – | – |
[Body Text] Raportti on koottu vastuuhenkilöiden antamista vastauksista."""

officers_texts = (
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_characters="\r").filter(is_clean), max_size=60)
        | st.sampled_from(
            ("{{ 7*7 }}", "{% for", "{#", "&amp;", "</w:t>", "]]>", "\n\n", "\t", "  ", "\u00ad", "😀", "\u0085")
        ),
        min_size=1,
        max_size=6,
    )
    .map("".join)
    .filter(str.strip)
)


def with_previous(**given: object) -> bytes:
    return write(report(previous=follow_up(*PREVIOUS), **given))  # type: ignore[arg-type]


def test_the_document_reads_like_this() -> None:
    assert outline(opened(with_previous())) == GOLDEN


@given(narrative=officers_texts, risks=officers_texts)
def test_what_an_officer_wrote_stands_in_the_document_to_the_character(narrative: str, risks: str) -> None:
    document = opened(write(report(answer("01", "Talousjohtaja", 3, narrative, risks=risks), plan=ONE_GOAL)))
    assert bookmarked(document, "g_01_narrative") == narrative
    assert bookmarked(document, "g_01_main_risks") == risks


@given(title=officers_texts, officer=officers_texts)
def test_names_from_the_plan_stand_in_headings_and_tables_whatever_they_hold(title: str, officer: str) -> None:
    name = " ".join(officer.split())
    plan = Plan((Goal("01", title.strip(), "", (name,), "", "A2"),))
    document = opened(write(report(answer("01", name, 3), plan=plan)))
    headings = [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 2"]  # type: ignore[union-attr]
    assert headings[-1] == " ".join(f"01 {title}".split())
    assert bookmarked(document, "g_01_title") == headings[-1]
    assert bookmarked(document, "g_01_officer") == name


def test_the_same_report_gives_the_same_bytes() -> None:
    assert with_previous() == with_previous()


def test_the_bytes_do_not_depend_on_the_place_the_time_or_the_order_of_sets() -> None:
    script = (
        "import hashlib; from tests.formats.docx.test_document import with_previous; "
        "print(hashlib.sha256(with_previous()).hexdigest())"
    )
    elsewhere = {**os.environ, "TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "7", "PYTHONUTF8": "0"}
    made = subprocess.run(
        [sys.executable, "-c", script], env=elsewhere, cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert made.stdout.strip() == hashlib.sha256(with_previous()).hexdigest()


def test_no_part_and_no_member_of_the_file_has_a_clock() -> None:
    with ZipFile(BytesIO(write())) as archive:
        assert {member.date_time for member in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        names = archive.namelist()
    assert names[:2] == ["[Content_Types].xml", "_rels/.rels"] and names[-1] == "docProps/custom.xml"
    assert names[2:-1] == sorted(names[2:-1])
    assert str(date.today().year).encode() not in parts(write())["docProps/app.xml"]


def test_every_goal_of_the_plan_has_a_row_in_the_plans_order() -> None:
    tables = [table for table in opened(write()).tables if len(table.columns) == 8]
    codes = [
        [cell.text for cell in row.cells[:3] if cell.text != "–"][-1] for table in tables for row in table.rows[1:]
    ]
    assert codes == [goal.code if goal.level == 1 else f"{goal.code} {goal.title}" for goal in PLAN.goals]
    assert len(tables) == 3


@pytest.mark.parametrize(
    "scope", [Scope(), EXTRACT, Scope(ScopeKind.DIVISION, "Tekninen")], ids=lambda scope: scope.kind
)
def test_tables_are_marked_whole_and_filled(scope: Scope) -> None:
    for table in opened(with_previous(scope=scope)).tables:
        element = table._tbl
        assert element.xpath("string(./w:tblPr/w:tblCaption/@w:val)")
        assert [row.trPr is not None and row.trPr.find(qn("w:tblHeader")) is not None for row in element.tr_lst] == [
            True,
            *[False] * (len(element.tr_lst) - 1),
        ]
        assert not list(element.iter(qn("w:gridSpan"), qn("w:vMerge"), qn("w:hMerge"), qn("w:sdt")))
        assert all(cell.text.strip() for row in table.rows for cell in row.cells)
        widths = [int(width) for width in element.xpath("./w:tblGrid/w:gridCol/@w:w")]
        assert 15138 - len(widths) <= sum(widths) <= 15138
        own = [[cell.width.twips for cell in row.cells if cell.width] for row in table.rows]
        assert own[0] == widths and all(each in ([], widths) for each in own)  # the grid says those of goals' rows


def test_no_paragraph_is_empty_and_headings_skip_no_level() -> None:
    document = opened(with_previous())
    assert all(paragraph.text.strip() or paragraph._p.xpath(".//w:drawing") for paragraph in document.paragraphs)
    levels = [int(p.style.name[-1]) for p in document.paragraphs if p.style.name.startswith("Heading")]  # type: ignore[union-attr]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


@pytest.mark.parametrize(
    "document",
    [
        TEMPLATE,
        with_previous(),
        write(report(draft=False, scope=EXTRACT)),
        write(words=Words(Language.SWEDISH)),
        write(report(answer("01", "Talousjohtaja", 3, " &<{{\t\n\u00ad"))),
    ],
    ids=["template", "whole", "extract", "swedish", "odd text"],
)
def test_the_file_keeps_to_its_format(document: bytes, tmp_path: Path) -> None:
    path = tmp_path / "document.docx"
    path.write_bytes(document)
    assert OpenXmlValidator(file_format=FileFormat.MICROSOFT_365).validate(path).errors == []


def test_an_extract_says_whose_it_is_and_keeps_the_goals_above() -> None:
    text = outline(opened(write(report(scope=EXTRACT))))
    assert "[Heading 1] Ote toteutusohjelman seurantaraportista, tammi–kesäkuu 2026\n" in text
    assert "Ote vastuuhenkilön tavoitteista: Ympäristöpäällikkö." in text
    assert "[Heading 2] 02 Luonto voi hyvin" in text and "Talous on tasapainossa" not in text
    division = outline(opened(write(report(scope=Scope(ScopeKind.DIVISION, "Tekninen")))))
    assert "Ote toimialueen tavoitteista: Tekninen." in division and "01.01.02 Tilat" in division


def test_a_final_report_bears_no_word_of_a_draft() -> None:
    final, draft = write(report(draft=False)), write()
    assert b"LUONNOS" in parts(draft)["word/header1.xml"] and "[Luonnos] LUONNOS" in outline(opened(draft))
    texts = {name: part for name, part in parts(final).items() if name.endswith((".xml", ".rels"))}
    assert all("luonnos" not in part.decode().lower() for name, part in texts.items() if "styles" not in name)
    assert "[Tunnistetiedot] Lopullinen raportti." in outline(opened(final))
    assert b'name="status"><vt:lpwstr>Lopullinen<' in parts(final)["docProps/custom.xml"]
    assert b'name="status"><vt:lpwstr>Luonnos<' in parts(draft)["docProps/custom.xml"]


def test_the_first_page_says_once_that_it_is_a_draft_and_each_later_page_says_it() -> None:
    document = opened(write())
    section = document.sections[0]
    assert outline(document).count("LUONNOS") == 1
    assert section.different_first_page_header_footer
    assert section.first_page_header.paragraphs[0].text.startswith("Havulahti\tHAV/412/00.01.02/2026")
    assert "LUONNOS" not in section.first_page_header.paragraphs[0].text
    assert section.header.paragraphs[0].text.endswith(" LUONNOS")
    assert section.first_page_footer.paragraphs[0].text == section.footer.paragraphs[0].text


def test_headings_and_first_rows_stay_with_the_next_row_and_no_title_is_split() -> None:
    document = opened(write())
    assert document.styles["Heading 2"].paragraph_format.keep_with_next  # type: ignore[union-attr]
    assert document.styles["Taulukon otsikko"].paragraph_format.keep_with_next  # type: ignore[union-attr]
    for table in (table for table in document.tables if table.cell(0, 0).text == "Valtuustokauden tavoite"):
        own, *rows = table.rows[1:]
        stays = {bool(cell.paragraphs[0].paragraph_format.keep_with_next) for cell in (own.cells[0], *own.cells[3:])}
        assert stays == {bool(rows)}  # a row with nothing below it does not stay with the next heading
        assert not any(cell.paragraphs[0].paragraph_format.keep_with_next for row in rows for cell in row.cells)
        titles = [cell.paragraphs[0] for row in table.rows[1:] for cell in row.cells[:3]]
        assert all(title.paragraph_format.keep_together for title in titles)


def test_the_properties_say_what_the_document_is() -> None:
    properties = opened(write()).core_properties
    assert (properties.title, properties.author) == (
        "Toteutusohjelman seurantaraportti, tammi–kesäkuu 2026",
        "Havulahti",
    )
    assert (properties.identifier, properties.language) == ("HAV/412/00.01.02/2026", "fi-FI")
    assert (properties.subject, properties.category, properties.keywords) == (
        "tammi–kesäkuu 2026",
        "Seurantaraportti",
        "",
    )
    moments = (properties.created, properties.modified)
    assert [moment.isoformat() for moment in moments if moment] == ["2026-08-24T00:00:00+00:00"] * 2


def test_the_header_and_footer_say_whose_page_it_is() -> None:
    section = opened(write()).sections[0]
    assert section.header.paragraphs[0].text == "Havulahti\tHAV/412/00.01.02/2026 LUONNOS"
    assert section.footer.paragraphs[0].text.startswith("Toteutusohjelman seurantaraportti, tammi–kesäkuu 2026\tsivu ")
    footer = parts(write())["word/footer1.xml"].decode()
    assert footer.index(" PAGE ") < footer.index(" NUMPAGES ")


def test_without_a_case_number_nothing_stands_in_its_place() -> None:
    made = report()
    bare = replace(made, frame=replace(made.frame, period=replace(made.frame.period, case_number="")))
    document = opened(write(bare))
    assert "Diaarinumero" not in outline(document)
    assert document.sections[0].header.paragraphs[0].text == "Havulahti\t LUONNOS"


def test_when_all_have_reported_the_document_says_so() -> None:
    text = outline(opened(write(report(answer("01", "Talousjohtaja", 3), plan=ONE_GOAL))))
    assert "Kaikki tavoitteet, joilla on vastuuhenkilö, on raportoitu." in text


def test_bookmarks_enclose_each_value_once() -> None:
    document = opened(with_previous())
    marks = list(document.element.body.iter(qn("w:bookmarkStart")))
    names = [mark.get(qn("w:name")) for mark in marks]
    fields = ("title", "main_risks", "overall_status", "degree", "narrative", "officer")
    assert [name for name in names if not name.startswith("_Toc")] == [
        f"g_{goal.code.replace('.', '_')}_{field}" for goal in PLAN.goals for field in fields
    ]
    assert len({mark.get(qn("w:id")) for mark in marks}) == len(names)
    assert bookmarked(document, "g_01_degree").startswith("4 ") and "→" not in bookmarked(document, "g_01_degree")
    assert bookmarked(document, "g_01_01_narrative") == (
        "Talousjohtaja\nMenot ovat kehyksessä.\nTekninen johtaja\nTilojen menot ylittyvät."
    )


def test_a_status_has_its_colour_beside_its_shape_and_word() -> None:
    xml = parts(write())["word/document.xml"].decode()
    assert '<w:color w:val="9A5B00"/></w:rPr><w:t xml:space="preserve">▲ viivästynyt</w:t>' in xml


def is_kept_whole(document: Document) -> bool:
    row = document.tables[-1].rows[1]._tr
    return row.trPr is not None and row.trPr.find(qn("w:cantSplit")) is not None


def test_a_short_row_stays_whole_on_its_page() -> None:
    assert is_kept_whole(opened(write(report(answer("01", "Talousjohtaja", 3, "Lyhyt."), plan=ONE_GOAL))))


@pytest.mark.parametrize("narrative", ["Pitkä. " * 4681, "x\n" * 40], ids=["as long as Excel allows", "many lines"])
def test_a_long_row_breaks_between_pages(narrative: str) -> None:
    document = opened(write(report(answer("01", "Talousjohtaja", 3, narrative), plan=ONE_GOAL)))
    assert not is_kept_whole(document)
    assert bookmarked(document, "g_01_narrative") == narrative


@pytest.mark.parametrize(("words", "tag"), [(Words(Language.SWEDISH), "sv-FI"), (ENGLISH, "en-GB")])
def test_the_document_is_in_the_language_asked_for(words: Words, tag: str) -> None:
    whole = parts(write(words=words))
    assert f'w:lang w:val="{tag}"'.encode() in whole["word/styles.xml"]
    assert f"<dc:language>{tag}</dc:language>".encode() in whole["docProps/core.xml"]
    heading = SETTINGS.headings.label(list(type(SETTINGS.headings.headings[0].field))[6], words.language)
    assert heading in outline(opened(write(words=words)))


LOOPS = ("row", "count", "division", "level", "matter", "need", "section", "item", "text")


def test_every_field_is_listed_with_a_tag_that_prints_it() -> None:
    listed = list_fields()
    names = [field.name for field in listed]
    assert len(names) == len(set(names)) > 60
    assert {"title", "labels.page", "headings.degree", "summary.text", "section.heading", "row.narrative"} <= set(names)
    assert all(name.partition(".")[0] in (*DocumentFields.__annotations__, *LOOPS) for name in names)
    assert all(field.meaning for field in listed)


def test_the_tag_of_every_field_can_be_written_in_a_template() -> None:
    within: dict[str, list[str]] = {"": [], **{loop: [] for loop in LOOPS}}
    for field in list_fields():
        loop = field.name.partition(".")[0]
        within[loop if loop in LOOPS and "." in field.name else ""] += _paragraphs_of(field.tag)
    lines = [
        *within[""],
        *("{%p for section in sections %}", *within["section"]),
        *("{%p for row in section.rows %}", *within["row"], "{%p endfor %}", "{%p endfor %}"),
        *("{%p for count in summary.counts %}", *within["count"], "{%p endfor %}"),
        *("{%p for division in summary.divisions %}", *within["division"], "{%p endfor %}"),
        *("{%p for level in summary.levels %}", *within["level"], "{%p endfor %}"),
        *("{%p for matter in summary.matters %}", *within["matter"], "{%p endfor %}"),
        *("{%p for need in attention.rows %}", *within["need"], "{%p endfor %}"),
        *("{%p for item in programme.rows %}", *within["item"], "{%p endfor %}"),
        *("{%p for text in revision.rows %}", *within["text"], "{%p endfor %}"),
    ]
    document = opened(write(template=template_of(*lines)))
    assert [p.text for p in document.paragraphs if "{" in p.text or "Fields(" in p.text] == []
    assert "Rahoitus puuttuu." in [p.text for p in document.paragraphs]


def _paragraphs_of(tag: str) -> list[str]:
    """The tag as paragraphs: a loop over rows of a table as one over paragraphs, and each block with its end."""
    start = tag.replace("{%tr", "{%p")
    if start.startswith("{%p for"):
        return [start, "·", "{%p endfor %}"]
    return [start, "·", "{%p endif %}"] if start.startswith("{%p if") else [start]
