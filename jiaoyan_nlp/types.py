"""全部值类型：不可变，只装数据。偏移一律是 Document.text 里的半开区间 [start, end)，单位是字符（码点）。"""

from __future__ import annotations

from dataclasses import dataclass, field
from importlib import import_module

LABELS = ("activity", "goal", "problem", "measure", "outcome", "organization", "background")
"""句段的七个标签，含义见 docs 里的标注规范。"""

ROLES = (
    "guiding_ideology", "situation", "goals", "organization", "content", "activities", "measures",
    "schedule", "safeguards", "achievements", "problems", "improvement", "appendix", "other",
)  # fmt: skip
"""栏目的作用。"""

KINDS = ("plan", "scheme", "summary", "regulation", "report", "other")
"""文档的种类：计划、方案、总结、制度、案例报告、其他。"""


@dataclass(frozen=True, slots=True)
class Block:
    """原文件里的一段：一个自然段或表格单元格里的一段，记着它在原文件的位置。

    page、paragraph、table、row、column 都从 1 数起，没有就是 None；level 是文件自带的标题级别（1 起）；
    kind：paragraph 是段落，cell 在表格里，title 是文件自带样式的题目（Title 样式、公文的小标宋大字）。
    bold、centered、right 指整段加粗、居中、靠右（落款）；confidence 是从图片认字的把握（0–1，一段里最没把握的一行），不是认出来的没有。
    """

    start: int
    end: int
    kind: str = "paragraph"
    page: int | None = None
    paragraph: int | None = None
    table: int | None = None
    row: int | None = None
    column: int | None = None
    level: int | None = None
    bold: bool = False
    centered: bool = False
    confidence: float | None = None
    right: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """表格的一个单元格；合并的单元格只在左上角出现一次，嵌套的表另有表号。table、row、column 从 1 数起。"""

    table: int
    row: int
    column: int
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Origin:
    """文件自带的来历：作者、最后保存者、软件、修订号等，没有就是空。多值用元组；headers 是页眉页脚里的字。"""

    author: str | None = None
    last_editor: str | None = None
    company: str | None = None
    created: str | None = None
    modified: str | None = None
    application: str | None = None
    template: str | None = None
    rsid_root: str | None = None
    rsids: tuple[str, ...] = ()
    image_hashes: tuple[str, ...] = ()
    pdf_id: str | None = None
    headers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """载入时的一条记录：哪个文件、什么代码、怎么了、怎么办。"""

    file: str
    code: str
    message: str
    advice: str


@dataclass(frozen=True, slots=True)
class Extracted:
    """读取器从一个文件取出的全部文字（还没有拆成文档）。file 是给 load 的路径接上里面的路径。"""

    file: str
    text: str
    blocks: tuple[Block, ...]
    sha256: str
    title: str | None = None
    cells: tuple[Cell, ...] = ()
    origin: Origin = field(default_factory=Origin)
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Metadata:
    """一篇文档是谁的、什么时候的、哪一类的；不知道就是 None。off_topic 是与教研无关（学生会、工会等的）。term 写作 2024-2025-1（学年—学期）。"""

    title: str | None = None
    kind: str = "other"
    school: str | None = None
    level: str | None = None
    subject: str | None = None
    term: str | None = None
    author: str | None = None
    date: str | None = None
    sha256: str = ""
    off_topic: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """一个栏目。start 到 end 含下级栏目；[title_start, title_end) 盖住序号和标题文字。

    level：1 是文档里最上层的栏目；第一个标题之前的部分是 level 0、没有标题的一节。parent 是上级栏目的序号。
    run_in：标题和正文连写在一行（“1、培训目标：通过……”）。
    """

    index: int
    parent: int | None
    level: int
    number: str
    title: str
    role: str
    start: int
    end: int
    title_start: int
    title_end: int
    run_in: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """一篇文档。text 读出之后永不改动；offset 是它在文件全部文字里的起点。

    furniture 是不算正文的区间（导航、导语、下载提示、落款等），按起点排好、互不重叠。
    notes 是载入它的文件时的记录（notes 表里 file 相同的几行）。
    """

    id: str
    file: str
    offset: int
    text: str
    blocks: tuple[Block, ...]
    meta: Metadata
    sections: tuple[Section, ...] = ()
    furniture: tuple[tuple[int, int], ...] = ()
    cells: tuple[Cell, ...] = ()
    origin: Origin = field(default_factory=Origin)
    notes: tuple[Note, ...] = ()

    def _repr_html_(self) -> str:
        html: str = import_module("jiaoyan_nlp.reports.display").document_html(self)
        return html


