"""Dates in Polish: short ones in figures between dots, with hours up to 24."""

SHORT_DATE_FORMAT = "d.m.Y"
SHORT_DATETIME_FORMAT = "d.m.Y, H:i"
