"""Looking at data: its first rows, and the balance of its labels."""

import pandas as pd
import pyarrow.parquet as pq
import streamlit as st

from components.data import description
from components.project.tables import read_table
from components.ui import resources

FIRST = 200


@st.cache_data(max_entries=32, show_spinner=False)
def first_rows(sha: str) -> pd.DataFrame:
    """Return the first rows of a kept table, however many it has."""
    with pq.ParquetFile(resources.files().path(sha)) as opened:
        batch = next(opened.iter_batches(FIRST), None)
    frame: pd.DataFrame = batch.to_pandas() if batch is not None else pd.DataFrame()
    return frame


@st.cache_data(max_entries=64, show_spinner=False)
def label_balance(sha: str, label: str) -> pd.DataFrame:
    """Return how many rows of a kept table each label has."""
    return description.balance(read_table(resources.files(), sha, [label]), label)
