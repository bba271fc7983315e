"""Shell commands of the data phase."""

from collections.abc import Callable
from math import isnan
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from components import words
from components.data.agreement import agreement as measure_agreement
from components.data.condition import Condition
from components.data.disagreement import LEVELS
from components.data.records import Expectation, ImportantCase
from components.errors import BadInput
from components.shell.output import AsJson, Encoding, parquet, read_labels, read_table, show
from components.stats.label_counts import named_columns

FILES, TABLE = "CSV, TSV, Parquet or JSON lines", "postgresql:HOST/DATABASE/SCHEMA.TABLE where the owner allowed it"

if TYPE_CHECKING:
    from components.data.checks import CheckReport, Plan


def agreement(
    labels: Annotated[Path, typer.Argument(help="A long table: one row a judgement; or an export of Label Studio, Doccano or Argilla.")],
    item: Annotated[str, typer.Option(help="Column that names the item.")] = "item",
    annotator: Annotated[str, typer.Option(help="Column that names the annotator.")] = "annotator",
    label: Annotated[str, typer.Option(help="Column that holds the label.")] = "label",
    level: Annotated[str, typer.Option(help="What differences mean: nominal, ordinal, interval or ratio.")] = "nominal",
    encoding: Encoding = None,
    as_json: AsJson = False,
) -> int:
    """Measure how far labellers agree: percent, Fleiss, Krippendorff's α and AC1 with intervals."""
    if level not in LEVELS:
        raise BadInput(f"There is no level “{level}”.", f"Use one of {words.listed(LEVELS)}.")
    found = measure_agreement(named_columns(read_labels(labels, encoding), item=item, annotator=annotator, label=label), level)
    measures = {"percent": found.percent, "fleiss": found.fleiss, "alpha": found.alpha, "ac1": found.ac1}
    result = {
        "items": found.items,
        "annotators": found.annotators,
        "labels": found.judgements,
        **{name: e.to_json() if e.value is not None or name == "percent" else None for name, e in measures.items()},
        "band": found.band,
        "why": found.why,
    }
    counted = [words.counted(n, noun) for n, noun in ((found.judgements, "label"), (found.items, "item"), (found.annotators, "annotator"))]
    lines = [", ".join(counted), *(f"{name:8} {words.decimal(e.value)} {words.interval(e)}".rstrip() for name, e in measures.items())]
    show(result, as_json, "\n".join([*lines, f"band     {found.band or words.MISSING}", found.why]).rstrip())
    return 0


def check(
    data: Annotated[Path, typer.Argument(help=f"{FILES}, or {TABLE}.")],
    label: Annotated[str | None, typer.Option(help="Column to predict.")] = None,
    id: Annotated[str | None, typer.Option(help="Column that identifies a row.")] = None,
    split: Annotated[str | None, typer.Option(help="Column that names the split.")] = None,
    group: Annotated[str | None, typer.Option(help="Column that names what belongs together, such as a person.")] = None,
    time: Annotated[str | None, typer.Option(help="Column that says when.")] = None,
    unstructured: Annotated[bool, typer.Option("--unstructured", help="The rows are texts rather than a table.")] = False,
    junit: Annotated[Path | None, typer.Option(help="Write the results here as JUnit XML too.")] = None,
    contract: Annotated[Path | None, typer.Option(help="Rules to check against: a data contract (ODCS 3, YAML).")] = None,
    case: Annotated[list[str] | None, typer.Option(help='An important case, as in "old: age at least 80"; may be given again.')] = None,
    case_width: Annotated[float, typer.Option(help="Width of the 95 % interval that each case has to reach.", min=0.001, max=0.999)] = 0.1,
    encoding: Encoding = None,
    as_json: AsJson = False,
) -> int:
    """Check whether one can train on a table; exit code 1 when a check failed."""
    from components.data import checks
    from components.data.checks.junit import junit as as_junit

    rules = _rules(contract) if contract is not None else ()
    cases = tuple(_case(text, case_width) for text in case or ())
    plan = checks.Plan(label, id, split, group, time, expectations=rules, cases=cases, structured=not unstructured)
    report = _checked(data, encoding, plan)
    if junit is not None:
        _write(junit, as_junit(report, data.name))
    columns = ["code", "title", "column", "status", "figure", "threshold", "rows", "advice"]
    results = report.results[columns].to_dict("records")
    failing = [row for row in results if row["status"] in {"failed", "warned", "error"}]
    lines = [f"{row['status']:7} {row['code']} {row['title']} {row['column']}: {row['advice']}" for row in failing]
    text = "\n".join([f"{words.counted(report.rows, 'row')}: {report.sentence}", *lines])
    show({"rows": report.rows, "results": results}, as_json, text)
    return 1 if report.failed else 0


