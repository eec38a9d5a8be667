"""``talentservice form``: a region's printed forms, listed, filled in, read back."""

import json as texts
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from talentservice.cli.form.data import load
from talentservice.cli.form.files import Files, check_free, formats
from talentservice.cli.form.fill import Filler, Told, Typed, base_of, check_year, jobs_of, tracked, wrote
from talentservice.cli.form.read import Back, show
from talentservice.cli.options import Encoding, Json, RegionName, SheetName, pairs, write_out
from talentservice.cli.output import FOUND, leave
from talentservice.cli.output import current as io
from talentservice.errors import FormError, InputError
from talentservice.forms import FormRule
from talentservice.plugins import region as installed
from talentservice.plugins import registry
from talentservice.region import Region

app = typer.Typer(help="A region's printed forms: list them, fill them in, read them back.", no_args_is_help=True)


FormName = Annotated[str, typer.Argument(metavar="FORM", help="A form's id; see: talentservice form list REGION")]
To = Annotated[
    str,
    typer.Option("--to", metavar="OUT", help="Where to write: .docx, .xlsx, .pdf or .html; for many files a folder, or a name with {n} or {FIELD}, by id or printed label."),
]  # fmt: skip
As = Annotated[
    str | None, typer.Option("--as", metavar="FORMAT", help="The format of the files in a folder; without it docx.")
]
Year = Annotated[
    int | None,
    typer.Option(
        "--year", metavar="YEAR", help="The year of filling in, for a form that prints years: these move on with it."
    ),
]
Fonts = Annotated[
    list[Path] | None,
    typer.Option("--font", metavar="FILE", help="A font file or folder for a PDF; repeat it. Without it this system's fonts are searched."),
]  # fmt: skip
Labels = Annotated[
    list[str] | None,
    typer.Option("--label", metavar="FIELD=TEXT", help="Print a label for a field whose label the source lost; repeat it."),
]  # fmt: skip
Signs = Annotated[
    str | None, typer.Option("--marks", metavar="SIGNS", help="The signs of a ticked and an empty box, such as √□.")
]
Force = Annotated[bool, typer.Option("--force", help="Replace files that are there already.")]


@app.command("list")
def list_forms(
    region: Annotated[str | None, typer.Argument(metavar="REGION", help="One region; without it all.")] = None,
    json: Json = False,
) -> None:
    """List the forms of a region: what lays each down, its fields, and the formats that can be written here.

    Example: talentservice form list REGION
    """
    loaded, failures = ([installed(region)], []) if region else registry().load_all()
    found = [(each, rule) for each in loaded for rule in each.rules("form") if isinstance(rule, FormRule)]
    if json:
        io.json({"formats": formats(), "forms": [_described(each, rule) for each, rule in found]})
    else:
        columns = io.say("地区,编号,名称,依据,栏目", "region,id,title,clause,fields").split(",")
        rows = [[each.id, rule.id, io.label(rule.layout.title), str(rule.citations[0]), str(sum(1 for _ in rule.layout.entries()))] for each, rule in found]  # fmt: skip
        io.table(columns, rows)
        io.print(f"{io.say('可写格式：', 'formats: ')}{', '.join(formats())}")
    io.failed(failures)
    if failures:
        leave(FOUND)


def _described(region: Region, rule: FormRule) -> dict[str, Any]:
    form = rule.layout
    return {
        "region": region.id,
        "id": rule.id,
        "form": form.id,
        "version": form.version,
        "title": form.title.model_dump(),
        "annex": form.annex,
        "clauses": [str(c) for c in rule.citations],
        "year": form.year,
        "fields": [
            {"id": f"{g.at}.{f.id}" if g.repeat else f.id, "label": f.label.model_dump(), "type": f.type, "unit": f.unit,
             "choices": f.choices, "required": f.required, "source": f.source, "repeat": g.repeat, "years": g.all_years}
            for g, f in form.entries()
        ],
    }  # fmt: skip


@app.command()
def schema(region: RegionName, form: FormName, year: Year = None, json: Json = False) -> None:  # noqa: ARG001  # it is JSON either way
    """Print the JSON Schema of a form's values.

    Example: talentservice form schema REGION FORM
    """
    rule = installed(region).form(form)
    check_year(rule, year)
    io.json(rule.json_schema(year))


