from django.contrib import admin

from .models import Message


@admin.register(Message)
class MessageAdmin(admin.ModelAdmin):
    """Whether mail leaves. Not what it says or to whom: who was reminded is nobody's business here."""

    list_display = fields = [
        "message_id", "channel", "kind", "language", "state", "attempts", "next_try_at", "why",
    ]  # fmt: skip
    list_filter = ["channel", "kind"]
    ordering = ["-pk"]

    def has_add_permission(self, request) -> bool:
        return False

    def has_change_permission(self, request, obj=None) -> bool:
        return False

    def has_delete_permission(self, request, obj=None) -> bool:
        return False
