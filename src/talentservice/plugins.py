"""Finding regions: entry points, one hook, and a failure that stays with its own region.

A plugin names its module in the entry-point group ``talentservice.regions``; the module implements the hook
``talentservice_region`` and returns a `Region`. Nothing is imported before a region is asked for.
`TALENTSERVICE_ONLY` and `TALENTSERVICE_BLOCK` (ids separated by commas) allow or block regions.
"""

import os
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import metadata

import pluggy
from attrs import define, field, frozen

from talentservice.errors import PluginError, Stage, TalentServiceError, did_you_mean, unknown
from talentservice.region import API, Region

GROUP = "talentservice.regions"
PROJECT = "talentservice"
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
    """The regions that are installed; each is imported on first use and its failure is kept to itself."""

    found: dict[str, list[Found]]
    _loaded: dict[str, Region | PluginError] = field(factory=dict)

    @classmethod
    def of(cls, entries: Iterable[metadata.EntryPoint], environ: Mapping[str, str]) -> "Registry":
        """The registry of these entry points, under the allow and block lists of the environment."""
        only, block = _listed(environ, "TALENTSERVICE_ONLY"), _listed(environ, "TALENTSERVICE_BLOCK")
        found: dict[str, list[Found]] = {}
        for entry in sorted(entries, key=lambda e: (e.name, e.value)):
            if entry.name not in block and (not only or entry.name in only):
                found.setdefault(entry.name, []).append(Found(entry.name, entry))
        return cls(found)

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
            raise unknown("region installed", "已安装的地区", name, self.ids())
        if name not in self._loaded:
            try:
                self._loaded[name] = self._load(name)
            except PluginError as error:
                self._loaded[name] = error
        result = self._loaded[name]
        if isinstance(result, PluginError):
            raise result
        return result

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
        raise _failure(
            found, "import", f"{type(error).__name__}: {error}", f"{type(error).__name__}：{error}"
        ) from error
    manager = pluggy.PluginManager(PROJECT)
    manager.add_hookspecs(Hooks)
    try:
        manager.register(module, name=found.id)
    except pluggy.PluginValidationError as error:
        raise _failure(found, "register", str(error), str(error)) from error
    _check_hooks(found, manager, module)
    try:
        region = manager.hook.talentservice_region()
    except TalentServiceError as error:
        raise _failure(found, "load", error.en, error.zh) from error
    except (Exception, SystemExit) as error:  # same
        raise _failure(found, "load", f"{type(error).__name__}: {error}", f"{type(error).__name__}：{error}") from error
    return _checked(found, region)


def _check_hooks(found: Found, manager: pluggy.PluginManager, module: object) -> None:
    """Refuse a misspelt hook, and a plugin without the one hook there is."""
    known = [name for name in vars(Hooks) if name.startswith(PROJECT)]
    marked = [n for n in dir(module) if getattr(getattr(module, n, None), f"{PROJECT}_impl", None) is not None]
    for name in marked:
        if name not in known:
            near = did_you_mean(name, known) or known[0]
            raise _failure(
                found,
                "register",
                f"unknown hook {name}. Did you mean {near}?",
                f"插件声明了未知钩子 {name}；是否指 {near}？",
            )
    if not manager.hook.talentservice_region.get_hookimpls():
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
    major, minor = (int(part) for part in region.head.api.split("."))
    if major != API[0] or minor > API[1]:
        here = f"{API[0]}.{API[1]}"
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
        f"地区 {found.id}（{found.distribution}）在 {stage} 阶段失败：{zh}",
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
