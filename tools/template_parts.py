"""The template's styles, and the XML of its parts that python-docx has no words for: settings, bullets, base styles."""

from dataclasses import dataclass

from docx.oxml.ns import nsdecls

from generator.formats.docx.runs import Role

FONT = "Arial"
DARK, TINT, RULE = "1F3864", "E8EEF7", "A6A6A6"
TABLE_STYLE = "Seurantataulukko"

FONTS = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:fonts {nsdecls("w")}><w:font w:name="{FONT}"><w:panose1 w:val="020B0604020202020204"/><w:charset w:val="00"/>
<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>
"""
SETTINGS = """
<w:zoom w:percent="100"/>
<w:defaultTabStop w:val="720"/>
<w:autoHyphenation/>
<w:consecutiveHyphenLimit w:val="3"/>
<w:doNotHyphenateCaps/>
<w:characterSpacingControl w:val="doNotCompress"/>
<w:compat>
  <w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>
  <w:compatSetting w:name="overrideTableStyleFontSizeAndJustification" w:uri="http://schemas.microsoft.com/office/word"
    w:val="1"/>
  <w:compatSetting w:name="enableOpenTypeFeatures" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>
  <w:compatSetting w:name="doNotFlipMirrorIndents" w:uri="http://schemas.microsoft.com/office/word" w:val="1"/>
</w:compat>
<w:themeFontLang w:val="fi-FI"/>
<w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1" w:accent2="accent2"
  w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6" w:hyperlink="hyperlink"
  w:followedHyperlink="followedHyperlink"/>
<w:decimalSymbol w:val=","/>
<w:listSeparator w:val=";"/>
"""
# The bullet is a character of the text's own font: one of a symbol font breaks PDF/UA.
NUMBERING = f"""
<w:abstractNum w:abstractNumId="0">
  <w:multiLevelType w:val="singleLevel"/>
  <w:lvl w:ilvl="0">
    <w:start w:val="1"/><w:numFmt w:val="bullet"/><w:pStyle w:val="ListBullet"/>
    <w:lvlText w:val="•"/><w:lvlJc w:val="left"/>
    <w:pPr><w:ind w:left="340" w:hanging="340"/></w:pPr>
    <w:rPr><w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:cs="{FONT}"/></w:rPr>
  </w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
"""
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
BASE_STYLES = f"""
<w:docDefaults>
  <w:rPrDefault><w:rPr>
    <w:rFonts w:ascii="{FONT}" w:hAnsi="{FONT}" w:eastAsia="{FONT}" w:cs="{FONT}"/>
    <w:sz w:val="21"/><w:szCs w:val="21"/><w:lang w:val="fi-FI" w:eastAsia="fi-FI" w:bidi="ar-SA"/>
  </w:rPr></w:rPrDefault>
  <w:pPrDefault><w:pPr><w:widowControl/><w:spacing w:after="120" w:line="259" w:lineRule="auto"/></w:pPr></w:pPrDefault>
</w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/></w:style>
<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">
  <w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/><w:unhideWhenUsed/>
</w:style>
<w:style w:type="table" w:default="1" w:styleId="TableNormal">
  <w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>
  <w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>
    <w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>
    <w:right w:w="108" w:type="dxa"/>
  </w:tblCellMar></w:tblPr>
</w:style>
<w:style w:type="numbering" w:default="1" w:styleId="NoList">
  <w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/><w:unhideWhenUsed/>
</w:style>
<w:style w:type="table" w:customStyle="1" w:styleId="{TABLE_STYLE}">
  <w:name w:val="{TABLE_STYLE}"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>
  <w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblBorders>{_BORDERS}</w:tblBorders><w:tblCellMar>
    <w:top w:w="40" w:type="dxa"/><w:left w:w="80" w:type="dxa"/><w:bottom w:w="20" w:type="dxa"/>
    <w:right w:w="80" w:type="dxa"/>
  </w:tblCellMar></w:tblPr>
  <w:tblStylePr w:type="firstRow"><w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="{DARK}"/></w:tcPr></w:tblStylePr>
</w:style>
"""


@dataclass(frozen=True, slots=True)
class Look:
    """A paragraph style; sizes and spaces in points, colour in six hex digits."""

    name: str
    based_on: str = "Normal"
    size: float | None = None
    bold: bool | None = None
    colour: str = ""
    before: float | None = None
    after: float | None = None
    keeps_with_next: bool | None = None


STYLES = (
    Look("Heading 1", size=18, bold=True, colour=DARK, before=0, after=4, keeps_with_next=True),
    Look("Heading 2", size=13, bold=True, colour=DARK, before=14, after=5, keeps_with_next=True),
    Look("Heading 3", size=11, bold=True, colour=DARK, before=12, after=4, keeps_with_next=True),
    Look("Body Text", before=0, after=6),
    Look("Tiivistelmä", "Body Text", size=9.5, after=4),
    Look("Yhteenvedon rivi", "Body Text", size=9, after=0),
    Look("List Bullet", before=0, after=2),
    Look("Header", size=8.5, colour="404040", after=0),
    Look("Footer", size=8.5, colour="404040", after=0),
    Look("TOC Heading", size=11, bold=True, colour=DARK, before=10, after=3, keeps_with_next=True),
    Look("toc 2", size=9.5, before=0, after=0),
    Look("toc 3", size=9.5, before=0, after=0),
    Look("caption", size=9, bold=True, colour=DARK, before=6, after=3, keeps_with_next=True),
    Look("Kuva", before=0, after=2),
    Look("Tunnistetiedot", before=0, after=2),
    Look("Luonnos", size=11, bold=True, colour="9C1C1F", before=2, after=6),
    Look("Taulukkoteksti", size=8.5, before=0, after=2),
    Look("Taulukon otsikko", "Taulukkoteksti", bold=True, colour="FFFFFF", before=2, keeps_with_next=True),
    Look("Taulukon tiivis rivi", "Taulukkoteksti", after=0),
    Look("Taulukon luku", "Taulukon tiivis rivi"),
    Look("Taulukon summa", "Taulukon tiivis rivi", bold=True),
    Look("Tavoiterivi", "Taulukkoteksti", bold=True),
    Look(Role.SPEAKER, "Taulukkoteksti", bold=True, before=2, after=0, keeps_with_next=True),
    Look(Role.NOTE, "Taulukkoteksti", bold=True, colour="7A3A00"),
    Look(Role.REMARK, "Taulukkoteksti", colour="404040"),
    Look(Role.CHANGE, "Taulukkoteksti", colour=DARK),
    Look(Role.ANCESTOR, "Taulukkoteksti", colour="595959"),
)
BUILT_IN = (
    *("Heading 1", "Heading 2", "Heading 3", "Body Text", "List Bullet", "Header", "Footer"),
    *("TOC Heading", "toc 2", "toc 3", "caption"),
)
