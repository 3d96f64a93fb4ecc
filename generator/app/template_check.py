"""`seuranta template check`: finds the faults of the report's template."""

from dataclasses import dataclass
from pathlib import Path

from generator.errors import TemplateError
from generator.formats.docx.faults import NOT_A_DOCUMENT
from generator.formats.docx.template import find_faults
from generator.formats.docx_accessibility.checker import DOCUMENT_RULES, DocumentFault, check_document
from generator.formats.opc.xml import PackageError
from generator.workspace.folders import read_file


@dataclass(frozen=True, slots=True)
class TemplateFaults:
    """The faults of a template: those of its tags, then those of its documents' accessibility."""

    tags: tuple[TemplateError, ...]
    document: tuple[DocumentFault, ...]

    @property
    def are_errors(self) -> bool:
        """True if a report cannot be made, or would break an accessibility rule that is an error."""
        return bool(self.tags) or any(DOCUMENT_RULES[f.rule].is_error for f in self.document)


def check_template(path: Path) -> TemplateFaults:
    """Finds all faults of a Word template.

    Raises:
        FolderError: the file cannot be read.
        TemplateError: it is no Word document.
    """
    data = read_file(path)
    tags = find_faults(data)
    try:
        return TemplateFaults(tags, check_document(data))
    except PackageError as error:
        # The faults of the tags already explain why the document cannot be read.
        raise (tags[0] if tags else TemplateError(*NOT_A_DOCUMENT)) from error