def _case(text: str, width: float) -> ImportantCase:
    """Return an important case that was written as its name and its condition."""
    name, colon, condition = text.partition(":")
    if not colon or not name.strip():
        raise BadInput(f"“{text[:80]}” has no name.", 'Write the name, a colon and the condition, as in "old: age at least 80".')
    return ImportantCase(data_set="", name=name.strip()[:120], condition=Condition.parse(condition), width=width)


def _rules(path: Path) -> tuple[Expectation, ...]:
    """Return the rules of a contract; what isn't understood of it is named on standard error."""
    from components.data.contract import from_odcs

    if not path.is_file():
        raise BadInput(f"There is no file {path}.", "Check the name and the folder.")
    try:
        contract = from_odcs(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, OSError):
        raise BadInput(f"{path.name} can't be read as text.", "Save the contract as UTF-8.") from None
    for line in contract.unread:
        typer.echo(f"not checked: {line}", err=True)
    return contract.rules


def _checked(data: Path, encoding: str | None, plan: "Plan") -> "CheckReport":
    """Check the table in a file; Parquet where it lies, if that can be, and the language of texts too."""
    from components.data import checks, items

    table = parquet(data) or read_table(data, encoding)
    texts = None
    if plan.structured is False:
        table = read_table(data, encoding) if isinstance(table, Path) else table
        texts = items.measured(table, None, "", lambda share, message: None)
    return checks.run(table, plan, items=texts)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError:
        raise BadInput(f"{path} can't be written.", "Check the folder and its permissions.") from None


def drift(
    before: Annotated[Path, typer.Argument(help=f"The table that was learnt from: {FILES}, or {TABLE}.")],
    after: Annotated[Path, typer.Argument(help="The table to compare with it.")],
    unstructured: Annotated[bool, typer.Option("--unstructured", help="The rows are texts: compare their languages too.")] = False,
    encoding: Encoding = None,
    as_json: AsJson = False,
) -> int:
    """Compare two tables column by column; exit code 1 when a column drifts."""
    from components.data import items
    from components.data.drift import drift as compare

    tables = [read_table(before, encoding), read_table(after, encoding)]
    if unstructured:
        tables = [items.described(one, items.measured(one, None, "", lambda share, message: None), False, "") for one in tables]
    found = compare(*tables)
    columns = ["column", "kind", "psi", "statistic", "p_value", "adjusted_p", "verdict", "codes", "note"]
    drifting = found[found["verdict"] == "drift"]
    lines = []
    for row in drifting.itertuples():
        measured = "" if isnan(row.psi) else f"PSI {words.decimal(row.psi, 3)}, p {row.adjusted_p:.2g}"
        lines.append(f"{row.verdict} {' '.join(row.codes)} {row.column}: {' '.join(filter(None, (measured, row.note)))}")
    text = "\n".join([f"{len(drifting)} of {words.counted(len(found), 'column')} drift{'' if len(drifting) - 1 else 's'}.", *lines])
    show({"columns": found[columns].to_dict("records")}, as_json, text)
    return 1 if len(drifting) else 0


COMMANDS: tuple[Callable[..., int | None], ...] = (agreement, check, drift)
