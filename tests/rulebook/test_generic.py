"""The reviewed list of libraries that rightly lead to no technology, which the coverage figures count apart."""

from scanner.rulebook import shipped
from tests.book import book
from tests.calibration.coverage import bound, generic_keys


def test_the_list_is_sorted_and_names_each_package_once():
    lines = (shipped() / "generic.txt").read_text("utf-8").splitlines()
    assert lines == sorted(set(lines))


def test_no_package_on_the_list_leads_to_a_technology():
    assert [key for key in sorted(generic_keys()) if bound(book(), key)] == []
