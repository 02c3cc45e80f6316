"""Closed lists shared by several rooms. Values are stored; labels are translated."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Sector(TextChoices):
    """The association's own activity sectors: NAF letters change in 2027, these do not."""

    INDUSTRY = "industrie", _("Manufacturing")
    FOOD = "agroalimentaire", _("Food industry")
    CONSTRUCTION = "construction", _("Construction")
    RETAIL = "commerce", _("Retail and wholesale")
    TRANSPORT = "transport-logistique", _("Transport and logistics")
    HOSPITALITY = "hotellerie-restauration", _("Hotels and restaurants")
    SERVICES = "services", _("Business services")
    CLEANING = "proprete-securite", _("Cleaning and security")
    CARE = "sante-social", _("Health and social care")
    FINANCE = "banque-assurance", _("Banking and insurance")
    DIGITAL = "numerique", _("Digital")
    PUBLIC = "public-associatif", _("Public and non-profit")


class Size(TextChoices):
    """Headcount classes an HR professional recognises herself in."""

    UNDER_10 = "lt10", _("Fewer than 10 employees")
    FROM_10 = "10to49", _("10 to 49 employees")
    FROM_50 = "50to249", _("50 to 249 employees")
    FROM_250 = "gte250", _("250 employees or more")


class Effort(TextChoices):
    """How long the company worked at it before it ran."""

    LIGHT = "light", _("A few days")
    MEDIUM = "medium", _("A few weeks")
    HEAVY = "heavy", _("A few months")


class Cost(TextChoices):
    """What was spent besides the time of those who did it, taxes excluded."""

    NONE = "none", _("Time only")
    UNDER_1K = "lt1k", _("Under €1,000")
    UNDER_5K = "1to5k", _("€1,000 to €5,000")
    UNDER_20K = "5to20k", _("€5,000 to €20,000")
    OVER_20K = "gt20k", _("Over €20,000")


class Headcount(TextChoices):
    """INSEE headcount bands (tranche d'effectif salarié), codes as in the Sirene register."""

    NON_EMPLOYER = "NN", _("Non-employer")
    ZERO = "00", _("0 employees")
    B01 = "01", _("1 to 2 employees")
    B02 = "02", _("3 to 5 employees")
    B03 = "03", _("6 to 9 employees")
    B11 = "11", _("10 to 19 employees")
    B12 = "12", _("20 to 49 employees")
    B21 = "21", _("50 to 99 employees")
    B22 = "22", _("100 to 199 employees")
    B31 = "31", _("200 to 249 employees")
    B32 = "32", _("250 to 499 employees")
    B41 = "41", _("500 to 999 employees")
    B42 = "42", _("1,000 to 1,999 employees")
    B51 = "51", _("2,000 to 4,999 employees")
    B52 = "52", _("5,000 to 9,999 employees")
    B53 = "53", _("10,000 employees or more")

    @property
    def size(self) -> Size:
        """The size class that holds this band (no band straddles two classes)."""
        if self.value in {"NN", "00", "01", "02", "03"}:
            return Size.UNDER_10
        if self.value in {"11", "12"}:
            return Size.FROM_10
        return Size.FROM_50 if self.value in {"21", "22", "31"} else Size.FROM_250
