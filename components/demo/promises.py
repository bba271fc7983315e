"""What the team of the example promised, decided and met for; its days lie around the day on which the example is made."""

from datetime import UTC, date, datetime, time, timedelta

from components.project.decisions import Decision, Voice
from components.project.meetings import ActionItem, Meeting, Point
from components.project.records import Body
from components.scoping.milestones import Milestone, Promise

MEETING = "scoping-meeting"


def milestones(today: date) -> dict[str, Body]:
    """Return the milestones with what they promise."""

    def day(days: int) -> date:
        return today + timedelta(days=days)

    return {
        "rules": Milestone(
            title="Everybody labels alike",
            why="Five people read the same boxes the same way, so a wrong label is a mistake and no opinion.",
            owner="Chioma",
            start=day(-60),
            due=day(-20),
            reached_on=day(-22),
            data="100 boxes, drawn at random",
            people="Five labellers, an hour each",
        ),
        "proof": Milestone(
            title="Proof of concept on our own boxes",
            why="We know whether a plain model comes near the target before anybody builds one.",
            owner="Ana",
            start=day(-18),
            due=day(14),
            depends_on=["rules"],
            data="1,797 boxes with labels",
            people="Ana, three weeks",
            kill="a quick model stays below 95 %, as then a person would look at every fifth box",
            kill_figure="best-baseline",
            kill_comparison="<",
            kill_value=0.95,
            kill_on=day(14),
        ),
        "pilot": Milestone(
            title="Pilot in the intake office",
            why="Two of twelve desks work with the recogniser; doubtful boxes go to a person.",
            owner="Dev",
            start=day(15),
            due=day(65),
            depends_on=["proof"],
            people="Dev and Ana, six weeks; two typists",
            help="IT opens the scanner's folder; the works council agrees",
            kill="people correct more than they would have typed",
        ),
        "online": Milestone(
            title="The form online, for whoever prefers it",
            owner="Ben",
            start=day(-10),
            due=day(80),
            help="The web team, ten days",
            unsure="benchmark",
        ),
        "desks": Milestone(
            title="All twelve desks",
            owner="Dev",
            start=day(70),
            due=day(130),
            depends_on=["pilot"],
            people="Dev; half a day of training each",
        ),
        "rules-alpha": Promise(milestone="rules", metric="Agreement (α)", value=0.8, figure="agreement-alpha"),
        "rules-checks": Promise(
            milestone="rules", area="guardrail", metric="checks to fix", comparison="≤", value=0, figure="checks-to-fix"
        ),
        "proof-accuracy": Promise(milestone="proof", metric="accuracy", value=0.985, figure="best-baseline"),
        "proof-people": Promise(milestone="proof", area="guardrail", metric="accuracy of people", value=0.95, figure="human-level"),
        "pilot-smudged": Promise(milestone="pilot", area="floor", metric="accuracy", slice="smudged boxes", value=0.95),
        "pilot-latency": Promise(
            milestone="pilot",
            area="software",
            metric="p95 latency, ms",
            comparison="≤",
            value=200,
            measured=164,
            low=151,
            high=178,
            n=500,
            measured_on=day(-3),
            source="load test on the office's server",
        ),
        "pilot-stopped": Promise(
            milestone="pilot", area="guardrail", metric="harmful rollouts stopped", value=0.95, figure="rollout-stopped"
        ),
        "pilot-hours": Promise(milestone="pilot", area="business", metric="hours of typing a week, two desks", comparison="≤", value=6),
        "desks-throughput": Promise(milestone="desks", area="software", metric="forms a minute", value=40),
        "desks-score": Promise(milestone="desks", area="guardrail", metric="ML Test Score", value=2, figure="ml-test-score"),
        "desks-hours": Promise(milestone="desks", area="business", metric="hours of typing a week", comparison="≤", value=35),
    }


