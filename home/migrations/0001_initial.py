import common.fields
import django.core.validators
import django.db.models.deletion
import django.utils.timezone
import home.models.videos
import modelcluster.fields
import wagtail.fields
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
            name='ContactMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(choices=[('practice', 'Share a practice'), ('event', 'Come to an event'), ('charter', 'Sign the charter'), ('accessibility', 'Report an accessibility problem'), ('privacy', 'Ask about my data'), ('other', 'Something else')], max_length=20, verbose_name='subject')),
                ('name', models.CharField(max_length=120, verbose_name='name')),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('organisation', models.CharField(blank=True, max_length=150, verbose_name='company')),
                ('message', models.TextField(max_length=5000, verbose_name='message')),
                ('language', models.CharField(default='fr', max_length=5, verbose_name='language')),
                ('suspicious', models.BooleanField(default=False, verbose_name='looks like a robot’s')),
                ('created_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name='received at')),
                ('handled_at', models.DateTimeField(blank=True, null=True, verbose_name='handled at')),
            ],
            options={
                'verbose_name': 'message received',
                'verbose_name_plural': 'messages received',
                'ordering': ('-created_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='AccessibilityPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(blank=True, help_text='One sentence for lists, search engines and shared links. It says what one learns.', max_length=300, verbose_name='telling sentence')),
                ('menu_title', models.CharField(blank=True, help_text='A word or two, when the title is too long for menus and breadcrumbs.', max_length=40, verbose_name='title in menus')),
                ('menu', models.CharField(blank=True, choices=[('', 'Nowhere'), ('header', 'Header'), ('footer-association', 'Footer: the association'), ('footer-legal', 'Footer: legal')], default='', max_length=30, verbose_name='menu')),
                ('declared_on', models.DateField(verbose_name='declaration of')),
                ('audited_on', models.DateField(blank=True, null=True, verbose_name='audited on')),
                ('auditor', models.CharField(blank=True, max_length=150, verbose_name='auditor')),
                ('rate', models.DecimalField(blank=True, decimal_places=2, help_text='Criteria validated out of criteria that apply. Empty while there is no audit.', max_digits=5, null=True, validators=[django.core.validators.MaxValueValidator(100)], verbose_name='criteria met, in %')),
                ('commitment', wagtail.fields.RichTextField(verbose_name='commitment')),
                ('non_conformities', common.fields.BlockField(blank=True, verbose_name='non-conformities')),
                ('derogations', wagtail.fields.RichTextField(blank=True, verbose_name='derogations for disproportionate burden')),
                ('exempt', wagtail.fields.RichTextField(blank=True, verbose_name='content that is exempt')),
                ('technologies', models.CharField(max_length=250, verbose_name='technologies')),
                ('environments', wagtail.fields.RichTextField(blank=True, verbose_name='test environment')),
                ('tools', wagtail.fields.RichTextField(blank=True, verbose_name='assessment tools')),
                ('tested_pages', wagtail.fields.RichTextField(blank=True, verbose_name='pages tested')),
                ('contact', wagtail.fields.RichTextField(verbose_name='contact')),
                ('scheme', wagtail.fields.RichTextField(blank=True, verbose_name='multi-year scheme and action plan')),
                ('operation', models.ForeignKey(blank=True, help_text='Shows the funder’s publicity block on the page and in print.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.operation', verbose_name='funding operation')),
            ],
            options={
                'verbose_name': 'accessibility statement',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='Banner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('text', models.CharField(max_length=200, verbose_name='text')),
                ('link', models.CharField(blank=True, max_length=200, verbose_name='link')),
                ('link_text', models.CharField(blank=True, max_length=60, verbose_name='link text')),
                ('language', models.CharField(default='fr', max_length=5, verbose_name='language')),
                ('starts_at', models.DateTimeField(verbose_name='from')),
                ('ends_at', models.DateTimeField(verbose_name='until')),
            ],
            options={
                'verbose_name': 'banner',
                'verbose_name_plural': 'banners',
                'ordering': ('-starts_at',),
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('starts_at'))), name='banner_ends_after_start')],
            },
        ),
        migrations.CreateModel(
            name='ContactPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(blank=True, help_text='One sentence for lists, search engines and shared links. It says what one learns.', max_length=300, verbose_name='telling sentence')),
                ('menu_title', models.CharField(blank=True, help_text='A word or two, when the title is too long for menus and breadcrumbs.', max_length=40, verbose_name='title in menus')),
                ('menu', models.CharField(blank=True, choices=[('', 'Nowhere'), ('header', 'Header'), ('footer-association', 'Footer: the association'), ('footer-legal', 'Footer: legal')], default='', max_length=30, verbose_name='menu')),
                ('body', common.fields.BlockField(blank=True, verbose_name='body')),
                ('operation', models.ForeignKey(blank=True, help_text='Shows the funder’s publicity block on the page and in print.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.operation', verbose_name='funding operation')),
            ],
            options={
                'verbose_name': 'contact page',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='HomePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(blank=True, help_text='One sentence for lists, search engines and shared links. It says what one learns.', max_length=300, verbose_name='telling sentence')),
                ('menu_title', models.CharField(blank=True, help_text='A word or two, when the title is too long for menus and breadcrumbs.', max_length=40, verbose_name='title in menus')),
                ('menu', models.CharField(blank=True, choices=[('', 'Nowhere'), ('header', 'Header'), ('footer-association', 'Footer: the association'), ('footer-legal', 'Footer: legal')], default='', max_length=30, verbose_name='menu')),
                ('hero_title', models.CharField(help_text='The word between *stars* is coloured.', max_length=120, verbose_name='big title')),
                ('hero_lead', models.TextField(max_length=300, verbose_name='sentence below')),
                ('popular_searches', models.CharField(blank=True, help_text='Separated by commas; three are enough.', max_length=200, verbose_name='often searched')),
                ('sections', common.fields.BlockField(verbose_name='sections')),
                ('operation', models.ForeignKey(blank=True, help_text='Shows the funder’s publicity block on the page and in print.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.operation', verbose_name='funding operation')),
            ],
            options={
                'verbose_name': 'home page',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='LoadedRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('origin', models.CharField(choices=[('site', 'Installation'), ('demo', 'Demonstration')], max_length=10, verbose_name='origin')),
                ('key', models.CharField(max_length=200, verbose_name='key')),
                ('digest', models.CharField(max_length=64, verbose_name='digest of the source')),
                ('model', models.CharField(max_length=100, verbose_name='model')),
                ('object_pk', models.CharField(max_length=64, verbose_name='identifier')),
                ('state', models.CharField(max_length=64, verbose_name='state when written')),
            ],
            options={
                'verbose_name': 'loaded row',
                'verbose_name_plural': 'loaded rows',
                'ordering': ('pk',),
                'indexes': [models.Index(fields=['model', 'object_pk'], name='loaded_row_object')],
                'constraints': [models.UniqueConstraint(fields=('origin', 'key'), name='loaded_row_key_unique')],
            },
        ),
        migrations.CreateModel(
            name='NewsIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(blank=True, help_text='One sentence for lists, search engines and shared links. It says what one learns.', max_length=300, verbose_name='telling sentence')),
                ('menu_title', models.CharField(blank=True, help_text='A word or two, when the title is too long for menus and breadcrumbs.', max_length=40, verbose_name='title in menus')),
                ('menu', models.CharField(blank=True, choices=[('', 'Nowhere'), ('header', 'Header'), ('footer-association', 'Footer: the association'), ('footer-legal', 'Footer: legal')], default='', max_length=30, verbose_name='menu')),
                ('operation', models.ForeignKey(blank=True, help_text='Shows the funder’s publicity block on the page and in print.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.operation', verbose_name='funding operation')),
            ],
            options={
                'verbose_name': 'list of news',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='NewsPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(blank=True, help_text='One sentence for lists, search engines and shared links. It says what one learns.', max_length=300, verbose_name='telling sentence')),
                ('menu_title', models.CharField(blank=True, help_text='A word or two, when the title is too long for menus and breadcrumbs.', max_length=40, verbose_name='title in menus')),
                ('menu', models.CharField(blank=True, choices=[('', 'Nowhere'), ('header', 'Header'), ('footer-association', 'Footer: the association'), ('footer-legal', 'Footer: legal')], default='', max_length=30, verbose_name='menu')),
                ('published_on', models.DateField(db_index=True, verbose_name='dated')),
                ('example', models.BooleanField(default=False, verbose_name='example')),
                ('body', common.fields.BlockField(blank=True, verbose_name='body')),
                ('operation', models.ForeignKey(blank=True, help_text='Shows the funder’s publicity block on the page and in print.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.operation', verbose_name='funding operation')),
                ('picture', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='common.image', verbose_name='picture')),
                ('themes', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='+', to='common.theme', verbose_name='themes')),
            ],
            options={
                'verbose_name': 'news item',
                'verbose_name_plural': 'news',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='SiteMapPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(blank=True, help_text='One sentence for lists, search engines and shared links. It says what one learns.', max_length=300, verbose_name='telling sentence')),
                ('menu_title', models.CharField(blank=True, help_text='A word or two, when the title is too long for menus and breadcrumbs.', max_length=40, verbose_name='title in menus')),
                ('menu', models.CharField(blank=True, choices=[('', 'Nowhere'), ('header', 'Header'), ('footer-association', 'Footer: the association'), ('footer-legal', 'Footer: legal')], default='', max_length=30, verbose_name='menu')),
                ('operation', models.ForeignKey(blank=True, help_text='Shows the funder’s publicity block on the page and in print.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.operation', verbose_name='funding operation')),
            ],
            options={
                'verbose_name': 'site map',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='SiteSettings',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('association_name', models.CharField(default='Compétences et Emplois', max_length=150, verbose_name='association')),
                ('postal_address', models.TextField(blank=True, verbose_name='postal address')),
                ('contact_email', models.EmailField(blank=True, max_length=254, verbose_name='contact address')),
                ('host_name', models.CharField(blank=True, help_text='Name and address; the legal notice must show it (LCEN, article 6).', max_length=250, verbose_name='host of the site')),
                ('footer_operation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='common.operation', verbose_name='funding shown in the footer')),
            ],
            options={
                'verbose_name': 'site settings',
            },
        ),
        migrations.CreateModel(
            name='StandardPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(blank=True, help_text='One sentence for lists, search engines and shared links. It says what one learns.', max_length=300, verbose_name='telling sentence')),
                ('menu_title', models.CharField(blank=True, help_text='A word or two, when the title is too long for menus and breadcrumbs.', max_length=40, verbose_name='title in menus')),
                ('menu', models.CharField(blank=True, choices=[('', 'Nowhere'), ('header', 'Header'), ('footer-association', 'Footer: the association'), ('footer-legal', 'Footer: legal')], default='', max_length=30, verbose_name='menu')),
                ('body', common.fields.BlockField(blank=True, verbose_name='body')),
                ('operation', models.ForeignKey(blank=True, help_text='Shows the funder’s publicity block on the page and in print.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.operation', verbose_name='funding operation')),
            ],
            options={
                'verbose_name': 'standard page',
                'verbose_name_plural': 'standard pages',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='Video',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(editable=False, unique=True, verbose_name='translation key')),
                ('live', models.BooleanField(db_index=True, default=True, verbose_name='published')),
                ('published_at', models.DateTimeField(db_index=True, verbose_name='first published')),
                ('example', models.BooleanField(default=False, verbose_name='example')),
                ('file', models.FileField(blank=True, help_text='MP4 (H.264).', upload_to=home.models.videos.film_name, verbose_name='video file')),
                ('address', models.URLField(blank=True, help_text='Nothing is loaded from there before a click.', verbose_name='address elsewhere')),
                ('captions', models.FileField(blank=True, help_text='WebVTT, in French.', upload_to=home.models.videos.film_name, verbose_name='captions')),
                ('duration', models.PositiveIntegerField(blank=True, null=True, verbose_name='duration in seconds')),
                ('published_on', models.DateField(db_index=True, verbose_name='dated')),
                ('lead_theme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.theme', verbose_name='main theme')),
                ('themes', models.ManyToManyField(related_name='%(class)s_set', to='common.theme', verbose_name='themes')),
            ],
            options={
                'verbose_name': 'video',
                'verbose_name_plural': 'videos',
                'ordering': ('-published_on', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='VideoIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(blank=True, help_text='One sentence for lists, search engines and shared links. It says what one learns.', max_length=300, verbose_name='telling sentence')),
                ('menu_title', models.CharField(blank=True, help_text='A word or two, when the title is too long for menus and breadcrumbs.', max_length=40, verbose_name='title in menus')),
                ('menu', models.CharField(blank=True, choices=[('', 'Nowhere'), ('header', 'Header'), ('footer-association', 'Footer: the association'), ('footer-legal', 'Footer: legal')], default='', max_length=30, verbose_name='menu')),
                ('operation', models.ForeignKey(blank=True, help_text='Shows the funder’s publicity block on the page and in print.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.operation', verbose_name='funding operation')),
            ],
            options={
                'verbose_name': 'list of videos',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='VideoPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(blank=True, help_text='One sentence for lists, search engines and shared links. It says what one learns.', max_length=300, verbose_name='telling sentence')),
                ('menu_title', models.CharField(blank=True, help_text='A word or two, when the title is too long for menus and breadcrumbs.', max_length=40, verbose_name='title in menus')),
                ('menu', models.CharField(blank=True, choices=[('', 'Nowhere'), ('header', 'Header'), ('footer-association', 'Footer: the association'), ('footer-legal', 'Footer: legal')], default='', max_length=30, verbose_name='menu')),
                ('example', models.BooleanField(default=False, help_text='Invented to show what the space is for; marked on the page.', verbose_name='example')),
                ('file', models.FileField(blank=True, help_text='MP4 (H.264).', upload_to=home.models.videos.film_name, verbose_name='video file')),
                ('address', models.URLField(blank=True, help_text='Nothing is loaded from there before a click.', verbose_name='address elsewhere')),
                ('captions', models.FileField(blank=True, help_text='WebVTT, in French.', upload_to=home.models.videos.film_name, verbose_name='captions')),
                ('duration', models.PositiveIntegerField(blank=True, null=True, verbose_name='duration in seconds')),
                ('published_on', models.DateField(db_index=True, verbose_name='dated')),
                ('transcript', models.TextField(blank=True, help_text='What is said and what is shown (RGAA 4.1).', verbose_name='transcript')),
                ('facts', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='pages', to='home.video')),
                ('lead_theme', models.ForeignKey(help_text='Its family gives the card its pip and colour.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.theme', verbose_name='main theme')),
                ('operation', models.ForeignKey(blank=True, help_text='Shows the funder’s publicity block on the page and in print.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.operation', verbose_name='funding operation')),
                ('poster', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='common.image', verbose_name='poster')),
                ('themes', modelcluster.fields.ParentalManyToManyField(blank=True, help_text='Two more at most.', related_name='+', to='common.theme', verbose_name='other themes')),
            ],
            options={
                'verbose_name': 'video',
                'verbose_name_plural': 'videos',
            },
            bases=('wagtailcore.page', models.Model),
        ),
    ]
