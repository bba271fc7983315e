"""Data sets, their versions and their labels, as every phase refers to them."""

from datetime import date
from typing import Any, ClassVar, Literal

from pydantic import Field

from components.project.records import Body

IMAGE_FORMATS = ("PNG", "JPEG", "GIF", "BMP", "WEBP", "TIFF")
"""What images may be, whatever their names say: other forms hold programs (PostScript), or are rarely read and so rarely mended."""


class DataSet(Body):
    """A body of data that the team works on; its contents are in its versions."""

    kind: ClassVar[str] = "data_set"
    name: str = Field(title="Name", min_length=1, max_length=200)
    structured: bool | None = Field(None, title="Structured (a table) rather than images, text or sound")
    target: str | None = Field(None, title="Column to predict")
    id_column: str | None = Field(None, title="Column that identifies a row")
    split_column: str | None = Field(None, title="Column that names the split")
    group_column: str | None = Field(None, title="Column that names what belongs together, such as a person or a session")
    time_column: str | None = Field(None, title="Column that says when")
    note: str = Field("", title="Note", max_length=5000)


class DataVersion(Body):
    """One state of a data set, identified by its content.

    `table` is the SHA-256 of the canonical Parquet; `archive` that of the zip of images or recordings which the column `path` points into.
    """

    kind: ClassVar[str] = "data_version"
    data_set: str
    number: int = Field(ge=1)
    table: str
    archive: str | None = None
    media: Literal["", "image", "audio"] = Field("", title="What the archive holds; images where it isn't said")
    source: str = Field(title="File it was read from")
    rows: int
    columns: dict[str, str] = Field(title="Column name to type: number, text, category, boolean, time")
    note: str = ""
    derived_from: str | None = Field(None, title="Version it was derived from")
    collected: date | None = Field(None, title="Day on which its data were collected")
    steps: list[dict[str, Any]] = Field(default_factory=list, title="Steps that derived it: step, sentence, changed")
    simulated: str = Field("", title="How it was simulated; empty for real data")

    @property
    def noun(self) -> str:
        """What one row of it is."""
        return {"image": "image", "audio": "recording"}[self.media or "image"] if self.archive else "row"


class LabelSet(Body):
    """Judgements of annotators on items: a long table with one row a judgement.

    `time` holds when a judgement was given, or how many seconds it took; `rule` the rule that it was given under. Where one annotator
    judged an item more than once, `table` holds the answer that counts, as `repeats` says, and `repeated` is the table of all those
    answers. Votes that were only counted are `anonymous`: who gave them isn't known. `round` is the calibration round they come from.
    """

    kind: ClassVar[str] = "label_set"
    name: str = Field(title="Name", min_length=1, max_length=200)
    table: str
    item: str = "item"
    annotator: str = "annotator"
    label: str = "label"
    level: Literal["nominal", "ordinal", "interval", "ratio"] = "nominal"
    gold: str | None = Field(None, title="Column with the expert's label")
    time: str | None = Field(None, title="Column that says when, or how many seconds it took")
    rule: str | None = Field(None, title="Column with the rule that was cited")
    repeats: Literal["refuse", "first", "last"] = Field("refuse", title="Where somebody judged an item more than once, what counts")
    repeated: str | None = None
    anonymous: bool = Field(False, title="Votes that were only counted: who gave them is not known")
    data_set: str | None = None
    structured: bool = Field(False, title="Judged on structured data (a table)")
    source: str = ""
    question: str = Field("", title="What was asked, where it isn't the column to predict")
    round: str = Field("", title="Round of judging that it came of")
    simulated: str = Field("", title="How it was simulated; empty for real labels")
