"""Steps that derive a better version of a data set from an older one; they are kept with it, so that it can be made again."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Any, ClassVar, Literal

import pandas as pd
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from components import words
from components.data import image_steps, sound_steps, text_steps
from components.data.archives import media_of
from components.data.condition import Condition
from components.data.missing import MISSING_SPELLINGS
from components.data.showing import keys
from components.errors import BadInput
from components.project.data_sets import DataSet
from components.stats.label_counts import label_counts
from components.stats.majority import majority

ORIGIN = "augmented_from"
TRAINING = ("train", "training")


@dataclass
class State:
    """What a step works on: the rows, the zip of images where there is one, and the labels that people gave, by the id of their set."""

    frame: pd.DataFrame
    archive: bytes | None
    data_set: DataSet
    labels: Callable[[str], pd.DataFrame]


class _Step(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    title: ClassVar[str]
    why: ClassVar[str]

    @property
    def sentence(self) -> str:
        """The step in words."""
        return self.title

    def apply(self, state: State) -> int:
        """Change the state and return how many rows were changed, removed or added."""
        raise NotImplementedError


class Discard(_Step):
    """Leave out the rows that fulfil a condition."""

    title: ClassVar[str] = "Discard by a condition"
    why: ClassVar[str] = "What the team agreed to be no example for the model, such as an unreadable image."
    step: Literal["discard"] = "discard"
    condition: Condition

    @property
    def sentence(self) -> str:
        """The step in words."""
        return f"Discard rows where {self.condition.sentence}"

    def apply(self, state: State) -> int:
        """Leave the rows out."""
        if not self.condition.clauses:
            raise BadInput("Discarding needs a condition.", "Say which rows: a column, an operator, a value.")
        gone = self.condition.on_frame(state.frame)
        if gone.all():
            raise BadInput("This would discard every row.", "Change the condition.")
        state.frame = state.frame[~gone].reset_index(drop=True)
        return int(gone.sum())


class ByRule(_Step):
    """Apply a rule of the rulebook to the rows on which its condition holds, and to those of which people said so in a round."""

    title: ClassVar[str] = "Apply a rule"
    why: ClassVar[str] = "So that everybody's data follow the rulebook, and each row that went can be traced to the rule's version."
    step: Literal["rule"] = "rule"
    rule: str
    number: int
    version: int
    content: str
    name: str
    action: Literal["discard", "flag", "relabel"] = "discard"
    label: str = ""
    condition: Condition = Condition()
    items: tuple[str, ...] = Field((), max_length=100_000)

    @property
    def sentence(self) -> str:
        """The step in words."""
        return f"{self.action.capitalize()} by rule {self.number}, version {self.version} ({self.name})"

    @property
    def column(self) -> str:
        """The column in which rows are flagged."""
        return f"flag: {self.name}"

    def concerned(self, frame: pd.DataFrame, data_set: DataSet) -> pd.Series:
        """Return on which rows the rule holds."""
        found = self.condition.on_frame(frame) if self.condition.clauses else pd.Series(False, index=frame.index)
        return found | keys(frame, data_set).isin(self.items)

    def apply(self, state: State) -> int:
        """Leave the rows out, flag them, or give them the rule's label."""
        found = self.concerned(state.frame, state.data_set)
        if self.action == "discard":
            if found.all():
                raise BadInput(f"Rule {self.number} would discard every row.", "Sharpen its condition.")
            state.frame = state.frame[~found].reset_index(drop=True)
        elif self.action == "flag":
            state.frame = state.frame.assign(**{self.column: found})
        else:
            target = state.data_set.target
            if target not in state.frame.columns:
                raise BadInput("Relabelling needs to know the column to predict.", "Name it under “What the columns mean”.")
            old = state.frame[target]
            found &= old.astype(str) != self.label
            state.frame = state.frame.assign(**{str(target): _like(old.astype(object).where(~found, self.label), old)})
        return int(found.sum())


class RemoveDuplicates(_Step):
    """Keep the first of rows that are the same in everything but key and split."""

    title: ClassVar[str] = "Remove duplicates"
    why: ClassVar[str] = "Rows that count twice, and tests that ask what was learnt by heart. Training keeps its copy."
    step: Literal["duplicates"] = "duplicates"

    def apply(self, state: State) -> int:
        """Keep one of each; where copies lie in several splits, the one in training."""
        roles = {state.data_set.id_column, state.data_set.split_column, "path" if state.archive else None}
        compared = [name for name in state.frame.columns if name not in roles]
        if not compared:
            raise BadInput("There is nothing to compare beside key and split.", "Leave this step out.")
        split = state.data_set.split_column
        first = (
            ~state.frame[split].astype(str).str.lower().isin(TRAINING) if split in state.frame.columns else pd.Series(0, state.frame.index)
        )
        order = first.sort_values(kind="stable").index
        gone = state.frame.loc[order].astype(dict.fromkeys(compared, object)).duplicated(compared).reindex(state.frame.index)
        state.frame = state.frame[~gone].reset_index(drop=True)
        return int(gone.sum())


