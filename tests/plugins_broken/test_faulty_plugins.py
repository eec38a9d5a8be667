"""Plugins that fail: each is told with its region, its distribution and its stage, in both languages.

Ids as in the bad-input catalogue.
"""

import sys
import textwrap
from importlib import metadata

import pytest

from talentservice.errors import PluginError
from talentservice.plugins import GROUP, Registry

GOOD = """
    from talentservice import hookimpl, load_region
    @hookimpl
    def talentservice_region():
        return load_region("talentservice_nanhai")
"""


@pytest.fixture
def fails(tmp_path, monkeypatch):
    """The failure of a plugin whose module holds this text."""
    monkeypatch.syspath_prepend(tmp_path)

    def fails(text, name="nanhai"):
        (tmp_path / "broken_plugin.py").write_text(textwrap.dedent(text), encoding="utf-8")
        registry = Registry.of([metadata.EntryPoint(name, "broken_plugin", GROUP)], {})
        with pytest.raises(PluginError) as caught:
            registry.get(name)
        assert caught.value.region == name
        return caught.value

    yield fails
    sys.modules.pop("broken_plugin", None)


FAILURES = {
    "P22-a-package-is-not-installed": (
        "import no_such_package_anywhere",
        "import",
        "the package no_such_package_anywhere is not installed (ModuleNotFoundError: No module named",
        "缺少 no_such_package_anywhere（",
    ),
    "P22-a-syntax-error": ("def x(:", "import", "SyntaxError: ", "出错（SyntaxError: "),
    "P22-it-raises-when-imported": ("raise ValueError('no')", "import", "ValueError: no", "出错（ValueError: no）"),
    "P22-it-leaves-the-process-when-imported": (
        "raise SystemExit(3)",
        "import",
        "SystemExit: 3",
        "出错（SystemExit: 3）",
    ),
    "P22-it-raises-without-a-word": ("raise KeyError", "import", "KeyError", "出错（KeyError）"),
    "an-error-of-the-library-when-imported": (
        "import talentservice\ntalentservice.region('nowhere')",
        "import",
        "no installed region 'nowhere'",
        "没有已安装的地区“nowhere”",
    ),
    "P03-a-misspelt-hook": (
        GOOD.replace("talentservice_region", "talentservice_regon"),
        "register",
        "unknown hook talentservice_regon. Did you mean talentservice_region?",
        "插件声明了未知钩子 talentservice_regon；是否指 talentservice_region？",
    ),
    "P03-a-hook-by-another-name": (
        GOOD.replace("@hookimpl", '@hookimpl(specname="talentservice_regon")'),
        "register",
        "unknown hook talentservice_regon. Did you mean talentservice_region?",
        "插件声明了未知钩子 talentservice_regon；是否指 talentservice_region？",
    ),
    "P04-an-extra-argument": (
        GOOD.replace("region():", "region(zz):"),
        "register",
        "the hook talentservice_region takes no argument 'zz': it is called without any",
        "钩子 talentservice_region 没有参数 zz：调用时不传参数",
    ),
    "no-hook": (
        GOOD.replace("@hookimpl", ""),
        "register",
        "the module implements no hook talentservice_region (is @hookimpl missing?)",
        "模块没有实现钩子 talentservice_region（是否漏写 @hookimpl？）",
    ),
    "a-hook-that-is-no-function": (
        "from talentservice import hookimpl\nclass X: pass\ntalentservice_region = hookimpl(X())",
        "register",
        "the module implements no hook talentservice_region (is @hookimpl missing?)",
        "模块没有实现钩子 talentservice_region（是否漏写 @hookimpl？）",
    ),
    "P01-the-hook-raises": (
        GOOD.replace('return load_region("talentservice_nanhai")', "raise ValueError('no')"),
        "load",
        "ValueError: no",
        "出错（ValueError: no）",
    ),
    "P01-the-hook-leaves-the-process": (
        GOOD.replace('return load_region("talentservice_nanhai")', "raise SystemExit"),
        "load",
        "SystemExit",
        "出错（SystemExit）",
    ),
    "P19-the-hook-returns-text": (
        GOOD.replace('load_region("talentservice_nanhai")', "'七天'"),
        "load",
        "the hook returned str, a Region is due",
        "钩子返回了 str，应为 Region",
    ),
    "P19-the-hook-returns-nothing": (
        GOOD.replace('load_region("talentservice_nanhai")', "None"),
        "load",
        "the hook returned NoneType, a Region is due",
        "钩子返回了 NoneType，应为 Region",
    ),
    "P19-the-hook-returns-the-class": (
        GOOD.replace('load_region("talentservice_nanhai")', "__import__('talentservice').Region"),
        "load",
        "the hook returned type, a Region is due",
        "钩子返回了 type，应为 Region",
    ),
    "the-region-s-files-are-not-there": (
        GOOD.replace('load_region("talentservice_nanhai")', 'load_region("talentservice")'),
        "load",
        "region: 1 problem in the region's files\nregion.toml: there is no file region.toml to read",
        "region：规则文件有 1 处问题\nregion.toml：没有文件 region.toml",
    ),
}


