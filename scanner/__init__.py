"""outlast: would your software outlast its suppliers?"""

__version__ = "0.1.0"
