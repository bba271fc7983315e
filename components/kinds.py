"""Every kind of record there is: what `Store(url, kinds)` is given by the screens, the shell and the workers."""

from components.data.adjudication.records import Adjudicated
from components.data.records import (
    AgreementRun,
    CheckRun,
    CheckThreshold,
    ConsensusRun,
    CoverageRun,
    DriftRun,
    Expectation,
    ImportantCase,
    Iteration,
)
from components.data.rulebook.records import Calibration, CalibrationRun, Rule
from components.deployment.records import Alarm, FailureCase, Game, Metric, RolloutPlan, RolloutRun
from components.modelling.records import (
    Baseline,
    BetterDataRun,
    ComputeMeans,
    ComputeNeed,
    ErrorLevels,
    GrowthRun,
    HumanLevelRun,
    Leaderboard,
    ModelComparison,
    PredictionSet,
    Reproduction,
    RunIndex,
    TranscriptRun,
    WorkingVersion,
)
from components.modelling.slice_records import Slice, SliceRun
from components.project.comments import Comment
from components.project.data_sets import DataSet, DataVersion, LabelSet
from components.project.decisions import Decision
from components.project.meetings import ActionItem, Meeting, Seat
from components.project.records import Body
from components.project.rounds import Round
from components.project.target import Target
from components.readiness.records import ChecklistAnswer, OwnLine
from components.report.records import Report
from components.scoping.assessment.records import (
    Economics,
    ErrorMeasurement,
    EthicsAnswer,
    EthicsList,
    Feasibility,
    FeasibilityAnswer,
    LadderStep,
    Outcome,
)
from components.scoping.milestones import Milestone, Promise
from components.scoping.records import Apart, Criteria, PriorWork, Problem, Solution

KINDS: tuple[type[Body], ...] = (
    Target,
    Round,
    Comment,
    DataSet,
    DataVersion,
    LabelSet,
    Expectation,
    CheckThreshold,
    CheckRun,
    AgreementRun,
    ConsensusRun,
    Adjudicated,
    DriftRun,
    Iteration,
    ImportantCase,
    CoverageRun,
    Rule,
    Calibration,
    CalibrationRun,
    Leaderboard,
    RunIndex,
    Reproduction,
    WorkingVersion,
    GrowthRun,
    BetterDataRun,
    ComputeNeed,
    ComputeMeans,
    HumanLevelRun,
    Baseline,
    TranscriptRun,
    ErrorLevels,
    PredictionSet,
    ModelComparison,
    Slice,
    SliceRun,
    Problem,
    Solution,
    Apart,
    Criteria,
    PriorWork,
    Feasibility,
    FeasibilityAnswer,
    ErrorMeasurement,
    LadderStep,
    Economics,
    Outcome,
    EthicsAnswer,
    EthicsList,
    Milestone,
    Promise,
    RolloutPlan,
    RolloutRun,
    FailureCase,
    Metric,
    Alarm,
    Game,
    ChecklistAnswer,
    OwnLine,
    Decision,
    Meeting,
    Seat,
    ActionItem,
    Report,
)
