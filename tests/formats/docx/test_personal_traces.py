"""What is published tells nothing of the people who made the template, nor of their computers."""

import zipfile
from io import BytesIO

import docx
import openpyxl
import pytest
from docx.oxml import parse_xml

from generator.formats.docx.personal_traces import without_traces
from generator.formats.opc.package import CONTENT_TYPES, PACKAGE_RELATIONS, in_order
from generator.formats.opc.zip_writer import write_parts
from tests.formats.docx.reports import TEMPLATE, opened, parts, write

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS, PACKAGE = "word/_rels/document.xml.rels", "http://schemas.openxmlformats.org/package/2006"
PLANTED = b"Maija"
PICTURE = (
    '<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:extent cx="1" cy="1"/><wp:docPr id="900" name="Kuva" descr="{descr}"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData '
    'uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr>'
    '<pic:cNvPr id="0" name="Maijan vaakuna.png"><a:hlinkClick xmlns:r="' + R + '" r:id="rIdFile"/></pic:cNvPr>'
    "<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill/><pic:spPr/></pic:pic></a:graphicData></a:graphic>"
    "</wp:inline></w:drawing>"
)


def with_run(inner: str) -> bytes:
    """The template with a paragraph of its own before the last."""
    document = docx.Document(BytesIO(TEMPLATE))
    document.paragraphs[-1]._p.addprevious(parse_xml(f"<w:p {W}>{inner}</w:p>"))
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def with_parts(template: bytes, **changes: bytes) -> bytes:
    whole = {**parts(template), **changes}
    return write_parts((name, (whole[name],)) for name in in_order(whole))


def related(template: bytes, name: str, relation: str) -> bytes:
    """The template with one more relationship in a part of them."""
    end = b"</Relationships>"
    return with_parts(
        template, **{name: parts(template)[name].replace(end, f"<Relationship {relation}/>".encode() + end)}
    )


def link(target: str) -> bytes:
    made = with_run(f'<w:hyperlink xmlns:r="{R}" r:id="rIdFile"><w:r><w:t>Lisätiedot</w:t></w:r></w:hyperlink>')
    return related(made, RELATIONS, f'Id="rIdFile" Type="{R}/hyperlink" Target="{target}" TargetMode="External"')


def field(code: str) -> bytes:
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    half = len(code) // 2
    codes = "".join(
        f'<w:r><w:instrText xml:space="preserve">{each}</w:instrText></w:r>' for each in (code[:half], code[half:])
    )
    return with_run(f"{marks[0]}{codes}{marks[1]}<w:r><w:t>Lisätiedot</w:t></w:r>{marks[2]}")


def told_everywhere(document: bytes) -> bytes:
    """All parts of a document one after the other, with those of the packages in it."""
    told = b""
    with zipfile.ZipFile(BytesIO(document)) as package:
        for name in package.namelist():
            part = package.read(name)
            told += name.encode() + (told_everywhere(part) if part.startswith(b"PK") else part)
    return told


@pytest.mark.parametrize(
    "target",
    [
        "file:///C:/Users/Maija/muistio.docx",
        "C:\\Users\\Maija\\muistio.docx",
        "\\\\palvelin\\Maija\\muistio.docx",
        "Maijan%20muistio.docx",
        "../Maija/muistio.docx",
        "ftp://palvelin/Maija",
        "FILE://palvelin/Maija",
    ],
)
def test_a_link_to_a_file_goes_and_its_text_stays(target: str) -> None:
    for template in (link(target), field(f'HYPERLINK "{target}"'), with_run(simple_field(target))):
        made = write(template=template)
        assert PLANTED not in told_everywhere(made)
        assert "Lisätiedot" in [paragraph.text for paragraph in opened(made).paragraphs]


def simple_field(target: str) -> str:
    code = f"HYPERLINK &quot;{target}&quot;"
    return f'<w:fldSimple w:instr="{code}"><w:r><w:t>Lisätiedot</w:t></w:r></w:fldSimple>'


@pytest.mark.parametrize("target", ["https://kunta.example/", "http://kunta.example/", "mailto:kirjaamo@kunta.example"])
def test_a_link_to_the_web_or_to_an_address_stays(target: str) -> None:
    for template in (link(target), field(f'HYPERLINK "{target}"')):
        told = told_everywhere(write(template=template))
        assert target.encode() in told.replace(b'</w:instrText></w:r><w:r><w:instrText xml:space="preserve">', b"")
    assert b"HYPERLINK" in told_everywhere(write(template=field('HYPERLINK \\l "kohta"')))


