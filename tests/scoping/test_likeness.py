"""Which cards may say the same."""

from components.scoping.likeness import alike, stems


def pairs(texts, apart=()):
    return [(first, second) for first, second, _ in alike(texts, apart)]


def test_the_same_thing_in_other_words_is_found_and_another_is_not():
    texts = {
        "a": "Every paper form waits two days until somebody types its numbers",
        "b": "Forms are typed by hand, which takes two days",
        "c": "Applicants call because nobody tells them how long it takes",
        "d": "Typing the numbers of the paper forms takes days",
    }
    assert pairs(texts)[0] == ("a", "d")
    assert ("a", "c") not in pairs(texts)
    assert ("b", "c") not in pairs(texts)


def test_equal_words_are_alike_even_if_it_is_one():
    assert alike({"a": "Typos!", "b": "typo"}) == [("a", "b", 1.0)]
    assert pairs({"a": "Typos in letters", "b": "Letters are late"}) == []


def test_a_long_text_is_not_like_every_short_one():
    long = (
        "Forms use an old layout whose boxes are so narrow that people who type them for years can't read the pile that waits until Friday"
    )
    assert pairs({"a": long, "b": "Nobody counts how many forms wait on the pile"}) == []


def test_a_word_that_every_card_has_says_little():
    texts = {str(n): f"Forms typed office {word}" for n, word in enumerate(["late scan", "wrong letter", "phone queue", "broken lamp"])}
    assert pairs(texts) == []


def test_what_people_kept_apart_is_not_proposed_again():
    assert pairs({"a": "Forms wait", "b": "Forms wait long"}) == [("a", "b")]
    assert pairs({"a": "Forms wait", "b": "Forms wait long"}, [("b", "a")]) == []


def test_texts_without_words_are_no_pair():
    assert pairs({"a": "", "b": "", "c": "???", "d": "it is"}) == []
    assert stems("手書き") == {"手書き"}
