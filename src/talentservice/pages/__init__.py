"""Self-contained HTML pages (needs the extra `cli`): no script, no request, everything escaped."""

from talentservice.errors import Lang, MissingExtra
from talentservice.labels import Label, write


def page(template: str, lang: Lang, **context: object) -> str:
    """Fill one of the package's templates.

    Args:
        template: its file name.
        lang: the language of the page.
        context: what the template shows; every text is escaped.

    Raises:
        MissingExtra: the package jinja2 is not installed.
    """
    try:
        from jinja2 import Environment, PackageLoader, StrictUndefined
    except ImportError:
        raise MissingExtra("jinja2", "cli") from None

    def both(zh: str, en: str) -> str:
        return zh if lang == "zh" else en

    def written(value: object) -> str:
        return write(value, lang)

    def text(label: Label) -> str:
        return label.text(lang)

    env = Environment(
        loader=PackageLoader("talentservice.pages", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.filters |= {"written": written, "text": text}
    return env.get_template(template).render(lang=lang, both=both, **context)
