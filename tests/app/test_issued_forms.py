"""Forms as they were issued, which are read once for many saves."""

from dataclasses import replace
from pathlib import Path

from generator.app.issued_forms import IssuedForms
from generator.domain.base.settings import Language
from generator.domain.plan.form import make_form
from generator.formats.xlsx.form_file import form_bytes
from generator.i18n.words import Words
from generator.store.archive_folder import ArchiveFolder
from tests.builders import CLERK, PLAN, SETTINGS


def _form() -> bytes:
    form = make_form(PLAN, CLERK, unowned_reporter="", language="fi", previous=())
    return form_bytes(form, (), SETTINGS, Words(Language.FINNISH))


def test_a_form_is_read_once_and_again_where_the_headings_have_changed(tmp_path: Path) -> None:
    archive, forms, headings = ArchiveFolder(tmp_path), IssuedForms(), SETTINGS.headings
    digest = archive.keep(_form())
    first = forms.read(archive, digest, headings)
    assert first is not None and first.texts and first.beside["01.10"] == (CLERK.casefold(),)
    assert forms.read(archive, digest, headings) is first
    renamed = (replace(each, labels=dict.fromkeys(each.labels, each.field)) for each in headings.headings)
    others = replace(headings, headings=tuple(renamed))
    again = forms.read(archive, digest, others)
    assert again is not None and not again.beside and again.texts == first.texts


def test_a_form_that_the_archive_lacks_is_looked_for_again(tmp_path: Path) -> None:
    archive, forms = ArchiveFolder(tmp_path / "one"), IssuedForms()
    digest = ArchiveFolder(tmp_path / "other").keep(_form())
    assert forms.read(archive, digest, SETTINGS.headings) is None
    assert archive.keep(_form()) == digest
    assert forms.read(archive, digest, SETTINGS.headings) is not None


def test_only_the_last_forms_are_kept(tmp_path: Path) -> None:
    archive, forms = ArchiveFolder(tmp_path), IssuedForms(most=1)
    one, other = archive.keep(_form()), archive.keep(_form() + b"\0")
    first = forms.read(archive, one, SETTINGS.headings)
    assert first is not None and forms.read(archive, other, SETTINGS.headings) is not None
    assert forms.read(archive, one, SETTINGS.headings) is not first
