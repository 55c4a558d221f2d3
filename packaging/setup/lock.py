"""Write both lock files from ``pyproject.toml``: every package pinned, every file hashed.

Run by ``make lock`` with pip-tools at hand. The headers name the command and nothing of the machine.
``make lock ARGS=--upgrade`` looks for newer versions; without it, pins that still fit stay.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from collections.abc import Sequence

from places import CHECKOUT, RUNTIME_LOCK, TOOLS_LOCK

OPTIONS = (
    "--quiet",
    "--generate-hashes",
    "--allow-unsafe",
    "--strip-extras",
    "--no-emit-index-url",
    "--no-emit-find-links",
    "--no-emit-trusted-host",
)


def compile_lock(arguments: Sequence[str], requirements: str) -> None:
    """Let pip-compile resolve ``requirements`` (one a line).

    Raises:
        subprocess.CalledProcessError: Resolving failed; pip-compile has said why.
    """
    command = [sys.executable, "-P", "-m", "piptools", "compile", *OPTIONS, *arguments, "-"]
    env = os.environ | {"CUSTOM_COMPILE_COMMAND": "make lock"}
    subprocess.run(command, check=True, input=requirements, text=True, env=env, cwd=CHECKOUT)


def main(arguments: Sequence[str]) -> int:
    """Write the run-time lock, then the development lock under its constraints."""
    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    compile_lock([*arguments, "-o", RUNTIME_LOCK.name], "\n".join(project["dependencies"]))
    development = "\n".join(project["optional-dependencies"]["dev"])
    compile_lock([*arguments, "-c", RUNTIME_LOCK.name, "-o", TOOLS_LOCK.name], development)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