class Relabel(_Step):
    """Put the label that most annotators gave in place of the old one."""

    title: ClassVar[str] = "Relabel to the consensus"
    why: ClassVar[str] = "Several people's label is better than one's. Items on which they are tied keep theirs."
    step: Literal["relabel"] = "relabel"
    label_set: str = Field(title="Labels")
    name: str = ""

    @property
    def sentence(self) -> str:
        """The step in words."""
        return f"Relabel to the majority of “{self.name or self.label_set}”"

    def apply(self, state: State) -> int:
        """Replace labels of the items that were judged."""
        target, key = state.data_set.target, state.data_set.id_column
        if target not in state.frame.columns or key not in state.frame.columns:
            raise BadInput("Relabelling needs the columns of the label and of the key.", "Name both under “What the columns mean”.")
        counted = label_counts(state.labels(self.label_set))
        labels, decided = majority(counted.counts)
        agreed = {str(item): counted.labels[label] for item, label, sure in zip(counted.items, labels, decided, strict=True) if sure}
        found = state.frame[key].astype(str).map(agreed)
        if not found.notna().any():
            raise BadInput(
                f"None of the judged items is found in the column “{key}”.", "Name the column that the labels call item as the key."
            )
        old = state.frame[target]
        new = found.where(found.notna(), old.astype(object).where(old.isna(), old.astype(str)))
        changed = found.notna() & (found.astype(object) != old.astype(object).where(old.isna(), old.astype(str)))
        state.frame = state.frame.assign(**{str(target): _like(new, old)})
        return int(changed.sum())


class Normalise(_Step):
    """Give every image the same mean brightness and contrast."""

    title: ClassVar[str] = "Normalise brightness and contrast"
    why: ClassVar[str] = "So that the model doesn't learn the lamp or the scanner."
    step: Literal["normalise"] = "normalise"
    brightness: float = Field(0.5, title="Mean brightness", ge=0.05, le=0.95)
    contrast: float = Field(0.25, title="Standard deviation of the brightness", ge=0.02, le=0.5)

    @property
    def sentence(self) -> str:
        """The step in words."""
        return f"Normalise images to a brightness of {words.decimal(self.brightness)} ± {words.decimal(self.contrast)}"

    def apply(self, state: State) -> int:
        """Rewrite the images."""
        images = _images(state)
        written = image_steps.rewrite(
            images, list(state.frame["path"]), lambda one: image_steps.normalised(one, self.brightness, self.contrast)
        )
        state.archive = written.archive
        state.frame = state.frame.assign(content=[written.contents[path] for path in state.frame["path"]])
        return written.changed


class Augment(_Step):
    """Add changed copies of the images in the training part: a little turned, moved, darker or lighter."""

    title: ClassVar[str] = "Augment the training part"
    why: ClassVar[str] = "For unstructured data only: a turned digit is a digit, a made-up customer is none. Tests stay as they are."
    step: Literal["augment"] = "augment"
    copies: int = Field(1, title="Copies of each image", ge=1, le=10)
    degrees: float = Field(10.0, title="Turned by at most so many degrees", ge=0, le=45)
    shift: float = Field(0.05, title="Moved by at most this share of the width", ge=0, le=0.3)
    light: float = Field(0.1, title="Darker or lighter by at most this share", ge=0, le=0.5)
    seed: int = Field(0, title="Seed")

    @property
    def sentence(self) -> str:
        """The step in words."""
        copies = words.counted(self.copies, "copy", "copies")
        return f"Augment the training part: {copies} of each image, up to {self.degrees:g}° and {words.percent(self.shift, 0)}"

    def apply(self, state: State) -> int:
        """Add rows and images."""
        training, images = _training(state), _images(state)
        made = image_steps.augmented(images, list(training["path"]), self.copies, (self.degrees, self.shift, self.light), self.seed)
        return _add_items(state, training, made)


class AugmentSound(_Step):
    """Add changed copies of the recordings in the training part: a little louder or softer, earlier or later, noisier."""

    title: ClassVar[str] = "Augment the recordings of the training part"
    why: ClassVar[str] = "A word that is said louder is the same word. Tests stay as they are."
    step: Literal["augment_sound"] = "augment_sound"
    copies: int = Field(1, title="Copies of each recording", ge=1, le=10)
    decibels: float = Field(6.0, title="Louder or softer by at most so many decibels", ge=0, le=20)
    shift: float = Field(0.05, title="Moved by at most this share of the length", ge=0, le=0.3)
    noise: float = Field(0.05, title="Noise of at most this share of the loudness", ge=0, le=0.5)
    seed: int = Field(0, title="Seed")

    @property
    def sentence(self) -> str:
        """The step in words."""
        copies = words.counted(self.copies, "copy", "copies")
        return f"Augment the training part: {copies} of each recording, up to {self.decibels:g} dB and {words.percent(self.noise, 0)} noise"

    def apply(self, state: State) -> int:
        """Add rows and recordings."""
        training = _training(state)
        if state.archive is None or media_of(state.frame) != "audio":
            raise BadInput("This step is for recordings.", "Bring them as a zip.")
        settings = (self.decibels, self.shift, self.noise)
        return _add_items(state, training, sound_steps.augmented(state.archive, list(training["path"]), self.copies, settings, self.seed))


