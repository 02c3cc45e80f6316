"""Pages of allauth that ours replace, at their addresses and under their names, and those it lacks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from . import views

if TYPE_CHECKING:
    from django.urls import URLPattern

urlpatterns: list[URLPattern] = [
    path("compte/login/", views.LoginView.as_view(), name="account_login"),
    path("compte/signup/", views.SignupView.as_view(), name="account_signup"),
    path("compte/signup/passkey/", views.SignupByPasskeyView.as_view(), name="account_signup_by_passkey"),
    path("compte/signup/gesture/", views.GestureView.as_view(), name="account_gesture"),
    path("compte/signup/again/", views.start_again, name="account_start_again"),
    path("compte/confirm-email/", views.AddressCodeView.as_view(), name="account_email_verification_sent"),
    path(
        "compte/password/reset/confirm/",
        views.ResetCodeView.as_view(),
        name="account_confirm_password_reset_code",
    ),
    path(
        "compte/password/reset/key/<slug:uidb36>/<slug:key>/",
        views.ResetLinkView.as_view(),
        name="account_reset_password_from_key",
    ),
    path("compte/sessions/", views.DevicesView.as_view(), name="usersessions_list"),
    path("compte/3rdparty/", views.ProvidersView.as_view(), name="socialaccount_connections"),
]
