"""有害的压缩包：炸弹、套娃、越界的路径、说谎的大小、加密、坏校验。"""

from __future__ import annotations

import io
import stat
import struct
import tarfile
import zipfile
import zlib

from fuzz.seeds import TEXT, plain_docx

PLAN = TEXT.encode()
MB = 1 << 20


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """普通的压缩包。"""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as package:
        for name, data in members.items():
            package.writestr(name, data)
    return stream.getvalue()


def zeros(megabytes: int, name: str = "大.txt", method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """展开后是一大片 0。"""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as package, package.open(name, "w") as member:
        for _ in range(megabytes):
            member.write(bytes(MB))
    return stream.getvalue()


def nested(depth: int) -> bytes:
    """一层套一层。"""
    data = PLAN
    for level in range(depth):
        data = zipped({f"{level}.zip" if level else "计划.txt": data})
    return data


def overlapped(copies: int) -> bytes:
    """许多目录项指着同一段压缩数据（Fifield 2019 的做法）：文件小，展开总量大。"""
    kernel = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = kernel.compress(bytes(8 * MB)) + kernel.flush()
    size, crc = 8 * MB, zlib.crc32(bytes(8 * MB))
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 0, crc, len(packed), size, 1, 0) + b"a"
    central = b"".join(
        struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 8, 0, 0, crc, len(packed), size, 6, 0, 0, 0, 0, 0, 0)
        + f"{number:06}".encode()
        for number in range(copies)
    )
    start = len(local) + len(packed)
    return (
        local + packed + central + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, copies, copies, len(central), start, 0)
    )


def lying_size(claimed: int) -> bytes:
    """目录里写的大小是假的。"""
    data = bytearray(zipped({"计划.txt": PLAN * 50}))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        place = data.index(mark) + offset
        data[place : place + 4] = struct.pack("<L", claimed)
    return bytes(data)


def flagged(flags: int, method: int = 8) -> bytes:
    """标着加密，或标着不认识的压缩方法。"""
    data = bytearray(zipped({"计划.txt": PLAN}))
    for mark, at, how in ((b"PK\x03\x04", 6, 8), (b"PK\x01\x02", 8, 10)):
        place = data.index(mark)
        data[place + at : place + at + 2] = struct.pack("<H", flags)
        data[place + how : place + how + 2] = struct.pack("<H", method)
    return bytes(data)


def linked() -> bytes:
    """压缩包里的符号链接。"""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        info = zipfile.ZipInfo("链接.txt")
        info.create_system = 3
        info.external_attr = (stat.S_IFLNK | 0o777) << 16
        package.writestr(info, "/etc/hostname")
        package.writestr("计划.txt", PLAN)
    return stream.getvalue()


def repeated() -> bytes:
    """同名的成员两个。"""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        package.writestr("计划.txt", PLAN)
        package.fp.flush()
        package.NameToInfo.clear()
        package.writestr(zipfile.ZipInfo("计划.txt"), PLAN.replace(b"15", b"16"))
    return stream.getvalue()


def tarred() -> bytes:
    """tar 里的设备、管道和越界的名字。"""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as package:
        for name, kind in (("../外.txt", tarfile.REGTYPE), ("管道", tarfile.FIFOTYPE), ("盘", tarfile.CHRTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.size = kind, len(PLAN) if kind == tarfile.REGTYPE else 0
            package.addfile(info, io.BytesIO(PLAN))
    return stream.getvalue()


def archives() -> dict[str, bytes]:
    """文件名 → 内容。"""
    good = zipped({"计划.txt": PLAN})
    corrupt = bytearray(zipped({"坏.txt": PLAN * 9, "好.txt": PLAN}))
    corrupt[60] ^= 0xFF
    return {
        "炸弹60兆.zip": zeros(60),
        "炸弹220兆.zip": zeros(220),
        "炸弹lzma.zip": zeros(60, method=zipfile.ZIP_LZMA),
        "炸弹bzip2.zip": zeros(60, method=zipfile.ZIP_BZIP2),
        "重叠炸弹.zip": overlapped(3000),
        "套娃2层.zip": nested(2),
        "套娃9层.zip": nested(9),
        "炸弹在里层.zip": zipped({"内.zip": zeros(80), "计划.txt": PLAN}),
        "越界.zip": zipped({"../../逃.txt": PLAN, "/tmp/逃.txt": PLAN, "C:\\逃.txt": PLAN, "..\\逃.txt": PLAN}),
        "链接.zip": linked(),
        "同名.zip": repeated(),
        "大小说小了.zip": lying_size(10),
        "大小说大了.zip": lying_size(0x7FFFFFFF),
        "加密.zip": flagged(1),
        "怪压缩方法.zip": flagged(0, 99),
        "坏校验.zip": bytes(corrupt),
        "截断.zip": good[: len(good) // 2],
        "只有目录尾.zip": b"PK\x05\x06" + bytes(18),
        "目录尾乱指.zip": good[:-10] + b"\xff" * 10,
        "前面垫了垃圾.zip": b"MZ" + bytes(4096) + good,
        "八千个成员.zip": zipped({f"{n}/a.txt": b"plan" for n in range(8000)}, zipfile.ZIP_STORED),
        "名字里有控制符.zip": zipped({"a\x01\n\x1b[31m.txt": PLAN, "\u202etxt.exe": PLAN, "a" * 4000 + ".txt": PLAN}),
        "空.zip": zipped({}),
        "坏文件和好文件.zip": zipped({"坏.docx": b"PK\x03\x04" + bytes(90), "好.docx": plain_docx(), "好.txt": PLAN}),
        "假7z.7z": b"7z\xbc\xaf\x27\x1c\x00\x04" + b"\xff" * 64,
        "假rar.rar": b"Rar!\x1a\x07\x01\x00" + b"\xff" * 64,
        "设备.tar.gz": tarred(),
        "假gzip.gz": b"\x1f\x8b\x08\x00" + bytes(64),
    }
