from django.urls import path

from . import views

FORMS = "c/<slug:slug>/voices/forms/"
FORM = FORMS + "<small:pk>/"
QUESTION = FORM + "questions/<slug:question>/"
TABLE = "c/<slug:slug>/"

urlpatterns = [
    path("go/<slug:code>/", views.go, name="go"),
    path("go/<slug:code>/<str:language>/", views.ask, name="ask"),
    path("go/<slug:code>/<str:language>/answer/", views.heard, name="heard"),
    path("go/<slug:code>/<str:language>/sound/<slug:question>/", views.sound, name="sound"),
    path(FORMS, views.forms, name="forms"),
    path(FORMS + "new/", views.new_form, name="new_form"),
    path("c/<slug:slug>/voices/paper/", views.papers, name="papers"),
    path(FORM, views.edit_form, name="edit_form"),
    path(FORM + "words/", views.change_words, name="change_words"),
    path(FORM + "drop/", views.drop_draft, name="drop_draft"),
    path(FORM + "publish/", views.publish_form, name="publish_form"),
    path(FORM + "stop/", views.stop_form, name="stop_form"),
    path(FORM + "reviewed/", views.review_words, name="review_words"),
    path(FORM + "questions/", views.add_question, name="add_question"),
    path(QUESTION, views.edit_question, name="edit_question"),
    path(QUESTION + "move/", views.move_question, name="move_question"),
    path(QUESTION + "sounds/", views.question_sounds, name="question_sounds"),
    path(QUESTION + "sounds/<str:language>/", views.hear_question, name="hear_question"),
    path(FORM + "preview/", views.start_preview, name="start_preview"),
    path(FORM + "preview/<str:language>/", views.preview_form, name="preview_form"),
    path(FORM + "hand-out/", views.hand_out, name="hand_out"),
    path(FORM + "poster/<str:language>/", views.poster, name="poster"),
    path(FORM + "paper/<str:language>/", views.paper_form, name="paper_form"),
    path(FORM + "enter/", views.enter_paper, name="enter_paper"),
    path("said/<slug:slug>/", views.public_said, name="public_said"),
    path(TABLE + "voices/", views.voices, name="voices"),
    path(TABLE + "voices/reply/", views.reply, name="reply"),
    path(TABLE + "voices/results/", views.outside_results, name="outside_results"),
    path(TABLE + "voices/results/<small:pk>/", views.use_result, name="use_result"),
    path(TABLE + "voices/<uuid:id>/", views.voice, name="voice"),
    path(TABLE + "voices/<uuid:id>/hide/", views.hide_voice, name="hide_voice"),
    path(TABLE + "said-and-done/", views.said_and_done, name="said_and_done"),
    path(TABLE + "said-and-done/<small:pk>/", views.edit_said, name="edit_said"),
]
