import io
import zipfile

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Inches
from PIL import Image

from .making import docx_of, grid, lines, p, read_bytes, read_one, saved, zip_of


def test_paragraphs_and_tables_in_document_order(tmp_path):
    document = Document()
    document.add_heading("校本研修计划", 1)
    document.add_paragraph("一、目标")
    table = document.add_table(3, 3)
    for row in range(3):
        for column in range(3):
            table.cell(row, column).text = f"{row}{column}"
    table.cell(0, 0).merge(table.cell(0, 1)).text = "时间"
    table.cell(1, 2).merge(table.cell(2, 2)).text = "负责人\n教导处"
    table.cell(1, 0).add_table(1, 2).cell(0, 1).text = "里面"
    document.add_paragraph("二、措施")
    extracted = read_one(tmp_path, "a.docx", saved(document))
    assert lines(extracted)[:3] == ["校本研修计划", "一、目标", "时间"]
    assert lines(extracted)[-1] == "二、措施"
    cells = grid(extracted)
    assert cells[1, 1] == "时间"
    assert (1, 2) not in cells
    assert cells[1, 3] == "02"
    assert cells[2, 1] == "10\n里面"
    assert cells[2, 3] == "负责人\n教导处"
    assert (3, 3) not in cells
    assert grid(extracted, 2) == {(1, 2): "里面"}


def test_style_hints(tmp_path):
    styles = (
        '<w:style w:type="paragraph" w:styleId="x1"><w:name w:val="标题 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="x2"><w:name w:val="大"/><w:pPr><w:outlineLvl w:val="0"/>'
        '<w:jc w:val="center"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="x3"><w:name w:val="更大"/><w:basedOn w:val="x2"/></w:style>'
    )
    bold = '<w:p><w:r><w:rPr><w:b/></w:rPr><w:t>粗</w:t></w:r><w:r><w:rPr><w:b w:val="0"/></w:rPr>'
    bold += "<w:t>细</w:t></w:r></w:p>"
    body = [
        p("甲", '<w:pStyle w:val="x1"/>'),
        p("乙", '<w:pStyle w:val="x3"/>'),
        p("丙", '<w:outlineLvl w:val="2"/>'),
        p("丁", '<w:pStyle w:val="x3"/><w:outlineLvl w:val="9"/>'),
        bold,
    ]
    blocks = read_one(tmp_path, "a.docx", docx_of(*body, styles=styles)).blocks
    assert [block.level for block in blocks] == [2, 1, 3, None, None]
    assert [block.bold for block in blocks] == [False, True, False, True, False]
    assert [block.centered for block in blocks] == [False, True, False, True, False]


def test_tracked_changes_are_accepted(tmp_path):
    body = [
        '<w:p><w:r><w:t>听课</w:t></w:r><w:ins w:id="1" w:author="a"><w:r><w:t>十五</w:t></w:r></w:ins>'
        '<w:del w:id="2" w:author="a"><w:r><w:delText>十</w:delText></w:r></w:del><w:r><w:t>节</w:t></w:r></w:p>',
        '<w:p><w:pPr><w:rPr><w:del w:id="3" w:author="a"/></w:rPr></w:pPr><w:r><w:t>前半</w:t></w:r></w:p>',
        p("后半"),
        '<w:p><w:moveFrom w:id="4" w:author="a"><w:r><w:t>搬走</w:t></w:r></w:moveFrom>'
        '<w:moveTo w:id="5" w:author="a"><w:r><w:t>搬来</w:t></w:r></w:moveTo></w:p>',
        '<w:tbl><w:tr><w:trPr><w:del w:id="6" w:author="a"/></w:trPr>'
        "<w:tc><w:p><w:r><w:t>删行</w:t></w:r></w:p></w:tc></w:tr>"
        "<w:tr><w:tc><w:p><w:r><w:t>留行</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
    ]
    assert lines(read_one(tmp_path, "a.docx", docx_of(*body))) == ["听课十五节", "前半后半", "搬来", "留行"]


