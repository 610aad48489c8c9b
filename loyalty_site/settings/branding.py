"""How the back office shows whose it is."""

from loyalty_site.backoffice.palette import palette
from loyalty_site.environment import colour, picture, text

BRAND_NAME = text("LOYALTY_BRAND_NAME", "Loyalty")
BRAND_COLOUR = colour("LOYALTY_BRAND_COLOUR", "#9810fa")
BRAND_LOGO = picture("LOYALTY_BRAND_LOGO")
BRAND_LOGO_DARK = picture("LOYALTY_BRAND_LOGO_DARK") or BRAND_LOGO  # on the dark theme
BRAND_SHADES = palette(BRAND_COLOUR)
