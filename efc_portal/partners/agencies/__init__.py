"""Law enforcement agencies: their admission, what they are competent for, and the second way to reach them."""
