import common.models.media
import common.models.translated
import django.db.models.deletion
import django.utils.timezone
import modelsearch.index
import taggit.managers
import wagtail.images.models
import wagtail.models.media
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('taggit', '0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='Commune',
            fields=[
                ('insee_code', models.CharField(max_length=5, primary_key=True, serialize=False, verbose_name='INSEE code')),
                ('names', models.JSONField(validators=[common.models.translated.validate_translated], verbose_name='names')),
                ('postal_codes', models.JSONField(default=list, verbose_name='postal codes')),
                ('population', models.PositiveIntegerField(verbose_name='population')),
                ('epci_siren', models.CharField(max_length=9, verbose_name='SIREN of the intercommunality')),
                ('epci_name', models.CharField(max_length=100, verbose_name='intercommunality')),
                ('latitude', models.FloatField(verbose_name='latitude')),
                ('longitude', models.FloatField(verbose_name='longitude')),
                ('sort_name', models.CharField(editable=False, max_length=100)),
            ],
            options={
                'verbose_name': 'commune',
                'verbose_name_plural': 'communes',
                'ordering': ('sort_name',),
            },
        ),
        migrations.CreateModel(
            name='GoneAddress',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('path', models.CharField(max_length=500, unique=True, verbose_name='path')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='since')),
            ],
            options={
                'verbose_name': 'removed address',
                'verbose_name_plural': 'removed addresses',
                'ordering': ('-since',),
            },
        ),
        migrations.CreateModel(
            name='Image',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('file', wagtail.images.models.WagtailImageField(height_field='height', upload_to=wagtail.images.models.get_upload_to, verbose_name='file', width_field='width')),
                ('description', models.CharField(blank=True, default='', max_length=255, verbose_name='description')),
                ('width', models.IntegerField(editable=False, verbose_name='width')),
                ('height', models.IntegerField(editable=False, verbose_name='height')),
                ('created_at', models.DateTimeField(auto_now_add=True, db_index=True, verbose_name='created at')),
                ('focal_point_x', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_y', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_width', models.PositiveIntegerField(blank=True, null=True)),
                ('focal_point_height', models.PositiveIntegerField(blank=True, null=True)),
                ('file_size', models.PositiveIntegerField(editable=False, null=True)),
                ('file_hash', models.CharField(blank=True, db_index=True, editable=False, max_length=40)),
                ('credit', models.CharField(blank=True, max_length=200, verbose_name='credit')),
            ],
            options={
                'verbose_name': 'image',
                'verbose_name_plural': 'images',
                'abstract': False,
                'default_related_name': 'site_images',
            },
            bases=(wagtail.images.models.ImageFileMixin, modelsearch.index.Indexed, models.Model),
        ),
        migrations.CreateModel(
            name='Operation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True, verbose_name='slug')),
                ('title', models.CharField(max_length=200, verbose_name='title')),
                ('funders', models.JSONField(default=list, verbose_name='funders')),
                ('programme', models.CharField(blank=True, max_length=200, verbose_name='programme')),
                ('number', models.CharField(blank=True, max_length=50, verbose_name='file number')),
                ('starts', models.DateField(verbose_name='starts')),
                ('ends', models.DateField(verbose_name='ends')),
                ('wording', models.CharField(max_length=300, verbose_name='compulsory wording')),
                ('emblem', models.CharField(choices=[('none', 'None'), ('eu', 'European Union')], default='none', max_length=10, verbose_name='emblem')),
                ('description', models.TextField(blank=True, verbose_name='description')),
                ('keep_until', models.DateField(verbose_name='keep evidence until')),
                ('example', models.BooleanField(default=False, verbose_name='example')),
            ],
            options={
                'verbose_name': 'funding operation',
                'verbose_name_plural': 'funding operations',
                'ordering': ('-starts', 'slug'),
            },
        ),
        migrations.CreateModel(
            name='OutboxMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('recipients', models.JSONField(verbose_name='recipients')),
                ('subject', models.CharField(max_length=500, verbose_name='subject')),
                ('source', models.BinaryField(verbose_name='message source')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written at')),
                ('send_after', models.DateTimeField(default=django.utils.timezone.now, verbose_name='send after')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('last_error', models.TextField(blank=True, verbose_name='last error')),
                ('sent_at', models.DateTimeField(blank=True, null=True, verbose_name='sent at')),
                ('given_up_at', models.DateTimeField(blank=True, null=True, verbose_name='given up at')),
            ],
            options={
                'verbose_name': 'outgoing mail',
                'verbose_name_plural': 'outgoing mails',
                'ordering': ('-created_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='PeriodicJob',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80, unique=True, verbose_name='name')),
                ('due_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='due at')),
                ('running_since', models.DateTimeField(blank=True, null=True, verbose_name='running since')),
                ('last_success_at', models.DateTimeField(blank=True, null=True, verbose_name='last success')),
                ('last_error', models.TextField(blank=True, verbose_name='last error')),
            ],
            options={
                'verbose_name': 'periodic job',
                'verbose_name_plural': 'periodic jobs',
                'ordering': ('name',),
            },
        ),
        migrations.CreateModel(
            name='Rendition',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('filter_spec', models.CharField(db_index=True, max_length=255)),
                ('file', wagtail.images.models.WagtailImageField(height_field='height', storage=wagtail.images.models.get_rendition_storage, upload_to=wagtail.images.models.get_rendition_upload_to, width_field='width')),
                ('width', models.IntegerField(editable=False)),
                ('height', models.IntegerField(editable=False)),
                ('focal_point_key', models.CharField(blank=True, default='', editable=False, max_length=16)),
            ],
            bases=(wagtail.images.models.ImageFileMixin, models.Model),
        ),
        migrations.CreateModel(
            name='ShareImage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(verbose_name='translation key')),
                ('language', models.CharField(max_length=5, verbose_name='language')),
                ('name', models.CharField(max_length=120, verbose_name='file name')),
            ],
            options={
                'verbose_name': 'picture for shared links',
                'verbose_name_plural': 'pictures for shared links',
                'ordering': ('pk',),
            },
        ),
        migrations.CreateModel(
            name='Theme',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(unique=True, verbose_name='slug')),
                ('family', models.CharField(choices=[('recruter', 'Recruit'), ('transmettre', 'Pass on'), ('prendre-soin', 'Take care'), ('faire-carriere', 'Build a career')], max_length=20, verbose_name='family')),
                ('position', models.PositiveSmallIntegerField(unique=True, verbose_name='position')),
                ('names', models.JSONField(validators=[common.models.translated.validate_translated], verbose_name='names')),
                ('descriptions', models.JSONField(validators=[common.models.translated.validate_translated], verbose_name='descriptions')),
            ],
            options={
                'verbose_name': 'theme',
                'verbose_name_plural': 'themes',
                'ordering': ('position',),
            },
        ),
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=255, verbose_name='title')),
                ('created_at', models.DateTimeField(auto_now_add=True, verbose_name='created at')),
                ('file_size', models.PositiveBigIntegerField(editable=False, null=True)),
                ('file_hash', models.CharField(blank=True, editable=False, max_length=40)),
                ('file', models.FileField(upload_to=common.models.media.document_name, verbose_name='file')),
                ('collection', models.ForeignKey(default=wagtail.models.media.get_root_collection_id, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='wagtailcore.collection', verbose_name='collection')),
                ('tags', taggit.managers.TaggableManager(blank=True, help_text=None, through='taggit.TaggedItem', to='taggit.Tag', verbose_name='tags')),
            ],
            options={
                'verbose_name': 'document',
                'verbose_name_plural': 'documents',
                'abstract': False,
                'default_related_name': 'site_documents',
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
    ]
