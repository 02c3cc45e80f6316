import common.fields
import django.db.models.deletion
import modelcluster.fields
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('common', '0002_relations'),
        ('members', '0002_organisations'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='Practice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(editable=False, unique=True, verbose_name='translation key')),
                ('live', models.BooleanField(db_index=True, default=True, verbose_name='published')),
                ('published_at', models.DateTimeField(db_index=True, verbose_name='first published')),
                ('example', models.BooleanField(default=False, verbose_name='example')),
                ('sector', models.CharField(choices=[('industrie', 'Manufacturing'), ('agroalimentaire', 'Food industry'), ('construction', 'Construction'), ('commerce', 'Retail and wholesale'), ('transport-logistique', 'Transport and logistics'), ('hotellerie-restauration', 'Hotels and restaurants'), ('services', 'Business services'), ('proprete-securite', 'Cleaning and security'), ('sante-social', 'Health and social care'), ('banque-assurance', 'Banking and insurance'), ('numerique', 'Digital'), ('public-associatif', 'Public and non-profit')], max_length=30, verbose_name='sector')),
                ('size', models.CharField(choices=[('lt10', 'Fewer than 10 employees'), ('10to49', '10 to 49 employees'), ('50to249', '50 to 249 employees'), ('gte250', '250 employees or more')], max_length=10, verbose_name='size of the company')),
                ('effort', models.CharField(choices=[('light', 'A few days'), ('medium', 'A few weeks'), ('heavy', 'A few months')], max_length=10, verbose_name='effort')),
                ('cost', models.CharField(choices=[('none', 'Time only'), ('lt1k', 'Under €1,000'), ('1to5k', '€1,000 to €5,000'), ('5to20k', '€5,000 to €20,000'), ('gt20k', 'Over €20,000')], max_length=10, verbose_name='cost')),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='set up in')),
                ('contact_allowed', models.BooleanField(default=False, verbose_name='may be asked about it')),
                ('lead_theme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.theme', verbose_name='main theme')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='members.organisation', verbose_name='company')),
                ('themes', models.ManyToManyField(related_name='%(class)s_set', to='common.theme', verbose_name='themes')),
            ],
            options={
                'verbose_name': 'good practice',
                'verbose_name_plural': 'good practices',
                'ordering': ('-published_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='PracticeIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(blank=True, help_text='One sentence for lists, search engines and shared links. It says what one learns.', max_length=300, verbose_name='telling sentence')),
                ('menu_title', models.CharField(blank=True, help_text='A word or two, when the title is too long for menus and breadcrumbs.', max_length=40, verbose_name='title in menus')),
                ('menu', models.CharField(blank=True, choices=[('', 'Nowhere'), ('header', 'Header'), ('footer-association', 'Footer: the association'), ('footer-legal', 'Footer: legal')], default='', max_length=30, verbose_name='menu')),
                ('operation', models.ForeignKey(blank=True, help_text='Shows the funder’s publicity block on the page and in print.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.operation', verbose_name='funding operation')),
            ],
            options={
                'verbose_name': 'list of good practices',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='Tool',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('translation_key', models.UUIDField(editable=False, unique=True, verbose_name='translation key')),
                ('live', models.BooleanField(db_index=True, default=True, verbose_name='published')),
                ('published_at', models.DateTimeField(db_index=True, verbose_name='first published')),
                ('example', models.BooleanField(default=False, verbose_name='example')),
                ('kind', models.CharField(choices=[('checklist', 'Checklist'), ('guide', 'Guide'), ('template', 'Template'), ('spreadsheet', 'Spreadsheet'), ('slides', 'Slides'), ('questionnaire', 'Questionnaire'), ('poster', 'Poster'), ('link', 'Link')], max_length=20, verbose_name='kind')),
                ('address', models.URLField(blank=True, help_text='For a tool that stands elsewhere.', verbose_name='address')),
                ('licence', models.CharField(choices=[('cc-by-4.0', 'CC BY 4.0'), ('cc-by-sa-4.0', 'CC BY-SA 4.0'), ('etalab-2.0', 'Open Licence 2.0'), ('reserved', 'All rights reserved')], default='cc-by-4.0', max_length=20, verbose_name='licence')),
                ('version', models.CharField(blank=True, max_length=20, verbose_name='version')),
                ('language', models.CharField(default='fr', max_length=5, verbose_name='language of the file')),
                ('page_count', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='pages')),
                ('accessible', models.BooleanField(default=False, help_text='A tagged PDF, or an office file with real headings and table headers (RGAA 13.3).', verbose_name='the file is accessible')),
                ('updated_on', models.DateField(blank=True, null=True, verbose_name='updated on')),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='common.document', verbose_name='file')),
                ('lead_theme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.theme', verbose_name='main theme')),
                ('themes', models.ManyToManyField(related_name='%(class)s_set', to='common.theme', verbose_name='themes')),
            ],
            options={
                'verbose_name': 'tool',
                'verbose_name_plural': 'tools',
                'ordering': ('-published_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='PracticePage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(blank=True, help_text='One sentence for lists, search engines and shared links. It says what one learns.', max_length=300, verbose_name='telling sentence')),
                ('menu_title', models.CharField(blank=True, help_text='A word or two, when the title is too long for menus and breadcrumbs.', max_length=40, verbose_name='title in menus')),
                ('menu', models.CharField(blank=True, choices=[('', 'Nowhere'), ('header', 'Header'), ('footer-association', 'Footer: the association'), ('footer-legal', 'Footer: legal')], default='', max_length=30, verbose_name='menu')),
                ('example', models.BooleanField(default=False, help_text='Invented to show what the space is for; marked on the page.', verbose_name='example')),
                ('sector', models.CharField(choices=[('industrie', 'Manufacturing'), ('agroalimentaire', 'Food industry'), ('construction', 'Construction'), ('commerce', 'Retail and wholesale'), ('transport-logistique', 'Transport and logistics'), ('hotellerie-restauration', 'Hotels and restaurants'), ('services', 'Business services'), ('proprete-securite', 'Cleaning and security'), ('sante-social', 'Health and social care'), ('banque-assurance', 'Banking and insurance'), ('numerique', 'Digital'), ('public-associatif', 'Public and non-profit')], max_length=30, verbose_name='sector')),
                ('size', models.CharField(choices=[('lt10', 'Fewer than 10 employees'), ('10to49', '10 to 49 employees'), ('50to249', '50 to 249 employees'), ('gte250', '250 employees or more')], max_length=10, verbose_name='size of the company')),
                ('effort', models.CharField(choices=[('light', 'A few days'), ('medium', 'A few weeks'), ('heavy', 'A few months')], max_length=10, verbose_name='effort')),
                ('cost', models.CharField(choices=[('none', 'Time only'), ('lt1k', 'Under €1,000'), ('1to5k', '€1,000 to €5,000'), ('5to20k', '€5,000 to €20,000'), ('gt20k', 'Over €20,000')], max_length=10, verbose_name='cost')),
                ('year', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='set up in')),
                ('contact_allowed', models.BooleanField(default=False, verbose_name='may be asked about it')),
                ('context_text', wagtail.fields.RichTextField(verbose_name='context')),
                ('actions_text', wagtail.fields.RichTextField(verbose_name='what was done')),
                ('results_text', wagtail.fields.RichTextField(verbose_name='results')),
                ('key_results', common.fields.BlockField(blank=True, verbose_name='key results')),
                ('keys_text', wagtail.fields.RichTextField(verbose_name='keys to success')),
                ('pitfalls_text', wagtail.fields.RichTextField(verbose_name='pitfalls')),
                ('steps', common.fields.BlockField(blank=True, verbose_name='to reproduce it')),
                ('facts', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='pages', to='toolbox.practice')),
                ('lead_theme', models.ForeignKey(help_text='Its family gives the card its pip and colour.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.theme', verbose_name='main theme')),
                ('operation', models.ForeignKey(blank=True, help_text='Shows the funder’s publicity block on the page and in print.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.operation', verbose_name='funding operation')),
                ('organisation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='members.organisation', verbose_name='company')),
                ('themes', modelcluster.fields.ParentalManyToManyField(blank=True, help_text='Two more at most.', related_name='+', to='common.theme', verbose_name='other themes')),
                ('tools', modelcluster.fields.ParentalManyToManyField(blank=True, related_name='+', to='toolbox.tool', verbose_name='tools that help')),
            ],
            options={
                'verbose_name': 'good practice',
                'verbose_name_plural': 'good practices',
            },
            bases=('wagtailcore.page', models.Model),
        ),
        migrations.AddField(
            model_name='practice',
            name='tools',
            field=models.ManyToManyField(blank=True, related_name='practices', to='toolbox.tool', verbose_name='tools'),
        ),
        migrations.CreateModel(
            name='ToolIndexPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(blank=True, help_text='One sentence for lists, search engines and shared links. It says what one learns.', max_length=300, verbose_name='telling sentence')),
                ('menu_title', models.CharField(blank=True, help_text='A word or two, when the title is too long for menus and breadcrumbs.', max_length=40, verbose_name='title in menus')),
                ('menu', models.CharField(blank=True, choices=[('', 'Nowhere'), ('header', 'Header'), ('footer-association', 'Footer: the association'), ('footer-legal', 'Footer: legal')], default='', max_length=30, verbose_name='menu')),
                ('operation', models.ForeignKey(blank=True, help_text='Shows the funder’s publicity block on the page and in print.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.operation', verbose_name='funding operation')),
            ],
            options={
                'verbose_name': 'toolbox',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='ToolPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('summary', models.TextField(blank=True, help_text='One sentence for lists, search engines and shared links. It says what one learns.', max_length=300, verbose_name='telling sentence')),
                ('menu_title', models.CharField(blank=True, help_text='A word or two, when the title is too long for menus and breadcrumbs.', max_length=40, verbose_name='title in menus')),
                ('menu', models.CharField(blank=True, choices=[('', 'Nowhere'), ('header', 'Header'), ('footer-association', 'Footer: the association'), ('footer-legal', 'Footer: legal')], default='', max_length=30, verbose_name='menu')),
                ('example', models.BooleanField(default=False, help_text='Invented to show what the space is for; marked on the page.', verbose_name='example')),
                ('kind', models.CharField(choices=[('checklist', 'Checklist'), ('guide', 'Guide'), ('template', 'Template'), ('spreadsheet', 'Spreadsheet'), ('slides', 'Slides'), ('questionnaire', 'Questionnaire'), ('poster', 'Poster'), ('link', 'Link')], max_length=20, verbose_name='kind')),
                ('address', models.URLField(blank=True, help_text='For a tool that stands elsewhere.', verbose_name='address')),
                ('licence', models.CharField(choices=[('cc-by-4.0', 'CC BY 4.0'), ('cc-by-sa-4.0', 'CC BY-SA 4.0'), ('etalab-2.0', 'Open Licence 2.0'), ('reserved', 'All rights reserved')], default='cc-by-4.0', max_length=20, verbose_name='licence')),
                ('version', models.CharField(blank=True, max_length=20, verbose_name='version')),
                ('language', models.CharField(default='fr', max_length=5, verbose_name='language of the file')),
                ('page_count', models.PositiveSmallIntegerField(blank=True, null=True, verbose_name='pages')),
                ('accessible', models.BooleanField(default=False, help_text='A tagged PDF, or an office file with real headings and table headers (RGAA 13.3).', verbose_name='the file is accessible')),
                ('updated_on', models.DateField(blank=True, null=True, verbose_name='updated on')),
                ('body', common.fields.BlockField(blank=True, verbose_name='how to use it')),
                ('document', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)s_set', to='common.document', verbose_name='file')),
                ('facts', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='pages', to='toolbox.tool')),
                ('lead_theme', models.ForeignKey(help_text='Its family gives the card its pip and colour.', on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.theme', verbose_name='main theme')),
                ('operation', models.ForeignKey(blank=True, help_text='Shows the funder’s publicity block on the page and in print.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='common.operation', verbose_name='funding operation')),
                ('themes', modelcluster.fields.ParentalManyToManyField(blank=True, help_text='Two more at most.', related_name='+', to='common.theme', verbose_name='other themes')),
            ],
            options={
                'verbose_name': 'tool',
                'verbose_name_plural': 'tools',
            },
            bases=('wagtailcore.page', models.Model),
        ),
    ]
