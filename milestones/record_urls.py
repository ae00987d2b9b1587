from django.urls import path

from .views import agree, dissent, learning, publish, record, release, words

ROUND = "c/<slug:slug>/round/<small:number>/"
ITEM = ROUND + "<small:position>/"

urlpatterns = [
    path("c/<slug:slug>/milestones/", record.milestones, name="milestones"),
    path("c/<slug:slug>/milestones/<slug:code>/", record.milestone_record, name="milestone_record"),
    path(ITEM + "agree/", agree.agree, name="agree"),
    path(ITEM + "dissent/", dissent.dissent, name="dissent"),
    path(ITEM + "dissent/<small:id>/", dissent.take_back, name="take_back"),
    path(ROUND + "words/<small:id>/withdraw/", words.withdraw_words, name="withdraw_words"),
    path(ROUND + "words/<small:id>/withhold/", words.withhold_words, name="withhold_words"),
    path(ROUND + "release/", release.release, name="release"),
    path(ROUND + "release/<small:release>/", release.released, name="released"),
    path(ROUND + "release/<small:release>/share/", learning.share_learning, name="share_learning"),
    path(ROUND + "publish/", publish.publish, name="publish"),
    path(ROUND + "publish/take-back/", publish.unpublish, name="unpublish"),
]
