import base64

import pytest

from .making import check, grid, lines, read_bytes, read_one

SENTENCES = [
    "为提高教师的业务水平，本学期以课堂为阵地，以问题为抓手，扎实开展各项教研活动。",
    "每位教师每学期听课不少于十五节，并认真填写听课记录，学期末统一检查。",
    "各教研组每两周开展一次主题活动，活动有计划、有记录、有反思。",
]
PARTS = ["一、指导思想", SENTENCES[0], "二、工作目标", "1、提高", SENTENCES[1], "三、措施", SENTENCES[2], "（一）略"]


def paragraphs(parts):
    return "".join(f"<p>　　{part}</p>" for part in parts)


def page(body: str) -> str:
    """范文网站的样子：导航、面包屑、边栏、相关文章、页脚。"""
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>校本研修计划_某范文网</title>
<style>p{{}}</style></head>
<body><div class="header"><a href="/">首页</a><ul class="nav">
<li><a href="#">范文</a></li><li><a href="#">教案</a></li></ul>
</div><div class="crumb">当前位置：<a href="/">首页</a> &gt; <a href="/x">教研</a></div>
<div class="wrap"><div class="left">{body}</div><div class="right"><h3>热门文章</h3><ul>
<li><a href="1.html">学校安全工作计划三篇</a></li><li><a href="2.html">班主任工作总结精选</a></li></ul></div></div>
<div class="related"><h3>相关文章：</h3><p><a href="/1">校本培训计划</a></p><p><a href="/2">教研组总结</a></p></div>
<div class="footer"><p>版权所有 某范文网</p><p><a href="#">关于我们</a></p></div>
<script>var a=1;</script></body></html>"""


BODIES = {
    "段落": f"<h1>校本研修计划</h1><div class='content'>{paragraphs(PARTS)}</div>",
    "换行": f"<h1>校本研修计划</h1><div id='zoom'>{'<br>'.join(PARTS)}</div>",
    "空行": f"<h1>校本研修计划</h1><div id='zoom'>{'<br/><br/>　　'.join(PARTS)}</div>",
    "层": "<h1>校本研修计划</h1><article>"
    + "".join(f"<div><span>{part}</span></div>" for part in PARTS)
    + "</article>",
    "表格排版": "<table><tr><td><table><tr><td><h1>校本研修计划</h1></td></tr><tr><td>"
    f"{paragraphs(PARTS)}</td></tr></table></td></tr></table>",
}


@pytest.mark.parametrize("kind", BODIES)
def test_the_whole_body_and_nothing_of_the_page_around_it(tmp_path, kind):
    extracted = read_one(tmp_path, "a.html", page(BODIES[kind]).encode())
    assert [line.strip("　") for line in lines(extracted)] == ["校本研修计划", *PARTS]
    assert extracted.title == "校本研修计划"
    assert extracted.blocks[0].level == 1
    assert extracted.cells == ()


def test_short_pages_keep_everything(tmp_path):
    extracted = read_one(tmp_path, "a.html", page("<h1>计划</h1><p>一、目标</p><p>听课十五节。</p>").encode())
    assert lines(extracted) == ["计划", "一、目标", "听课十五节。"]


def test_headings_lists_and_tables(tmp_path):
    body = f"""<h1>计划</h1><div>{paragraphs(PARTS)}<h2>四、安排</h2><ul><li>听课</li></ul>
