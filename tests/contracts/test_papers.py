"""The paper of a contract: every clause can be copied from it, and whoever holds it can tell whether it was changed."""

from dataclasses import replace
from hashlib import sha256
from io import BytesIO

import pytest
from pypdf import PdfReader

from frontend.check_vendored import faults
from graph.records import value
from marketplace.config import PACKAGE
from marketplace.domains.contracts.service import digest_of
from marketplace.kernel.errors import Refused, Stale
from marketplace.kernel.files import FileStore
from marketplace.kernel.yuan_words import yuan_words
from marketplace.processes.contract_papers.model import Paperwork
from marketplace.processes.contract_papers.repository import gather
from marketplace.processes.contract_papers.service import fix_paper, print_paper
from tests.contracts.scenes import TEXT, Deal, agree
from tests.factories import Make
from tests.graph.crowd import rush
from tests.site import TestSite

PAPERS = "MATCH (f:StoredFile)-[:PAPER_OF]->(:Contract {id: $id}) RETURN count(f) AS papers"
CLAUSES = ("title", "scope", "delivery", "confidentiality", "ownership", "acceptance", "definitions")


def words_in(content: bytes) -> str:
    """As a reader would copy it, without the ends of lines."""
    return "".join("".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages).split())


@pytest.fixture
def deal(site: TestSite, make: Make) -> Deal:
    return agree(site, make)


def test_every_clause_can_be_copied_from_the_paper_that_both_signed(site: TestSite, deal: Deal) -> None:
    bound = deal.says(deal.buyer, deal.says(deal.seller, deal.contract), deal.press)
    content = site.client(deal.buyer).get(f"/contracts/{bound.id}/paper").data
    assert sha256(content).hexdigest() == bound.paper_digest
    words = words_in(content)
    for name in CLAUSES:
        assert "".join(getattr(TEXT, name).split()) in words, name
    for said in ("人民币贰拾捌万陆仟元整", "85,800.00", "114,400", deal.studio.name, deal.firm.name, bound.text_digest, bound.number):
        assert said.replace(".00", "") in words, said
    assert "草稿" not in words
    assert "（此条未写）" not in words
    assert f"https://market.example/contracts/check/{bound.check_code}" in words


def test_the_font_is_embedded_as_a_subset(site: TestSite, deal: Deal) -> None:
    content = site.client(deal.buyer).get(f"/contracts/{deal.contract.id}/paper").data
    fonts = PdfReader(BytesIO(content)).pages[0]["/Resources"]["/Font"]  # type: ignore[index]
    names = {str(font.get_object()["/BaseFont"]) for font in fonts.values()}
    assert all(name.split("+")[0].strip("/").isupper() and "NotoSansSC" in name for name in names)
    assert len(content) < 200_000


def test_a_draft_says_that_it_is_one_and_what_is_missing(site: TestSite, make: Make) -> None:
    deal = agree(site, make, replace(TEXT, acceptance=""))
    words = words_in(site.client(deal.seller).get(f"/contracts/{deal.contract.id}/paper").data)
    assert words.count("（此条未写）") == 1
    assert "验收标准和方法（此条未写）" in words
    assert "草" in words
    assert "/contracts/check/" not in words


def test_whoever_holds_the_paper_learns_whether_it_was_changed_and_nothing_of_the_terms(site: TestSite, deal: Deal) -> None:
    bound = deal.says(deal.buyer, deal.says(deal.seller, deal.contract), deal.press)
    content, guest = site.client(deal.seller).get(f"/contracts/{bound.id}/paper").data, site.client()
    way = f"/contracts/check/{bound.check_code}"
    page = guest.get(way).text
    assert bound.number in page
    assert bound.paper_digest in page
    for secret in (TEXT.scope, TEXT.title, deal.firm.name, deal.studio.name, "286,000"):
        assert secret not in page
    right = guest.post(way, data={"file": (BytesIO(content), "a.pdf")}).text
    wrong = guest.post(way, data={"file": (BytesIO(content.replace(b"1", b"2", 1)), "a.pdf")}).text
    assert 'role="status"' in right
    assert "note-error" not in right
    assert "note-error" in wrong
    assert guest.get("/contracts/check/" + "x" * 20).status_code == 404


