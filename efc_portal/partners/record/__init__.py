"""The pages of the audit record: who did what to which object, and why.

They stand here and not in `audit`, which knows neither people nor organisations nor who may open a page.
"""
