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
