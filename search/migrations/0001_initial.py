from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=30, verbose_name='kind')),
                ('target', models.CharField(max_length=100, verbose_name='target')),
                ('language', models.CharField(blank=True, max_length=5, verbose_name='language')),
                ('audience', models.CharField(choices=[('public', 'Everybody')], default='public', max_length=10, verbose_name='audience')),
                ('date', models.DateField(blank=True, null=True, verbose_name='date')),
                ('themes', models.CharField(blank=True, max_length=500, verbose_name='themes')),
                ('sector', models.CharField(blank=True, max_length=30, verbose_name='sector')),
                ('size', models.CharField(blank=True, max_length=10, verbose_name='size')),
                ('commune', models.CharField(blank=True, max_length=5, verbose_name='commune')),
                ('example', models.BooleanField(default=False, verbose_name='example')),
                ('url', models.CharField(max_length=500, verbose_name='address')),
                ('title', models.CharField(max_length=300, verbose_name='title')),
                ('summary', models.TextField(blank=True, verbose_name='summary')),
                ('keywords', models.TextField(blank=True, verbose_name='keywords')),
                ('body', models.TextField(blank=True, verbose_name='body')),
            ],
            options={
                'verbose_name': 'search entry',
                'verbose_name_plural': 'search entries',
                'ordering': ('-date', '-pk'),
                'indexes': [models.Index(fields=['audience', 'language', '-date', 'kind', 'themes'], name='search_entry_latest')],
                'constraints': [models.UniqueConstraint(fields=('kind', 'target'), name='search_entry_unique')],
            },
        ),
    ]
