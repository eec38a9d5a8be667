"""The command line's help: every English text with its Chinese twin, and examples that name what is installed."""

import re
from collections.abc import Mapping
from typing import Any

from talentservice.cli.examples import filled
from talentservice.errors import Lang

ZH: Mapping[str, str] = {
    "Chinese local-government policies on serving talents and enterprises: who owes what to whom by when, and which clause says so.": "地方政府服务人才和企业的政策：谁应在何时为谁做什么，依据哪一条。",
    "Every command takes --lang zh or --lang en. Exit codes: 0 answered; 1 something was found wrong; 2 the call is wrong; 70 a fault of ours.": "每个命令都可加 --lang zh 或 --lang en。退出码：0 已回答；1 发现问题；2 用法或输入有误；70 程序故障。",
    "Show the installed regions at work on a sample of invented events.": "用虚构的示例事件演示已安装的地区。",
    "Regions to show; without it all.": "要演示的地区；不写则全部。",
    "Where the page and the calendar file are written.": "网页和日历文件写到哪里。",
    "Write JSON for programs instead of text.": "输出 JSON，供程序使用。",
    "List the installed regions, and every plugin that failed with the stage it failed in.": "列出已安装的地区；加载失败的插件注明失败的阶段。",
    "Show what a region lays down, or one rule with its clause and where it was read.": "列出一个地区的规定，或一条规则及其条款和出处。",
    "A region's id; see: talentservice regions": "地区编号；见 talentservice regions",
    "A rule's id; without it every rule is listed.": "规则编号；不写则列出全部规则。",
    "List what a deployer has to decide: parameters and readings.": "列出须由使用方决定的参数和口径。",
    "Write a flow as a Mermaid diagram.": "把流程写成 Mermaid 图。",
    "Say when a duty is due, why, and which clause says so.": "一项义务何时到期、为什么、依据哪一条。",
    "A duty's id; see: talentservice show REGION": "义务编号；见 talentservice show 地区",
    "The day, or the moment, of the event that starts the duty.": "引起义务的事件的日期或时刻。",
    "For a duty of every period: any day of the period.": "周期性义务：期内任一天。",
    "Know only the holiday notices published by that day.": "只依据截至该日已公布的放假通知。",
    "Supply a value the text does not print; VALUE is text or JSON.": "提供文件未写明的值；值为文本或 JSON。",
    "Choose how an ambiguous clause is read.": "选择有歧义条款的口径。",
    "Answer with bounds where no holiday notice is published yet.": "放假通知尚未公布时，给出带最早、最晚日的暂定结论。",
    "Answer also for days on which the document was not in force; the answer says so.": "文件未施行的日子也照样计算，并在结论中注明。",
    "List who owes what to whom by when, overdue first.": "列出谁应在何时为谁做什么，逾期的在前。",
    "The first day of the window.": "起始日。",
    "The last day of the window, inclusive.": "截止日（含当日）。",
    "Show how things stood at the end of that day; without it the first day of the window.": "按该日终了时的情况列出；不写则按起始日。",
    "What happened: JSON lines, or TOML with a list [[events]].": "已发生的事件：JSON 行文件，或含 [[events]] 的 TOML。",
    "Posts and relations: TOML with a table [roster].": "岗位与联系关系：含 [roster] 的 TOML。",
    "Write the days as an iCalendar file as well.": "同时写出 iCalendar 日历文件。",
    "Count each region's clauses by status, and name rule clauses without a worked scenario.": "按状态统计各地区的条款，并列出没有示例的规则条款。",
    "One region; without it all.": "某个地区；不写则全部。",
    "Check a region's files and report every problem with its file and line.": "检查一个地区的文件，逐条报告问题及其文件和行号。",
    "A folder that holds region.toml.": "含 region.toml 的文件夹。",
    "Put two regions, or two versions of one, side by side: what each says on the same question, with its clauses.": "并列比较两个地区，或同一地区的两个版本：同一问题各怎么规定，依据哪一条。",
    "A region's id, or a folder that holds region.toml.": "地区编号，或含 region.toml 的文件夹。",
    "Another region, or another version of the same one.": "另一个地区，或同一地区的另一版本。",
    "List what both declare alike as well.": "双方规定相同的也列出。",
    "Hold a region against a copy of its source: does each number stand in its article, what is new, what is gone.": "用原文核对一个地区：每个数字是否见于所引条文，哪些是新增的，哪些已不存在。",
    "A copy of the source document, as UTF-8 text.": "原文的文本（UTF-8）。",
    "Judge a real table: what was on time, late, is still open, or cannot be read.": "核查真实表格：哪些按时、逾期、未办，哪些无法读取。",
    "A table: .csv (UTF-8 or GB18030), .xlsx or .jsonl.": "表格：.csv（UTF-8 或 GB18030）、.xlsx 或 .jsonl。",
    "The column with the ticket's number.": "工单编号所在的列。",
    "The column that holds the time of a kind of event; repeat it.": "某种事件的时间所在的列；可多次使用。",
    "Judge as of that day; without it the last day in the table.": "按该日的情况核查；不写则按表中最后一天。",
    "The sheet of a workbook; without it the first.": "工作表名；不写则第一个。",
    "The encoding of a CSV file.": "CSV 文件的编码。",
    "Write a self-contained page with a chart as well.": "同时写出带图表的独立网页。",
    "With --json, list the verdict of every row.": "与 --json 合用：列出每一行的结论。",
    "A region's printed forms: list them, fill them in, read them back.": "一个地区的表单：列出、填写、读回。",
    "A form's id; see: talentservice form list REGION": "表单编号；见 talentservice form list 地区",
    "List the forms of a region: what lays each down, its fields, and the formats that can be written here.": "列出一个地区的表单：依据哪一条、有多少栏目、本机可写哪些格式。",
    "Print the JSON Schema of a form's values.": "输出表单内容的 JSON Schema。",
    "The year of filling in, for a form that prints years: these move on with it.": "填表年份，用于印有年份的表：表上的年份随之顺延。",
    "Write a form with nothing filled in.": "写出空白表。",
    "Where to write: .docx, .xlsx, .pdf or .html; for many files a folder, or a name with {n} or {FIELD}, by id or printed label.": "写到哪里：.docx、.xlsx、.pdf 或 .html；多份时写文件夹，或含 {n}、{栏目} 的文件名，栏目写编号或印出的标签。",
    "The format of the files in a folder; without it docx.": "文件夹中各文件的格式；不写则为 docx。",
    "A font file or folder for a PDF; repeat it. Without it this system's fonts are searched.": "PDF 用的字体文件或文件夹；可多次使用。不写则查找本机字体。",
    "Print a label for a field whose label the source lost; repeat it.": "为原文丢失标签的栏目印上标签；可多次使用。",
    "The signs of a ticked and an empty box, such as √□.": "勾选与未选的符号，如 √□。",
    "Replace files that are there already.": "替换已有的文件。",
    "Fill in a form from a file, or many forms from a table; what does not fit is told, and the rest is written.": "按文件填表，或按表格批量填表；不合格的逐条指出，其余照写。",
    "The values: a JSON object; a JSON list, JSON lines or a table (.csv, .xlsx) for many.": "内容：一个 JSON 对象；多份时为 JSON 列表、JSON 行文件或表格（.csv、.xlsx）。",
    "A value for every form, by field id or printed label; an entry that says otherwise is refused. Repeat it.": "各份都填的值，栏目写编号或印出的标签；某一份另有不同值的，该份不写。可多次使用。",
    "Write one file for each row, also of a form that is a list of rows.": "每行写一个文件，汇总表也一样。",
    "Read forms that came back: their values, every cell that does not fit, and what the form still lacks.": "读取交回的表：填写内容、不合格的单元格、还缺什么。",
    "Forms that came back: .xlsx or .docx.": "交回的表：.xlsx 或 .docx。",
    "Write the values of the sound forms as JSON lines as well: nothing wrong, nothing lacking, totals that add up.": "同时把合格的表的内容写成 JSON 行文件：无误、无缺项、合计相符。",
    "Working days of mainland China, from the State Council's notices of 2004 onwards.": "中国内地的工作日，依据国务院2004年以来的放假通知。",
    "Say what a day is, and the notice it rests on.": "某一天是什么日子，依据哪个通知。",
    "A day, written 2019-02-02.": "日期，写作 2019-02-02。",
    "Find the N-th working day after a day (or before it), and show every day passed over.": "某日之后（或之前）的第 N 个工作日，并逐日说明。",
    "The day after which is counted; it is not counted itself.": "从该日之后起算，当日不计。",
    "How many working days; negative counts back (put -- before it).": "工作日数；负数向前倒算（前面加 --）。",
    "Count the working days in (AFTER, UNTIL]; negative when UNTIL lies before.": "(AFTER, UNTIL] 之间的工作日数；UNTIL 在前时为负。",
    "The last day, counted if it is a working day.": "最后一天，是工作日则计入。",
}


