"""A Debian package of the bundle: ``dist/madeleine_VERSION_ARCH.deb``, made by dpkg-deb. Standard library only.

Source: Debian Policy 4.7, chapters 5 (control files) and 9 (the file system).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import say
import system
from bundle import BUNDLE, DESKTOP, ID
from places import CHECKOUT

_CONTROL = """Package: madeleine
Version: {version}
Architecture: {architecture}
Maintainer: The Madeleine authors <madeleine@localhost>
Section: utils
Priority: optional
Installed-Size: {size_kb}
Depends: {depends}
Recommends: libasound2-plugins, pulseaudio | pipewire-pulse
Description: private memory for one person, on that person's own computer
 It hears a room and keeps every direction apart, reads photos and screens, and
 answers questions about all of it with citations. Nothing leaves the machine.
"""

_SOUND = "libasound2-data"  # the bundle carries ALSA; without its settings no device is found, nor any default


def build(program: Path) -> Path:
    """Make the package of a bundle.

    Args:
        program: The bundle's program, as ``bundle.build`` returns it.

    Raises:
        SetupError: dpkg-deb is missing or failed.
    """
    dpkg = shutil.which("dpkg-deb")
    if dpkg is None:
        raise say.SetupError("A Debian package needs dpkg-deb, which this machine does not have.")
    version = re.search(r'^version = "(.+)"', (CHECKOUT / "pyproject.toml").read_text("utf-8"), re.MULTILINE)
    architecture = subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True)
    told = version[1] if version else "0"
    target = BUNDLE.parent / f"madeleine_{told}_{architecture.stdout.strip()}.deb"
    with tempfile.TemporaryDirectory(prefix="madeleine-deb-") as folder, say.step("the Debian package (a minute)"):
        root = Path(folder) / "root"
        _lay_out(program, root)
        size_kb = sum(p.lstat().st_size for p in root.rglob("*") if p.is_file()) // 1024
        control = _CONTROL.format(
            version=told,
            architecture=architecture.stdout.strip(),
            size_kb=size_kb,
            depends=", ".join(sorted({*(need.package for need in system.WINDOW), _SOUND, _libc()})),
        )
        about = root / "DEBIAN"
        about.mkdir()
        (about / "control").write_text(control, encoding="utf-8")
        about.chmod(0o755)  # whatever the umask: dpkg-deb refuses others
        (about / "control").chmod(0o644)
        command = [dpkg, "--root-owner-group", "-Zxz", "-z1", "--build", str(root), str(target)]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            raise say.SetupError(f"dpkg-deb said:\n{(done.stdout + done.stderr).strip()[-600:]}")
    return target


def _libc() -> str:
    """What is compiled here needs this machine's C library, or a newer one."""
    told = os.confstr("CS_GNU_LIBC_VERSION") or ""  # "glibc 2.36"
    return f"libc6 (>= {told.split()[-1]})" if told else "libc6"


def _lay_out(program: Path, root: Path) -> None:
    """The files where Debian wants them."""
    shutil.copytree(program.parent, root / "opt" / "madeleine", symlinks=True)
    (root / "usr" / "bin").mkdir(parents=True)
    (root / "usr" / "bin" / "madeleine").symlink_to(f"/opt/madeleine/{program.name}")
    share = root / "usr" / "share"
    for source, place in (
        (DESKTOP / f"{ID}.desktop", share / "applications" / f"{ID}.desktop"),
        (DESKTOP / f"{ID}.metainfo.xml", share / "metainfo" / f"{ID}.metainfo.xml"),
        (CHECKOUT / "assets/icons/madeleine.svg", share / "icons/hicolor/scalable/apps" / f"{ID}.svg"),
        (CHECKOUT / "LICENSE", share / "doc" / "madeleine" / "copyright"),
        (CHECKOUT / "docs" / "licences.md", share / "doc" / "madeleine" / "licences.md"),
    ):
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, place)
        place.chmod(0o644)
    for path in [root, *root.rglob("*")]:
        if path.is_dir():
            path.chmod(0o755)
