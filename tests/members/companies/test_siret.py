"""SIRET numbers as people type them."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.utils.translation import override

from members.companies.siret import masked, parse, spaced


def reason(text: str) -> str:
    with override("en"), pytest.raises(ValidationError) as caught:
        parse(text)
    return str(caught.value.messages[0])


@pytest.mark.parametrize(
    "typed",
    [
        "73282932000074",
        "732 829 320 00074",
        " 732\u00a0829\u00a0320\u202f00074 ",
        "732.829.320.00074",
        "732-829-320-00074",
        "\u200b732829320\u200e00074\n",
        "SIRET : 732 829 320 00074",
        "７３２８２９３２００００７４",
    ],
)
def test_separators_of_every_kind_are_accepted(typed: str) -> None:
    assert parse(typed) == "73282932000074"


@pytest.mark.parametrize("number", ["35600000000048", "35600000000001", "35600000000024"])
def test_la_poste_has_a_rule_of_its_own(number: str) -> None:
    assert parse(number) == number


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", "Enter the SIRET of your company: 14 digits."),
        (
            "732 829 320",
            (
                "These 9 digits are the SIREN, the number of the company. Add the five digits of the NIC, "
                "the number of your site: they follow it on a payslip."
            ),
        ),
        ("7328293200007", "This number has 13 digits; a SIRET has 14."),
        ("7", "This number has 1 digit; a SIRET has 14."),
        ("732829320000074", "This number has 15 digits; a SIRET has 14."),
        ("7328293200OO74", "A SIRET holds digits only: take out “O”."),
        ("<b>", "A SIRET holds digits only: take out “<b>”."),
        ("FR44732829320", "This is a VAT number. The SIRET has 14 digits and no letter."),
        (
            "73282932100074",
            "This SIRET does not exist: one of its first nine digits is probably mistyped.",
        ),
        (
            "73282932000075",
            "This SIRET does not exist: one of its digits is probably mistyped. Check the last five first.",
        ),
        (
            "35600000000002",
            "This SIRET does not exist: one of its digits is probably mistyped. Check the last five first.",
        ),
    ],
)
def test_each_mistake_has_its_reason(typed: str, expected: str) -> None:
    assert reason(typed) == expected


def test_a_siret_is_shown_in_groups_or_partly() -> None:
    assert [spaced("73282932000074"), masked("73282932000074"), spaced(""), masked("")] == [
        "732 829 320 00074",
        "••• ••• ••• 00074",
        "",
        "",
    ]
