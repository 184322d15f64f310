"""把 sources/ 里的稿子做成学校上报的样子：docx、pdf、html、txt、zip 各有一些，放在 上报/。

每次运行得到同样的字节：日期固定，压缩包重新打包。需要 python-docx、reportlab。
"""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
import zipfile
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path

from docx import Document
from docx.oxml.ns import qn
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

HERE = Path(__file__).resolve().parent
SOURCES = HERE / "sources"
OUTPUT = HERE / "上报"
WHEN = dt.datetime(2025, 1, 16, 9, 0, 0)
FONT = "STSong-Light"
HEADING = re.compile(
    r"(?:([一二三四五六七八九十壹贰叁肆伍陆柒]+[、　])|【|(\d )|(（[一二三四五六七八九十]+）|\d\.\d ))"
)

# 每份稿子的格式；没有列出的不做
FORMATS: dict[str, str] = {
    "梧桐里小学/计划": "docx-headings",
    "梧桐里小学/总结": "docx-headings",
    "梧桐里小学/语文组计划": "docx-plain",
    "梧桐里小学/数学组计划": "docx-plain",
    "鹭汀小学/计划": "pdf",
    "鹭汀小学/总结": "pdf",
    "石盘桥小学/计划": "docx-plain",
    "石盘桥小学/总结": "html-word",
    "枫渡口小学/计划": "html-site",
    "枫渡口小学/总结": "txt-gb18030",
    "杏荫街小学/计划": "docx-plain",
    "杏荫街小学/总结": "docx-headings",
    "栗子巷小学/计划": "txt-utf-16",
    "栗子巷小学/总结": "docx-plain",
    "北苑第三小学/计划": "docx-plain",
    "北苑第三小学/总结": "txt-utf-8-sig",
    "清潭初级中学/计划": "docx-headings",
    "清潭初级中学/总结": "pdf",
    "双井坡初级中学/计划": "docx-plain",
    "双井坡初级中学/总结": "txt-utf-8",
    "望岚学校/计划": "docx-headings",
    "望岚学校/总结": "txt-utf-8",
    "苔花幼儿园/计划": "pdf",
    "苔花幼儿园/总结": "docx-plain",
    "苇塘镇中心学校/计划": "txt-utf-8",
}
ZIPPED = "望岚学校"

Block = str | list[list[str]]


def blocks(text: str) -> Iterator[Block]:
    """逐段给出文字；连着的 `| … |` 行合成一张表。"""
    table: list[list[str]] = []
    for line in text.split("\n"):
        if line.startswith("|"):
            table.append([cell.strip() for cell in line.strip("|").split("|")])
            continue
        if table:
            yield table
            table = []
        if line.strip():
            yield line
    if table:
        yield table


def heading_level(line: str) -> int:
    """独立成行的短标题的级别；正文为 0。"""
    found = HEADING.match(line)
    if not found or len(line) > 22 or line.endswith(("。", "；", "：", "！")):
        return 0
    return 2 if found[3] else 1


def repack(data: bytes) -> bytes:
    """重写压缩包，抹去打包时间。"""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return pack((name, archive.read(name)) for name in archive.namelist())


