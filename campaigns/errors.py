"""Why a purchase or a change of a campaign is refused."""

from loyalty_site.errors import DomainError


class CampaignNotFound(DomainError):
    """No campaign has that id."""


class CampaignNotOnOffer(DomainError):
    """It is switched off, or outside its activity or visibility window. Facts: rule."""


class NoCouponsLeft(DomainError):
    """Every code on sale is taken."""


class LimitExceeded(DomainError):
    """Facts: current (purchases so far), needed (the limit)."""


class CustomerLimitExceeded(DomainError):
    """Facts: current (the customer's purchases so far), needed (the limit per customer)."""


class NoCodes(DomainError):
    """A campaign needs at least one code that is not blank."""


class SharedCode(DomainError):
    """Every buyer of the campaign gets the same code, so it takes no pool of them."""


class BatchNotFound(DomainError):
    """No batch of coupons has that id."""


class BatchNotReady(DomainError):
    """What is asked does not follow from the batch's state, or its last job is still at work. Facts: state."""


class FileForgotten(DomainError):
    """The file was checked too long ago: it is not kept any more."""


class PatternRefused(DomainError):
    """It cannot make codes. Facts: fault (of campaigns.batches.patterns.Fault)."""


class CodesTooGuessable(DomainError):
    """So many codes of this pattern are hit by too few guesses. Facts: guesses (for one hit), least."""


class PurchaseNotFound(DomainError):
    """No purchase has that id."""


class AlreadyRefunded(DomainError):
    """A purchase is refunded once."""


class CouponNotHeld(DomainError):
    """The customer did not buy that code of that campaign, or gave it back. Facts: missing (how many)."""


class PhotoOutOfReach(DomainError):
    """The storage of files does not answer, so a photo cannot be copied now."""


class PictureRefused(DomainError):
    """A file that cannot become a campaign's photo."""


class EmptyFile(PictureRefused):
    """It holds nothing."""


class FileTooLarge(PictureRefused):
    """Facts: size, most (bytes)."""


class NotAnImage(PictureRefused):
    """Its content is no PNG, GIF or JPEG that can be read."""


class TooManyPixels(PictureRefused):
    """Facts: most."""


class ImageTooNarrow(PictureRefused):
    """Facts: width, least (pixels)."""


class ImageTooLow(PictureRefused):
    """Facts: height, least (pixels)."""


class StockBroken(AssertionError):
    """The stock's own count is wrong: a fault of the program, never of the caller."""
