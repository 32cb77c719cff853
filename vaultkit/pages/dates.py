"""A day goes in; how a reader says it, `Monday 16 March`, comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vaultkit.language import message

if TYPE_CHECKING:
    from datetime import date

    from vaultkit.model import Message

WEEKDAYS: tuple[Message, ...] = (
    message("Monday"),
    message("Tuesday"),
    message("Wednesday"),
    message("Thursday"),
    message("Friday"),
    message("Saturday"),
    message("Sunday"),
)
MONTHS: tuple[Message, ...] = (
    message("January"),
    message("February"),
    message("March"),
    message("April"),
    message("May"),
    message("June"),
    message("July"),
    message("August"),
    message("September"),
    message("October"),
    message("November"),
    message("December"),
)


def spoken(day: date) -> Message:
    """A day that is near, which needs no year; French says the first of a month otherwise than its other days."""
    weekday, month = WEEKDAYS[day.weekday()], MONTHS[day.month - 1]
    if day.day == 1:
        return message("{weekday} 1 {month}", weekday=weekday, month=month)
    return message("{weekday} {day} {month}", weekday=weekday, day=str(day.day), month=month)


def beside(day: date, name: str) -> Message:
    """A day beside the name of a note, which may tell it already: then its weekday alone."""
    return WEEKDAYS[day.weekday()] if str(day) in name else spoken(day)
