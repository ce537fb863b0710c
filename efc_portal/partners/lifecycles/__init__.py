"""Pictures of the lifecycles, drawn from the transition tables into `docs/lifecycles/`.

They stand in `partners` because a picture says which roles may make a move.
"""
