"""The help screen: all, one word, what was searched for, nothing."""

from tests.pages.conftest import Screens


def opened(installation, **query):
    screens = Screens()
    for name, value in query.items():
        screens.app.query_params[name] = value
    screens.open("project/help")
    return screens


def shown(screens):
    return "".join(one.proto.body for one in screens.app.get("html"))


def test_the_words_stand_there_without_a_project(installation):
    screens = opened(installation)
    assert "what each is, how it is computed" in screens.answer
    assert "Krippendorff&#x27;s α" in shown(screens)


def test_an_address_leads_to_one_word(installation):
    screens = opened(installation, about="mcnemar")
    assert screens.answer == "McNemar's test"
    assert "exactly one of them is right" in shown(screens)
    assert "Holm" not in shown(screens)


def test_a_search_looks_in_all_kinds_and_says_what_it_found(installation):
    screens = opened(installation)
    screens.app.text_input(key="help.text.").set_value("stale").run()
    assert screens.answer.endswith("of “stale”.")
    assert "Stale features" in shown(screens)
    screens.app.text_input(key="help.text.").set_value("**<b>nothing").run()
    assert screens.answer == "Nothing here speaks of “**<b>nothing”."
