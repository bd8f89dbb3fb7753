"""Texts as vectors, by any sentence-embedding model in ONNX form: what is called otherwise is found by what it means. Off unless a model is named.

A model folder holds one `*tokenizer.json` and one `*.onnx`, and perhaps `1_Pooling/config.json`, as such models are published; nothing is fetched.
"""

import hashlib
import json
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.document import Document
from search.errors import SearchUnavailable

try:
    import onnxruntime
    from tokenizers import Tokenizer
except ImportError:  # the extra "semantic" is not installed; whoever names a model is told so
    onnxruntime = None

Vectors = NDArray[np.float32]
"""A row for each text, of length 1, so that a product of two is their cosine."""

LONGEST = 512  # tokens; models of this kind read no further
BATCH = 32
KEPT = 4_000
"""Vectors of texts met lately: a document is written again more often than its text changes. 2 kilobytes each."""


class Embedding:
    """One model, loaded once; threads may share it."""

    def __init__(self, folder: Path) -> None:
        """Raises SearchUnavailable, in one sentence, for a folder without a model that can be used."""
        if onnxruntime is None:
            raise SearchUnavailable('EMBEDDING_MODEL is set, but the extra "semantic" is not installed')
        model = _the_one(folder, "*.onnx")
        try:
            self._tokenizer = Tokenizer.from_file(str(_the_one(folder, "*tokenizer.json")))
            self._session = onnxruntime.InferenceSession(str(model), providers=["CPUExecutionProvider"])
            self._averages = _averages(folder)
            self._tokenizer.enable_truncation(LONGEST)
            self._tokenizer.enable_padding()
            self._inputs = {one.name for one in self._session.get_inputs()}
            self.size = int(self._run(["一"]).shape[1])
        except Exception as broken:  # both libraries raise bare exceptions of their own
            raise SearchUnavailable(f"the model in {folder} can't be used: {broken}") from broken
        self.name = hashlib.sha256(model.read_bytes()).hexdigest()[:16]
        self.of = lru_cache(KEPT)(self._of)

    def of_all(self, texts: Sequence[str]) -> Vectors:
        """Batches of like length, since the longest of a batch sets its cost."""
        order = sorted(range(len(texts)), key=lambda at: len(texts[at]))
        found = np.zeros((len(texts), self.size), np.float32)
        for start in range(0, len(order), BATCH):
            places = order[start : start + BATCH]
            found[places] = self._run([texts[place] for place in places])
        return found

    def _of(self, text: str) -> Vectors:
        return np.asarray(self._run([text])[0])

    def _run(self, texts: list[str]) -> Vectors:
        encoded = self._tokenizer.encode_batch(texts)
        mask = np.array([one.attention_mask for one in encoded], np.int64)
        said = {
            "input_ids": np.array([one.ids for one in encoded], np.int64), "attention_mask": mask,
            "token_type_ids": np.array([one.type_ids for one in encoded], np.int64),
        }  # fmt: skip
        answer = self._session.run(None, {name: value for name, value in said.items() if name in self._inputs})[0]
        return _unit(_pooled(answer, mask, self._averages))


def text_of(document: Document) -> str:
    """What its meaning is made of."""
    return f"{document.title}\n{document.summary}".strip()


def _the_one(folder: Path, pattern: str) -> Path:
    found = sorted(folder.rglob(pattern))
    if len(found) != 1:
        raise SearchUnavailable(f"EMBEDDING_MODEL must name a folder with one {pattern}; in {folder} there are {len(found)}")
    return found[0]


def _averages(folder: Path) -> bool:
    """Whether the model's vector is the mean over its tokens; without a word about it, that of the first token."""
    said = folder / "1_Pooling" / "config.json"
    return bool(said.exists() and json.loads(said.read_text(encoding="utf-8")).get("pooling_mode_mean_tokens"))


def _pooled(answer: Any, mask: NDArray[np.int64], averages: bool) -> Any:
    if answer.ndim == 2:
        return answer
    if not averages:
        return answer[:, 0]
    weights = mask[:, :, None].astype(np.float32)
    return (answer * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1)


def _unit(rows: Any) -> Vectors:
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return np.asarray(rows / np.maximum(lengths, 1e-12), np.float32)
