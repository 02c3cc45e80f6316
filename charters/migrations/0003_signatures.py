import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('charters', '0002_pages'),
        ('common', '0002_relations'),
        ('members', '0002_organisations'),
    ]

    operations = [
        migrations.AddField(
            model_name='cohort',
            name='cosigners',
            field=models.ManyToManyField(blank=True, related_name='cosigned_cohorts', to='members.organisation', verbose_name='co-signers'),
        ),
        migrations.AddField(
            model_name='engagement',
            name='themes',
            field=models.ManyToManyField(blank=True, related_name='engagements', to='common.theme', verbose_name='themes'),
        ),
        migrations.AddField(
            model_name='engagement',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='engagements', to='charters.charterversion', verbose_name='version'),
        ),
        migrations.AddField(
            model_name='signatoryindexpage',
            name='operation',
            field=models.ForeignKey(blank=True, help_text='Shows the funder’s publicity block on the page and in print.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.operation', verbose_name='funding operation'),
        ),
        migrations.AddField(
            model_name='signature',
            name='cohort',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='charters.cohort', verbose_name='cohort'),
        ),
        migrations.AddField(
            model_name='signature',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='members.organisation', verbose_name='organisation'),
        ),
        migrations.AddField(
            model_name='signature',
            name='version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signatures', to='charters.charterversion', verbose_name='version'),
        ),
        migrations.AddField(
            model_name='label',
            name='signature',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='labels', to='charters.signature', verbose_name='signature'),
        ),
        migrations.AddConstraint(
            model_name='engagement',
            constraint=models.UniqueConstraint(fields=('version', 'code'), name='engagement_code_unique'),
        ),
        migrations.AddConstraint(
            model_name='engagement',
            constraint=models.UniqueConstraint(fields=('version', 'position'), name='engagement_position_unique'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.UniqueConstraint(fields=('organisation', 'version'), name='signature_once_a_version'),
        ),
        migrations.AddConstraint(
            model_name='signature',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['signed', 'labelled', 'lapsed']), _negated=True), ('signed_on__isnull', False), ('cohort__isnull', False), _connector='OR'), name='signature_signed_is_dated'),
        ),
        migrations.AddConstraint(
            model_name='label',
            constraint=models.CheckConstraint(condition=models.Q(('valid_until__gt', models.F('awarded_on'))), name='label_ends_after_award'),
        ),
    ]
