"""Who sees what of a need, cell by cell: in the store, on the page, in lists, in the picture and in the index."""

from dataclasses import replace

import pytest

from marketplace.domains.needs.model import Visibility
from marketplace.domains.needs.service import publish_revision, reveal_need, revise_need, submit_need, submit_revision, withdraw_need
from marketplace.kernel.actor import GUEST, Actor
from marketplace.kernel.cards import Card, list_cards
from marketplace.kernel.errors import Forbidden, Invalid, NotFound, Refused
from marketplace.pages.network.composing import neighbourhood
from tests.factories import Make
from tests.needs.scenes import HIDDEN, NAME, SECRET, TEXT, Scene, set_scene
from tests.site import TestSite


@pytest.fixture
def scene(site: TestSite, make: Make) -> Scene:
    return set_scene(site, make)


def page(scene: Scene, id: str, actor: Actor) -> str:
    return scene.site.client(actor).get(f"/needs/{id}").text


def card(scene: Scene, id: str, actor: Actor) -> Card:
    return scene.site.acting_as(actor).read(list_cards, [("need", id)])[0]


def names_in_picture(scene: Scene, id: str, actor: Actor) -> set[str]:
    return {node.label for node in scene.site.acting_as(actor).read(neighbourhood, "need", id).nodes}


def providers(scene: Scene, actor: Actor) -> set[str]:
    found = scene.site.search("", actor, kinds=("need",), facets=("provider",))
    return {value for facet in found.facets for value, _count in facet.values}


def test_everybody_sees_all_of_an_open_need(scene: Scene) -> None:
    need = scene.need()
    for actor in (*scene.outside, *scene.inside):
        assert scene.seen(need, actor).problem == TEXT.problem
        assert all(word in page(scene, need.id, actor) for word in (*HIDDEN, NAME))
        assert scene.finds(SECRET, actor)
        assert card(scene, need.id, actor).low_fen == TEXT.budget_low_fen
        assert NAME in names_in_picture(scene, need.id, actor)


def test_a_confidential_need_shows_strangers_its_abstract_alone(scene: Scene) -> None:
    need = scene.need(Visibility.CONFIDENTIAL)
    for actor in scene.outside:
        seen, shown = scene.seen(need, actor), page(scene, need.id, actor)
        assert (seen.problem, seen.indicators, seen.skills, seen.budget_low_fen, seen.budget_high_fen) == ("", (), (), None, None)
        assert (seen.title, seen.abstract, seen.deadline, seen.enterprise_name) == (TEXT.title, TEXT.abstract, TEXT.deadline, NAME)
        assert not [word for word in HIDDEN if word in shown]
        assert TEXT.abstract in shown
        assert scene.finds("良率", actor)
        assert not [word for word in (SECRET, "针孔", "磁控溅射") if scene.finds(f'"{word}"', actor)]
        assert card(scene, need.id, actor).low_fen is None
    for actor in scene.inside:
        assert all(word in page(scene, need.id, actor) for word in HIDDEN)
        assert scene.finds(f'"{SECRET}"', actor)
        assert card(scene, need.id, actor).low_fen == TEXT.budget_low_fen


def test_an_anonymous_need_shows_strangers_all_but_the_name(scene: Scene) -> None:
    need = scene.need(Visibility.ANONYMOUS)
    for actor in scene.outside:
        seen, shown = scene.seen(need, actor), page(scene, need.id, actor)
        assert seen.problem == TEXT.problem
        assert (seen.enterprise_id, seen.enterprise_name, seen.organisation_id, seen.entered_by) == ("", "", "", "")
        assert not [word for word in (NAME, "玄铁", scene.firm.id, scene.owner.account_id) if word in shown]
        assert all(word in shown for word in HIDDEN)
        assert scene.finds(f'"{SECRET}"', actor)
        assert not scene.finds("玄铁精工", actor)
        assert not card(scene, need.id, actor).provider
        assert NAME not in names_in_picture(scene, need.id, actor)
        assert NAME not in providers(scene, actor)
    for actor in scene.inside:
        assert NAME in page(scene, need.id, actor)
        assert card(scene, need.id, actor).provider == NAME
        assert NAME in names_in_picture(scene, need.id, actor)


