"""Every sentence that an error of the rooms below the window can say, read out of the code itself.

Role: walks the syntax trees of the program and collects what is given as the message and the hint of an error with
words, each placeholder filled with a sample. It runs nothing: an error that nobody can raise on this machine is found
as well, and one that is added next year is found the day it is written.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("app", "ingest", "memory", "models", "recall", "reflect")
NOT_SHOWN = ("app/ui/", "app/commands/", "app/service.py", "app/serving.py", "app/owner.py", "app/cli.py")
"""The window's own words are translated where they stand; the rest speaks to the command line and to scripts alone."""
RECORDS = {"ImportFailure": (1, 2), "Refused": (0,), "LineFault": (1,), "_Fault": (0,)}
"""What carries words and is no error with a hint: the places of its words among its arguments."""
SAMPLE = "7"
_NAMED = ("hint", "error")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence that can be said.

    Attributes:
        where: File and line.
        kind: The class that carries it.
        sentence: As it reads, with ``SAMPLE`` for each placeholder; None where the code does not tell (it passes on
            what another said).
        code: The expression.
    """

    where: str
    kind: str
    sentence: str | None
    code: str


def read_said() -> list[Said]:
    """All of them."""
    modules = [_Module(path, path.relative_to(ROOT).as_posix()) for room in ROOMS for path in _files(room)]
    kinds = _find_kinds(modules)
    constants = {(module.dotted, name): value for module in modules for name, value in module.constants.items()}
    return [
        said
        for module in modules
        if not module.name.startswith(NOT_SHOWN)
        for said in _Reader(module, kinds, constants).iter_said()
    ]


def _files(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


class _Module:
    """One file."""

    def __init__(self, path: Path, name: str) -> None:
        self.name, self.dotted = name, name.removesuffix(".py").replace("/", ".")
        self.tree = ast.parse(path.read_text(encoding="utf-8"))

    @cached_property
    def constants(self) -> dict[str, ast.expr]:
        """Names that are given a value at the top of the file."""
        found: dict[str, ast.expr] = {}
        for node in self.tree.body:
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                found[node.targets[0].id] = node.value
            elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Tuple):
                found.update(_unpack(node.targets[0], node.value))
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) and node.value is not None:
                found[node.target.id] = node.value
        return found

    @cached_property
    def imports(self) -> dict[str, tuple[str, str]]:
        """Names that come from another file: its dotted name and the name there."""
        return {
            alias.asname or alias.name: (node.module or "", alias.name)
            for node in ast.walk(self.tree)
            if isinstance(node, ast.ImportFrom)
            for alias in node.names
        }

    @cached_property
    def functions(self) -> dict[str, ast.FunctionDef]:
        """Functions and methods by their name."""
        return {node.name: node for node in ast.walk(self.tree) if isinstance(node, ast.FunctionDef)}


def _unpack(names: ast.Tuple, value: ast.expr) -> dict[str, ast.expr]:
    if not isinstance(value, ast.Tuple) or len(value.elts) != len(names.elts):
        return {}
    return {name.id: each for name, each in zip(names.elts, value.elts, strict=True) if isinstance(name, ast.Name)}


def _find_kinds(modules: list[_Module]) -> set[str]:
    """Exceptions that take a hint, and those derived from them."""
    classes = [node for module in modules for node in ast.walk(module.tree) if isinstance(node, ast.ClassDef)]
    kinds: set[str] = set()
    for node in classes:
        bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
        makers = (each for each in node.body if isinstance(each, ast.FunctionDef) and each.name == "__init__")
        if "Exception" in bases and any(arg.arg == "hint" for make in makers for arg in make.args.kwonlyargs):
            kinds.add(node.name)
    while more := {
        node.name
        for node in classes
        if node.name not in kinds and any(isinstance(base, ast.Name) and base.id in kinds for base in node.bases)
    }:
        kinds |= more
    return kinds


class _Reader:
    """Reads one file."""

    def __init__(self, module: _Module, kinds: set[str], constants: dict[tuple[str, str], ast.expr]) -> None:
        self._module, self._kinds, self._constants = module, kinds, constants
        self._local: dict[str, list[ast.expr]] = {}
        self._open: set[str] = set()  # names that are being looked up

    def iter_said(self) -> Iterator[Said]:
        """What is said in each function of the file, and outside of them."""
        for owner in (self._module.tree, *self._module.functions.values()):
            self._local = _find_local(owner) if isinstance(owner, ast.FunctionDef) else {}
            for node in _iter_own(owner):
                if isinstance(node, ast.Call):
                    yield from self._read_call(node)

    def _read_call(self, call: ast.Call) -> Iterator[Said]:
        name = call.func.id if isinstance(call.func, ast.Name) else ""
        if name not in self._kinds and name not in RECORDS:
            return
        words = [call.args[at] for at in RECORDS.get(name, (0,)) if at < len(call.args)]
        words += [each.value for each in call.keywords if each.arg in _NAMED]
        for node in words:
            for sentence in self._read(node) or [None]:
                yield Said(f"{self._module.name}:{call.lineno}", name, sentence, ast.unparse(node))

    def _read(self, node: ast.expr | None) -> list[str]:
        """The sentences an expression can be; none where that is not told here."""
        if isinstance(node, ast.Constant):
            return [node.value] if isinstance(node.value, str) else []
        if isinstance(node, ast.JoinedStr):
            return ["".join(map("".join, parts)) for parts in product(*(self._read_part(each) for each in node.values))]
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            return [a + b for a in self._read(node.left) or [SAMPLE] for b in self._read(node.right) or [SAMPLE]]
        if isinstance(node, ast.IfExp):
            return self._read(node.body) + self._read(node.orelse)
        if isinstance(node, ast.BoolOp):
            return [each for value in node.values for each in self._read(value)]
        if isinstance(node, ast.Name):
            return self._look_up(node.id, self._find_values)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            return self._look_up(node.func.id, self._find_returns)
        if isinstance(node, ast.Subscript) and isinstance(node.value, ast.Dict):
            return [each for value in node.value.values for each in self._read(value)]
        return []

    def _read_part(self, part: ast.expr) -> list[str]:
        if isinstance(part, ast.FormattedValue):
            return self._read(part.value) or [SAMPLE]
        return self._read(part)

    def _look_up(self, name: str, find: Callable[[str], Iterable[ast.expr | None]]) -> list[str]:
        if name in self._open:  # it is made of itself
            return []
        self._open.add(name)
        try:
            return [sentence for each in find(name) for sentence in self._read(each)]
        finally:
            self._open.discard(name)

    def _find_values(self, name: str) -> Iterable[ast.expr | None]:
        if name in self._local:
            return self._local[name]
        return (self._module.constants.get(name) or self._constants.get(self._module.imports.get(name, ("", ""))),)

    def _find_returns(self, name: str) -> Iterable[ast.expr | None]:
        made = self._module.functions.get(name)
        return (each.value for each in ast.walk(made) if isinstance(each, ast.Return)) if made else ()


def _iter_own(owner: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a function or file without those of the functions inside it."""
    for child in ast.iter_child_nodes(owner):
        if not isinstance(child, ast.FunctionDef):
            yield child
            yield from _iter_own(child)


def _find_local(owner: ast.FunctionDef) -> dict[str, list[ast.expr]]:
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(owner):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    found.setdefault(target.id, []).append(node.value)
                elif isinstance(target, ast.Tuple):
                    for name, value in _unpack(target, node.value).items():
                        found.setdefault(name, []).append(value)
    return found
