"""REST: its classes, its description, whom it answers across origins."""

from loyalty_site.settings.ground import BASE_DIR

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["loyalty_site.access.authentication.Credentials"],
    "DEFAULT_PERMISSION_CLASSES": ["loyalty_site.access.permissions.ByEndpointTable"],
    "DEFAULT_THROTTLE_CLASSES": ["loyalty_site.access.throttles.ByToken"],
    "DEFAULT_RENDERER_CLASSES": ["loyalty_site.api.rendering.PrettyJSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [
        "loyalty_site.api.parsing.StrictJSONParser",
        "loyalty_site.api.parsing.BracketFormParser",
        "loyalty_site.api.parsing.BracketMultiPartParser",
    ],
    "DEFAULT_CONTENT_NEGOTIATION_CLASS": "loyalty_site.api.rendering.AlwaysJSON",
    "DEFAULT_METADATA_CLASS": None,  # OPTIONS is the browsers' preflight and nothing else
    "EXCEPTION_HANDLER": "loyalty_site.api.exceptions.answer_exception",
    "UNAUTHENTICATED_USER": None,
}
# The description of the API; how an endpoint is described: `loyalty_site/api/description/__init__.py`.
API_CHAPTERS = [
    "loyalty_site.descriptions.CHAPTERS",
    "loyalty_site.access.api.descriptions.CHAPTERS",
    "campaigns.api.descriptions.CHAPTERS",
    "campaigns.api.customer_descriptions.CHAPTERS",
    "customers.api.descriptions.CHAPTERS",
    "points.api.descriptions.CHAPTERS",
    "promotions.api.descriptions.CHAPTERS",
    "offers.api.es_descriptions.CHAPTERS",
    "points.api.rbi_descriptions.CHAPTERS",
    "offers.api.rbi_descriptions.CHAPTERS",
]
API_EXAMPLES = BASE_DIR / "tests" / "examples"
SPECTACULAR_SETTINGS = {
    "TITLE": "Loyalty",
    "DESCRIPTION": "Points, reward campaigns and their coupons, in Open Loyalty's dialect; partners' calls in theirs.",
    "VERSION": "0.1.0",
    "OAS_VERSION": "3.1.0",
    "DEFAULT_GENERATOR_CLASS": "loyalty_site.api.description.generator.Generator",
    "POSTPROCESSING_HOOKS": [],
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
CORS_ALLOW_ALL_ORIGINS = True
CORS_URLS_REGEX = r"^/api/"
CORS_ALLOW_HEADERS = ["*", "authorization"]  # the star stands for every header but this one
CORS_EXPOSE_HEADERS = ["Idempotent-Replayed", "Retry-After"]
CORS_ALLOW_METHODS = ["POST", "PUT", "GET", "DELETE"]
CORS_PREFLIGHT_MAX_AGE = 3600
