"""Fields of our own figures: money in yuan, shares in percent, words separated by 、, choices of an enum."""

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC
from enum import StrEnum
from typing import Any

from wtforms import DateField, DateTimeLocalField, FloatField, IntegerField, PasswordField, SelectField, StringField
from wtforms.validators import EqualTo, InputRequired, Length, NumberRange, Optional

from marketplace.kernel.labels import Label, label
from marketplace.kernel.money import fen_of, yuan_of
from marketplace.kernel.workdays import SHANGHAI
from marketplace.web.words import say, translated

NEEDED = InputRequired(say(label("Fill this in.")))
CHOOSE = say(label("Please choose"))


def needed(required: bool) -> InputRequired | Optional:
    return NEEDED if required else Optional()


class MoneyField(StringField):
    """Shown in yuan, kept in fen."""

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else ("" if self.data is None else yuan_of(int(self.data)))

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        if valuelist and valuelist[0].strip():
            try:
                self.data = fen_of(valuelist[0])  # type: ignore[assignment]
            except ValueError as error:
                raise ValueError(translated(label("An amount in yuan, such as 1,260.50."))) from error


class PercentField(StringField):
    """Shown in percent, kept in basis points."""

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else ("" if self.data is None else f"{int(self.data) / 100:g}")

    def process_formdata(self, valuelist: list[str]) -> None:
        self.data = None
        if valuelist and valuelist[0].strip():
            try:
                points = fen_of(valuelist[0].strip().removesuffix("%"))
            except ValueError as error:
                raise ValueError(translated(label("A percentage with at most two decimals."))) from error
            if points > 10_000:
                raise ValueError(translated(label("At most 100 %.")))
            self.data = points  # type: ignore[assignment]


class WordsField(StringField):
    """Several words in one line, separated by 、 or commas."""

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else "、".join(self.data or ())

    def process_formdata(self, valuelist: list[str]) -> None:
        text = (valuelist[0] if valuelist else "").replace(",", "、").replace("，", "、").replace("；", "、")
        words = tuple(dict.fromkeys(" ".join(word.split()) for word in text.split("、") if word.strip()))
        if len(words) > 20 or any(len(word) > 40 for word in words):
            raise ValueError(translated(label("At most twenty words of at most 40 characters.")))
        self.data = words  # type: ignore[assignment]


class LaterSelect(SelectField):
    """Its choices are read when the form is shown, not when the module is imported."""

    def __init__(self, words: Any, choices: Callable[[], Iterable[tuple[str, Any]]], required: bool = True, **options: Any) -> None:
        super().__init__(words, [needed(required)], choices=lambda: [(value, said or CHOOSE) for value, said in choices()], **options)


def choice(words: Any, labels: Mapping[str, Label], kind: type[StrEnum], *, required: bool = True, **options: Any) -> SelectField:
    """One of an enum; an unknown value is refused at the field."""
    choices = [(value, say(text)) for value, text in labels.items()]
    if not required:
        choices.insert(0, ("", CHOOSE))
    return SelectField(words, [needed(required)], choices=choices, coerce=lambda value: kind(value) if value else value, **options)


def whole(words: Any, *, least: int = 0, most: int = 10**9, required: bool = False, **options: Any) -> IntegerField:
    return IntegerField(words, [needed(required), NumberRange(least, most, say(label("Between %(min)s and %(max)s.")))], **options)


def figure(words: Any, *, required: bool = False, **options: Any) -> FloatField:
    return FloatField(words, [needed(required), NumberRange(-1e12, 1e12, say(label("Between %(min)s and %(max)s.")))], **options)


def day(words: Any, *, required: bool = False, **options: Any) -> DateField:
    return DateField(words, [needed(required)], **options)


class MomentField(DateTimeLocalField):
    """Typed and shown by the clock on the wall in Beijing, kept in UTC."""

    def _value(self) -> str:
        return self.raw_data[0] if self.raw_data else ("" if self.data is None else self.data.astimezone(SHANGHAI).strftime("%Y-%m-%dT%H:%M"))

    def process_formdata(self, valuelist: list[str]) -> None:
        super().process_formdata(valuelist)
        if self.data is not None and self.data.tzinfo is None:
            if not EARLIEST <= self.data.year <= LATEST:
                self.data = None
                raise ValueError(translated(label("A day and time such as 2026-11-28 14:00.")))
            self.data = self.data.replace(tzinfo=SHANGHAI).astimezone(UTC)


EARLIEST, LATEST = 2000, 2999
"""Years that a plan can name: a slip of the finger is refused before a clock has to reckon with it."""


def moment(words: Any, *, required: bool = False, **options: Any) -> MomentField:
    return MomentField(words, [needed(required)], **options)


SHORTEST_PASSWORD = 10
LONG_ENOUGH = Length(SHORTEST_PASSWORD, 200, say(label("Between %(min)d and %(max)d characters.")))


def new_password() -> PasswordField:
    """Of an account that its person opens."""
    return PasswordField(
        say(label("Password")), [NEEDED, LONG_ENOUGH], description=say(label("At least ten characters; a sentence is easy to keep."))
    )


def same_password() -> PasswordField:
    return PasswordField(say(label("Password once more")), [EqualTo("password", say(label("The two are not the same.")))])