def test_before_review_it_is_its_owners_then_also_the_officers(scene: Scene) -> None:
    draft = scene.need(public=False)
    for actor in (*scene.outside, scene.officer):
        with pytest.raises(NotFound):
            scene.seen(draft, actor)
    sent = scene.site.acting_as(scene.owner).change(submit_need, draft.id, draft.version)
    scene.site.drain()
    assert scene.seen(sent, scene.officer).problem == TEXT.problem
    for actor in scene.outside:
        with pytest.raises(NotFound):
            scene.seen(sent, actor)
        assert not scene.finds(SECRET, actor)
        assert scene.site.client(actor).get(f"/needs/{draft.id}").status_code == 404


def test_only_the_owner_shows_the_name(scene: Scene) -> None:
    need = scene.need(Visibility.ANONYMOUS)
    for actor in (scene.officer, scene.stranger):
        with pytest.raises(Forbidden):
            scene.site.acting_as(actor).change(reveal_need, need.id, need.version)
    shown = scene.site.acting_as(scene.owner).change(reveal_need, need.id, need.version)
    scene.site.drain()
    assert NAME in page(scene, need.id, GUEST)
    assert NAME in providers(scene, GUEST)
    with pytest.raises((Forbidden, Refused)):
        scene.site.acting_as(scene.owner).change(reveal_need, need.id, shown.version)


def test_a_name_once_shown_is_not_hidden_by_a_later_version(scene: Scene) -> None:
    need = scene.need(Visibility.ANONYMOUS)
    owner = scene.site.acting_as(scene.owner)
    shown = owner.change(reveal_need, need.id, need.version)
    with pytest.raises(Invalid) as refused:
        owner.change(revise_need, need.id, shown.version, replace(TEXT, visibility=Visibility.ANONYMOUS))
    assert list(refused.value.fields) == ["visibility"]
    assert owner.change(revise_need, need.id, shown.version, replace(TEXT, visibility=Visibility.CONFIDENTIAL)).revealed_at
    assert NAME in page(scene, need.id, GUEST)


def test_a_new_version_written_before_the_name_was_shown_does_not_hide_it(scene: Scene) -> None:
    need = scene.need(Visibility.ANONYMOUS)
    owner = scene.site.acting_as(scene.owner)
    copied = owner.change(revise_need, need.id, need.version, replace(TEXT, visibility=Visibility.ANONYMOUS, title="新的题目"))
    sent = owner.change(submit_revision, need.id, copied.version)
    shown = owner.change(reveal_need, need.id, sent.version)
    published = scene.site.acting_as(scene.officer).change(publish_revision, need.id, shown.version)
    assert (published.title, published.visibility) == ("新的题目", Visibility.OPEN)
    assert NAME in page(scene, need.id, GUEST)


@pytest.mark.parametrize("visibility", [Visibility.CONFIDENTIAL, Visibility.ANONYMOUS])
def test_what_is_hidden_later_is_withheld_before_the_index_follows(scene: Scene, visibility: Visibility) -> None:
    need = scene.need()
    text = type(TEXT)(**{name: getattr(TEXT, name) for name in TEXT.__dataclass_fields__} | {"visibility": visibility})
    owner = scene.site.acting_as(scene.owner)
    copied = owner.change(revise_need, need.id, need.version, text)
    assert scene.finds(SECRET, GUEST)
    sent = owner.change(submit_revision, need.id, copied.version)
    scene.site.acting_as(scene.officer).change(publish_revision, need.id, sent.version)
    assert not scene.finds(f'"{SECRET}"', GUEST)
    assert NAME not in providers(scene, GUEST)
    scene.site.drain()
    assert scene.finds(f'"{SECRET}"', GUEST) == (visibility is Visibility.ANONYMOUS)
    assert scene.finds("良率", GUEST)
    assert (NAME in providers(scene, GUEST)) == (visibility is Visibility.CONFIDENTIAL)


def test_what_is_withdrawn_is_gone_at_once(scene: Scene) -> None:
    need = scene.need()
    scene.site.acting_as(scene.owner).change(withdraw_need, need.id, need.version)
    for actor in scene.outside:
        assert not scene.finds(SECRET, actor)
        with pytest.raises(NotFound):
            scene.seen(need, actor)
    assert scene.seen(need, scene.owner).problem == TEXT.problem
