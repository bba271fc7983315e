"""Forms made from the declaration of a record, and what happens when two people save the same one."""

import types
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Annotated, Any, Literal, Protocol, TypeVar, Union, get_args, get_origin

import streamlit as st
from pydantic import ValidationError
from pydantic.fields import FieldInfo

from components.errors import BadInput
from components.project.merging import merged
from components.project.records import Body, Record
from components.project.store import Conflict
from components.ui import resources, state
from components.ui.patterns import bad_input, card
from components.ui.session import escape, person

B = TypeVar("B", bound=Body)
LONG_TEXT = 400


class _Saves(Protocol):
    def __call__(self, body: Body, read: int) -> Record[Any]: ...


def editor(
    body_type: type[B],
    key: str,
    *,
    project_id: str,
    record: Record[B] | None = None,
    id: str | None = None,
    fields: Sequence[str] | None = None,
    more: Sequence[str] = (),
    fixed: dict[str, Any] | None = None,
    start: Mapping[str, Any] | None = None,
    choices: Mapping[str, Mapping[str, str]] | None = None,
    check: Callable[[B], None] | None = None,
    submit: str = "Save",
    columns: int = 1,
    cancel: bool = False,
    primary: bool = False,
) -> Record[B] | None:
    """Draw a form for a new or a saved record, save it, and return the saved record once.

    The form keeps what was read when it was opened: somebody else's save neither changes a half-filled form nor is
    overwritten by it. Where two people changed different fields, both changes are kept; where they contradict each other, both
    texts are shown, and the person decides. What can't be accepted stays in the form.

    Parameters
    ----------
    fields : sequence of str, optional
        The fields to ask for, in this order; all by default.
    more : sequence of str, optional
        Further fields, folded beneath those.
    fixed : dict, optional
        Values that the form does not ask for.
    start : mapping, optional
        What stands in the form of a new record at first.
    choices : mapping, optional
        By field: what can be chosen, and how it is called. Names of people can be typed as well.
    check : callable, optional
        Raises BadInput for a record that can't be saved as it is.
    """
    draft = state.draft(key)
    if not draft.initial:
        draft.read = record.version if record else 0
        draft.initial = record.body.model_dump() if record else {"": None, **(start or {})}
    record_id = record.id if record else id

    def save(body: Any, read: int) -> Record[Any]:
        if check:
            check(body)
        return resources.store().save(project_id, body, person=person().id, id=record_id, read=read)

    if draft.mine is not None and draft.theirs is not None:
        return _settle(body_type, key, draft, save)
    names = list(fields or [name for name in body_type.model_fields if name != "schema_version" and name not in (fixed or {})])
    with st.form(f"{key}.form{draft.generation}", border=False, enter_to_submit=len(names) < 3):
        values = _inputs(body_type, names, f"{key}.{draft.generation}", draft.initial, columns, choices or {})
        if more:
            filled = sum(bool(draft.initial.get(name)) for name in more)
            with st.expander(f"More ({filled} of {len(more)} filled)" if filled else "More", expanded=bool(draft.problems)):
                values |= _inputs(body_type, more, f"{key}.{draft.generation}", draft.initial, columns, choices or {})
        for problem in draft.problems:
            st.markdown(f":red[:material/error:] {escape(problem)}")
        with st.container(horizontal=True):
            asked = st.form_submit_button(submit, type="primary" if primary else "secondary", key=f"{key}.{draft.generation}.save")
            if cancel:
                st.form_submit_button("Cancel", type="tertiary", key=f"{key}.{draft.generation}.cancel", on_click=close, args=(key,))
    return _submit(body_type, key, draft, {**(fixed or {}), **values}, save) if asked else None


def close(key: str) -> None:
    """Leave a form: forget its draft and close its card."""
    state.drop_draft(key)
    state.edit(key, on=False)