def decisions(today: date) -> dict[str, Body]:
    """Return the log of decisions."""

    def day(days: int) -> date:
        return today + timedelta(days=days)

    team = ["Ana", "Ben", "Chioma", "Dev"]
    wants = [
        Voice(who="Ana", role="engineering", said=".985", why="Nearest neighbours come close without tuning."),
        Voice(who="Dev", role="engineering", said=".985"),
        Voice(who="Chioma", role="business", said=".990"),
        Voice(who="Ben", role="business", said=".970", agrees=False, why="At 97 % the office already saves most of the typing."),
    ]
    ideas = [
        Voice(who="Ana", role="engineering", said="Digit recogniser"),
        Voice(who="Dev", role="engineering", said="Digit recogniser"),
        Voice(who="Chioma", role="business", said="Digit recogniser"),
        Voice(who="Ben", role="business", said="Offer the form online", agrees=False, why="Whoever types it themselves needs no model."),
    ]
    return {
        "target-1": Decision(
            title="Target: accuracy of at least .980",
            on=day(-40),
            makers=team,
            about="target",
            outcome="What nearest neighbours are said to reach on the public digits.",
        ),
        "doubtful": Decision(
            title="A person looks at what the model doubts",
            on=day(-30),
            makers=["Chioma", "Dev"],
            consulted=["The works council"],
            context="Who is responsible for a number that was read wrongly?",
            drivers=["Wrong letters cost trust", "Typists know the forms"],
            options=["The model decides alone", "A person looks at what it doubts", "A person looks at everything"],
            outcome="A person looks at what it doubts: nobody loses the last word, and most of the typing is saved.",
            confirmation="The share of boxes that go to a person is on the monitoring plan.",
        ),
        "target-2": Decision(
            title="Target: accuracy of at least .985",
            on=day(-18),
            makers=team,
            about="target",
            supersedes=["target-1"],
            context="What does the project promise to reach?",
            options=["Stay at .980", "Target: accuracy of at least .985"],
            outcome="At 98.5 % a person has to look at one box in sixty, and the office keeps up.",
            votes=wants,
            dissent="Ben: at 97 % the office already saves most of the typing, and months earlier.",
            revisit="people themselves turn out to be worse than that",
            revisit_figure="human-level",
            revisit_comparison="<",
            revisit_value=0.985,
        ),
        "canary": Decision(
            title="Canary at 1 %, 10 % and 50 %, not blue-green",
            on=day(-12),
            makers=["Dev", "Ana"],
            options=["Canary", "Blue-green", "All at once"],
            outcome="A bad model costs least in a canary; the rehearsal says how many decisions.",
            revisit="a rollback comes too late",
            revisit_figure="rollout-bad-decisions",
            revisit_comparison=">",
            revisit_value=1000,
        ),
        "first-idea": Decision(
            title="The recogniser first; the online form runs beside it",
            on=day(-6),
            makers=team,
            about="ranking:rice",
            options=["Digit recogniser", "Open-source recogniser as it is", "Offer the form online"],
            outcome="It helps most people a quarter for its effort, and the online form needs other hands.",
            votes=ideas,
            dissent="Ben: whoever types it themselves needs no model.",
            revisit="a plain model stays below 95 %",
            revisit_figure="best-baseline",
            revisit_comparison="<",
            revisit_value=0.95,
            meeting=MEETING,
        ),
        "vendor": Decision(
            title="Buy the vendor's reader",
            status="rejected",
            on=day(-6),
            makers=["Ben", "Chioma"],
            outcome="No test set is named, and forms would leave the house.",
            revisit="the vendor names a test set",
            meeting=MEETING,
        ),
        "open-model": Decision(
            title="Try the open-source recogniser before building more",
            on=day(-35),
            makers=["Ana"],
            outcome="It costs a week, and says what building would have to beat.",
            revisit="a month has passed without a result",
            revisit_on=day(-5),
        ),
    }


def meeting(today: date) -> dict[str, Body]:
    """Return a meeting that was held, with what has to be done since."""
    began = datetime.combine(today - timedelta(days=6), time(9), UTC)
    return {
        MEETING: Meeting(
            title="Scoping meeting",
            state="closed",
            points=[
                Point(title="What hurts?", minutes=10, screen="scoping/problems_and_solutions"),
                Point(title="What have others reached?", minutes=10, screen="scoping/prior_work"),
                Point(title="Which idea first?", minutes=25, screen="scoping/assessment"),
                Point(title="What do we promise?", minutes=15, screen="scoping/milestones"),
            ],
            at=3,
            started_at=began,
            closed_at=began + timedelta(minutes=63),
            summary="The recogniser comes first, Ben disagrees; nobody knows yet how smudged boxes do.",
        ),
        "ask-it": ActionItem(what="Ask IT to open the scanner's folder", owner="Dev", due=today - timedelta(days=2), meeting=MEETING),
        "smudged": ActionItem(what="Collect 200 smudged boxes", owner="Chioma", due=today + timedelta(days=9), meeting=MEETING),
        "licence": ActionItem(
            what="Read the licence of the open-source model",
            owner="Ana",
            due=today - timedelta(days=3),
            done=True,
            note="Apache-2.0: fine.",
            meeting=MEETING,
        ),
    }
