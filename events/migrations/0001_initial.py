import common.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('common', '0002_relations'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='EventIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(blank=True, help_text='One sentence for lists, search engines and shared links. It says what one learns.', max_length=300, verbose_name='telling sentence')),
                ('menu_title', models.CharField(blank=True, help_text='A word or two, when the title is too long for menus and breadcrumbs.', max_length=40, verbose_name='title in menus')),
                ('menu', models.CharField(blank=True, choices=[('', 'Nowhere'), ('header', 'Header'), ('footer-association', 'Footer: the association'), ('footer-legal', 'Footer: legal')], default='', max_length=30, verbose_name='menu')),
            ],
            options={
                'verbose_name': 'agenda',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='EventPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(blank=True, help_text='One sentence for lists, search engines and shared links. It says what one learns.', max_length=300, verbose_name='telling sentence')),
                ('menu_title', models.CharField(blank=True, help_text='A word or two, when the title is too long for menus and breadcrumbs.', max_length=40, verbose_name='title in menus')),
                ('menu', models.CharField(blank=True, choices=[('', 'Nowhere'), ('header', 'Header'), ('footer-association', 'Footer: the association'), ('footer-legal', 'Footer: legal')], default='', max_length=30, verbose_name='menu')),
                ('example', models.BooleanField(default=False, help_text='Invented to show what the space is for; marked on the page.', verbose_name='example')),
                ('format', models.CharField(choices=[('workshop', 'HR workshop'), ('codev', 'Co-development workshop'), ('club', 'Club meeting'), ('webinar', 'Webinar'), ('broadcast', 'Broadcast'), ('ceremony', 'Ceremony'), ('thematic_day', 'Thematic day')], max_length=20, verbose_name='format')),
                ('starts_at', models.DateTimeField(db_index=True, verbose_name='starts')),
                ('ends_at', models.DateTimeField(db_index=True, verbose_name='ends')),
                ('place', models.CharField(blank=True, max_length=150, verbose_name='place')),
                ('address', models.CharField(blank=True, max_length=250, verbose_name='address')),
                ('online', models.BooleanField(default=False, verbose_name='online')),
                ('online_link', models.URLField(blank=True, help_text='Shown to those who are registered, nowhere else.', verbose_name='link to join online')),
                ('capacity', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='capacity')),
                ('audience', models.CharField(choices=[('public', 'Everybody'), ('members', 'Members'), ('group', 'One group')], default='public', max_length=10, verbose_name='audience')),
                ('registration_opens_at', models.DateTimeField(blank=True, null=True, verbose_name='registration opens')),
                ('registration_closes_at', models.DateTimeField(blank=True, null=True, verbose_name='registration closes')),
                ('approval_needed', models.BooleanField(default=False, verbose_name='registrations are approved one by one')),
                ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='cancelled at')),
                ('body', common.fields.BlockField(blank=True, verbose_name='programme')),
            ],
            options={
                'verbose_name': 'event',
                'verbose_name_plural': 'events',
            },
            bases=('wagtailcore.page', models.Model),
        ),
        migrations.CreateModel(
            name='Series',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True, verbose_name='slug')),
                ('title', models.CharField(max_length=150, verbose_name='title')),
                ('kind', models.CharField(choices=[('club', 'Club'), ('codev', 'Co-development cycle')], max_length=10, verbose_name='kind')),
                ('summary', models.TextField(blank=True, verbose_name='summary')),
                ('example', models.BooleanField(default=False, verbose_name='example')),
            ],
            options={
                'verbose_name': 'series',
                'verbose_name_plural': 'series',
                'ordering': ('title', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Event',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(editable=False, unique=True, verbose_name='translation key')),
                ('live', models.BooleanField(db_index=True, default=True, verbose_name='published')),
                ('published_at', models.DateTimeField(db_index=True, verbose_name='first published')),
                ('example', models.BooleanField(default=False, verbose_name='example')),
                ('format', models.CharField(choices=[('workshop', 'HR workshop'), ('codev', 'Co-development workshop'), ('club', 'Club meeting'), ('webinar', 'Webinar'), ('broadcast', 'Broadcast'), ('ceremony', 'Ceremony'), ('thematic_day', 'Thematic day')], max_length=20, verbose_name='format')),
                ('starts_at', models.DateTimeField(db_index=True, verbose_name='starts')),
                ('ends_at', models.DateTimeField(db_index=True, verbose_name='ends')),
                ('place', models.CharField(blank=True, max_length=150, verbose_name='place')),
                ('address', models.CharField(blank=True, max_length=250, verbose_name='address')),
                ('online', models.BooleanField(default=False, verbose_name='online')),
                ('online_link', models.URLField(blank=True, help_text='Shown to those who are registered, nowhere else.', verbose_name='link to join online')),
                ('capacity', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='capacity')),
                ('audience', models.CharField(choices=[('public', 'Everybody'), ('members', 'Members'), ('group', 'One group')], default='public', max_length=10, verbose_name='audience')),
                ('registration_opens_at', models.DateTimeField(blank=True, null=True, verbose_name='registration opens')),
                ('registration_closes_at', models.DateTimeField(blank=True, null=True, verbose_name='registration closes')),
                ('approval_needed', models.BooleanField(default=False, verbose_name='registrations are approved one by one')),
                ('cancelled_at', models.DateTimeField(blank=True, null=True, verbose_name='cancelled at')),
                ('commune', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='common.commune', verbose_name='commune')),
                ('lead_theme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.theme', verbose_name='main theme')),
                ('operation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='common.operation', verbose_name='funding operation')),
            ],
            options={
                'verbose_name': 'event',
                'verbose_name_plural': 'events',
                'ordering': ('starts_at', 'pk'),
            },
        ),
    ]
