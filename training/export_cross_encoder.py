"""The trained cross-encoder as the package carries it: ONNX, 8-bit weights, a card with their hash."""

from __future__ import annotations

import hashlib
import json
import sys
import tempfile
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from transformers import AutoTokenizer, BertForSequenceClassification

OUT = Path(__file__).parent.parent / "assistant" / "choosing"
# What the model learnt from, under the folder of the public data.
LEARNT_FROM = (
    "qa_pairs/squad_questions.txt",
    "qa_pairs/squad_sentences.txt",
    "qa_pairs/wikiqa/train_id.txt",
    "qa_pairs/wikiqa/train_a.toks",
    "qa_pairs/wikiqa/train_b.toks",
    "qa_pairs/wikiqa/train_sim.txt",
    "qa_pairs/trecqa/TRAIN.xml",
    "squad2_dev_part.json",
    "clapnq/annotated_data/dev/clapnq_dev_answerable.jsonl",
    "clapnq/annotated_data/dev/clapnq_dev_unanswerable.jsonl",
    "fa-kes/FA-KES-Dataset.csv",  # the names that are exchanged for others
)


class Logits(nn.Module):
    """The classifier with named inputs and one output."""

    def __init__(self, model: BertForSequenceClassification) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: Tensor, attention_mask: Tensor, token_type_ids: Tensor) -> Tensor:
        """Log-odds: shape (pairs, 1)."""
        logits: Tensor = self.model(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).logits
        return logits


def export(trained: Path, path: Path) -> None:
    """Write a trained model as ONNX with 32-bit weights."""
    model = BertForSequenceClassification.from_pretrained(trained, attn_implementation="eager")
    model.train(mode=False)
    tokenizer = AutoTokenizer.from_pretrained(trained)
    pair = tokenizer(
        ["Who said so?", "When?"],
        ["The mayor said so.", "It was on Monday, he said."],
        padding=True,
        return_tensors="pt",
    )
    names = ["input_ids", "attention_mask", "token_type_ids"]
    axes = {0: "pairs", 1: "pieces"}
    torch.onnx.export(
        Logits(model),
        tuple(pair[name] for name in names),
        str(path),
        input_names=names,
        output_names=["logits"],
        dynamic_axes={**dict.fromkeys(names, axes), "logits": {0: "pairs"}},
        dynamo=False,
    )


def package(trained: Path, data: Path, out: Path = OUT) -> None:
    """Export, reduce the weights to 8 bits and write both files of the package."""
    target = out / "cross_encoder.onnx"
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        export(trained, whole)
        # 7 of the 8 bits: older processors without VNNI would overflow on all of them.
        quantize_dynamic(whole, target, per_channel=True, reduce_range=True, weight_type=QuantType.QInt8)
    card = {
        "about": "all-MiniLM-L6-v2, fine-tuned by training/fit_cross_encoder.py; see docs/cross_encoder.md",
        "sha256": hashlib.sha256(target.read_bytes()).hexdigest(),
        "learnt_from": {name: hashlib.sha256((data / name).read_bytes()).hexdigest() for name in LEARNT_FROM},
    }
    (out / "cross_encoder.json").write_text(json.dumps(card, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    package(Path(sys.argv[1]), Path(sys.argv[2]))
