"""Make ``dist/madeleine``, a folder that runs without Python and without this checkout, with PyInstaller.

    BUNDLE-PYTHON packaging/bundle/build.py CHECKOUT

Runs in the environment of ``make bundle``, which sees the locked run-time packages. llama.cpp in it is what was
compiled for this machine: a bundle for other processors is made where ``GGML_NATIVE`` is off (packaging/README.md).
"""

from __future__ import annotations

import sys
from pathlib import Path

import PyInstaller.__main__

OWN = ("app", "ingest", "memory", "models", "recall", "reflect")
DATA = ("assets", "memory/migrations", "models/weights.toml")
WHOLE = ("chromadb", "llama_cpp", "rapidocr", "pip")  # they import by name what no analysis sees
FILES = ("faster_whisper", "reverse_geocode", "onnxruntime", "tokenizers")
NAMED = ("opentelemetry-api", "opentelemetry-sdk", "chromadb", "tqdm", "tokenizers", "huggingface-hub")
NEVER = (
    *("pkg_resources", "setuptools", "torch", "torchvision", "open_clip", "tkinter", "matplotlib", "IPython"),
    *("pytest", "hypothesis", "mypy"),
)


def arguments(checkout: Path) -> list[str]:
    """What PyInstaller is told."""
    out = [str(checkout / "packaging" / "bundle" / "entry.py"), "--name", "madeleine", "--noconfirm", "--clean"]
    out += ["--onedir", "--noupx", "--log-level", "WARN", "--paths", str(checkout)]
    out += ["--distpath", str(checkout / "dist"), "--workpath", str(checkout / "build")]
    out += ["--specpath", str(checkout / "build")]
    for each in DATA:
        target = each if (checkout / each).is_dir() else str(Path(each).parent)
        out += ["--add-data", f"{checkout / each}:{target}"]
    out += [word for each in OWN for word in ("--collect-submodules", each)]
    out += [word for each in WHOLE for word in ("--collect-all", each)]
    out += [word for each in FILES for word in ("--collect-data", each)]
    out += [word for each in NAMED for word in ("--copy-metadata", each)]
    out += [word for each in NEVER for word in ("--exclude-module", each)]
    return out


if __name__ == "__main__":
    PyInstaller.__main__.run(arguments(Path(sys.argv[1]).resolve()))
