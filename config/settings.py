"""One settings file, read from the environment. `.env.example` lists every name."""

import sys
from pathlib import Path

import environ

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent
environ.Env.read_env(BASE_DIR / ".env")
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

SITE_NAME = env.str("SITE_NAME", default="Common Table")
DEMO = env.bool("DEMO", default=False)
DEBUG = env.bool("DEBUG", default=False)
INSECURE_KEY = "insecure-key-for-a-laptop-only-never-for-a-server-people-trust"
SECRET_KEY = env.str("SECRET_KEY", default=INSECURE_KEY)
# Those before it: what they sealed can still be read.
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
HTTPS = env.bool("HTTPS", default=False)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "members.apps.GuardedAdminConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "template_partials.apps.SimpleAppConfig",
    "web",
    "outbox",
    "members",
    "coalitions",
    "milestones",
    "feedback",
    "checkins",
    "dashboards",
]

# Forms that people outside answer: no cookie in, none out.
WITHOUT_COOKIES = ("/go/", "/p/")
# Seconds for which a process shows a form as it last read it. Before an answer is kept it is read anew.
FORMS_KEPT = 5
# A library or a shelter shares one address: so many answers to one form from there, then a tenth of it each minute.
ANSWERS_FROM_ONE_PLACE = env.int("ANSWERS_FROM_ONE_PLACE", default=40)

MIDDLEWARE = [
    "web.middleware.no_cookies",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "web.middleware.refuse_unstorable_text",
    "web.middleware.careful_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "members.middleware.end_with_the_link",
    "members.middleware.speak_their_language",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "web.context.site",
            ],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": [
                "template_partials.templatetags.partials",
                "django.templatetags.i18n",
                "django.templatetags.static",
                "django_htmx.templatetags.django_htmx",
            ],
        },
    }
]

# SQLite: writers queue at BEGIN instead of failing at COMMIT, and what is deleted is overwritten.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
}
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'table.sqlite3'}")}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = SQLITE_OPTIONS
    Path(DATABASES["default"]["NAME"]).parent.mkdir(parents=True, exist_ok=True)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "members.Member"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_request_login_code"
LOGIN_REDIRECT_URL = "tables"
ACCOUNT_ADAPTER = "members.adapter.SignInAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 20 * 60
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_LOGOUT_REDIRECT_URL = "front"
ACCOUNT_FORMS = {
    "request_login_code": "members.forms.EmailForm",
    "confirm_login_code": "members.forms.CodeForm",
}
MFA_ADAPTER = "members.mfa.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A passkey always checks that it is its owner, so that it can stand alone.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_TOTP_ISSUER = SITE_NAME
# Two requests each: a whole meeting may sign in from one room.
MFA_RATE_LIMITS = {"webauthn_login": "40/m/ip"}
SESSION_COOKIE_AGE = 60 * 60 * 24 * 30
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
# Whoever watches the site asks from beside it, without the proxy.
SECURE_REDIRECT_EXEMPT = [r"^(?:livez|readyz)$"]
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.bool("BEHIND_PROXY", default=False) else None
)
# Sign-in counts attempts per address: behind a proxy that is the last one it adds, never one a visitor claims.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if SECURE_PROXY_SSL_HEADER else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 300
# What is uploaded stays in memory, up to this many bytes in one request; it is never a file on the disk.
FILE_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
FILE_UPLOAD_HANDLERS = ["web.uploads.InMemory"]

CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
    # How far a long import is: a count, which every process must see while the transaction is still open.
    "progress": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "progress",
    },
}

vars().update(env.email("EMAIL_URL", default="consolemail://"))
# For each step with the mail server; the lease of the outbox outlasts five.
EMAIL_TIMEOUT = env.float("EMAIL_TIMEOUT", default=8)
# A sign-in code is sent by the web process itself, beside the request; off, it waits for the worker.
SEND_AT_ONCE = env.bool("SEND_AT_ONCE", default=True)
# Where links in mail lead.
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Common Table <table@localhost>")

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["config.formats"]
TIME_ZONE = "America/New_York"
USE_TZ = True

STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
# Plain storage unless the files were collected: a manifest that is missing is a 500 on every page.
COLLECTED = (STATIC_ROOT / "staticfiles.json").exists() or "collectstatic" in sys.argv
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if COLLECTED and not env.bool("PLAIN_STATIC", default=False)
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}

REDIS_URL = env.str("REDIS_URL", default="")
CELERY_BROKER_URL = REDIS_URL or "filesystem://"
CELERY_TASK_IGNORE_RESULT = True
CELERY_TIMEZONE = "UTC"
# A broker that is away comes back: nobody gives up on it.
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
# A task is a bell, so nobody holds bells in stock. One that never ends is ended hard: an error raised inside it
# would be put down to the message it was sending.
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 15 * 60
if REDIS_URL:
    # Said here, since the client's own limits change with its version. The worker's reads outlast its longest wait
    # for a task (1 s); a line that died unnoticed is found by these and by the checks between.
    CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, object] = {
        "socket_connect_timeout": 5,
        "socket_timeout": 15,
        "socket_keepalive": True,
        "health_check_interval": 25,
    }
else:
    # The filesystem broker serves the one embedded worker of a laptop or a very small machine.
    QUEUE_DIR = VAR_DIR / "queue"
    QUEUE_DIR.mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(QUEUE_DIR),
        "data_folder_out": str(QUEUE_DIR),
        "control_folder": str(QUEUE_DIR / "control"),
    }
CELERY_BEAT_SCHEDULE = {
    "seal": {"task": "milestones.tasks.seal_due", "schedule": 60.0, "options": {"expires": 55}},
    "remind": {"task": "checkins.tasks.remind", "schedule": 60.0, "options": {"expires": 55}},
    "gather": {"task": "feedback.tasks.gather", "schedule": 600.0, "options": {"expires": 590}},
    "mail": {"task": "outbox.tasks.send_mail", "schedule": 12.0, "options": {"expires": 11}},
    "tidy mail": {"task": "outbox.tasks.tidy", "schedule": 3600.0, "options": {"expires": 3500}},
    "tidy sign-ins": {"task": "members.tasks.tidy", "schedule": 3600.0, "options": {"expires": 3500}},
    "clear imports": {
        "task": "coalitions.tasks.clear_imports",
        "schedule": 3600.0,
        "options": {"expires": 3500},
    },
}

# Request paths can name a coalition and a milestone next to a moment in time: they are not logged.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "django.server": {"handlers": [], "level": "CRITICAL", "propagate": False},
    },
}
SILENCED_SYSTEM_CHECKS = ["account.W001"]
