"""Open network sockets are seen, and only those."""

from __future__ import annotations

import socket

import pytest

from app.network import describe_network, look_at_network


def test_a_socket_that_listens_is_seen_and_a_local_one_is_not() -> None:
    before = look_at_network()
    if before is None:
        pytest.skip("this system does not tell")
    with socket.socket(socket.AF_INET) as caller, socket.socket(socket.AF_UNIX) as _local:
        caller.bind(("127.0.0.1", 0))
        caller.listen()
        during = look_at_network()
        assert during is not None
        assert (during.n_sockets, during.n_listening) == (before.n_sockets + 1, before.n_listening + 1)
        finding = describe_network()
        assert not finding.ok
        assert "wait for callers" in finding.detail
    assert look_at_network() == before
