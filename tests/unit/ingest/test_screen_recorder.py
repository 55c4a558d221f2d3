from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from ingest.screen import Box, View, Window, bounds
from ingest.screen_book import BLANK, FROZEN
from ingest.screen_change import find_changed, is_same
from ingest.screen_privacy import HIDDEN, OWN, OWN_SOMEWHERE, Exclusions, fold
from ingest.screen_recorder import HALTED, LOCKED, LOST, PAUSED, REFUSED, SLEPT, UNSURE
from ingest.screen_status import ScreenState
from tests.support.screen_fakes import HEIGHT, LEFT, NOTES, RIGHT, WIDTH, Desktop, Watched, draw

VAULT = Window(id=9, app="KeePassXC", title="Passwords", box=Box(40, 40, 100, 100), hides=(Box(40, 40, 100, 100),))
RULES = Exclusions.parse("keepass; bitwarden", "Diary")


def test_a_page_is_kept_once_and_its_time_grows_while_it_stays() -> None:
    watched = Watched()
    watched.run(40)
    assert len(watched.kept.shots) == 1
    first = watched.kept.shots[0]
    assert watched.kept.until["m1"] - first.at_us > 14_000_000  # told on the way, for a crash may come
    watched.finish()
    assert 37_000_000 < watched.kept.until["m1"] - first.at_us < 41_000_000
    assert watched.gaps == []


def test_a_change_is_kept_and_a_cursor_or_a_clock_is_none() -> None:
    watched = Watched()
    watched.run(3)
    watched.desktop.pixels[20:40, 30:32] ^= 255  # a text cursor
    watched.run(3)
    assert len(watched.kept.shots) == 1
    watched.desktop.pixels[60:76, 16:200] ^= 255  # a line of text
    watched.run(3)
    assert len(watched.kept.shots) == 2
    assert watched.kept.until["m1"] <= watched.kept.shots[1].at_us


def test_where_nothing_is_painted_hardly_a_picture_is_taken_and_what_is_painted_is_seen() -> None:
    watched = Watched(Desktop(tells_paint=True))
    watched.run(31)
    assert len(watched.kept.shots) == 1
    assert watched.desktop.n_grabs <= 8
    assert watched.kept.until["m1"] - watched.kept.shots[0].at_us > 14_000_000
    watched.desktop.pixels = draw(2)
    watched.run(3)
    assert len(watched.kept.shots) == 2
    watched.desktop.is_locked = True  # nobody paints for that
    watched.desktop.windows = (replace(NOTES, title="Diary"),)
    watched.run(3)
    assert ("screen", LOCKED) in watched.finish()


def test_who_only_watches_is_looked_at_as_often_and_who_is_away_less() -> None:
    watched = Watched(Desktop(idle_s=300.0))
    for seed in range(30):  # a page every five seconds, and nobody touches a key
        watched.desktop.pixels = draw(seed)
        watched.run(5)
    assert len(watched.kept.shots) == 30
    assert not watched.recorder.is_idle
    watched.run(70)
    n_grabs = watched.desktop.n_grabs
    watched.run(60)
    assert watched.recorder.is_idle
    assert watched.desktop.n_grabs - n_grabs <= 13


def test_another_window_is_kept_at_once_and_what_moves_without_rest_less_and_less() -> None:
    watched = Watched()
    watched.run(2)
    watched.desktop.rename("Receipts")
    watched.desktop.pixels = draw(2)
    watched.run(1)
    assert watched.titles == ["Shopping", "Receipts"]
    for seed in range(300):  # a film
        watched.desktop.pixels = draw(seed)
        watched.run(0.4)
    assert 5 <= len(watched.kept.shots) <= 12


@pytest.mark.parametrize("excluded", [VAULT, replace(NOTES, title="My diary"), replace(NOTES, title="X (Incognito)")])
def test_nothing_is_kept_while_something_excluded_can_be_seen(excluded: Window) -> None:
    watched = Watched(exclusions=RULES)
    watched.run(2)
    watched.desktop.windows, watched.desktop.pixels, watched.desktop.news = (excluded, NOTES), draw(2), True
    watched.run(5)
    assert watched.recorder.status().state is ScreenState.HIDDEN
    watched.desktop.windows, watched.desktop.pixels, watched.desktop.news = (NOTES,), draw(3), True
    watched.run(3)
    assert [np.array_equal(s.pixels, draw(n)[:, :WIDTH]) for s, n in zip(watched.kept.shots, (1, 3), strict=True)]
    assert watched.finish() == [("screen L", HIDDEN)]


