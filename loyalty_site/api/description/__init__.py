"""The description of the API in OpenAPI 3.1: served as `/api/doc.json`, shown to people at `/doc`.

How to describe an endpoint: add its route's name, as `urls.py` has it, and its methods to a chapter in the
`api/descriptions.py` of its app:

    "points-transfer-add": {"POST": Operation("Add points", TRANSFER_ID, form=TransferForm, root="transfer")},

The rest is known: the form's fields from the form, the roles and the scope from `loyalty_site/access/endpoints.py`,
the failures that every endpoint shares from `answers.py`, in the shapes that `dialects.py` has for the path's dialect,
examples from the documented requests in `tests/examples`. A shape that several answers share gets a title,
`record({…}, title="Campaign")`, and is then described once. Chapters are named in the setting API_CHAPTERS. A test
fails for a route without a description, and every answer that the tests get is held against it.
"""
