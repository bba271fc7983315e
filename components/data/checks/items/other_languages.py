"""Texts in another language."""

from components.data.checks.items.declaration import ItemMode


class OtherLanguages(ItemMode):
    """Share of the texts in another language than most are, of those long enough to tell."""

    code = "I21"
    title = "Texts in another language"
    media = "text"
    measured = "language"
    threshold = 0.01
    says = "{figure} of the texts are in another language than most; up to {threshold} passes."
    advice = "Decide together whether other languages belong to the task; if so, collect enough of each, else leave them out."
    why = "A model learns little from a few texts of a language, and people who don't read it can't label it. Identified by py3langid."
