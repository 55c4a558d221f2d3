"""The models of this computer: what each is and takes, how fast it works here, and fetching, checking, removing them.

Role: joins the catalogue, the folder of weights and what was measured. Only ``pull`` uses the network.
"""

from __future__ import annotations

import json
import os
import platform
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from app.clock import now_us
from app.errors import Exit, UserError
from app.measure_model import MEASURABLE
from memory.home import write_whole
from models.protocols import CancelToken
from models.pull import Puller, PullProgress, Sources, build_sources
from models.weights import Catalogue, Model, Profile, State, WeightsFolder

FILE_NAME = "measured.json"
_ROOT = Path(__file__).resolve().parent.parent
_LOOK_S = 0.2
_LIMIT_S = 600.0
_WORST_FIRST: tuple[State, ...] = ("missing", "cut", "damaged", "present", "bundled")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """How a model works on this computer.

    Attributes:
        at_us: When it was measured.
        load_s: Seconds of loading it and using it for the first time.
        memory_bytes: Working memory it takes.
        rates: What it does in a second: "sound_s" (seconds of sound), "pictures", "sentences", "tokens_read",
            "tokens_written".
    """

    at_us: int
    load_s: float
    memory_bytes: int
    rates: Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelState:
    """A model and how it stands.

    Attributes:
        n_bytes: Its weights' size on the disk, where they are there or not.
        is_used: The set of models that is chosen uses it.
        is_checked: Every byte was read and is right.
        measured: None until somebody wanted to know.
    """

    model: Model
    state: State
    n_bytes: int
    is_used: bool
    is_checked: bool
    measured: Measured | None

    @property
    def is_here(self) -> bool:
        """Whether it can be used."""
        return self.state in ("present", "bundled")


