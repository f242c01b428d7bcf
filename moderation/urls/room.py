"""The lists, the submission that somebody opens, and what is done once for the whole site."""

from django.urls import path

from moderation.views.lists import bulk, queue, stories, take_downs
from moderation.views.office import letters, words
from moderation.views.room import comparing, decisions, reading, second_reading

urlpatterns = [
    path("queue/", queue.QueueView.as_view(), name="room_queue"),
    path("queue/<uuid:pk>/", reading.read, name="room_read"),
    path("queue/<uuid:pk>/claim/", queue.claim, name="room_claim"),
    path("queue/<uuid:pk>/hand-on/", queue.hand_on, name="room_hand_on"),
    path("queue/<uuid:pk>/take-over/", queue.take_over, name="room_take_over"),
    path("queue/<uuid:pk>/give-up/", decisions.drop, name="room_drop"),
    path("stories/<uuid:pk>/correct/", decisions.correct, name="room_correct"),
    path("queue/<uuid:pk>/second/", second_reading.read_second, name="room_second"),
    path("queue/<uuid:pk>/unfold/", second_reading.unfold, name="room_unfold"),
    path("queue/flood/decline/", bulk.decline_flood, name="room_decline_flood"),
    path("queue/flood/put-back/", bulk.put_flood_back, name="room_put_flood_back"),
    path("queue/<slug:lane>/", queue.QueueView.as_view(), name="room_lane"),
    path("queue/<slug:lane>/results/", queue.QueueView.as_view(results_only=True), name="room_lane_results"),
    path("take-downs/", take_downs.TakeDownsView.as_view(), name="room_take_downs"),
    path("take-downs/<uuid:pk>/", take_downs.take_down_request, name="room_take_down"),
    path("take-downs/<uuid:pk>/take-down/", take_downs.take_down_first, name="room_take_down_first"),
    path("take-downs/<uuid:pk>/withhold/", take_downs.withhold_story, name="room_withhold"),
    path("objections/<uuid:pk>/", take_downs.objection_page, name="room_objection"),
    path("objections/<uuid:pk>/first-look/", take_downs.choose_outcome, name="room_objection_look"),
    path("objections/<uuid:pk>/agree/", take_downs.agree_to_objection, name="room_objection_agree"),
    path("objections/<uuid:pk>/send-back/", take_downs.send_objection_back, name="room_objection_send_back"),
    path("batch/", stories.batch, name="room_batch"),
    path("usual-wait/", words.set_usual_wait, name="room_usual_wait"),
    path("first-look/", words.risk_words_page, name="room_risk_words"),
    path("queue/<uuid:pk>/changes/", comparing.compare, name="room_compare"),
    path("queue/<uuid:pk>/as-public/", comparing.as_public, name="room_as_public"),
    path("answers/", letters.forces_page, name="room_forces"),
    path("answers/letters/<uuid:pk>/", letters.show_letter, name="room_letter"),
    path("answers/letters/<uuid:pk>/take-out/", letters.take_out_letter, name="room_letter_take_out"),
]
