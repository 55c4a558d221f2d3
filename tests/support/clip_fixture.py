"""The small CLIP model of the tests: trained and exported by packaging/clip on pictures drawn by us."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from types import ModuleType

from models.clip import ClipEmbedder, find_clip
from models.weights import Model, WeightsFolder, load_catalogue

FOLDER = Path(__file__).resolve().parents[1] / "fixtures" / "clip"
_DRAWN = Path(__file__).resolve().parents[2] / "packaging" / "clip"


def clip_model() -> Model:
    """The catalogue's own entry, in whose place the small model is put."""
    model = load_catalogue().get_profile().see
    assert model is not None
    return model


def put_clip(models: Path) -> Path:
    """Put the small model where the profile's export would lie; returns its folder."""
    folder = models / clip_model().id / "onnx"
    folder.mkdir(parents=True)
    for name in ("image.onnx", "text.onnx", "tokenizer.json", "clip.json"):
        shutil.copyfile(FOLDER / name, folder / name)
    return folder


def open_clip_fixture(models: Path) -> ClipEmbedder:
    """The small model, ready to be used."""
    put_clip(models)
    found = find_clip(WeightsFolder(models), clip_model())
    assert found is not None
    return ClipEmbedder(*found)


def load_drawing() -> ModuleType:
    """``packaging/clip/pictures.py``, which draws what the model was trained on."""
    sys.path.insert(0, str(_DRAWN))
    try:
        import pictures
    finally:
        sys.path.remove(str(_DRAWN))
    return pictures
