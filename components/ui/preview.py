"""The report in the page: its body, in a box that scrolls."""

import re
from html import unescape

import streamlit as st

from components.ui.patterns import card

BODY = re.compile(r"<body>(.*)</body>", re.DOTALL)
PICTURE = re.compile(r"<svg.*?</svg>", re.DOTALL)
TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
FIGURE = re.compile(r"<figure.*?</figure>", re.DOTALL)
OF_THE_FILE = re.compile(r"<nav.*?</nav>|<footer.*?</footer>|<label.*?</label>|</?main>|<a class=\"up\".*?</a>", re.DOTALL)
"""What leads through the file, and folds its tables."""


def preview(report: str) -> None:
    """Draw a report that this server made. Streamlit strips inline SVG from HTML, so each picture is drawn as an image."""
    found = BODY.search(report)
    body = OF_THE_FILE.sub("", found.group(1) if found else "")
    pictures = [picture.group(0) for picture in PICTURE.finditer(body)]
    with card("preview"), st.container(height=900, border=False, key="preview"):
        for number, text in enumerate(FIGURE.split(body)):
            if text.strip():
                st.html(text)
            if number < len(pictures):
                told = TITLE.search(pictures[number])
                st.image(pictures[number], width="stretch", alt=unescape(told.group(1)) if told else "A chart of the report")
