"""docx 的包：找到各个部件，安全地解析 XML（不认实体、不联网、不收带 DTD 的），取来历。"""

from __future__ import annotations

import hashlib
import io
import posixpath
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from jiaoyan_nlp.errors import ReadError
from jiaoyan_nlp.readers.archive import unpack
from jiaoyan_nlp.readers.settings import MB, setting, trouble
from jiaoyan_nlp.types import Origin

if TYPE_CHECKING:
    from collections.abc import Iterator

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""WordprocessingML 的名字空间；严格模式的名字空间读进来时换成这一个。"""

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"

_STRICT = (
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emf", ".wmf", ".tif", ".tiff")


def parse(data: bytes, recover: bool = True) -> Any:  # noqa: ANN401  # lxml 没有完整的类型
    """解析一个 XML 部件。recover：有错也尽量读。返回：根元素。抛出：ReadError，空的、坏的、带 DTD 的。"""
    from lxml import etree

    for strict, usual in _STRICT:
        data = data.replace(strict, usual)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=recover, huge_tree=False)
    try:
        root: Any = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise trouble("broken", detail="XML 不完整") from error
    if root is None:
        raise trouble("broken", detail="XML 不完整")
    if root.getroottree().docinfo.doctype:
        raise trouble("broken", detail="XML 里夹有 DTD，正常的文档没有，可能有害")
    return root


def local(node: Any) -> str:  # noqa: ANN401
    """元素名，不带名字空间；注释、处理指令没有名字。"""
    tag = node.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(node: Any, name: str = "val") -> str | None:  # noqa: ANN401
    """w: 属性的值；元素或属性没有就是 None。"""
    value = None if node is None else node.get(W + name)
    return None if value is None else str(value)


def switched_on(parent: Any, name: str) -> bool | None:  # noqa: ANN401
    """开关型的属性（加粗、隐藏）：开、关，没写是 None。"""
    node = None if parent is None else parent.find(W + name)
    return None if node is None else attribute(node) not in ("0", "false", "off", "none")


def whole(value: str | None, default: int = 0) -> int:
    """整数属性；没写、写坏了用 default。"""
    try:
        return int(value) if value is not None else default
    except ValueError:
        return default


@dataclass(frozen=True, slots=True)
class Package:
    """打开的 docx。"""

    archive: zipfile.ZipFile
    names: frozenset[str]

    @classmethod
    def open(cls, data: bytes) -> Package:
        """打开一个 docx。抛出：ReadError，压缩结构坏了。"""
        try:
            archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise trouble("broken", detail="压缩结构不完整") from error
        return cls(archive, frozenset(archive.namelist()))

    def read(self, name: str) -> bytes | None:
        """一个部件的字节；没有就是 None。抛出：ReadError，大得不正常或坏了。"""
        if name not in self.names:
            return None
        self.check(name)
        return unpack(self.archive, self.archive.getinfo(name))

    def check(self, name: str) -> None:
        """部件展开后不会大得不正常。抛出：ReadError。"""
        size = self.archive.getinfo(name).file_size
        if size > setting("limits", "part_mb") * MB:
            raise trouble("bomb", detail=f"其中 {name} 展开后有 {size // MB} MB")

    def main(self) -> str:
        """正文部件的名字：按包的关系找，找不到就用惯例的名字。"""
        found = next((target for kind, _, target in self._relations("") if kind == "officeDocument"), None)
        return found if found in self.names and found else "word/document.xml"

    def related(self, part: str, kind: str) -> Any:  # noqa: ANN401
        """与 part 有某种关系（numbering、styles、footnotes……）的部件的根元素；没有或坏了就是 None。"""
        name = next((target for found, _, target in self._relations(part) if found == kind), "")
        try:
            data = self.read(name)
            return None if not data else parse(data)
        except ReadError:
            return None

    def target(self, part: str, identifier: str) -> str | None:
        """关系号指到的部件。"""
        return next((target for _, key, target in self._relations(part) if key == identifier), None)

    def _relations(self, part: str) -> Iterator[tuple[str, str, str]]:
        folder, name = posixpath.split(part)
        data = self.read(posixpath.join(folder, "_rels", f"{name}.rels"))
        if not data:
            return
        for relation in parse(data):
            if local(relation) != "Relationship" or relation.get("TargetMode") == "External":
                continue
            target = relation.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            yield relation.get("Type", "").rpartition("/")[2], relation.get("Id", ""), path

    def origin(self) -> Origin:
        """来历：docProps 里的作者、软件、模板，settings 里的修订号，嵌入图片的 SHA-256。"""
        core = self._values("docProps/core.xml")
        app = self._values("docProps/app.xml")
        settings = self.related(self.main(), "settings")
        marks = settings.find(f"{W}rsids") if settings is not None else None
        root = attribute(marks.find(f"{W}rsidRoot")) if marks is not None else None
        rsids = [attribute(node) for node in marks.findall(f"{W}rsid")] if marks is not None else []
        return Origin(
            core.get("creator"), core.get("lastModifiedBy"), app.get("Company"),
            core.get("created"), core.get("modified"), app.get("Application"), app.get("Template"),
            root, tuple(dict.fromkeys(r for r in rsids if r)), self._image_hashes(), headers=self._headers(),
        )  # fmt: skip

    def _headers(self) -> tuple[str, ...]:
        """页眉、页脚的字，一段一条，重复的不要；只有页码的不算。"""
        main = self.main()
        names = sorted(name for kind, _, name in self._relations(main) if kind in ("header", "footer"))
        found: list[str] = []
        for name in names:
            try:
                root = parse(self.read(name) or b"")
            except ReadError:
                continue
            lines = ("".join(node.text or "" for node in p.iter(f"{W}t")) for p in root.iter(f"{W}p"))
            found += [line.strip() for line in lines]
        return tuple(dict.fromkeys(text for text in found if text and not text.isdigit()))

    def _values(self, name: str) -> dict[str, str]:

        try:
            data = self.read(name)
            root = parse(data) if data else ()
        except ReadError:
            return {}
        return {local(node): node.text.strip() for node in root if node.text and node.text.strip()}

    def pictures(self) -> list[bytes]:
        """嵌入的图片，照名字里的号码排（Word 按插入的次序编号）。"""
        names = [n for n in self.names if "/media/" in n and n.lower().endswith(_PICTURES)]
        names.sort(key=lambda name: (len(name), name))
        allowed = [n for n in names if self.archive.getinfo(n).file_size <= setting("limits", "part_mb") * MB]
        return [self.read(name) or b"" for name in allowed]

    def _image_hashes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(hashlib.sha256(data).hexdigest() for data in self.pictures()))
