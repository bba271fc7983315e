"""Words that name a solution where a problem is asked for."""

import re

AI_WORDS = re.compile(
    r"\b(AI|A\.I\.|ML|machine[- ]learning|deep[- ]learning|artificial intelligence|neural (?:net(?:work)?s?)|LLMs?|GPT\S*|"
    r"(?:large )?language models?|chat ?bots?|transformers?|classifiers?|embeddings?|predictive models?|"
    r"train(?:ed)? (?:a |the )?models?|algorithms?)\b",
    re.IGNORECASE,
)


def ai_words(text: str) -> list[str]:
    """Return the words of AI in a text, each once, in order.

    >>> ai_words("We need an AI classifier for parcels, an AI!"), ai_words("Parcels arrive late; they remain in the mail")
    (['AI', 'classifier'], [])
    """
    found: dict[str, str] = {}
    for match in AI_WORDS.finditer(text):
        found.setdefault(match.group(0).lower(), match.group(0))
    return list(found.values())


HINTS = (
    (r"chat ?bots?", "Which question do people wait for, and how long until somebody answers it?"),
    (r"classifiers?", "What has to be told apart, and what goes wrong when it isn't?"),
    (r"LLM|GPT|language models?|transformers?", "Which text is slow to read or to write, and for whom?"),
    (r"predictive|train", "What would you like to know earlier, and what would you do then?"),
    (r"embeddings?", "What do people look for and not find?"),
    (r"algorithms?", "Which decision is slow, costly or often wrong today?"),
)
WHAT_HURTS = "What hurts today, whom, and how often?"


def ai_hint(text: str) -> str:
    """Return a question that leads from a solution back to the problem behind it; nothing where a text names no AI.

    >>> ai_hint("A chatbot for the hotline").split(": ")[0]
    '“chatbot” is already a solution, and it may well be right. The problem behind it'
    >>> ai_hint("The hotline is always busy")
    ''
    """
    found = ai_words(text)
    if not found:
        return ""
    asked = next((question for pattern, question in HINTS if any(re.search(pattern, word, re.IGNORECASE) for word in found)), WHAT_HURTS)
    named = "”, “".join(found)
    many = ("are already solutions, and they", "them") if len(found) > 1 else ("is already a solution, and it", "it")
    return f"“{named}” {many[0]} may well be right. The problem behind {many[1]}: {asked}"
