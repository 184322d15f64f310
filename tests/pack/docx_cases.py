"""测试包里的 docx：编号、表格、文本框、修订……各一份，XML 手写。"""

from __future__ import annotations

import io
import zipfile

from tests.readers.making import abstract, docx_of, level, num, p, zip_of

from .expecting import Case, Text, numbered_lines
from .texts import NUMERALS, PLAN, SCHEDULE, SUMMARY, Item

COMMON = (
    ("chineseCountingThousand", "%1、"),
    ("chineseCountingThousand", "（%2）"),
    ("decimal", "%3."),
    ("decimal", "（%4）"),
)
LEVELS = {
    "公文编号": COMMON,
    "章节条": (("chineseCounting", "第%1章 "), ("chineseCounting", "第%2节 "), ("decimalFullWidth", "%3．"), ("decimalEnclosedCircle", "%4")),
    "台湾写法": (("taiwaneseCountingThousand", "%1、"), ("taiwaneseCountingThousand", "（%2）"), ("upperLetter", "%3."), ("lowerLetter", "%4)")),
    "罗马数字": (("upperRoman", "%1."), ("upperLetter", "%2."), ("lowerRoman", "%3)"), ("lowerLetter", "(%4)")),
    "十进编号": (("decimal", "%1"), ("decimal", "%1.%2"), ("decimal", "%1.%2.%3"), ("decimal", "%1.%2.%3.%4")),
    "逐字数字": (("ideographDigital", "%1、"), ("ideographDigital", "%1．%2"), ("decimalZero", "%3、"), ("decimalEnclosedCircle", "%4")),
    "天干地支": (("ideographTraditional", "%1、"), ("ideographZodiac", "%2、"), ("chineseLegalSimplified", "%3、"), ("japaneseCounting", "%4、")),
}  # fmt: skip
ORACLE = {"公文编号", "台湾写法", "罗马数字", "十进编号"}
STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="g{n}"><w:name w:val="heading {n}"/>'
    f'<w:pPr><w:outlineLvl w:val="{n - 1}"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>'
    for n in (1, 2, 3)
)


def paragraph(item: Item, number: int = 1, style: bool = True) -> str:
    """一段：标题样式、编号写在段上。"""
    properties = f'<w:pStyle w:val="g{item.heading}"/>' if item.heading and style else ""
    if item.level is not None:
        properties += f'<w:numPr><w:ilvl w:val="{item.level}"/><w:numId w:val="{number}"/></w:numPr>'
    return p(item.text, properties)


def cell(content: str, span: int = 1, merge: str = "") -> str:
    """一格：content 是字或段落的 XML。"""
    inside = content if content.startswith("<w:") else p(content)
    shape = (f'<w:gridSpan w:val="{span}"/>' if span > 1 else "") + merge
    return f'<w:tc><w:tcPr><w:tcW w:w="{2000 * span}" w:type="dxa"/>{shape}</w:tcPr>{inside}</w:tc>'


