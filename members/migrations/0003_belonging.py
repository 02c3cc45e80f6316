import common.models.translated
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.text
import django.utils.timezone
import members.models.accounts
import members.models.identifiers
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('common', '0003_bounces'),
        ('members', '0002_organisations'),
    ]

    operations = [
        migrations.CreateModel(
            name='Announcement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=120, unique=True)),
                ('kind', models.CharField(max_length=15)),
                ('language', models.CharField(default='fr', max_length=5)),
                ('title', models.CharField(max_length=255)),
                ('summary', models.CharField(blank=True, max_length=300)),
                ('url', models.CharField(max_length=500)),
                ('translations', models.JSONField(blank=True, default=dict)),
                ('told_at', models.DateTimeField(blank=True, null=True)),
                ('quiet', models.BooleanField(default=False)),
                ('expires_at', models.DateTimeField(blank=True, null=True)),
                ('created_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ('-created_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='AnnouncementTopic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('theme', 'Theme'), ('organisation', 'Company'), ('practice', 'Practice')], max_length=15)),
                ('target', models.CharField(max_length=80)),
            ],
        ),
        migrations.CreateModel(
            name='Block',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='Consent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(max_length=5, verbose_name='language')),
                ('given_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='given at')),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True, verbose_name='withdrawn at')),
            ],
            options={
                'verbose_name': 'consent',
                'verbose_name_plural': 'consents',
                'ordering': ('given_at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='ConsentWording',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('terms', 'Terms of use'), ('digest', 'News by e-mail'), ('photo', 'Publication of my photo')], max_length=10, verbose_name='purpose')),
                ('version', models.CharField(max_length=20, verbose_name='version')),
                ('texts', models.JSONField(validators=[common.models.translated.validate_translated], verbose_name='words')),
                ('since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='since')),
            ],
            options={
                'verbose_name': 'wording of a consent',
                'verbose_name_plural': 'wordings of consents',
                'ordering': ('purpose', '-since'),
            },
        ),
        migrations.CreateModel(
            name='ContactRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=members.models.identifiers.new_public_id, editable=False, max_length=12, unique=True)),
                ('subject', models.CharField(max_length=150, verbose_name='subject')),
                ('state', models.CharField(choices=[('pending', 'Waiting for an answer'), ('accepted', 'Open'), ('blocked', 'Declined'), ('closed', 'Closed')], default='pending', max_length=10, verbose_name='state')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='written at')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered at')),
                ('last_message_at', models.DateTimeField(db_index=True, default=django.utils.timezone.now, verbose_name='last message')),
            ],
            options={
                'verbose_name': 'conversation',
                'verbose_name_plural': 'conversations',
                'ordering': ('-last_message_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='DataExport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=members.models.identifiers.new_public_id, editable=False, max_length=12, unique=True)),
                ('state', models.CharField(choices=[('asked', 'Being prepared'), ('ready', 'Ready'), ('failed', 'Could not be prepared'), ('expired', 'Deleted')], default='asked', max_length=10)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('ready_at', models.DateTimeField(blank=True, null=True)),
                ('expires_at', models.DateTimeField(blank=True, null=True)),
                ('file', models.CharField(blank=True, editable=False, max_length=120)),
                ('size', models.PositiveBigIntegerField(default=0)),
                ('attempts', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'ordering': ('-asked_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='DataRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=members.models.identifiers.new_public_id, editable=False, max_length=12, unique=True)),
                ('channel', models.CharField(choices=[('space', 'Own space'), ('email', 'E-mail'), ('post', 'Post'), ('other', 'Telephone or in person')], default='space', max_length=10, verbose_name='received by')),
                ('kind', models.CharField(choices=[('access', 'Access and portability'), ('rectification', 'Rectification'), ('erasure', 'Erasure'), ('objection', 'Objection or limitation')], max_length=15, verbose_name='right')),
                ('state', models.CharField(choices=[('open', 'To be answered'), ('answered', 'Answered'), ('refused', 'Refused, with the reason'), ('withdrawn', 'Withdrawn')], default='open', max_length=10, verbose_name='state')),
                ('email', models.EmailField(blank=True, help_text='Of somebody without an account.', max_length=254, verbose_name='address')),
                ('subject', models.CharField(blank=True, editable=False, max_length=64, verbose_name='fingerprint of the address')),
                ('details', models.TextField(blank=True, max_length=2000, verbose_name='what is asked')),
                ('received_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='received at')),
                ('due_on', models.DateField(verbose_name='to be answered by')),
                ('extended_at', models.DateTimeField(blank=True, null=True, verbose_name='extended at')),
                ('extension_reason', models.CharField(blank=True, max_length=500, verbose_name='why it is extended')),
                ('answer', models.TextField(blank=True, max_length=2000, verbose_name='answer')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='answered at')),
            ],
            options={
                'verbose_name': 'request about personal data',
                'verbose_name_plural': 'requests about personal data',
                'ordering': ('due_on', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='DigestState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('announcements_up_to', models.BigIntegerField(default=0)),
                ('last_daily_on', models.DateField(blank=True, null=True)),
                ('last_weekly_on', models.DateField(blank=True, null=True)),
            ],
        ),
        migrations.CreateModel(
            name='DistinctPair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('said_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='said at')),
            ],
            options={
                'verbose_name': 'pair of distinct organisations',
                'verbose_name_plural': 'pairs of distinct organisations',
            },
        ),
        migrations.CreateModel(
            name='DomainCode',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('email', models.EmailField(max_length=254, verbose_name='sent to')),
                ('code_hash', models.CharField(editable=False, max_length=128)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='sent at')),
                ('expires_at', models.DateTimeField(verbose_name='valid until')),
                ('attempts', models.PositiveSmallIntegerField(default=0, verbose_name='attempts')),
                ('used_at', models.DateTimeField(blank=True, null=True, verbose_name='used at')),
            ],
            options={
                'verbose_name': 'proof by code',
                'verbose_name_plural': 'proofs by code',
                'ordering': ('-created_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='Erasure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=members.models.identifiers.new_public_id, editable=False, max_length=12, unique=True)),
                ('keep_contributions', models.BooleanField(default=True)),
                ('asked_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('execute_at', models.DateTimeField(db_index=True)),
                ('cancelled_at', models.DateTimeField(blank=True, null=True)),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('retained', models.JSONField(default=list)),
            ],
            options={
                'verbose_name': 'erasure',
                'verbose_name_plural': 'erasures',
                'ordering': ('asked_at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Follow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('theme', 'Theme'), ('organisation', 'Company'), ('practice', 'Practice')], max_length=15, verbose_name='kind')),
                ('target', models.CharField(max_length=80, verbose_name='target')),
                ('since', models.DateTimeField(default=django.utils.timezone.now, verbose_name='since')),
            ],
            options={
                'verbose_name': 'follow',
                'verbose_name_plural': 'follows',
                'ordering': ('kind', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='FormerSlug',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=80, unique=True, verbose_name='slug')),
            ],
            options={
                'verbose_name': 'former address',
                'verbose_name_plural': 'former addresses',
            },
        ),
        migrations.CreateModel(
            name='Intent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(db_index=True, max_length=32)),
                ('kind', models.CharField(max_length=30)),
                ('payload', models.JSONField()),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('expires_at', models.DateTimeField()),
                ('completed_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'ordering': ('created_at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=members.models.identifiers.new_public_id, editable=False, max_length=12, unique=True)),
                ('token_hash', models.CharField(editable=False, max_length=64, unique=True)),
                ('email', models.EmailField(max_length=254, verbose_name='e-mail address')),
                ('role', models.CharField(choices=[('member', 'Member'), ('manager', 'Manager')], default='member', max_length=10, verbose_name='role')),
                ('language', models.CharField(default='fr', max_length=5, verbose_name='language')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='invited at')),
                ('expires_at', models.DateTimeField(verbose_name='valid until')),
                ('accepted_at', models.DateTimeField(blank=True, null=True, verbose_name='accepted at')),
                ('declined_at', models.DateTimeField(blank=True, null=True, verbose_name='declined at')),
                ('revoked_at', models.DateTimeField(blank=True, null=True, verbose_name='revoked at')),
            ],
            options={
                'verbose_name': 'invitation',
                'verbose_name_plural': 'invitations',
                'ordering': ('-created_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='JoinRequest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=members.models.identifiers.new_public_id, editable=False, max_length=12, unique=True)),
                ('message', models.CharField(blank=True, max_length=500, verbose_name='message')),
                ('state', models.CharField(choices=[('pending', 'Waiting for an answer'), ('accepted', 'Accepted'), ('refused', 'Refused'), ('withdrawn', 'Withdrawn')], default='pending', max_length=10, verbose_name='state')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='asked at')),
                ('escalated_at', models.DateTimeField(blank=True, null=True, verbose_name='handed to the association at')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided at')),
            ],
            options={
                'verbose_name': 'request to join',
                'verbose_name_plural': 'requests to join',
                'ordering': ('created_at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Membership',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('member', 'Member'), ('manager', 'Manager')], default='member', max_length=10, verbose_name='role')),
                ('joined_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='joined at')),
                ('left_at', models.DateTimeField(blank=True, null=True, verbose_name='left at')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True, verbose_name='confirmed at')),
                ('confirmation', models.CharField(blank=True, choices=[('code', 'Code sent to the organisation’s domain'), ('call', 'Telephone call'), ('invited', 'Invited by a manager'), ('accepted', 'Accepted by a manager'), ('staff', 'Decided by the association')], max_length=10, verbose_name='proof')),
            ],
            options={
                'verbose_name': 'membership',
                'verbose_name_plural': 'memberships',
                'ordering': ('joined_at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Message',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=members.models.identifiers.new_public_id, editable=False, max_length=12, unique=True)),
                ('text', models.TextField(max_length=5000, verbose_name='message')),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='sent at')),
                ('removed_at', models.DateTimeField(blank=True, null=True, verbose_name='removed at')),
            ],
            options={
                'verbose_name': 'message',
                'verbose_name_plural': 'messages',
                'ordering': ('sent_at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='MessageReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('reason', models.CharField(max_length=500, verbose_name='reason')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='reported at')),
                ('decision', models.CharField(blank=True, choices=[('kept', 'Nothing to hold against it'), ('removed', 'Message removed'), ('suspended', 'Message removed, account suspended')], max_length=10, verbose_name='decision')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='why it was decided so')),
                ('decided_at', models.DateTimeField(blank=True, null=True, verbose_name='decided at')),
            ],
            options={
                'verbose_name': 'reported message',
                'verbose_name_plural': 'reported messages',
                'ordering': ('created_at', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Notification',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('message', 'Messages from members'), ('company', 'My company: requests, invitations, tasks'), ('contribution', 'What I share'), ('conversation', 'Answers and questions'), ('event', 'My events'), ('follow', 'What I follow'), ('account', 'My account')], max_length=15, verbose_name='kind')),
                ('key', models.CharField(max_length=120)),
                ('text', models.CharField(max_length=300, verbose_name='text')),
                ('url', models.CharField(max_length=500)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='at')),
                ('read_at', models.DateTimeField(blank=True, null=True, verbose_name='read at')),
                ('told_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'notification',
                'verbose_name_plural': 'notifications',
                'ordering': ('-created_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='NotificationRhythm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('message', 'Messages from members'), ('company', 'My company: requests, invitations, tasks'), ('contribution', 'What I share'), ('conversation', 'Answers and questions'), ('event', 'My events'), ('follow', 'What I follow'), ('account', 'My account')], max_length=15, verbose_name='kind')),
                ('rhythm', models.CharField(choices=[('now', 'At once'), ('daily', 'Once a day'), ('weekly', 'Once a week'), ('never', 'Never by e-mail')], max_length=10, verbose_name='rhythm')),
            ],
        ),
        migrations.CreateModel(
            name='OrganisationDomain',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('domain', models.CharField(help_text='What follows the @.', max_length=253, verbose_name='mail domain')),
            ],
            options={
                'verbose_name': 'mail domain',
                'verbose_name_plural': 'mail domains',
                'ordering': ('domain',),
            },
        ),
        migrations.CreateModel(
            name='OrganisationMerge',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('gone', models.JSONField(verbose_name='the other one, as it was')),
                ('moved', models.JSONField(verbose_name='rows moved')),
                ('reason', models.CharField(blank=True, max_length=300, verbose_name='reason')),
                ('merged_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='merged at')),
            ],
            options={
                'verbose_name': 'merge',
                'verbose_name_plural': 'merges',
                'ordering': ('-merged_at', '-pk'),
            },
        ),
        migrations.CreateModel(
            name='Person',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_name', models.CharField(blank=True, max_length=150, verbose_name='first name')),
                ('last_name', models.CharField(blank=True, max_length=150, verbose_name='last name')),
                ('email', models.EmailField(blank=True, max_length=254, verbose_name='e-mail address')),
                ('job_title', models.CharField(blank=True, max_length=120, verbose_name='job')),
                ('origin', models.CharField(choices=[('staff', 'The association'), ('guest', 'A guest of an event'), ('import', 'An import')], default='staff', max_length=10, verbose_name='recorded by')),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='recorded at')),
            ],
            options={
                'verbose_name': 'person',
                'verbose_name_plural': 'people',
                'ordering': ('last_name', 'first_name', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Profile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.CharField(default=members.models.identifiers.new_public_id, editable=False, max_length=12, unique=True)),
                ('photo', models.CharField(blank=True, editable=False, max_length=120, verbose_name='photo')),
                ('photo_changed_at', models.DateTimeField(blank=True, editable=False, null=True)),
                ('offers', models.TextField(blank=True, max_length=1000, verbose_name='what I can help with')),
                ('seeks', models.TextField(blank=True, max_length=1000, verbose_name='what I look for')),
                ('name_visibility', models.CharField(choices=[('nobody', 'Nobody but me'), ('members', 'Members'), ('everyone', 'Everyone')], default='members', max_length=10, verbose_name='who sees my name')),
                ('job_visibility', models.CharField(choices=[('nobody', 'Nobody but me'), ('members', 'Members'), ('everyone', 'Everyone')], default='members', max_length=10, verbose_name='who sees my job')),
                ('company_visibility', models.CharField(choices=[('nobody', 'Nobody but me'), ('members', 'Members'), ('everyone', 'Everyone')], default='members', max_length=10, verbose_name='who sees my company')),
                ('themes_visibility', models.CharField(choices=[('nobody', 'Nobody but me'), ('members', 'Members'), ('everyone', 'Everyone')], default='members', max_length=10, verbose_name='who sees my themes')),
                ('photo_visibility', models.CharField(choices=[('nobody', 'Nobody but me'), ('members', 'Members'), ('everyone', 'Everyone')], default='members', max_length=10, verbose_name='who sees my photo')),
                ('offers_visibility', models.CharField(choices=[('nobody', 'Nobody but me'), ('members', 'Members'), ('everyone', 'Everyone')], default='members', max_length=10, verbose_name='who sees what I can help with')),
                ('seeks_visibility', models.CharField(choices=[('nobody', 'Nobody but me'), ('members', 'Members'), ('everyone', 'Everyone')], default='members', max_length=10, verbose_name='who sees what I look for')),
                ('search_text', models.TextField(blank=True, default='', editable=False)),
                ('changed_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='changed at')),
            ],
            options={
                'verbose_name': 'profile',
                'verbose_name_plural': 'profiles',
            },
        ),
        migrations.CreateModel(
            name='Reading',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('read_at', models.DateTimeField(default=django.utils.timezone.now)),
            ],
        ),
        migrations.CreateModel(
            name='Step',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('contact', 'Contact'), ('workshop', 'Workshop'), ('meeting', 'Meeting'), ('accompaniment', 'Accompaniment'), ('signature', 'Signature'), ('note', 'Note')], max_length=15, verbose_name='kind')),
                ('on', models.DateField(default=members.models.accounts.today, verbose_name='date')),
                ('text', models.TextField(max_length=2000, verbose_name='what happened')),
                ('source', models.CharField(blank=True, editable=False, max_length=80)),
                ('created_at', models.DateTimeField(default=django.utils.timezone.now, editable=False, verbose_name='written at')),
            ],
            options={
                'verbose_name': 'step',
                'verbose_name_plural': 'steps',
                'ordering': ('-on', '-pk'),
            },
        ),
        migrations.AddField(
            model_name='organisation',
            name='confirmed_at',
            field=models.DateTimeField(blank=True, default=django.utils.timezone.now, help_text='Empty while nobody has proved to act for it: until then nothing shows in its name.', null=True, verbose_name='confirmed at'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='origin',
            field=models.CharField(choices=[('staff', 'The association'), ('member', 'A member'), ('guest', 'A guest of an event'), ('import', 'An import')], default='staff', max_length=10, verbose_name='recorded by'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='presentation',
            field=models.TextField(blank=True, max_length=3000, verbose_name='presentation'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='register_checked_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='looked up at'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='register_state',
            field=models.CharField(blank=True, choices=[('active', 'Active'), ('closed', 'Closed'), ('unknown', 'Unknown')], max_length=10, verbose_name='state in the register'),
        ),
        migrations.AddField(
            model_name='organisation',
            name='version',
            field=models.PositiveIntegerField(default=1, editable=False, verbose_name='version'),
        ),
        migrations.AddField(
            model_name='user',
            name='anonymised_at',
            field=models.DateTimeField(blank=True, editable=False, null=True, verbose_name='anonymised at'),
        ),
        migrations.AddField(
            model_name='user',
            name='dormancy_noticed_on',
            field=models.DateField(blank=True, editable=False, null=True, verbose_name='last notice of dormancy'),
        ),
        migrations.AddField(
            model_name='user',
            name='dormancy_notices',
            field=models.PositiveSmallIntegerField(default=0, editable=False, verbose_name='notices of dormancy'),
        ),
        migrations.AddField(
            model_name='user',
            name='language',
            field=models.CharField(choices=[('fr', 'French'), ('en', 'English'), ('nl', 'Dutch')], default='fr', max_length=5, verbose_name='language'),
        ),
        migrations.AddField(
            model_name='user',
            name='last_activity_on',
            field=models.DateField(db_index=True, default=members.models.accounts.today, verbose_name='last activity'),
        ),
        migrations.AddConstraint(
            model_name='user',
            constraint=models.CheckConstraint(condition=models.Q(('anonymised_at', None), models.Q(('first_name', ''), ('is_active', False), ('job_title', ''), ('last_name', '')), _connector='OR'), name='user_anonymised_is_nobody'),
        ),
        migrations.AddField(
            model_name='announcement',
            name='author',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='announcementtopic',
            name='announcement',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='topics', to='members.announcement'),
        ),
        migrations.AddField(
            model_name='block',
            name='blocked',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='blocked_by', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='block',
            name='blocker',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='blocks', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='consent',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddConstraint(
            model_name='consentwording',
            constraint=models.UniqueConstraint(fields=('purpose', 'version'), name='consent_wording_once'),
        ),
        migrations.AddField(
            model_name='consent',
            name='wording',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='members.consentwording'),
        ),
        migrations.AddField(
            model_name='contactrequest',
            name='organisation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='contacts_received', to='members.organisation', verbose_name='organisation'),
        ),
        migrations.AddField(
            model_name='contactrequest',
            name='recipient',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='contacts_received', to=settings.AUTH_USER_MODEL, verbose_name='recipient'),
        ),
        migrations.AddField(
            model_name='contactrequest',
            name='sender',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts_sent', to=settings.AUTH_USER_MODEL, verbose_name='sender'),
        ),
        migrations.AddField(
            model_name='dataexport',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='data_exports', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='datarequest',
            name='handled_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='handled by'),
        ),
        migrations.AddField(
            model_name='datarequest',
            name='user',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='data_requests', to=settings.AUTH_USER_MODEL, verbose_name='account'),
        ),
        migrations.AddField(
            model_name='digeststate',
            name='user',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='digest_state', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='distinctpair',
            name='first',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='members.organisation', verbose_name='one'),
        ),
        migrations.AddField(
            model_name='distinctpair',
            name='said_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='said by'),
        ),
        migrations.AddField(
            model_name='distinctpair',
            name='second',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='members.organisation', verbose_name='the other'),
        ),
        migrations.AddField(
            model_name='erasure',
            name='request',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='erasure', to='members.datarequest'),
        ),
        migrations.AddField(
            model_name='erasure',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='erasures', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='follow',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='follows', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='formerslug',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='former_slugs', to='members.organisation', verbose_name='organisation'),
        ),
        migrations.AddField(
            model_name='intent',
            name='user',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='intents', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='invitation',
            name='accepted_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='accepted by'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='invited_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='invited by'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='members.organisation', verbose_name='organisation'),
        ),
        migrations.AddField(
            model_name='joinrequest',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by'),
        ),
        migrations.AddField(
            model_name='joinrequest',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='join_requests', to='members.organisation', verbose_name='organisation'),
        ),
        migrations.AddField(
            model_name='joinrequest',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='join_requests', to=settings.AUTH_USER_MODEL, verbose_name='account'),
        ),
        migrations.AddField(
            model_name='membership',
            name='confirmed_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='confirmed by'),
        ),
        migrations.AddField(
            model_name='membership',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='members.organisation', verbose_name='organisation'),
        ),
        migrations.AddField(
            model_name='membership',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL, verbose_name='account'),
        ),
        migrations.AddField(
            model_name='domaincode',
            name='membership',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='codes', to='members.membership', verbose_name='membership'),
        ),
        migrations.AddField(
            model_name='message',
            name='author',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages_sent', to=settings.AUTH_USER_MODEL, verbose_name='author'),
        ),
        migrations.AddField(
            model_name='message',
            name='request',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='messages', to='members.contactrequest', verbose_name='conversation'),
        ),
        migrations.AddField(
            model_name='messagereport',
            name='decided_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='decided by'),
        ),
        migrations.AddField(
            model_name='messagereport',
            name='message',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reports', to='members.message', verbose_name='message'),
        ),
        migrations.AddField(
            model_name='messagereport',
            name='reporter',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='reported by'),
        ),
        migrations.AddField(
            model_name='notification',
            name='actor',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='notification',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='notifications', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='notificationrhythm',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rhythms', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='organisationdomain',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='domains', to='members.organisation', verbose_name='organisation'),
        ),
        migrations.AddField(
            model_name='organisationmerge',
            name='kept',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='merges', to='members.organisation', verbose_name='kept'),
        ),
        migrations.AddField(
            model_name='organisationmerge',
            name='merged_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='merged by'),
        ),
        migrations.AddField(
            model_name='person',
            name='organisation',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='people', to='members.organisation', verbose_name='organisation'),
        ),
        migrations.AddField(
            model_name='person',
            name='user',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='people', to=settings.AUTH_USER_MODEL, verbose_name='account'),
        ),
        migrations.AddField(
            model_name='profile',
            name='themes',
            field=models.ManyToManyField(blank=True, related_name='profiles', to='common.theme', verbose_name='themes that interest me'),
        ),
        migrations.AddField(
            model_name='profile',
            name='user',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='profile', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='reading',
            name='request',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to='members.contactrequest'),
        ),
        migrations.AddField(
            model_name='reading',
            name='user',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='readings', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='step',
            name='author',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='written by'),
        ),
        migrations.AddField(
            model_name='step',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='members.organisation', verbose_name='organisation'),
        ),
        migrations.AddField(
            model_name='step',
            name='person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='steps', to='members.person', verbose_name='with'),
        ),
        migrations.AddIndex(
            model_name='announcementtopic',
            index=models.Index(fields=['kind', 'target'], name='announcement_topic_target'),
        ),
        migrations.AddConstraint(
            model_name='announcementtopic',
            constraint=models.UniqueConstraint(fields=('announcement', 'kind', 'target'), name='announcement_topic_once'),
        ),
        migrations.AddConstraint(
            model_name='block',
            constraint=models.UniqueConstraint(fields=('blocker', 'blocked'), name='block_once'),
        ),
        migrations.AddConstraint(
            model_name='block',
            constraint=models.CheckConstraint(condition=models.Q(('blocker', models.F('blocked')), _negated=True), name='block_not_self'),
        ),
        migrations.AddConstraint(
            model_name='consent',
            constraint=models.UniqueConstraint(condition=models.Q(('withdrawn_at', None)), fields=('user', 'wording'), name='consent_standing_once'),
        ),
        migrations.AddConstraint(
            model_name='contactrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('organisation', None), ('recipient__isnull', False)), models.Q(('organisation__isnull', False), ('recipient', None)), _connector='OR'), name='contact_request_one_recipient'),
        ),
        migrations.AddConstraint(
            model_name='contactrequest',
            constraint=models.CheckConstraint(condition=models.Q(('sender', models.F('recipient')), _negated=True), name='contact_request_not_to_self'),
        ),
        migrations.AddConstraint(
            model_name='contactrequest',
            constraint=models.UniqueConstraint(django.db.models.functions.comparison.Least('sender', 'recipient'), django.db.models.functions.comparison.Greatest('sender', 'recipient'), condition=models.Q(('recipient__isnull', False), ('state__in', ['pending', 'accepted'])), name='contact_request_open_once'),
        ),
        migrations.AddConstraint(
            model_name='contactrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('state__in', ['pending', 'accepted'])), fields=('sender', 'organisation'), name='contact_request_open_once_a_company'),
        ),
        migrations.AddConstraint(
            model_name='dataexport',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('user',), name='data_export_one_in_the_making'),
        ),
        migrations.AddConstraint(
            model_name='dataexport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'ready'), _negated=True), models.Q(models.Q(('file', ''), _negated=True), ('ready_at__isnull', False)), _connector='OR'), name='data_export_ready_has_file'),
        ),
        migrations.AddConstraint(
            model_name='datarequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('state', 'open')), models.Q(models.Q(('state', 'open'), _negated=True), ('answered_at__isnull', False)), _connector='OR'), name='data_request_answer_is_dated'),
        ),
        migrations.AddConstraint(
            model_name='distinctpair',
            constraint=models.UniqueConstraint(fields=('first', 'second'), name='distinct_pair_once'),
        ),
        migrations.AddConstraint(
            model_name='distinctpair',
            constraint=models.CheckConstraint(condition=models.Q(('first__lt', models.F('second'))), name='distinct_pair_in_order'),
        ),
        migrations.AddConstraint(
            model_name='erasure',
            constraint=models.UniqueConstraint(condition=models.Q(('cancelled_at', None), ('done_at', None)), fields=('user',), name='erasure_pending_once'),
        ),
        migrations.AddConstraint(
            model_name='erasure',
            constraint=models.CheckConstraint(condition=models.Q(('cancelled_at', None), ('done_at', None), _connector='OR'), name='erasure_done_or_cancelled'),
        ),
        migrations.AddIndex(
            model_name='follow',
            index=models.Index(fields=['kind', 'target'], name='follow_target'),
        ),
        migrations.AddConstraint(
            model_name='follow',
            constraint=models.UniqueConstraint(fields=('user', 'kind', 'target'), name='follow_once'),
        ),
        migrations.AddIndex(
            model_name='intent',
            index=models.Index(condition=models.Q(('completed_at', None)), fields=['user'], name='intent_to_complete'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.UniqueConstraint(models.F('organisation'), django.db.models.functions.text.Lower('email'), condition=models.Q(('accepted_at', None), ('declined_at', None), ('revoked_at', None)), name='invitation_unanswered_once'),
        ),
        migrations.AddConstraint(
            model_name='invitation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('accepted_at', None), ('declined_at', None)), models.Q(('accepted_at', None), ('revoked_at', None)), models.Q(('declined_at', None), ('revoked_at', None)), _connector='OR'), name='invitation_one_answer'),
        ),
        migrations.AddConstraint(
            model_name='joinrequest',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'pending')), fields=('user', 'organisation'), name='join_request_pending_once'),
        ),
        migrations.AddConstraint(
            model_name='joinrequest',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('state', 'pending')), models.Q(models.Q(('state', 'pending'), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='join_request_decision_is_dated'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.UniqueConstraint(condition=models.Q(('left_at', None)), fields=('user', 'organisation'), name='membership_current_once'),
        ),
        migrations.AddConstraint(
            model_name='membership',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('confirmation', ''), ('confirmed_at', None)), models.Q(('confirmed_at__isnull', False), models.Q(('confirmation', ''), _negated=True)), _connector='OR'), name='membership_confirmation_has_proof'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['author', 'sent_at'], name='message_daily_limit'),
        ),
        migrations.AddConstraint(
            model_name='messagereport',
            constraint=models.UniqueConstraint(fields=('message', 'reporter'), name='message_report_once'),
        ),
        migrations.AddConstraint(
            model_name='messagereport',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decision', '')), models.Q(models.Q(('decision', ''), _negated=True), ('decided_at__isnull', False)), _connector='OR'), name='message_report_decision_is_dated'),
        ),
        migrations.AddIndex(
            model_name='notification',
            index=models.Index(fields=['user', '-created_at'], name='notification_inbox'),
        ),
        migrations.AddIndex(
            model_name='notification',
            index=models.Index(condition=models.Q(('told_at', None)), fields=['user'], name='notification_untold'),
        ),
        migrations.AddConstraint(
            model_name='notification',
            constraint=models.UniqueConstraint(fields=('user', 'key'), name='notification_once'),
        ),
        migrations.AddConstraint(
            model_name='notificationrhythm',
            constraint=models.UniqueConstraint(fields=('user', 'kind'), name='notification_rhythm_once'),
        ),
        migrations.AddConstraint(
            model_name='organisationdomain',
            constraint=models.UniqueConstraint(fields=('organisation', 'domain'), name='organisation_domain_once'),
        ),
        migrations.AddConstraint(
            model_name='organisationdomain',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('domain', ''), _negated=True), models.Q(('domain__contains', '@'), _negated=True)), name='organisation_domain_bare'),
        ),
        migrations.AddIndex(
            model_name='person',
            index=models.Index(django.db.models.functions.text.Lower('email'), name='person_email'),
        ),
        migrations.AddConstraint(
            model_name='reading',
            constraint=models.UniqueConstraint(fields=('request', 'user'), name='reading_once'),
        ),
        migrations.AddIndex(
            model_name='step',
            index=models.Index(fields=['organisation', '-on'], name='step_timeline'),
        ),
        migrations.AddConstraint(
            model_name='step',
            constraint=models.UniqueConstraint(condition=models.Q(('source', ''), _negated=True), fields=('organisation', 'source'), name='step_once_a_source'),
        ),
    ]
