"""Calls of partners that may be done later: written down and answered with a trace, then done one by one by workers.

An app names what it can do so in the setting COLD_ACTIONS: action → function of the call and the time, which does what
the hot call would do, under the call's own id, or raises the same refusal. A call and what it does are committed
together: it is done once, whenever a worker dies. Only what waits or was refused has a row; what is done is found by
its trace where it is. Rule: RBI, guides for Braze, `hot` and `cold`.
"""
