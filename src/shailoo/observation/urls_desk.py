"""Addresses of the deciding commission's pages, below /<language>/desk/observation/."""

from django.urls import path

from shailoo.observation.views.desk import accredited, lists, queue, samples

app_name = "observation_desk"
urlpatterns = [
    path("", queue.queue, name="queue"),
    path("queue.<slug:form>", queue.queue_file, name="queue_file"),
    path("applications/<int:pk>/", queue.application, name="application"),
    path("applications/<int:pk>/answers/", queue.answers, name="answers"),
    path("people/<int:pk>/", queue.person, name="person"),
    path("people/<int:pk>/photo/", queue.photo, name="photo"),
    path("papers/<int:pk>/", queue.paper, name="paper"),
    path("lists/", lists.lists, name="lists"),
    path("lists/<int:pk>/", lists.shown, name="list"),
    path("lists/<int:pk>/carry-out/", lists.carry_out, name="carry_out"),
    path("lists/<int:pk>/give-up/", lists.given_up, name="give_up"),
    path("accredited/", accredited.accredited, name="accredited"),
    path("accredited.<slug:form>", accredited.accredited_file, name="accredited_file"),
    path("accredited/badges/", accredited.badges, name="badges"),
    path("accredited/<int:pk>/", accredited.accreditation, name="accreditation"),
    path("accredited/<int:pk>/badge/<slug:language>/", accredited.badge, name="badge"),
    path("accredited/<int:pk>/revocation/", accredited.revocation, name="revocation"),
    path("accredited/<int:pk>/recall/", accredited.recalled, name="recall"),
    path("accredited/<int:pk>/renewal/", accredited.renewed, name="renewal"),
    path("accredited/<int:pk>/interpreter/", accredited.interpreter, name="interpreter"),
    path("samples/", samples.samples, name="samples"),
    path("help/", accredited.requests, name="requests"),
    path("help/<int:pk>/", accredited.answered, name="answer_help"),
]
