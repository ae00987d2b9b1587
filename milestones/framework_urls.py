from django.urls import path

from .views import frameworks

HERE = "manage/frameworks/"
VERSION = HERE + "<small:pk>/"

# Before the admin's own pages, which end with whatever is not known.
urlpatterns = [
    path(HERE, frameworks.frameworks, name="frameworks"),
    path(VERSION, frameworks.wording, name="wording"),
    path(VERSION + "add/", frameworks.add_item, name="add_item"),
    path(VERSION + "publish/", frameworks.publish_wording, name="publish_wording"),
    path(VERSION + "drop/", frameworks.drop_wording, name="drop_wording"),
    path(VERSION + "items/<slug:code>/", frameworks.edit_item, name="edit_item"),
    path(VERSION + "items/<slug:code>/out/", frameworks.leave_out_item, name="leave_out_item"),
]
