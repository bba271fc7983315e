"""What we must beat: quick models, literature, other systems, and people."""

from functools import partial

import streamlit as st

from components import ui, words
from components.modelling.baselines import comparison, metric_of, people_band, typed_people
from components.modelling.charts import baselines_chart
from components.modelling.records import Baseline, HumanLevelRun, Leaderboard
from components.modelling.wording import baselines_answer, baselines_method, board_notes, on_another_scale, progress_answer
from components.readiness.baselines import target_line
from components.ui import registry
from components.ui.baselines import DRAW
from components.ui.baselines.leaderboard import TASK, leak_notes, run_models
from components.ui.predictions import brought_for
from components.ui.predictions import draw as draw_predictions

QUESTION = "What must we beat?"
MOST = 40
HERE, COMPARE = "What must be beaten", "Your predictions"
OTHERS = ("components.readiness.quick_check:run", "components.demo.work:create")  # which run quick models too
project = ui.project()
heading = st.container()
chosen = ui.choose_version(project.id, "baselines")
entered = ui.store().all(project.id, Baseline)
version, data_set = chosen if chosen else (None, None)
view = ui.view("baselines", [HERE, COMPARE, *(DRAW if version else ())])
if view == COMPARE:
    draw_predictions(heading, project.id, version, data_set)
    st.stop()
if view in DRAW:
    DRAW[view](heading, version, data_set)
    st.stop()
record = ui.store().get(project.id, Leaderboard, version.id) if version else None
board = record.body if record else None
jobs = [job for job in ui.store().jobs(project.id) if job.living and job.task in {TASK, *OTHERS}]
running = next((job for job in jobs if version and job.params.get("data_version", version.id) == version.id), None)

if board is None and not entered:
    why = "Whoever does not know what guessing reaches can't tell whether a model is any good."
    with heading, ui.empty(QUESTION, why, "Run the quick models." if version else "Bring data first, or add a published result."):
        if version is None:
            ui.link("data/data_sets", "To the data sets", icon=":material/arrow_forward:")
        run_models(version, data_set, running=running is not None)
        registry.add_result(project.id, entered)
    ui.watch("baselines", project.id, TASK)
    st.stop()

people = ui.people_for(ui.store().all(project.id, HumanLevelRun), project.id, data_set.id if data_set else None)
typed = typed_people(one.body for one in entered)
band, no_band = people_band(data_set.body.structured if data_set else None, board, people, typed)
metric, lower = metric_of(board, [one.body for one in entered])
line = target_line(ui.store(), project.id, metric)
table = comparison(board, [one.body for one in entered], brought_for(project.id, version))
ranked = table[table["role"] != "not comparable"]
best_name, best_value = (ranked["name"].iloc[0], ranked["value"].iloc[0]) if len(ranked) else ("", None)
with heading:
    if board and not board.finished and (running or not board.whole):
        said = "The chart fills in as models finish; you can leave this screen." if running else "Run them again for the rest."
        badge = ("running", "running") if running else None
        ui.answer(QUESTION, progress_answer(board, bool(running)), said, badge=badge, simulated=board.simulated)
    else:
        simulated = (people.simulated if people and band else "") or (board.simulated if board else "")
        ui.answer(QUESTION, baselines_answer(board, best_name, best_value, band, metric), baselines_method(board), simulated=simulated)
ui.watch("baselines", project.id, TASK)
if len(table):
    of = (table.to_json(), metric, str(band), str(line), lower)
    drawing = partial(baselines_chart, table.head(MOST), ui.palette(), metric=metric, band=band, target=line, lower=lower)
    ui.chart(drawing, of=of, alt=baselines_answer(board, best_name, best_value, band, metric), table=table, name="baselines")
with st.container(horizontal=True, vertical_alignment="center"):
    run_models(version, data_set, running=running is not None)
    registry.add_result(project.id, entered)
    st.space("stretch")
    hollow = "Hollow: not comparable, and why. " if len(ranked) < len(table) else ""
    ui.note(f"{hollow}{'Band: people’s 95 % interval. ' if band else ''}{no_band}")
if version and board:
    leak_notes(version)
left_out = f"The picture shows the first {MOST} of {words.counted(len(table), 'result')}; all stand in the table." * (len(table) > MOST)
notes = [left_out, on_another_scale(table, metric), *(board_notes(board, running is not None) if board else [])]
notes.append(people.simulated if people and band else "")
for line in filter(None, notes):
    ui.note(line)
registry.entered(project.id, entered)
