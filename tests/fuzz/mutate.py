"""Spoil the seeds of a target at random. An input is made from a number, so that what fails can be made again."""

from collections.abc import Iterator
from functools import partial
from random import Random

from scanner.read.source import Neighbour
from tests.fuzz.mutations import MUTATIONS, Mutation, grow
from tests.fuzz.targets import Input, Target

MAX_SIZE = 2**20
LARGE = 0.002
"""The share of inputs that are made large."""


def spoilt(target: Target, number: int) -> Input:
    """A seed, or one of its neighbours, after some mutations; each seed in its turn."""
    chance = Random(f"{target.name} {number}")
    seed = target.seeds[number % len(target.seeds)]
    mutations = chance.choices(MUTATIONS, k=chance.choice((1, 1, 1, 1, 2, 3)))
    mutations += [grow] * (chance.random() < LARGE)
    if chance.random() < 0.85:
        return seed._replace(data=_spoil(seed.data, mutations, chance))
    return seed._replace(neighbour=partial(_spoilt_neighbour, seed.neighbour, mutations, f"{target.name} {number}"))


def inputs(target: Target, first: int = 0) -> Iterator[tuple[int, Input]]:
    """Numbered inputs without end."""
    number = first
    while True:
        yield number, spoilt(target, number)
        number += 1


def _spoil(data: bytes, mutations: list[Mutation], chance: Random) -> bytes:
    for mutation in mutations:
        data = mutation(data, chance)[:MAX_SIZE]
    return data


def _spoilt_neighbour(neighbour: Neighbour, mutations: list[Mutation], seed: str, name: str) -> bytes | None:
    data = neighbour(name)
    return None if data is None else _spoil(data, mutations, Random(f"{seed} {name}"))
