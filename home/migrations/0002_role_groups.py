# The four roles of staff, as groups. Permissions are usually written after the last migration: those
# that the groups receive are written here first.

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
        ("home", "0001_initial"),
        ("charters", "0003_signatures"),
        ("common", "0002_relations"),
        ("events", "0002_relations"),
        ("members", "0004_first_rows"),
        ("toolbox", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtail_localize", "0016_rename_page_revision_translationlog_revision"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
        ("wagtailredirects", "0008_add_verbose_name_plural"),
    ]

    operations = [migrations.RunPython(write, migrations.RunPython.noop)]
