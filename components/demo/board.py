"""The example's board: what an office that reads forms might write down. Made up, and marked as an example like all of the project."""

from components.project.comments import Comment
from components.scoping.records import Problem, Solution

TYPING = "Typing"

PROBLEMS = {
    "forms": Problem(
        statement="Every paper form waits two days until somebody types its numbers",
        who="Applicants, and the twelve people in the intake office",
        how_often="4,000 forms a week",
        cost="About 90 hours of typing a week",
        workaround="Forms with few numbers are typed first",
        owner="Chioma",
        group=TYPING,
    ),
    "typos": Problem(
        statement="One in two hundred typed numbers is wrong, and nobody notices before a letter comes back",
        who="Applicants who get somebody else's letter",
        how_often="20 a week",
        cost="Half an hour each, and trust",
        workaround="A colleague looks over the forms of new people",
        owner="Ben",
        group=TYPING,
    ),
    "status": Problem(
        statement="Applicants call because nobody can tell them where their form is",
        who="Applicants, and whoever sits at the phone",
        how_often="60 calls a day",
        cost="Four minutes a call",
        owner="Dev",
    ),
    "forms-again": Problem(statement="Typing the numbers of a paper form takes two days", who="Intake office", merged_into="forms"),
}
SOLUTIONS = {
    "recogniser": Solution(
        problem="forms",
        title="Digit recogniser, a person checks doubtful ones",
        approach="build",
        description="A model reads each box; what it is unsure of goes to a person.",
        predicts="The digit in one box of a form",
        decision="Accept the number, or send it to a person",
        until_known="A day: the person who checks it says so",
        heuristic="Always send it to a person",
        automates="augment",
        false_positive="A wrong number in the file: half an hour and a letter",
        false_negative="A person looks at a box that was right: four seconds",
        reach=4000,
        impact=2,
        confidence=0.8,
        effort=4,
    ),
    "open-model": Solution(
        problem="forms",
        title="Open-source recogniser as it is",
        approach="use as is",
        description="A model trained on public digits, without our own data.",
        reach=4000,
        impact=1,
        confidence=0.5,
        effort=1.5,
    ),
    "service": Solution(
        problem="forms",
        title="Buy a reading service",
        approach="buy",
        description="Paid by the page; the forms would leave the house.",
        reach=4000,
        impact=1,
        confidence=0.5,
    ),
    "online": Solution(
        problem="forms",
        title="Offer the form online",
        approach="no ML",
        description="Whoever fills it in on a screen needs no typist.",
        reach=2400,
        impact=2,
        confidence=0.8,
        effort=3,
    ),
    "check-digit": Solution(
        problem="typos",
        title="A check digit on every form number",
        approach="no ML",
        description="A wrong digit is refused while it is typed.",
        reach=20,
        impact=3,
        confidence=1.0,
        effort=0.5,
    ),
    "second-look": Solution(
        problem="typos", title="Compare what was typed with what the recogniser reads", approach="fine-tune", reach=20, impact=2
    ),
    "stamp": Solution(problem="status", title="Send a message when a form arrives, and when it is typed", approach="no ML"),
}
COMMENTS = {
    "on-forms": Comment(about_kind=Problem.kind, about_id="forms", text="Before holidays it is rather four days than two."),
    "on-forms-again": Comment(about_kind=Problem.kind, about_id="forms-again", text="The clock starts when the mail is opened."),
    "on-online": Comment(about_kind=Solution.kind, about_id="online", text="Four of ten applicants have no printer, but all have a phone."),
}
