"""What the domain says when it refuses: facts only. Statuses, codes and wording live in each dialect's `api/`."""


class DomainError(Exception):
    """A refusal. The facts given by name are attributes: `NotEnoughPoints(balance=3, needed=10).needed == 10`."""

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(", ".join(f"{name}={value}" for name, value in facts.items()))

    def __getattr__(self, name: str) -> object:
        try:
            return self.__dict__["facts"][name]
        except KeyError:
            raise AttributeError(name) from None
