from django.urls import path

from .views import exports

urlpatterns = [
    path("e/exports/", exports.exports, name="exports"),
    path("e/exports/<str:file>", exports.export_file, name="export_file"),
    path("c/<slug:slug>/exports/", exports.table_exports, name="table_exports"),
]