def test_an_excluded_window_that_fades_after_it_is_told_to_be_gone_is_not_kept() -> None:
    watched = Watched(Desktop(windows=(VAULT, NOTES), pixels=draw(2)), exclusions=RULES)
    watched.run(2)
    watched.desktop.windows, watched.desktop.news = (NOTES,), True
    watched.run(0.8)  # it is painted less and less
    watched.desktop.pixels = draw(3)
    watched.run(3)
    (shot,) = watched.kept.shots
    assert np.array_equal(shot.pixels, draw(3)[:, :WIDTH])
    (gap,) = (watched.recorder.finish(), watched.gaps)[1]
    assert (gap.reason, gap.ended_us) == (HIDDEN, shot.at_us)


def test_an_excluded_window_wholly_behind_another_does_not_matter_and_a_seen_through_one_does() -> None:
    watched = Watched(Desktop(windows=(NOTES, VAULT)), exclusions=RULES)
    watched.run(2)
    assert len(watched.kept.shots) == 1
    clear = Watched(Desktop(windows=(replace(NOTES, hides=()), VAULT)), exclusions=RULES)
    clear.run(2)
    assert clear.kept.shots == []
    assert clear.desktop.n_grabs == 0  # not even a picture was taken


def test_only_the_monitor_that_shows_it_is_left_out() -> None:
    away = replace(VAULT, box=VAULT.box.move(WIDTH, 0), hides=())
    watched = Watched(Desktop(windows=(away, NOTES), monitors=(LEFT, RIGHT)), exclusions=RULES)
    watched.run(2)
    assert [shot.monitor for shot in watched.kept.shots] == [LEFT]
    assert watched.finish() == [("screen R", HIDDEN)]


@pytest.mark.parametrize("later", [VAULT, replace(NOTES, title="Diary"), replace(NOTES, title="Another page")])
def test_a_window_that_comes_or_is_renamed_between_picture_and_look_drops_the_picture(later: Window) -> None:
    watched = Watched(exclusions=RULES)
    watched.desktop.after_grab = (later,)
    watched.run(0.2)
    assert watched.desktop.n_grabs == 1
    assert watched.kept.shots == []


def test_a_title_that_follows_its_page_late_drops_the_picture() -> None:
    watched = Watched(exclusions=RULES)
    watched.run(0.2)
    assert watched.desktop.n_grabs == 1
    watched.desktop.rename("Diary")  # the pixels were of that page already
    watched.run(5)
    assert watched.kept.shots == []


def test_titles_that_never_rest_are_a_gap_that_is_said() -> None:
    watched = Watched()
    for n in range(150):
        watched.desktop.rename(f"{n} %")
        watched.run(0.2)
    assert watched.kept.shots == []
    assert watched.recorder.status().state is ScreenState.FAILING
    assert ("screen", UNSURE) in watched.finish()


def test_own_windows_are_painted_over_and_alone_they_are_not_kept() -> None:
    own = Window(id=5, app="madeleine", title="Madeleine", box=Box(160, 0, 320, HEIGHT), is_own=True)
    beside = Watched(Desktop(windows=(own, NOTES)))
    beside.run(2)
    (shot,) = beside.kept.shots
    assert (shot.pixels[:, 160:] == 128).all()
    assert np.array_equal(shot.pixels[:, :160], draw(1)[:, :160])
    alone = Watched(Desktop(windows=(replace(own, is_active=True), replace(NOTES, is_active=False))))
    alone.run(2)
    assert alone.kept.shots == []
    assert alone.finish() == [("screen L", OWN)]


