"""The words that come with the demo are real groups: each passes the form's rules, and no word stands twice."""

from collections import Counter

from marketplace.demo.stage import Stage, rows_of
from marketplace.demo.words import load_words
from marketplace.domains.vocabulary.model import Kind, SynonymText, faults_of, keys_of, tidy
from marketplace.domains.vocabulary.repository import Wanted, list_synonyms
from search.synonyms import synonyms_of
from tests.site import TestSite

TEXTS = [tidy(SynonymText(kind=Kind(row["kind"]), words=tuple(row["words"]), finds=tuple(row.get("finds", ())))) for row in rows_of("synonyms")]


def test_each_is_a_group() -> None:
    assert len(TEXTS) >= 60
    assert [(text.title, faults_of(text)) for text in TEXTS if faults_of(text)] == []


def test_no_word_is_looked_up_twice() -> None:
    looked_up = Counter(key for text in TEXTS for key in keys_of(text.words))
    assert [key for key, times in looked_up.items() if times > 1] == []
    assert len(synonyms_of(text.group for text in TEXTS).listed) == len(looked_up)


def test_the_demo_brings_them_together_once(site: TestSite) -> None:
    for _ in range(2):
        load_words(Stage(site.site))
    assert site.system.read(list_synonyms, Wanted()).total == len(TEXTS)
    assert "机器人手臂" in site.site.vocabulary.synonyms().listed["机械臂"].finds
