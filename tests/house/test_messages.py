"""Every word of the interface is there in both languages."""

from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import write_po

from marketplace.domains.achievements import model as achievement
from marketplace.domains.listings import model as listing
from marketplace.domains.patents import model as patent
from tests.house.messages import all_messages, complaints, read_catalogue, read_words, renewed
from tests.house.rules.catalogue import Msgid, compiled_differs, extracted, faults, strange_words
from tests.house.rules.source import Source, everywhere, template_sources
from tests.house.rules.templates import bare_english, inline_code


def catalogue_of(**strings: str) -> Catalog:
    catalogue = Catalog(locale="zh_CN", fuzzy=False)
    for msgid, string in strings.items():
        catalogue.add(msgid, string)
    return catalogue


def packed(catalogue: Catalog) -> tuple[bytes, bytes]:
    po, mo = BytesIO(), BytesIO()
    write_po(po, catalogue)
    write_mo(mo, catalogue)
    return po.getvalue(), mo.getvalue()


def test_every_message_is_translated_and_compiled() -> None:
    assert complaints() == []


def test_one_thing_has_one_name() -> None:
    assert strange_words(read_catalogue()) == []


@pytest.mark.parametrize(
    ("said", "zh"),
    [
        (listing.STATUS_LABELS[listing.Status.EXPIRED], "已到期"), (patent.LEGAL_LABELS[patent.LegalStatus.EXPIRED], "届满"),
        (achievement.STATUS_LABELS[achievement.Status.PUBLISHED], "已公开"), ("Becomes public", "对外公开"), ("Name", "名称"), ("Full name", "姓名"),
        ("Where", "用在哪里"), ("Held at", "所在单位"),
    ],
)  # fmt: skip
def test_what_means_two_things_is_two_messages(said: str, zh: str) -> None:
    message = read_catalogue().get(said)
    assert message is not None
    assert message.string == zh


def test_control_another_name_is_seen() -> None:
    said = {"Question": "咨询内容", "Technical consulting": "技术咨询", "Need": "需求"}
    assert strange_words(catalogue_of(**said)) == ["咨询: 'Question'", "需求: 'Need'"]


def test_something_is_extracted() -> None:
    assert len(all_messages()) > 100


def test_no_template_speaks_english_only() -> None:
    assert everywhere(bare_english, template_sources()) == []


def test_no_template_breaks_its_own_content_policy() -> None:
    assert everywhere(inline_code, [one for one in template_sources() if one.path.endswith(".html")]) == []


def test_all_ways_to_mark_a_message_are_extracted() -> None:
    python = "_('a')\n_l('b')\nlabel('c')\n_n('%(num)d d', '%(num)d ds', n)"
    template = "{{ _('e') }}{% if x %}{{ _n('%(num)d f', '%(num)d fs', n) }}{% endif %}{% trans %}g{% endtrans %}"
    assert extracted(python, ".py") == ["a", "b", "c", ("%(num)d d", "%(num)d ds")]
    assert extracted(template, ".html") == ["e", ("%(num)d f", "%(num)d fs"), "g"]


def test_translations_are_kept_filled_changed_and_dropped(tmp_path: Path) -> None:
    words = tmp_path / "words.tsv"
    words.write_text("worse\t更好\nnew\t新的\nline\\nbreak\t换\\n行\n", encoding="utf-8")
    old = catalogue_of(kept="保留", worse="更坏", gone="没有了")

    new = renewed(old, ["kept", "worse", "new", "line\nbreak", "waiting"], read_words([str(words)]))

    assert {one.id: one.string for one in new if one.id} == {"kept": "保留", "worse": "更好", "new": "新的", "line\nbreak": "换\n行", "waiting": ""}


@pytest.mark.parametrize(
    ("msgid", "string", "flags", "fault"),
    [
        ("Saved.", "", [], "untranslated"),
        ("Saved.", "已保存。", ["fuzzy"], "fuzzy"),
        ("%(n)s waits", "等待", [], "lost placeholder"),
        ("%(n)s waits", "%(m)s等待%(n)s", [], "unknown placeholder"),
        (("%(num)d need", "%(num)d needs"), ("",), [], "untranslated"),
    ],
)
def test_control_a_faulty_translation_is_seen(msgid: Msgid, string: str, flags: list[str], fault: str) -> None:
    catalogue = Catalog(locale="zh_CN", fuzzy=False)
    catalogue.add(msgid, string, flags=flags)
    assert faults(catalogue, [msgid]) == [f"{fault}: {msgid!r}"]


def test_control_a_missing_message_is_seen() -> None:
    assert faults(catalogue_of(Saved="已保存"), ["Saved", "Sent"]) == ["untranslated: 'Sent'"]


def test_control_a_stale_compilation_is_seen() -> None:
    po, mo = packed(catalogue_of(Saved="已保存"))
    later, _ = packed(catalogue_of(Saved="保存好了"))
    assert not compiled_differs(po, mo)
    assert compiled_differs(later, mo)


@pytest.mark.parametrize(
    "text", ["<h1>Results</h1>", '<img alt="A studio at work">', "{% if x %}Saved{% endif %}", "{% block title %}Saved{% endblock %}"]
)
def test_control_bare_english_is_seen(text: str) -> None:
    assert bare_english(Source("list.html", text))


def test_what_is_translated_is_not_bare() -> None:
    assert bare_english(Source("list.html", "{% block body_class %}full{% endblock %}{% block title %}成果{% endblock %}")) == []
    assert bare_english(Source("list.html", "<h1 class='big'>{{ _('Results') }}</h1>{% trans %}All of them{% endtrans %}")) == []


@pytest.mark.parametrize("text", ['<p style="color:red">', '<a onclick="go()">', '<a href="javascript:go()">'])
def test_control_inline_code_is_seen(text: str) -> None:
    assert inline_code(Source("list.html", text))
