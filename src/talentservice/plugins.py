"""Finding regions: entry points, one hook, and a failure that stays with its own region.

A plugin names its module in the entry-point group ``talentservice.regions``; the module implements the hook
``talentservice_region`` and returns a `Region`. Nothing is imported before a region is asked for.
`TALENTSERVICE_ONLY` and `TALENTSERVICE_BLOCK` (ids separated by commas) allow or block regions.
"""

import os
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import metadata
from inspect import isroutine, signature

import pluggy
from attrs import define, field, frozen

from talentservice.errors import (
    PluginError,
    RegionFileError,
    Stage,
    TalentServiceError,
    UnknownName,
    did_you_mean,
    unknown,
)
from talentservice.region import API, Region
from talentservice.region.heads import speaks

GROUP = "talentservice.regions"
PROJECT = "talentservice"
STAGES: Mapping[Stage, str] = {
    "discover": "发现",
    "import": "导入",
    "register": "登记",
    "api": "版本核对",
    "load": "加载",
}
hookspec = pluggy.HookspecMarker(PROJECT)
hookimpl = pluggy.HookimplMarker(PROJECT)


class Hooks:
    """The hooks a plugin may implement."""

    @hookspec(firstresult=True)
    def talentservice_region(self) -> Region:
        """Return the region this plugin states; called once, when the region is first asked for."""
        raise NotImplementedError


@frozen
class Found:
    """An entry point: a region's id, the module that states it, and the distribution it came with."""

    id: str
    entry: metadata.EntryPoint

    @property
    def distribution(self) -> str:
        """Name and version of the distribution, as far as it is known."""
        dist = self.entry.dist
        return f"{dist.name} {dist.version}" if dist else self.entry.value


@define
class Registry:
    """The regions that are installed; each is imported on first use and its failure is kept to itself.

    `blocked` are those that are installed and left out by the environment.
    """

    found: dict[str, list[Found]]
    blocked: list[str] = field(factory=list)
    _loaded: dict[str, Region | PluginError] = field(factory=dict)

    @classmethod
    def of(cls, entries: Iterable[metadata.EntryPoint], environ: Mapping[str, str]) -> "Registry":
        """The registry of these entry points, under the allow and block lists of the environment."""
        only, block = _listed(environ, "TALENTSERVICE_ONLY"), _listed(environ, "TALENTSERVICE_BLOCK")
        found: dict[str, list[Found]] = {}
        for entry in sorted(entries, key=lambda e: (e.name, e.value)):
            found.setdefault(entry.name, []).append(Found(entry.name, entry))
        blocked = [name for name in found if name in block or (only and name not in only)]
        return cls({name: rows for name, rows in found.items() if name not in blocked}, blocked)

    def ids(self) -> list[str]:
        """The ids of the installed regions; imports nothing."""
        return list(self.found)

    def get(self, name: str) -> Region:
        """The region of that id.

        Raises:
            UnknownName: no such region is installed; suggests the nearest.
            PluginError: its plugin failed; other regions are not touched.
        """
        if name not in self.found:
            raise self._unknown(name)
        if name not in self._loaded:
            try:
                self._loaded[name] = self._load(name)
            except PluginError as error:
                self._loaded[name] = error
        result = self._loaded[name]
        if isinstance(result, PluginError):
            raise result.with_traceback(None)  # otherwise each call would lengthen the one traceback
        return result

    def _unknown(self, name: str) -> UnknownName:
        if name in self.blocked:
            return UnknownName(
                f"the region {name!r} is installed, but TALENTSERVICE_ONLY or TALENTSERVICE_BLOCK leaves it out",
                f"地区“{name}”已安装，但被 TALENTSERVICE_ONLY 或 TALENTSERVICE_BLOCK 排除",
            )
        if not self.found:
            return UnknownName(
                f"no region is installed, so there is no {name!r}; install its distribution, talentservice-…",
                f"没有安装任何地区，找不到“{name}”；请安装相应的发行包 talentservice-…",
            )
        return unknown("installed region", "已安装的地区", name, self.ids())

    def load_all(self) -> tuple[list[Region], list[PluginError]]:
        """Every region that loads, and the failure of every one that does not."""
        regions, failures = [], []
        for name in self.ids():
            try:
                regions.append(self.get(name))
            except PluginError as error:
                failures.append(error)
        return regions, failures

    def _load(self, name: str) -> Region:
        first, *others = self.found[name]
        if others:
            both_en, both_zh = (sep.join(f.distribution for f in self.found[name]) for sep in (" and ", "、"))
            raise _failure(
                first,
                "discover",
                f"two distributions state the region {name}: {both_en}; uninstall one",
                f"地区 {name} 由多个发行包提供：{both_zh}；请卸载其一",
            )
        return _load_one(first)


