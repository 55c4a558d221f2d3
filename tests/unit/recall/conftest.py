"""Properties are looked for without a limit of time for each example: a busy machine is no counter-example."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("recall", deadline=None, max_examples=60)
settings.load_profile("recall")
