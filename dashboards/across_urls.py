"""Pages across coalitions. They stand before those of one coalition, whose name is any word."""

from django.urls import path

from .views import across, learning

urlpatterns = [
    path("e/milestones/", across.across_milestones, name="across_milestones"),
    path("e/milestones/<str:code>/", across.across_milestone, name="across_milestone"),
    path("e/changes/", across.changes, name="changes"),
    path("e/gaps/", across.gaps, name="gaps"),
    path("e/checks/", across.checks, name="checks"),
    path("e/learning/", learning.learning, name="learning"),
    path("c/<slug:slug>/learning/", learning.cohort_learning, name="cohort_learning"),
]
