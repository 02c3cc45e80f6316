"""The pages on which a member tells, checks and sends."""