@app.command()
def blank(
    region: RegionName,
    form: FormName,
    to: To,
    year: Year = None,
    font: Fonts = None,
    label: Labels = None,
    marks: Signs = None,
    force: Force = False,
    json: Json = False,
) -> None:
    """Write a form with nothing filled in.

    Example: talentservice form blank REGION FORM --to FORM.html
    """
    filler = Filler.of(_rule(region, form, label), to, None, Typed(year, font, marks))
    files = Files(filler.template, filler.rule.layout, 1, force)
    files.write(files.path(1, {}), filler.made({})[0])
    wrote(files, [], None, as_json=json)


@app.command()
def fill(
    region: RegionName,
    form: FormName,
    data: Annotated[
        Path, typer.Option("--data", metavar="FILE", help="The values: a JSON object; a JSON list, JSON lines or a table (.csv, .xlsx) for many.")
    ],
    to: To,
    kind: As = None,
    put: Annotated[
        list[str] | None, typer.Option("--set", metavar="FIELD=TEXT", help="A value for every form, by field id or printed label; an entry that says otherwise is refused. Repeat it.")
    ] = None,
    each: Annotated[
        bool, typer.Option("--each", help="Write one file for each row, also of a form that is a list of rows.")
    ] = False,
    sheet: SheetName = None,
    encoding: Encoding = None,
    year: Year = None,
    font: Fonts = None,
    label: Labels = None,
    marks: Signs = None,
    force: Force = False,
    json: Json = False,
) -> None:  # fmt: skip
    """Fill in a form from a file, or many forms from a table; what does not fit is told, and the rest is written.

    Example: talentservice form fill REGION FORM --data values.json --to FORM.html
    """
    rule = _rule(region, form, label)
    check_year(rule, year)
    base = base_of(rule, pairs(put, "--set"), year)
    given = load(data, rule.layout, rule.paper.shift(year), each=each, sheet=sheet, encoding=encoding)
    filler = Filler.of(rule, to, kind, Typed(year, font, marks), many=given.many and given.rows_of is None)
    told: list[Told] = []
    jobs = jobs_of(rule, given, base, year, told)
    files = Files(filler.template, rule.layout, len(str(len(given.entries))), force)
    if len(jobs) > 1 and "{" not in filler.template:
        raise InputError(
            f"{len(given.entries)} forms cannot all be written to {filler.template}; --to takes a folder, or a name with {{n}} or {{FIELD}}",
            f"{len(given.entries)} 份表不能都写成 {filler.template}；--to 可为文件夹，或含 {{n}}、{{栏目}} 的文件名",
        )
    for number, entry, values in tracked(jobs):
        try:
            made, slots = filler.made(values)
            files.write(files.path(number, slots, entry.where), made)
        except InputError as error:
            if len(jobs) == 1 and not isinstance(error, FormError):
                raise
            told.append(Told.of(entry, error))
    wrote(files, told, given, as_json=json)


# -- reading -----------------------------------------------------------------------------------------------------------------


@app.command()
def read(
    region: RegionName,
    form: FormName,
    file: Annotated[list[Path], typer.Argument(metavar="FILE", help="Forms that came back: .xlsx or .docx.")],
    out: Annotated[
        Path | None, typer.Option("--out", metavar="FILE", help="Write the values of the sound forms as JSON lines as well: nothing wrong, nothing lacking, totals that add up.")
    ] = None,
    label: Labels = None,
    force: Force = False,
    json: Json = False,
) -> None:  # fmt: skip
    """Read forms that came back: their values, every cell that does not fit, and what the form still lacks.

    Example: talentservice form read REGION FORM returned.docx
    """
    rule = _rule(region, form, label)
    if out is not None:
        check_free(out, force=force)
    found = [Back.of(installed(region), rule, path) for path in file]
    if len(found) == 1 and found[0].refused is not None:
        raise found[0].refused
    sound = [back for back in found if back.sound]
    if out is not None:
        rows = [texts.dumps(back.values(), ensure_ascii=False) for back in sound]
        write_out(out, "".join(f"{row}\n" for row in rows).encode())
    if json:
        io.json([b.to_dict() for b in found])
    else:
        for back in found:
            show(back, headed=len(found) > 1)
        if out is not None:
            io.print(
                io.say(
                    f"已写：{out}（{len(found)} 份表中合格的 {len(sound)} 份）",
                    f"written: {out} ({len(sound)} sound of {len(found)} forms)",
                )
            )
    if len(sound) < len(found):
        leave(FOUND)


def _rule(region: str, form: str, labels: Sequence[str] | None) -> FormRule:
    """The form, with labels for fields whose own the source lost."""
    return installed(region).form(form).relabel(**pairs(labels, "--label"))
