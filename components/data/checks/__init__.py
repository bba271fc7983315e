"""Can we train on this? Every check is a file of its own and listed here, in the order of the report."""

import pandas as pd

from components.data.checks.associated_features import AssociatedFeatures
from components.data.checks.class_balance import ClassBalance
from components.data.checks.conflicting_labels import ConflictingLabels
from components.data.checks.declaration import Check
from components.data.checks.duplicate_keys import DuplicateKeys
from components.data.checks.duplicate_rows import DuplicateRows
from components.data.checks.group_leak import GroupLeak
from components.data.checks.important_cases import ImportantCases
from components.data.checks.infinite_values import InfiniteValues
from components.data.checks.items.blurry_images import BlurryImages
from components.data.checks.items.channel_counts import ChannelCounts
from components.data.checks.items.clipping import Clipping
from components.data.checks.items.damaged_text import DamagedText
from components.data.checks.items.dark_images import DarkImages
from components.data.checks.items.duplicate_items import DuplicateItems
from components.data.checks.items.duplicate_texts import DuplicateTexts
from components.data.checks.items.light_images import LightImages
from components.data.checks.items.low_information import LowInformation
from components.data.checks.items.markup_left_over import MarkupLeftOver
from components.data.checks.items.near_duplicates import NearDuplicates
from components.data.checks.items.odd_aspect import OddAspect
from components.data.checks.items.odd_durations import OddDurations
from components.data.checks.items.odd_sizes import OddSizes
from components.data.checks.items.other_languages import OtherLanguages
from components.data.checks.items.property_giveaway import PropertyGiveaway
from components.data.checks.items.sample_rates import SampleRates
from components.data.checks.items.short_texts import ShortTexts
from components.data.checks.items.silence import Silence
from components.data.checks.items.unreadable_files import UnreadableFiles
from components.data.checks.label_giveaway import LabelGiveaway
from components.data.checks.likely_label_errors import LikelyLabelErrors
from components.data.checks.measuring import Progress, concerned, measure
from components.data.checks.missing_values import MissingValues
from components.data.checks.mixed_types import MixedTypes
from components.data.checks.near_split_leak import NearSplitLeak
from components.data.checks.new_categories import NewCategories
from components.data.checks.new_labels import NewLabels
from components.data.checks.null_spellings import NullSpellings
from components.data.checks.outliers import Outliers
from components.data.checks.own_values import OwnValues
from components.data.checks.presence_giveaway import PresenceGiveaway
from components.data.checks.rare_categories import RareCategories
from components.data.checks.report import CheckReport
from components.data.checks.rules.agreed_labels import AgreedLabels
from components.data.checks.rules.allowed_set import AllowedSet
from components.data.checks.rules.column_type import ColumnType
from components.data.checks.rules.determines import Determines
from components.data.checks.rules.foreign_key import ForeignKey
from components.data.checks.rules.freshness import Freshness
from components.data.checks.rules.monotonic import Monotonic
from components.data.checks.rules.never import Never
from components.data.checks.rules.pattern import Pattern
from components.data.checks.rules.required import Required
from components.data.checks.rules.row_count import RowCount
from components.data.checks.rules.text_length import TextLength
from components.data.checks.rules.unique_key import UniqueKey
from components.data.checks.rules.value_range import ValueRange
from components.data.checks.single_value import SingleValue
from components.data.checks.skew import Skew
from components.data.checks.spelling_variants import SpellingVariants
from components.data.checks.split_leak import SplitLeak
from components.data.checks.split_sizes import SplitSizes
from components.data.checks.split_times import SplitTimes
from components.data.checks.stray_characters import StrayCharacters
from components.data.checks.table import Plan
from components.data.checks.text_lengths import TextLengths
from components.data.checks.unlabelled import Unlabelled
from components.data.engine import Source
from components.errors import BadInput

__all__ = ["CHECKS", "Check", "CheckReport", "Plan", "rows_concerned", "run"]

CHECKS: tuple[type[Check], ...] = (
    MissingValues,
    NullSpellings,
    SingleValue,
    MixedTypes,
    SpellingVariants,
    StrayCharacters,
    InfiniteValues,
    DuplicateRows,
    DuplicateKeys,
    Outliers,
    RareCategories,
    Skew,
    TextLengths,
    AssociatedFeatures,
    OwnValues,
    ColumnType,
    ValueRange,
    Pattern,
    AllowedSet,
    TextLength,
    Required,
    UniqueKey,
    ForeignKey,
    RowCount,
    Freshness,
    Monotonic,
    Determines,
    Never,
    LabelGiveaway,
    PresenceGiveaway,
    ConflictingLabels,
    ClassBalance,
    Unlabelled,
    LikelyLabelErrors,
    AgreedLabels,
    ImportantCases,
    SplitLeak,
    NearSplitLeak,
    GroupLeak,
    SplitTimes,
    NewLabels,
    NewCategories,
    SplitSizes,
    UnreadableFiles,
    DarkImages,
    LightImages,
    OddAspect,
    OddSizes,
    LowInformation,
    BlurryImages,
    DuplicateItems,
    NearDuplicates,
    PropertyGiveaway,
    ShortTexts,
    OtherLanguages,
    DamagedText,
    MarkupLeftOver,
    DuplicateTexts,
    OddDurations,
    SampleRates,
    ChannelCounts,
    Clipping,
    Silence,
)


def run(table: Source, plan: Plan | None = None, progress: Progress | None = None, items: pd.DataFrame | None = None) -> CheckReport:
    """Check a table.

    Parameters
    ----------
    table : DataFrame, Arrow table or Path
        The data, one row an example; or where a Parquet file of plain columns lies (`engine.scannable`), which is not held in memory
        where it is large.
    plan : Plan, optional
        Which column is the label, the key of a row, the split.
    progress : callable, optional
        Told the share that is done (0 to 1) and what is being looked at.
    items : DataFrame, optional
        What was measured of each row's image, recording or text (`components.data.items.measured`).

    Returns
    -------
    CheckReport
        `results`: code, column, status, figure, threshold, rows, advice and more. A check that can't be computed says so
        (`error`) and leaves the others alone.

    Raises
    ------
    BadInput
        The table has no rows, or a column of the plan isn't there.
    """
    return measure(table, plan or Plan(), CHECKS, progress, items)


def rows_concerned(table: Source, plan: Plan, code: str, column: str, items: pd.DataFrame | None = None) -> pd.DataFrame:
    """Return the rows that a result is about, at most 1,000, with their number in the table (from 1) as `row`.

    Raises
    ------
    BadInput
        There is no such check, or no such column.
    """
    check = next((check for check in CHECKS if check.code == code), None)
    if check is None:
        raise BadInput(f"There is no check {code[:20]}.", "Check the data again.")
    return concerned(table, plan, check, column, items=items)
