"""How long a person waits: evidence at 100,000 moments, the first word of an answer, ``--help``, the first paint.

    python benchmarks/latency.py [--only evidence,word,help,window] [--home DIR] [--moments N] [--questions N]

evidence: a home of synthetic moments (seeded; words drawn by Zipf's law from a vocabulary of 30,000, in conversations
    of twenty turns over four years; vectors of real sentences with noise), searched in this process through the
    engine, 200 different questions of one to twelve words, a third of them with date words, the first twenty not
    counted. Must: p95 at most 150 ms. Baseline: bm25 alone over the same store. Memory without the language model is
    told beside it; must: at most 1 GB.
word: the first word of ``ask`` on the sample day beside llama.cpp's own Python class given the same prompt cold, in
    turn: for the first question ever (nothing of the prompt's beginning is kept; must: at most 1.15 times), and for
    later ones, with another prompt in between (its state is read from disk; must: .6).
help: ``--help`` from the start of the process; must: 0.3 s. Baseline: Python doing nothing.
window: from the start of the process to the first paint, beside an empty window of PySide6, in turn; offscreen where
    there is no display. Must: at most 2.5 times.

A home given with ``--home`` is kept: to build it takes minutes.
"""

from __future__ import annotations

import argparse
import contextlib
import logging
import os
import shutil
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
from _common import MADELEINE, SAMPLE_DAY, import_into, measure, print_table, read_resident_mb, working_folder

from app.compose import build_engine
from app.paths import default_models
from memory.records import Kind, Moment, moment_id
from memory.store import Memory, Scope, VectorRow
from models.profile import build_chat, build_embedder
from models.protocols import Cancelled, CancelToken, GenerateOptions, Message
from models.weights import WeightsFolder, load_catalogue
from recall.answer import Answerer
from recall.results import AnswerGrew, AskEvent
from recall.retrieve import Retriever
from recall.words import content_words

N_VOCABULARY = 30_000
N_SENTENCES = 2_000  # whose real vectors are spread over all moments
TURNS = 20
PEOPLE = ("Ada", "Bruno", "Clara", "Deniz", "Edda", "Farid", "Greta", "Hugo")
FIRST_DAY = datetime(2022, 1, 3, 9, tzinfo=UTC)
WHEN = ("yesterday", "last week", "in March", "last Tuesday", "in 2023", "two weeks ago", "on 5 May 2024")
ASKED = (
    "When is the {0} inspection?",
    "What did {person} say about {0} and {1}?",
    "How much did the {0} cost?",
    "Where did we put the {0} {1}?",
)


