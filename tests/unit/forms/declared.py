"""Forms of no real office, declared in a few lines."""

from talentservice.forms import FormField, FormFile
from talentservice.forms.paper import Paper


def label(text):
    return {"zh": f"{text}栏", "en": text}


def field(kind, name="it", **more):
    """The declaration of one field, as a form's file has it."""
    return {"id": name, "label": label(name), "type": kind, **more}


def made(kind, name="it", **more):
    """One field."""
    return FormField.model_validate(field(kind, name, **more))


def group(name, *fields, **more):
    return {"id": name, "clause": "1", "label": label(name), "fields": list(fields), **more}


def form(*groups, **head):
    """A form file; without a layout of its own each field that comes once has a row."""
    return FormFile.model_validate({"id": "nowhere.slip", "title": label("Slip"), "groups": list(groups), **head})


def paper(*groups, **head):
    return Paper(form(*groups, **head))


WHO = group("who", field("text", "name"), field("text", "org.name"))
ITEMS = group("items", field("sequence", "no"), field("text", "what"), field("phone", "tel"), repeat=True)
MONEY = group(
    "money", field("decimal", "income", unit="万元"), field("decimal", "tax"), years=[2018, 2019], estimated=[2020], estimated_head="{year} 年(预计)", path="finance"
)  # fmt: skip
