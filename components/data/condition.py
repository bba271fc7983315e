"""A condition on rows as the team declares it – column, operator, value, no code – evaluated on pandas and as an Ibis expression alike."""

from typing import TYPE_CHECKING, Any, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from components import words
from components.data.missing import MISSING_SPELLINGS, missing_text
from components.errors import BadInput

if TYPE_CHECKING:  # the server reads this declaration before it answers, and needs no table for that
    import pandas as pd

Operator = Literal[
    "is",
    "is not",
    "is one of",
    "at least",
    "at most",
    "above",
    "below",
    "contains",
    "begins with",
    "has the tag",
    "is missing",
    "is filled",
]
OPERATORS: tuple[Operator, ...] = get_args(Operator)
ORDERED = {"at least": "ge", "at most": "le", "above": "gt", "below": "lt"}
ALONE = ("is missing", "is filled")
TRUTHS = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}


class Clause(BaseModel):
    """One demand on one column. Several values (of “is one of”) are separated by commas, as the tags of a cell are."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    column: str = Field(title="Column", min_length=1, max_length=500)
    operator: Operator = Field("is", title="Operator")
    value: str = Field("", title="Value", max_length=2000)

    @model_validator(mode="after")
    def _complete(self) -> "Clause":
        if self.operator not in ALONE and not self.value.strip():
            raise ValueError(f"“{self.column} {self.operator}” needs a value")
        return self

    @property
    def sentence(self) -> str:
        """The demand in words."""
        return f"{self.column} {self.operator}" + ("" if self.operator in ALONE else f" {self.value}")


class Condition(BaseModel):
    """Demands that a row has to meet, all of them; without any, every row does."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    clauses: tuple[Clause, ...] = Field((), max_length=20)

    @property
    def sentence(self) -> str:
        """The condition in words.

        >>> Condition(clauses=(Clause(column="age", operator="at least", value="65"), Clause(column="pet", operator="is missing"))).sentence
        'age at least 65 and pet is missing'
        """
        return " and ".join(clause.sentence for clause in self.clauses) or "every row"

    @classmethod
    def parse(cls, text: str) -> "Condition":
        """Read a condition as `sentence` writes it.

        Raises
        ------
        BadInput
            A part of it has no operator, or no value.

        >>> Condition.parse("age at least 65 and pet is missing").clauses[1]
        Clause(column='pet', operator='is missing', value='')
        """
        return cls(clauses=tuple(_parsed(part) for part in text.split(" and ")))

    def on_frame(self, frame: "pd.DataFrame") -> "pd.Series[bool]":
        """Return which rows of a table fulfil the condition.

        Raises
        ------
        BadInput
            A column isn't there, or a value doesn't fit its type.
        """
        import pandas as pd

        found = pd.Series(True, index=frame.index)
        for clause in self.clauses:
            _there(clause, [str(name) for name in frame.columns])
            found &= _on_cells(clause, frame[clause.column])
        return found

    def on_engine(self, rows: Any, names: dict[str, str]) -> Any:
        """Return the condition as an Ibis expression over the rows of a table; `names` gives the name there of each column."""
        import ibis

        found: Any = ibis.literal(True)
        for clause in self.clauses:
            _there(clause, list(names))
            found = found & _on_expression(clause, rows[names[clause.column]])
        return found


def _parsed(text: str) -> Clause:
    told = f" {text.strip()} "
    places = [(told.find(f" {operator} "), -len(operator), operator) for operator in OPERATORS if f" {operator} " in told[1:]]
    if not places:
        raise BadInput(
            f"“{text[:80]}” is no condition.", f"Write a column, then one of {words.listed(OPERATORS, len(OPERATORS))}, then a value."
        )
    place, _, operator = min(places)
    column, value = told[:place].strip(), told[place + len(operator) + 1 :].strip()
    try:
        return Clause(column=column, operator=operator, value=value)
    except ValidationError:
        raise BadInput(f"“{text[:80]}” is no condition.", "Write a column, an operator and a value, as in “age at least 65”.") from None


def _there(clause: Clause, names: list[str]) -> None:
    if clause.column not in names:
        raise BadInput(f"There is no column “{clause.column}”.", f"The columns are: {words.listed(names, 12)}.")


