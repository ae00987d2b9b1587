"""What the table agrees on one milestone, as its recorder types it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from coalitions.models import Coalition, Seat

from ..actions.agreement import Said
from ..models import Agreement, Item
from ..models.record import How, Mark, Stand
from ..scoring import asks_for_reason
from ..texts import agree, agree_how, text
from .record import NOT_HERE, STALE, SeatChoice, SentOnce


class AgreeForm(SentOnce):
    seen = forms.IntegerField(min_value=0, max_value=32767, widget=forms.HiddenInput, error_messages=STALE)
    how = forms.ChoiceField(
        label=_("How did we get there?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how the table got there."), "invalid_choice": NOT_HERE},
    )
    level = forms.TypedChoiceField(
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": _("Pick one of the levels.")},
    )
    low = forms.TypedChoiceField(
        label=_("From"),
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": NOT_HERE},
    )
    high = forms.TypedChoiceField(
        label=_("To"),
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": NOT_HERE},
    )
    why = forms.CharField(
        label=_("In one or two sentences, why this level?"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write one or two sentences: why this level?")},
    )
    stand = forms.ChoiceField(
        choices=Stand.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Ask the parents and providers here."), "invalid_choice": NOT_HERE},
    )
    above_because = forms.CharField(
        label=_("Why does the table record more than parents and providers answered?"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    next_step = forms.CharField(label=_("What do we do next?"), max_length=240, required=False)
    owner = SeatChoice(
        label=_("Who makes sure it happens?"),
        queryset=Seat.objects.none(),
        required=False,
        empty_label="–",
        widget=forms.Select(attrs={"class": "short"}),
    )
    due = forms.DateField(
        label=_("By when?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Write the day as 2027-05-31.")},
    )
    is_goal = forms.TypedChoiceField(
        choices=[("yes", _("Yes, a goal for us now")), ("no", _("Not now"))],
        coerce=lambda said: said == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    goal_level = forms.TypedChoiceField(
        label=_("In a year"),
        coerce=int,
        empty_value=None,
        required=False,
        error_messages={"invalid_choice": NOT_HERE},
    )
    evidence = forms.TypedMultipleChoiceField(
        label=_("What have we seen that shows it?"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("Pick only what is listed for this milestone.")},
    )

    def __init__(
        self, *args: Any, item: Item, coalition: Coalition, families: int | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.item, self.families = item, families
        levels = [(level.value, str(level)) for level in item.version.levels]
        self.fields["level"].choices = levels
        for name in ("low", "high", "goal_level"):
            self.fields[name].choices = [("", "–"), *levels]
        self.fields["how"].choices = list(zip(How.values, agree_how(), strict=True))
        self.fields["level"].label = agree("label")
        self.fields["stand"].label = agree("second_question").partition("?")[0] + "?"
        self.fields["is_goal"].label = text("milestone_goal")
        self.fields["owner"].queryset = coalition.seats.current().select_related("member")
        seen = coalition.evidence.filter(private_to=None, hidden=False).about(item.code)
        self.fields["evidence"].choices = [(str(each.pk), each.title) for each in seen]
        for criterion in item.criteria:
            self.fields[self.named(criterion.code)] = forms.ChoiceField(
                label=criterion.text,
                choices=[("", "–"), *Mark.choices],
                required=False,
                error_messages={"invalid_choice": NOT_HERE},
            )

    @staticmethod
    def named(code: str) -> str:
        return f"mark-{code.replace('.', '-')}"

    @property
    def asks_above(self) -> int | None:
        """The lowest level that needs a reason, when the table saw parents' and providers' average."""
        values = (level.value for level in self.item.version.levels)
        return next((value for value in values if asks_for_reason(value, self.families)), None)

    @property
    def picker(self) -> list[tuple[Any, str, bool]]:
        """Each level with its anchor, and whether it is the one picked."""
        picked = str(self["level"].value() or "")
        return [
            (anchor.level, anchor.text, str(anchor.level.value) == picked) for anchor in self.item.anchors
        ]

    @property
    def criteria(self) -> list[tuple[str, Any]]:
        return [(criterion.kind, self[self.named(criterion.code)]) for criterion in self.item.criteria]

    @property
    def marked(self) -> bool:
        return any(field.value() or field.errors for _kind, field in self.criteria)

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("how") == How.NO_AGREEMENT:
            low, high = said.get("low"), said.get("high")
            if low is None or high is None or low >= high:
                self.add_error(
                    "low", _("You did not agree, so record a range: from a lower level to a higher one.")
                )
        elif "level" in said and said["level"] is None:
            self.add_error("level", _("Pick the level you record today."))
        if asks_for_reason(self._low, self.families) and not said.get("above_because"):
            self.add_error(
                "above_because",
                _("Parents and providers answered lower than this. Write why the table records more."),
            )
        return said

    @property
    def _low(self) -> int:
        said = self.cleaned_data
        return (said.get("low") if said.get("how") == How.NO_AGREEMENT else said.get("level")) or 0

    def said(self) -> Said:
        typed = self.cleaned_data
        ranged = typed["how"] == How.NO_AGREEMENT
        marks = {criterion.code: typed[self.named(criterion.code)] for criterion in self.item.criteria}
        same = ("how", "why", "stand", "above_because", "next_step", "owner", "due", "is_goal", "goal_level")
        return Said(
            low=typed["low"] if ranged else typed["level"],
            high=typed["high"] if ranged else typed["level"],
            criteria={code: mark for code, mark in marks.items() if mark},
            evidence=typed["evidence"],
            **{key: typed[key] for key in same},
        )


def as_recorded(agreement: Agreement | None) -> dict[str, Any]:
    """What a change starts from: everything as it was recorded."""
    if agreement is None:
        return {"seen": 0}
    agreed = agreement.agreed
    same = ("how", "why", "stand", "above_because", "next_step", "owner", "due", "goal_level")
    return {
        **{key: getattr(agreement, key) for key in same},
        "seen": agreement.number,
        "level": agreement.low if agreed else None,
        "low": None if agreed else agreement.low,
        "high": None if agreed else agreement.high,
        "is_goal": {True: "yes", False: "no", None: None}[agreement.is_goal],
        "evidence": [str(each.pk) for each in agreement.evidence.all()],
        **{AgreeForm.named(code): mark for code, mark in agreement.criteria.items()},
    }
