"""The addresses of the site, as the demonstration has them."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from config import urls

urlpatterns = [
    *i18n_patterns(path("demo/courriels/", include("common.demo_mail")), prefix_default_language=False),
    *urls.urlpatterns,
]
handler404 = urls.handler404