def test_locked_paused_slept_halted_and_lost_are_gaps_with_their_reasons() -> None:
    watched = Watched()
    watched.run(2)
    watched.desktop.is_locked = True
    watched.desktop.pixels = draw(2)
    watched.run(3)
    assert watched.recorder.status().state is ScreenState.HIDDEN
    watched.desktop.is_locked = False
    watched.run(2)
    watched.recorder.pause()
    watched.desktop.pixels = draw(3)
    watched.run(3)
    assert watched.recorder.status().state is ScreenState.PAUSED
    watched.recorder.pause(False)
    watched.run(2)
    watched.clock.advance(600, asleep=True)
    watched.run(2)
    watched.clock.advance(60)
    watched.run(2)
    watched.desktop.is_gone = True
    watched.run(4)
    assert watched.recorder.status().state is ScreenState.FAILING
    watched.desktop.is_gone = False
    watched.run(7)
    assert watched.recorder.status().state is ScreenState.KEEPING
    assert [reason for _source, reason in watched.finish()] == [LOCKED, PAUSED, SLEPT, HALTED, LOST]
    lengths_s = [(gap.ended_us - gap.started_us) / 1e6 for gap in watched.gaps]
    assert lengths_s[2] > 599
    assert 2.5 < lengths_s[0] < 5


def test_a_black_screen_is_not_kept_and_is_said_as_a_fault() -> None:
    watched = Watched()
    watched.desktop.pixels = np.zeros_like(draw(1))
    watched.run(20)
    assert watched.kept.shots == []
    assert (watched.recorder.status().state, watched.recorder.status().reason) == (ScreenState.FAILING, BLANK)
    watched.desktop.pixels = draw(4)
    watched.run(3)
    assert len(watched.kept.shots) == 1
    assert watched.finish() == [("screen L", BLANK)]


def test_one_picture_for_ever_though_windows_change_is_a_fault() -> None:
    watched = Watched()
    for n in range(30):
        watched.desktop.windows, watched.desktop.news = (replace(NOTES, id=n % 2 + 1),), True
        watched.run(1)
    assert (watched.recorder.status().state, watched.recorder.status().reason) == (ScreenState.FAILING, FROZEN)


def test_a_monitor_that_rests_while_windows_change_on_the_other_is_no_fault() -> None:
    watched = Watched(Desktop(monitors=(LEFT, RIGHT)))
    for n in range(30):
        watched.desktop.windows, watched.desktop.news = (replace(NOTES, id=n % 2 + 1),), True
        watched.desktop.pixels[:, :WIDTH] = draw(n)[:, :WIDTH]
        watched.run(1)
    assert watched.finish() == []


def test_what_the_user_refused_is_not_tried_again_until_he_goes_on() -> None:
    watched = Watched()
    watched.run(2)
    watched.desktop.is_refused = True
    watched.run(1)
    watched.desktop.is_refused = False
    watched.run(60)
    assert (watched.recorder.status().state, watched.recorder.status().reason) == (ScreenState.FAILING, REFUSED)
    assert len(watched.kept.shots) == 1
    watched.recorder.pause()
    watched.run(1)
    watched.recorder.pause(False)
    watched.run(3)
    assert watched.recorder.status().state is ScreenState.KEEPING
    assert watched.desktop.n_closed == 1  # when it was refused
    watched.recorder.pause()
    watched.run(1)
    assert watched.desktop.n_closed == 2  # nobody is watched during a pause
    watched.recorder.pause(False)
    watched.run(1)
    assert [reason for _source, reason in watched.finish()] == [REFUSED, PAUSED, PAUSED]


def test_what_the_user_refused_stays_a_gap_after_a_sleep() -> None:
    watched = Watched()
    watched.run(2)
    watched.desktop.is_refused = True
    watched.run(2)
    watched.clock.advance(600, asleep=True)
    watched.run(20)
    assert (watched.recorder.status().state, watched.recorder.status().reason) == (ScreenState.FAILING, REFUSED)
    assert [reason for _source, reason in watched.finish()] == [REFUSED, SLEPT, REFUSED]


