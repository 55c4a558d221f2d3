from __future__ import annotations

import json
import os
import socket
import stat
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from app.commands.terminal import describe
from app.door import open_door
from app.errors import Exit, UserError
from app.owner import OwnerServer, call_owner, socket_path
from app.service import Service, Tell
from memory.errors import HomeLocked
from memory.store import Memory
from models.protocols import CancelToken
from tests.support.app_engine import build_fake_engine
from tests.support.app_memory import noted, remember


class EchoService:
    """Answers what it is asked; some verbs wait until they are cancelled or let go."""

    def __init__(self) -> None:
        self.begun = threading.Event()
        self.go = threading.Event()
        self.cancelled = threading.Event()

    def handle(
        self, request: Mapping[str, Any], *, tell: Tell = lambda _note: None, cancel: CancelToken | None = None
    ) -> dict[str, Any]:
        match request.get("do"):
            case "notes":
                for n in range(50):
                    tell({"n": n, "name": "odd \udcff"})
                return {"told": 50}
            case "wait":
                self.begun.set()
                assert cancel is not None
                while not self.go.wait(0.01):
                    if cancel.is_cancelled:
                        self.cancelled.set()
                        cancel.raise_if_cancelled()
                return {"waited": True}
            case "fail":
                raise UserError("It cannot be done.", hint="Leave it.", code=Exit.NOT_FOUND)
            case None:
                raise UserError("There is no request.")
        return {"echo": request["do"]}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    path = tmp_path / "home"
    path.mkdir(mode=0o700)
    return path


@pytest.fixture
def service() -> EchoService:
    return EchoService()


Serve = Callable[[Path], OwnerServer]


@pytest.fixture
def serve(service: EchoService) -> Iterator[Serve]:
    servers: list[OwnerServer] = []

    def start(home: Path) -> OwnerServer:
        server = OwnerServer(home, service, describe=describe)  # type: ignore[arg-type]
        server.start()
        servers.append(server)
        return server

    yield start
    for server in servers:
        server.stop()
    assert not [t.name for t in threading.enumerate() if t.name.startswith("owner")]


