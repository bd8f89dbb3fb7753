"""What is sealed opens for its owner, in its field, under a master key that is known; and for nothing else."""

import pytest

from graph.vault import Cipher, DataKey, Keyring, Locked, Vault, is_sealed, open_vault

OLD, NEW = b"o" * 32, b"n" * 32


@pytest.mark.parametrize("cipher", list(Cipher))
def test_both_ciphers_seal_and_open_and_read_each_other(cipher: Cipher) -> None:
    vault = open_vault(lambda: (OLD,), cipher)
    key, stored = vault.new_key("worker-1")
    sealed = key.seal("phone", "13600004075")
    assert is_sealed(sealed)
    assert "13600004075" not in sealed
    assert sealed != key.seal("phone", "13600004075")
    other = Vault(Keyring(lambda: (OLD,)), Cipher.SM4 if cipher is Cipher.AES else Cipher.AES)
    assert other.unwrap(stored).open("phone", sealed) == "13600004075"


def test_a_value_is_bound_to_its_person_and_its_field() -> None:
    vault = open_vault(lambda: (OLD,), "aes-gcm")
    key, stored = vault.new_key("worker-1")
    sealed = key.seal("phone", "13600004075")
    for wrong in (DataKey("worker-2", key.cipher, key.secret), DataKey("worker-1", key.cipher, b"x" * 32)):
        with pytest.raises(Locked):
            wrong.open("phone", sealed)
    for field, text in (("bank_account", sealed), ("phone", sealed[:-8]), ("phone", sealed[:9] + ("A" if sealed[9] != "A" else "B") + sealed[10:])):
        with pytest.raises(Locked):
            key.open(field, text)
    with pytest.raises(Locked):
        open_vault(lambda: (NEW,), "aes-gcm").unwrap(stored)


def test_a_key_that_is_newer_than_the_process_is_looked_for_once_more() -> None:
    there = [OLD]
    running = open_vault(lambda: tuple(there), "aes-gcm")
    key, _ = running.new_key("worker-1")
    there.insert(0, NEW)
    rewrapped = open_vault(lambda: (NEW, OLD), "aes-gcm").wrap(key)
    assert running.unwrap(rewrapped).secret == key.secret
    assert running.keyring.current.secret == NEW


def test_digests_are_equal_for_equal_numbers_and_say_nothing_without_the_key() -> None:
    one, other = DataKey("equality", Cipher.AES, OLD), DataKey("equality", Cipher.AES, NEW)
    assert one.index("phone", "136") == one.index("phone", "136")
    assert len({one.index("phone", "136"), one.index("id_number", "136"), other.index("phone", "136"), one.index("phone", "137")}) == 4
    assert one.index("phone", "") == ""


@pytest.mark.parametrize(("keys", "cipher"), [((OLD,), "rot13"), ((b"short",), "aes-gcm"), ((), "aes-gcm")])
def test_a_bad_setting_is_refused_in_words(keys: tuple[bytes, ...], cipher: str) -> None:
    with pytest.raises(Locked):
        open_vault(lambda: keys, cipher)
