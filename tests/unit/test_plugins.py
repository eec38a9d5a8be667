"""Plugins: found without being imported, loaded on first use, and a failure that stays with its own region.

Ids as in the bad-input catalogue.
"""

import re
import sys
import textwrap
import types
from importlib import metadata

import pytest

from talentservice import plugins
from talentservice.errors import PluginError, UnknownName
from talentservice.plugins import GROUP, Registry, hookimpl
from talentservice.region import load_region

GOOD = """
    from talentservice import hookimpl, load_region
    @hookimpl
    def talentservice_region():
        return load_region("talentservice_nanhai")
"""


def entry(name, value=None, dist=None):
    found = metadata.EntryPoint(name=name, value=value or f"broken_{name}", group=GROUP)
    return found._for(dist) if dist else found


def distribution(name, version):
    class Given(metadata.Distribution):
        def read_text(self, filename):
            return f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n" if filename == "METADATA" else None

        def locate_file(self, path):
            return path

    return Given()


@pytest.fixture
def plugin(tmp_path, monkeypatch):
    """Writes a plugin's module; it is importable while the test runs, and forgotten afterwards."""
    monkeypatch.syspath_prepend(tmp_path)
    written = []

    def write(name, text):
        (tmp_path / f"broken_{name}.py").write_text(textwrap.dedent(text), encoding="utf-8")
        written.append(f"broken_{name}")
        return entry(name)

    yield write
    for module in written:
        sys.modules.pop(module, None)


def failure(registry, name="nanhai"):
    with pytest.raises(PluginError) as caught:
        registry.get(name)
    assert caught.value.region == name
    return caught.value


def of(*entries, **environ):
    return Registry.of(entries, environ)


# --- a plugin that works ----------------------------------------------------------------------------------------------


def test_the_installed_region_is_found_and_loaded():
    registry = Registry.of(metadata.entry_points(group=GROUP), {})
    assert "nanhai" in registry.ids()
    assert registry.get("nanhai").id == "nanhai"
    assert plugins.region("nanhai") == registry.get("nanhai")
    assert "nanhai" in plugins.regions()


def test_nothing_is_imported_before_a_region_is_asked_for(plugin):
    registry = of(plugin("nanhai", GOOD), plugin("bang", "raise RuntimeError"))
    assert registry.ids() == ["bang", "nanhai"]
    assert "broken_nanhai" not in sys.modules
    assert registry.get("nanhai").id == "nanhai"
    assert "broken_bang" not in sys.modules


def test_a_region_is_loaded_once(plugin):
    registry = of(plugin("nanhai", GOOD))
    assert registry.get("nanhai") is registry.get("nanhai")


def test_a_plugin_may_be_any_object_that_carries_the_hook(monkeypatch):
    module = types.ModuleType("broken_object")

    class Plugin:
        @staticmethod
        @hookimpl
        def talentservice_region():
            return load_region("talentservice_nanhai")

    module.plugin = Plugin()
    monkeypatch.setitem(sys.modules, "broken_object", module)
    assert of(entry("nanhai", "broken_object:plugin")).get("nanhai").id == "nanhai"


def test_a_hook_may_have_another_name_and_say_which_hook_it_is(plugin):
    text = GOOD.replace("@hookimpl", '@hookimpl(specname="talentservice_region")').replace(
        "def talentservice_region", "def any"
    )
    assert of(plugin("nanhai", text)).get("nanhai").id == "nanhai"


# --- two of them, and others beside them ----------------------------------------------------------------------------------


def test_p05_two_distributions_that_state_one_region_are_both_named(plugin):
    plugin("nanhai", GOOD)
    one = entry("nanhai", dist=distribution("talentservice-nanhai", "0.1.0"))
    two = entry("nanhai", "other_module", dist=distribution("nanhai-copy", "2.0"))
    error = failure(of(two, one))
    assert error.stage == "discover"
    assert "two distributions state the region nanhai: talentservice-nanhai 0.1.0 and nanhai-copy 2.0" in error.en
    assert "地区 nanhai 由多个发行包提供：talentservice-nanhai 0.1.0、nanhai-copy 2.0；请卸载其一" in error.zh
    assert "broken_nanhai" not in sys.modules


