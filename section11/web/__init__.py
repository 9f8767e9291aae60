"""The web routes beside the pages: sign-in, invitations, downloads, health, and who may pass."""
