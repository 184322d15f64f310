"""测试包里的 txt、html、pdf、xlsx、压缩包和不该读的文件。"""

from __future__ import annotations

import io

from openpyxl import Workbook
from reportlab.platypus import Paragraph, Table

from tests.readers.making import FLAT, TITLE, paragraphs_of, pdf_of, zip_of
from tests.readers.rar_making import rar4, rar5

from .docx_cases import CELLS, COMMON, plan_docx, plan_text
from .expecting import Case, Text
from .texts import SCHEDULE, SUMMARY

PLAIN = "\n".join(SUMMARY)
TEXT = (Text(SUMMARY),)
TRADITIONAL = (
    "竹溪國小校本教研總結",
    "一、學習活動",
    "本學期舉行教學研究會九次，教師觀課十八節，會後整理討論要點，分送各位老師參考。",
)


def text_cases() -> list[Case]:
    encodings = {
        "UTF-8": "utf-8",
        "UTF-8带标记": "utf-8-sig",
        "GBK": "gbk",
        "GB18030": "gb18030",
        "UTF-16": "utf-16",
        "UTF-16无标记": "utf-16-le",
    }
    cases = [Case(f"文本/{name}.txt", PLAIN.encode(encoding), TEXT) for name, encoding in encodings.items()]
    mixed = "\r\n".join(SUMMARY[:3]) + "\r" + "\n".join(SUMMARY[3:])
    return [
        *cases,
        Case("文本/BIG5.txt", "\n".join(TRADITIONAL).encode("big5"), (Text(TRADITIONAL),)),
        Case("文本/换行混用.txt", mixed.encode(), TEXT),
        Case("文本/乱码.txt", PLAIN.encode("gbk").decode("latin-1").encode("utf-8"), TEXT, notes=("JY504",)),
    ]


def essay_site() -> str:
    """范文网站：导航、面包屑、相关文章、页脚。"""
    body = "".join(f"<p>　　{text}</p>" for text in SUMMARY[1:])
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{SUMMARY[0]}_某范文网</title></head><body>'
        '<div class="header"><ul class="nav"><li><a href="#">范文</a></li><li><a href="#">教案</a></li></ul></div>'
        f'<div class="crumb">当前位置：<a href="/">首页</a></div><div class="main"><h1>{SUMMARY[0]}</h1>{body}</div>'
        '<div class="related"><h3>相关文章：</h3><p><a href="/1">教研组计划</a></p></div>'
        '<div class="footer"><p>版权所有 某范文网</p></div></body></html>'
    )


def saved_by_word() -> str:
    """Word 另存的网页：编号是写在条件注释里的字。"""
    body = "".join(
        f'<p class=MsoNormal style="text-indent:24.0pt"><span lang=EN-US>{text}</span></p>' for text in SUMMARY
    )
    return (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">'
        '<head><meta http-equiv=Content-Type content="text/html; charset=gb2312"><meta name=Generator content="Microsoft Word 15">'
        "<!--[if gte mso 9]><xml><w:WordDocument><w:View>Print</w:View></w:WordDocument></xml><![endif]-->"
        f"<style>p.MsoNormal{{margin:0}}</style></head><body lang=ZH-CN><div class=WordSection1>{body}</div></body></html>"
    )


def html_cases() -> list[Case]:
    heading = (Text(SUMMARY, headings=SUMMARY[:1]),)
    return [
        Case("网页/范文网站.html", essay_site().encode(), heading),
        Case("网页/范文网站GBK.htm", essay_site().replace("utf-8", "gb2312").encode("gbk"), heading),
        Case("网页/Word另存.htm", saved_by_word().encode("gbk"), TEXT),
        Case("后缀/其实是网页.doc", essay_site().encode(), heading, notes=("JY504",)),
    ]


def story() -> list[object]:
    return [Paragraph(SUMMARY[0], TITLE), *paragraphs_of([*SUMMARY[1:]])]


