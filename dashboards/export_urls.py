from django.urls import path

from .views import archive, erasing, exports

urlpatterns = [
    path("e/exports/", exports.exports, name="exports"),
    path("e/exports/<str:file>", exports.export_file, name="export_file"),
    path("c/<slug:slug>/exports/", exports.table_exports, name="table_exports"),
    path("c/<slug:slug>/archive/", archive.archive, name="archive"),
    path("c/<slug:slug>/people/<small:pk>/erase/", erasing.erase_listing, name="erase_listing"),
]
