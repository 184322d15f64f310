"""现做 RAR 文件：只存不压（stored），照公开的 RAR 4、RAR 5 格式说明逐字节写；没有免费程序能写 rar。"""

from __future__ import annotations

import struct
from zlib import crc32


def rar5(members: dict[str, bytes]) -> bytes:
    """RAR 5：文件名是 UTF-8。"""
    blocks = [_block5(1, 0, _vint(0))]
    for name, data in members.items():
        written = name.encode()
        # 文件标志 4（有 CRC）、展开后大小、属性、CRC、压缩信息 0（只存）、系统 0（Windows）、名字
        fields = _vint(4) + _vint(len(data)) + _vint(0x20) + struct.pack("<I", crc32(data))
        fields += _vint(0) + _vint(0) + _vint(len(written)) + written
        blocks += [_block5(2, 2, _vint(len(data)) + fields), data]
    return b"Rar!\x1a\x07\x01\x00" + b"".join(blocks) + _block5(5, 0, _vint(0))


def _block5(kind: int, flags: int, rest: bytes) -> bytes:
    body = _vint(kind) + _vint(flags) + rest
    counted = _vint(len(body)) + body
    return struct.pack("<I", crc32(counted)) + counted


def _vint(value: int) -> bytes:
    found = b""
    while value > 0x7F:
        found += bytes([value & 0x7F | 0x80])
        value >>= 7
    return found + bytes([value])


def rar4(members: dict[str, bytes]) -> bytes:
    """RAR 4（WinRAR 到 4.x）：文件名先写 GBK，再写压缩过的 UTF-16。"""
    blocks = [b"Rar!\x1a\x07\x00", _block4(0x73, 0, bytes(6))]
    for name, data in members.items():
        name = name.replace("/", "\\")
        written = name.encode("gbk") + b"\0" + _packed(name)
        fields = struct.pack(
            "<IIBIIBBHI", len(data), len(data), 2, crc32(data), 0x59280000, 20, 0x30, len(written), 0x20
        )
        blocks += [_block4(0x74, 0x8200, fields + written), data]  # 0x200：名字带 Unicode
    return b"".join(blocks) + _block4(0x7B, 0x4000, b"")


def _block4(kind: int, flags: int, rest: bytes) -> bytes:
    body = struct.pack("<BHH", kind, flags, 7 + len(rest)) + rest
    return struct.pack("<H", crc32(body) & 0xFFFF) + body


def _packed(name: str) -> bytes:
    """RAR 4 的 Unicode 文件名：高字节写一次，然后四个字一组，每字两位说明写法（2：照写两个字节）。"""
    found = b"\0"
    for at in range(0, len(name), 4):
        group = name[at : at + 4]
        found += bytes([sum(2 << (6 - 2 * place) for place in range(len(group)))])
        found += group.encode("utf-16-le")
    return found
