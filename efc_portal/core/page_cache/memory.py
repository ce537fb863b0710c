"""The answers that a web process keeps: bounded by their bytes, dropped when what they depend on changes."""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Iterable
from contextlib import suppress
from typing import NamedTuple

from django.db import DatabaseError, InterfaceError

from efc_portal.core.page_cache.answer import Answer
from efc_portal.core.page_cache.changes import EVERYTHING, KEPT_SECONDS, Reader, changed_here

logger = logging.getLogger(__name__)

LOOK_SECONDS = 0.5  # so old is what the cache knows of changes, at most
WAIT_SECONDS = 10.0  # for a look or an answer that another request is busy with
BLIND_SECONDS = 300.0  # answers are still given for so long while the database is silent
LEARNED = 50_000  # tags, and places, that are remembered
VARIATIONS = 0.25  # the share of the memory that strangers can fill, by asking for many things that do not matter


class Place(NamedTuple):
    """An address without its query."""

    scheme: str
    host: str
    path: str


class Rule(NamedTuple):
    """What an answer at a place varies by, beside its encoding."""

    parameters: tuple[str, ...]
    by_language: bool


class Key(NamedTuple):
    place: Place
    language: str
    query: str


class Memory:
    """Thread-safe. `size` is in bytes; 0 keeps nothing."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.rules: dict[Place, Rule] = {}
        self.tick = 0  # rises with each look that found something
        self._shelves = {False: OrderedDict[Key, Answer](), True: OrderedDict[Key, Answer]()}
        self._bytes = {False: 0, True: 0}
        self._room = {False: int(size * (1 - VARIATIONS)), True: int(size * VARIATIONS)}
        self._by_tag: dict[str, set[tuple[bool, Key]]] = {}
        self._learned: dict[str, int] = {}  # at which tick a tag last changed
        self._learned_all = 0  # at which tick everything did
        self._reader, self._looked, self._failed = Reader(), float("-inf"), float("-inf")
        self._lock, self._looking = threading.Lock(), threading.Lock()
        self._flights: dict[Key, threading.Event] = {}

    # --- answers

    def find(self, key: Key, variation: bool) -> Answer | None:
        """The answer, unless its time is over."""
        shelf = self._shelves[variation]
        answer = shelf.get(key)
        if answer is None or answer.until <= time.time():
            return None
        with suppress(KeyError):  # dropped by another thread this very moment; it was right when it was found
            shelf.move_to_end(key)
        return answer

    def store(self, key: Key, variation: bool, answer: Answer, *, rule: Rule, begun: int) -> None:
        """Keep an answer that was begun at a tick, unless something it depends on has changed since."""
        with self._lock:
            if self._learned_all > begun or any(self._learned.get(tag, 0) > begun for tag in answer.tags):
                return
            if answer.size > self._room[variation] // 4:
                return
            self._drop(variation, key)
            while self._bytes[variation] + answer.size > self._room[variation]:
                self._drop(variation, next(iter(self._shelves[variation])))
            if len(self.rules) >= LEARNED:
                self.rules.clear()
            self.rules[key.place] = rule
            self._shelves[variation][key] = answer
            self._bytes[variation] += answer.size
            for tag in answer.tags:
                self._by_tag.setdefault(tag, set()).add((variation, key))

    def _drop(self, variation: bool, key: Key) -> None:
        answer = self._shelves[variation].pop(key, None)
        if answer is None:
            return
        self._bytes[variation] -= answer.size
        for tag in answer.tags:
            keys = self._by_tag[tag]
            keys.discard((variation, key))
            if not keys:
                del self._by_tag[tag]

    # --- changes

    def follow(self) -> None:
        """Drop what changed. The database is asked when the last look is half a second old, by one request for all."""
        now = time.monotonic()
        age = now - min(self._looked, now)
        if (age < LOOK_SECONDS and changed_here() <= self._looked) or now - self._failed < LOOK_SECONDS:
            return
        if not self._looking.acquire(timeout=WAIT_SECONDS if age >= 2 * LOOK_SECONDS else 0):
            return
        try:
            if self._looked < now:  # nobody looked while this request waited
                self._look()
        finally:
            self._looking.release()

    def _look(self) -> None:
        began = time.monotonic()
        try:
            changed = list(self._reader.look())
        except (DatabaseError, InterfaceError) as error:
            self._failed = time.monotonic()
            if began - self._looked > BLIND_SECONDS:
                self.forget([EVERYTHING])
            logger.warning("What changed on the public pages could not be asked for: %s", type(error).__name__)
            return
        if began - self._looked > KEPT_SECONDS / 2:
            changed.append(EVERYTHING)
        self._looked = began
        if changed:
            self.forget(changed)

    def forget(self, tags: Iterable[str]) -> None:
        """Drop whatever depends on one of the tags, and what is being made of it right now."""
        with self._lock:
            self.tick += 1
            for tag in tags:
                self._learned[tag] = self.tick
                for variation, key in list(self._by_tag.get(tag, ())):
                    self._drop(variation, key)
                if tag == EVERYTHING:
                    self._learned_all = self.tick
                    for variation, shelf in self._shelves.items():
                        for key in list(shelf):
                            self._drop(variation, key)
            if len(self._learned) > LEARNED:
                self._learned.clear()
                self._learned_all = self.tick  # what is being made is not kept, for it may have changed

    # --- one request renders, others wait for it

    def take_off(self, key: Key, variation: bool) -> threading.Event | Answer | None:
        """The answer; or an event to set when it has been made; or nothing when to wait any longer makes no sense."""
        for _attempt in range(2):
            with self._lock:
                if answer := self.find(key, variation):
                    return answer
                flight = self._flights.get(key)
                if flight is None:
                    flight = self._flights[key] = threading.Event()
                    return flight
            flight.wait(WAIT_SECONDS)
        return None

    def land(self, key: Key, flight: threading.Event) -> None:
        with self._lock:
            self._flights.pop(key, None)
        flight.set()