class AugmentText(_Step):
    """Add changed copies of the texts in the training part: words left out, letters that changed places."""

    title: ClassVar[str] = "Augment the texts of the training part"
    why: ClassVar[str] = "People write in haste, and mean the same. Tests stay as they are."
    step: Literal["augment_text"] = "augment_text"
    column: str = Field(title="Column of the text")
    copies: int = Field(1, title="Copies of each text", ge=1, le=10)
    left_out: float = Field(0.1, title="Share of the words that are left out", ge=0, le=0.5)
    mistyped: float = Field(0.05, title="Share of the words that are mistyped", ge=0, le=0.5)
    seed: int = Field(0, title="Seed")

    @property
    def sentence(self) -> str:
        """The step in words."""
        copies = words.counted(self.copies, "copy", "copies")
        changed = f"{words.percent(self.left_out, 0)} of the words left out, {words.percent(self.mistyped, 0)} mistyped"
        return f"Augment the training part: {copies} of each text in {self.column}, {changed}"

    def apply(self, state: State) -> int:
        """Add rows."""
        training = _training(state)
        if self.column not in training.columns or pd.api.types.is_numeric_dtype(training[self.column]):
            raise BadInput(f"There is no column of text “{self.column[:80]}”.", "Choose the column that holds the texts.")
        training = training[training[self.column].notna()]
        made = text_steps.augmented(list(training[self.column].astype(str)), self.copies, self.left_out, self.mistyped, self.seed)
        key = state.data_set.id_column
        named = training[key].astype(str) if key in training.columns else pd.Series([f"row {row + 1}" for row in training.index])
        rows = []
        for number, texts in enumerate(made, 1):
            copy = training.assign(**{self.column: texts, ORIGIN: named.to_numpy()})
            rows.append(copy.assign(**{str(key): [f"{name}-augmented{number}" for name in named]}) if key in training.columns else copy)
        return _add(state, pd.concat(rows, ignore_index=True))


def _training(state: State) -> pd.DataFrame:
    """Return the rows of the training part, which alone may be augmented, and only where the data are unstructured."""
    if state.data_set.structured is not False:
        raise BadInput("Augmentation is for unstructured data: a made-up row is no example.", "Look for more rows or features instead.")
    split = state.data_set.split_column
    if split not in state.frame.columns:
        raise BadInput("Augmentation needs to know the training part.", "Name the column of the split under “What the columns mean”.")
    training = state.frame[state.frame[split].astype(str).str.lower().isin(TRAINING)]
    if not len(training):
        raise BadInput(f"No row of the column “{split}” says “train”.", "Call the training part train.")
    return training


def _add_items(state: State, training: pd.DataFrame, made: image_steps.Augmented) -> int:
    """Add copies of items to the archive, and a row for each."""
    state.archive = made.archive
    added = pd.concat([training.assign(path=paths, **{ORIGIN: training["path"].to_numpy()}) for paths in made.paths], ignore_index=True)
    added = added.assign(content=[made.contents[path] for path in added["path"]])
    key = state.data_set.id_column
    return _add(state, added.assign(**{str(key): added["path"]}) if key in added.columns and key != "path" else added)


def _add(state: State, added: pd.DataFrame) -> int:
    """Add rows, each with the key of the one that it was made from; keys are text then."""
    key = state.data_set.id_column
    if key in state.frame.columns:
        state.frame = state.frame.astype({key: str})
    before = state.frame if ORIGIN in state.frame.columns else state.frame.assign(**{ORIGIN: None})
    state.frame = pd.concat([before, added.astype({ORIGIN: object})], ignore_index=True)
    return len(added)


Step = Annotated[
    Discard | ByRule | RemoveDuplicates | Relabel | Normalise | Augment | AugmentSound | AugmentText, Field(discriminator="step")
]
STEPS: tuple[type[_Step], ...] = (Discard, ByRule, RemoveDuplicates, Relabel, Normalise, Augment, AugmentSound, AugmentText)
AnyStep = Discard | ByRule | RemoveDuplicates | Relabel | Normalise | Augment | AugmentSound | AugmentText
_STEP: TypeAdapter[AnyStep] = TypeAdapter(Step)


def step_of(declared: dict[str, Any]) -> AnyStep:
    """Return a step as it was declared."""
    return _STEP.validate_python(declared)


def _images(state: State) -> bytes:
    if state.archive is None or media_of(state.frame) == "audio":
        raise BadInput("This step is for images.", "Bring them as a zip.")
    return state.archive


def _like(new: pd.Series, old: pd.Series) -> pd.Series:
    """Return labels in the type of the old ones where they fit it."""
    if pd.api.types.is_numeric_dtype(old) and not pd.api.types.is_bool_dtype(old):
        numbers = pd.to_numeric(new, errors="coerce")
        if not (numbers.isna() & new.notna() & ~new.astype(str).str.lower().isin(MISSING_SPELLINGS)).any():
            return numbers.astype(old.dtype) if not numbers.isna().any() else numbers
    return new
