"""Another master key: nobody who reads meanwhile misses anything, and nothing is left under the earlier one."""

from concurrent.futures import ThreadPoolExecutor
from threading import Event

from graph.person_keys import INDEX, find_keys, list_old
from graph.vault import Keyring, Vault
from marketplace.cli.rotate_keys import put_new_key, rotate
from marketplace.domains.workers.repository import get_clear_worker
from marketplace.opening import vault_of
from tests.factories import Make
from tests.personal.scenes import IDENTITY, some_people
from tests.site import TestSite


def rotated(site: TestSite) -> Vault:
    """By another process: the one that runs learns of the new key by itself. Returns the other's."""
    put_new_key(site.site.settings)
    other = vault_of(site.site.settings)
    running, site.graph.vault = site.graph.vault, other
    try:
        rotate(site.graph)
    finally:
        site.graph.vault = running
    return other


def test_readers_go_on_while_keys_are_wrapped_anew(site: TestSite, make: Make) -> None:
    people = some_people(site, make)
    others = [people.another(f"职工{n}", phone=f"138{n:08d}") for n in range(20)]
    ended, failed = Event(), list[BaseException]()

    def read_on() -> int:
        count = 0
        while not ended.is_set() or not count:
            try:
                assert site.system.read(get_clear_worker, people.zhou.id).id_number == IDENTITY
                assert site.system.read(get_clear_worker, others[count % 20].id).phone == f"138{count % 20:08d}"
            except BaseException as error:  # noqa: BLE001  whatever it was, it was a read that failed
                failed.append(error)
            count += 1
        return count

    with ThreadPoolExecutor(3) as pool:
        readers = [pool.submit(read_on) for _ in range(3)]
        try:
            for _ in range(3):
                other = rotated(site)
        finally:
            ended.set()
        assert sum(one.result() for one in readers) > 0
    assert failed == []
    assert other.keyring.current.name == site.graph.vault.keyring.reread().name  # type: ignore[union-attr]
    assert site.system.read(list_old) == []


def test_control_without_the_earlier_key_reading_fails(site: TestSite, make: Make) -> None:
    people = some_people(site, make)
    put_new_key(site.site.settings)
    [newest, *_] = site.site.settings.master_keys()
    site.graph.vault = Vault(Keyring(lambda: (newest,)))
    failed = 0
    for owner in (people.zhou.id, INDEX):
        try:
            site.system.read(find_keys, [owner])
        except Exception:  # noqa: BLE001  the control wants any
            failed += 1
    assert failed == 2
