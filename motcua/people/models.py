"""Who acts: persons, businesses, accounts and tokens."""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models


class Person(models.Model):
    """A human being or a business that asks for something; personal numbers are sealed."""

    class Kind(models.TextChoices):
        CITIZEN = "citizen"
        BUSINESS = "business"

    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.CITIZEN)
    full_name = models.CharField(max_length=200)
    birth_on = models.DateField(null=True)
    sex = models.CharField(max_length=10, blank=True)
    ethnicity = models.CharField(max_length=50, blank=True)
    nationality = models.CharField(max_length=50, blank=True)
    number_sealed = models.BinaryField(null=True)  # AES-GCM, row "person:<seal_row>"
    number_index = models.CharField(max_length=64, null=True, unique=True)  # noqa: DJ001  blind index; null where there is none
    seal_row = models.UUIDField(unique=True)
    residence = models.ForeignKey("places.Unit", on_delete=models.PROTECT, null=True)
    address_line = models.CharField(max_length=300, blank=True)
    phone = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    locale = models.CharField(max_length=5, default="vi")
    fictional = models.BooleanField(default=False)  # a demo person

    def __str__(self) -> str:
        return self.full_name


class UserManager(BaseUserManager["User"]):
    """Makes accounts; normalises nothing but the e-mail."""

    def create_user(
        self, username: str, password: str | None = None, hashed: bool = False, **fields: object
    ) -> "User":
        """Create an account; without a password it cannot sign in by one."""
        user = self.model(username=username, **fields)
        if hashed and password:
            user.password = password
        else:
            user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """An account. What it may do follows from its posts (agencies) and its person."""

    username = models.CharField(max_length=60, unique=True)
    email = models.EmailField(blank=True)
    display_name = models.CharField(max_length=200, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="accounts")
    is_helper = models.BooleanField(default=False)  # registered to file for others
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(auto_now_add=True)

    objects = UserManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.username

    def get_full_name(self) -> str:
        """The name shown to others."""
        return self.display_name or self.username


class Token(models.Model):
    """A bearer token of the API; only its hash is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=80, blank=True)  # what it is for, in its owner's words
    digest = models.CharField(max_length=64, unique=True)
    scopes = models.CharField(max_length=200, default="all")  # space-separated
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"token of {self.user_id}"


class Identity(models.Model):
    """A subject of an identity provider that may sign in to an account."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="identities")
    issuer = models.CharField(max_length=200)
    subject_index = models.CharField(max_length=64)  # blind: a provider may use the personal number itself
    linked_at = models.DateTimeField()
    used_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject_index"], name="identity_subject_once"),
            models.UniqueConstraint(fields=["user", "issuer"], name="identity_issuer_once"),
        ]

    def __str__(self) -> str:
        return f"{self.issuer} of {self.user_id}"


class RecoveryCode(models.Model):
    """A one-time code that lets somebody set a new password; given after a look at their papers."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64, unique=True)
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"recovery of {self.user_id}"


class Mandate(models.Model):
    """A person may act in the name of a business, from a day on and until one."""

    business = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mandates_given")
    representative = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="mandates_held")
    capacity = models.CharField(max_length=100)  # "Giám đốc", "được ủy quyền"
    source = models.CharField(max_length=200)  # the paper that says so
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(valid_to=None) | models.Q(valid_to__gte=models.F("valid_from")),
                name="mandate_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~models.Q(business=models.F("representative")), name="mandate_of_two"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.representative_id} for {self.business_id}"
