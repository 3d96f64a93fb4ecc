"""A PDF's metadata: the XMP packet, and the older Info dictionary with the same content."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from generator.formats.pdf.outcome import Conformance, PdfFacts

CREATOR = "Seuranta"
_LEVELS = {Conformance.A_2A: "A", Conformance.A_2B: "B"}


def make_info(facts: PdfFacts, producer: str) -> dict[str, str]:
    """Makes the Info dictionary; its content is the same as the XMP packet's."""
    moment = f"D:{facts.day:%Y%m%d}000000Z"
    texts = {
        "/Title": facts.title,
        "/Author": facts.author,
        "/Subject": facts.subject,
        "/Creator": CREATOR,
        "/Producer": producer,
        "/CreationDate": moment,
        "/ModDate": moment,
    }
    return {name: text for name, text in texts.items() if text}


def make_xmp(facts: PdfFacts, producer: str, claims: tuple[Conformance, ...]) -> bytes:
    """Makes the XMP packet, the only place that names the standards of a PDF.

    Source: ISO 19005-2:2011, 6.6.2.3 (extension schemas), 6.6.4 (part and conformance); ISO 14289-1:2014, clause 5.
    """
    described = "".join(f"{_DESCRIPTION}{text}</rdf:Description>\n" for text in _descriptions(facts, producer, claims))
    return (_BEGIN + described + _END).encode()


def _descriptions(facts: PdfFacts, producer: str, claims: tuple[Conformance, ...]) -> Iterator[str]:
    for claim in claims:
        if level := _LEVELS.get(claim):
            yield f"<pdfaid:part>2</pdfaid:part><pdfaid:conformance>{level}</pdfaid:conformance>"
    if Conformance.UA_1 in claims:
        yield "<pdfuaid:part>1</pdfuaid:part>"
        yield _PDFUAID_SCHEMA
    yield "".join(_dublin_core(facts))
    yield f"<pdf:Producer>{escape(producer)}</pdf:Producer>"
    moment = f"{facts.day.isoformat()}T00:00:00Z"
    dates = "".join(f"<xmp:{name}>{moment}</xmp:{name}>" for name in ("CreateDate", "ModifyDate", "MetadataDate"))
    yield f"<xmp:CreatorTool>{CREATOR}</xmp:CreatorTool>{dates}"


def _dublin_core(facts: PdfFacts) -> Iterator[str]:
    texts = (
        ("title", facts.title, '<rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt>'),
        ("creator", facts.author, "<rdf:Seq><rdf:li>{}</rdf:li></rdf:Seq>"),
        ("description", facts.subject, '<rdf:Alt><rdf:li xml:lang="x-default">{}</rdf:li></rdf:Alt>'),
        ("language", facts.language, "<rdf:Bag><rdf:li>{}</rdf:li></rdf:Bag>"),
        ("identifier", facts.identifier, "{}"),
    )
    return (f"<dc:{name}>{form.format(escape(text))}</dc:{name}>" for name, text, form in texts if text)


_NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaExtension": "http://www.aiim.org/pdfa/ns/extension/",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
}
_DESCRIPTION = '<rdf:Description rdf:about="">'
_BEGIN = (
    '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
    '<x:xmpmeta xmlns:x="adobe:ns:meta/">\n'
    '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"'
    + "".join(f'\n xmlns:{prefix}="{name}"' for prefix, name in _NAMESPACES.items())
    + ">\n"
)
_END = '</rdf:RDF>\n</x:xmpmeta>\n<?xpacket end="r"?>\n'
# PDF/A knows no `pdfuaid` of its own, and LibreOffice 7.4 does not describe it.
_PDFUAID_SCHEMA = f"""<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{_NAMESPACES["pdfuaid"]}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>part</pdfaProperty:name>
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category>
<pdfaProperty:description>Part of ISO 14289 to which the document keeps</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>"""