def _wanted(clause: Clause, kind: str) -> list[Any]:
    """Return the values of a clause in the type of its column: number, boolean, time or text."""
    import pandas as pd

    texts = [part.strip() for part in clause.value.split(",")] if clause.operator == "is one of" else [clause.value.strip()]
    try:
        if kind == "number":
            return [float(text) for text in texts]
        if kind == "boolean":
            return [TRUTHS[text.lower()] for text in texts]
        if kind == "time":
            return [pd.Timestamp(text).to_pydatetime().replace(tzinfo=None) for text in texts]
    except (ValueError, KeyError):
        raise BadInput(f"“{clause.value[:80]}” is no {kind}, as the column “{clause.column}” holds.", f"Write a {kind}.") from None
    return texts


def _needs(clause: Clause, kind: str) -> None:
    """Refuse what makes no sense for a type."""
    for_text = clause.operator in {"contains", "begins with", "has the tag"}
    if for_text and kind != "text":
        raise BadInput(f"“{clause.operator}” asks for text, and the column “{clause.column}” holds a {kind}.", "Use “is” or “at least”.")
    if clause.operator in ORDERED and kind in {"text", "boolean"}:
        raise BadInput(f"“{clause.operator}” asks for a number or a time; the column “{clause.column}” holds {kind}.", "Use “is” instead.")


def _on_cells(clause: Clause, cells: "pd.Series") -> "pd.Series[bool]":
    kind = _kind_of(cells)
    gone = cells.isna()
    if kind == "text":
        cells = cells.astype(object).where(gone, cells.astype(str))
        gone |= cells.fillna("").str.strip().str.lower().isin(MISSING_SPELLINGS)
    if clause.operator in ALONE:
        return gone if clause.operator == "is missing" else ~gone
    _needs(clause, kind)
    wanted = _wanted(clause, kind)
    if kind == "time" and getattr(cells.dt, "tz", None) is not None:
        cells = cells.dt.tz_convert(None)
    if clause.operator in ORDERED:
        met = getattr(cells, ORDERED[clause.operator])(wanted[0])
    elif clause.operator in {"is", "is one of"}:
        met = cells.isin(wanted)
    elif clause.operator == "is not":
        met = ~cells.isin(wanted)
    else:
        text = cells.fillna("").astype(str)
        if clause.operator == "contains":
            met = text.str.contains(wanted[0], regex=False)
        elif clause.operator == "begins with":
            met = text.str.startswith(wanted[0])
        else:
            met = text.map(lambda cell: wanted[0].lower() in [tag.strip() for tag in cell.lower().split(",")])
    return met.fillna(False).astype(bool) & ~gone


def _kind_of(cells: "pd.Series") -> str:
    import pandas as pd

    if pd.api.types.is_bool_dtype(cells) or pd.api.types.infer_dtype(cells, skipna=True) == "boolean":
        return "boolean"
    if pd.api.types.is_numeric_dtype(cells):
        return "number"
    return "time" if pd.api.types.is_datetime64_any_dtype(cells) else "text"


def _on_expression(clause: Clause, cell: Any) -> Any:
    type_ = cell.type()
    kind = "boolean" if type_.is_boolean() else "number" if type_.is_numeric() else "time" if type_.is_temporal() else "text"
    gone = missing_text(cell) if kind == "text" else cell.isnull()
    if clause.operator in ALONE:
        return gone if clause.operator == "is missing" else ~gone
    _needs(clause, kind)
    wanted = _wanted(clause, kind)
    if kind == "number":
        cell = cell.cast("float64")
    if clause.operator in ORDERED:
        met = {"ge": cell >= wanted[0], "le": cell <= wanted[0], "gt": cell > wanted[0], "lt": cell < wanted[0]}[ORDERED[clause.operator]]
    elif clause.operator in {"is", "is one of"}:
        met = cell.isin(wanted)
    elif clause.operator == "is not":
        met = ~cell.isin(wanted)
    elif clause.operator == "contains":
        met = cell.contains(wanted[0])
    elif clause.operator == "begins with":
        met = cell.startswith(wanted[0])
    else:
        tags = "," + cell.lower().re_replace(r"\s*,\s*", ",").strip() + ","
        met = tags.contains(f",{wanted[0].lower()},")
    return met.coalesce(False) & ~gone
