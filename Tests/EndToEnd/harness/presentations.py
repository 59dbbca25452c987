"""A presentation as small as one gets: slides with a line of words each."""

import io
import zipfile

NS = ('xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
      'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
      'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"')
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PKG = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.presentationml."
TREE = '<p:nvGrpSpPr><p:cNvPr id="1" name=""/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>'


def rels(*entries):
    lines = "".join(
        f'<Relationship Id="rId{n}" Type="{REL}/{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if external else "/>")
        for n, (kind, target, external) in enumerate(entries, 1))
    return f'<Relationships xmlns="{PKG}/relationships">{lines}</Relationships>'


def shape(words):
    return (f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="t"/><p:cNvSpPr txBox="1"/><p:nvPr/></p:nvSpPr><p:spPr>'
            '<a:xfrm><a:off x="914400" y="914400"/><a:ext cx="7315200" cy="914400"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr/>'
            f'<a:p><a:r><a:rPr lang="zh-CN" sz="3200"/><a:t>{words}</a:t></a:r></a:p></p:txBody></p:sp>')


def picture(rid):
    return (f'<p:pic><p:nvPicPr><p:cNvPr id="3" name="p"/><p:cNvPicPr/><p:nvPr/></p:nvPicPr><p:blipFill>'
            f'<a:blip r:link="{rid}"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr><a:xfrm>'
            '<a:off x="0" y="0"/><a:ext cx="914400" cy="914400"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/>'
            '</a:prstGeom></p:spPr></p:pic>')


def presentation(*pages, linked=None):
    """Bytes of a .pptx; `linked` is the address of a picture that its first slide asks for."""
    kinds = "".join(f'<Override PartName="/ppt/slides/slide{n}.xml" ContentType="{TYPE}slide+xml"/>'
                    for n in range(1, len(pages) + 1))
    ids = "".join(f'<p:sldId id="{255 + n}" r:id="rId{n}"/>' for n in range(1, len(pages) + 1))
    files = {
        "[Content_Types].xml":
            f'<Types xmlns="{PKG}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default '
            'Extension="xml" ContentType="application/xml"/><Override PartName="/ppt/presentation.xml" '
            f'ContentType="{TYPE}presentation.main+xml"/>{kinds}</Types>',
        "_rels/.rels": rels(("officeDocument", "ppt/presentation.xml", False)),
        "ppt/presentation.xml":
            f'<p:presentation {NS}><p:sldIdLst>{ids}</p:sldIdLst><p:sldSz cx="9144000" cy="5143500"/>'
            '<p:notesSz cx="6858000" cy="9144000"/></p:presentation>',
        "ppt/_rels/presentation.xml.rels":
            rels(*[("slide", f"slides/slide{n}.xml", False) for n in range(1, len(pages) + 1)]),
    }
    for number, words in enumerate(pages, 1):
        asks = linked is not None and number == 1
        drawn = shape(words) + (picture("rId1") if asks else "")
        files[f"ppt/slides/slide{number}.xml"] = \
            f'<p:sld {NS}><p:cSld><p:spTree>{TREE}{drawn}</p:spTree></p:cSld></p:sld>'
        if asks:
            files[f"ppt/slides/_rels/slide{number}.xml.rels"] = rels(("image", linked, True))
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, '<?xml version="1.0" encoding="UTF-8"?>' + text)
    return whole.getvalue()
