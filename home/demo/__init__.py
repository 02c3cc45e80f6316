"""The demonstration: real and example content from `demo/`, loaded as often as one likes."""
