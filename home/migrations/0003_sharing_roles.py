# What the roles of staff may do with what members share.

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db import migrations

from home.installation.groups import ADMINISTERED, Groups


def write(apps, schema_editor):
    for config in installed.get_app_configs():
        if config.label in ADMINISTERED:
            create_permissions(config, verbosity=0, apps=apps)
    Groups(apps).make()


class Migration(migrations.Migration):

    dependencies = [
        ("home", "0002_role_groups"),
        ("common", "0004_documents"),
        ("members", "0005_conversation_and_cases"),
        ("toolbox", "0002_sharing"),
    ]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
