"""``diff`` and ``verify``: regions held against each other, and against their source."""

from pathlib import Path
from typing import Annotated

import typer

from talentservice.cli.options import Json, RegionName
from talentservice.cli.output import FOUND, leave
from talentservice.cli.output import current as io
from talentservice.denied import unread
from talentservice.errors import TableError
from talentservice.plugins import region as installed
from talentservice.region import KINDS, Region, load_folder
from talentservice.region.diff import Difference, brief, compare


def diff(
    left: Annotated[str, typer.Argument(metavar="A", help="A region's id, or a folder that holds region.toml.")],
    right: Annotated[str, typer.Argument(metavar="B", help="Another region, or another version of the same one.")],
    everything: Annotated[bool, typer.Option("--all", help="List what both declare alike as well.")] = False,
    json: Json = False,
) -> None:
    """Put two regions, or two versions of one, side by side: what each says on the same question, with its clauses.

    Example: talentservice diff REGION REGION --all
    """
    found = [d for d in compare(_named(left), _named(right)) if everything or not d.same]
    if json:
        io.json([d.to_dict() for d in found])
        return
    columns = [*io.say("种类,问题", "kind,question").split(","), left, right]
    if found:
        io.table(
            columns,
            [[io.label(KINDS[d.kind].label), d.topic, _side(d, left=True), _side(d, left=False)] for d in found],
        )
    else:
        io.print(io.say("没有差别。", "No difference."))


def _named(name: str) -> Region:
    return load_folder(name) if Path(name, "region.toml").is_file() else installed(name)


def _side(found: Difference, *, left: bool) -> str:
    rules = found.left if left else found.right
    return "\n".join(f"{io.label(brief(r))} [{', '.join(map(str, r.citations))}]" for r in rules) or "—"


def verify(
    region: RegionName,
    text: Annotated[Path, typer.Option("--text", metavar="FILE", help="A copy of the source document, as UTF-8 text.")],
    json: Json = False,
) -> None:
    """Hold a region against a copy of its source: does each number stand in its article, what is new, what is gone.

    Example: talentservice verify REGION --text policy.txt
    """
    from talentservice.verify import verify as held

    try:
        copy = text.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise TableError(*unread(text.name, error)) from None
    except UnicodeDecodeError:
        raise TableError(f"{text.name} is not UTF-8", f"{text.name} 不是 UTF-8 文本") from None
    found = held(installed(region), copy)
    if json:
        io.json([v.to_dict() for v in found])
    for document in found if not json else ():
        good = sum(n.in_article for n in document.numbers)
        io.print(
            io.say(
                f"{document.document}：{document.articles} 个条文，{good}/{len(document.numbers)} 个数字见于所引条文",
                f"{document.document}: {document.articles} articles; {good} of {len(document.numbers)} numbers stand in the article they cite",
            ),
            "bold",
        )
        for number in document.numbers:
            if not number.in_article:
                io.print(f"  {io.label(number.label)}", "yellow" if number.in_document else "red")
        for article in document.uncovered:
            io.print(
                io.say(
                    f"  第 {article.line} 行“{article.key}”没有条款覆盖",
                    f"  line {article.line}: {article.key} is covered by no clause",
                ),
                "red",
            )
        for clause in document.gone:
            io.print(io.say(f"  {clause}：文件中没有这个条文", f"  {clause}: the document has no such article"), "red")
    if not all(v.sound for v in found):
        leave(FOUND)
