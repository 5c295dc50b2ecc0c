"""Which registry is the usual one, and what a purl says of another."""

from scanner.read import registry


def test_the_public_registry_is_usual_though_most_packages_come_from_elsewhere() -> None:
    public = next(iter(registry.public("pypi")))
    usual = registry.usual("pypi", [f"https://{public}/simple", "https://mirror.example/x", "https://mirror.example/x"])
    assert registry.qualifiers(f"https://{public}/simple", usual) is None
    assert registry.qualifiers("https://mirror.example/x", usual) is None


def test_what_comes_from_a_registry_that_few_packages_come_from_says_so() -> None:
    usual = registry.usual("pypi", ["https://mirror.example/a"] * 2 + ["https://team.example/simple/"])
    assert registry.qualifiers("https://team.example/simple/", usual) == {
        "repository_url": "https://team.example/simple"
    }


def test_where_most_packages_name_no_registry_a_named_one_is_not_the_usual() -> None:
    usual = registry.usual("npm", [None, None, "https://team.example/npm"])
    assert registry.qualifiers("https://team.example/npm", usual) == {"repository_url": "https://team.example/npm"}


def test_secrets_in_addresses_are_left_out() -> None:
    assert registry.without_secrets("git+https://me:token@host.example/x") == "git+https://host.example/x"
    assert registry.git("https://token@host.example/x", "abc") == {"vcs_url": "git+https://host.example/x@abc"}
    assert registry.qualifiers("https://me:token@host.example/x") == {"repository_url": "https://host.example/x"}


def test_the_user_of_an_ssh_address_is_no_secret() -> None:
    assert registry.git("ssh://git@host.example/x") == {"vcs_url": "git+ssh://git@host.example/x"}
