"""Makes tests/search/model anew: the smallest real ONNX model, in which 电池 and 蓄能 mean the same. Needs the package onnx, which nothing else does.

`python tests/search/make_model.py`
"""

import json
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Regex, Tokenizer, models, pre_tokenizers

FOLDER = Path(__file__).parent / "model"
SAME = {"蓄": "电", "能": "池"}
CHARACTERS = "电池蓄能焊接机器人检测水泵"
WIDTH = 8


def main() -> None:
    vocabulary = {word: at for at, word in enumerate(("[PAD]", "[UNK]", *CHARACTERS))}
    table = np.random.default_rng(1).normal(size=(len(vocabulary), WIDTH)).astype(np.float32)
    for one, other in SAME.items():
        table[vocabulary[one]] = table[vocabulary[other]]
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.Split(Regex("."), "isolated")
    tokenizer.save(str(FOLDER / "tokenizer.json"))
    rows = helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["texts", "tokens"])
    found = helper.make_tensor_value_info("last_hidden_state", TensorProto.FLOAT, ["texts", "tokens", WIDTH])
    gather = helper.make_node("Gather", ["table", "input_ids"], ["last_hidden_state"])
    graph = helper.make_graph([gather], "meanings", [rows], [found], [numpy_helper.from_array(table, "table")])
    onnx.save(helper.make_model(graph, ir_version=10, opset_imports=[helper.make_opsetid("", 17)]), str(FOLDER / "model.onnx"))
    (FOLDER / "1_Pooling" / "config.json").write_text(json.dumps({"pooling_mode_mean_tokens": True}), encoding="utf-8")


if __name__ == "__main__":
    main()
