"""Which instruction sets llama.cpp is compiled for: those this processor tells of, less those that are not to be had.

``-march=native`` would do nearly the same, but it takes AMX too, and a virtual machine may announce AMX and then end
the program at its first tile instruction. Standard library only.
"""

from __future__ import annotations

import platform
from pathlib import Path

CPUINFO = Path("/proc/cpuinfo")
# Flag of the Linux kernel (arch/x86/include/asm/cpufeatures.h) and the CMake options of ggml that need it. AMX is left
# out on purpose.
_SETS = (
    (("sse4_2",), ("GGML_SSE42",)),
    (("avx",), ("GGML_AVX",)),
    (("avx2",), ("GGML_AVX2",)),
    (("bmi2",), ("GGML_BMI2",)),
    (("fma",), ("GGML_FMA",)),
    (("f16c",), ("GGML_F16C",)),
    (("avx_vnni",), ("GGML_AVX_VNNI",)),
    (("avx512f", "avx512cd", "avx512bw", "avx512dq", "avx512vl"), ("GGML_AVX512",)),
    (("avx512vbmi",), ("GGML_AVX512_VBMI",)),
    (("avx512_vnni",), ("GGML_AVX512_VNNI",)),
    (("avx512_bf16",), ("GGML_AVX512_BF16",)),
)


def read_flags(cpuinfo: Path = CPUINFO) -> frozenset[str]:
    """Return the instruction sets the kernel lists for the first processor; none where it does not tell."""
    try:
        text = cpuinfo.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return frozenset()
    for row in text.splitlines():
        name, _, value = row.partition(":")
        if name.strip() == "flags":
            return frozenset(value.split())
    return frozenset()


def cmake_options(flags: frozenset[str] | None = None, machine: str | None = None) -> str:
    """Return the options that compile ggml for a processor.

    Args:
        flags: Its instruction sets; those of this one by default.
        machine: Its kind, as ``uname -m`` tells it; this one by default. Kinds other than x86-64 are left to ggml.
    """
    flags = read_flags() if flags is None else flags
    if (machine or platform.machine()) not in ("x86_64", "AMD64") or not flags:
        return ""
    options = {option: "ON" if flags.issuperset(needed) else "OFF" for needed, names in _SETS for option in names}
    if options["GGML_AVX512"] == "OFF":  # the others of its family need it
        options |= {name: "OFF" for name in options if name.startswith("GGML_AVX512")}
    return " ".join(["-DGGML_NATIVE=OFF", *(f"-D{name}={value}" for name, value in options.items())])