def test_a_failure_names_its_distribution(plugin):
    plugin("nanhai", "raise ValueError")
    error = failure(of(entry("nanhai", dist=distribution("talentservice-nanhai", "9.9"))))
    assert error.distribution == "talentservice-nanhai 9.9"
    assert "(talentservice-nanhai 9.9)" in error.en
    assert "（talentservice-nanhai 9.9）" in error.zh


def test_p22_a_bad_plugin_leaves_the_others_working(plugin):
    registry = of(plugin("bang", "raise SystemExit"), plugin("nanhai", GOOD), plugin("silent", ""))
    regions, failures = registry.load_all()
    assert [r.id for r in regions] == ["nanhai"]
    assert [(f.region, f.stage) for f in failures] == [("bang", "import"), ("silent", "register")]
    assert registry.get("nanhai").duty("reply")


def test_a_failure_is_remembered_and_raised_again_without_another_import(plugin):
    text = "import sys\nsys.broken_count = getattr(sys, 'broken_count', 0) + 1\nraise ValueError"
    registry = of(plugin("nanhai", text))
    first = failure(registry)
    depth = _depth(first)
    assert [failure(registry) is first for _ in range(5)] == [True] * 5
    assert _depth(first) == depth
    assert sys.broken_count == 1
    del sys.broken_count


def _depth(error):
    """How many frames the traceback of an error has."""
    trace, count = error.__traceback__, 0
    while trace:
        trace, count = trace.tb_next, count + 1
    return count


# --- allow and block lists --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("environ", "ids"),
    [
        ({}, ["jintan", "linyi", "nanhai"]),
        ({"TALENTSERVICE_BLOCK": "linyi"}, ["jintan", "nanhai"]),
        ({"TALENTSERVICE_BLOCK": " linyi , nanhai,,"}, ["jintan"]),
        ({"TALENTSERVICE_ONLY": "nanhai"}, ["nanhai"]),
        ({"TALENTSERVICE_ONLY": "nanhai,linyi", "TALENTSERVICE_BLOCK": "linyi"}, ["nanhai"]),
        ({"TALENTSERVICE_ONLY": "", "TALENTSERVICE_BLOCK": " "}, ["jintan", "linyi", "nanhai"]),
        ({"TALENTSERVICE_ONLY": "nowhere"}, []),
    ],
)
def test_regions_can_be_allowed_and_blocked(environ, ids):
    assert of(entry("nanhai"), entry("linyi"), entry("jintan"), **environ).ids() == ids


def test_a_blocked_region_is_told_as_such():
    with pytest.raises(UnknownName) as caught:
        of(entry("nanhai"), TALENTSERVICE_BLOCK="nanhai").get("nanhai")
    assert caught.value.en == (
        "the region 'nanhai' is installed, but TALENTSERVICE_ONLY or TALENTSERVICE_BLOCK leaves it out"
    )
    assert caught.value.zh == "地区“nanhai”已安装，但被 TALENTSERVICE_ONLY 或 TALENTSERVICE_BLOCK 排除"


def test_a_region_nobody_installed_is_told_with_the_nearest():
    with pytest.raises(UnknownName) as caught:
        of(entry("nanhai"), entry("linyi")).get("nanhia")
    assert caught.value.en == "no installed region 'nanhia'; there is: linyi, nanhai. Did you mean 'nanhai'?"
    assert caught.value.zh == "没有已安装的地区“nanhia”；现有：linyi、nanhai。是否指“nanhai”？"


def test_where_no_region_is_installed_that_is_said_out_loud():
    with pytest.raises(UnknownName) as caught:
        of().get("nanhai")
    assert caught.value.en.startswith("no region is installed, so there is no 'nanhai'; install its distribution")
    assert caught.value.zh.startswith("没有安装任何地区，找不到“nanhai”")
    assert of().load_all() == ([], [])


def test_the_hook_s_own_specification_answers_nothing():
    with pytest.raises(NotImplementedError):
        plugins.Hooks().talentservice_region()


def test_every_stage_has_a_chinese_name():
    assert all(re.search(r"[\u4e00-\u9fff]", name) for name in plugins.STAGES.values())
