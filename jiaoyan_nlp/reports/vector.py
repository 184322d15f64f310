"""图写进网页：一段没有内嵌样式、没有脚本的 SVG，文字还是文字，各处带说明，校名连到各校。"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from matplotlib import rc_context

from jiaoyan_nlp.reports.drawing import plain, style

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from lxml import etree

    from jiaoyan_nlp.reports.drawing import Chart, Tip

_FONT = re.compile(r"(?:(?P<weight>\d{3}|bold)\s+)?(?P<size>[\d.]{1,9}px)")
_USED = re.compile(r"#([\w-]+)")


def svg(chart: Chart, name: str, anchors: Mapping[str, str]) -> str:
    """写进网页的 SVG：没有内嵌样式，文字还是文字，各处带说明，校名连到各校。

    参数：name 是这张图在网页里的名字；anchors 是学校 → 网页里的锚。
    """
    from lxml import etree

    made = io.BytesIO()
    with rc_context({**style(), "svg.fonttype": "none", "svg.hashsalt": name}):
        chart.savefig(made, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    root = etree.fromstring(
        made.getvalue(), etree.XMLParser(resolve_entities=False, remove_comments=True, huge_tree=True)
    )
    _tidy(root, chart.tips, anchors)
    _rename(root, name)
    for key in ("width", "height", "version"):
        _take(root, key)
    root.attrib.update({"role": "img", "aria-label": plain(chart.alt), "stroke-linejoin": "round"})
    etree.cleanup_namespaces(root)
    return etree.tostring(root, encoding="unicode")


def _tidy(root: etree._Element, tips: Sequence[Tip], anchors: Mapping[str, str]) -> None:
    """样式换成属性（网页的安全策略不许内嵌样式），链接换成说明或连到学校的链接。"""
    from lxml import etree

    space = "{http://www.w3.org/2000/svg}"
    for node in list(root.iter()):
        tag = etree.QName(node).localname
        if tag in ("style", "metadata"):
            parent = node.getparent()
            if parent is not None:
                parent.remove(node)
            continue
        for part in _take(node, "style").split(";"):
            key, _, value = part.partition(":")
            _attribute(node, key.strip(), value.strip())
        link = _take(node, "{http://www.w3.org/1999/xlink}href")
        if tag != "a":
            if link:
                node.set("href", link)
            continue
        school, words = tips[int(link[1:] or 0)]
        anchor = anchors.get(school, "")
        _take(node, "target")
        if words or not anchor:
            node.tag = f"{space}g"
        else:
            node.set("href", f"#{anchor}")
        if words:
            title = etree.Element(f"{space}title")
            title.text = plain(words)
            node.insert(0, title)


def _attribute(node: etree._Element, key: str, value: str) -> None:
    if key == "font" and (found := _FONT.search(value)):
        node.set("font-size", found["size"])
        if found["weight"]:
            node.set("font-weight", found["weight"])
    elif key and key != "font-family" and (key, value) != ("stroke-linejoin", "round"):
        node.set(key, value)


def _rename(root: etree._Element, name: str) -> None:
    """编号带上图的名字，没有人引用的编号去掉：一页里有好几张图。"""
    used: dict[str, str] = {}
    pointing = [
        (node, key)
        for node in root.iter()
        for key, value in node.attrib.items()
        if "url(#" in value or (key == "href" and not str(node.tag).endswith("}a"))
    ]
    for node, key in pointing:
        node.set(key, _USED.sub(lambda m: "#" + used.setdefault(m[1], f"{name}-{len(used)}"), node.get(key, "")))
    for node in root.iter():
        if (own := _take(node, "id")) in used:
            node.set("id", used[own])


def _take(node: etree._Element, key: str) -> str:
    """取下一个属性，没有就是空的。"""
    value = node.get(key, "")
    if key in node.attrib:
        del node.attrib[key]
    return value
