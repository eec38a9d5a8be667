"""Where something stands in a TOML text."""

import tomllib
from importlib.resources import files

import pytest

from talentservice.region.positions import Positions

TEXT = '''\
api = "1.0"
names = [
  "first",      # [not.a.header]
  { id = "second", tags = ["a",
    "b"] },
]

[[clause]]
id = "1"
note = """
[clause.fake]
id = "2"
"""

[clause."quoted [id]"]
key = 1

  [clause.duty."a.b"]   # a remark with [brackets]
  who.is = "unit"
  'within' = { working_days = 7 }

[[clause]]
id = "3"
[[clause.part]]
a = 1
[[clause.part]]
a = 2
[clause.part.deep]
b = 3

["top level".x]
y = \'\'\'
[[clause]]
\'\'\'
z = 1979-05-27T07:32:00Z
empty = []
f = 1.5
nested = [[1, 2],
  [3]]
last = true
'''


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ((), 'api = "1.0"'),
        (("api",), 'api = "1.0"'),
        (("names",), "names = ["),
        (("names", 0), '"first"'),
        (("names", 1), '{ id = "second"'),
        (("names", 1, "id"), '{ id = "second"'),
        (("names", 1, "tags", 1), '"b"'),
        (("names", 9), "names = ["),
        (("clause", 0), '[[clause]]\nid = "1"'),
        (("clause", 0, "id"), 'id = "1"'),
        (("clause", 0, "note"), 'note = """'),
        (("clause", 0, "fake"), '[[clause]]\nid = "1"'),
        (("clause", 0, "quoted [id]"), '[clause."quoted [id]"]'),
        (("clause", 0, "quoted [id]", "key"), "key = 1"),
        (("clause", 0, "duty"), '  [clause.duty."a.b"]'),
        (("clause", 0, "duty", "a.b"), '  [clause.duty."a.b"]'),
        (("clause", 0, "duty", "a.b", "who"), "who.is"),
        (("clause", 0, "duty", "a.b", "who", "is"), "who.is"),
        (("clause", 0, "duty", "a.b", "within", "working_days"), "'within'"),
        (("clause", 0, "duty", "a.b", "within", "no_such"), "'within'"),
        (("clause", 0, "duty", "a.b", "no_such"), '  [clause.duty."a.b"]'),
        (("clause", 1, "id"), 'id = "3"'),
        (("clause", 1, "part", 0, "a"), "a = 1"),
        (("clause", 1, "part", 1, "a"), "a = 2"),
        (("clause", 1, "part", 1, "deep", "b"), "b = 3"),
        (("top level",), '["top level".x]'),
        (("top level", "x", "z"), "z = 1979"),
        (("top level", "x", "empty"), "empty = []"),
        (("top level", "x", "f"), "f = 1.5"),
        (("top level", "x", "nested", 1, 0), "[3]]"),
        (("top level", "x", "last"), "last = true"),
        (("no such table", "at all"), 'api = "1.0"'),
        (("clause", 7), '[[clause]]\nid = "1"'),
        (("clause", 1, "part", 5), "[[clause.part]]\na = 1"),
    ],
)
def test_a_key_an_item_and_a_table_are_found(path, written):
    tomllib.loads(TEXT)
    assert TEXT.count(written) == 1
    assert Positions(TEXT).line(path) == TEXT[: TEXT.index(written)].count("\n") + 1


def test_a_bracket_that_opens_a_line_inside_a_list_is_no_header():
    text = 'rows = [\n  ["a"],\n  ["b"]\n]\n[table]\nkey = 1\n'
    tomllib.loads(text)
    assert Positions(text).line(("table", "key")) == 6
    assert Positions(text).line(("rows", 1, 0)) == 3


def test_a_multi_line_text_may_end_in_quotes_of_its_own():
    text = 'a = """say "it\\""""""\nb = 1\n'
    assert tomllib.loads(text) == {"a": 'say "it"""', "b": 1}
    assert Positions(text).line(("b",)) == 2


def test_signs_that_break_lines_elsewhere_do_not_break_them_here():
    text = 'a = "x\u2028y\u0085z"\nb = 1\n'
    tomllib.loads(text)
    assert Positions(text).line(("b",)) == 2


def test_three_quotes_in_a_remark_open_no_text():
    text = '# """\n[table]  # it\'s \'\'\' here\nkey = "a"  # [not.this]\n[other]\nkey = 2\n'
    tomllib.loads(text)
    assert Positions(text).line(("other", "key")) == 5


def test_an_escaped_key_is_found_by_what_it_says():
    text = '["caf\\u00e9"]\n"tab\\tkey" = 1\n'
    assert tomllib.loads(text) == {"café": {"tab\tkey": 1}}
    assert Positions(text).line(("café", "tab\tkey")) == 2


def test_a_table_written_after_its_own_subtable_is_found_by_its_own_header():
    text = "[a.b.c]\nx = 1\n[a.b]\ny = 2\n"
    tomllib.loads(text)
    assert Positions(text).line(("a", "b")) == 3
    assert Positions(text).line(("a", "b", "y")) == 4
    assert Positions(text).line(("a",)) == 1


def test_dotted_keys_are_found_under_the_table_above_them():
    text = '[[clause]]\nid = "1"\nduty.reply.who = "unit"\nduty.reply.does = "x"\n[clause.step.s]\nto = "x"\n'
    tomllib.loads(text)
    positions = Positions(text)
    assert [positions.line(("clause", 0, "duty", *rest)) for rest in ((), ("reply",), ("reply", "does"))] == [3, 3, 4]
    assert positions.line(("clause", 0, "step")) == 5


@pytest.mark.parametrize("text", ["", "\n\n", "# only a remark", "a = 1"])
def test_what_cannot_be_found_lies_in_the_first_line(text):
    assert Positions(text).line(("b", 1, "c")) == 1


def test_every_key_of_a_real_document_is_found_on_its_own_line():
    folder = files("talentservice_nanhai")
    for name in ("region.toml", "documents/plan-2018.toml", "forms/need-slip.toml"):
        text = folder.joinpath(*name.split("/")).read_text(encoding="utf-8")
        lines, positions = text.split("\n"), Positions(text)
        for path, value in _leaves(tomllib.loads(text)):
            line = lines[positions.line(path) - 1]
            assert str(path[-1]) in line or isinstance(path[-1], int), (path, line)
            if isinstance(value, str):
                assert value.split("\n")[0] in line, (path, line)


def _leaves(value, path=()):
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _leaves(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _leaves(item, (*path, index))
    else:
        yield path, value