def _load_one(found: Found) -> Region:
    try:
        module = found.entry.load()
    except (Exception, SystemExit) as error:  # whatever a plugin's import raises stays its own
        raise _failure(found, "import", *_told(error)) from error
    _check_hooks(found, module)
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(Hooks)
    try:
        manager.register(module, name=found.id)
    except pluggy.PluginValidationError as error:
        raise _failure(found, "register", str(error), f"钩子不符合约定：{error}") from error
    try:
        region = manager.hook.talentservice_region()
    except (Exception, SystemExit) as error:  # same
        api = isinstance(error, RegionFileError) and any(getattr(p, "key", "") == "api" for p in error.problems)
        raise _failure(found, "api" if api else "load", *_told(error)) from error
    return _checked(found, region)


def _told(error: BaseException) -> tuple[str, str]:
    """What was raised, in English and in Chinese; an error of the library tells itself."""
    if isinstance(error, TalentServiceError):
        return error.en, error.zh
    what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    missing = getattr(error, "name", None)
    if isinstance(error, ModuleNotFoundError) and missing:
        return f"the package {missing} is not installed ({what})", f"缺少 {missing}（{what}）"
    return what, f"出错（{what}）"


def _check_hooks(found: Found, module: object) -> None:
    """Refuse a misspelt hook, a hook that asks for something it is not given, and a plugin without the one hook there is."""
    known = [name for name in vars(Hooks) if name.startswith(PROJECT)]
    functions = {n: f for n in dir(module) if isroutine(f := getattr(module, n, None))}
    marked = {n: f for n, f in functions.items() if getattr(f, f"{PROJECT}_impl", None)}
    for name, hook in marked.items():
        named = getattr(hook, f"{PROJECT}_impl").get("specname") or name
        if named not in known:
            near = did_you_mean(named, known) or known[0]
            raise _failure(
                found,
                "register",
                f"unknown hook {named}. Did you mean {near}?",
                f"插件声明了未知钩子 {named}；是否指 {near}？",
            )
        strange = list(signature(hook).parameters)
        if strange:
            raise _failure(
                found,
                "register",
                f"the hook {named} takes no argument {strange[0]!r}: it is called without any",
                f"钩子 {named} 没有参数 {strange[0]}：调用时不传参数",
            )
    if not marked:
        raise _failure(
            found,
            "register",
            "the module implements no hook talentservice_region (is @hookimpl missing?)",
            "模块没有实现钩子 talentservice_region（是否漏写 @hookimpl？）",
        )


def _checked(found: Found, region: object) -> Region:
    if not isinstance(region, Region):
        kind = type(region).__name__
        raise _failure(found, "load", f"the hook returned {kind}, a Region is due", f"钩子返回了 {kind}，应为 Region")
    if not speaks(region.head.api):
        here = ".".join(map(str, API))
        raise _failure(
            found,
            "api",
            f"written for API {region.head.api}, this core speaks {here}",
            f"插件需要 API {region.head.api}，本库为 {here}",
        )
    if region.id != found.id:
        raise _failure(
            found,
            "register",
            f"the entry point is named {found.id}, the region says {region.id}",
            f"入口点名为 {found.id}，地区自称 {region.id}",
        )
    return region


def _failure(found: Found, stage: Stage, en: str, zh: str) -> PluginError:
    return PluginError(
        f"the region {found.id} ({found.distribution}) failed at the stage {stage}: {en}",
        f"地区 {found.id}（{found.distribution}）在{STAGES[stage]}阶段失败：{zh}",
        region=found.id,
        distribution=found.distribution,
        stage=stage,
    )


def _listed(environ: Mapping[str, str], name: str) -> set[str]:
    return {part.strip() for part in environ.get(name, "").split(",") if part.strip()}


@cache
def registry() -> Registry:
    """The registry of this environment, found once."""
    return Registry.of(metadata.entry_points(group=GROUP), os.environ)


def region(name: str) -> Region:
    """The installed region of that id; see `Registry.get`."""
    return registry().get(name)


def regions() -> list[str]:
    """The ids of the installed regions; imports none of them."""
    return registry().ids()