def _submit(body_type: type[B], key: str, draft: state.Draft, values: dict[str, Any], save: _Saves) -> Record[B] | None:
    kept = {name: value for name, value in draft.initial.items() if name}
    try:
        saved = save_merged(body_type(**{**kept, **values}), kept, draft, save)
    except ValidationError as error:
        draft.problems = [sentence(body_type, one) for one in error.errors()]
        st.rerun()
    except BadInput as error:
        bad_input(error, key=f"{key}.problem")
        return None
    if saved is None:
        st.rerun()
    close(key)
    return saved


def save_merged(mine: B, base: dict[str, Any], draft: state.Draft, save: _Saves) -> Record[B] | None:
    """Save; where somebody saved other fields in between, keep theirs too; where they contradict mine, ask, and return nothing."""
    read = draft.read
    while True:
        try:
            return save(mine, read)
        except Conflict as conflict:
            if conflict.theirs is None:
                draft.read = 0
                draft.problems = ["Somebody deleted this while you were editing it. What you typed is still here: save again to keep it."]
                return None
            theirs = conflict.theirs
            mine, contested = merged(base, mine, theirs.body)
            if contested:
                draft.mine, draft.theirs, draft.contested = mine, theirs, contested
                return None
            read, base = theirs.version, theirs.body.model_dump()


def _settle(body_type: type[B], key: str, draft: state.Draft, save: _Saves) -> Record[B] | None:
    """Show both texts and let the person keep one or merge them."""
    mine, theirs = draft.mine, draft.theirs
    assert mine is not None
    assert theirs is not None
    author = resources.store().person(theirs.updated_by)
    name = author.name if author else "Somebody else"
    told = "Both texts are kept until you decide."
    with card(f"conflict.{key}"):
        st.markdown(f":red[:material/call_merge:] **{escape(name)} changed this while you were editing it.** {told}")
        left, right = st.columns(2, gap="large")
        left.markdown(":gray[Yours]")
        right.markdown(f":gray[{escape(name)}'s, {theirs.updated_at:%H:%M}]")
        for field in draft.contested:
            title = escape(title_of(field, body_type.model_fields[field]))
            left.markdown(f"{title}: **{escape(str(getattr(mine, field)))}**")
            right.markdown(f"{title}: **{escape(str(getattr(theirs.body, field)))}**")
        with st.container(horizontal=True):
            keep_mine = st.button("Keep mine", key=f"{key}.keep_mine")
            keep_theirs = st.button(escape(f"Keep {name}'s"), key=f"{key}.keep_theirs")
            merge = st.button("Merge by hand", key=f"{key}.merge")
    if keep_theirs:
        close(key)
        st.rerun()
    if merge or keep_mine:
        draft.initial, draft.read = mine.model_dump(), theirs.version
        draft.problems = [f"{name} wrote: {getattr(theirs.body, field)}" for field in draft.contested] if merge else []
        draft.mine = draft.theirs = None
        draft.generation += 1
    if merge:
        st.rerun()
    return _submit(body_type, key, draft, {}, save) if keep_mine else None


def _inputs(
    body_type: type[Body], names: Sequence[str], key: str, initial: dict[str, Any], columns: int, choices: Mapping[str, Mapping[str, str]]
) -> dict[str, Any]:
    values: dict[str, Any] = {}
    places = st.columns(columns) if columns > 1 else None
    for number, name in enumerate(names):
        info = body_type.model_fields[name]
        start = initial.get(name, None if info.is_required() else info.get_default(call_default_factory=True))
        place = places[number % columns] if places else st.container()
        with place:
            values[name] = field_input(name, info, start, f"{key}.{name}", choices.get(name))
    return values


