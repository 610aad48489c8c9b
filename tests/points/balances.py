"""The rule that always holds: what an account has is what its buckets hold and what its movements come to."""

from django.db.models import Sum

from points.models import Account, Bucket, Transfer


def balances_agree() -> bool:
    """Raises AssertionError with the first account that does not."""
    for account in Account.objects.all():
        held = Bucket.objects.filter(account=account).aggregate(total=Sum("points", default=0))["total"]
        moves = list(Transfer.objects.filter(account=account).order_by("sequence"))
        assert account.balance == held == sum(move.points for move in moves) >= 0
        assert [move.sequence for move in moves] == list(range(1, account.sequence + 1))
    return True
