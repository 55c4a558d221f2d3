"""``madeleine models list|pull|verify|measure|remove|use|export-clip``: the weights of a profile."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from app.commands.terminal import Terminal
from app.errors import Exit, UserError

if TYPE_CHECKING:
    from app.contract import Json
    from models.pull import PullProgress
    from models.weights import Catalogue, FileState, Model, Profile, WeightsFolder

_WELL = ("present", "bundled")


def add_parser(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command to the parser."""
    parser = commands.add_parser(
        "models", help="weights of the profile", description="List, fetch, check or choose the weights of the models."
    )
    parser.add_argument(
        "what",
        choices=("list", "pull", "verify", "measure", "remove", "use", "export-clip"),
        help="list them, fetch them, read every byte, try how fast one is, delete one, choose a profile, "
        "or make CLIP ready to be used",
    )
    parser.add_argument(
        "profile", nargs="?", help="the profile (otherwise the one in the settings), or one model by its name"
    )
    parser.add_argument("--python", type=Path, metavar="PATH", help="export-clip: the Python that has open_clip")
    parser.add_argument("--json", action="store_true", help="print JSON")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace, home: Path, models: Path, terminal: Terminal) -> int:
    """Run the command; the weights folder is shared, so no home is opened."""
    from app.settings import load_settings
    from app.sight import describe_sight
    from models.weights import WeightsFolder, load_catalogue

    catalogue = load_catalogue()
    folder = WeightsFolder(models)
    if arguments.what == "export-clip":
        return _export_clip(catalogue, arguments, folder, load_settings(home).profile, terminal)
    if arguments.what in ("measure", "remove"):
        return _of_desk(catalogue, arguments, folder, home, terminal)
    if arguments.profile in catalogue.models:
        return _one_model(catalogue.models[arguments.profile], arguments.what, folder, terminal)
    profile = catalogue.get_profile(arguments.profile or load_settings(home).profile)
    if arguments.what == "use":
        return _use(profile, home, terminal)
    if arguments.what == "pull":
        return _pull(profile, folder, terminal)
    chosen = list(profile.models.values())
    states = folder.list_files(chosen) if arguments.what == "list" else folder.verify(chosen)
    _show(profile.name, states, terminal)
    if arguments.what == "list":
        if not terminal.json_wanted:
            terminal.write(describe_sight(folder, profile).detail)
        return Exit.DONE
    return Exit.DONE if all(s.state in _WELL for s in states) else Exit.ENVIRONMENT


def _one_model(model: Model, what: str, folder: WeightsFolder, terminal: Terminal) -> int:
    if what == "pull":
        return _fetch(model.id, [model], folder, terminal)
    if what == "use":
        raise UserError("A profile is used, not a single model.", hint="See them in models/weights.toml.")
    states = folder.list_files([model]) if what == "list" else folder.verify([model])
    _show(model.id, states, terminal)
    return Exit.DONE if what == "list" or all(s.state in _WELL for s in states) else Exit.ENVIRONMENT


def _of_desk(
    catalogue: Catalogue, arguments: argparse.Namespace, folder: WeightsFolder, home: Path, terminal: Terminal
) -> int:
    """Try how fast one model is on this computer, or delete it."""
    from app.models_desk import ModelDesk
    from app.settings import load_settings
    from models.protocols import CancelToken

    name = arguments.profile
    if name not in catalogue.models:
        words = f"There is no model “{name}”." if name else "Name one model."
        raise UserError(words, hint=f"Models are {', '.join(catalogue.models)}.")
    desk = ModelDesk(folder, catalogue, catalogue.get_profile(load_settings(home).profile), home)
    if arguments.what == "remove":
        n_bytes = desk.remove(name)
        said: Json = {"model": name, "freed_bytes": n_bytes}
        words = f"{name} is gone; that freed {n_bytes / 1e6:,.1f} MB."
    else:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        measured = desk.measure(name, cancel=CancelToken())
        said = {
            "model": name,
            "load_s": measured.load_s,
            "memory_bytes": measured.memory_bytes,
            "per_second": dict(measured.rates),
        }
        rates = ", ".join(f"{rate:.1f} {what} a second" for what, rate in measured.rates.items())
        words = f"{name}: {rates}; {measured.memory_bytes / 1e6:,.0f} MB of working memory."
    if terminal.json_wanted:
        terminal.result(said)
    else:
        terminal.write(words)
    return Exit.DONE