def table(rows: list[list[str]], columns: int) -> str:
    grid = "<w:gridCol w:w='2000'/>" * columns
    edges = "".join(
        f'<w:{side} w:val="single" w:sz="4"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    body = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr><w:tblW w:w='0' w:type='auto'/><w:tblBorders>{edges}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


def schedule() -> str:
    return table([[cell(text) for text in row] for row in SCHEDULE], 3)


CELLS = tuple(text for row in SCHEDULE for text in row)


def plan_docx(levels: tuple[tuple[str, str], ...], suffix: str = "nothing", with_table: bool = False) -> bytes:
    """四级编号的计划。"""
    numbering = abstract(0, *(level(i, *one, suffix=suffix) for i, one in enumerate(levels))) + num(1, 0)
    body = [paragraph(item) for item in PLAN]
    if with_table:
        body.insert(-2, schedule())
    return docx_of(*body, numbering=numbering, styles=STYLES)


def plan_text(levels: tuple[tuple[str, str], ...], with_table: bool = False) -> Text:
    lines = numbered_lines(PLAN, levels)
    headings = tuple(line for line, item in zip(lines, PLAN, strict=True) if item.heading)
    if not with_table:
        return Text(lines, headings=headings)
    return Text((*lines[:-2], *CELLS, *lines[-2:]), CELLS, headings)


def numbering_cases() -> list[Case]:
    cases = [
        Case(f"编号/{name}.docx", plan_docx(levels), (plan_text(levels),), oracle=name in ORACLE)
        for name, levels in LEVELS.items()
    ]
    cases.append(Case("编号/后接制表位.docx", plan_docx(COMMON, "tab"), (plan_text(COMMON),), oracle=True))
    for name, style, template in (
        ("数到二十二", "chineseCountingThousand", "%1、"),
        ("带圈数到二十二", "decimalEnclosedCircle", "%1"),
        ("逐条数到二十二", "ideographDigital", "第%1条 "),
    ):
        texts = [f"第{'甲乙丙丁戊己庚辛壬癸'[i % 10]}组报送材料{i // 10}份。" for i in range(22)]
        shown = tuple(template.replace("%1", n) + t for n, t in zip(NUMERALS[style].split(), texts, strict=True))
        body = [paragraph(Item(text, 0)) for text in texts]
        data = docx_of(*body, numbering=abstract(0, level(0, style, template)) + num(1, 0))
        cases.append(Case(f"编号/{name}.docx", data, (Text(shown),), oracle=style == "chineseCountingThousand"))
    return [
        *cases,
        restarted(),
        linked_styles(),
        shared_list(),
        list_style(),
        legal(),
        no_restart(),
        in_cells(),
        skipping(),
    ]


def restarted() -> Case:
    """两个列表同一种样子，第二个从一重新数；第三个接着第一个数。"""
    numbering = abstract(0, level(0, "chineseCountingThousand", "%1、")) + num(1, 0)
    numbering += num(2, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>')
    numbering += num(3, 0, '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>')
    items = [("甲校", 1), ("乙校", 1), ("丙校", 2), ("丁校", 2), ("戊校", 3)]
    body = [paragraph(Item(text, 0), number) for text, number in items]
    lines = ("一、甲校", "二、乙校", "一、丙校", "二、丁校", "五、戊校")
    return Case("编号/重新编号.docx", docx_of(*body, numbering=numbering), (Text(lines),), oracle=True)


def linked_styles() -> Case:
    """编号写在样式里，列表的各级指着样式；父样式有编号，子样式跟着有。"""
    levels = [
        level(i, style, shape, extra=f'<w:pStyle w:val="g{i + 1}"/>')
        for i, (style, shape) in enumerate((("chineseCounting", "%1、"), ("chineseCounting", "（%2）")))
    ]
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="g{n}"><w:name w:val="heading {n}"/><w:pPr><w:numPr>'
        f'<w:ilvl w:val="{n - 1}"/><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="{n - 1}"/></w:pPr></w:style>'
        for n in (1, 2)
    )
    styles += '<w:style w:type="paragraph" w:styleId="k"><w:name w:val="重点"/><w:basedOn w:val="g2"/></w:style>'
    body = [
        p("目标", '<w:pStyle w:val="g1"/>'), p("近期", '<w:pStyle w:val="g2"/>'), p("远期", '<w:pStyle w:val="k"/>'),
        p("措施", '<w:pStyle w:val="g1"/>'), p("这一段用标题样式但取消了编号", '<w:pStyle w:val="g1"/><w:numPr><w:numId w:val="0"/></w:numPr>'),
        p("听课", '<w:pStyle w:val="g2"/>'),
    ]  # fmt: skip
    lines = ("一、目标", "（一）近期", "（二）远期", "二、措施", "这一段用标题样式但取消了编号", "（一）听课")
    data = docx_of(*body, numbering=abstract(0, *levels) + num(1, 0), styles=styles)
    return Case("编号/样式带编号.docx", data, (Text(lines, headings=lines),), oracle=True)


def shared_list() -> Case:
    """两个 w:num 指着同一个列表、没有改起点：接着数。"""
    numbering = abstract(0, level(0, "decimal", "%1.")) + num(1, 0) + num(2, 0)
    body = [
        paragraph(Item("备课", 0), 1),
        p("说明：以下各条接着编号。"),
        paragraph(Item("上课", 0), 2),
        paragraph(Item("评课", 0), 1),
    ]
    lines = ("1.备课", "说明：以下各条接着编号。", "2.上课", "3.评课")
    return Case("编号/接着编号.docx", docx_of(*body, numbering=numbering), (Text(lines),), oracle=True)


def list_style() -> Case:
    """列表借用列表样式（numStyleLink、styleLink）。"""
    numbering = abstract(0, extra='<w:numStyleLink w:val="ls"/>')
    numbering += abstract(
        1, level(0, "chineseCounting", "%1、"), level(1, "decimal", "%2."), extra='<w:styleLink w:val="ls"/>'
    )
    numbering += num(1, 0) + num(2, 1)
    styles = '<w:style w:type="numbering" w:styleId="ls"><w:name w:val="教研列表"/><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>'
    body = [
        paragraph(Item("读书", 0)),
        paragraph(Item("每月一本", 1)),
        paragraph(Item("写一页", 1)),
        paragraph(Item("交流", 0)),
    ]
    lines = ("一、读书", "1.每月一本", "2.写一页", "二、交流")
    return Case("编号/列表样式.docx", docx_of(*body, numbering=numbering, styles=styles), (Text(lines),), oracle=True)


def legal() -> Case:
    """上级是汉字，下级要求一律写成阿拉伯数字（isLgl）。"""
    numbering = abstract(
        0, level(0, "chineseCounting", "第%1部分 "), level(1, "decimal", "%1.%2 ", extra="<w:isLgl/>")
    ) + num(1, 0)
    body = [
        paragraph(Item("准备", 0)),
        paragraph(Item("选题", 1)),
        paragraph(Item("分工", 1)),
        paragraph(Item("实施", 0)),
        paragraph(Item("上课", 1)),
    ]
    lines = ("第一部分准备", "1.1选题", "1.2分工", "第二部分实施", "2.1上课")
    return Case("编号/阿拉伯数字.docx", docx_of(*body, numbering=numbering), (Text(lines),))


def no_restart() -> Case:
    """条的编号全文接着数，不因为换章重新数（lvlRestart 为 0）。"""
    numbering = abstract(
        0,
        level(0, "chineseCounting", "第%1章 "),
        level(1, "chineseCounting", "第%2条 ", extra='<w:lvlRestart w:val="0"/>'),
    ) + num(1, 0)
    items = [
        ("总则", 0),
        ("为规范教研活动，制定本办法。", 1),
        ("本办法适用于各教研组。", 1),
        ("组织", 0),
        ("教导处负责安排。", 1),
        ("教研组长负责落实。", 1),
    ]
    body = [paragraph(Item(text, index)) for text, index in items]
    lines = (
        "第一章总则", "第一条为规范教研活动，制定本办法。", "第二条本办法适用于各教研组。",
        "第二章组织", "第三条教导处负责安排。", "第四条教研组长负责落实。",
    )  # fmt: skip
    return Case("编号/章条连续.docx", docx_of(*body, numbering=numbering), (Text(lines),))


def in_cells() -> Case:
    """表里的序号列是自动编号。"""
    numbering = abstract(0, level(0, "decimal", "%1")) + num(1, 0)
    auto = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>号</w:t></w:r></w:p>'
    )
    rows = [[cell("序号"), cell("内容")], *[[cell(auto), cell(text)] for text in ("听课", "评课", "反思")]]
    cells = ("序号", "内容", "1号", "听课", "2号", "评课", "3号", "反思")
    data = docx_of(p("一、安排"), table(rows, 2), p("二、要求"), numbering=numbering)
    return Case("编号/表中序号.docx", data, (Text(("一、安排", *cells, "二、要求"), cells),), tables=1)