def pack(members: Iterator[tuple[str, bytes]]) -> bytes:
    """按固定时间打包。"""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            info = zipfile.ZipInfo(name, WHEN.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return buffer.getvalue()


def to_docx(text: str, school: str, headings: bool) -> bytes:
    """Word 文档；headings 为真时用标题样式，否则全是普通段落。"""
    document = Document()
    stamp(document, school)
    for index, block in enumerate(blocks(text)):
        if isinstance(block, list):
            add_table(document, block)
        elif headings and (index == 0 or heading_level(block)):
            document.add_heading(block, 0 if index == 0 else heading_level(block))
        else:
            document.add_paragraph(block)
    buffer = io.BytesIO()
    document.save(buffer)
    return repack(buffer.getvalue())


def stamp(document: Document, school: str) -> None:
    """写入固定的作者和日期。"""
    properties = document.core_properties
    properties.author = properties.last_modified_by = school
    properties.created = properties.modified = WHEN
    properties.comments = ""
    for rsids in document.settings.element.findall(qn("w:rsids")):
        document.settings.element.remove(rsids)  # 模板自带的修订号会让各校看起来同源


def add_table(document: Document, rows: list[list[str]]) -> None:
    """一张真正的 Word 表格。"""
    table = document.add_table(rows=len(rows), cols=len(rows[0]), style="Table Grid")
    for row, cells in zip(table.rows, rows, strict=False):
        for cell, text in zip(row.cells, cells, strict=False):
            cell.text = text


def page_number(canvas: Canvas, document: SimpleDocTemplate) -> None:
    """页脚页码。"""
    canvas.setFont(FONT, 9)
    canvas.drawCentredString(A4[0] / 2, 30, f"- {document.page} -")


def to_pdf(text: str, school: str) -> bytes:
    """A4 页面，自动折行。"""
    pdfmetrics.registerFont(UnicodeCIDFont(FONT))
    body = ParagraphStyle("body", fontName=FONT, fontSize=11, leading=18, wordWrap="CJK")
    title = ParagraphStyle("title", parent=body, fontSize=15, leading=26, alignment=1)
    story = []
    for index, block in enumerate(blocks(text)):
        if isinstance(block, list):
            cells = [[Paragraph(escape(cell), body) for cell in row] for row in block]
            story.append(Table(cells, colWidths=[110, 250, 90], style=[("GRID", (0, 0), (-1, -1), 0.5, "black")]))
        else:
            story.append(Paragraph(escape(block), body if index else title))
    buffer = io.BytesIO()
    document = SimpleDocTemplate(buffer, pagesize=A4, author=school, title=text.split("\n", maxsplit=1)[0], invariant=1)
    document.build(story, onFirstPage=page_number, onLaterPages=page_number)
    return buffer.getvalue()


def html_body(text: str, paragraph: str) -> str:
    """正文段落和表格的 HTML。"""
    parts = []
    for block in blocks(text):
        if isinstance(block, list):
            rows = ("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in block)
            parts.append("<table border=1>" + "\n".join(rows) + "</table>")
        else:
            parts.append(paragraph.format(escape(block)))
    return "\n".join(parts)


def to_site_page(text: str, school: str) -> bytes:
    """范文网站的网页：正文四周是导航、侧栏和相关链接。"""
    title = text.split("\n", maxsplit=1)[0]
    page = f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(title)}-好文驿站</title></head><body>
<div class="nav"><a href="/">首页</a> <a href="/plan/">工作计划</a> <a href="/sum/">工作总结</a> <a href="/speech/">演讲稿</a> <a href="/login">登录</a></div>
<div class="crumb">当前位置：<a href="/">好文驿站</a> &gt; <a href="/plan/">工作计划</a> &gt; 正文</div>
<div class="article"><h1>{escape(title)}</h1><p class="info">时间：2024-08-29 10:12　阅读：2071　我要投稿</p>
{html_body(text.partition(chr(10))[2], "<p>　　{}</p>")}
</div>
<div class="sidebar"><h3>热门推荐</h3><ul><li><a href="/p/1.html">班主任工作计划</a></li><li><a href="/p/2.html">国旗下讲话稿</a></li></ul></div>
<div class="related"><h3>猜你喜欢</h3><ul><li><a href="/p/3.html">教研组长工作计划</a></li><li><a href="/p/4.html">校本培训总结</a></li></ul></div>
<div class="footer">Copyright 好文驿站　版权声明　联系我们　网站地图</div>
<script>var hits = 2071;</script></body></html>
"""
    return page.encode("utf-8")


def to_word_page(text: str, school: str) -> bytes:
    """Word“另存为网页”的样子，GB2312 编码声明。"""
    paragraph = '<p class=MsoNormal style="text-indent:24.0pt"><span lang=ZH-CN>{}</span><o:p></o:p></p>'
    page = f"""<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta http-equiv=Content-Type content="text/html; charset=gb2312"><meta name=Generator content="Microsoft Word 15">
<title>{escape(text.split(chr(10), maxsplit=1)[0])}</title>
<!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>{escape(school)}</o:Author></o:DocumentProperties></xml><![endif]-->
<style>p.MsoNormal {{margin:0cm; font-size:12.0pt; font-family:宋体;}}</style></head>
<body lang=ZH-CN><div class=WordSection1>
{html_body(text, paragraph)}
</div></body></html>
"""
    return page.replace("\n", "\r\n").encode("gb18030")


def to_txt(text: str, encoding: str) -> bytes:
    """纯文本；UTF-16 固定为小端并带字节序标记。"""
    if encoding == "utf-16":
        return b"\xff\xfe" + text.encode("utf-16-le")
    return text.encode(encoding)


MAKERS: dict[str, tuple[str, Callable[[str, str], bytes]]] = {
    "docx-headings": (".docx", lambda text, school: to_docx(text, school, True)),
    "docx-plain": (".docx", lambda text, school: to_docx(text, school, False)),
    "pdf": (".pdf", to_pdf),
    "html-site": (".html", to_site_page),
    "html-word": (".html", to_word_page),
}


def make(text: str, school: str, form: str) -> tuple[str, bytes]:
    """按格式做出一个文件，返回后缀和内容。"""
    if form.startswith("txt-"):
        return ".txt", to_txt(text, form.removeprefix("txt-"))
    suffix, maker = MAKERS[form]
    return suffix, maker(text, school)


def main() -> None:
    """重做整个 上报/ 文件夹。"""
    shutil.rmtree(OUTPUT, ignore_errors=True)
    zipped: list[tuple[str, bytes]] = []
    for name, form in FORMATS.items():
        school, title = name.split("/")
        suffix, data = make((SOURCES / f"{name}.txt").read_text(encoding="utf-8"), school, form)
        if school == ZIPPED:
            zipped.append((title + suffix, data))
            continue
        path = OUTPUT / school / (title + suffix)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    path = OUTPUT / ZIPPED / f"{ZIPPED}.zip"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pack(iter(zipped)))


if __name__ == "__main__":
    main()