def test_the_templates_properties_thumbnail_labels_and_custom_data_go() -> None:
    made = docx.Document(BytesIO(TEMPLATE))
    made.core_properties.author = made.core_properties.last_modified_by = "Maija"
    buffer = BytesIO()
    made.save(buffer)
    template = buffer.getvalue()
    types = parts(template)[CONTENT_TYPES].replace(
        b"</Types>",
        b'<Override PartName="/customXml/item1.xml" ContentType="application/xml"/>'
        b'<Default Extension="emf" ContentType="image/x-emf"/></Types>',
    )
    planted = {
        CONTENT_TYPES: types,
        "docProps/app.xml": b"<Properties><Company>Maija Oy</Company><Manager>Maija</Manager></Properties>",
        "docProps/custom.xml": b"<Properties>Maija</Properties>",
        "docMetadata/LabelInfo.xml": b"<labels>Maija</labels>",
        "thumbnail.emf": b"Maija",
        "customXml/item1.xml": b"<a>Maija</a>",
        "customXml/_rels/item1.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"/>'.encode(),
        "package/services/metadata/core-properties/1.psmdcp": b"<coreProperties>Maija</coreProperties>",
    }
    template = with_parts(template, **planted)
    for kind, target in (
        (f"{PACKAGE}/relationships/metadata/thumbnail", "thumbnail.emf"),
        ("http://schemas.microsoft.com/office/2020/02/relationships/classificationlabels", "docMetadata/LabelInfo.xml"),
    ):
        template = related(template, PACKAGE_RELATIONS, f'Id="rId{len(target)}x" Type="{kind}" Target="{target}"')
    template = related(template, RELATIONS, f'Id="rIdData" Type="{R}/customXml" Target="../customXml/item1.xml"')
    told = told_everywhere(write(template=template))
    assert PLANTED not in told and b"customXml/item1" not in told
    assert b"Havulahti" in told  # the municipality is the author


def test_names_of_pictures_files_of_editors_and_of_data_sources_go() -> None:
    picture = PICTURE.format(descr="C:\\Users\\Maija\\vaakuna.png")
    template = with_run(f'<w:permStart w:id="7" w:ed="KUNTA\\Maija"/><w:r>{picture}</w:r><w:permEnd w:id="7"/>')
    template = related(
        template, RELATIONS, f'Id="rIdFile" Type="{R}/hyperlink" Target="file:///C:/Maija" TargetMode="External"'
    )
    settings = parts(template)["word/settings.xml"]
    variables = b'<w:docVars><w:docVar w:name="a" w:val="Maija"/></w:docVars><w:rsids>'
    template = with_parts(template, **{"word/settings.xml": settings.replace(b"<w:rsids>", variables, 1)})
    assert PLANTED in told_everywhere(template)
    assert PLANTED not in told_everywhere(write(template=template))


def test_a_description_that_is_none_of_a_file_stays() -> None:
    template = with_run(f"<w:r>{PICTURE.format(descr='Kunnan vaakuna')}</w:r>")
    assert b"Kunnan vaakuna" in told_everywhere(write(template=template))


def test_a_workbook_inside_the_template_tells_no_author() -> None:
    book = openpyxl.Workbook()
    book.properties.creator = book.properties.lastModifiedBy = "Maija"
    book.active["A1"] = "Aste"
    buffer = BytesIO()
    book.save(buffer)
    template = with_parts(TEMPLATE, **{"word/embeddings/Taulukko.xlsx": buffer.getvalue()})
    template = related(template, RELATIONS, f'Id="rIdBook" Type="{R}/package" Target="embeddings/Taulukko.xlsx"')
    made = parts(write(template=template))
    kept = openpyxl.load_workbook(BytesIO(made["word/embeddings/Taulukko.xlsx"]))
    assert kept.active["A1"].value == "Aste"
    assert PLANTED not in told_everywhere(made["word/embeddings/Taulukko.xlsx"])


def test_our_own_template_keeps_its_bytes() -> None:
    own = parts(TEMPLATE)
    kept = without_traces(own)
    assert {name: own[name] for name in kept if name.startswith("word/") and not name.endswith(".rels")} == {
        name: part for name, part in kept.items() if name.startswith("word/") and not name.endswith(".rels")
    }
    assert {name for name in own if name.startswith("word/")} == {name for name in kept if name.startswith("word/")}
