from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.http import HttpRequest

from .models import Member

# An address added there would sign in as its owner.
admin.site.unregister(EmailAddress)
# A second step is its owner's alone: nobody reads it, lends it or takes it away there.
admin.site.unregister(Authenticator)


@admin.register(Member)
class MemberAdmin(admin.ModelAdmin):
    fields = ["email", "name", "language", "is_active", "is_staff"]
    list_display = ["email", "name", "is_staff", "is_active"]
    search_fields = ["email", "name"]

    def get_readonly_fields(self, request: HttpRequest, obj: Member | None = None) -> list[str]:
        """Whoever has the address can read the person's answers, so once they signed in it is theirs alone."""
        return ["email"] if obj and obj.last_login else []

    def has_delete_permission(self, request: HttpRequest, obj: Member | None = None) -> bool:
        """Its page would list what the person answered, and a person who is erased needs more than that."""
        return False
