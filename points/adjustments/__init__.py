"""Points that staff move by hand: with a reason, up to a ceiling, and above it with a second person's approval."""
