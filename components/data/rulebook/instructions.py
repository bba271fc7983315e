"""What labellers get: the rulebook as instructions, printed from it."""

import base64
from collections.abc import Callable, Sequence
from html import escape

from components.data.rulebook.records import Shown
from components.data.rulebook.versions import Ruled

DOES = {"discard": "It is discarded.", "flag": "It is flagged.", "relabel": "It gets this label."}
Picture = Callable[[Ruled, Shown], tuple[bytes, str] | None]
STYLE = """
body{font:17px/1.5 "Source Sans 3","Source Sans","Helvetica Neue",Arial,sans-serif;color:#1B252D}
body{max-width:46rem;margin:2rem auto;padding:0 1rem}
h1,h2{font-family:"Source Serif 4","Source Serif",Georgia,serif;line-height:1.2}
h2{margin:2rem 0 .3rem}
small,.grey{color:#55606A}
section{border-top:4px solid #22616C;margin-top:1.6rem;page-break-inside:avoid}
figure{display:inline-block;margin:.4rem .8rem .4rem 0;vertical-align:top;width:9rem}
figure img{width:100%;border:1px solid #C9C2B4;border-radius:.4rem}
figcaption{font-size:.85rem}
blockquote{border-left:3px solid #C9C2B4;margin:.4rem 0;padding-left:.8rem}
"""


def living(rules: Sequence[Ruled]) -> list[Ruled]:
    """Return the rules that labellers go by: agreed and proposed ones."""
    return [rule for rule in rules if rule.body.status != "retired"]


def to_markdown(rules: Sequence[Ruled], title: str) -> str:
    """Return the instructions as Markdown."""
    lines = [f"# {_md(title)}", "", "Judge each item by yourself. When no rule decides, say that you can't tell, and why.", ""]
    for rule in living(rules):
        body = rule.body
        lines += [f"## {_md(rule.title)}", "", _md(body.definition), "", f"Then say **{_md(body.label)}**. {DOES[body.action]}", ""]
        if body.condition.clauses:
            lines += [f"A machine applies it where {_md(body.condition.sentence)}.", ""]
        for head, listed in (("So", body.examples), ("Not so", body.counter_examples)):
            if listed:
                lines += [
                    f"{head}:",
                    "",
                    *(f"- {_md(one.item or one.text)}{f' – {_md(one.why)}' if one.why else ''}" for one in listed),
                    "",
                ]
        lines += [f"{_status(rule)}", ""]
    return "\n".join(lines)


def _md(text: str) -> str:
    for sign in "\\`*_[]<>#|":
        text = text.replace(sign, "\\" + sign)
    return " ".join(text.split())


def _status(rule: Ruled) -> str:
    told = "agreed" if rule.body.holds else "proposed"
    return f"Version {rule.version}, {told}, {rule.versions[-1].at:%-d %B %Y}, content {rule.body.content}."


def to_html(rules: Sequence[Ruled], title: str, picture: Picture) -> str:
    """Return the instructions as one HTML file that opens anywhere; `picture` gives the image of an example, or nothing."""
    parts = []
    for rule in living(rules):
        body = rule.body
        machine = f"<p class=grey>A machine applies it where {escape(body.condition.sentence)}.</p>" if body.condition.clauses else ""
        shown = "".join(
            f"<h3>{head}</h3>" + "".join(_example(rule, one, picture) for one in listed)
            for head, listed in (("So", body.examples), ("Not so", body.counter_examples))
            if listed
        )
        parts.append(
            f"<section><h2>{escape(rule.title)}</h2><p>{escape(body.definition)}</p>"
            f"<p>Then say <b>{escape(body.label)}</b>. {DOES[body.action]}</p>{machine}{shown}"
            f"<p><small>{escape(_status(rule))}</small></p></section>"
        )
    head = "<p>Judge each item by yourself. When no rule decides, say that you can't tell, and why.</p>"
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body><h1>{escape(title)}</h1>{head}{''.join(parts)}</body></html>"
    )


def _example(rule: Ruled, one: Shown, picture: Picture) -> str:
    why = f"<figcaption>{escape(one.why or one.item)}</figcaption>"
    found = picture(rule, one) if one.item else None
    if found is not None:
        content, kind = found
        data = f"data:{kind};base64,{base64.b64encode(content).decode()}"
        if kind.startswith("audio/"):
            return f'<figure><audio controls src="{data}"></audio>{why}</figure>'
        return f'<figure><img alt="{escape(one.item, quote=True)}" src="{data}">{why}</figure>'
    return f"<blockquote>{escape(one.text or one.item)}{f'<br><small>{escape(one.why)}</small>' if one.why else ''}</blockquote>"
