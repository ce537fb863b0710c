"""Single sign-on: the identity providers of organisations, and what they can open.

`assertions` is the one rule about what a provider may say; `oidc` and `saml` bring what it said into one form;
`adapters` ties both into allauth's sign-in. Nothing of a provider stands in allauth's own tables but the link between
a person and their account there.
"""
