"""Whether pictures are found by what they show, and how they come to be: CLIP's export, told and started from here.

Role: runs ``models.clip_export`` in the environment that has open_clip, and says in words what is missing where it is.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from app.errors import Exit, UserError
from app.findings import Finding
from models.clip import EXPORTED, ClipAbout, find_clip
from models.weights import Model, Profile, WeightsFolder

_ROOT = Path(__file__).resolve().parent.parent
PYTHON_VARIABLE = "MADELEINE_CLIP_PYTHON"
_LIMIT_S = 1800


def describe_sight(folder: WeightsFolder, profile: Profile) -> Finding:
    """Say whether pictures are found by what they show; it is well without, only less is found."""
    model = profile.see
    if model is None:
        return Finding("sight", True, "this profile has no CLIP: pictures are found by words, time, place and tags")
    found = find_clip(folder, model)
    if found is not None:
        return Finding("sight", True, f"pictures are found by what they show ({found[1].producer})")
    state = folder.state_of(model.files[0])
    steps = "make clip && madeleine models export-clip"
    if state != "present":
        steps = f"madeleine models pull {model.id} && {steps}"
    lack = "its weights wait for the export" if state == "present" else f"{model.n_bytes / 1e6:,.0f} MB"
    detail = (
        f"{model.title} is not here ({lack}): pictures are found by words, time, place and tags only."
        f" To find them by what they show: {steps}"
    )
    return Finding("sight", True, detail, f"Run: {steps}")


def describe_reading() -> Finding:
    """Say in which letters text in pictures is read; words in others are not found."""
    from models.ocr import READS, READS_NOT

    can, cannot = (f"{', '.join(names[:-1])} and {names[-1]}" for names in (READS, READS_NOT))
    detail = f"text in pictures is read in {can} letters, whatever the language; there are no weights for {cannot} ones"
    return Finding("reading", True, detail)


def find_lacking(folder: WeightsFolder, profile: Profile) -> Model | None:
    """The model of which weights would have to be fetched so that pictures are found by what they show, or None."""
    model = profile.see
    if model is None or find_clip(folder, model) is not None or folder.state_of(model.files[0]) == "present":
        return None
    return model


def export_clip(
    folder: WeightsFolder, model: Model, *, python: Path | None = None, say: Callable[[str], None] = lambda _line: None
) -> ClipAbout:
    """Make ONNX networks of a CLIP model's weights, whole or not at all.

    Args:
        folder: The folder of weights, which has the model's.
        model: Which.
        python: The interpreter that has open_clip and torch; looked for by default.
        say: Hears what happens.

    Raises:
        WeightsMissing, WeightsDamaged: its weights are not there, or have wrong bytes.
        UserError: there is no such interpreter, or the export failed.
    """
    checkpoint = folder.require(model) / model.files[0].name
    folder.check(model)
    interpreter = python or find_clip_python()
    say(f"Exporting {model.title}; this takes a minute or two and 3 GB of memory.")
    target = folder.root / model.id / EXPORTED
    draft = Path(tempfile.mkdtemp(dir=target.parent, prefix=".export-"))
    command: list[str | Path] = [interpreter, "-P", "-m", "models.clip_export", checkpoint, draft / EXPORTED]
    command += ["--name", model.architecture, "--origin", model.origin]
    try:
        done = subprocess.run(
            command, env=_environment(os.environ), stdin=subprocess.DEVNULL, capture_output=True, timeout=_LIMIT_S
        )
        if done.returncode:
            last = (done.stderr.decode(errors="replace").strip().splitlines() or ["no word"])[-1]
            raise UserError(
                f"The export failed: {last}", hint="Make its environment anew: make clip", code=Exit.ENVIRONMENT
            )
        shutil.rmtree(target, ignore_errors=True)
        (draft / EXPORTED).replace(target)
    except subprocess.TimeoutExpired as error:
        raise UserError("The export took too long and was given up.", code=Exit.ENVIRONMENT) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    found = find_clip(folder, model)
    if found is None:
        raise UserError("The export left nothing that can be used.", hint="Please report this.", code=Exit.ENVIRONMENT)
    return found[1]


def find_clip_python(environ: Mapping[str, str] = os.environ) -> Path:
    """The interpreter of the environment that ``make clip`` has made.

    Raises:
        UserError: there is none.
    """
    named = environ.get(PYTHON_VARIABLE)
    if named:
        return Path(named)
    cache = Path(environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "madeleine"
    stamps = sorted(cache.glob("clip-*/clip.ok"), key=lambda stamp: stamp.stat().st_mtime)
    if not stamps:
        raise UserError(
            "The export needs open_clip and torch, which are not part of Madeleine.",
            hint=f"Run `make clip` (one minute), or name a Python that has them: --python, or {PYTHON_VARIABLE}.",
            code=Exit.ENVIRONMENT,
        )
    return stamps[-1].parent / "bin" / "python"


def _environment(environ: Mapping[str, str]) -> dict[str, str]:
    """For the other interpreter: only our own modules on its path, and no network (open_clip would ask the hub)."""
    kept = {name: value for name, value in environ.items() if name not in ("PYTHONHOME", "VIRTUAL_ENV")}
    return kept | {"PYTHONPATH": str(_ROOT), "HF_HUB_OFFLINE": "1", "PYTHONWARNINGS": "ignore"}
