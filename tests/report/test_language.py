"""Reports in French: no message without a translation, no sentence of ours left in English, machines untouched."""

import re
import string
from pathlib import Path

import click
import msgspec
import pytest

from scanner.cli.options import LANGUAGES
from scanner.pipeline import scan
from scanner.report import FOR_PEOPLE, FORMATS, catalogue, render
from scanner.report.language import catalogue as language
from scanner.report.sentences import Sentences
from tests.locale import PACKAGE, messages
from tests.report import sample
from tests.report.document import Document

FRENCH = [lang for lang in catalogue.languages() if lang != "en"]
PLACE = re.compile(r"%\((\w+)\)s|\{(\w+)\}")


@pytest.fixture(scope="module")
def demo():
    return scan(["fixtures/demo"], offline=True)


@pytest.fixture(scope="module")
def fr():
    return language("fr")


def entries(lang):
    return {(item.context, item.one): item for item in catalogue.read(lang).messages}


def test_the_command_offers_the_languages_that_there_are():
    assert list(LANGUAGES) == catalogue.languages()


@pytest.mark.parametrize("lang", FRENCH)
def test_every_message_is_translated_and_no_translation_is_left_over(lang):
    known = {key: item.many for key, item in entries(lang).items() if key[0] != "outside"}
    assert known == {(item.context, item.one): item.many for item in messages()}


@pytest.mark.parametrize("lang", FRENCH)
def test_a_translation_has_the_places_of_its_message(lang):
    for item in entries(lang).values():
        places = set(PLACE.findall(item.one)) | set(PLACE.findall(item.many))
        for form in item.forms:
            assert set(PLACE.findall(form)) == places or (item.many and set(PLACE.findall(form)) <= places), item.one
        assert len(item.forms) == (2 if item.many else 1)


@pytest.mark.parametrize("lang", FRENCH)
def test_what_outside_modules_say_is_still_said_there(lang):
    """Gaps and registries are recognised by their words, which stand in the modules that note them."""
    code = "".join(path.read_text("utf-8") for path in PACKAGE.rglob("*.py"))
    for item in entries(lang).values():
        if item.context == "outside":
            pieces = re.split(r"\{\w+\}|packages? ?| (?:dependency is|it needs) ", item.one)
            assert max(pieces, key=len).strip(": ()") in code, item.one


def test_french_puts_no_plain_space_before_its_tall_punctuation():
    for item in entries("fr").values():
        for form in item.forms:
            assert not re.search(r" [;!?»]|« | :", form), form


def sentences():
    """Every sentence of a scan, whole, with a word in each place."""
    for item in messages():
        if item.context == "sentence" and any(char.isalpha() for char in item.one):
            for text in filter(None, (item.one, item.many)):
                places = [name for _, name, _, _ in string.Formatter().parse(text) if name]
                yield text.format(**{name: "3" if name == "count" else f"x{name}x" for name in places})


@pytest.mark.parametrize("text", list(sentences()))
def test_every_sentence_is_recognised(fr, text):
    said = fr.said(text)
    assert said != text or "fork" in text or text.startswith("+")
    assert [word for word in re.findall(r"x\w+x", text) if word not in said] == []


def test_sentences_are_recognised_one_after_the_other(fr):
    text = "Licence BUSL-1.1 is not open: nobody else may carry on; last release 2020-01-02, over 36 months ago."
    assert fr.said(text) == (
        "La licence BUSL-1.1 n’est pas libre\u00a0: personne d’autre n’a le droit de continuer\u202f; "
        "dernière version publiée le 2020-01-02, il y a plus de 36 mois."
    )


def test_a_value_that_is_a_message_is_translated_too(fr):
    text = "Cannot be told without knowing who controls it and whether it is maintained."
    assert fr.said(text) == "Verdict impossible sans savoir qui décide et si elle est maintenue."


def test_the_words_of_others_stay_as_they_are(fr):
    for text in ("Our own reason; with two halves. And more.", "", ";", "{name}", "%(x)s", "(.*)"):
        assert fr.said(text) == text


def test_the_reason_of_a_rule_stays_between_sentences_of_ours(fr):
    text = "One account can publish. We want two. The exception of ops (soon) expired on 2026-01-02."
    assert fr.said(text) == (
        "Un seul compte peut publier. We want two. La dérogation de ops (soon) a expiré le 2026-01-02."
    )


def test_one_and_many_follow_the_rule_of_the_language(fr):
    assert fr.count("{count} file", "{count} files", 0) == "0 fichier"
    assert fr.count("{count} file", "{count} files", 1_234) == "1\u202f234 fichiers"
    assert language("en").count("{count} file", "{count} files", 0) == "0 files"


def test_an_endless_text_is_not_searched():
    assert Sentences(catalogue.read("fr"))("; ".join(["one account can publish"] * 9_999)).startswith("one account")


@pytest.mark.parametrize("format", FORMATS)
def test_only_the_reports_for_people_change_their_language(demo, format):
    english, french = render(demo, format), render(demo, format, "fr")
    assert (english == french) is (format not in FOR_PEOPLE)


def left(said, fr_words):
    """Messages of ours that a French report still has in English, told by runs of at least three words."""
    found = []
    for item in messages():
        for text in filter(None, (item.one, item.many)):
            pieces = [piece.strip(" .,;:()") for piece in PLACE.split(text) if piece]
            longest = max(pieces, key=len)
            if len(longest.split()) >= 3 and longest.lower() in said.lower() and longest not in fr_words:
                found.append(longest)
    return found


@pytest.mark.parametrize("format", FOR_PEOPLE)
@pytest.mark.parametrize("made", ["scanned", "by hand"])
def test_a_french_report_has_no_sentence_of_ours_in_english(demo, format, made):
    whole = demo if made == "scanned" else sample.demo()
    text = render(whole, format, "fr")
    if format == "html":
        text = Document(re.sub(r"<script id|<script type=\"application/json\" id=\"data\".*?</script>", "", text)).text
    own = " ".join(technology.exit.how for technology in whole.technologies)
    assert left(click.unstyle(text).replace("\n", " "), own) == []


def test_the_page_says_its_language_and_that_of_the_records(demo):
    page = Document(render(demo, "html", "fr"))
    assert page.all("html") == [{"lang": "fr"}]
    assert {"lang": "en"} in page.all("span")
    assert {"lang": "en"} not in Document(render(demo, "html")).all("span")


def test_a_saved_report_is_said_in_french_as_a_fresh_one(demo):
    from scanner.report.json import parse

    again = parse("saved.json", msgspec.json.encode(demo))
    assert render(again, "text", "fr") == render(demo, "text", "fr")


def test_catalogues_are_text_in_the_package():
    assert [path.suffix for path in Path(catalogue.LOCALE).rglob("*") if path.is_file()] == [".po"] * len(FRENCH)
