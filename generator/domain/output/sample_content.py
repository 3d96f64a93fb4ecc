"""The invented goals and answers of the sample report: plain data, in the language of a plan (Finnish).

The posts, goals and words are fictional. Each goal is in another state that a row of a report can have.
"""

from dataclasses import dataclass
from enum import Enum

FINANCE, TECHNICAL, ENVIRONMENT = "Talousjohtaja", "Tekninen johtaja", "Ympäristöpäällikkö"
EDUCATION, CULTURE = "Sivistysjohtaja", "Kulttuurijohtaja"
LANGUAGES = {FINANCE: "fi", TECHNICAL: "fi", ENVIRONMENT: "fi", EDUCATION: "fi", CULTURE: "sv"}


class Step(Enum):
    """A place on whatever scale the settings have; NONE is “cannot be assessed”."""

    LOWEST = 0.0
    LOW = 0.25
    MIDDLE = 0.5
    HIGH = 0.75
    HIGHEST = 1.0
    NONE = None


@dataclass(frozen=True, slots=True)
class SampleAnswer:
    """What an officer says of a goal; `status` is the overall status's number in the settings (0-based), None: none."""

    officer: str
    step: Step
    narrative: str
    main_risks: str = ""
    status: int | None = 0
    is_unchecked: bool = False


@dataclass(frozen=True, slots=True)
class SampleGoal:
    """A goal, its present answers, and its degrees in the previous period by officer (None: the goal is new).

    `earlier_codes` are its codes in the previous period, if they were different; so are `title_before` and
    `officers_before`.
    """

    code: str
    title: str
    division: str
    officers: tuple[str, ...] = ()
    main_risks: str = ""
    answers: tuple[SampleAnswer, ...] = ()
    before: tuple[Step, ...] | None = ()
    earlier_codes: tuple[str, ...] = ()
    title_before: str = ""
    officers_before: tuple[str, ...] = ()


# The texts of the report's maker: foreword, compiled assessment and closing words; then remarks by goal.
TEXTS = (
    "Ohjelma on ollut voimassa puoli vuotta.\nKiitämme kaikkia, jotka ovat laatineet vastaukset.",
    "Ohjelma etenee pääosin suunnitelman mukaan.\nKoulun peruskorjaus viivästyy.\nUusia riskejä on vähän.",
    "Seuraava seurantaraportti laaditaan vuodenvaihteessa.",
)
REMARKS = {"02": "Sivistyspalvelujen organisaatio muuttui kevään aikana."}


_LONG = (
    "Keskustan koulun peruskorjaus ei valmistu tämän ohjelman aikana. Perustukset ja runko ovat valmiit, mutta "
    "talotekniikan urakan hankinnasta valitettiin, ja asennustyöt keskeytyivät kesäkuussa. Väistötilat ovat olleet "
    "käytössä lukuvuoden alusta, ja oppilaiden kuljetukset on järjestetty niiden mukaan. Ilmanvaihto jouduttiin "
    "mitoittamaan uudelleen, kun opetustilojen käyttötarkoitus tarkentui; siitä aiheutunut lisätyö mahtuu hankkeen "
    "varauksiin. Urakoitsijan kanssa on sovittu, että piha-alueen työt tehdään kahdessa osassa, jotta kirjaston "
    "sisäänkäynti pysyy auki koko rakentamisen ajan. Rinteen koulun hankesuunnitelma hyväksyttiin toukokuussa, ja sen "
    "rahoitus on sovitettu seuraavien vuosien investointiohjelmaan."
)

