from django.urls import path

from .framework_urls import urlpatterns as framework_urlpatterns
from .record_urls import urlpatterns as record_urlpatterns
from .views import opening, rounds, score

ROUND = "c/<slug:slug>/round/<small:number>/"
ITEM = ROUND + "<small:position>/"

urlpatterns = [
    path("c/<slug:slug>/rounds/", rounds.rounds, name="rounds"),
    path("c/<slug:slug>/rounds/new/", rounds.new_round, name="new_round"),
    path("c/<slug:slug>/round/", rounds.this_round, name="this_round"),
    path(ROUND, rounds.round, name="round"),
    path(ROUND + "edit/", rounds.edit_round, name="edit_round"),
    path(ROUND + "start/", rounds.start_round, name="start_round"),
    path(ROUND + "end/", rounds.end_round, name="end_round"),
    path(ROUND + "ask/<small:pk>/", rounds.ask_seat, name="ask_seat"),
    path(ROUND + "next/", score.next_milestone, name="next_milestone"),
    path(ROUND + "group/", score.confirm_group_page, name="confirm_group"),
    path(ROUND + "mine/", score.my_answers_page, name="my_answers"),
    path(ROUND + "opening/", opening.opening, name="opening"),
    path(ROUND + "open/", opening.open_answers_page, name="open_answers"),
    path(ITEM, score.score, name="score"),
    path(ITEM + "answer/", score.answer, name="answer"),
    path(ITEM + "share/", score.share, name="share"),
    path(ITEM + "evidence/", score.evidence, name="evidence"),
    path(ITEM + "board/", opening.board, name="board"),
    *record_urlpatterns,
    *framework_urlpatterns,
]