def skipping() -> Case:
    """跳过一级；修订里删掉的一条不占号。"""
    numbering = abstract(0, *(level(i, *one) for i, one in enumerate(COMMON))) + num(1, 0)
    gone = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr><w:rPr><w:del w:id="9" w:author="a"/></w:rPr>'
        '</w:pPr><w:del w:id="8" w:author="a"><w:r><w:delText>删掉的一条</w:delText></w:r></w:del></w:p>'
    )
    body = [
        paragraph(Item("甲", 0)),
        paragraph(Item("乙", 2)),
        gone,
        paragraph(Item("丙", 0)),
        paragraph(Item("丁", 1)),
    ]
    lines = ("一、甲", "1.乙", "二、丙", "（一）丁")
    return Case("编号/跳级和删去.docx", docx_of(*body, numbering=numbering), (Text(lines),))


def with_parts(data: bytes, *parts: tuple[str, str, str, str]) -> bytes:
    """往 docx 里加部件：（名字、内容、关系的种类、内容类型）。关系号是 x0、x1……"""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        members = {info.filename: package.read(info) for info in package.infolist()}
    relations = types = ""
    for index, (name, xml, kind, content) in enumerate(parts):
        members[f"word/{name}"] = xml.encode()
        target = f"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}"
        relations += f'<Relationship Id="x{index}" Type="{target}" Target="{name}"/>'
        types += f'<Override PartName="/word/{name}" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{content}+xml"/>'
    place = "word/_rels/document.xml.rels"
    members[place] = members[place].replace(b"</Relationships>", relations.encode() + b"</Relationships>")
    members["[Content_Types].xml"] = members["[Content_Types].xml"].replace(b"</Types>", types.encode() + b"</Types>")
    return zip_of(members)


