import django.utils.timezone
from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):

    dependencies = [
        ('common', '0002_relations'),
    ]

    operations = [
        migrations.CreateModel(
            name='Bounce',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('address', models.EmailField(max_length=320, unique=True, verbose_name='address')),
                ('kind', models.CharField(choices=[('hard', 'Refused for good'), ('soft', 'Refused for now')], max_length=4, verbose_name='kind')),
                ('count', models.PositiveIntegerField(default=1, verbose_name='times refused')),
                ('reason', models.TextField(blank=True, verbose_name='answer of the mail server')),
                ('last_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='last refused at')),
                ('cleared_at', models.DateTimeField(blank=True, null=True, verbose_name='cleared at')),
            ],
            options={
                'verbose_name': 'address that refuses mail',
                'verbose_name_plural': 'addresses that refuse mail',
                'ordering': ('-last_at', '-pk'),
                'constraints': [
                    models.CheckConstraint(condition=Q(kind__in=['hard', 'soft']), name='bounce_kind_known'),
                    models.CheckConstraint(condition=Q(count__gte=1), name='bounce_counted'),
                ],
            },
        ),
        migrations.RemoveConstraint(
            model_name='outboxmessage',
            name='outbox_sent_or_given_up',
        ),
        migrations.RemoveIndex(
            model_name='outboxmessage',
            name='outbox_due',
        ),
        migrations.AddField(
            model_name='outboxmessage',
            name='message_id',
            field=models.CharField(blank=True, db_index=True, max_length=250, verbose_name='message id'),
        ),
        migrations.AddField(
            model_name='outboxmessage',
            name='skipped_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='withheld at'),
        ),
        migrations.AddField(
            model_name='outboxmessage',
            name='urgent',
            field=models.BooleanField(default=False, verbose_name='urgent'),
        ),
        migrations.AddIndex(
            model_name='outboxmessage',
            index=models.Index(
                condition=Q(sent_at=None, given_up_at=None, skipped_at=None),
                fields=['send_after'],
                name='outbox_due',
            ),
        ),
        migrations.AddConstraint(
            model_name='outboxmessage',
            constraint=models.CheckConstraint(
                condition=Q(sent_at=None, given_up_at=None)
                | Q(sent_at=None, skipped_at=None)
                | Q(given_up_at=None, skipped_at=None),
                name='outbox_one_end',
            ),
        ),
    ]
