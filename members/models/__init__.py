"""People, organisations, and what belongs to them."""

from .accounts import User, UserManager, UserQuerySet
from .cases import Case, CaseQuerySet
from .contact import Block, ContactRequest, Message, MessageReport, Reading
from .conversation import Comment, CommentQuerySet, CommentReport, ConversationSettings, Thanks
from .intents import Intent
from .memberships import DomainCode, Invitation, JoinRequest, Membership
from .notifications import (
    Announcement,
    AnnouncementTopic,
    DigestState,
    Follow,
    Followed,
    Kind,
    Notification,
    NotificationRhythm,
    Rhythm,
)
from .organisations import Organisation, OrganisationDomain, OrganisationQuerySet, validate_siret
from .people import Person
from .privacy import Consent, ConsentWording, DataExport, DataRequest, Erasure
from .profiles import Profile, Visibility
from .timeline import DistinctPair, FormerSlug, OrganisationMerge, Step

__all__ = [
    "Announcement",
    "AnnouncementTopic",
    "Block",
    "Case",
    "CaseQuerySet",
    "Comment",
    "CommentQuerySet",
    "CommentReport",
    "Consent",
    "ConsentWording",
    "ContactRequest",
    "ConversationSettings",
    "DataExport",
    "DataRequest",
    "DigestState",
    "DistinctPair",
    "DomainCode",
    "Erasure",
    "Follow",
    "Followed",
    "FormerSlug",
    "Intent",
    "Invitation",
    "JoinRequest",
    "Kind",
    "Membership",
    "Message",
    "MessageReport",
    "Notification",
    "NotificationRhythm",
    "Organisation",
    "OrganisationDomain",
    "OrganisationMerge",
    "OrganisationQuerySet",
    "Person",
    "Profile",
    "Reading",
    "Rhythm",
    "Step",
    "Thanks",
    "User",
    "UserManager",
    "UserQuerySet",
    "Visibility",
    "validate_siret",
]