def _export_clip(
    catalogue: Catalogue, arguments: argparse.Namespace, folder: WeightsFolder, profile: str, terminal: Terminal
) -> int:
    from app.sight import export_clip
    from models.errors import WeightsMissing

    named = arguments.profile
    model = catalogue.models.get(named) if named else catalogue.get_profile(profile).see
    if model is None:
        raise UserError(f"There is no model “{named}”.", hint="Leave the name out to take the one of the profile.")
    try:
        about = export_clip(folder, model, python=arguments.python, say=terminal.say)
    except WeightsMissing as error:
        raise UserError(str(error), hint=f"Run: madeleine models pull {model.id}", code=Exit.ENVIRONMENT) from error
    if terminal.json_wanted:
        terminal.result({"model": model.id, "producer": about.producer})
    else:
        terminal.write(f"{model.title} is ready: pictures are found by what they show from the next start on.")
    return Exit.DONE


def _use(profile: Profile, home: Path, terminal: Terminal) -> int:
    from dataclasses import replace

    from app.settings import load_settings, save_settings

    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    save_settings(home, replace(load_settings(home), profile=profile.name))
    if terminal.json_wanted:
        terminal.result({"profile": profile.name})
    else:
        terminal.write(f"The profile is now “{profile.name}”. Fetch its weights with: madeleine models pull")
    return Exit.DONE


def _pull(profile: Profile, folder: WeightsFolder, terminal: Terminal) -> int:
    from models.profile import prepare

    return _fetch(
        profile.name, list(profile.models.values()), folder, terminal, prepare=lambda: prepare(folder, profile)
    )


def _fetch(
    name: str,
    wanted: Sequence[Model],
    folder: WeightsFolder,
    terminal: Terminal,
    *,
    prepare: Callable[[], None] = lambda: None,
) -> int:
    from models.pull import Puller, build_sources

    lines = _Lines(terminal)
    report = Puller(folder, build_sources()).pull(list(wanted), report=lines.show)
    prepare()
    for path in report.rejected:
        terminal.say(f"A source gave wrong bytes; they were set aside: {path}")
    if terminal.json_wanted:
        terminal.result(
            {"profile": name, "fetched": list(report.fetched), "rejected": [str(p) for p in report.rejected]}
        )
    elif report.fetched:
        terminal.write(f"{len(report.fetched)} files fetched and checked for “{name}”.")
    else:
        terminal.write(f"All weights of “{name}” are here.")
    return Exit.DONE


class _Lines:
    """Progress: written over on a terminal, a line every tenth where output goes to a file."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._told: object = None

    def show(self, progress: PullProgress) -> None:
        if progress.stage == "wait":
            self._tell("wait", "Another pull is at work; waiting for it.")
            return
        share = progress.n_done_bytes / progress.n_total_bytes if progress.n_total_bytes else 1.0
        left = "" if progress.left_s is None else f", about {progress.left_s:.0f} s left"
        done = f"{share:4.0%} of {progress.n_total_bytes / 1e6:,.0f} MB"
        text = f"{done}  {progress.stage} {progress.model}/{progress.file}{left}"
        self._terminal.progress(text)
        self._tell(int(share * 10), text, only_plain=True)

    def _tell(self, key: object, text: str, *, only_plain: bool = False) -> None:
        import sys

        if key != self._told:
            self._told = key
            if not (only_plain and sys.stderr.isatty()):
                self._terminal.say(text)


def _show(name: str, states: Sequence[FileState], terminal: Terminal) -> None:
    rows: list[Json] = [
        {
            "model": s.model,
            "task": s.task,
            "file": s.name,
            "path": str(s.path),
            "bytes": s.n_bytes,
            "licence": s.licence,
            "state": s.state,
            "sources": list(s.sources),
        }
        for s in states
    ]
    if terminal.json_wanted:
        terminal.result({"profile": name, "files": rows})
        return
    terminal.write(f"profile: {name}")
    for row in rows:
        size = f"{row['bytes'] / 1e6:8.1f} MB"
        terminal.write(f"{row['state']:8}  {row['task']:10}  {size}  {row['model']}/{row['file']}  ({row['licence']})")
