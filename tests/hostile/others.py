"""有害的 pdf、网页、文本、rtf、老 Word、图片。"""

from __future__ import annotations

import io
import struct
import zlib

from fuzz.seeds import TEXT, old_word, plain_mht, plain_pdf, plain_picture

MB = 1 << 20


def pdf(objects: list[str | bytes], trailer: str = "") -> bytes:
    """照对象表写的 pdf；第一个是目录。"""
    data, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(data))
        data += (
            f"{number} 0 obj\n".encode() + (each if isinstance(each, bytes) else each.encode("latin-1")) + b"\nendobj\n"
        )
    start = len(data)
    rows = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    data += f"xref\n0 {size}\n0000000000 65535 f \n{rows}trailer << /Size {size} /Root 1 0 R {trailer} >>\n".encode()
    return data + f"startxref\n{start}\n%%EOF".encode()


CATALOG, FONT = "<< /Type /Catalog /Pages 2 0 R >>", "<< /Font << /F 5 0 R >> >>"
HELVETICA = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def page(content: bytes, box: str = "0 0 600 800", extra: str = "") -> bytes:
    """一页的 pdf，内容流照给的写。"""
    stream = b"<< /Length %d >> stream\n" % len(content) + content + b"\nendstream"
    pages = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    leaf = f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] /Contents 4 0 R /Resources {FONT} {extra} >>"
    return pdf([CATALOG, pages, leaf, stream, HELVETICA])


def flate(size: int, layers: int = 1) -> bytes:
    """内容流是炸弹，可以压几层。"""
    data = bytes(size)
    for _ in range(layers):
        data = zlib.compress(data, 9)
    names = " ".join(["/FlateDecode"] * layers)
    stream = f"<< /Length {len(data)} /Filter [{names}] >> stream\n".encode() + data + b"\nendstream"
    pages = "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
    leaf = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources {FONT} >>"
    return pdf([CATALOG, pages, leaf, stream, HELVETICA])