def test_hidden_text_fields_and_toc_are_left_out(tmp_path):
    def field(code: str, shown: str) -> str:
        return (
            f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{code}</w:instrText></w:r>'
            f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{shown}</w:t></w:r>'
            '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
        )

    body = [
        "<w:p><w:r><w:t>看得见</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见</w:t></w:r></w:p>",
        field(" TOC \\o ", "一、目标……1"),
        field(" PAGE ", "7"),
        field(" REF 目标 ", "见第一条"),
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>'
        "<w:sdtContent><w:p><w:r><w:t>目录</w:t></w:r></w:p></w:sdtContent></w:sdt>",
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>残</w:instrText></w:r></w:p>',
        p("后文还在"),
    ]
    assert lines(read_one(tmp_path, "a.docx", docx_of(*body))) == ["看得见", "见第一条", "后文还在"]


def test_headers_footers_and_comments_are_left_out_links_and_controls_kept(tmp_path):
    document = Document()
    document.sections[0].header.paragraphs[0].text = "页眉"
    document.sections[0].footer.paragraphs[0].text = "第1页"
    paragraph = document.add_paragraph("正文")
    document.add_comment(paragraph.runs, "批注", author="甲")
    extracted = read_one(tmp_path, "a.docx", saved(document))
    assert extracted.text == "正文"
    body = [
        "<w:p><w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink><w:sdt><w:sdtContent><w:r><w:t>控件</w:t></w:r>"
        "</w:sdtContent></w:sdt><w:fldSimple w:instr=' DATE '><w:r><w:t>九月</w:t></w:r></w:fldSimple></w:p>",
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>整段控件</w:t></w:r></w:p></w:sdtContent></w:sdt>",
    ]
    assert lines(read_one(tmp_path, "b.docx", docx_of(*body))) == ["链接控件九月", "整段控件"]


