import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('charters', '0001_initial'),
        ('common', '0002_relations'),
    ]

    operations = [
        migrations.AddField(
            model_name='charterpage',
            name='operation',
            field=models.ForeignKey(blank=True, help_text='Shows the funder’s publicity block on the page and in print.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.operation', verbose_name='funding operation'),
        ),
    ]
