"""有害的 docx、xlsx、odt：实体、外部关系、深套、炸弹、缺部件、自己指自己。"""

from __future__ import annotations

import io
import zipfile

from fuzz.seeds import plain_docx, plain_xlsx

from .archives import MB, zipped

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
LOL = f'<!DOCTYPE d [<!ENTITY l0 "哈">{LAUGHS}]>'
XXE = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
REMOTE = '<!DOCTYPE d SYSTEM "http://127.0.0.1:9/evil.dtd" [<!ENTITY % p SYSTEM "http://127.0.0.1:9/p"> %p;]>'


def changed(data: bytes, parts: dict[str, bytes | None]) -> bytes:
    """换掉、去掉（None）包里的几个部件。"""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        old = {name: package.read(name) for name in package.namelist()}
    return zipped({name: part for name, part in (old | parts).items() if part is not None})


def body(inner: str, doctype: str = "") -> bytes:
    """正文部件。"""
    return f'<?xml version="1.0"?>{doctype}<w:document xmlns:w="{W}"><w:body>{inner}</w:body></w:document>'.encode()


def docx(inner: str, doctype: str = "") -> bytes:
    """换了正文的 docx。"""
    return changed(plain_docx(), {"word/document.xml": body(inner, doctype)})


def p(text: str) -> str:
    """一段。"""
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def relations(target: str, mode: str = "", kind: str = "attachedTemplate") -> bytes:
    """正文部件的关系。"""
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{office}/{kind}" Target="{target}"{mode}/></Relationships>'
    ).encode()


def odt(content: str) -> bytes:
    """一份 odt。"""
    spaces = " ".join(f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text"))
    manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    return zipped(
        {
            "mimetype": b"application/vnd.oasis.opendocument.text",
            "content.xml": f'<?xml version="1.0"?>{content.replace("SPACES", spaces)}'.encode(),
            "META-INF/manifest.xml": f'<m:manifest xmlns:m="{manifest}"><m:file-entry m:full-path="/" '
            'm:media-type="application/vnd.oasis.opendocument.text"/></m:manifest>'.encode(),
        },
        zipfile.ZIP_STORED,
    )


LINKED = (
    '<office:document-content SPACES xmlns:x="http://www.w3.org/1999/xlink" office:version="1.2"><office:body>'
    '<office:text><text:p>plan</text:p><text:section text:name="s"><text:section-source x:href="file:///etc/hostname"/>'
    "<text:p>old</text:p></text:section></office:text></office:body></office:document-content>"
)


def packages() -> dict[str, bytes]:
    """文件名 → 内容。"""
    word, sheet = plain_docx(), plain_xlsx()
    external = ' TargetMode="External"'
    deep = "<w:tbl><w:tr><w:tc>" * 3000 + p("底") + "</w:tc></w:tr></w:tbl>" * 3000
    nested = "<w:sdt><w:sdtContent>" * 200 + p("底") + "</w:sdtContent></w:sdt>" * 200
    cells = "<w:tc>" + p("格") + "</w:tc>"
    return {
        "外部实体.docx": docx(p("&x;"), XXE),
        "远程dtd.docx": docx(p("plan"), REMOTE),
        "十亿大笑.docx": docx(p("&l9;"), LOL),
        "属性里的实体.docx": docx(f'<w:p><w:bookmarkStart w:name="&x;"/></w:p>{p("plan")}', XXE),
        "表格套三千层.docx": docx(deep),
        "控件套两百层.docx": docx(nested),
        "正文八十兆.docx": changed(word, {"word/document.xml": body(p("0" * 1000) * (80 * MB // 1000))}),
        "正文六十兆.docx": changed(word, {"word/document.xml": body(p("0" * 100) * (50 * MB // 140))}),
        "百万格.docx": docx("<w:tbl>" + ("<w:tr>" + cells * 60 + "</w:tr>") * 3000 + "</w:tbl>"),
        "合并到天边.docx": docx(
            f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2000000000"/></w:tcPr>{p("格")}</w:tc></w:tr></w:tbl>'
        ),
        "外部模板.docx": changed(
            word, {"word/_rels/document.xml.rels": relations("http://127.0.0.1:9/t.dotm", external)}
        ),
        "关系指到包外.docx": changed(
            word, {"word/_rels/document.xml.rels": relations("../../../../etc/passwd", "", "styles")}
        ),
        "关系指自己.docx": changed(word, {"word/_rels/document.xml.rels": relations("document.xml", "", "styles")}),
        "没有正文.docx": changed(word, {"word/document.xml": None}),
        "没有关系.docx": changed(word, {"_rels/.rels": None, "word/_rels/document.xml.rels": None}),
        "正文是乱码.docx": changed(word, {"word/document.xml": bytes(range(256)) * 40}),
        "正文截断.docx": changed(word, {"word/document.xml": body(p("计划") * 50)[:2000]}),
        "正文里有NUL.docx": changed(word, {"word/document.xml": body(p("计\0划"))}),
        "正文utf16.docx": changed(word, {"word/document.xml": body(p("计划")).decode().encode("utf-16")}),
        "编号转圈.docx": changed(
            word,
            {
                "word/numbering.xml": f'<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="0"><w:numStyleLink '
                'w:val="s"/></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'.encode(),
                "word/styles.xml": f'<w:styles xmlns:w="{W}"><w:style w:styleId="s"><w:basedOn w:val="s"/><w:pPr><w:numPr>'
                '<w:numId w:val="1"/></w:numPr></w:pPr></w:style></w:styles>'.encode(),
            },
        ),
        "编号大得离谱.docx": docx(
            '<w:p><w:pPr><w:numPr><w:ilvl w:val="99999999999"/><w:numId w:val="-1"/></w:numPr></w:pPr></w:p>'
            + p("计划")
        ),
        "图片炸弹.docx": changed(word, {f"word/media/image{n}.png": bytes(30 * MB) for n in range(3)}),
        "宏.docm": changed(word, {"word/vbaProject.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)}),
        "目录说谎.docx": word[:-22] + word[-22:-12] + b"\xff\xff\xff\x7f" + word[-8:],
        "截断.docx": word[: len(word) // 2],
        "十亿大笑.xlsx": changed(
            sheet, {"xl/sharedStrings.xml": f'<?xml version="1.0"?>{LOL}<sst><si><t>&l9;</t></si></sst>'.encode()}
        ),
        "行号说谎.xlsx": changed(
            sheet,
            {
                "xl/worksheets/sheet1.xml": b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
                b'<dimension ref="A1:XFD1048576"/><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
                b"</sheetData></worksheet>"
            },
        ),
        "公式.xlsx": changed(
            sheet,
            {
                "xl/worksheets/sheet1.xml": b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
                b'<sheetData><row r="1"><c r="A1" t="str"><f>HYPERLINK("http://127.0.0.1:9")</f><v>=cmd|x</v></c></row>'
                b"</sheetData></worksheet>"
            },
        ),
        "链到本机文件.odt": odt(LINKED),
        "十亿大笑.odt": odt(LOL.replace("DOCTYPE d", "DOCTYPE x") + LINKED.replace("old", "&l9;")),
    }