def field(code: str, shown: str) -> str:
    return (
        f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
        f'<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>{shown}</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def layout_cases() -> list[Case]:
    merged = table(
        [
            [cell("时间", 1, '<w:vMerge w:val="restart"/>'), cell("上半学期", 2)],
            [cell("", 1, "<w:vMerge/>"), cell("活动"), cell("负责人")],
            [cell("九月"), cell("新教师培训"), cell("教导处")],
            [cell("十月至十一月", 3)],
        ],
        3,
    )
    merged_cells = ("时间", "上半学期", "活动", "负责人", "九月", "新教师培训", "教导处", "十月至十一月")
    inner = table([[cell("第一周"), cell("听课")]], 2)
    nested = table([[cell("十月"), cell(p("安排如下") + inner + p("以上"))]], 2)
    box = "<w:txbxContent><w:p><w:r><w:t>温馨提示：周四下午带好听课记录本。</w:t></w:r></w:p></w:txbxContent>"
    shape = f"<w:p><w:r><w:t>各位老师：</w:t></w:r><w:r><w:pict><v:shape style='width:200pt;height:60pt'><v:textbox>{box}</v:textbox></v:shape></w:pict></w:r></w:p>"
    control = (
        "<w:sdt><w:sdtPr/><w:sdtContent><w:p><w:r><w:t>学校：竹溪小学</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        "<w:p><w:r><w:t>学期：</w:t></w:r><w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>2024年秋季</w:t></w:r></w:sdtContent></w:sdt></w:p>"
    )
    changes = (
        '<w:p><w:r><w:t>每学期听课</w:t></w:r><w:del w:id="1" w:author="a"><w:r><w:delText>十</w:delText></w:r></w:del>'
        '<w:ins w:id="2" w:author="a"><w:r><w:t>十五</w:t></w:r></w:ins><w:r><w:t>节。</w:t></w:r></w:p>'
        '<w:p><w:pPr><w:rPr><w:ins w:id="3" w:author="a"/></w:rPr></w:pPr><w:ins w:id="4" w:author="a"><w:r><w:t>新加的一段。</w:t></w:r></w:ins></w:p>'
    )
    hidden = "<w:p><w:r><w:t>看得见的</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏起来的</w:t></w:r><w:r><w:t>要求。</w:t></w:r></w:p>"
    toc = f"<w:p>{field('TOC', '一、目标……1')}</w:p><w:p>{field('REF a', '见附件一')}<w:r><w:t>。</w:t></w:r></w:p>"
    breaks = (
        "<w:p><w:r><w:t>地点：录播室</w:t><w:br/><w:t>时间：周三下午</w:t><w:tab/><w:t>主持：林老师</w:t></w:r></w:p>"
    )
    notes = f'<w:footnotes {W}><w:footnote w:type="separator" w:id="0"><w:p/></w:footnote><w:footnote w:id="2"><w:p><w:r><w:t>见区教研室通知。</w:t></w:r></w:p></w:footnote></w:footnotes>'
    footnote = "<w:p><w:r><w:t>按上级要求开展活动</w:t></w:r><w:r><w:footnoteReference w:id='2'/></w:r><w:r><w:t>。</w:t></w:r></w:p>"
    header = f"<w:hdr {W}><w:p><w:r><w:t>竹溪小学文件</w:t></w:r></w:p></w:hdr>"
    footer = f"<w:ftr {W}><w:p>{field('PAGE', '1')}</w:p></w:ftr>"
    comments = f'<w:comments {W}><w:comment w:id="5" w:author="a"><w:p><w:r><w:t>这里再改改</w:t></w:r></w:p></w:comment></w:comments>'
    commented = '<w:p><w:commentRangeStart w:id="5"/><w:r><w:t>每周一次。</w:t></w:r><w:commentRangeEnd w:id="5"/><w:r><w:commentReference w:id="5"/></w:r></w:p>'
    section = '<w:sectPr><w:headerReference w:type="default" r:id="x0"/><w:footerReference w:type="default" r:id="x1"/></w:sectPr>'
    headed = docx_of(*(p(text) for text in SUMMARY), f"<w:p><w:pPr>{section}</w:pPr></w:p>", p("附：活动照片略。"))
    official = [
        p("云栖区竹溪小学文件", '<w:jc w:val="center"/>'), p("竹小教〔2024〕7号", '<w:jc w:val="center"/>'),
        p("关于开展校本教研月活动的通知", '<w:jc w:val="center"/>'), p("各教研组："), p("经研究，定于十月开展校本教研月活动，现将有关事项通知如下。"),
        p("一、时间"), p("10月8日至10月31日。"), p("云栖区竹溪小学", '<w:jc w:val="right"/>'), p("2024年9月20日", '<w:jc w:val="right"/>'),
    ]  # fmt: skip
    official_lines = (
        "云栖区竹溪小学文件", "竹小教〔2024〕7号", "关于开展校本教研月活动的通知", "各教研组：",
        "经研究，定于十月开展校本教研月活动，现将有关事项通知如下。", "一、时间", "10月8日至10月31日。", "云栖区竹溪小学", "2024年9月20日",
    )  # fmt: skip
    one = lambda name, data, lines, cells=(), oracle=False: Case(  # noqa: E731
        f"版式/{name}.docx", data, (Text(tuple(lines), tuple(cells)),), oracle=oracle
    )
    return [
        one(
            "合并单元格",
            docx_of(p("一、安排"), merged, p("二、要求")),
            ("一、安排", *merged_cells, "二、要求"),
            merged_cells,
        ),
        one(
            "表中有表",
            docx_of(nested, p("完")),
            ("十月", "安排如下", "第一周", "听课", "以上", "完"),
            ("十月", "安排如下", "第一周", "听课", "以上"),
        ),
        one(
            "文本框",
            docx_of(shape, p("请准时参加。")),
            ("各位老师：", "温馨提示：周四下午带好听课记录本。", "请准时参加。"),
        ),
        one("内容控件", docx_of(control), ("学校：竹溪小学", "学期：2024年秋季")),
        one("修订", docx_of(changes), ("每学期听课十五节。", "新加的一段。")),
        one("隐藏文字", docx_of(hidden), ("看得见的要求。",)),
        one("目录域", docx_of(toc, p("一、目标")), ("见附件一。", "一、目标")),
        one("软换行和制表位", docx_of(breaks), ("地点：录播室", "时间：周三下午\t主持：林老师"), oracle=True),
        one(
            "脚注",
            with_parts(docx_of(footnote, p("下一段。")), ("footnotes.xml", notes, "footnotes", "footnotes")),
            ("按上级要求开展活动。", "见区教研室通知。", "下一段。"),
        ),
        one(
            "页眉页脚",
            with_parts(
                headed, ("header9.xml", header, "header", "header"), ("footer9.xml", footer, "footer", "footer")
            ),
            (*SUMMARY, "附：活动照片略。"),
        ),
        one(
            "批注", with_parts(docx_of(commented), ("comments.xml", comments, "comments", "comments")), ("每周一次。",)
        ),
        one("公文", docx_of(*official), official_lines, oracle=True),
        Case("版式/计划和安排表.docx", plan_docx(COMMON, with_table=True), (plan_text(COMMON, True),), tables=1),
        Case("后缀/其实是docx.doc", docx_of(*(p(text) for text in SUMMARY)), (Text(SUMMARY),), notes=("JY504",)),
    ]


def cases() -> list[Case]:
    """全部 docx。"""
    return [*numbering_cases(), *layout_cases()]