<ol start="3"><li>备课</li><li>磨课</li></ol>
<table><tr><th>时间</th><th>活动</th></tr><tr><td rowspan="2">十月</td><td>听课</td></tr><tr><td>评课</td></tr>
<tr><td colspan="2">另行通知</td></tr></table></div>"""
    extracted = read_one(tmp_path, "a.html", page(body).encode())
    assert lines(extracted)[9:13] == ["四、安排", "听课", "3. 备课", "4. 磨课"]
    assert extracted.blocks[9].level == 2
    assert grid(extracted) == {
        (1, 1): "时间", (1, 2): "活动", (2, 1): "十月", (2, 2): "听课", (3, 2): "评课", (4, 1): "另行通知",
    }  # fmt: skip


def test_links_inside_sentences_stay(tmp_path):
    parts = [*PARTS, "详见<a href='#'>活动安排表</a>和附件。"]
    assert (
        lines(read_one(tmp_path, "a.html", page(f"<div>{paragraphs(parts)}</div>").encode()))[-1]
        == "详见活动安排表和附件。"
    )


@pytest.mark.parametrize(
    ("charset", "encoding"), [("gb2312", "gbk"), ("big5", "big5"), ("utf-8", "utf-8"), ("", "gbk")]
)
def test_charset_from_the_page_or_from_the_content(tmp_path, charset, encoding):
    text = "教學計畫" if encoding == "big5" else "教学计划"
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""
    data = f"<html><head>{meta}</head><body><p>{text}</p></body></html>".encode(encoding)
    assert read_one(tmp_path, "a.html", data).text == text


def test_a_lying_charset_is_not_believed(tmp_path):
    data = '<html><head><meta charset="gb2312"></head><body><p>校本教研计划，听课。</p></body></html>'.encode()
    assert read_one(tmp_path, "a.html", data).text == "校本教研计划，听课。"


def test_pages_saved_by_word_are_read_whole(tmp_path):
    data = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset="gb2312">
<meta name=Generator content="Microsoft Word 15"></head><body><p class=MsoNormal align=center>计划<o:p></o:p></p>
<p class=MsoNormal><span lang=EN-US>1<span style='mso-hide:all'>藏</span></span>、听课
十五节<a href="#">链接</a></p><p><a href="#">整行链接</a></p>
<table class=MsoTableGrid><tr><td><p>时间</p></td><td><p>活动</p></td></tr></table></body></html>""".encode("gbk")
    extracted = read_one(tmp_path, "a.htm", data)
    assert lines(extracted) == ["计划", "1、听课十五节链接", "整行链接", "时间", "活动"]
    assert extracted.blocks[0].centered


def test_mht(tmp_path):
    body = base64.encodebytes("<html><body><p>一、目标</p></body></html>".encode("gbk")).decode()
    data = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n'
        f'Content-Type: text/html; charset="gb2312"\r\nContent-Transfer-Encoding: base64\r\n\r\n{body}\r\n--x--\r\n'
    )
    texts, notes = read_bytes(tmp_path, "a.doc", data.encode())
    assert [text.text for text in texts] == ["一、目标"]
    assert [note.code for note in notes] == ["JY504"]


@pytest.mark.parametrize("body", ["", "<p></p>", "<script>x</script>", "<p", "<div>" * 3000 + "字" + "</div>" * 3000])
def test_odd_pages_never_raise(tmp_path, body):
    texts, notes = read_bytes(tmp_path, "a.html", f"<html><body>{body}</body></html>".encode())
    assert texts or notes
    for text in texts:
        check(text)


def test_external_entities_are_not_read(tmp_path):
    secret = tmp_path / "秘密"
    secret.write_text("机密", encoding="utf-8")
    data = f'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    data += "<html><body><p>甲&x;</p></body></html>"
    assert "机密" not in read_one(tmp_path, "a.html", data.encode()).text


def test_numbers_of_ordered_lists(tmp_path):
    page = (
        "<html><body><p>安排如下，请各组照此准备材料。</p>"
        "<ol style='list-style-type: cjk-ideographic'><li>听课<ol type='a'><li>每周</li><li>每月</li></ol></li><li>评课</li></ol>"
        "<ol type='I' start='3'><li>读书</li></ol><ol><li value='5'>写作</li><li>交流</li></ol>"
        "<ol style='list-style: none'><li>其他</li></ol></body></html>"
    )
    assert lines(read_one(tmp_path, "a.html", page.encode()))[1:] == [
        "一、听课", "a. 每周", "b. 每月", "二、评课", "III. 读书", "5. 写作", "6. 交流", "其他",
    ]  # fmt: skip