def pdfs() -> dict[str, bytes]:
    """文件名 → 内容。"""
    words = b"BT /F 12 Tf 72 700 Td (plan 2024) Tj ET\n"
    good = plain_pdf()
    many = " ".join(["3 0 R"] * 9000)
    leaf = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] >>"
    form = "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X 4 0 R >> >> /Length 5 >>"
    return {
        "页树转圈.pdf": pdf([CATALOG, "<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"]),
        "父子互指.pdf": pdf([CATALOG, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", "<< /Type /Pages /Kids [2 0 R] /Count 9 >>"]),
        "同一页九千次.pdf": pdf([CATALOG, f"<< /Type /Pages /Kids [{many}] /Count 9000 >>", leaf]),
        "页数说谎.pdf": pdf([CATALOG, "<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>", leaf]),
        "大得离谱的页.pdf": page(words, "0 0 99999999 99999999"),
        "负的页.pdf": page(words, "600 800 -99999999 0"),
        "页面旋转怪数.pdf": page(words, extra="/Rotate 123456789"),
        "内容流炸弹.pdf": flate(100 * MB),
        "压了三层.pdf": flate(100 * MB, 3),
        "二十万个字.pdf": page(words * 20000),
        "十万条线.pdf": page(b"0 0 m 9 9 l S\n" * 100_000 + words),
        "十万个框.pdf": page(b"10 10 90 20 re S\n" * 100_000 + words),
        "图形自己套自己.pdf": pdf([
            CATALOG, "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] /Contents 5 0 R /Resources << /XObject << /X 4 0 R >> >> >>",
            f"{form} stream\n/X Do\nendstream", "<< /Length 5 >> stream\n/X Do\nendstream",
        ]),
        "脚本和启动.pdf": pdf([
            "<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /Launch /F (/bin/sh) >> /AA << /WC << /S /JavaScript /JS (x) >> >> >>",
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>", leaf,
        ]),
        "深套的数组.pdf": pdf([CATALOG, "<< /Type /Pages /Kids [3 0 R] /Count 1 /X " + "[" * 20000 + "]" * 20000 + " >>", leaf]),
        "截断.pdf": good[: len(good) // 2],
        "交叉表乱指.pdf": good.replace(b"startxref\n", b"startxref\n9999999"),
        "只有头.pdf": b"%PDF-1.7\n",
        "加密的.pdf": pdf([CATALOG, "<< /Type /Pages /Kids [] /Count 0 >>", "<< /Filter /Standard /V 2 /R 3 /O (x) /U (x) /P -4 /Length 128 >>"], "/Encrypt 3 0 R /ID [(a) (b)]"),
        "pdf后面接zip.pdf": good + b"PK\x05\x06" + bytes(18),
    }  # fmt: skip


def huge_png(width: int, height: int) -> bytes:
    """宽高写得很大、数据很少的 png。"""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))

    head = struct.pack(">LLBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"IDAT", zlib.compress(bytes(99999), 9))
        + chunk(b"IEND", b"")
    )


def others() -> dict[str, bytes]:
    """文件名 → 内容。"""
    plan = TEXT.encode()
    deep = b"<div>" * 50000 + "一、目标".encode() + b"</div>" * 50000
    word = old_word()
    rtf = r"{\rtf1\ansi "
    return {
        "标签套五万层.html": b"<html><body>" + deep,
        "表格套表格.html": b"<html><body>" + b"<table><tr><td>" * 3000 + plan,
        "没有关的标签.html": b"<html><body>" + b"<p><b><i><a href=x>" * 20000 + plan,
        "合并到天边.html": b"<html><body><table><tr><td rowspan=65534 colspan=65534>a</td></tr><tr><td>b</td></tr></table>",
        "实体炸弹.html": b"<!DOCTYPE html [<!ENTITY a 'aaaa'>]><html><body>" + b"&amp;" * 200_000 + plan,
        "脚本和外链.html": b'<html><head><base href="http://127.0.0.1:9/"><script>while(1);</script><link rel=stylesheet href=a.css>'
        b'</head><body><iframe src="file:///etc/passwd"></iframe><img src=x onerror=alert(1)><p>' + plan,
        "属性一兆.html": b'<html><body><p title="' + b"x" * MB + b'">' + plan,
        "字符集乱写.html": b"<html><head><meta charset=utf-7></head><body><p>+ADw-script+AD4-" + plan,
        "十亿大笑.svg": b'<?xml version="1.0"?><!DOCTYPE svg [<!ENTITY a "&b;&b;"><!ENTITY b "&a;">]><svg>&a;</svg>',
        "实体.xml": b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>',
        "一百层分段.mht": b"".join(
            f"MIME-Version: 1.0\nContent-Type: multipart/related; boundary=b{n}\n\n--b{n}\n".encode() for n in range(100)
        ) + b"Content-Type: text/html\n\n" + plan,
        "没有结尾.mht": plain_mht()[:-60],
        "一行三兆.txt": ("教研" * 500_000).encode(),
        "标点三兆.txt": ("，。；：" * 250_000).encode(),
        "竖线.txt": ("|" * 300_000).encode(),
        "空格.txt": b"plan" + b" " * 1_000_000 + b"end",
        "十万标题.txt": "".join(f"{n}、标题\n" for n in range(100_000)).encode(),
        "全是NUL.txt": bytes(MB),
        "夹着NUL.txt": plan.replace(b"\n", b"\0\n\0"),
        "孤立的代理项.txt": b"plan \xed\xa0\x80 \xed\xb0\x80 " + plan,
        "utf16半个字.txt": b"\xff\xfe" + TEXT.encode("utf-16-le")[:-1],
        "双向控制符.txt": ("教研\u202e划计\u202c\u2066\u2069\u200f" * 300 + TEXT).encode(),
        "零宽字符.txt": "".join(c + "\u200b\u200d\ufeff" for c in TEXT).encode(),
        "叠字符.txt": ("教" + "\u0301" * 50_000 + TEXT).encode(),
        "行分隔符.txt": TEXT.replace("\n", "\u2028\x85\x0b\x0c").encode(),
        "终端控制符.txt": b"\x1b]0;x\x07\x1b[2J" + plan,
        "公式.txt": b"=cmd|' /C calc'!A0\n@SUM(1)\n" + plan,
        "数字很长.txt": ("每学期听课不少于" + "9" * 200_000 + "节。\n").encode(),
        "汉字数很长.txt": ("每学期听课不少于" + "一百万" * 60_000 + "节。\n").encode(),
        "日期怪.txt": ("99999年99月99日—00月00日" * 3000).encode(),
        "括号不配.txt": ("（" * 200_000 + "《" * 100_000).encode(),
        "花括号三万层.rtf": (rtf + "{" * 30_000 + "plan").encode(),
        "嵌入对象.rtf": (rtf + r"{\object\objautlink\objupdate{\*\objdata 0105000002000000}}plan\par}").encode(),
        "外链图片.rtf": (rtf + r'{\field{\*\fldinst INCLUDEPICTURE "http://127.0.0.1:9/a.png"}}plan\par}').encode(),
        "bin长度说谎.rtf": (rtf + r"{\pict\bin2147483647 abc}plan\par}").encode(),
        "目录转圈.doc": word[:1092] + struct.pack("<L", 0) + word[1096:],
        "扇区链转圈.doc": word[:512] + struct.pack("<L", 0) * 128 + word[1024:],
        "扇区大小怪.doc": word[:30] + b"\x3f\x00" + word[32:],
        "截断.doc": word[:700],
        "只有头.doc": word[:8],
        "大得离谱.png": huge_png(60_000, 60_000),
        "数据不够.png": huge_png(3000, 3000),
        "截断.jpg": plain_picture("JPEG")[:200],
        "两千帧.gif": _frames(),
        "空文件.docx": b"",
        "可执行.docx": b"MZ" + bytes(900),
        "腌菜.txt": b"\x80\x04\x95\x1e\x00\x00\x00\x8c\x05posix\x94\x8c\x06system\x94\x93\x94\x8c\x04true\x94\x85\x94R\x94.",
        "随机.bin": bytes((n * 7919 + n // 256) % 256 for n in range(65536)),
    }  # fmt: skip


def _frames() -> bytes:
    from PIL import Image

    frames = [Image.new("L", (8, 8), n % 256) for n in range(2000)]
    stream = io.BytesIO()
    frames[0].save(stream, "GIF", save_all=True, append_images=frames[1:])
    return stream.getvalue()
