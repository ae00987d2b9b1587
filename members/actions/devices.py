from ..models import Member


def end_all_devices(member: Member) -> None:
    """Every session of theirs is over at the next page: sessions carry a hash of the password nobody has."""
    member.set_unusable_password()
    member.save(update_fields=["password"])
    member.devices.all().delete()