def main() -> int:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="evidence,word,help,window")
    parser.add_argument("--home", type=Path)
    parser.add_argument("--moments", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--words", type=int, default=3, help="questions asked for the first word")
    parser.add_argument("--profile", action="store_true", help="print where searching spends its time")
    arguments = parser.parse_args()
    with working_folder(arguments.home) as folder:
        if "evidence" in arguments.only:
            time_evidence(folder / f"synthetic-{arguments.moments}", arguments)
        if "word" in arguments.only:
            time_first_word(folder / "sample-day", arguments.words)
        if "help" in arguments.only:
            time_help()
        if "window" in arguments.only:
            time_window(folder / "window")
    return 0


# evidence --------------------------------------------------------------------------------------------------------
class Language:
    """Words as speech has them: few common ones (real), very many rare ones (made of syllables), by Zipf's law."""

    def __init__(self, seed: int) -> None:
        self._random = np.random.default_rng(seed)
        common = (
            "the i you and a to it that of in is so we was yeah for on what have do be with this but they my not at are"
            " one can about get time think know good really work day people make week year home thing meeting project"
            " money car doctor garden school kitchen train hotel dinner report budget weekend family house phone water"
        ).split()
        syllables = [c + v for c in "b br d f g gr h k kl l m n p pr r s st t tr v w z".split() for v in "aeiou"]
        rare: dict[str, None] = {}
        while len(rare) < N_VOCABULARY - len(common):
            rare["".join(self._random.choice(syllables, self._random.integers(2, 5)))] = None
        self.words = np.array([*common, *rare])
        shares = 1 / (np.arange(N_VOCABULARY) + 2.7)  # Mandelbrot's correction
        self._shares = shares / shares.sum()

    def reseed(self, seed: int | tuple[int, ...]) -> None:
        """Draw from here on as this seed says, from the same words."""
        self._random = np.random.default_rng(seed)

    def sentences(self, n: int) -> list[str]:
        """``n`` sentences of 4 to 40 words."""
        lengths = self._random.integers(4, 25, n) + self._random.geometric(0.3, n)
        drawn = self._random.choice(self.words, int(lengths.sum()), p=self._shares)
        ends = np.cumsum(lengths)
        return [" ".join(drawn[e - k : e]).capitalize() + "." for e, k in zip(ends, lengths, strict=True)]

    def questions(self, n: int) -> list[str]:
        """``n`` different questions: single words, loose words, whole questions; a third with date words."""
        out = []
        for i in range(n):
            words = [
                str(w) for w in self._random.choice(self.words[30:], 3, p=self._shares[30:] / self._shares[30:].sum())
            ]
            if i % 4 == 0:
                text = " ".join(words[: 1 + i % 3])
            elif i % 4 == 1:
                text = f"Do you remember {self.sentences(1)[0].lower()[:-1]}?"
            else:
                text = str(self._random.choice(ASKED)).format(*words, person=PEOPLE[i % len(PEOPLE)])
            out.append(f"{text.rstrip('?')} {WHEN[i % len(WHEN)]}?" if i % 3 == 0 else text)
        return out


def build_home(home: Path, n_moments: int) -> None:
    """Fill a home through the memory's own door; one that is whole already is left, one that is not is gone on with."""
    done = home / "built.txt"
    if done.is_file():
        return
    print(f"Building {home} …", file=sys.stderr, flush=True)
    embedder = build_embedder(WeightsFolder(default_models()), load_catalogue().get_profile("default"))
    language = Language(seed=1)
    seeds = embedder.embed(language.sentences(N_SENTENCES))
    step = 2_000
    with Memory.open(home) as memory:
        first = max(0, memory.count_moments() // step - 1) * step  # the last batch may have no vectors yet
        for start in range(first, n_moments, step):
            random = np.random.default_rng((2, start))
            language.reseed((1, start))
            texts = language.sentences(min(step, n_moments - start))
            moments = [_moment(start + i, text) for i, text in enumerate(texts)]
            memory.write_moments(moments)
            memory.moments_without_vectors(embedder.producer, limit=1)
            own = _unit(seeds[random.integers(0, len(seeds), len(texts))] + _noise(random, len(texts), seeds.shape[1]))
            around = _unit(own + np.roll(own, 1, axis=0) + np.roll(own, -1, axis=0))
            rows = [VectorRow(m.id, "moment", 0, v) for m, v in zip(moments, own, strict=True)]
            rows += [VectorRow(m.id, "window", 0, v) for m, v in zip(moments, around, strict=True)]
            memory.put_vectors(embedder.producer, rows)
            print(f"  {start + len(texts):,} moments", file=sys.stderr, flush=True)
        memory.drain_outbox()
    done.write_text(f"{n_moments}\n", "utf-8")


def _moment(number: int, text: str) -> Moment:
    session, turn = divmod(number, TURNS)
    started = FIRST_DAY + timedelta(hours=session * 7, seconds=turn * 15)
    started_us = round(started.timestamp() * 1e6)
    return Moment(
        id=moment_id("synthetic", number),
        kind=Kind.UTTERANCE,
        started_us=started_us,
        ended_us=started_us + 10_000_000,
        text=text,
        session=f"s{session}",
        ordinal=turn,
        speaker=PEOPLE[(number + session) % len(PEOPLE)],
    )


def _noise(random: np.random.Generator, n_rows: int, n_dims: int) -> np.ndarray[Any, Any]:
    return (random.standard_normal((n_rows, n_dims)) * 0.8 / np.sqrt(n_dims)).astype(np.float32)


def _unit(vectors: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    unit: np.ndarray[Any, Any] = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    return unit


def time_evidence(home: Path, arguments: argparse.Namespace) -> None:
    """Search through the engine, question by question."""
    build_home(home, arguments.moments)
    questions = Language(seed=3).questions(arguments.questions + 20)
    engine = build_engine(home, models=default_models())
    now_us = round(datetime(2026, 1, 10, 12, tzinfo=UTC).timestamp() * 1e6)
    try:
        outbox = engine.memory.status()
        for question in questions[:20]:
            engine.search(question, now_us=now_us)
        rss_mb, took, busy, words = [], [], [], []
        profiler = _profiler() if arguments.profile else None
        for question in questions[20:]:
            started_s, busy_s = time.perf_counter(), time.process_time()
            engine.search(question, now_us=now_us)
            took.append((time.perf_counter() - started_s) * 1000)
            busy.append((time.process_time() - busy_s) * 1000)
            rss_mb.append(read_resident_mb())
        if profiler is not None:
            _print_profile(profiler)
        for question in questions[20:]:
            started_s = time.perf_counter()
            hits = engine.memory.search_lexical(content_words(question), limit=20)
            engine.memory.find_moments([hit.moment for hit in hits])
            words.append((time.perf_counter() - started_s) * 1000)
    finally:
        engine.close()
    with_dates = [ms for i, ms in enumerate(took) if (i + 20) % 3 == 0]
    rows = [
        _percentiles("search, all questions", took),
        _percentiles("  of these with date words", with_dates),
        _percentiles("processor time of all", busy),
        _percentiles("bm25 alone", words),
    ]
    print(f"Evidence at {arguments.moments:,} moments ({outbox})")
    print_table(("", "questions", "p50 ms", "p95 ms", "worst ms", "must p95"), rows)
    print_table(("", "MB", "must"), [("resident without the language model, most", max(rss_mb), "1024")])


def _percentiles(title: str, took: Sequence[float]) -> tuple[object, ...]:
    p50, p95 = np.percentile(took, [50, 95])
    return (title, len(took), float(p50), float(p95), max(took), "150")


def _profiler() -> Any:
    import cProfile

    profiler = cProfile.Profile()
    profiler.enable()
    return profiler


def _print_profile(profiler: Any) -> None:
    import pstats

    profiler.disable()
    pstats.Stats(profiler).sort_stats("cumulative").print_stats(35)


# the first word --------------------------------------------------------------------------------------------------
class Recording:
    """A chat model that notes the last prompt it was asked to go on with."""

    def __init__(self, chat: Any) -> None:
        self._chat = chat
        self.prompt = ""

    def __getattr__(self, name: str) -> Any:
        return getattr(self._chat, name)

    def generate(self, messages: Sequence[Message], options: GenerateOptions, *, cancel: CancelToken) -> Iterator[Any]:
        """Note the prompt in the model's own format, then pass on."""
        turns = "".join(f"<|im_start|>{m.role}\n{m.text}<|im_end|>\n" for m in messages)
        self.prompt = f"{turns}<|im_start|>assistant\n{options.prefill}"
        return self._chat.generate(messages, options, cancel=cancel)  # type: ignore[no-any-return]


def time_first_word(home: Path, n_questions: int) -> None:
    """Ask the sample day; then give llama.cpp the same prompt."""
    import llama_cpp
    from answers import sample_day

    import_into(home, [SAMPLE_DAY])
    folder, profile = WeightsFolder(default_models()), load_catalogue().get_profile("default")
    chat = Recording(build_chat(folder, profile))
    file = folder.require(profile.models["chat"]) / profile.models["chat"].files[0].name
    n_threads = min(4, len(os.sched_getaffinity(0)))
    bare = llama_cpp.Llama(str(file), n_ctx=4096, n_threads=n_threads, n_threads_batch=n_threads, verbose=False)
    kept = folder.require(profile.models["chat"]) / "prefixes"
    pairs: dict[str, list[tuple[float, float, float, float]]] = {"first": [], "later": []}
    with Memory.open(home) as memory:
        answerer = Answerer(memory, Retriever(memory, build_embedder(folder, profile)), chat)
        _ask(answerer, chat, "Which hotel?")  # loads all models
        cases = iter([case for case in sample_day() if case.words])
        for which in ("first", "later") * n_questions:
            ours = None
            while ours is None:  # what is answered by a quote, or not at all, has no first word of the model's
                if which == "first":
                    shutil.rmtree(kept, ignore_errors=True)
                ours = _ask(answerer, chat, next(cases).question)
            pairs[which].append((*ours, *_evaluate(bare, chat.prompt)))
            print(f"  {which}: {ours[0]:.1f} s, bare {pairs[which][-1][2]:.1f} s", file=sys.stderr, flush=True)
    chat.unload()
    rows = []
    for which, must in (("first", "1.15"), ("later", ".6")):
        for title, at in (("seconds on the clock", 0), ("CPU-seconds", 1)):
            ours_s, bare_s = ([pair[i] for pair in pairs[which]] for i in (at, at + 2))
            ratio = statistics.median(a / b for a, b in zip(ours_s, bare_s, strict=True))
            name = f"{which} question, {title}"
            rows.append((name, n_questions, statistics.median(ours_s), statistics.median(bare_s), ratio, must))
    print("First word of an answer (search, notes, prompt, word) beside llama.cpp given the same prompt")
    print_table(("", "questions", "ask", "llama.cpp", "ratio", "must"), rows)


def _ask(answerer: Answerer, chat: Recording, question: str) -> tuple[float, float] | None:
    """Wall and processor seconds to the first word, models loaded and another prompt read before; None without one."""
    for _ in chat.generate([Message("user", "Hello")], GenerateOptions(max_tokens=1), cancel=CancelToken()):
        pass
    first: list[tuple[float, float]] = []
    stop = CancelToken()
    chat.prompt = ""
    started = time.perf_counter(), time.process_time()

    def listen(event: AskEvent) -> None:
        if isinstance(event, AnswerGrew) and not first and chat.prompt:
            first.append((time.perf_counter() - started[0], time.process_time() - started[1]))
            stop.cancel()

    with contextlib.suppress(Cancelled):
        answerer.ask(question, scope=Scope(), now=datetime.now().astimezone(), cancel=stop, listen=listen)
    return first[0] if first else None


def _evaluate(bare: Any, prompt: str) -> tuple[float, float]:
    """The same for llama.cpp: tokens of the prompt in, one token out."""
    bare.reset()
    started = time.perf_counter(), time.process_time()
    tokens = bare.tokenize(prompt.encode(), add_bos=False, special=True)
    next(bare.generate(tokens, temp=0.0, reset=True))
    return time.perf_counter() - started[0], time.process_time() - started[1]


# --help and the window -------------------------------------------------------------------------------------------
def time_help() -> None:
    """``--help`` beside an interpreter that does nothing, in turn."""
    ours, bare = [], []
    for _ in range(10):
        ours.append(measure([*MADELEINE, "--help"]))
        bare.append(measure([sys.executable, "-c", "pass"]))
    rows = [
        (title, *(statistics.median(getattr(c, key) for c in costs) for costs in (ours, bare)), must)
        for title, key, must in (("seconds on the clock", "wall_s", "0.3"), ("CPU-seconds", "cpu_s", ""))
    ]
    print("--help, median of 10")
    print_table(("", "--help", "python -c pass", "must"), rows)


def time_window(home: Path) -> None:
    """From the start of the process to the first paint, in turn with an empty window."""
    environment = {} if os.environ.get("DISPLAY") else {"QT_QPA_PLATFORM": "offscreen"}
    # As it is installed: the modules' bytecode is kept from the first run, which is left out below.
    home.mkdir(parents=True, exist_ok=True)
    environment |= {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(home / "bytecode")}
    took: dict[str, list[tuple[float, float]]] = {"madeleine": [], "empty": []}
    for _ in range(8):
        for what, painted in took.items():
            started_s = time.monotonic()
            child = [sys.executable, Path(__file__).with_name("_paint.py"), what, home]
            cost = measure(child, environment=environment)
            painted.append((float(cost.out.split()[-1]) - started_s, cost.cpu_s))
    rows = []
    for title, at in (("seconds on the clock", 0), ("CPU-seconds", 1)):
        ours_s, empty_s = (statistics.median(p[at] for p in took[what][1:]) for what in ("madeleine", "empty"))
        rows.append((title, ours_s, empty_s, ours_s / empty_s, "2.0"))
    print(f"First paint, median of 7 ({environment.get('QT_QPA_PLATFORM', 'on the display')})")
    print_table(("", "madeleine app", "empty window", "ratio", "must"), rows)


if __name__ == "__main__":
    logging.basicConfig(level=logging.WARNING)
    sys.exit(main())