@pytest.mark.parametrize(("text", "stage", "en", "zh"), FAILURES.values(), ids=FAILURES)
def test_a_plugin_that_fails_is_told_with_its_stage_in_both_languages(fails, text, stage, en, zh):
    error = fails(text)
    assert error.stage == stage
    assert error.code == "plugin"
    stages = {"import": "导入", "register": "登记", "load": "加载"}
    assert error.en.startswith(f"the region nanhai (broken_plugin) failed at the stage {stage}: {en}")
    assert error.zh.startswith(f"地区 nanhai（broken_plugin）在{stages[stage]}阶段失败：{zh}")


def test_what_a_plugin_raised_is_kept_as_the_cause(fails):
    assert isinstance(fails("raise ValueError('no')").__cause__, ValueError)


def region_files(tmp_path, api):
    (tmp_path / "region.toml").write_text(
        f'api = "{api}"\nid = "nanhai"\nname = {{ zh = "南海", en = "Nanhai" }}\ndivision = "440605"\n'
        'documents = ["plan.toml"]\n[roles]\n',
        encoding="utf-8",
    )
    (tmp_path / "plan.toml").write_text(
        '[document]\nid = "n"\ntitle = { zh = "文", en = "D" }\nissuer = "区"\nissued = 2020-01-01\n'
        '[[clause]]\nid = "1"\nzh = "总则"\nen = "General"\nstatus = "guidance"\n',
        encoding="utf-8",
    )


@pytest.mark.parametrize("api", ["1.1", "2.0", "0.1", "x"])
def test_p23_a_plugin_written_for_another_api_is_refused(fails, tmp_path, api):
    region_files(tmp_path, api)
    text = GOOD.replace("load_region\n", "load_region\n    from talentservice.region import load_folder\n", 1)
    error = fails(text.replace('load_region("talentservice_nanhai")', f"load_folder({str(tmp_path)!r})"))
    assert error.stage == "api"
    if api != "x":
        assert f"written for API {api}, this core speaks 1.0" in error.en
        assert f"按 API {api} 编写，本库为 1.0" in error.zh


def test_p23_a_region_built_by_hand_for_another_api_is_refused(fails):
    text = """
        from attrs import evolve
        from talentservice import hookimpl, load_region
        @hookimpl
        def talentservice_region():
            region = load_region("talentservice_nanhai")
            return evolve(region, head=region.head.model_copy(update={"api": "2.0"}))
    """
    error = fails(text)
    assert error.stage == "api"
    assert error.en.endswith("written for API 2.0, this core speaks 1.0")
    assert error.zh.endswith("插件需要 API 2.0，本库为 1.0")


def test_a_region_that_calls_itself_by_another_id_is_refused(fails):
    error = fails(GOOD, "foshan")
    assert error.stage == "register"
    assert error.en.endswith("the entry point is named foshan, the region says nanhai")
    assert error.zh.endswith("入口点名为 foshan，地区自称 nanhai")


@pytest.mark.parametrize("value", ["broken nanhai", "", "no_such_module", "talentservice:no_such_attribute", "1"])
def test_an_entry_point_that_names_nothing_is_refused(value):
    with pytest.raises(PluginError) as caught:
        Registry.of([metadata.EntryPoint("nanhai", value, GROUP)], {}).get("nanhai")
    assert caught.value.stage == "import"