class ModelDesk:
    """Models of one folder, measured for one home.

    Args:
        folder: The weights.
        catalogue: All models there are.
        profile: The set that is used.
        home: Where it is noted what was measured.
        sources: Where weights come from.
    """

    def __init__(
        self,
        folder: WeightsFolder,
        catalogue: Catalogue,
        profile: Profile,
        home: Path,
        *,
        sources: Callable[[], Sources] = build_sources,
    ) -> None:
        self._folder, self._catalogue, self._profile, self._home = folder, catalogue, profile, home
        self._sources = sources

    def list_models(self) -> list[ModelState]:
        """Those of the chosen set first; then what else could be used or lies on the disk."""
        used = [*self._profile.models.values(), *filter(None, [self._profile.see])]
        measured = self._read_measured()
        others = [m for m in self._catalogue.models.values() if m not in used and self._is_of_interest(m)]
        return [self._describe(model, model in used, measured) for model in (*used, *others)]

    def pull(self, name: str, *, cancel: CancelToken, report: Callable[[PullProgress], None]) -> None:
        """Fetch a model, because the user said so; a pull that was cancelled goes on the next time.

        Raises:
            ModelError: it could not be had, or there is no room.
            Cancelled: ``cancel`` was set.
        """
        from models.profile import prepare

        model = self._get(name)
        Puller(self._folder, self._sources()).pull([model], cancel=cancel, report=report)
        if model.task == "embed":
            prepare(self._folder, Profile("fetched", {"embed": model}))

    def verify(self, name: str, *, cancel: CancelToken, report: Callable[[float], None]) -> State:
        """Read every byte of a model and say how it stands; ``report`` is told the share that was read, 0 to 1.

        Raises:
            Cancelled: ``cancel`` was set.
        """
        model = self._get(name)
        done = 0

        def count(n_bytes: int) -> None:
            nonlocal done
            done += n_bytes
            report(done / max(1, model.n_bytes))

        return _worst(state.state for state in self._folder.verify([model], cancel=cancel, report=count))

    def remove(self, name: str) -> int:
        """Delete a model from the disk; returns how many bytes that freed. All memories of this computer share it.

        Raises:
            ModelError: it is part of the program, or cannot be deleted.
        """
        return self._folder.remove(self._get(name))

    def measure(self, name: str, *, cancel: CancelToken) -> Measured:
        """Try a model on a piece of the sample day and note how fast it was and what memory it took.

        Raises:
            UserError: it cannot work here, with the reason.
            Cancelled: ``cancel`` was set.
        """
        said = _run_child([str(self._folder.root), self._get(name).id], cancel)
        if "error" in said:
            raise UserError(f"It cannot be measured: {said['error']}", hint=said.get("hint", ""), code=Exit.ENVIRONMENT)
        measured = Measured(
            at_us=now_us(), load_s=said["load_s"], memory_bytes=said["memory_bytes"], rates=said["rates"]
        )
        kept = _read_json(self._home / FILE_NAME)
        models = kept.get("models", {}) if kept.get("machine") == _machine() else {}
        models[name] = asdict(measured)
        write_whole(self._home / FILE_NAME, json.dumps({"machine": _machine(), "models": models}, indent=1))
        return measured

    def _describe(self, model: Model, is_used: bool, measured: Mapping[str, Measured]) -> ModelState:
        files = self._folder.list_files([model])
        return ModelState(
            model=model,
            state=_worst(file.state for file in files),
            n_bytes=sum(file.n_bytes for file in files),
            is_used=is_used,
            is_checked=not model.bundled and all(self._folder.is_verified(file) for file in model.files),
            measured=measured.get(model.id),
        )

    def _is_of_interest(self, model: Model) -> bool:
        profiles = [profile for name, profile in self._catalogue.profiles.items() if name != "test"]
        is_offered = any(model in profile.models.values() for profile in profiles)
        return is_offered or (self._folder.root / model.id).is_dir()

    def _get(self, name: str) -> Model:
        model = self._catalogue.models.get(name)
        if model is None:
            raise UserError(f"There is no model “{name}”.", code=Exit.NOT_FOUND)
        return model

    def _read_measured(self) -> dict[str, Measured]:
        """What was measured on this very computer; a home that was carried to another one knows nothing of it."""
        kept = _read_json(self._home / FILE_NAME)
        if kept.get("machine") != _machine():
            return {}
        try:
            return {name: Measured(**entry) for name, entry in kept.get("models", {}).items()}
        except (TypeError, AttributeError):
            return {}


def can_measure(model: Model) -> bool:
    """Whether a model can be tried by itself; what finds speech is tried with what writes it down."""
    return model.task in MEASURABLE


def _worst(states: Iterable[State]) -> State:
    return min(states, key=_WORST_FIRST.index, default="missing")


def _run_child(words: list[str], cancel: CancelToken) -> dict[str, Any]:
    """Run the measuring and read the line it says; a cancel ends it."""
    paths = [str(_ROOT), *filter(None, [os.environ.get("PYTHONPATH")])]
    child = subprocess.Popen(
        [sys.executable, "-P", "-m", "app.measure_model", *words],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(paths)},
    )
    waited_s = 0.0
    try:
        while True:
            cancel.raise_if_cancelled()
            try:
                out, _nothing = child.communicate(timeout=_LOOK_S)
                break
            except subprocess.TimeoutExpired:
                waited_s += _LOOK_S
                if waited_s > _LIMIT_S:
                    return {"error": "it took longer than ten minutes and was given up."}
    finally:
        if child.poll() is None:
            child.kill()
            child.communicate()
    if child.returncode < 0:
        return {"error": f"the model ended its process (signal {-child.returncode}).", "hint": "Please report this."}
    lines = out.decode(errors="replace").strip().splitlines()
    return dict(json.loads(lines[-1])) if lines else {"error": "it said nothing."}


def _machine() -> str:
    """What tells one computer from another: its processor and how many cores."""
    name = platform.processor() or platform.machine()
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
        name = next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), name)
    except OSError:
        pass
    return f"{name}, {os.cpu_count()} cores"


def _read_json(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return data if isinstance(data, dict) else {}
