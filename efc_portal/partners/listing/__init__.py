"""The public directory of those who take part, and what each organisation says about itself in it."""
