"""Passwords and the file of users: hashes only, changed in one step, and never a name that reaches elsewhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from agent.admin import account_principal, add_user, has_accounts, remove_user, set_password, sign_in, users
from agent.errors import PolicyRefusal
from agent.settings import Settings
from agent.stores.passwords import hash_password, is_password_hash, matches
from agent.stores.users import read_users
from catalog.errors import CatalogError, UnknownNameError, UsageError

GOOD = "a long enough password"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", model=None)


def test_a_hash_tells_its_password_from_others() -> None:
    hashed = hash_password(GOOD)
    assert GOOD not in hashed and is_password_hash(hashed)
    assert matches(GOOD, hashed)
    assert hash_password(GOOD) != hashed
    assert not any(matches(other, hashed) for other in ("", GOOD + " ", GOOD.upper(), "x" * 10_000))
    assert not matches(GOOD, None)


@pytest.mark.parametrize("password", ["", "short", "x" * 201])
def test_passwords_have_a_length(password: str) -> None:
    with pytest.raises(UsageError, match="10 to 200"):
        hash_password(password)


@pytest.mark.parametrize(
    "text",
    [
        "",
        GOOD,
        "scrypt:15:8:1:x:y",
        "scrypt:1:8:1:c2FsdA==:a2V5",
        "scrypt:60:8:1:c2FsdA==:a2V5",
        "md5:15:8:1:c2FsdA==:a2V5",
    ],
)
def test_what_is_no_hash_opens_nothing(text: str) -> None:
    assert not is_password_hash(text)
    assert not matches(text, text)


def test_users_come_change_and_go(settings: Settings) -> None:
    assert users(settings) == () and not has_accounts(settings)
    add_user(settings, "ben", "manager", {"region": "West", "vendor": 17}, None)
    assert not has_accounts(settings)
    add_user(settings, "anna maría", "executive", {}, GOOD)
    assert has_accounts(settings)
    path = settings.home / "users.yaml"
    assert GOOD not in path.read_text(encoding="utf-8")
    assert path.stat().st_mode & 0o077 == 0
    assert read_users(settings.home)["ben"].attributes == {"region": "West", "vendor": 17}
    with pytest.raises(UsageError, match="already"):
        add_user(settings, "ben", "executive", {}, None)
    remove_user(settings, "ben")
    with pytest.raises(UnknownNameError, match="anna"):
        remove_user(settings, "ben")
    assert [user.name for user in users(settings)] == ["anna maría"]


@pytest.mark.parametrize("name", ["", " ben", "ben ", "a/b", "a\\b", "a:b", "a\nb", "x" * 101])
def test_names_stay_where_they_are(settings: Settings, name: str) -> None:
    with pytest.raises(UsageError, match="name"):
        add_user(settings, name, "executive", {}, None)


def test_who_signed_in_is_what_the_file_says_now(settings: Settings) -> None:
    add_user(settings, "anna", "executive", {"region": "West"}, GOOD)
    add_user(settings, "carl", "executive", {}, None)
    assert sign_in(settings, "anna", "another password") is None
    assert sign_in(settings, "carl", "") is None
    assert sign_in(settings, "nobody", GOOD) is None
    mark = sign_in(settings, "anna", GOOD)
    assert mark is not None
    principal = account_principal(settings, "anna", mark)
    assert (principal.user, principal.role, principal.attributes) == ("anna", "executive", {"region": "West"})
    path = settings.home / "users.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("role: executive", "role: clerk", 1), encoding="utf-8")
    assert account_principal(settings, "anna", mark).role == "clerk"
    for name, other in (("anna", ""), ("anna", "0" * 32), ("carl", mark), ("nobody", mark)):
        with pytest.raises(PolicyRefusal, match="sign in again"):
            account_principal(settings, name, other)
    set_password(settings, "anna", "quite another one")
    with pytest.raises(PolicyRefusal, match="sign in again"):
        account_principal(settings, "anna", mark)


def test_a_password_in_plain_words_is_named_not_taken(settings: Settings) -> None:
    settings.home.mkdir()
    (settings.home / "users.yaml").write_text("users: {anna: {role: executive, password: hello hello}}")
    with pytest.raises(CatalogError, match="is no hash"):
        users(settings)
