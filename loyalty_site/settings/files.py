"""Static files and photos."""

from loyalty_site.environment import text
from loyalty_site.files.choice import file_storage
from loyalty_site.settings.ground import VAR

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": file_storage(),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MEDIA_ROOT = text("LOYALTY_MEDIA_ROOT", str(VAR / "media"))
