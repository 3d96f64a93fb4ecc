"""The office that the corpus plays in: a small plan of codes that are easily mixed up, and one officer's answers."""

from types import MappingProxyType

from generator.domain.base.heading import Field
from generator.domain.base.settings import Language
from generator.domain.plan.form import PreviousAnswer
from generator.domain.plan.goals import Goal, Officer, Plan
from generator.formats.xlsx.form_file import HEADING_ROW
from generator.i18n.words import Words, degree_choices
from tests.builders import CLERK, DIRECTOR, SETTINGS

ENGINEER = "Tekninen johtaja"
KEY = b"the key of the corpus"
SHEET = "Seuranta"
FILE = f"{CLERK}.xlsx"
BOTH = (CLERK, DIRECTOR)

PLAN = Plan(
    (
        Goal("01", "Kunnan talous on tasapainossa", "Verotulot kertyvät ennakoitua hitaammin.", (CLERK,), "", "A2"),
        Goal("01.01", "Laadimme talouden tasapainottamisohjelman", "", (CLERK,), "", "B3"),
        Goal("01.02", "Uudistamme hankintojen ohjeet", "Osaaminen on muutaman varassa.", (CLERK,), "", "B4"),
        Goal("01.02.03", "Koulutamme hankkijat kilpailuttamaan", "", (CLERK,), "", "C5"),
        Goal("01.10", "Otamme käyttöön sähköisen arkiston", "Toimittaja vaihtuu.", (CLERK,), "", "B6"),
        Goal("01.20", "Digitoimme rakennusvalvonnan asiakirjat", "", (CLERK,), "", "B7"),
        Goal("02", "Asukkaat osallistuvat päätöksentekoon", "", (DIRECTOR,), "", "A8"),
        Goal("02.01", "Perustamme nuorten kuulemisryhmän", "", BOTH, "", "B9"),
        Goal("02.01.03", "Järjestämme asukasillat kylissä", "", (DIRECTOR,), "", "C10"),
        Goal("03", "Palvelut löytyvät yhdestä paikasta", "", (CLERK,), "", "A11"),
        Goal("03.10", "Avaamme yhteisen palvelupisteen", "Tiloja ei löydy.", (CLERK,), "", "B12"),
        Goal("10", "Ilmastotyö näkyy arjessa", "", (CLERK,), "", "A13"),
        Goal("10.01", "Vaihdamme katuvalot ledeihin", "", (CLERK,), "", "B14"),
        Goal("11", "Henkilöstö voi hyvin", "", (ENGINEER,), "", "A15"),
        Goal("11.10", "Uudistamme varhaisen tuen mallin", "", (), "", "B16"),
    ),
    tuple(Officer(name, "", "", "fi") for name in (CLERK, DIRECTOR, ENGINEER)),
)
OPTIONS = degree_choices(SETTINGS.degree_scale, Words(Language.FINNISH)).options
STATUS_OPTIONS = SETTINGS.statuses.options("fi")
OWN_GOALS = PLAN.goals_of(CLERK)
PREVIOUS = tuple(
    PreviousAnswer(goal.code, 2, f"Viime kaudella valmisteltiin: {goal.title}.", "suunnitelman mukaan", CLERK)
    for goal in OWN_GOALS
)
# Row and column of each answer in the form, and in the workbook of somebody's own; in the form the last period's degree
# and narrative stand in G and I.
ROWS = MappingProxyType({goal.code: HEADING_ROW + index for index, goal in enumerate(OWN_GOALS, start=1)})
LETTERS = MappingProxyType(dict(zip(Field, "ABCDEFHJ", strict=True)))


def good_value(code: str, field: Field) -> str | None:
    """What the officer answered well in a cell of a goal's row; None where nothing was to be answered."""
    index = list(ROWS).index(code)
    return {
        Field.OVERALL_STATUS: STATUS_OPTIONS[0],
        Field.DEGREE: OPTIONS[1 + index % 2],
        Field.NARRATIVE: f"Tällä kaudella työ eteni: kohta {index + 1} on hyvässä vauhdissa.",
    }.get(field)