HEADINGS: Mapping[str, str] = {
    "Usage: ": "用法：",
    "Options:": "选项：",
    "Arguments:": "参数：",
    "Commands:": "命令：",
    "[required]": "[必填]",
    "[OPTIONS]": "[选项]",
    "COMMAND [ARGS]...": "命令 [参数]...",
    "Show this message and exit.": "显示本说明后退出。",
    "Example: ": "例：",
}
# Why a value is refused, as click and pydantic word it; what is not listed is shown as it is.
REASONS = (
    (r"Input should be a valid integer.*|.+ is not a valid int(?:eger)?\.?", "应为整数"),
    (r"Input should be a valid (?:number|decimal).*|.+ is not a valid float\.?", "应为数字"),
    (r"Input should be a valid boolean.*|.+ is not a valid boolean\.?.*", "应为是或否"),
    (r"Input should be a valid string.*", "应为文字"),
    (r"Input should be greater than or equal to (\S+)", "应不小于 {0}"),
    (r"Input should be less than or equal to (\S+)", "应不大于 {0}"),
    (r"Input should be greater than (\S+)", "应大于 {0}"),
    (r"Input should be less than (\S+)", "应小于 {0}"),
    (r"(\S+) is not in the range (.+?)\.?", "{0} 不在范围 {1} 内"),
    (r"(\S+) is not one of (.+?)\.?", "{0} 不在可选值之中：{1}"),
    (r"(?:File|Directory|Path) (.+) does not exist\.?", "{0} 不存在"),
    (r"File (.+) is a directory\.?", "{0} 是文件夹"),
)
_TRY = re.compile(r"Try '(.+)' for help\.")