@dataclass(frozen=True, slots=True)
class Statement:
    """一个句段和它的标签；probabilities 的次序同 LABELS。"""

    document: str
    section: int
    role: str
    start: int
    end: int
    text: str
    labels: tuple[str, ...]
    probabilities: tuple[float, ...]
    goal_classes: tuple[str, ...] = ()
    problem_classes: tuple[str, ...] = ()
    activity_types: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tagged:
    """标注的结果：栏目（作用已定）和句段；words 是两字以上的汉语词各在几个句段里用过，比较各校用词时不必再切一遍。"""

    sections: tuple[Section, ...]
    statements: tuple[Statement, ...]
    words: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Activity:
    """一项教研活动。type 见活动类型表；planned 是还没做、要求做；topic 是《》“”里的主题。"""

    document: str
    start: int
    end: int
    text: str
    type: str
    planned: bool
    subject: str | None = None
    participants: str | None = None
    topic: str | None = None


@dataclass(frozen=True, slots=True)
class Quantity:
    """一个数量：要求（norm）或已完成（reported）。

    comparator：>= 只有 low，<= 只有 high，= 和 ≈ 两个都有，range 是 low 到 high。period：周 两周 月 学期 学年 年。
    """

    document: str
    start: int
    end: int
    text: str
    kind: str
    activity: str
    comparator: str
    low: float | None
    high: float | None
    unit: str
    period: str | None = None
    subject: str | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """一项有时间的活动，区间盖住活动的文字。when 照原文的精度；date_start、date_end 是知道学期后推出的日期。"""

    document: str
    start: int
    end: int
    text: str
    when: str
    activity: str
    date_start: str | None = None
    date_end: str | None = None


@dataclass(frozen=True, slots=True)
class Role:
    """分工里的一个人：哪个机构、什么角色、叫什么。"""

    document: str
    start: int
    end: int
    text: str
    group: str | None
    role: str
    name: str


@dataclass(frozen=True, slots=True)
class Topic:
    """课题、制度、主题一类有名称的东西。"""

    document: str
    start: int
    end: int
    text: str
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class Award:
    """一项获奖：级别（国家 省 市 县区 校）、等次、谁。"""

    document: str
    start: int
    end: int
    text: str
    level: str | None
    grade: str | None
    who: str | None


@dataclass(frozen=True, slots=True)
class Packed:
    """压缩说法里的一项：name 是说法（四定、六个一），count 是它号称几项，区间盖住这一项。"""

    document: str
    start: int
    end: int
    text: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class Facts:
    """一篇文档里抽出的事实。"""

    activities: tuple[Activity, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    schedule: tuple[Event, ...] = ()
    roles: tuple[Role, ...] = ()
    topics: tuple[Topic, ...] = ()
    awards: tuple[Award, ...] = ()
    packed: tuple[Packed, ...] = ()


@dataclass(frozen=True, slots=True)
class Analysis:
    """一篇文档的标注和事实。"""

    tagged: Tagged
    facts: Facts


@dataclass(frozen=True, slots=True)
class Finding:
    """审核发现的一处问题。整篇的问题没有区间（start = end = 0）。"""

    document: str
    rule: str
    severity: str
    start: int
    end: int
    evidence: str
    message: str
    advice: str
