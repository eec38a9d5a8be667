"""Write the numbers of a benchmark run into the two documentation pages.

    python -m pytest benchmarks --benchmark-json=benchmarks.json
    python benchmarks/report.py benchmarks.json

Every number is the best round. The pages keep their text; what stands between the two marks is replaced.
"""

import json
import os
import re
import sys
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"
OURS = "talentservice"
MARKED = re.compile(r"(<!-- numbers -->\n).*(<!-- end of numbers -->)", re.DOTALL)
LANGUAGES = ("en", "zh")

TASKS = {
    "add": ("Add 7 working days", "加 7 个工作日"),
    "count": ("Count the working days between two days", "计算两日之间的工作日"),
    "deadline": ("One deadline of 7 working days with its citations", "一个 7 个工作日的期限，附依据"),
    "ticket": ("One step on a ticket", "工单的一个环节"),
    "desk": ("A desk with 100,000 events", "有十万条事件的服务台"),
    "html": ("A form of two pages as HTML", "两页的表单，输出 HTML"),
    "docx": ("The same form as a Word document", "同一表单，输出 Word"),
    "xlsx": ("The same form as an Excel workbook", "同一表单，输出 Excel"),
    "pdf": ("The same form as a PDF", "同一表单，输出 PDF"),
    "list": ("A list of 1,000 people as an Excel workbook", "一千人的汇总表，输出 Excel"),
    "load": ("A cold process, interpreter included", "冷启动一个进程（含解释器）"),
}
IN_MILLISECONDS = {"desk", "list", "load"}
# What a benchmark's name says after the comma.
WAYS = {
    "": ("", ""),
    "from the next day": ("asked from the next day", "自次日起查"),
    "steps not asked for": ("steps not asked for", "不取步骤"),
    "as text": ("explained as Chinese text", "生成中文说明"),
    "every region": ("every installed region", "全部已安装的地区"),
    "events put in order": ("its events put in order", "事件排序"),
    "agenda of a day": ("what is owed on a day", "某日的应办事项"),
    "report of a year": ("what a year comes to", "一年的报告"),
    "written only": ("written only", "仅写出"),
    "import only": ("import only", "仅导入"),
    "empty": ("an empty program", "空程序"),
    "one model": ("import and one model", "导入并建一个模型"),
}
HEADS = {
    "en": ("", "per second", "milliseconds", "our speed ÷ its", "wrong answers"),
    "zh": ("", "每秒次数", "毫秒", "本库速度 ÷ 其速度", "错误答案"),
}
RUN = {
    "en": "Python {python} on {system}, {cores} cores; {day}.",
    "zh": "Python {python}，{system}，{cores} 核；{day}。",
}


def rows(run):
    """One row for each benchmark: task, who, way, version, seconds for one operation, share of wrong answers."""
    for bench in run["benchmarks"]:
        extra = bench["extra_info"]
        who, _, way = extra["who"].partition(", ")
        seconds = bench["stats"]["min"] / extra["operations"]
        yield {**extra, "who": who, "way": way, "seconds": seconds, "wrong": extra.get("wrong")}


def rounded(value, digits):
    """A number with so many digits that count."""
    short = float(f"{value:.{digits}g}")
    return f"{short:,.0f}" if short >= 10 ** (digits - 1) else f"{short:g}"


def name(row, lang):
    """Who was asked, in which version and which way."""
    way = WAYS[row["way"]][lang == "zh"]
    told = "" if not way else f"（{way}）" if lang == "zh" else f", {way}"
    return f"{row['who']} {row['version']}{told}"


def table(task, found, lang):
    """The Markdown table of one task, fastest first."""
    mine = {row["way"]: row["seconds"] for row in found if row["who"] == OURS}
    compared = any(row["who"] != OURS for row in found)
    judged = any(row["wrong"] is not None for row in found)
    first, second, milliseconds, against, wrong = HEADS[lang]
    heads = [first, milliseconds if task in IN_MILLISECONDS else second, against, wrong][
        : 4 if judged else 3 if compared else 2
    ]
    lines = [f"### {TASKS[task][lang == 'zh']}", "", f"| {' | '.join(heads)} |", f"|---|{'--:|' * (len(heads) - 1)}"]
    for row in sorted(found, key=lambda r: r["seconds"]):
        seconds = row["seconds"]
        speed = f"{seconds * 1000:.0f}" if task in IN_MILLISECONDS else rounded(1 / seconds, 3)
        ratio = "" if row["who"] == OURS else rounded(seconds / (mine.get(row["way"]) or mine[""]), 2)
        wrong = "" if row["wrong"] is None else f"{row['wrong']:.1%}"
        cells = [name(row, lang), speed, ratio, wrong][: len(heads)]
        bold = row["who"] == OURS and not row["way"]
        lines.append(f"| {' | '.join(f'**{cell}**' if bold and cell else cell for cell in cells)} |")
    return [*lines, ""]


def page(run, lang):
    """Everything between the marks, in one language."""
    found = list(rows(run))
    about = RUN[lang].format(
        python=run["machine_info"]["python_version"],
        system=run["machine_info"]["system"],
        cores=run["machine_info"]["cpu"].get("count") or os.cpu_count(),
        day=run["datetime"][:10],
    )
    tables = [table(task, [r for r in found if r["task"] == task], lang) for task in TASKS]
    return "\n".join([about, "", *(line for lines in tables for line in lines)])


def main(path):
    """Put the numbers of a run into both pages."""
    run = json.loads(Path(path).read_text(encoding="utf-8"))
    for lang in LANGUAGES:
        target = DOCS / lang / "explanation" / "benchmarks.md"
        text = target.read_text(encoding="utf-8")
        target.write_text(MARKED.sub(lambda m: m[1] + page(run, lang) + m[2], text), encoding="utf-8")  # noqa: B023


if __name__ == "__main__":
    main(sys.argv[1])