def pdf_cases() -> list[Case]:
    grid = Table([[Paragraph(text, FLAT) for text in row] for row in SCHEDULE], colWidths=[60, 250, 80])
    grid.setStyle([("GRID", (0, 0), (-1, -1), 0.5, "black")])
    many = [*SCHEDULE[:1], *[(f"第{n}周", f"第{n}次活动：研讨第{n}单元的作业", "各组") for n in range(1, 41)]]
    long = Table([[Paragraph(text, FLAT) for text in row] for row in many], colWidths=[60, 250, 80], repeatRows=1)
    long.setStyle([("GRID", (0, 0), (-1, -1), 0.5, "black")])
    flat = tuple(text for row in many for text in row)
    three = tuple(t if n % 2 else f"第{n}点：" + t for n, t in enumerate(SUMMARY[1:] * 5))
    return [
        Case("pdf/一栏.pdf", pdf_of(story(), header="竹溪小学2024年总结"), TEXT),
        Case("pdf/几页.pdf", pdf_of(paragraphs_of([*three]), header="竹溪小学"), (Text(three),)),
        Case("pdf/两栏.pdf", pdf_of(paragraphs_of([*three]), columns=2, header="竹溪小学"), (Text(three),)),
        Case("pdf/有表.pdf", pdf_of([*story(), grid]), (Text((*SUMMARY, *CELLS), CELLS),), tables=1),
        Case(
            "pdf/跨页表.pdf",
            pdf_of([*paragraphs_of(["一、安排"]), long], header="竹溪小学"),
            (Text(("一、安排", *flat), flat),),
            tables=1,
        ),
        Case("pdf/加密.pdf", pdf_of(story(), encrypt="秘密"), (), notes=("JY503",)),
    ]


def workbook() -> bytes:
    book = Workbook()
    for row in SCHEDULE:
        book.active.append(row)
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def gbk_zip(members: dict[str, bytes]) -> bytes:
    """像 Windows 那样写文件名：GBK 字节，不标 UTF-8。"""
    places = {f"{n:02}".ljust(len(name.encode("gbk")), "x"): name for n, name in enumerate(members)}
    data = zip_of({place: members[name] for place, name in places.items()}, 0)
    for place, name in places.items():
        data = data.replace(place.encode(), name.encode("gbk"))
    return data


def other_cases() -> list[Case]:
    inner = gbk_zip({"竹溪小学/总结.txt": PLAIN.encode("gbk")})
    package = gbk_zip(
        {
            "竹溪小学/计划.docx": plan_docx(COMMON),
            "竹溪小学/总结.txt": PLAIN.encode("gbk"),
            "内层.zip": inner,
            "竹溪小学/~$计划.docx": b"x" * 162,
        }
    )
    texts = (
        Text(SUMMARY, inner="内层.zip!/竹溪小学/总结.txt"),  Text(SUMMARY, inner="竹溪小学/总结.txt"), Text(plan_text(COMMON).lines, inner="竹溪小学/计划.docx"),
    )  # fmt: skip
    members = {"竹溪小学/总结.txt": PLAIN.encode("gbk"), "竹溪小学/计划.docx": plan_docx(COMMON)}
    packed = texts[1:]
    return [
        Case("表格/安排.xlsx", workbook(), (Text(CELLS, CELLS),), tables=1),
        Case("压缩包/上报.zip", package, texts, notes=("skipped",)),
        Case("压缩包/上报.rar", rar5(members), packed),
        Case("压缩包/老的.rar", rar4(members), packed),
        Case("系统文件/~$计划.docx", b"x" * 162, (), notes=("skipped",)),
        Case("系统文件/Thumbs.db", b"\xd0\xcf\x11\xe0" + bytes(508), (), notes=("skipped",)),
        Case("坏文件/空的.docx", b"", (), notes=("JY501",)),
        Case("坏文件/没传完.docx", plan_docx(COMMON)[:3000], (), notes=("JY501",)),
        Case("坏文件/没传完.pdf", b"%PDF-1.4\n" + bytes(100), (), notes=("JY501",)),
    ]


def cases() -> list[Case]:
    """docx、扫描件以外的。"""
    return [*text_cases(), *html_cases(), *pdf_cases(), *other_cases()]
