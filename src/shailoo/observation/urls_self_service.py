"""Addresses of senders, of their accounts and of the Ministry, below /<language>/desk/observation/own/."""

from django.urls import path

from shailoo.observation.views.self_service import applications, enquiries, ministry, people

app_name = "observation_own"
urlpatterns = [
    path("", applications.index, name="index"),
    path("begin/", applications.begin, name="begin"),
    path("ask/", enquiries.ask, name="ask"),
    path("asked/", enquiries.asked, name="asked"),
    path("prove/<str:secret>/", enquiries.prove, name="prove"),
    path("accounts/", enquiries.waiting, name="enquiries"),
    path("accounts/enter/", enquiries.enter, name="enter"),
    path("accounts/<int:pk>/", enquiries.answer, name="answer"),
    path("accounts/<int:pk>/refuse/", enquiries.refuse, name="refuse"),
    path("ministry/", ministry.index, name="ministry"),
    path("ministry/<int:pk>/", ministry.application, name="ministry_application"),
    path("<int:pk>/", applications.application, name="application"),
    path("<int:pk>/plan/", applications.plan, name="plan"),
    path("<int:pk>/list/", applications.upload, name="upload"),
    path("<int:pk>/list/<str:language>.<str:form>", applications.template, name="template"),
    path("<int:pk>/archive/", applications.archive, name="archive"),
    path("<int:pk>/papers/", applications.papers, name="papers"),
    path("<int:pk>/findings.csv", applications.errors, name="errors"),
    path("<int:pk>/hand-in/", applications.hand_in, name="hand_in"),
    path("<int:pk>/receipt/", applications.receipt, name="receipt"),
    path("<int:pk>/withdraw/", applications.withdraw, name="withdraw"),
    path("<int:pk>/people/", people.people, name="people"),
    path("<int:pk>/people/add/", people.add, name="add"),
    path("<int:pk>/people/empty/", people.empty, name="empty"),
    path("<int:pk>/people/<int:row>/", people.person, name="person"),
    path("<int:pk>/people/<int:row>/photo/", people.photo, name="photo"),
    path("<int:pk>/people/<int:row>/photo.jpg", people.portrait, name="portrait"),
    path("<int:pk>/people/<int:row>/copy/", people.copy, name="copy"),
    path("<int:pk>/people/<int:row>/remove/", people.remove, name="remove"),
    path("<int:pk>/people/<int:row>/withdraw/", applications.withdraw_person, name="withdraw_person"),
]
