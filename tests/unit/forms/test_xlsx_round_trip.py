"""Whatever a form takes comes back from its workbook as it was, with and without the names of its cells."""

import pytest
from hypothesis import HealthCheck, given, settings
from pydantic import ValidationError
from tests.unit.forms.declared import field, group, paper
from tests.unit.forms.workbooks import LIST, PROFILE, VISIT, nameless, returned, written

import talentservice as ts
from talentservice.testing.forms import values_of

slow = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.mark.parametrize("form", [VISIT, LIST, PROFILE], ids=lambda p: p.form.id)
@pytest.mark.parametrize("change", [lambda data: data, nameless], ids=["as-written", "names-lost"])
def test_whatever_a_form_takes_comes_back_as_it_was(form, change):
    @slow
    @given(values_of(form.form))
    def law(values):
        assert returned(form, change(written(form, values))) == values

    law()


@pytest.mark.parametrize("name", ["visit-lead-talent", "needs-summary", "enterprise-profile"])
def test_the_forms_of_a_region_come_back_as_they_were(name):
    form = ts.region("jintan").form(name)
    year = 2023 if form.layout.year else None

    @slow
    @given(values_of(form.layout, year))
    def law(values):
        read = form.read(form.xlsx(values, year=year))
        assert (read.values, read.problems, read.year) == (values, (), year)

    law()


def test_a_thousand_rows_come_back_in_order():
    values = {"items": [{"name": f"甲某{n}", "phone": "0519-80000000"} for n in range(1000)]}
    data = written(LIST, values)
    assert len(data) < 200_000
    assert returned(LIST, data) == values
    assert returned(LIST, nameless(data)) == values


def test_the_longest_version_a_form_may_have_is_read_back():
    version = '2"版' * 26 + "年度"
    name = paper(group("g", field("text", "it")), layout=[["it"]], version=version)
    assert len(version) == 80
    assert returned(name, written(name, {"it": "甲"})) == {"it": "甲"}
    with pytest.raises(ValidationError, match="text of 81 characters; at most 80 are allowed"):
        paper(group("g", field("text", "it")), layout=[["it"]], version=version + "1")
