"""Who may come in, how they prove it, and for how long."""

from __future__ import annotations

from pathlib import Path

from efc_portal.settings import environment as env
from efc_portal.settings.folders import VAR_DIR

DEMO_SECOND_FACTOR_CODE = ""  # passes for everybody's authenticator app when DEMO is on; refused in production

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "efc_portal.partners.backends.RolePermissions",  # first: it answers without asking the database again
    "efc_portal.partners.backends.People",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "efc_portal.accounts.breached.validators.BreachedPasswordValidator"},
]
BREACHED_PASSWORDS_FILE = Path(env.text("BREACHED_PASSWORDS_FILE", str(VAR_DIR / "breached-passwords.bin")))
PASSWORD_RESET_TIMEOUT = 60 * 60
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/workspace/"

ACCOUNT_ADAPTER = "efc_portal.partners.sign_on.adapters.EntranceAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]  # allauth asks for it; nobody can sign up
ACCOUNT_EMAIL_VERIFICATION = "none"  # whoever invites vouches for the address
ACCOUNT_CHANGE_EMAIL = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no mail to strangers; the page says the same either way
ACCOUNT_EMAIL_NOTIFICATIONS = True  # tell people of changes to their password and second factors
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False  # this session stays, Django ends all others
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False  # the new password and the second factor are asked for
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGIN_TIMEOUT = 10 * 60  # from the password to the second factor
ACCOUNT_REAUTHENTICATION_TIMEOUT = 5 * 60
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "20/m/ip,5/5m/key",  # key: the address, apart for each browser known for it
    "second_factor": "20/d/key",  # key: the person, apart for each browser known for them; a right code starts anew
    "second_factor_known": "5/5m/key",  # in such a browser; in all others together `login_failed` counts
    "reauthenticate": "10/m/user",
    "reset_password": "20/m/ip,5/h/key",
    "reset_password_from_key": "20/m/ip",
    "change_password": "5/m/user",
    "signup": "5/m/ip",
    "sign_on": "20/m/ip",  # addresses typed to find an organisation's identity provider, and answers of providers
}
MFA_ADAPTER = "efc_portal.accounts.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "preferred"
MFA_TOTP_TOLERANCE = 1  # half a minute of drift either way; a code still works once (accounts.forms)
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = False
MFA_FORMS = {
    "authenticate": "efc_portal.accounts.forms.SignInCodeForm",
    "reauthenticate": "efc_portal.accounts.forms.StepUpCodeForm",
    "activate_totp": "efc_portal.accounts.forms.EnrolAppForm",
    "login_webauthn": "efc_portal.accounts.forms.PasskeySignInForm",
    "add_webauthn": "efc_portal.accounts.forms.AddPasskeyForm",
}
# Single sign-on: providers are rows of `partners.IdentityProvider`, none is a setting.
SOCIALACCOUNT_ADAPTER = "efc_portal.partners.sign_on.adapters.SignOnAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # whose account opens is `partners.sign_on.assertions`
SOCIALACCOUNT_EMAIL_VERIFICATION = "none"
SOCIALACCOUNT_QUERY_EMAIL = True
USERSESSIONS_ADAPTER = "efc_portal.accounts.adapters.SessionsAdapter"
USERSESSIONS_TRACK_ACTIVITY = True  # accounts.middleware.SessionLimits does it, at most once a minute
ALLAUTH_TRUSTED_PROXY_COUNT = 0  # production: 1 behind a proxy that sets X-Forwarded-For
FACTOR_RESET_WAIT_HOURS = 24  # from the approval of a lost second factor's reset until it is done
DEVICE_COOKIE_NAME = "efc_device"
APPLICATION_COOKIE_NAME = "efc_application"  # of applicants, who have no account

SESSION_ENGINE = "efc_portal.accounts.session_store"
SESSION_COOKIE_NAME = "efc_session"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60  # absolute, enforced by accounts.middleware.SessionLimits
SESSION_IDLE_SECONDS = 30 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_USE_SESSIONS = False
CSRF_FAILURE_VIEW = "efc_portal.core.views.csrf_failure"
