"""Encryption at rest: what one key seals only it opens; rotation moves texts to the newest key."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.core.encryption import SealedTextError, Sealer, sealer_of
from api.core.settings import SettingsError, read_settings

OLD, NEW = b"o" * 32, b"n" * 32


@given(st.text(max_size=300))
def test_what_is_sealed_opens_again_and_tells_nothing(text: str) -> None:
    sealed = Sealer([OLD]).seal(text)
    assert Sealer([OLD]).open_sealed(sealed) == text
    assert sealed.isascii()
    assert "\n" not in sealed
    if len(text) > 6:
        assert text not in sealed


def test_the_same_text_is_never_sealed_alike() -> None:
    sealer = Sealer([OLD])
    assert sealer.seal("a secret") != sealer.seal("a secret")


def test_another_key_or_a_changed_byte_opens_nothing() -> None:
    sealed = Sealer([OLD]).seal("a secret")
    with pytest.raises(SealedTextError):
        Sealer([NEW]).open_sealed(sealed)
    middle = len(sealed) // 2
    swapped = "A" if sealed[middle] != "A" else "B"
    with pytest.raises(SealedTextError):
        Sealer([OLD]).open_sealed(sealed[:middle] + swapped + sealed[middle + 1 :])


def test_rotation_keeps_the_text_and_drops_the_old_key() -> None:
    sealed = Sealer([OLD]).seal("a secret")
    both = Sealer([NEW, OLD])
    assert both.open_sealed(sealed) == "a secret"
    moved = both.resealed(sealed)
    assert moved is not None
    assert Sealer([NEW]).open_sealed(moved) == "a secret"
    assert both.resealed(moved) is None


def test_the_keys_come_from_the_settings_newest_first(tmp_path: Path) -> None:
    both = f"{NEW.decode()}, {OLD.decode()}"
    settings = read_settings(_env_file=None, data_dir=tmp_path, encryption_key=both)
    assert settings.encryption_keys() == [NEW, OLD]
    assert Sealer([NEW]).open_sealed(sealer_of(settings).seal("x")) == "x"
    with pytest.raises(SettingsError, match="ENCRYPTION_KEY: each key must have at least 32 bytes"):
        read_settings(_env_file=None, data_dir=tmp_path, encryption_key=f"{NEW.decode()},short")


def test_without_a_setting_one_key_is_made_and_kept(tmp_path: Path) -> None:
    first = read_settings(_env_file=None, data_dir=tmp_path).encryption_keys()
    assert len(first) == 1
    assert len(first[0]) >= 32
    assert read_settings(_env_file=None, data_dir=tmp_path).encryption_keys() == first
    assert (tmp_path / "encryption_key").stat().st_mode & 0o077 == 0
