"""What the outside is told: events, written with what they tell of, and sent by the workers as mail and webhooks.

A service adds the event's row to its own statement (`telling.told`); a worker passes it on to whoever wants it and
sends it, again and again until it arrives: at least once, always with the event's id.
"""
