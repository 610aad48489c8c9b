"""What data that is made up is made with: dice that fall alike each time, seasons, and telling how far it is.

Knows no app. Each app makes its own: customers.made_up, points.made_up, campaigns.made_up.
"""
