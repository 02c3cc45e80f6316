"""Addresses of what members tell. Words that stand in the place of a step come before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from .views import files, mine, preview, sending, steps

if TYPE_CHECKING:
    from django.urls import URLPattern

ROOT = "espace/partager/"
ONE = f"{ROOT}<str:public_id>/"

urlpatterns: list[URLPattern] = [
    path(ROOT, mine.mine, name="contributions"),
    path(f"{ROOT}nouveau/<str:kind>/", mine.new, name="contribution_new"),
    path(f"{ROOT}reprendre/<str:kind>/", mine.resume, name="contribution_resume"),
    path(f"{ROOT}reviser/<str:kind>/<uuid:key>/", mine.revise, name="revise"),
    path(ONE, sending.overview, name="contribution"),
    path(f"{ONE}apercu/", preview.preview, name="contribution_preview"),
    path(f"{ONE}envoyer/", sending.send, name="contribution_send"),
    path(f"{ONE}reprendre/", sending.take_back, name="contribution_take_back"),
    path(f"{ONE}abandonner/", sending.discard, name="contribution_discard"),
    path(f"{ONE}retablir/", sending.restore, name="contribution_restore"),
    path(f"{ONE}succeder/", sending.take_up, name="contribution_take_up"),
    path(f"{ONE}joindre/", files.upload, name="contribution_upload"),
    path(f"{ONE}joindre/<str:file_id>/", files.change, name="contribution_file"),
    path(f"{ONE}<slug:key>/", steps.step_page, name="contribution_step"),
]
