import django.db.models.deletion
import modelcluster.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('common', '0002_relations'),
        ('events', '0001_initial'),
        ('members', '0002_organisations'),
        migrations.swappable_dependency(settings.WAGTAIL_PAGE_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='event',
            name='organisers',
            field=models.ManyToManyField(blank=True, related_name='organised_events', to='members.organisation', verbose_name='organisers'),
        ),
        migrations.AddField(
            model_name='event',
            name='themes',
            field=models.ManyToManyField(related_name='%(class)s_set', to='common.theme', verbose_name='themes'),
        ),
        migrations.AddField(
            model_name='eventindexpage',
            name='operation',
            field=models.ForeignKey(blank=True, help_text='Shows the funder’s publicity block on the page and in print.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.operation', verbose_name='funding operation'),
        ),
        migrations.AddField(
            model_name='eventpage',
            name='commune',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='common.commune', verbose_name='commune'),
        ),
        migrations.AddField(
            model_name='eventpage',
            name='facts',
            field=models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='pages', to='events.event'),
        ),
        migrations.AddField(
            model_name='eventpage',
            name='lead_theme',
            field=models.ForeignKey(help_text='Its family gives the card its pip and colour.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.theme', verbose_name='main theme'),
        ),
        migrations.AddField(
            model_name='eventpage',
            name='operation',
            field=models.ForeignKey(blank=True, help_text='Shows the funder’s publicity block on the page and in print.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.operation', verbose_name='funding operation'),
        ),
        migrations.AddField(
            model_name='eventpage',
            name='organisers',
            field=modelcluster.fields.ParentalManyToManyField(blank=True, related_name='+', to='members.organisation', verbose_name='organisers'),
        ),
        migrations.AddField(
            model_name='eventpage',
            name='replay',
            field=models.ForeignKey(blank=True, help_text='The video page of what was filmed.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.WAGTAIL_PAGE_MODEL, verbose_name='replay'),
        ),
        migrations.AddField(
            model_name='eventpage',
            name='themes',
            field=modelcluster.fields.ParentalManyToManyField(blank=True, help_text='Two more at most.', related_name='+', to='common.theme', verbose_name='other themes'),
        ),
        migrations.AddField(
            model_name='eventpage',
            name='series',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='events.series', verbose_name='series'),
        ),
        migrations.AddField(
            model_name='event',
            name='series',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='events.series', verbose_name='series'),
        ),
        migrations.AddConstraint(
            model_name='event',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='event_ends_after_start'),
        ),
    ]