def test_text_boxes_are_read_once(tmp_path):
    box = "<w:txbxContent><w:p><w:r><w:t>文本框</w:t></w:r></w:p></w:txbxContent>"
    body = (
        "<w:p><w:r><w:t>锚点</w:t></w:r><w:r><mc:AlternateContent>"
        "<mc:Choice Requires='wps'><w:drawing><wps:wsp><wps:txbx>"
        f"{box}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox>"
        "</v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert lines(read_one(tmp_path, "a.docx", docx_of(body))) == ["锚点", "文本框"]
    old = f"<w:p><w:r><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></w:r></w:p>"
    assert lines(read_one(tmp_path, "b.docx", docx_of(old))) == ["文本框"]


def test_soft_breaks_tabs_and_symbols(tmp_path):
    body = (
        "<w:p><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t><w:br w:type='page'/><w:t>丁</w:t>"
        "<w:noBreakHyphen/><w:sym w:font='Wingdings' w:char='F0FC'/><w:sym w:font='X' w:char='bad!'/></w:r></w:p>"
    )
    extracted = read_one(tmp_path, "a.docx", docx_of(body))
    assert extracted.text == "甲\n乙\t丙\n丁-✓"
    assert {block.paragraph for block in extracted.blocks} == {1}


def with_part(data: bytes, name: str, xml: str, kind: str) -> bytes:
    """往 docx 里加一个部件和指向它的关系。"""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        members = {info.filename: package.read(info) for info in package.infolist()}
    target = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
    relation = f'<Relationship Id="rId99" Type="{target}" Target="{name}"/></Relationships>'.encode()
    place = "word/_rels/document.xml.rels"
    members[place] = members[place].replace(b"</Relationships>", relation)
    members[f"word/{name}"] = xml.encode()
    return zip_of(members)


def test_footnotes_follow_their_paragraph(tmp_path):
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    notes = (
        f'<w:footnotes {w}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote>'
        '<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/><w:t>脚注的字</w:t></w:r></w:p></w:footnote></w:footnotes>'
    )
    body = ["<w:p><w:r><w:t>正文</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r></w:p>", p("下一段")]
    data = with_part(docx_of(*body), "footnotes.xml", notes, "footnotes")
    assert lines(read_one(tmp_path, "a.docx", data)) == ["正文", "脚注的字", "下一段"]


def test_origin(tmp_path):
    picture = io.BytesIO()
    Image.new("RGB", (4, 4), "red").save(picture, "PNG")
    document = Document()
    document.core_properties.author = "甲老师"
    document.core_properties.last_modified_by = "乙老师"
    document.add_picture(picture, Inches(1))
    document.add_paragraph("正文")
    settings = document.settings.element
    for node in settings.findall(settings.tag.rpartition("}")[0] + "}rsids"):
        settings.remove(node)
    settings.append(
        parse_xml(
            f'<w:rsids {nsdecls("w")}><w:rsidRoot w:val="00AA"/><w:rsid w:val="00AA"/><w:rsid w:val="00BB"/></w:rsids>'
        )
    )
    origin = read_one(tmp_path, "a.docx", saved(document)).origin
    assert (origin.author, origin.last_editor, origin.rsid_root) == ("甲老师", "乙老师", "00AA")
    assert origin.rsids == ("00AA", "00BB")
    assert origin.application
    assert len(origin.image_hashes) == 1
    assert len(origin.image_hashes[0]) == 64


def test_a_document_type_declaration_is_refused(tmp_path):
    data = docx_of(p("正文"))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        members = {info.filename: package.read(info) for info in package.infolist()}
    secret = tmp_path / "秘密"
    secret.write_text("机密", encoding="utf-8")
    doctype = f'<!DOCTYPE w:document [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'.encode()
    declaration, _, rest = members["word/document.xml"].partition(b"?>")
    members["word/document.xml"] = declaration + b"?>" + doctype + rest.replace("正文".encode(), b"&x;")
    texts, notes = read_bytes(tmp_path, "a.docx", zip_of(members))
    assert texts == []
    assert notes[0].code == "JY501"
    assert "DTD" in notes[0].message


@pytest.mark.parametrize("part", ["word/styles.xml", "word/numbering.xml", "docProps/core.xml", "word/settings.xml"])
def test_a_spoiled_side_part_does_not_lose_the_text(tmp_path, part):
    with zipfile.ZipFile(io.BytesIO(docx_of(p("正文")))) as package:
        members = {info.filename: package.read(info) for info in package.infolist()}
    members[part] = b"<broken"
    assert read_one(tmp_path, "a.docx", zip_of(members)).text == "正文"


def test_strict_documents(tmp_path):
    with zipfile.ZipFile(io.BytesIO(docx_of(p("正文")))) as package:
        members = {info.filename: package.read(info) for info in package.infolist()}
    usual = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    strict = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    members["word/document.xml"] = members["word/document.xml"].replace(usual, strict)
    assert read_one(tmp_path, "a.docx", zip_of(members)).text == "正文"


def test_a_title_style_gives_the_title(tmp_path):
    document = Document()
    document.add_heading("校本研修计划", 0)
    document.add_paragraph("正文")
    assert read_one(tmp_path, "a.docx", saved(document)).title == "校本研修计划"


def test_embedded_pages_are_read(tmp_path):
    page = "<html><body><p>一、目标</p><p>听课十五节。</p></body></html>"
    body = ['<w:altChunk r:id="rId99"/>', p("后文")]
    data = with_part(docx_of(*body), "chunk.html", page, "aFChunk")
    assert lines(read_one(tmp_path, "a.docx", data)) == ["一、目标", "听课十五节。", "后文"]


def test_the_words_of_diagrams_are_read(tmp_path):
    d = 'xmlns:d="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
    boxes = "".join(f"<d:pt><d:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></d:t></d:pt>" for text in ("组长", "成员"))
    main = "http://schemas.openxmlformats.org/drawingml/2006/main"
    part = f'<d:dataModel {d} xmlns:a="{main}"><d:ptLst>{boxes}</d:ptLst></d:dataModel>'
    body = f"<w:p><w:r><w:t>领导小组</w:t></w:r><w:r><w:drawing><d:relIds {d} r:dm='rId99'/></w:drawing></w:r></w:p>"
    data = with_part(docx_of(body), "diagrams/data1.xml", part, "diagramData")
    assert lines(read_one(tmp_path, "a.docx", data)) == ["领导小组", "组长", "成员"]


def test_a_body_cut_short_is_read_with_a_note(tmp_path):
    with zipfile.ZipFile(io.BytesIO(docx_of(*(p(f"第{i}段") for i in range(50))))) as package:
        members = {info.filename: package.read(info) for info in package.infolist()}
    body = members["word/document.xml"]
    members["word/document.xml"] = body[: len(body) // 2]
    texts, notes = read_bytes(tmp_path, "a.docx", zip_of(members))
    assert lines(texts[0])[:2] == ["第0段", "第1段"]
    assert [note.code for note in notes] == ["JY501"]


def in_font(text: str, font: str) -> str:
    return f'<w:p><w:r><w:rPr><w:rFonts w:eastAsia="{font}"/></w:rPr><w:t>{text}</w:t></w:r></w:p>'


def test_the_fonts_of_an_official_document_are_levels(tmp_path):
    long = "为进一步规范校本教研活动，提高教研实效，结合我校实际，现就有关工作安排如下，请各教研组认真落实。"
    parts = [("一、总体要求", "黑体"), (long, "仿宋_GB2312"), ("（一）组织学习", "楷体_GB2312"), (long, "仿宋_GB2312")]
    blocks = read_one(tmp_path, "a.docx", docx_of(*(in_font(*part) for part in parts))).blocks
    assert [block.level for block in blocks] == [1, None, 2, None]
    other = [(text, "宋体" if text == long else font) for text, font in parts]
    blocks = read_one(tmp_path, "b.docx", docx_of(*(in_font(*part) for part in other))).blocks
    assert [block.level for block in blocks] == [None] * 4


def test_headers_and_footers_are_origin(tmp_path):
    document = Document()
    document.sections[0].header.paragraphs[0].text = "竹溪小学文件"
    document.sections[0].footer.paragraphs[0].text = "7"
    document.add_paragraph("正文")
    extracted = read_one(tmp_path, "a.docx", saved(document))
    assert extracted.text == "正文"
    assert extracted.origin.headers == ("竹溪小学文件",)


def test_page_breaks_inside_a_paragraph_end_a_line(tmp_path):
    body = '<w:p><w:r><w:t>封面</w:t><w:br w:type="page"/><w:t>一、目标</w:t><w:br w:type="page"/></w:r></w:p>'
    assert lines(read_one(tmp_path, "a.docx", docx_of(body))) == ["封面", "一、目标"]


def test_boxes_in_a_group_and_tables_in_a_box(tmp_path):
    space = 'xmlns:wpg="http://schemas.microsoft.com/office/word/2010/wordprocessingGroup"'
    cell = f"<w:tbl><w:tblPr/><w:tblGrid><w:gridCol/></w:tblGrid><w:tr><w:tc>{p('格')}</w:tc></w:tr></w:tbl>"
    shapes = "".join(
        f"<wps:wsp><wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx></wps:wsp>" for inside in (p("甲"), cell)
    )
    new = f"<w:drawing><wp:inline><a:graphic><a:graphicData uri='x'><wpg:wgp {space}>{shapes}</wpg:wgp></a:graphicData></a:graphic></wp:inline></w:drawing>"
    old = f"<w:pict><v:shape><v:textbox><w:txbxContent>{p('甲')}</w:txbxContent></v:textbox></v:shape></w:pict>"
    both = f'<mc:AlternateContent><mc:Choice Requires="wpg">{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback></mc:AlternateContent>'
    extracted = read_one(tmp_path, "a.docx", docx_of(f"<w:p><w:r>{both}</w:r></w:p>", p("乙")))
    assert lines(extracted) == ["甲", "格", "乙"]
    assert grid(extracted) == {(1, 1): "格"}