def test_another_process_is_served(home: Path, serve: Serve) -> None:
    serve(home)
    script = (
        "import sys; from pathlib import Path; from app.owner import call_owner;"
        "print(call_owner(Path(sys.argv[1]), {'do': 'hello'}))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(home)], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "{'echo': 'hello'}"


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_nobody_else_can_reach_the_socket(home: Path, serve: Serve, umask: int) -> None:
    before = os.umask(umask)
    try:
        serve(home)
    finally:
        os.umask(before)
    state = socket_path(home).stat()
    assert stat.S_ISSOCK(state.st_mode)
    assert stat.S_IMODE(state.st_mode) == 0o600
    assert stat.S_IMODE(socket_path(home).parent.stat().st_mode) == 0o700


def test_a_folder_that_others_may_enter_is_not_served_and_not_trusted(
    home: Path, serve: Serve, service: EchoService
) -> None:
    home.chmod(0o755)
    serve(home)
    assert not socket_path(home).exists()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as foreign:
        foreign.bind(str(socket_path(home)))
        foreign.listen()
        assert call_owner(home, {"do": "hello"}) is None


def test_a_long_path_is_served_from_a_private_folder(
    tmp_path: Path, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = Path("/tmp") / f"madeleine-test-{os.getpid()}"
    short.mkdir(mode=0o700)
    monkeypatch.setattr("tempfile.tempdir", str(short))
    home = tmp_path / ("long" * 30)
    home.mkdir(mode=0o700)
    server = serve(home)
    try:
        path = socket_path(home)
        assert len(os.fsencode(path)) < 100
        assert home not in path.parents
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert call_owner(home, {"do": "hello"}) == {"echo": "hello"}
    finally:
        server.stop()
        path.parent.rmdir()
        short.rmdir()


def test_notes_come_before_the_result_and_do_not_hang(home: Path, serve: Serve) -> None:
    serve(home)
    notes: list[Any] = []
    for _ in range(5):
        assert call_owner(home, {"do": "notes"}, tell=notes.append) == {"told": 50}
    assert [note["n"] for note in notes] == list(range(50)) * 5
    assert notes[0]["name"] == "odd \udcff"


def test_an_error_comes_with_hint_and_code(home: Path, serve: Serve) -> None:
    serve(home)
    with pytest.raises(UserError, match="cannot be done") as caught:
        call_owner(home, {"do": "fail"})
    assert (caught.value.hint, caught.value.code) == ("Leave it.", Exit.NOT_FOUND)


def test_hanging_up_cancels(home: Path, serve: Serve, service: EchoService) -> None:
    serve(home)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.connect(str(socket_path(home)))
        connection.sendall(b'{"do": "wait"}\n')
        assert service.begun.wait(10)
        assert not service.cancelled.is_set()
    assert service.cancelled.wait(10)


def test_quitting_cancels_and_removes_the_socket(home: Path, serve: Serve, service: EchoService) -> None:
    server = serve(home)
    failures: list[UserError] = []

    def call() -> None:
        try:
            call_owner(home, {"do": "wait"})
        except UserError as error:
            failures.append(error)

    asker = threading.Thread(target=call)
    asker.start()
    assert service.begun.wait(10)
    server.stop()
    asker.join(10)
    assert service.cancelled.is_set()
    assert [error.code for error in failures] == [Exit.SOME_FAILED]
    assert not socket_path(home).exists()
    assert call_owner(home, {"do": "hello"}) is None


def test_leaving_politely_lets_what_runs_come_to_its_end(home: Path, serve: Serve, service: EchoService) -> None:
    server = serve(home)
    results: list[object] = []
    asker = threading.Thread(target=lambda: results.append(call_owner(home, {"do": "wait"})))
    asker.start()
    assert service.begun.wait(10)
    leaver = threading.Thread(target=lambda: server.stop(cancel=False))
    leaver.start()
    service.go.set()
    for thread in (leaver, asker):
        thread.join(10)
    assert results == [{"waited": True}]


@pytest.mark.parametrize("line", [b"not json\n", b"[1]\n", b"\n", b'{"do"', b"\xff\n"])
def test_what_is_no_request_harms_nobody(home: Path, serve: Serve, line: bytes) -> None:
    serve(home)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
        connection.connect(str(socket_path(home)))
        connection.sendall(line)
        connection.shutdown(socket.SHUT_WR)
        received = connection.makefile("rb").read()
    if received:
        assert "error" in json.loads(received)
    assert call_owner(home, {"do": "hello"}) == {"echo": "hello"}


def test_a_socket_left_by_a_crash_is_replaced(home: Path, serve: Serve) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as dead:
        dead.bind(str(socket_path(home)))
    assert call_owner(home, {"do": "hello"}) is None
    serve(home)
    assert call_owner(home, {"do": "hello"}) == {"echo": "hello"}


# the door ------------------------------------------------------------------------------------------------------------
@pytest.fixture
def fakes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.compose.build_engine", build_fake_engine)
    monkeypatch.setattr("app.door._PATIENCE_S", 0.1)


@pytest.mark.usefixtures("fakes")
def test_the_first_owns_and_the_second_asks_it(tmp_path: Path) -> None:
    home, models = tmp_path / "home", tmp_path / "models"
    (tmp_path / "note.txt").write_text("gate code 5927")
    told: list[Any] = []
    with open_door(home, models, describe=describe), open_door(home, models, describe=describe) as second:
        report = second.call({"do": "import", "paths": [str(tmp_path / "note.txt")]}, tell=told.append)
        assert report["imported"] == 1
        assert told
        found = second.call({"do": "search", "query": "gate code"})["moments"]
        assert [m["text"] for m in found] == ["gate code 5927"]
        with pytest.raises(UserError) as caught:
            second.call({"do": "forget", "ids": ["m0"]})
        assert caught.value.code is Exit.NOT_FOUND
    with open_door(home, models, describe=describe) as third:
        assert third.call({"do": "search", "query": "gate code"})["moments"] == found


@pytest.mark.usefixtures("fakes")
def test_an_owner_that_does_not_answer_can_be_read_beside_but_not_written(tmp_path: Path) -> None:
    home, models = tmp_path / "home", tmp_path / "models"
    with Memory.open(home, use_chroma=False) as owner:
        remember(owner, [noted("gate code 5927")])
        with open_door(home, models, describe=describe) as door:
            with pytest.raises(UserError, match="does not answer") as caught:
                door.call({"do": "import", "paths": [str(tmp_path)]})
            assert caught.value.code is Exit.ENVIRONMENT
            assert caught.value.hint
            assert [m["text"] for m in door.call({"do": "search", "query": "gate code"})["moments"]] == [
                "gate code 5927"
            ]
            assert len(door.call({"do": "timeline"})["days"]) == 1


@pytest.mark.usefixtures("fakes")
def test_whoever_comes_while_an_owner_leaves_becomes_the_owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home, tries = tmp_path / "home", list[int]()

    def build(*arguments: Any, **named: Any) -> Any:
        tries.append(1)
        if len(tries) == 1:
            raise HomeLocked("Another Madeleine has this memory open.")
        return build_fake_engine(*arguments, **named)

    monkeypatch.setattr("app.compose.build_engine", build)
    monkeypatch.setattr("app.door._PATIENCE_S", 60.0)
    with open_door(home, tmp_path / "models", describe=describe) as door:
        assert door.call({"do": "reindex"})["reindexed"]
    assert len(tries) == 2


def test_service_refuses_verbs_it_does_not_know(tmp_path: Path) -> None:
    engine = build_fake_engine(tmp_path / "home")
    try:
        with pytest.raises(UserError, match="dream"):
            Service(engine).handle({"do": "dream"})
    finally:
        engine.close()
