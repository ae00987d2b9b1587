from django.urls import path

from .views import learning

urlpatterns = [
    path("e/learning/", learning.learning, name="learning"),
    path("c/<slug:slug>/learning/", learning.cohort_learning, name="cohort_learning"),
]
