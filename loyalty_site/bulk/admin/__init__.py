"""What was done to many rows, in the back office."""

from loyalty_site.bulk.admin.changes import BulkChangeAdmin

__all__ = ["BulkChangeAdmin"]
