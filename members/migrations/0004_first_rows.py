# What existed before this room was furnished: every account has a profile, organisations recorded by
# the association are confirmed, and the terms have their first wording.

from django.db import migrations
from django.db.models import F
from django.utils.crypto import get_random_string

ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
TERMS = {
    "fr": (
        "J’accepte les conditions d’utilisation de l’espace Atout’âge : je m’inscris à titre professionnel, "
        "sous mon vrai nom ; ce que je publie est relu avant de paraître ; mes données servent à faire vivre "
        "cet espace et rien d’autre ; je peux les emporter ou les effacer quand je veux."
    ),
    "en": (
        "I accept the terms of use of the Atout’âge space: I sign up as a professional, under my real name; "
        "what I publish is read before it appears; my data serve to run this space and nothing else; I can "
        "take them away or erase them whenever I wish."
    ),
    "nl": (
        "Ik aanvaard de gebruiksvoorwaarden van de ruimte Atout’âge: ik schrijf mij beroepshalve in, onder "
        "mijn echte naam; wat ik publiceer wordt eerst nagelezen; mijn gegevens dienen om deze ruimte te "
        "laten werken en voor niets anders; ik kan ze meenemen of wissen wanneer ik wil."
    ),
}


def write(apps, schema_editor):
    Organisation = apps.get_model("members", "Organisation")
    Organisation.objects.update(confirmed_at=F("created_at"))
    User, Profile = apps.get_model("members", "User"), apps.get_model("members", "Profile")
    for user in User.objects.filter(profile=None):
        Profile.objects.create(user=user, public_id=get_random_string(12, ALPHABET))
    apps.get_model("members", "ConsentWording").objects.get_or_create(
        purpose="terms", version="2026-11", defaults={"texts": TERMS}
    )


class Migration(migrations.Migration):

    dependencies = [("members", "0003_belonging")]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
