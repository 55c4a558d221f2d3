import house
import licences
import pytest


@pytest.mark.parametrize(
    "expression",
    [
        "MIT",
        "MIT AND Apache-2.0",
        "LGPL-3.0-only OR GPL-2.0-only",
        "MPL-2.0 AND (GPL-3.0-only OR MIT)",
        "GPL-3.0-only OR MIT",
    ],
)
def test_a_licence_is_accepted_when_each_part_leaves_a_way(expression: str) -> None:
    assert licences.is_accepted(expression)


@pytest.mark.parametrize(
    "expression", ["GPL-3.0-only", "MIT AND GPL-3.0-only", "(GPL-2.0-only OR Unknown) AND MIT", ""]
)
def test_a_licence_is_refused_otherwise(expression: str) -> None:
    assert not licences.is_accepted(expression)


def test_every_package_and_model_of_ours_has_a_licence() -> None:
    page = licences.build_page()
    assert "| chromadb | 1.5.9 | Apache-2.0 |" in page
    assert "x264" in page


LEAKS = [b"see /ro" + b"ot/notes", b"'/ho" + b"me/anna/x'", b"open(/wo" + b"rk/main)"]


@pytest.mark.parametrize("text", LEAKS)
def test_a_folder_of_one_machine_is_found(text: bytes) -> None:
    assert house.LEAK.search(text)


@pytest.mark.parametrize(
    "text", [b"/home/you/Pictures", b"https://x.org/work/of", b"./root/x", b"/usr/share/fonts", b"and/or/work"]
)
def test_other_paths_are_fine(text: bytes) -> None:
    assert not house.LEAK.search(text)
