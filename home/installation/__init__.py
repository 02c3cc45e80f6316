"""What every installation has before anybody writes in it. `manage.py setup_site` runs it; so may tests."""
