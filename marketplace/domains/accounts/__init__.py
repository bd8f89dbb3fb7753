"""Sign-in, sign-out, roles: who may come in and for whom they act."""
