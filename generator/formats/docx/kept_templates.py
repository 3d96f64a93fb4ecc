"""Keeps read and compiled templates in the user's cache for later processes."""

import pickle
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache

from generator.disk.digests import sha256_of
from generator.disk.user_cache import UserCache
from generator.formats.docx.opened_template import Template


@lru_cache(maxsize=4)
def open_kept(content: bytes, cache: UserCache | None) -> Template:
    """Takes an opened template from the cache, or opens it with `template.open_template`.

    Only the child process that prints may call it with a cache, because the cached template is unpickled.

    Raises:
        TemplateError: as `template.open_template`; a template with faults is not kept.
    """
    digest = sha256_of(content)
    name = f"{digest}.template"
    kept = cache.read(name) if cache else None
    if kept is not None:
        with suppress(Exception):  # anything but a valid template is opened again
            opened = pickle.loads(kept)
            if isinstance(opened, Template) and opened.digest == digest:
                return opened
    from generator.formats.docx.template import open_template  # slow to import, and not needed where one is kept

    opened = open_template(content)
    if cache:
        cache.write(name, pickle.dumps(_unused(opened), pickle.HIGHEST_PROTOCOL))
    return opened


def _unused(template: Template) -> Template:
    """Returns the template without its runnable Jinja code, which cannot be pickled."""
    return replace(template, texts=tuple(map(replace, template.texts)))