def test_the_paper_is_no_strangers(site: TestSite, make: Make, deal: Deal) -> None:
    bound = deal.says(deal.buyer, deal.says(deal.seller, deal.contract), deal.press)
    assert site.client(make.enterprise_user()).get(f"/contracts/{bound.id}/paper?digest={bound.paper_digest}").status_code == 404


def test_the_font_is_the_one_that_was_taken_in() -> None:
    assert faults(PACKAGE / "fonts") == []
    assert "SIL Open Font License" in (PACKAGE / "fonts" / "OFL.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("fen", "words"),
    [
        (0, "人民币零元整"), (5, "人民币伍分"), (105, "人民币壹元零伍分"), (1_000, "人民币壹拾元整"), (100_100, "人民币壹仟零壹元整"),
        (10_010_001, "人民币壹拾万零壹佰元零壹分"), (28_600_050, "人民币贰拾捌万陆仟元伍角整"), (10_000_000_000, "人民币壹亿元整"),
    ],
)  # fmt: skip
def test_amounts_in_capital_numerals(fen: int, words: str) -> None:
    assert yuan_words(fen) == words


def test_a_paper_that_is_asked_for_several_times_at_once_is_fixed_once(site: TestSite, deal: Deal) -> None:
    """Each prints the same bytes outside of the transaction; whoever comes first has fixed them."""
    bound = deal.in_force()
    seller = site.acting_as(deal.seller)
    papers = [print_paper(seller.read(gather, bound), deal.press) for _ in range(2)]
    assert papers[0] == papers[1]
    told = rush(lambda place: site.acting_as((deal.seller, deal.buyer)[place % 2]).change(fix_paper, bound.id, papers[place % 2]), 6)
    assert {(one.version, one.paper_digest) for one in told} == {(bound.version + 1, papers[0].file.digest)}
    assert site.graph.read(lambda tx: tx.one(PAPERS, value("papers"), id=bound.id)) == 1


def test_the_paper_of_another_text_is_not_the_contracts(site: TestSite, deal: Deal) -> None:
    bound = deal.in_force()
    printed = print_paper(site.acting_as(deal.seller).read(gather, bound), deal.press)
    with pytest.raises(Stale):
        site.acting_as(deal.seller).change(fix_paper, bound.id, replace(printed, text_digest="0" * 64))
    with pytest.raises(Refused):
        print_paper(Paperwork(deal.contract), deal.press)


def test_the_second_word_on_the_page_fixes_the_paper_after_the_commit(site: TestSite, deal: Deal) -> None:
    sold = deal.says(deal.seller, deal.contract)
    buyer = site.client(deal.buyer)
    said = {"version": str(sold.version), "digest": digest_of(sold), "key": "k1"}
    assert buyer.post(f"/contracts/{sold.id}/confirm", data=said).status_code == 302
    bound = site.find("contract", sold.id)
    assert sha256(buyer.get(f"/contracts/{sold.id}/paper").data).hexdigest() == bound.paper_digest
    assert buyer.post(f"/contracts/{sold.id}/paper", data={"key": "k2"}).status_code == 302
    assert site.find("contract", sold.id).version == bound.version


def test_a_paper_that_cannot_be_fixed_takes_nothing_back(site: TestSite, deal: Deal, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both have said their word; the store of files is away."""
    sold = deal.says(deal.seller, deal.contract)
    buyer = site.client(deal.buyer)
    with monkeypatch.context() as away:
        away.setattr(FileStore, "keep", lambda *_said: (_ for _ in ()).throw(OSError("no room")))
        said = {"version": sold.version, "digest": digest_of(sold), "key": "k1"}
        assert buyer.post(f"/contracts/{sold.id}/confirm", data=said).status_code == 302
    bound = site.find("contract", sold.id)
    assert bound.is_bound
    assert not bound.paper_digest
    assert f"/contracts/{sold.id}/paper" in buyer.get(f"/contracts/{sold.id}").text
    assert buyer.post(f"/contracts/{sold.id}/paper", data={"key": "k2"}).status_code == 302
    assert site.find("contract", sold.id).paper_digest