def field_input(name: str, info: FieldInfo, start: Any, key: str, choices: Mapping[str, str] | None = None) -> Any:
    """Draw the widget that fits the type of a field and return its value."""
    kind, optional = _kind(info.annotation)
    title, hint = title_of(name, info), info.description
    if choices is not None or get_origin(kind) is list:
        return _chosen(title, hint, start, key, choices, many=get_origin(kind) is list)
    if kind is bool and not optional:
        return st.checkbox(title, value=bool(start), key=key, help=hint)
    options = _options(kind, info)
    if options:
        words = _words(info)
        index = options.index(start) if start in options else None if optional else 0
        return st.selectbox(
            title, options, index=index, format_func=lambda one: words.get(str(one), str(one)), key=key, help=hint, placeholder="not said"
        )
    if kind in {int, float}:
        step = 1 if kind is int else None
        number = st.number_input(
            title, value=None if start is None else kind(start), step=step, key=key, help=hint, placeholder="not known"
        )
        return number
    if kind is date:
        return st.date_input(title, value=start, key=key, help=hint)
    most = next((m.max_length for m in info.metadata if hasattr(m, "max_length")), None)
    if most is None or most > LONG_TEXT:
        text = st.text_area(title, value=start or "", key=key, help=hint, max_chars=most, height=96)
    else:
        text = st.text_input(title, value=start or "", key=key, help=hint, max_chars=most)
    return (text or None) if optional else text


def _chosen(title: str, hint: str | None, start: Any, key: str, choices: Mapping[str, str] | None, *, many: bool) -> Any:
    """Draw a choice of one or of several, which takes new ones where choices are called what they are; without choices, lines of text."""
    if choices is None:
        text = st.text_area(title, value="\n".join(start or ()), key=key, help=hint, height=96)
        return [one for one in text.split("\n") if one.strip()]
    called = {"": "–", **choices}
    chosen = list(start or ()) if many else [start or ""]
    offered = list(dict.fromkeys([*([] if many else [""]), *choices, *chosen]))
    if not many:
        return st.selectbox(title, offered, offered.index(chosen[0]), lambda one: called.get(one, one), key=key, help=hint)
    free = all(value == word for value, word in choices.items())
    return st.multiselect(title, offered, chosen, lambda one: called.get(one, one), key=key, help=hint, accept_new_options=free)


def _options(kind: Any, info: FieldInfo) -> list[Any]:
    """Return what can be chosen, where a field is a choice."""
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    declared: Any = extra.get("options", [])
    if get_origin(kind) is Literal:
        return list(get_args(kind))
    return [True, False] if kind is bool else list(declared)


def _words(info: FieldInfo) -> dict[str, str]:
    """Return how the options of a field are called on the screen, where its declaration says so under `words`."""
    extra = info.json_schema_extra if isinstance(info.json_schema_extra, dict) else {}
    words: Any = extra.get("words", {})
    return {"True": "yes", "False": "no", **words}


def word_for(body_type: type[Body], field: str, value: Any) -> str:
    """Return how an option of a field is called on the screen."""
    return _words(body_type.model_fields[field]).get(str(value), str(value))


def _kind(annotation: Any) -> tuple[Any, bool]:
    """Return the type without None, and whether None is allowed."""
    if get_origin(annotation) in {Union, types.UnionType}:
        others = [part for part in get_args(annotation) if part is not type(None)]
        return _kind(others[0])[0], len(others) < len(get_args(annotation))
    if get_origin(annotation) is Annotated:
        return get_args(annotation)[0], False
    return annotation, False


def title_of(name: str, info: FieldInfo) -> str:
    """Return what a field is called on the screen."""
    return info.title or name.replace("_", " ").capitalize()


def sentence(body_type: type[Body], error: Any) -> str:
    """Return a validation error as a sentence that names the field as the screen does."""
    place = error["loc"][0] if error["loc"] else None
    message = str(error["msg"]).removeprefix("Value error, ")
    if place in body_type.model_fields:
        title = title_of(str(place), body_type.model_fields[str(place)])
        if error["type"] == "string_too_short" or error["input"] is None:
            return f"{title} is missing: fill it in."
        return f"{title}: {message[:1].lower()}{message[1:]}."
    return f"{message}."
