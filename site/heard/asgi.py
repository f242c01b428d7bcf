"""The door that granian opens (docs/adr/0016); the server needs `site/` on its path."""

from heard.wsgi import application as django

# isort: split
from heard.adapter import Adapter

application = Adapter(django)
