import common.fields
import common.models.translated
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='CharterPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(blank=True, help_text='One sentence for lists, search engines and shared links. It says what one learns.', max_length=300, verbose_name='telling sentence')),
                ('menu_title', models.CharField(blank=True, help_text='A word or two, when the title is too long for menus and breadcrumbs.', max_length=40, verbose_name='title in menus')),
                ('menu', models.CharField(blank=True, choices=[('', 'Nowhere'), ('header', 'Header'), ('footer-association', 'Footer: the association'), ('footer-legal', 'Footer: legal')], default='', max_length=30, verbose_name='menu')),
                ('body', common.fields.BlockField(blank=True, verbose_name='body')),
            ],
            options={
                'verbose_name': 'charter',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='CharterVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(unique=True, verbose_name='version')),
                ('adopted_on', models.DateField(verbose_name='adopted on')),
                ('preamble', models.TextField(blank=True, verbose_name='preamble')),
            ],
            options={
                'verbose_name': 'version of the charter',
                'verbose_name_plural': 'versions of the charter',
                'ordering': ('-adopted_on',),
            },
        ),
        migrations.CreateModel(
            name='Cohort',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(unique=True, verbose_name='code')),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('ceremony_on', models.DateField(blank=True, null=True, verbose_name='ceremony')),
            ],
            options={
                'verbose_name': 'cohort',
                'verbose_name_plural': 'cohorts',
                'ordering': ('-year', 'code'),
            },
        ),
        migrations.CreateModel(
            name='Engagement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.SlugField(verbose_name='code')),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('titles', models.JSONField(validators=[common.models.translated.validate_translated], verbose_name='titles')),
                ('texts', models.JSONField(validators=[common.models.translated.validate_translated], verbose_name='texts')),
            ],
            options={
                'verbose_name': 'engagement',
                'verbose_name_plural': 'engagements',
                'ordering': ('version', 'position'),
            },
        ),
        migrations.CreateModel(
            name='Label',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reference', models.CharField(max_length=20, unique=True, verbose_name='reference')),
                ('awarded_on', models.DateField(verbose_name='awarded on')),
                ('valid_until', models.DateField(verbose_name='valid until')),
            ],
            options={
                'verbose_name': 'label',
                'verbose_name_plural': 'labels',
                'ordering': ('-awarded_on', 'reference'),
            },
        ),
        migrations.CreateModel(
            name='SignatoryIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(blank=True, help_text='One sentence for lists, search engines and shared links. It says what one learns.', max_length=300, verbose_name='telling sentence')),
                ('menu_title', models.CharField(blank=True, help_text='A word or two, when the title is too long for menus and breadcrumbs.', max_length=40, verbose_name='title in menus')),
                ('menu', models.CharField(blank=True, choices=[('', 'Nowhere'), ('header', 'Header'), ('footer-association', 'Footer: the association'), ('footer-legal', 'Footer: legal')], default='', max_length=30, verbose_name='menu')),
            ],
            options={
                'verbose_name': 'directory of signatories',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='Signature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('submitted', 'Submitted'), ('to_complete', 'To complete'), ('accepted', 'Accepted'), ('signed', 'Signatory'), ('labelled', 'Labelled'), ('lapsed', 'Lapsed'), ('withdrawn', 'Withdrawn'), ('refused', 'Refused')], db_index=True, default='draft', max_length=15, verbose_name='state')),
                ('signed_on', models.DateField(blank=True, db_index=True, help_text='Empty when only the year is known: the cohort gives it.', null=True, verbose_name='signed on')),
                ('words', models.CharField(blank=True, max_length=300, verbose_name='in the company’s words')),
                ('example', models.BooleanField(default=False, verbose_name='example')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='recorded at')),
            ],
            options={
                'verbose_name': 'signature',
                'verbose_name_plural': 'signatures',
                'ordering': ('-signed_on', 'pk'),
            },
        ),
    ]
