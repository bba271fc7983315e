"""The rules that everybody applies alike, the rounds that measure whether they do, and what is discarded by them."""