GOALS = (
    SampleGoal(
        "01",
        "Talous on tasapainossa",
        "Konsernipalvelut",
        (FINANCE,),
        "Verotulot jäävät arvioitua pienemmiksi",
        (SampleAnswer(FINANCE, Step.HIGH, "Budjetti on tasapainossa, ja alijäämä on katettu.", "Verotulot vähenevät"),),
        (Step.HIGH,),
    ),
    SampleGoal(
        "01.01",
        "Menot sovitetaan tuloihin",
        "Konsernipalvelut",
        (FINANCE, TECHNICAL),
        "",
        (
            SampleAnswer(FINANCE, Step.HIGH, "Toimialojen menot ovat pysyneet kehyksessä."),
            SampleAnswer(TECHNICAL, Step.LOW, "Kiinteistöjen menot ylittyvät.", "Korjausvelka kasvaa", status=1),
        ),
        (Step.MIDDLE, Step.MIDDLE),
    ),
    SampleGoal(
        "01.01.01",
        "Hankinnat kilpailutetaan yhdessä naapurikuntien kanssa",
        "Konsernipalvelut",
        (FINANCE, TECHNICAL),
        "Tarjouksia ei saada",
        (
            SampleAnswer(FINANCE, Step.MIDDLE, "Elintarvikkeet on kilpailutettu.", "Tarjouksia ei saada"),
            SampleAnswer(TECHNICAL, Step.MIDDLE, "Talvihoidon kilpailutus alkaa syksyllä.", "Hinnat nousevat"),
        ),
        (Step.LOW, Step.MIDDLE),
    ),
    SampleGoal(
        "01.01.02",
        "Tyhjät tilat myydään tai vuokrataan",
        "Tekniset palvelut",
        (TECHNICAL, FINANCE),
        "Ostajia ei löydy",
        (SampleAnswer(TECHNICAL, Step.MIDDLE, "Kaksi kiinteistöä on myyty.", "Ostajia ei löydy", status=None),),
        (Step.LOW, Step.LOW),
    ),
    SampleGoal(
        "01.02",
        "Asukkaat osallistuvat talousarvion valmisteluun",
        "Konsernipalvelut",
        (FINANCE,),
        "Osallistujia on vähän",
        (SampleAnswer(FINANCE, Step.HIGH, "Kolme asukasiltaa on pidetty.", is_unchecked=True),),
        (Step.LOW,),
    ),
    SampleGoal(
        "01.02.01",
        "Asukaskysely tehdään joka toinen vuosi, ja sen tulokset julkaistaan kunnan verkkosivuilla",
        "Konsernipalvelut",
        (FINANCE,),
        "",
        (SampleAnswer(FINANCE, Step.NONE, "Kyselyn tulokset valmistuvat syyskuussa.", status=None),),
        (Step.LOW,),
    ),
    SampleGoal("02", "Palvelut ovat lähellä", "", (), "Ikäluokat pienenevät", (), ()),
    SampleGoal(
        "02.01",
        "Koulut ovat terveitä ja turvallisia",
        "Sivistyspalvelut",
        (EDUCATION,),
        "Rakennuskustannukset nousevat",
        (SampleAnswer(EDUCATION, Step.LOW, _LONG, "Rakennuskustannukset nousevat; urakoitsijoita on vähän", status=2),),
        (Step.HIGH,),
    ),
    SampleGoal(
        "02.01.01",
        "Sisäilma mitataan & tulokset julkaistaan",
        "Sivistyspalvelut",
        (EDUCATION,),
        "",
        (
            SampleAnswer(
                EDUCATION,
                Step.LOWEST,
                'Hiilidioksidia on Rinteen koulussa < 800 ppm ja Keskustan koulun "vanhassa siivessä" > 1 200 ppm.\n'
                "Mittaamatta ovat vielä luokat {2, 4}.",
                "Mittareiden huolto & kalibrointi viivästyvät",
                status=1,
            ),
        ),
        (Step.LOWEST,),
    ),
    SampleGoal(
        "02.02",
        "Kirjasto ja museo palvelevat kahdella kielellä",
        "Sivistyspalvelut",
        (CULTURE,),
        "",
        (SampleAnswer(CULTURE, Step.HIGHEST, "Öppettiderna har utökats, och personalen talar båda språken."),),
        (Step.LOW,),
        officers_before=(EDUCATION,),
    ),
    SampleGoal(
        "02.02.01",
        "Omatoimikirjasto avataan",
        "Sivistyspalvelut",
        (CULTURE,),
        "Tilat eivät valmistu",
        title_before="Omatoimikirjasto avataan kesään mennessä",
    ),
    SampleGoal("03", "Luonto voi hyvin", "", (), ""),
    SampleGoal(
        "03.01",
        "Kosteikkoja rakennetaan",
        "Tekniset palvelut",
        (ENVIRONMENT,),
        "",
        (SampleAnswer(ENVIRONMENT, Step.MIDDLE, "Ensimmäinen kosteikko on suunniteltu."),),
        None,
    ),
    SampleGoal(
        "03.02",
        "Puistoja ja metsiä hoidetaan yhdessä",
        "Tekniset palvelut",
        (ENVIRONMENT,),
        answers=(SampleAnswer(ENVIRONMENT, Step.MIDDLE, "Hoitosuunnitelma on yhteinen."),),
        before=None,
        earlier_codes=("03.02", "03.03"),
    ),
    SampleGoal(
        "03.03",
        "Järvien vedenlaatu paranee",
        "Tekniset palvelut",
        (ENVIRONMENT,),
        answers=(SampleAnswer(ENVIRONMENT, Step.HIGH, "Näkösyvyys on kasvanut."),),
        before=None,
        earlier_codes=("03.04",),
    ),
    SampleGoal(
        "03.04",
        "Jokien vedenlaatu paranee",
        "Tekniset palvelut",
        (ENVIRONMENT,),
        answers=(SampleAnswer(ENVIRONMENT, Step.LOW, "Kalatietä suunnitellaan."),),
        before=None,
        earlier_codes=("03.04",),
    ),
    SampleGoal(
        "03.05",
        "Luontopolut kunnostetaan",
        "Tekniset palvelut",
        (ENVIRONMENT,),
        answers=(SampleAnswer(ENVIRONMENT, Step.HIGH, "Kolme polkua on kunnostettu."),),
        before=None,
        earlier_codes=("03.06",),
    ),
    SampleGoal("04", "Kunta on hyvä työnantaja", "", (), ""),
)
# Goals of the previous programme that have ended: the present one does not use their codes, or uses them for others.
EARLIER_GOALS = (
    SampleGoal("02.03", "Perhekeskus avataan", "Sivistyspalvelut", (EDUCATION,), before=(Step.MIDDLE,)),
    SampleGoal("02.04", "Päiväkoti laajennetaan", "", (EDUCATION, TECHNICAL), before=(Step.LOW, Step.HIGH)),
    SampleGoal("02.05", "Perhepäivähoitajia palkataan", "Sivistyspalvelut", (EDUCATION,)),
    SampleGoal("03.02", "Puistoja hoidetaan", "Tekniset palvelut", (ENVIRONMENT,), before=(Step.MIDDLE,)),
    SampleGoal("03.03", "Metsiä hoidetaan", "Tekniset palvelut", (TECHNICAL,), before=(Step.LOW,)),
    SampleGoal("03.04", "Vesien laatu paranee", "Tekniset palvelut", (ENVIRONMENT,), before=(Step.MIDDLE,)),
    SampleGoal("03.06", "Luontopolut kunnostetaan", "Sivistyspalvelut", (ENVIRONMENT,), before=(Step.HIGH,)),
)
