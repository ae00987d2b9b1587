from django.contrib import admin
from django.http import HttpRequest

from .forms import CoalitionForm
from .models import Coalition, Cohort, State, WantedSeat

# Seats are kept by the table's own lead; answers and raw feedback are registered nowhere.
admin.site.register([State, WantedSeat])


@admin.register(Cohort)
class CohortAdmin(admin.ModelAdmin):
    filter_horizontal = ["evaluators"]


@admin.register(Coalition)
class CoalitionAdmin(admin.ModelAdmin):
    form = CoalitionForm
    list_display = ["name", "state", "cohort"]
    prepopulated_fields = {"slug": ["name"]}

    def has_delete_permission(self, request: HttpRequest, obj: Coalition | None = None) -> bool:
        """Its page would list who answered, and evidence that is still private."""
        return False
