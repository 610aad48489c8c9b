"""Charts drawn by the server: stacked bars as inline SVG, with the same numbers as a table below.

The drawing is stretched to the room there is, and all words stand outside of it as text: so it is as easy to read on a
phone as on a wide screen. Colours are classes of backoffice.css, which knows light and dark.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil, floor

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from loyalty_site.backoffice.numbers import grouped
from loyalty_site.backoffice.reach import may_follow

WIDTH, GAP = 10, 2  # of one bar with the room around it, in units of the drawing
TICKS = 5  # about so many lines across
LABELS = 5  # about so many words below
STEPS = (1, 2, 5, 10)


@dataclass(frozen=True)
class Place:
    """One bar: what is written below it, how it is called in full, and the page with the rows that it counts."""

    label: str
    name: str
    url: str = ""


@dataclass(frozen=True)
class Series:
    """One part of every bar: above the line where it is positive, below where it is negative."""

    name: str
    tone: str  # a class of backoffice.css: backoffice-tone-…
    values: Sequence[int]


@dataclass(frozen=True)
class Chart:
    title: str
    places: Sequence[Place]
    series: Sequence[Series]
    first_column: str  # what the places are: "Day"


@dataclass(frozen=True)
class Scale:
    """What the drawing's height stands for: round numbers with 0 among them."""

    top: int
    bottom: int
    step: int

    def y(self, value: float) -> float:
        """How far below the drawing's upper edge, of 100."""
        return round((self.top - value) / (self.top - self.bottom) * 100, 3)

    @property
    def ticks(self) -> list[int]:
        return list(range(self.top, self.bottom - 1, -self.step))


def draw(chart: Chart) -> SafeString:
    scale = scale_of(chart.series)
    every = ceil(len(chart.places) / LABELS)
    columns = [_column(chart, n, scale) for n in range(len(chart.places))]
    context = {
        "chart": chart,
        "columns": columns,
        "width": WIDTH * len(columns),
        "zero": scale.y(0),
        "ticks": [{"text": grouped(tick), "y": scale.y(tick)} for tick in scale.ticks],
        "labels": [
            {"text": place.label, "x": round((n + 0.5) / len(columns) * 100, 3)}
            for n, place in enumerate(chart.places)
            if (len(chart.places) - 1 - n) % every == 0
        ],
    }
    return render_to_string("backoffice/chart.html", context)


def scale_of(series: Sequence[Series]) -> Scale:
    """That holds the highest bar and the lowest one."""
    bars = list(zip(*(one.values for one in series), strict=True))
    highest = max((sum(value for value in bar if value > 0) for bar in bars), default=0)
    lowest = min((sum(value for value in bar if value < 0) for bar in bars), default=0)
    step = _round_step((highest - lowest) / TICKS)
    top, bottom = ceil(highest / step) * step, floor(lowest / step) * step
    return Scale(top if top > bottom else bottom + step, bottom, step)


def _round_step(least: float) -> int:
    """The first whole 1, 2 or 5 times a power of ten that is not below it."""
    power = 10 ** max(0, len(str(int(least))) - 1)
    return next(factor * power for factor in STEPS if factor * power >= least)


def _column(chart: Chart, n: int, scale: Scale) -> dict[str, object]:
    place = chart.places[n]
    told = [f"{one.name}: {grouped(abs(one.values[n]))}" for one in chart.series if one.values[n]]
    return {
        "name": place.name,
        "url": place.url if place.url and may_follow(place.url) else "",
        "title": "\n".join([place.name, *told]),
        "x": n * WIDTH,
        "bars": list(_bars(chart.series, n, scale)),
        "cells": [(one.name, grouped(one.values[n])) for one in chart.series],
    }


def _bars(series: Sequence[Series], n: int, scale: Scale) -> Iterator[dict[str, object]]:
    """The parts of one bar, each on the one before, away from 0."""
    ends = {True: 0, False: 0}
    for one in series:
        value = one.values[n]
        if value:
            start = ends[value > 0]
            ends[value > 0] = start + value
            upper = scale.y(max(start, start + value))
            lower = scale.y(min(start, start + value))
            yield {
                "tone": one.tone,
                "x": n * WIDTH + GAP / 2,
                "y": upper,
                "width": WIDTH - GAP,
                "height": round(lower - upper, 3),
            }
