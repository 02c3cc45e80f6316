"""Sign-up, sign-in, second factors."""
