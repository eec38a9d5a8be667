"""``regions``, ``show``, ``coverage``, ``check``: what is installed and what it says."""

from pathlib import Path
from typing import Annotated, Any

import typer

from talentservice.cli.options import Json, RegionName
from talentservice.cli.output import FOUND, leave
from talentservice.cli.output import current as io
from talentservice.errors import RegionFileError
from talentservice.plugins import region as installed
from talentservice.plugins import registry
from talentservice.region import KINDS, Region, load_folder
from talentservice.rules import Rule
from talentservice.steps import plain


def regions(json: Json = False) -> None:
    """List the installed regions, and every plugin that failed with the stage it failed in.

    Example: talentservice regions
    """
    loaded, failures = registry().load_all()
    if json:
        io.json({
            "regions": [_brief(r) for r in loaded],
            "failures": [{"region": f.region, "distribution": f.distribution, "stage": f.stage, "en": f.en, "zh": f.zh} for f in failures],
        })  # fmt: skip
    elif loaded:
        columns = io.say("编号,名称,文件,条款,规则", "id,name,documents,clauses,rules").split(",")
        io.table(columns, [_line(r) for r in loaded])
    else:
        io.print(
            io.say(
                "没有安装任何地区。请安装 talentservice-<地区>。",
                "No region is installed. Install one: talentservice-<region>.",
            )
        )
    if not json:
        io.failed(failures)
    if failures:
        leave(FOUND)


def _brief(r: Region) -> dict[str, Any]:
    return {
        "id": r.id,
        "name": r.head.name.model_dump(),
        "division": r.head.division,
        "distribution": " ".join(r.distribution),
        "documents": [
            {"id": d.id, "title": d.title.model_dump(), "issued": plain(d.issued), "binding": d.binding}
            for d in r.documents
        ],
        "clauses": len(r.clauses),
        "rules": len(r.rules()),
    }


def _line(r: Region) -> list[str]:
    return [
        r.id,
        io.label(r.head.name),
        "; ".join(io.label(d.title) for d in r.documents),
        str(len(r.clauses)),
        str(len(r.rules())),
    ]


def show(
    region: RegionName,
    rule: Annotated[
        str | None, typer.Argument(metavar="RULE", help="A rule's id; without it every rule is listed.")
    ] = None,
    undecided: Annotated[
        bool, typer.Option("--open", help="List what a deployer has to decide: parameters and readings.")
    ] = False,
    mermaid: Annotated[bool, typer.Option("--mermaid", help="Write a flow as a Mermaid diagram.")] = False,
    json: Json = False,
) -> None:
    """Show what a region lays down, or one rule with its clause and where it was read.

    Example: talentservice show REGION DUTY
    """
    chosen = installed(region)
    if rule is None:
        rules = list(chosen.open_questions()) if undecided else chosen.rules()
        if json:
            io.json([r.to_dict() for r in rules])
        else:
            columns = io.say("种类,编号,内容,依据", "kind,id,what,clause").split(",")
            io.table(
                columns,
                [
                    [io.label(KINDS[r.kind].label), r.id, io.label(r.label), ", ".join(map(str, r.citations))]
                    for r in rules
                ],
            )
        return
    found = chosen.rule(rule)
    if mermaid:
        from talentservice.flows import mermaid as diagram

        io.print(diagram(chosen.flow(rule), io.lang))
    elif json:
        io.json(found.to_dict())
    else:
        _one(found)


def _one(rule: Rule[Any]) -> None:
    io.print(f"{io.label(KINDS[rule.kind].label)} {rule.id}{io.say('：', ': ')}{io.label(rule.label)}", "bold")
    for key, value in rule.spec.model_dump(mode="json", by_alias=True, exclude_unset=True).items():
        io.print(f"  {key} = {value}")
    for clause in rule.citations:
        io.print(f"  {io.say('依据', 'clause')} {clause}{io.say('：', ': ')}{io.label(clause.summary)}")
    for name, option in rule.readings.items():
        io.print(f"  {io.say('口径', 'reading')} {name} = {option}")
    for name in rule.missing:
        io.print(f"  {io.say('待提供的参数', 'parameter to supply')}: {name}", "yellow")
    origin = rule.origin
    came = " ".join(part for part in (origin.distribution, origin.version) if part)
    io.print(f"  {io.say('出处', 'read from')} {came} {origin}")


def coverage(
    region: Annotated[str | None, typer.Argument(metavar="REGION", help="One region; without it all.")] = None,
    json: Json = False,
) -> None:
    """Count each region's clauses by status, and name rule clauses without a worked scenario.

    Example: talentservice coverage REGION --json
    """
    loaded, failures = ([installed(region)], []) if region else registry().load_all()
    found = [_covered(each) for each in loaded]
    if json:
        io.json(
            found[0]
            if region
            else {"regions": found, **{k: sum(f[k] for f in found) for k in ("clauses", "rule", "record", "guidance")}}
        )
    else:
        columns = io.say("地区,条款,计算或执行,记录,倡导,未举例", "region,clauses,rule,record,guidance,missing").split(
            ","
        )
        keys = ("region", "clauses", "rule", "record", "guidance")
        io.table(columns, [[*(str(f[k]) for k in keys), ", ".join(f["missing"]) or "0"] for f in found])
    io.failed(failures)
    if failures or any(f["missing"] for f in found):
        leave(FOUND)


def _covered(region: Region) -> dict[str, Any]:
    from talentservice.clauses import ledger

    rows = [row for name in region.head.scenarios for row in region.file(name).get("scenario", [])]
    worked = [str(region.clause(name).citation) for row in rows for name in row.get("clauses", [])]
    return ledger(region.id, region.clauses, worked).to_dict()


def check(
    path: Annotated[Path, typer.Argument(metavar="PATH", help="A folder that holds region.toml.")],
    json: Json = False,
) -> None:
    """Check a region's files and report every problem with its file and line.

    Example: talentservice check path/to/region
    """
    try:
        region = load_folder(str(path))
    except RegionFileError as error:
        if json:
            io.json({"problems": [p.to_dict() for p in error.problems]})  # type: ignore[attr-defined]  # Problems
        else:
            io.complain(error)
        leave(FOUND)
    counts = f"{len(region.clauses)}, {len(region.rules())}"
    io.json({"problems": []}) if json else io.print(
        io.say(f"没有问题（条款、规则：{counts}）", f"no problems (clauses, rules: {counts})"), "green"
    )
