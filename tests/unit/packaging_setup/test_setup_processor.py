"""What llama.cpp is compiled for."""

from __future__ import annotations

from pathlib import Path

import environment
import processor
import pytest

LAPTOP = frozenset("fpu sse4_2 avx avx2 bmi2 fma f16c".split())
SERVER = LAPTOP | frozenset(
    "avx512f avx512cd avx512bw avx512dq avx512vl avx512_vnni avx_vnni amx_tile amx_int8".split()
)


def test_a_processor_gets_what_it_tells_of() -> None:
    options = processor.cmake_options(LAPTOP, "x86_64").split()
    assert {"-DGGML_NATIVE=OFF", "-DGGML_AVX2=ON", "-DGGML_FMA=ON", "-DGGML_AVX512=OFF"} <= set(options)


def test_amx_is_never_asked_for_nor_guessed() -> None:
    options = processor.cmake_options(SERVER, "x86_64")
    assert "-DGGML_AVX512_VNNI=ON" in options
    assert "-DGGML_NATIVE=OFF" in options
    assert "AMX" not in options


def test_a_family_is_taken_whole_or_not_at_all() -> None:
    options = processor.cmake_options(SERVER - {"avx512dq"}, "x86_64")
    assert "-DGGML_AVX512=OFF" in options
    assert "-DGGML_AVX512_VNNI=OFF" in options


@pytest.mark.parametrize(("flags", "machine"), [(LAPTOP, "aarch64"), (frozenset(), "x86_64")])
def test_what_is_not_known_is_left_to_ggml(flags: frozenset[str], machine: str) -> None:
    assert processor.cmake_options(flags, machine) == ""


def test_flags_are_read_from_what_the_kernel_tells(tmp_path: Path) -> None:
    told = tmp_path / "cpuinfo"
    told.write_text("processor\t: 0\nflags\t\t: fpu avx avx2\nbugs\t\t: none\n\nprocessor\t: 1\nflags\t\t: fpu\n")
    assert processor.read_flags(told) == {"fpu", "avx", "avx2"}
    assert processor.read_flags(tmp_path / "none") == frozenset()


def test_another_processor_means_compiling_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[str] = []

    class Started:
        def __init__(self, _command: object, *, env: dict[str, str], **_more: object) -> None:
            started.append(env["CMAKE_ARGS"])

        def wait(self, _describe: object) -> None:
            return

    monkeypatch.setattr(environment, "runtime_folder", lambda: tmp_path / "env")
    monkeypatch.setattr(environment.say, "LoggedCommand", Started)
    (tmp_path / "env").mkdir()
    for flags in (LAPTOP, LAPTOP, SERVER):
        monkeypatch.setattr(processor, "read_flags", lambda flags=flags: flags)
        monkeypatch.setattr(processor.platform, "machine", lambda: "x86_64")
        environment.CompiledPackages().wait()
    assert len(started) == 2
    assert "-DGGML_AVX512=OFF" in started[0]
    assert "-DGGML_AVX512=ON" in started[1]
