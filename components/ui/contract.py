"""The team's rules as a data contract: taken along to other tools, and brought in from one."""

import streamlit as st

from components import words
from components.data.contract import EXPORTS, from_odcs, to_odcs
from components.data.records import Expectation
from components.data.rulebook.records import Rule
from components.errors import BadInput
from components.project.data_sets import DataSet, DataVersion
from components.project.records import Record
from components.ui import resources, state
from components.ui.patterns import bad_input, note
from components.ui.session import escape, person

KEY = "checks.contract"


def exchange(data_set: Record[DataSet], version: Record[DataVersion]) -> bool:
    """Draw a popover with the rules as files, and a drop zone for a contract; returns whether rules came in."""
    project_id = data_set.project_id
    rules = [one.body for one in resources.store().all(project_id, Expectation) if one.body.data_set == data_set.id]
    with st.popover("Contract", key=KEY, icon=":material/contract:", width="content"):
        st.markdown(f"**{words.counted(len(rules), 'rule')} as a data contract**")
        name, slug = data_set.body.name, words.slug(data_set.body.name)
        words_only = [one.body for one in _rulebook(data_set)]
        text = to_odcs(rules, name=name, table=slug, columns=list(version.body.columns), contract_id=data_set.id, prose=words_only)
        if words_only:
            note(f"ODCS also holds {words.counted(len(words_only), 'rule')} of the rulebook, in words.")
        with st.container(horizontal=True):
            _file("ODCS 3", text, f"{slug}.odcs.yaml")
            written = {tool: write(rules, slug) for tool, (write, _) in EXPORTS.items()}
            for tool, (_, file) in EXPORTS.items():
                _file(tool, written[tool][0], f"{slug}-{file}")
        for tool, (_, lost) in written.items():
            if lost:
                with st.expander(f"{tool}: {words.counted(len(lost), 'rule')} not or not wholly expressed"):
                    st.markdown("\n".join(f"- :small[{escape(line)}]" for line in lost))
        return _bring(data_set)


def _rulebook(data_set: Record[DataSet]) -> list[Record[Rule]]:
    every = resources.store().all(data_set.project_id, Rule)
    return [one for one in every if one.body.data_set == data_set.id and one.body.status != "retired"]


def _file(tool: str, text: str, file: str) -> None:
    st.download_button(tool, text.encode(), file_name=file, icon=":material/download:", on_click="ignore", key=f"{KEY}.{tool}")


def _bring(data_set: Record[DataSet]) -> bool:
    """Draw the drop zone for a contract of ODCS 3; rules that are here already take what the contract says."""
    generation = state.value(f"{KEY}.generation", 0)
    given = st.file_uploader("Bring rules from a contract (ODCS 3)", type=["yaml", "yml"], key=f"{KEY}.upload.{generation}")
    for line in state.value(f"{KEY}.unread", ()):
        note(f"Not understood: {line}")
    if given is None:
        return False
    try:
        contract = from_odcs(given.getvalue().decode("utf-8"))
    except UnicodeDecodeError:
        bad_input(BadInput("The contract isn't UTF-8.", "Save it as UTF-8."), key=f"{KEY}.problem")
        return False
    except BadInput as error:
        bad_input(error, key=f"{KEY}.problem")
        return False
    for rule in contract.rules:
        body = rule.model_copy(update={"data_set": data_set.id})
        resources.store().put(data_set.project_id, body, person=person().id, id=body.id)
    there = {one.body.content for one in _rulebook(data_set)}
    written = [rule.model_copy(update={"data_set": data_set.id}) for rule in contract.prose if rule.content not in there]
    for rule_in_words in written:
        resources.store().save(data_set.project_id, rule_in_words, person=person().id)
    state.remember(f"{KEY}.generation", generation + 1)
    state.remember(f"{KEY}.unread", contract.unread)
    proposed = f"; {words.counted(len(written), 'rule')} in words proposed in the rulebook" if written else ""
    state.say(f"{words.counted(len(contract.rules), 'rule')} came in{proposed}.")
    return bool(contract.rules)