def dress(command: Any, lang: Lang) -> None:  # typer brings its own click
    """Make a command and all below it show help in the language, with examples that name what is installed."""
    if lang == "zh":
        for part in (command, *command.params):
            for name in ("help", "short_help", "epilog"):
                if getattr(part, name, None):
                    setattr(part, name, _twin(getattr(part, name)))
    for part in command.params:
        if part.param_type_name == "argument" and hasattr(part, "display_type_rich"):
            part.display_type_rich = _no_type
    plain = command.get_help

    def dressed(ctx: Any) -> str:
        head, blank, example = (command.help or "").partition("\n\n")
        # The mark keeps click from breaking the line: an example is there to be copied.
        command.help = head + (blank and f"\n\n\b\n{filled(' '.join(example.split()))}")
        return headings(str(plain(ctx)), lang)

    command.get_help = dressed
    for child in getattr(command, "commands", {}).values():
        dress(child, lang)


def _no_type(**_: object) -> str:
    """What stands behind an argument's name: nothing, as names of Python's types tell an office nothing."""
    return ""


def headings(text: str, lang: Lang) -> str:
    """What click writes around the help, in the language."""
    if lang == "zh":
        for en, zh in HEADINGS.items():
            text = text.replace(en, zh)
        text = _TRY.sub(r"说明：\1", text)
    return text


def reason(text: str) -> str:
    """Why a value is refused, in Chinese where its wording is known."""
    for form, zh in REASONS:
        found = re.fullmatch(form, text, re.DOTALL)
        if found:
            return zh.format(*found.groups())
    return text


def _twin(text: str) -> str:
    """The Chinese twin of a text; the example under a blank line stays as it is."""
    head, blank, example = text.partition("\n\n")
    known = ZH.get(" ".join(head.split()))
    return text if known is None else known + blank + example
