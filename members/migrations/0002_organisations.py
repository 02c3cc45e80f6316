# Organisations come second: accounts must not depend on Wagtail's own first migrations.

import django.db.models.deletion
import django.utils.timezone
import members.models
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('members', '0001_accounts'),
        ('common', '0002_relations'),
    ]

    operations = [
        migrations.CreateModel(
            name='Organisation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='slug')),
                ('name', models.CharField(max_length=150, verbose_name='name')),
                ('kind', models.CharField(choices=[('company', 'Company'), ('public', 'Public employer'), ('association', 'Non-profit'), ('partner', 'Partner')], default='company', max_length=20, verbose_name='kind')),
                ('siret', models.CharField(blank=True, max_length=14, validators=[members.models.validate_siret], verbose_name='SIRET')),
                ('headcount', models.CharField(blank=True, choices=[('NN', 'Non-employer'), ('00', '0 employees'), ('01', '1 to 2 employees'), ('02', '3 to 5 employees'), ('03', '6 to 9 employees'), ('11', '10 to 19 employees'), ('12', '20 to 49 employees'), ('21', '50 to 99 employees'), ('22', '100 to 199 employees'), ('31', '200 to 249 employees'), ('32', '250 to 499 employees'), ('41', '500 to 999 employees'), ('42', '1,000 to 1,999 employees'), ('51', '2,000 to 4,999 employees'), ('52', '5,000 to 9,999 employees'), ('53', '10,000 employees or more')], max_length=2, verbose_name='headcount band')),
                ('at_least_300', models.BooleanField(blank=True, help_text='The threshold of the compulsory negotiation (law of 24 October 2025).', null=True, verbose_name='300 employees or more')),
                ('naf_code', models.CharField(blank=True, max_length=6, verbose_name='NAF code')),
                ('naf_version', models.CharField(blank=True, choices=[('rev2', 'NAF rév. 2'), ('2025', 'NAF 2025')], max_length=5, verbose_name='NAF version')),
                ('sector', models.CharField(blank=True, choices=[('industrie', 'Manufacturing'), ('agroalimentaire', 'Food industry'), ('construction', 'Construction'), ('commerce', 'Retail and wholesale'), ('transport-logistique', 'Transport and logistics'), ('hotellerie-restauration', 'Hotels and restaurants'), ('services', 'Business services'), ('proprete-securite', 'Cleaning and security'), ('sante-social', 'Health and social care'), ('banque-assurance', 'Banking and insurance'), ('numerique', 'Digital'), ('public-associatif', 'Public and non-profit')], max_length=30, verbose_name='sector')),
                ('website', models.URLField(blank=True, verbose_name='website')),
                ('summary', models.CharField(blank=True, max_length=250, verbose_name='in one line')),
                ('example', models.BooleanField(default=False, verbose_name='example')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='recorded at')),
                ('commune', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='organisations', to='common.commune', verbose_name='commune')),
                ('logo', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='common.image', verbose_name='logo')),
                ('themes', models.ManyToManyField(blank=True, related_name='+', to='common.theme', verbose_name='themes')),
            ],
            options={
                'verbose_name': 'organisation',
                'verbose_name_plural': 'organisations',
                'ordering': ('name', 'pk'),
                'constraints': [models.UniqueConstraint(condition=models.Q(('siret', ''), _negated=True), fields=('siret',), name='organisation_siret_unique'), models.CheckConstraint(condition=models.Q(models.Q(('naf_code', ''), ('naf_version', '')), models.Q(models.Q(('naf_code', ''), _negated=True), models.Q(('naf_version', ''), _negated=True)), _connector='OR'), name='organisation_naf_has_version')],
            },
        ),
    ]