def test_windows_whose_place_nobody_tells_count_everywhere_and_name_no_monitor_of_several() -> None:
    anywhere = replace(NOTES, box=bounds([LEFT.box, RIGHT.box]), hides=(), is_placed=False)
    watched = Watched(Desktop(monitors=(LEFT, RIGHT), windows=(anywhere,)), exclusions=RULES)
    watched.run(3)
    assert [shot.view.main_window(shot.monitor.box) for shot in watched.kept.shots] == [None, None]
    watched.desktop.windows = (anywhere, replace(anywhere, id=2, is_active=False, is_own=True))
    watched.run(3)
    watched.desktop.windows = (anywhere, replace(VAULT, box=anywhere.box, is_placed=False))
    watched.run(3)
    assert len(watched.kept.shots) == 2
    reasons = {("screen L", OWN_SOMEWHERE), ("screen L", HIDDEN), ("screen R", OWN_SOMEWHERE), ("screen R", HIDDEN)}
    assert set(watched.finish()) == reasons
    one = View(monitors=(LEFT,), windows=(replace(anywhere, box=LEFT.box),))
    assert one.main_window(LEFT.box) is one.windows[0]


def test_a_window_that_came_and_went_around_the_picture_is_a_change_though_all_is_as_before() -> None:
    watched = Watched()
    for n in range(20):
        watched.desktop.n_changes, watched.desktop.news = n, True
        watched.run(0.4)
    assert watched.kept.shots == []


def test_a_monitor_that_goes_and_comes_leaves_no_ghost() -> None:
    watched = Watched(Desktop(monitors=(LEFT, RIGHT)))
    watched.run(2)
    watched.desktop.monitors, watched.desktop.pixels = (LEFT,), draw(2)
    watched.run(3)
    watched.desktop.monitors, watched.desktop.pixels = (LEFT, RIGHT), draw(3)
    watched.run(3)
    assert [shot.monitor.name for shot in watched.kept.shots] == [
        "L",
        "R",
        "L",
        "R",
        "L",
    ]  # the left one had to come to rest
    assert watched.finish() == []


def test_private_windows_are_known_in_twenty_languages_whatever_the_letters() -> None:
    titles = (
        "Start — Mozilla Firefox (Private Browsing)", "Neuer Tab - Google Chrome (Inkognito)", "Bing - [InPrivate]",
        "Accueil — Mozilla Firefox (Navigation privée)", "Inicio — Mozilla Firefox (Navegación privada)",
        "Inizio — Mozilla Firefox (Navigazione anonima)", "Início — Mozilla Firefox (Navegação privativa)",
        "Start — Mozilla Firefox (Privénavigatie)", "Start — Mozilla Firefox (Tryb prywatny)",
        "Start — Mozilla Firefox (Privat surfning)", "Start — Mozilla Firefox (Privat browsing)",
        "Aloitus — Mozilla Firefox (Yksityinen selaus)", "Start — Mozilla Firefox (Anonymní prohlížení)",
        "Kezdő — Mozilla Firefox (Privát böngészés)", "Başlangıç — Mozilla Firefox (GİZLİ GEZİNTİ)".replace("İ", "i"),
        "Начало — Mozilla Firefox (Приватный просмотр)", "Старт — Mozilla Firefox (Приватний перегляд)",
        "Αρχή — Mozilla Firefox (Ιδιωτική περιήγηση)", "Start — Mozilla Firefox (Navigare privată)",
        "開始 — Mozilla Firefox (プライベートブラウジング)", "开始 — Mozilla Firefox（隐私浏览）",
        "시작 - Chrome (시크릿 모드)",
        "بدء — Mozilla Firefox (تصفح خاص)", "Web\u200e (Private)",
    )  # fmt: skip
    rules = Exclusions()
    assert [title for title in titles if not rules.excludes(replace(NOTES, title=title))] == []
    assert not rules.excludes(replace(NOTES, title="Privacy policy — Mozilla Firefox"))
    assert fold("Ｉｎ\u200bＰｒｉｖａｔｅ") == "inprivate"


def test_changed_tiles_are_those_that_changed() -> None:
    before = draw(1)
    after = before.copy()
    after[33, 50] ^= 255
    changed = find_changed(before, after)
    assert [tuple(tile) for tile in np.argwhere(changed)] == [(2, 3)]
    after = before.copy()
    after[100:160, :, 2] ^= 64  # blue alone
    assert not is_same(before, after)
