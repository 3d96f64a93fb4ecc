"""The invented municipality of Havulahti: what `seuranta init --example` is made from.

Plain data. The place, its posts and its figures are fictional; no municipality of Finland bears the name.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ExampleOfficer:
    """A post that reports; `division` is one of the plan's, `language` that of the officer's form."""

    name: str
    email: str
    division: str
    language: str


@dataclass(frozen=True, slots=True)
class ExampleGoal:
    """A row of the plan; the number of two-digit parts in `code` is its level."""

    code: str
    title: str
    main_risks: str
    officers: tuple[str, ...]
    division: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleAnswer:
    """A row an officer saved in `file` (path below the inbox); `main_risks` None: left as in the plan."""

    file: str
    officer: str
    code: str
    degree: int | None
    not_assessable: bool = False
    overall_status: str
    narrative: str
    main_risks: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExampleSlip:
    """A row saved wrongly, as people do; `reason_comment` says to readers of this file what is wrong."""

    file: str
    officer: str
    code: str
    degree_text: str
    narrative: str
    reason_comment: str


MUNICIPALITY = "Havulahti"
ORGAN = "Kunnanvaltuusto"

OFFICERS: tuple[ExampleOfficer, ...] = (
    ExampleOfficer("Kunnanjohtaja", "kunnanjohtaja@havulahti.example", "Konsernipalvelut", "fi"),
    ExampleOfficer("Hallintojohtaja", "hallintojohtaja@havulahti.example", "Konsernipalvelut", "fi"),
    ExampleOfficer("Talousjohtaja", "talousjohtaja@havulahti.example", "Konsernipalvelut", "fi"),
    ExampleOfficer("Henkilöstöpäällikkö", "henkilostopaallikko@havulahti.example", "Konsernipalvelut", "sv"),
    ExampleOfficer("Viestintäpäällikkö", "viestintapaallikko@havulahti.example", "Konsernipalvelut", "fi"),
    ExampleOfficer("Sivistysjohtaja", "sivistysjohtaja@havulahti.example", "Sivistys ja hyvinvointi", "fi"),
    ExampleOfficer("Hyvinvointipäällikkö", "hyvinvointipaallikko@havulahti.example", "Sivistys ja hyvinvointi", "fi"),
    ExampleOfficer("Elinvoimajohtaja", "elinvoimajohtaja@havulahti.example", "Elinvoima ja kaavoitus", "fi"),
    ExampleOfficer("Kaavoituspäällikkö", "kaavoituspaallikko@havulahti.example", "Elinvoima ja kaavoitus", "fi"),
    ExampleOfficer("Tekninen johtaja", "tekninen.johtaja@havulahti.example", "Tekniset palvelut", "fi"),
    ExampleOfficer("Ympäristöpäällikkö", "ymparistopaallikko@havulahti.example", "Tekniset palvelut", "fi"),
)

GOALS: tuple[ExampleGoal, ...] = (
    ExampleGoal(
        "01",
        "Havulahden talous on kestävällä pohjalla ja päätöksenteko on avointa",
        (
            "Verotulojen ja valtionosuuksien ennustettavuus heikkenee, eikä menojen kasvua pystytä hillitsemään "
            "samassa tahdissa."
        ),
        ("Kunnanjohtaja",),
        "Konsernipalvelut",
    ),
    ExampleGoal(
        "01.01",
        "Sovitamme käyttötalouden menot tuloihin niin, ettei taseeseen kerry alijäämää",
        "Tasapainottamistoimista ei päästä yksimielisyyteen, ja vaikutukset siirtyvät tuleville vuosille.",
        ("Talousjohtaja",),
        "Konsernipalvelut",
    ),
    ExampleGoal(
        "01.01.01",
        "Laadimme talouden tasapainottamisohjelman vuosille 2026–2029",
        "Ohjelmaan sisältyvät säästöt jäävät arvioitua pienemmiksi.",
        ("Talousjohtaja",),
        "Konsernipalvelut",
    ),
    ExampleGoal(
        "01.01.02",
        "Vakiinnutamme kuukausittaisen talouskatsauksen kaikkien toimialueiden johtoryhmiin",
        "",
        ("Talousjohtaja",),
        "Konsernipalvelut",
    ),
    ExampleGoal(
        "01.02",
        "Teemme hankinnat suunnitelmallisesti ja paikallista tarjontaa tuntien",
        "Hankintaosaaminen on muutaman työntekijän varassa.",
        ("Talousjohtaja",),
        "Konsernipalvelut",
    ),
    ExampleGoal("01.02.01", "Julkaisemme vuosittain hankintakalenterin", "", ("Talousjohtaja",), "Konsernipalvelut"),
    ExampleGoal(
        "01.02.02",
        "Kilpailutamme yhteiset puitesopimukset aine- ja tarvikehankinnoille",
        "Tarjouksia saadaan vähän, ja hintataso nousee.",
        ("Talousjohtaja",),
        "Konsernipalvelut",
    ),
    ExampleGoal(
        "01.03",
        "Selkeytämme asioiden valmistelua ja nopeutamme päätöksentekoa",
        "Valmistelun aikataulut venyvät, ja asiat tuodaan toimielimiin puutteellisin tiedoin.",
        ("Hallintojohtaja",),
        "Konsernipalvelut",
    ),
    ExampleGoal(
        "01.03.01",
        "Uudistamme hallintosäännön ja yhtenäistämme toimivallan siirrot",
        "",
        ("Hallintojohtaja",),
        "Konsernipalvelut",
    ),
    ExampleGoal(
        "01.03.02",
        "Otamme käyttöön uuden asianhallintajärjestelmän",
        "Toimittajan aikataulu ei pidä, eikä vanhan järjestelmän aineistoa saada siirrettyä eheänä.",
        ("Hallintojohtaja",),
        "Konsernipalvelut",
    ),
    ExampleGoal(
        "01.05",
        "Ohjaamme konserniyhteisöjä yhdenmukaisin periaattein",
        "Tytäryhtiöiden hallituksissa ei tunneta kunnan omistajapoliittisia linjauksia.",
        ("Kunnanjohtaja",),
        "Konsernipalvelut",
    ),
    ExampleGoal(
        "01.05.01",
        "Laadimme uuden konserniohjeen ja omistajapoliittiset linjaukset",
        "",
        ("Kunnanjohtaja",),
        "Konsernipalvelut",
    ),
    ExampleGoal(
        "01.06",
        "Varaudumme häiriötilanteisiin ja pidämme kunnan valmiussuunnitelman ajan tasalla",
        "Valmiussuunnittelua tehdään muiden tehtävien ohella, ja harjoittelu jää vähäiseksi.",
        ("Hallintojohtaja",),
        "Konsernipalvelut",
    ),
    ExampleGoal(
        "01.10",
        "Arvioimme jokaisen investoinnin vaikutukset käyttötalouteen ennen päätöstä",
        "Kustannusarviot laaditaan liian varhaisessa vaiheessa, ja elinkaarikustannukset jäävät tunnistamatta.",
        ("Talousjohtaja", "Tekninen johtaja"),
        "Konsernipalvelut",
    ),
    ExampleGoal(
        "01.10.01",
        "Laadimme yhtenäisen mallin investointien elinkaarilaskelmille",
        "Laskentaan tarvittavia lähtötietoja ei saada kaikista rakennuksista.",
        ("Talousjohtaja",),
        "Konsernipalvelut",
    ),
    ExampleGoal(
        "01.10.02",
        "Kytkemme vaikutusten arvioinnin hankesuunnitelmien hyväksymiseen",
        "",
        ("Tekninen johtaja",),
        "Tekniset palvelut",
    ),
    ExampleGoal(
        "02",
        "Henkilöstömme osaa, jaksaa ja viihtyy työssään",
        "Osaajista kilpaillaan koko seudulla, ja vaihtuvuus kuormittaa jäljelle jääviä työntekijöitä.",
        ("Henkilöstöpäällikkö",),
        "Konsernipalvelut",
    ),
    ExampleGoal(
        "02.01",
        "Tuemme esihenkilöitä arjen johtamisessa",
        "Esihenkilöillä ei ole aikaa osallistua valmennukseen.",
        ("Henkilöstöpäällikkö",),
        "Konsernipalvelut",
    ),
    ExampleGoal(
        "02.01.01",
        "Järjestämme esihenkilöille kaksivuotisen valmennusohjelman",
        "",
        ("Henkilöstöpäällikkö",),
        "Konsernipalvelut",
    ),
    ExampleGoal(
        "02.01.02",
        "Siirrymme yhtenäiseen kehityskeskustelumalliin",
        "Keskustelut jäävät muodollisiksi, eikä niissä sovittua seurata.",
        ("Henkilöstöpäällikkö",),
        "Konsernipalvelut",
    ),
    ExampleGoal(
        "02.02",
        "Vähennämme sairauspoissaoloja ja työtapaturmia",
        "Poissaolojen syitä ei tunneta riittävän hyvin, jotta toimet voitaisiin kohdentaa oikein.",
        ("Henkilöstöpäällikkö",),
        "Konsernipalvelut",
    ),
    ExampleGoal(
        "02.02.01",
        "Kehitämme varhaisen tuen toimintamallia yhdessä työterveyshuollon kanssa",
        "",
        ("Henkilöstöpäällikkö",),
        "Konsernipalvelut",
    ),
    ExampleGoal(
        "02.02.02",
        "Kartoitamme työtilojen ergonomian varhaiskasvatuksessa ja ruokapalveluissa",
        "Kartoituksessa havaittuihin puutteisiin ei ole varattu määrärahaa.",
        ("Henkilöstöpäällikkö",),
        "Konsernipalvelut",
    ),
    ExampleGoal("02.03", "Turvaamme osaavan henkilöstön saatavuuden", "", ("Henkilöstöpäällikkö",), "Konsernipalvelut"),
    ExampleGoal(
        "02.03.01",
        "Lisäämme kesätyö- ja oppisopimuspaikkoja",
        "Työpaikkaohjaajia ei ole riittävästi.",
        ("Henkilöstöpäällikkö",),
        "Konsernipalvelut",
    ),
    ExampleGoal(
        "03",
        "Lapset ja nuoret kasvavat ja oppivat turvallisessa yhteisössä",
        "Ikäluokkien pieneneminen ja henkilöstön vaihtuvuus heikentävät palvelujen jatkuvuutta.",
        ("Sivistysjohtaja",),
        "Sivistys ja hyvinvointi",
    ),
    ExampleGoal(
        "03.01",
        "Varhaiskasvatus on laadukasta ja joustaa perheiden tarpeiden mukaan",
        "Kelpoisia varhaiskasvatuksen opettajia ei saada rekrytoitua avoimiin tehtäviin.",
        ("Sivistysjohtaja",),
        "Sivistys ja hyvinvointi",
    ),
    ExampleGoal(
        "03.01.01",
        "Vakinaistamme päiväkotien varahenkilöt",
        "Varahenkilöitä joudutaan käyttämään pitkien sijaisuuksien hoitamiseen.",
        ("Sivistysjohtaja",),
        "Sivistys ja hyvinvointi",
    ),
    ExampleGoal(
        "03.01.02",
        "Laajennamme avoimen varhaiskasvatuksen kyläalueille",
        "Kylillä ei ole lapsiryhmälle soveltuvia tiloja.",
        ("Sivistysjohtaja",),
        "Sivistys ja hyvinvointi",
    ),
    ExampleGoal(
        "03.01.03",
        "Otamme käyttöön varhaiskasvatuksen laadun itsearvioinnin",
        "",
        ("Sivistysjohtaja",),
        "Sivistys ja hyvinvointi",
    ),
    ExampleGoal(
        "03.02",
        "Jokainen oppilas saa tarvitsemansa tuen omassa lähikoulussaan",
        "Erityisopettajia ei ole riittävästi, ja tuki toteutuu kouluissa eri tavoin.",
        ("Sivistysjohtaja",),
        "Sivistys ja hyvinvointi",
    ),
    ExampleGoal(
        "03.02.01",
        "Järjestämme oppimisen tuen uusien säännösten mukaisesti kaikissa kouluissa",
        "Tuen päätösten tarkistaminen vie opettajien aikaa opetukselta.",
        ("Sivistysjohtaja",),
        "Sivistys ja hyvinvointi",
    ),
    ExampleGoal(
        "03.02.02",
        "Ehkäisemme koulupoissaoloja yhteisellä toimintamallilla",
        "",
        ("Sivistysjohtaja",),
        "Sivistys ja hyvinvointi",
    ),
    ExampleGoal(
        "03.02.03",
        "Vahvistamme kiusaamisen vastaista työtä yhdessä oppilaskuntien kanssa",
        "Toiminta jää yksittäisten teemapäivien varaan.",
        ("Sivistysjohtaja",),
        "Sivistys ja hyvinvointi",
    ),
    ExampleGoal(
        "03.03",
        "Lukio on vetovoimainen ja avaa väyliä jatko-opintoihin",
        "Lukioikäisten määrä vähenee, ja osa hakeutuu naapurikuntien oppilaitoksiin.",
        ("Sivistysjohtaja",),
        "Sivistys ja hyvinvointi",
    ),
    ExampleGoal(
        "03.03.01",
        "Lisäämme lukion ja korkeakoulujen yhteisiä opintoja",
        "",
        ("Sivistysjohtaja",),
        "Sivistys ja hyvinvointi",
    ),
    ExampleGoal(
        "03.03.02",
        "Aloitamme lukiossa luonto- ja ympäristölinjan",
        "Linjalle ei saada riittävästi hakijoita.",
        ("Sivistysjohtaja",),
        "Sivistys ja hyvinvointi",
    ),
    ExampleGoal(
        "03.04",
        "Päiväkoti- ja kouluverkko vastaa lasten määrää",
        "Syntyvyys laskee ennustettua nopeammin, ja tilat mitoitetaan liian suuriksi.",
        ("Sivistysjohtaja", "Tekninen johtaja"),
        "Sivistys ja hyvinvointi",
    ),
    ExampleGoal(
        "03.04.01",
        "Rakennamme Havurinteen päiväkodin",
        "Rakennuskustannukset nousevat urakan aikana.",
        ("Tekninen johtaja",),
        "Tekniset palvelut",
    ),
    ExampleGoal(
        "03.04.02",
        "Selvitämme kyläkoulujen tulevat oppilasmäärät ja tilatarpeet",
        "Selvitystä pidetään lakkautuspäätöksenä, ja luottamus valmisteluun heikkenee.",
        ("Sivistysjohtaja",),
        "Sivistys ja hyvinvointi",
    ),
    ExampleGoal(
        "04",
        "Asukkaat voivat hyvin ja osallistuvat kunnan kehittämiseen",
        "Hyvinvointierot kasvavat, eivätkä palvelut tavoita niitä eniten tarvitsevia.",
        ("Hyvinvointipäällikkö",),
        "Sivistys ja hyvinvointi",
    ),
    ExampleGoal(
        "04.01",
        "Hyvinvointityö perustuu tietoon ja yhdessä sovittuihin painopisteisiin",
        "Tieto on hajallaan, ja sen tulkinta jää yksittäisten työntekijöiden tehtäväksi.",
        ("Hyvinvointipäällikkö",),
        "Sivistys ja hyvinvointi",
    ),
    ExampleGoal(
        "04.01.01",
        "Kokoamme hyvinvointitiedot vuosittain päivittyväksi katsaukseksi",
        "",
        ("Hyvinvointipäällikkö",),
        "Sivistys ja hyvinvointi",
    ),
    ExampleGoal(
        "04.01.02",
        "Sovimme hyvinvointialueen kanssa ehkäisevän työn työnjaosta",
        "Vastuut jäävät epäselviksi kunnan ja hyvinvointialueen välillä.",
        ("Hyvinvointipäällikkö",),
        "Sivistys ja hyvinvointi",
    ),
    ExampleGoal(
        "04.02",
        "Arjen liikkuminen lisääntyy kaikissa ikäryhmissä",
        "",
        ("Hyvinvointipäällikkö",),
        "Sivistys ja hyvinvointi",
    ),
    ExampleGoal(
        "04.02.01",
        "Kunnostamme lähiliikuntapaikkoja asukkaiden valintojen pohjalta",
        "Kunnossapidon määrärahat eivät riitä uusien paikkojen hoitoon.",
        ("Hyvinvointipäällikkö",),
        "Sivistys ja hyvinvointi",
    ),
    ExampleGoal(
        "04.02.02",
        "Käynnistämme ikääntyneille maksuttomia ohjattuja liikuntaryhmiä",
        "",
        ("Hyvinvointipäällikkö",),
        "Sivistys ja hyvinvointi",
    ),
    ExampleGoal(
        "04.03",
        "Kirjasto- ja kulttuuripalvelut tavoittavat uusia käyttäjiä",
        "Palvelut painottuvat kirkonkylään, ja kyläalueet jäävät vähemmälle.",
        ("Hyvinvointipäällikkö",),
        "Sivistys ja hyvinvointi",
    ),
    ExampleGoal(
        "04.03.01",
        "Laajennamme kirjastojen omatoimiaukioloa",
        "Ilkivalta ja häiriöt lisääntyvät valvomattomina aikoina.",
        ("Hyvinvointipäällikkö",),
        "Sivistys ja hyvinvointi",
    ),
    ExampleGoal(
        "04.03.02",
        "Järjestämme kulttuurikasvatusta jokaiselle vuosiluokalle",
        "",
        ("Hyvinvointipäällikkö",),
        "Sivistys ja hyvinvointi",
    ),
    ExampleGoal(
        "04.04",
        "Asukkaiden ääni kuuluu valmistelussa",
        "Osallistujiksi valikoituvat samat aktiiviset asukkaat.",
        ("Hyvinvointipäällikkö",),
        "Sivistys ja hyvinvointi",
    ),
    ExampleGoal(
        "04.04.01",
        "Otamme käyttöön osallistuvan budjetoinnin",
        "",
        ("Hyvinvointipäällikkö",),
        "Sivistys ja hyvinvointi",
    ),
    ExampleGoal(
        "05",
        "Yritykset kasvavat ja työllisyys vahvistuu",
        "Yleinen taloustilanne heikentää yritysten investointihalukkuutta.",
        ("Elinvoimajohtaja",),
        "Elinvoima ja kaavoitus",
    ),
    ExampleGoal(
        "05.01",
        "Yrityspalvelut ovat helposti tavoitettavia ja ennakoivia",
        "Palveluja tarjoavat useat toimijat, eikä yritysten ole helppo löytää oikeaa neuvojaa.",
        ("Elinvoimajohtaja",),
        "Elinvoima ja kaavoitus",
    ),
    ExampleGoal(
        "05.01.01",
        "Kokoamme yritysneuvonnan yhteen palvelupisteeseen",
        "",
        ("Elinvoimajohtaja",),
        "Elinvoima ja kaavoitus",
    ),
    ExampleGoal(
        "05.01.02",
        "Teemme vuosittain vähintään 80 yrityskäyntiä",
        "Käynneillä esiin tulleisiin asioihin ei ehditä palata.",
        ("Elinvoimajohtaja",),
        "Elinvoima ja kaavoitus",
    ),
    ExampleGoal(
        "05.02",
        "Pitkäaikaistyöttömyys vähenee ja työvoiman saatavuus paranee",
        "Avoimet työpaikat ja työnhakijoiden osaaminen eivät kohtaa.",
        ("Elinvoimajohtaja",),
        "Elinvoima ja kaavoitus",
    ),
    ExampleGoal(
        "05.02.01",
        "Tiivistämme työllisyysalueen ja kunnan omien palvelujen yhteistyötä",
        "Asiakastietoja ei voida käsitellä yhteisesti tietojärjestelmien rajoitusten vuoksi.",
        ("Elinvoimajohtaja",),
        "Elinvoima ja kaavoitus",
    ),
    ExampleGoal(
        "05.02.02",
        "Lisäämme nuorten työpajatoiminnan paikkoja",
        "",
        ("Elinvoimajohtaja",),
        "Elinvoima ja kaavoitus",
    ),
    ExampleGoal(
        "05.03",
        "Matkailu ja luontoyrittäjyys tuovat kuntaan uutta tuloa",
        "Yrittäjien yhteistyö jää löyhäksi, ja sesonki pysyy lyhyenä.",
        ("Elinvoimajohtaja",),
        "Elinvoima ja kaavoitus",
    ),
    ExampleGoal(
        "05.03.01",
        "Laadimme matkailun kehittämissuunnitelman",
        "",
        ("Elinvoimajohtaja",),
        "Elinvoima ja kaavoitus",
    ),
    ExampleGoal(
        "05.03.02",
        "Kunnostamme vierasvenesataman palvelut yhdessä yrittäjien kanssa",
        "Ulkopuolista rahoitusta ei saada.",
        ("Elinvoimajohtaja",),
        "Elinvoima ja kaavoitus",
    ),
    ExampleGoal(
        "07",
        "Havulahti kasvaa tiiviinä ja viihtyisänä asuinkuntana",
        "Rakentaminen hidastuu, ja yksityiset rakennushankkeet siirtyvät.",
        ("Kaavoituspäällikkö",),
        "Elinvoima ja kaavoitus",
    ),
    ExampleGoal(
        "07.01",
        "Maankäyttöä ohjaavat ajantasaiset suunnitelmat",
        "Kaavoituksen henkilöstö ei riitä kaikkien hankkeiden samanaikaiseen edistämiseen.",
        ("Kaavoituspäällikkö",),
        "Elinvoima ja kaavoitus",
    ),
    ExampleGoal(
        "07.01.01",
        "Laadimme koko kunnan strategisen yleiskaavan",
        "Kaavasta valitetaan, ja sen voimaantulo lykkääntyy.",
        ("Kaavoituspäällikkö",),
        "Elinvoima ja kaavoitus",
    ),
    ExampleGoal(
        "07.01.02",
        "Päivitämme rakennusjärjestyksen rakentamislain mukaiseksi",
        "",
        ("Kaavoituspäällikkö",),
        "Elinvoima ja kaavoitus",
    ),
    ExampleGoal(
        "07.02",
        "Tonttitarjonta on monipuolista ja vastaa kysyntään",
        "Kysyntä kohdistuu alueille, joilla kunta ei omista maata.",
        ("Kaavoituspäällikkö",),
        "Elinvoima ja kaavoitus",
    ),
    ExampleGoal(
        "07.02.01",
        "Asemakaavoitamme Pihkarannan asuinalueen",
        "Rannan maaperästä ei ole riittäviä tietoja.",
        ("Kaavoituspäällikkö",),
        "Elinvoima ja kaavoitus",
    ),
    ExampleGoal("07.02.02", "Uudistamme tonttien luovutusehdot", "", ("Kaavoituspäällikkö",), "Elinvoima ja kaavoitus"),
    ExampleGoal(
        "07.03",
        "Kirkonkylän keskusta on elävä kohtaamispaikka",
        "Liiketilat tyhjenevät nopeammin kuin uusia käyttötapoja löydetään.",
        ("Kaavoituspäällikkö",),
        "Elinvoima ja kaavoitus",
    ),
    ExampleGoal(
        "07.03.01",
        "Rakennamme torin ja raitin yleissuunnitelman mukaisesti",
        "Investoinnille ei osoiteta määrärahaa.",
        ("Kaavoituspäällikkö",),
        "Elinvoima ja kaavoitus",
    ),
    ExampleGoal(
        "07.03.02",
        "Kokeilemme tyhjien liiketilojen väliaikaista käyttöä",
        "",
        ("Elinvoimajohtaja",),
        "Elinvoima ja kaavoitus",
    ),
    ExampleGoal(
        "08",
        "Kunnan rakennukset, kadut ja verkostot pidetään kunnossa ja turvallisina",
        "Korjausvelka kasvaa nopeammin kuin sitä pystytään purkamaan.",
        ("Tekninen johtaja",),
        "Tekniset palvelut",
    ),
    ExampleGoal(
        "08.01",
        "Toimitilat ovat terveellisiä ja tehokkaassa käytössä",
        "Tilojen yhteiskäytöstä ei päästä sopimukseen.",
        ("Tekninen johtaja",),
        "Tekniset palvelut",
    ),
    ExampleGoal(
        "08.01.01",
        "Tutkimme kaikkien koulujen ja päiväkotien kunnon",
        "Tutkimuksissa paljastuu laajoja korjaustarpeita, joihin ei ole varauduttu.",
        ("Tekninen johtaja",),
        "Tekniset palvelut",
    ),
    ExampleGoal(
        "08.01.02",
        "Luovumme rakennuksista, joita kunta ei enää tarvitse",
        "Rakennuksille ei löydy ostajia.",
        ("Tekninen johtaja",),
        "Tekniset palvelut",
    ),
    ExampleGoal(
        "08.02",
        "Vesihuolto toimii keskeytyksittä",
        "Laajat putkirikot tai pohjaveden pilaantuminen keskeyttävät veden jakelun.",
        ("Tekninen johtaja",),
        "Tekniset palvelut",
    ),
    ExampleGoal(
        "08.02.01",
        "Saneeraamme vesijohtoverkostoa vähintään kolme kilometriä vuodessa",
        "",
        ("Tekninen johtaja",),
        "Tekniset palvelut",
    ),
    ExampleGoal(
        "08.02.03",
        "Rakennamme varavesiyhteyden naapurikunnan verkostoon",
        "Tarvittavien lupien käsittely kestää arvioitua pidempään.",
        ("Tekninen johtaja",),
        "Tekniset palvelut",
    ),
    ExampleGoal(
        "08.03",
        "Kävely ja pyöräily ovat turvallisia kulkutapoja",
        "",
        ("Tekninen johtaja",),
        "Tekniset palvelut",
    ),
    ExampleGoal(
        "08.03.01",
        "Rakennamme Kerkkäläntien pyörätien",
        "Maanomistajien kanssa ei päästä sopimukseen lunastettavista alueista.",
        ("Tekninen johtaja",),
        "Tekniset palvelut",
    ),
    ExampleGoal(
        "08.03.02",
        "Vaihdamme katuvalaisimet energiatehokkaiksi",
        "",
        ("Tekninen johtaja",),
        "Tekniset palvelut",
    ),
    ExampleGoal(
        "08.03.03",
        "Laadimme liikenneturvallisuussuunnitelman koulujen ympäristöihin",
        "",
        ("Tekninen johtaja",),
        "Tekniset palvelut",
    ),
    ExampleGoal(
        "09",
        "Luonnon kirjo säilyy ja ilmastopäästöt pienenevät",
        "Ilmasto- ja luontotoimet jäävät yksittäisten hankkeiden varaan.",
        (),
        "",
    ),
    ExampleGoal(
        "09.01",
        "Kunnan oman toiminnan päästöt vähenevät joka vuosi",
        "Päästövähennykset edellyttävät investointeja, joita joudutaan lykkäämään.",
        ("Ympäristöpäällikkö",),
        "Tekniset palvelut",
    ),
    ExampleGoal(
        "09.01.01",
        "Laskemme kunnan oman toiminnan päästöt vuosittain",
        "Lähtötietoja ei saada ajoissa.",
        ("Ympäristöpäällikkö",),
        "Tekniset palvelut",
    ),
    ExampleGoal(
        "09.01.02",
        "Korvaamme öljylämmityksen kunnan kiinteistöissä",
        "",
        ("Tekninen johtaja",),
        "Tekniset palvelut",
    ),
    ExampleGoal(
        "09.02",
        "Luontoarvot otetaan huomioon kunnan maiden hoidossa",
        "Luontotietoja ei ole käytettävissä hankkeiden suunnittelun alkaessa.",
        ("Ympäristöpäällikkö",),
        "Tekniset palvelut",
    ),
    ExampleGoal(
        "09.02.01",
        "Laadimme luonnon monimuotoisuusohjelman",
        "",
        ("Ympäristöpäällikkö",),
        "Tekniset palvelut",
    ),
    ExampleGoal(
        "09.02.02",
        "Torjumme haitallisia vieraslajeja yhdessä asukkaiden kanssa",
        "Torjunta keskeytyy, ja lajit leviävät uudelleen.",
        ("Ympäristöpäällikkö",),
        "Tekniset palvelut",
    ),
    ExampleGoal(
        "09.03",
        "Järvien ja jokien vedenlaatu paranee",
        "Hajakuormitus lisääntyy runsassateisina vuosina.",
        ("Ympäristöpäällikkö",),
        "Tekniset palvelut",
    ),
    ExampleGoal(
        "09.03.01",
        "Rakennamme kosteikkoja Pihkajoen valuma-alueelle",
        "Maanomistajat eivät sitoudu hankkeeseen.",
        ("Ympäristöpäällikkö",),
        "Tekniset palvelut",
    ),
    ExampleGoal("10", "Asiointi ja viestintä ovat selkeitä ja saavutettavia", "", (), "Konsernipalvelut"),
    ExampleGoal(
        "10.01",
        "Kunnan palveluissa voi asioida ajasta ja paikasta riippumatta",
        "Osa asukkaista jää verkkopalvelujen ulkopuolelle.",
        ("Hallintojohtaja",),
        "Konsernipalvelut",
    ),
    ExampleGoal(
        "10.01.01",
        "Siirrämme teknisten palvelujen hakemukset verkkoon",
        "Hakemukset joudutaan siirtämään käsin tietojärjestelmästä toiseen.",
        ("Hallintojohtaja",),
        "Konsernipalvelut",
    ),
    ExampleGoal(
        "10.01.02",
        "Tarjoamme digitukea kirjastossa ja kunnan palvelupisteessä",
        "",
        ("Hallintojohtaja",),
        "Konsernipalvelut",
    ),
    ExampleGoal(
        "10.02",
        "Asukkaat saavat tiedon ajoissa ja ymmärrettävästi",
        "Viestintäkanavia on liikaa, ja tiedot niissä ovat ristiriitaisia.",
        ("Viestintäpäällikkö",),
        "Konsernipalvelut",
    ),
    ExampleGoal(
        "10.02.01",
        "Uudistamme kunnan verkkosivut",
        "Sisältöjen tuottaminen viivästyy toimialueilla.",
        ("Viestintäpäällikkö",),
        "Konsernipalvelut",
    ),
    ExampleGoal(
        "10.02.02",
        "Otamme käyttöön hyvän virkakielen ohjeen",
        "",
        ("Viestintäpäällikkö",),
        "Konsernipalvelut",
    ),
    ExampleGoal(
        "10.02.03",
        "Kokoamme kriisiviestinnän ohjeet ja sovimme päivystyksestä",
        "Päivystys on kahden työntekijän varassa.",
        ("Viestintäpäällikkö",),
        "Konsernipalvelut",
    ),
    ExampleGoal(
        "10.03",
        "Tietoturva ja tietosuoja kestävät arjen häiriöt",
        "Tietojenkalastelu ja palvelunestohyökkäykset lisääntyvät.",
        ("Hallintojohtaja",),
        "Konsernipalvelut",
    ),
    ExampleGoal(
        "10.03.01",
        "Koulutamme koko henkilöstölle tietoturvan perusteet",
        "Koulutus jää suorittamatta niiltä, jotka eivät työskentele tietokoneella.",
        ("Hallintojohtaja",),
        "Konsernipalvelut",
    ),
    ExampleGoal("10.03.02", "Testaamme varmuuskopioiden palauttamisen", "", ("Hallintojohtaja",), "Konsernipalvelut"),
    ExampleGoal(
        "11",
        "Palveluja järjestetään naapurikuntien kanssa silloin, kun se hyödyttää kaikkia osapuolia",
        "Kuntien tavoitteet eroavat toisistaan, eikä yhteisistä palveluista päästä sopimukseen.",
        ("Kunnanjohtaja",),
        "Konsernipalvelut",
    ),
)

ANSWERS: tuple[ExampleAnswer, ...] = (
    ExampleAnswer(
        file="Kunnanjohtaja.xlsx",
        officer="Kunnanjohtaja",
        code="01",
        degree=3,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Valtuustokauden ensimmäinen kokonainen vuosi on talouden osalta edennyt suunnitellusti: vuoden 2025 "
            "tilinpäätös oli 0,3 miljoonaa euroa ylijäämäinen, ja valtuusto hyväksyi tasapainottamisohjelman "
            "lähtökohdat 27.4.2026. Hallinnon uudistuksista näkyvin on asianhallintajärjestelmä, joka otetaan "
            "toimielimissä käyttöön vaiheittain lokakuusta alkaen."
        ),
    ),
    ExampleAnswer(
        file="Kunnanjohtaja.xlsx",
        officer="Kunnanjohtaja",
        code="01.05",
        degree=2,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Konserniyhteisöjen hallitusten puheenjohtajat kutsuttiin 12.3.2026 yhteiseen tilaisuuteen, jossa "
            "käytiin läpi nykyisen ohjauksen puutteita. Tilaisuuden pohjalta laaditaan syksyllä vuosikello, "
            "jossa sovitaan tytäryhtiöiden raportoinnista kunnanhallitukselle."
        ),
    ),
    ExampleAnswer(
        file="Kunnanjohtaja.xlsx",
        officer="Kunnanjohtaja",
        code="01.05.01",
        degree=2,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Konserniohjeen luonnos on valmisteilla. Se lähetetään tytäryhtiöiden lausuttavaksi syyskuussa, ja "
            "se on tarkoitus viedä valtuuston hyväksyttäväksi joulukuussa 2026."
        ),
        main_risks="Lausuntokierros venyy, eikä ohje ehdi tulla voimaan vuoden 2027 alusta.",
    ),
    ExampleAnswer(
        file="Kunnanjohtaja.xlsx",
        officer="Kunnanjohtaja",
        code="11",
        degree=2,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Neljän kunnan johtajat ovat kokoontuneet kevään aikana kolme kertaa. Yhteistyökohteiksi on "
            "tunnistettu palkanlaskenta, rakennusvalvonta ja vieraskielisten ohjaus, mutta työnjaosta tai "
            "kustannuksista ei ole vielä sovittu. Kunnanhallitus käsittelee selvityksen väliraporttia lokakuussa."
        ),
    ),
    ExampleAnswer(
        file="Talousjohtaja.xlsx",
        officer="Talousjohtaja",
        code="01.01",
        degree=3,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Toukokuun lopun toteuman perusteella toimintakate on muodostumassa 0,4 miljoonaa euroa "
            "talousarviota paremmaksi. Verotuloja on kertynyt 2,1 % enemmän kuin vuotta aiemmin, mutta "
            "korkomenot ovat kasvaneet. Tilikauden alijäämäksi ennustetaan 0,2 miljoonaa euroa, kun "
            "talousarviossa se on 0,6 miljoonaa euroa, ja alijäämä voidaan kattaa aiempien vuosien ylijäämillä."
        ),
    ),
    ExampleAnswer(
        file="Talousjohtaja.xlsx",
        officer="Talousjohtaja",
        code="01.01.01",
        degree=3,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Valtuusto hyväksyi 27.4.2026 ohjelman lähtökohdat ja 1,8 miljoonan euron säästötavoitteen. "
            "Toimialueet ovat esittäneet yhteensä 46 toimenpidettä, joiden vaikutusten arviointi on kesken. "
            "Ohjelma tuodaan valtuuston päätettäväksi talousarvion yhteydessä marraskuussa."
        ),
        main_risks=(
            "Osa toimenpiteistä edellyttää palvelutason tarkistamista, eikä niiden hyväksymisestä ole varmuutta."
        ),
    ),
    ExampleAnswer(
        file="Talousjohtaja.xlsx",
        officer="Talousjohtaja",
        code="01.01.02",
        degree=4,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Katsaus on laadittu helmikuusta alkaen joka kuukausi, ja sitä käsitellään kolmen toimialueen "
            "johtoryhmässä neljästä. Teknisten palvelujen katsaus otetaan mukaan elokuussa, kun urakoiden "
            "seurantatiedot on saatu samaan järjestelmään."
        ),
    ),
    ExampleAnswer(
        file="Talousjohtaja.xlsx",
        officer="Talousjohtaja",
        code="01.02",
        degree=3,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Hankintojen ohjaus on koottu talouspalveluihin, ja jokaiselle toimialueelle on nimetty "
            "hankintayhdyshenkilö. Paikallisille yrityksille järjestettiin 21.4.2026 tilaisuus ”Näin kunta "
            "ostaa”, johon osallistui 34 yritystä. Puitesopimusten kilpailutus käynnistyy syyskuussa."
        ),
    ),
    ExampleAnswer(
        file="Talousjohtaja.xlsx",
        officer="Talousjohtaja",
        code="01.02.01",
        degree=5,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Vuoden 2026 hankintakalenteri julkaistiin kunnan verkkosivuilla 30.1.2026, ja siinä on 58 "
            "suunniteltua hankintaa. Kalenteria päivitetään neljännesvuosittain, ja se on vakiintunut osaksi "
            "talousarvion laadintaa."
        ),
    ),
    ExampleAnswer(
        file="Talousjohtaja.xlsx",
        officer="Talousjohtaja",
        code="01.02.02",
        degree=2,
        overall_status="viivästynyt",
        narrative=(
            "Hankintojen tiedot vuosilta 2023–2025 on koottu ja jaoteltu yhdeksään tuoteryhmään. Kilpailutuksen "
            "oli määrä käynnistyä toukokuussa, mutta se siirtyi syyskuuhun, koska hankinta-asiantuntijan tehtävä "
            "oli täyttämättä kolme kuukautta."
        ),
        main_risks="Hankinta-asiantuntijan tehtävään ei saada pysyvää tekijää, ja kilpailutus viivästyy edelleen.",
    ),
    ExampleAnswer(
        file="Talousjohtaja.xlsx",
        officer="Talousjohtaja",
        code="01.10",
        degree=2,
        overall_status="viivästynyt",
        narrative=(
            "Vaikutusten arvioinnista on laadittu luonnos talousarvion laadintaohjeeseen. Arviointia ei vielä "
            "vaadita päätösesityksissä, ja menettely otetaan käyttöön suunniteltua myöhemmin, vasta vuoden 2027 "
            "talousarviossa."
        ),
    ),
    ExampleAnswer(
        file="Talousjohtaja.xlsx",
        officer="Talousjohtaja",
        code="01.10.01",
        degree=2,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Mallin laadinta on aloitettu vertailemalla kolmen kunnan laskentapohjia. Oma laskentapohja "
            "valmistuu lokakuussa, ja sen käyttöön perehdytetään kaikki hankkeista vastaavat viranhaltijat."
        ),
    ),
    ExampleAnswer(
        file="Hallintojohtaja.xlsx",
        officer="Hallintojohtaja",
        code="01.03",
        degree=3,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Valmistelun määräajat on yhtenäistetty, ja esityslistat julkaistaan nyt seitsemän päivää ennen "
            "kokousta. Kevään kokouksissa 92 % asioista tuotiin päätettäväksi alkuperäisessä aikataulussa. "
            "Seuraavaksi uudistetaan ohje päätösten vaikutusten arvioinnista."
        ),
    ),
    ExampleAnswer(
        file="Hallintojohtaja.xlsx",
        officer="Hallintojohtaja",
        code="01.03.01",
        degree=4,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Hallintosäännön luonnos oli toimielinten lausuttavana 2.3.–10.4.2026, ja lausuntoja saatiin "
            "kahdeksan. Kunnanhallitus päätti 22.6.2026 esittää uutta hallintosääntöä valtuuston "
            "hyväksyttäväksi. Valtuusto käsittelee asian elokuussa, ja sääntö on tarkoitus saattaa voimaan "
            "1.10.2026."
        ),
    ),
    ExampleAnswer(
        file="Hallintojohtaja.xlsx",
        officer="Hallintojohtaja",
        code="01.03.02",
        degree=3,
        overall_status="viivästynyt",
        narrative=(
            "Järjestelmän toimittaja valittiin tammikuussa, ja järjestelmää on koekäytetty hallintopalveluissa "
            "toukokuusta lähtien.\n"
            "Aineistojen siirto vanhasta järjestelmästä on noin kuusi viikkoa myöhässä, koska osa asiakirjojen "
            "metatiedoista on korjattava käsin. Toimielinten kokoukset siirtyvät uuteen järjestelmään "
            "vaiheittain lokakuusta alkaen."
        ),
        main_risks=(
            "Vanhan järjestelmän asiakirjoja siirtyy puutteellisin metatiedoin, ja kahta järjestelmää joudutaan "
            "ylläpitämään rinnakkain vuodenvaihteen yli."
        ),
    ),
    ExampleAnswer(
        file="Hallintojohtaja.xlsx",
        officer="Hallintojohtaja",
        code="01.06",
        degree=3,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Valmiussuunnitelman yleinen osa päivitettiin helmikuussa. Pitkää sähkökatkoa koskeva harjoitus "
            "pidettiin 22.4.2026, ja siinä havaittiin 14 kehittämiskohdetta, joista puolet on korjattu. "
            "Toimialueiden omat osat päivitetään lokakuun loppuun mennessä."
        ),
    ),
    ExampleAnswer(
        file="Hallintojohtaja.xlsx",
        officer="Hallintojohtaja",
        code="10.01",
        degree=3,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Asiointipalvelussa on käytössä vahva tunnistautuminen, ja siellä voi hoitaa 21 asiaa. Alkuvuonna "
            "saapuneista hakemuksista 63 % tehtiin verkossa, kun osuus vuotta aiemmin oli 55 %. Syksyllä "
            "palveluun lisätään mahdollisuus seurata oman asian käsittelyä."
        ),
    ),
    ExampleAnswer(
        file="Hallintojohtaja.xlsx",
        officer="Hallintojohtaja",
        code="10.01.01",
        degree=2,
        overall_status="viivästynyt",
        narrative=(
            "Lomakkeiden tarve on kartoitettu, ja ensimmäiseen vaiheeseen on valittu kaivu-, liittymä- ja "
            "tapahtumalupahakemukset. Toteutusta ei ole voitu aloittaa, koska rajapinta uuteen "
            "asianhallintajärjestelmään valmistuu vasta syksyllä."
        ),
    ),
    ExampleAnswer(
        file="Hallintojohtaja.xlsx",
        officer="Hallintojohtaja",
        code="10.01.02",
        degree=5,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Digituki on ollut käytössä 2.2.2026 alkaen kirjastossa kahtena ja palvelupisteessä kolmena päivänä "
            "viikossa. Kesäkuun loppuun mennessä tukea annettiin 412 kertaa, ja asiakkaista 94 % sai asiansa "
            "hoidettua yhdellä käynnillä."
        ),
    ),
    ExampleAnswer(
        file="Hallintojohtaja.xlsx",
        officer="Hallintojohtaja",
        code="10.03",
        degree=3,
        overall_status="",
        narrative=(
            "Tietoturvan vuosisuunnitelma hyväksyttiin johtoryhmässä 24.2.2026, ja sen toimenpiteistä on "
            "toteutettu noin puolet. Kevään aikana torjuttiin yksi kohdennettu tietojenkalasteluyritys, eikä "
            "tietoja päätynyt ulkopuolisille."
        ),
    ),
    ExampleAnswer(
        file="Hallintojohtaja.xlsx",
        officer="Hallintojohtaja",
        code="10.03.01",
        degree=4,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Verkkokoulutuksen on suorittanut 81 % henkilöstöstä. Puuttuvat suoritukset ovat pääosin ruoka- ja "
            "puhtauspalveluissa, joissa koulutus järjestetään lähiopetuksena elo–syyskuussa."
        ),
    ),
    ExampleAnswer(
        file="Hallintojohtaja.xlsx",
        officer="Hallintojohtaja",
        code="10.03.02",
        degree=2,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Palautustestien suunnitelma on laadittu, ja kunnan tietojärjestelmät on asetettu "
            "tärkeysjärjestykseen. Ensimmäinen testi tehdään syyskuussa talousjärjestelmän varmuuskopioilla."
        ),
        main_risks="Kahden vanhan järjestelmän varmuuskopioita ei voida palauttaa ilman toimittajan apua.",
    ),
    ExampleAnswer(
        file="Viestintäpäällikkö.xlsx",
        officer="Viestintäpäällikkö",
        code="10.02",
        degree=4,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Viestinnän ohjeet ja kanavat on uudistettu lähes kokonaan. Maaliskuussa tehdyssä asukaskyselyssä 74 "
            "% vastaajista piti kunnan tiedotteita ymmärrettävinä; tavoite on 70 %. Viimeisenä otetaan käyttöön "
            "uudet verkkosivut syyskuussa."
        ),
    ),
    ExampleAnswer(
        file="Viestintäpäällikkö.xlsx",
        officer="Viestintäpäällikkö",
        code="10.02.01",
        degree=4,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Uudet verkkosivut ovat sisällöltään valmiit, ja niitä koekäytti toukokuussa 26 asukasta. "
            "Saavutettavuusarvioinnissa havaitut puutteet korjataan elokuun aikana, ja sivut julkaistaan "
            "15.9.2026."
        ),
    ),
    ExampleAnswer(
        file="Viestintäpäällikkö.xlsx",
        officer="Viestintäpäällikkö",
        code="10.02.02",
        degree=3,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Ohje valmistui maaliskuussa, ja sen käyttöön on perehdytetty 48 viranhaltijaa koulutuksessa ”Selvä "
            "päätös – vähemmän selvitettävää”. Ohje liitetään päätöspohjiin, kun asianhallintajärjestelmä "
            "otetaan toimielimissä käyttöön."
        ),
    ),
    ExampleAnswer(
        file="Viestintäpäällikkö.xlsx",
        officer="Viestintäpäällikkö",
        code="10.02.03",
        degree=5,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Kriisiviestinnän ohjeet hyväksyttiin johtoryhmässä 3.3.2026, ja niitä käytettiin ensimmäisen kerran "
            "huhtikuun sähkökatkoharjoituksessa. Päivystysvuorot on sovittu, ja yhteystiedot tarkistetaan "
            "kuukausittain."
        ),
        main_risks="Päivystäjiä on nyt neljä, mutta kesälomien aikana vuoroja joudutaan yhdistämään.",
    ),
    ExampleAnswer(
        file="Sivistysjohtaja, varhaiskasvatus.xlsx",
        officer="Sivistysjohtaja",
        code="03.01",
        degree=3,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Päiväkotien täyttöaste oli keväällä keskimäärin 93 %, ja varhaiskasvatuspaikka voitiin järjestää "
            "kaikille määräajassa hakeneille. Huoltajille tehdyn kyselyn kokonaisarvosana oli 4,2. Kehittämistyö "
            "painottuu syksyllä henkilöstön pysyvyyteen."
        ),
    ),
    ExampleAnswer(
        file="Sivistysjohtaja, varhaiskasvatus.xlsx",
        officer="Sivistysjohtaja",
        code="03.01.01",
        degree=3,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Kuudesta varahenkilön tehtävästä neljä on vakinaistettu 1.3.2026 alkaen. Kaksi jäljellä olevaa "
            "tehtävää täytetään syksyllä, ja niihin on varattu 78 000 €."
        ),
    ),
    ExampleAnswer(
        file="Sivistysjohtaja, varhaiskasvatus.xlsx",
        officer="Sivistysjohtaja",
        code="03.01.02",
        degree=2,
        overall_status="viivästynyt",
        narrative=(
            "Kerkkälän ja Pihkarannan kylätalojen käytöstä on neuvoteltu kyläyhdistysten kanssa. Toiminta ei "
            "käynnistynyt huhtikuussa, sillä Kerkkälän kylätalon ilmanvaihto on korjattava ennen lapsiryhmän "
            "tuloa. Toiminnan on nyt määrä alkaa 7.9.2026."
        ),
    ),
    ExampleAnswer(
        file="Sivistysjohtaja, varhaiskasvatus.xlsx",
        officer="Sivistysjohtaja",
        code="03.01.03",
        degree=4,
        overall_status="",
        narrative=(
            "Itsearviointi on tehty kaikissa viidessä päiväkodissa ja perhepäivähoidossa, ja tulokset "
            "käsiteltiin sivistyslautakunnassa 20.5.2026. Menettely viimeistellään ottamalla huoltajien "
            "vastaukset mukaan syksyn arviointikierrokselle."
        ),
    ),
    ExampleAnswer(
        file="Sivistysjohtaja, opetus.xlsx",
        officer="Sivistysjohtaja",
        code="03",
        degree=3,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Varhaiskasvatuksen ja opetuksen kehittäminen etenee pääosin suunnitellusti. Perusopetuksen "
            "päättötodistuksen sai keväällä 138 oppilasta, ja heistä jokainen haki jatko-opintoihin. Lukion "
            "uuden linjan aloittamisesta luovuttiin, mikä hidastaa lukion vetovoiman vahvistamista."
        ),
    ),
    ExampleAnswer(
        file="Sivistysjohtaja, opetus.xlsx",
        officer="Sivistysjohtaja",
        code="03.02",
        degree=3,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Tukea annetaan pienryhmien sijasta entistä useammin oppilaan omassa opetusryhmässä. Keväällä tukea "
            "sai 212 oppilasta. Järjestelyjen vaikutuksia oppimiseen arvioidaan ensimmäisen kerran joulukuussa."
        ),
    ),
    ExampleAnswer(
        file="Sivistysjohtaja, opetus.xlsx",
        officer="Sivistysjohtaja",
        code="03.02.01",
        degree=4,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Ryhmäkohtaiset tukimuodot ovat käytössä kaikissa kuudessa koulussa, ja oppilaskohtaiset päätökset "
            "tarkistettiin toukokuun loppuun mennessä. Viimeistelemättä on vielä huoltajille tarkoitettu opas, "
            "joka ilmestyy suomeksi, ruotsiksi ja englanniksi elokuussa."
        ),
    ),
    ExampleAnswer(
        file="Sivistysjohtaja, opetus.xlsx",
        officer="Sivistysjohtaja",
        code="03.02.02",
        degree=3,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Toimintamallia on kokeiltu yläkoulussa ja kahdessa alakoulussa. Yli 50 tuntia poissa olleiden "
            "oppilaiden määrä väheni näissä kouluissa syyslukukauden 31:stä kevätlukukauden 24:ään. Malli "
            "otetaan käyttöön kaikissa kouluissa lukuvuoden 2026–2027 alussa."
        ),
    ),
    ExampleAnswer(
        file="Sivistysjohtaja, opetus.xlsx",
        officer="Sivistysjohtaja",
        code="03.03",
        degree=2,
        overall_status="viivästynyt",
        narrative=(
            "Lukion ensisijaisia hakijoita oli 61, kun aloituspaikkoja on 72. Vetovoimaa lisäävistä toimista "
            "vain korkeakouluyhteistyö on käynnissä, ja muita keinoja suunnitellaan opiskelijakunnan kanssa "
            "elo–lokakuussa."
        ),
    ),
    ExampleAnswer(
        file="Sivistysjohtaja, opetus.xlsx",
        officer="Sivistysjohtaja",
        code="03.03.01",
        degree=3,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Kahden korkeakoulun kanssa on sovittu yhteensä viidestä opintojaksosta, joille osallistui keväällä "
            "29 opiskelijaa. Syksyllä tarjontaan lisätään opintojakso ”Ohjelmointi & tekoäly”."
        ),
    ),
    ExampleAnswer(
        file="Sivistysjohtaja, opetus.xlsx",
        officer="Sivistysjohtaja",
        code="03.03.02",
        degree=1,
        overall_status="ei toteudu",
        narrative=(
            "Sivistyslautakunta päätti 22.4.2026, ettei linjaa aloiteta, koska ensisijaisia hakijoita oli vain "
            "viisi ja ryhmän vähimmäiskooksi oli päätetty 12 opiskelijaa. Luonto- ja ympäristöaiheita tarjotaan "
            "sen sijaan valinnaisilla opintojaksoilla."
        ),
    ),
    ExampleAnswer(
        file="Sivistysjohtaja, opetus.xlsx",
        officer="Sivistysjohtaja",
        code="03.04",
        degree=3,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Ennusteen mukaan perusopetuksen oppilasmäärä vähenee 1 310:stä 1 140:een vuoteen 2032 mennessä. "
            "Kouluverkkoa tarkastellaan kyläkouluista laaditun selvityksen pohjalta, ja valtuusto päättää "
            "linjauksista marraskuussa. Havurinteen päiväkodin suunnittelussa on varauduttu siihen, että "
            "tiloissa voidaan järjestää myös esiopetusta."
        ),
    ),
    ExampleAnswer(
        file="Sivistysjohtaja, opetus.xlsx",
        officer="Sivistysjohtaja",
        code="03.04.02",
        degree=4,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Selvitys kolmesta kyläkoulusta valmistui 29.5.2026, ja se esiteltiin asukasilloissa 2.–4.6.2026. "
            "Asukkaiden palaute kootaan selvityksen liitteeksi, minkä jälkeen sivistyslautakunta käsittelee "
            "asian syyskuussa."
        ),
    ),
    ExampleAnswer(
        file="Hyvinvointipäällikkö.xlsx",
        officer="Hyvinvointipäällikkö",
        code="04",
        degree=3,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Hyvinvointityön rakenteet ovat koossa, ja asukkaiden osallistumista on lisätty kokeilujen avulla. "
            "Tilaisuuksissa ja kyselyissä kuultiin alkuvuonna yhteensä noin 1 900 asukasta. Eniten työtä on "
            "jäljellä hyvinvointialueen kanssa sovittavassa työnjaossa."
        ),
    ),
    ExampleAnswer(
        file="Hyvinvointipäällikkö.xlsx",
        officer="Hyvinvointipäällikkö",
        code="04.01",
        degree=3,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Hyvinvointityöryhmä on kokoontunut neljä kertaa ja valinnut vuodelle 2026 kolme painopistettä: "
            "lasten liikkuminen, ikääntyneiden yksinäisyys ja talousvaikeuksien ehkäisy. Painopisteille on "
            "asetettu mittarit, joiden ensimmäiset arvot saadaan loka–marraskuussa."
        ),
    ),
    ExampleAnswer(
        file="Hyvinvointipäällikkö.xlsx",
        officer="Hyvinvointipäällikkö",
        code="04.01.01",
        degree=4,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Katsaukseen on koottu 32 tunnusluvun tiedot, ja kokeiluversio on toimialueiden käytössä. Julkinen "
            "versio julkaistaan verkkosivuilla syyskuussa, kun tietosuojaa koskeva vaikutustenarviointi on tehty."
        ),
    ),
    ExampleAnswer(
        file="Hyvinvointipäällikkö.xlsx",
        officer="Hyvinvointipäällikkö",
        code="04.01.02",
        degree=2,
        overall_status="viivästynyt",
        narrative=(
            "Neuvotteluja on käyty kahdesti, mutta hyvinvointialue siirsi omien yhteyshenkilöidensä nimeämisen "
            "syksyyn. Kunnan esitys työnjaoksi on valmis, ja se toimitettiin hyvinvointialueelle 5.6.2026."
        ),
        main_risks=(
            "Hyvinvointialueen organisaatiomuutos viivästyttää sopimusta, ja ehkäisevän työn palveluihin jää aukkoja."
        ),
    ),
    ExampleAnswer(
        file="Hyvinvointipäällikkö.xlsx",
        officer="Hyvinvointipäällikkö",
        code="04.02",
        degree=3,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Liikuntapalvelujen kävijämäärä kasvoi tammi–toukokuussa 9 % edellisvuodesta. Kasvu painottui "
            "ikääntyneiden ryhmiin, kun taas alakouluikäisten liikkuminen ei ole lisääntynyt. Syksyllä "
            "käynnistyvä välituntiliikunnan kokeilu kohdistuu juuri heihin."
        ),
    ),
    ExampleAnswer(
        file="Hyvinvointipäällikkö.xlsx",
        officer="Hyvinvointipäällikkö",
        code="04.02.01",
        degree=3,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Kesän aikana kunnostetaan kolme lähiliikuntapaikkaa, joista kirkonkylän pyöräilyrata valmistui "
            "12.6.2026. Asukkaat valitsivat kohteet verkkoäänestyksessä, jossa annettiin 687 ääntä."
        ),
    ),
    ExampleAnswer(
        file="Hyvinvointipäällikkö.xlsx",
        officer="Hyvinvointipäällikkö",
        code="04.02.02",
        degree=4,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Ryhmiä toimii kymmenen, ja niissä käy viikoittain 164 osallistujaa. Käynnistämättä on enää "
            "Pihkarannan ryhmä, jonka ohjaaja aloittaa elokuussa."
        ),
    ),
    ExampleAnswer(
        file="Hyvinvointipäällikkö.xlsx",
        officer="Hyvinvointipäällikkö",
        code="04.03",
        degree=4,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Kirjastojen kävijämäärä kasvoi alkuvuonna 14 %, ja lainausten määrä kääntyi nousuun ensimmäisen "
            "kerran viiteen vuoteen. Kulttuuripalvelujen käyttäjistä joka neljäs osallistui toimintaan "
            "ensimmäistä kertaa. Toteuttamatta on vielä yläkouluikäisille suunnattu toiminta."
        ),
    ),
    ExampleAnswer(
        file="Hyvinvointipäällikkö.xlsx",
        officer="Hyvinvointipäällikkö",
        code="04.03.01",
        degree=5,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Omatoimiaukiolo otettiin käyttöön pääkirjastossa 12.1.2026 ja lähikirjastossa 2.3.2026. "
            "Kirjastoihin pääsee nyt omatoimisesti joka päivä kello 7–22, ja käynneistä 38 % tehdään aikoina, "
            "jolloin henkilökunta ei ole paikalla."
        ),
    ),
    ExampleAnswer(
        file="Hyvinvointipäällikkö.xlsx",
        officer="Hyvinvointipäällikkö",
        code="04.03.02",
        degree=3,
        overall_status="",
        narrative=(
            "Toimintaa on toteutettu vuosiluokilla 1–6, ja siihen osallistui kevään aikana 803 oppilasta. "
            "Yläkoulun sisällöt valmistellaan yhdessä kuvataiteen ja musiikin opettajien kanssa lukuvuodeksi "
            "2026–2027."
        ),
    ),
    ExampleAnswer(
        file="Hyvinvointipäällikkö.xlsx",
        officer="Hyvinvointipäällikkö",
        code="04.04",
        degree=3,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Asukasraati on kokoontunut kevään aikana kolme kertaa, ja sen esityksistä viisi on otettu "
            "valmisteluun. Nuorisovaltuustolla on nyt läsnäolo- ja puheoikeus kaikissa lautakunnissa."
        ),
    ),
    ExampleAnswer(
        file="Hyvinvointipäällikkö.xlsx",
        officer="Hyvinvointipäällikkö",
        code="04.04.01",
        degree=3,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Ensimmäinen kierros käynnistyi 16.3.2026, ja siihen on varattu 40 000 €. Ehdotuksia saatiin 119, "
            "joista 31 syntyi ”Kysy & ehdota” -tilaisuuksissa. Äänestykseen etenee 23 ehdotusta, ja äänestysaika "
            "on 1.–20.9.2026."
        ),
    ),
    ExampleAnswer(
        file="Elinvoimajohtaja.xlsx",
        officer="Elinvoimajohtaja",
        code="05",
        degree=3,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Kuntaan perustettiin tammi–toukokuussa 37 yritystä, ja 19 yritystä lopetti toimintansa. "
            "Työttömyysaste oli toukokuussa 9,1 % eli 0,6 prosenttiyksikköä pienempi kuin vuotta aiemmin. "
            "Matkailun toimet ovat jääneet jälkeen aikataulusta, mutta muut tavoitteet etenevät suunnitellusti."
        ),
    ),
    ExampleAnswer(
        file="Elinvoimajohtaja.xlsx",
        officer="Elinvoimajohtaja",
        code="05.01",
        degree=3,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Yritysneuvonnassa oli alkuvuonna 96 asiakasta, ja neuvonnasta saatu palaute oli hyvää (keskiarvo "
            "4,4). T&K-rahoituksen neuvontaan hankittiin ulkopuolinen asiantuntija, jonka avulla viisi yritystä "
            "on tehnyt rahoitushakemuksen. Neuvonnan palvelupiste avataan lokakuussa."
        ),
    ),
    ExampleAnswer(
        file="Elinvoimajohtaja.xlsx",
        officer="Elinvoimajohtaja",
        code="05.01.01",
        degree=3,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Elinvoimalautakunta hyväksyi palvelupisteen toimintasuunnitelman 19.3.2026, ja toimitilat on "
            "vuokrattu kunnantalon vierestä. Palvelupiste avataan 1.10.2026."
        ),
    ),
    ExampleAnswer(
        file="Elinvoimajohtaja.xlsx",
        officer="Elinvoimajohtaja",
        code="05.02",
        degree=3,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Yli vuoden työttömänä olleiden määrä väheni vuoden takaisesta 148:sta 131:een. Työnantajat hakivat "
            "palkkatukea aiempaa vähemmän, joten painopiste on siirretty lyhyisiin työelämäjaksoihin ja "
            "koulutukseen."
        ),
    ),
    ExampleAnswer(
        file="Elinvoimajohtaja.xlsx",
        officer="Elinvoimajohtaja",
        code="05.02.01",
        degree=3,
        overall_status="",
        narrative=(
            "Työllisyysalueen asiantuntijat päivystävät kunnantalolla joka tiistai, ja yhteisiä asiakkaita on "
            "ollut 73. Palvelupolkujen kuvaukset valmistuvat marraskuussa."
        ),
    ),
    ExampleAnswer(
        file="Elinvoimajohtaja.xlsx",
        officer="Elinvoimajohtaja",
        code="05.02.02",
        degree=4,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Työpajan paikat lisääntyivät maaliskuussa 16:sta 24:ään, ja käytössä on nyt myös puu- ja mediapaja. "
            "Suunnitelman mukaisista 26 paikasta kaksi viimeistä avataan, kun kuljetuksista on sovittu."
        ),
    ),
    ExampleAnswer(
        file="Elinvoimajohtaja.xlsx",
        officer="Elinvoimajohtaja",
        code="05.03",
        degree=2,
        overall_status="viivästynyt",
        narrative=(
            "Matkailuyrittäjien yhteistyöryhmä on perustettu, ja se on kokoontunut kaksi kertaa. Kehittämisen "
            "suunta on luonnosteltu, mutta ensimmäiset toimet siirtyvät vuodelle 2027, koska suunnitelma "
            "valmistuu arvioitua myöhemmin."
        ),
    ),
    ExampleAnswer(
        file="Elinvoimajohtaja.xlsx",
        officer="Elinvoimajohtaja",
        code="05.03.02",
        degree=2,
        overall_status="viivästynyt",
        narrative=(
            "Vierasvenesataman kunnostuksesta on tehty yleissuunnitelma, jonka kustannusarvio on 310 000 €. "
            "Hankkeelle haettiin avustusta 27.3.2026, mutta päätös saadaan vasta syyskuussa – rakentaminen "
            "siirtyy siksi kevääseen 2027."
        ),
        main_risks="Avustuspäätös viipyy tai avustus jää haettua pienemmäksi, jolloin kunnan osuus kasvaa.",
    ),
    ExampleAnswer(
        file="Elinvoimajohtaja.xlsx",
        officer="Elinvoimajohtaja",
        code="07.03.02",
        degree=3,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Tyhjiä liiketiloja on kartoitettu 11, ja neljän omistajan kanssa on sovittu kokeilusta. Ensimmäiset "
            "kaksi väliaikaista myymälää avattiin 4.6.2026, ja kokeilun tulokset arvioidaan vuoden lopussa."
        ),
    ),
    ExampleAnswer(
        file="Kaavoituspäällikkö.xlsx",
        officer="Kaavoituspäällikkö",
        code="07",
        degree=3,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Kaavoitusohjelman 14 hankkeesta yhdeksän etenee aikataulussa. Keskustan rakentaminen siirtyy "
            "määrärahan puuttumisen vuoksi, mutta asumisen hankkeissa on edetty. Omakotitontteja luovutettiin "
            "alkuvuonna seitsemän."
        ),
    ),
    ExampleAnswer(
        file="Kaavoituspäällikkö.xlsx",
        officer="Kaavoituspäällikkö",
        code="07.01",
        degree=3,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Yleiskaavan luonnos on ollut nähtävillä, ja rakennusjärjestys on hyväksymistä vaille valmis. "
            "Ranta-alueiden emätilaselvitys aloitetaan elokuussa."
        ),
    ),
    ExampleAnswer(
        file="Kaavoituspäällikkö.xlsx",
        officer="Kaavoituspäällikkö",
        code="07.01.01",
        degree=3,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Strategisen yleiskaavan luonnos oli nähtävillä 9.2.–13.3.2026, ja siitä saatiin 64 mielipidettä ja "
            "17 lausuntoa. Palautteessa korostuivat Pihkarannan täydennysrakentaminen, pohjavesialueiden suojelu "
            "ja tuulivoiman sijoittaminen kunnan itäosaan. Elinvoimalautakunta päätti 23.4.2026, että itäosan "
            "tuulivoima-alueesta luovutaan ja että Kerkkälän kyläaluetta laajennetaan etelään. Muutosten vuoksi "
            "liito-oravaselvitystä täydennettiin toukokuussa, ja liikenteen vaikutusten arviointi valmistuu "
            "elokuussa. Kaavaehdotus on tarkoitus asettaa nähtäville marraskuussa 2026 ja viedä valtuuston "
            "hyväksyttäväksi kesäkuussa 2027, joten hanke etenee kaavoitusohjelmassa sovitun aikataulun "
            "mukaisesti."
        ),
    ),
    ExampleAnswer(
        file="Kaavoituspäällikkö.xlsx",
        officer="Kaavoituspäällikkö",
        code="07.01.02",
        degree=4,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Rakennusjärjestyksen ehdotus oli nähtävillä huhtikuussa, ja siitä jätettiin kaksi muistutusta. "
            "Valtuusto käsittelee ehdotuksen 31.8.2026."
        ),
    ),
    ExampleAnswer(
        file="Kaavoituspäällikkö.xlsx",
        officer="Kaavoituspäällikkö",
        code="07.02",
        degree=3,
        overall_status="",
        narrative=(
            "Kunnalla on luovutettavana 42 omakotitonttia ja viisi rivitalotonttia, mutta kerrostalotontteja ei "
            "ole. Tarjonta painottuu kirkonkylään, ja Pihkarannan uusia tontteja saadaan aikaisintaan vuonna "
            "2028."
        ),
    ),
    ExampleAnswer(
        file="Kaavoituspäällikkö.xlsx",
        officer="Kaavoituspäällikkö",
        code="07.02.01",
        degree=2,
        overall_status="viivästynyt",
        narrative=(
            "Osallistumis- ja arviointisuunnitelma oli nähtävillä toukokuussa. Kaavaluonnoksen oli määrä "
            "valmistua kesäkuussa, mutta rannan maaperätutkimuksissa havaittiin pilaantunutta maata, ja "
            "lisätutkimukset kestävät lokakuuhun."
        ),
        main_risks=(
            "Pilaantuneen maan puhdistaminen lisää kustannuksia ja voi supistaa rakentamiseen soveltuvaa aluetta."
        ),
    ),
    ExampleAnswer(
        file="Kaavoituspäällikkö.xlsx",
        officer="Kaavoituspäällikkö",
        code="07.02.02",
        degree=4,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Valtuusto hyväksyi uudet luovutusehdot 25.5.2026. Rakentamisvelvoitteen määräaika pitenee kahdesta "
            "vuodesta kolmeen, ja tontin voi varata maksutta kuudeksi kuukaudeksi. Ehdot otetaan käyttöön "
            "1.8.2026, kun hakulomakkeet on päivitetty."
        ),
    ),
    ExampleAnswer(
        file="Kaavoituspäällikkö.xlsx",
        officer="Kaavoituspäällikkö",
        code="07.03",
        degree=2,
        overall_status="viivästynyt",
        narrative=(
            "Keskustan kehittämisen kokonaiskuva on luonnosteltu yhdessä yrittäjien ja kiinteistönomistajien "
            "kanssa. Rakentaminen siirtyy vuoteen 2027, joten tänä vuonna keskitytään liiketilakokeiluun ja "
            "tapahtumien suunnitteluun."
        ),
    ),
    ExampleAnswer(
        file="Kaavoituspäällikkö.xlsx",
        officer="Kaavoituspäällikkö",
        code="07.03.01",
        degree=1,
        overall_status="viivästynyt",
        narrative=(
            "Torin suunnittelua ja rakentamista ei ole aloitettu, koska valtuusto siirsi 600 000 euron "
            "määrärahan vuodelle 2027 talousarvion muutoksessa 30.3.2026. Rakennussuunnittelu kilpailutetaan "
            "loka–marraskuussa."
        ),
    ),
    ExampleAnswer(
        file="Tekniset palvelut/Tekninen johtaja.xlsx",
        officer="Tekninen johtaja",
        code="01.10",
        degree=3,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Arviointi on tehty kokeiluna kahdesta hankkeesta: Havurinteen päiväkodista ja Kerkkäläntien "
            "pyörätiestä. Kokeilun perusteella laskelmiin lisätään rakennusten ylläpitokustannukset ja poistot, "
            "ja menettely laajennetaan syksyllä kaikkiin yli 300 000 euron hankkeisiin."
        ),
    ),
    ExampleAnswer(
        file="Tekniset palvelut/Tekninen johtaja.xlsx",
        officer="Tekninen johtaja",
        code="01.10.02",
        degree=3,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Hankesuunnitelman asiakirjapohjaan on lisätty kohta käyttötalousvaikutuksista, ja pohjaa käytettiin "
            "ensimmäisen kerran teknisessä lautakunnassa 17.3.2026. Pohjaa täydennetään, kun yhteinen "
            "laskentamalli valmistuu."
        ),
    ),
    ExampleAnswer(
        file="Tekniset palvelut/Tekninen johtaja.xlsx",
        officer="Tekninen johtaja",
        code="03.04",
        degree=3,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Päiväkodin urakka on käynnissä, ja kyläkoulujen rakennusten kunto on arvioitu kahdessa kohteessa "
            "kolmesta. Kolmannen kohteen arvio valmistuu syyskuussa, minkä jälkeen tilaratkaisujen kustannuksia "
            "voidaan vertailla."
        ),
    ),
    ExampleAnswer(
        file="Tekniset palvelut/Tekninen johtaja.xlsx",
        officer="Tekninen johtaja",
        code="03.04.01",
        degree=3,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Urakkasopimus allekirjoitettiin 16.2.2026, ja hankkeen kustannusarvio on 7,4 milj. €. "
            "Maanrakennustyöt valmistuivat toukokuussa, ja rungon pystytys alkoi 8.6.2026. Päiväkoti valmistuu "
            "kesäkuussa 2027."
        ),
        main_risks="Pohjaveden pinta on oletettua ylempänä, mikä voi lisätä kuivatuskustannuksia enintään 120 000 €.",
    ),
    ExampleAnswer(
        file="Tekniset palvelut/Tekninen johtaja.xlsx",
        officer="Tekninen johtaja",
        code="08",
        degree=3,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Investointiohjelman hankkeista 12 on käynnissä ja kaksi valmistunut. Vuoden määrärahoista on "
            "käytetty kesäkuun loppuun mennessä 44 %. Suurin yksittäinen viive koskee varavesiyhteyttä."
        ),
    ),
    ExampleAnswer(
        file="Tekniset palvelut/Tekninen johtaja.xlsx",
        officer="Tekninen johtaja",
        code="08.01",
        degree=3,
        overall_status="",
        narrative=(
            "Toimitilojen käyttöastetta on mitattu helmikuusta lähtien yhdeksässä rakennuksessa, ja mittausten "
            "perusteella kahden rakennuksen toiminnot voidaan yhdistää. Sisäilmailmoituksia tehtiin alkuvuonna "
            "11, kun niitä vuotta aiemmin oli 18."
        ),
    ),
    ExampleAnswer(
        file="Tekniset palvelut/Tekninen johtaja.xlsx",
        officer="Tekninen johtaja",
        code="08.01.01",
        degree=3,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Kuntotutkimus on tehty seitsemässä rakennuksessa yhdestätoista. Kirkonkylän koulun ilmanvaihdossa "
            "todettiin korjattavaa, ja työt tehdään koulun kesäloman aikana.\n"
            "Loput neljä rakennusta tutkitaan syys–marraskuussa."
        ),
    ),
    ExampleAnswer(
        file="Tekniset palvelut/Tekninen johtaja.xlsx",
        officer="Tekninen johtaja",
        code="08.01.02",
        degree=2,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Luettelo luovutettavista kohteista on valmis, ja siinä on kuusi rakennusta. Tekninen lautakunta "
            "hyväksyi luettelon 9.6.2026, ja ensimmäisistä kahdesta kohteesta pyydetään hinta-arvio elokuussa."
        ),
    ),
    ExampleAnswer(
        file="Tekniset palvelut/Tekninen johtaja.xlsx",
        officer="Tekninen johtaja",
        code="08.02",
        degree=3,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Vesijohtoverkostossa oli alkuvuonna yhdeksän vuotoa eli kolme vähemmän kuin vuotta aiemmin. "
            "Laskuttamattoman veden osuus on 17 %, ja tavoitteena on alle 15 % vuoden 2027 loppuun mennessä."
        ),
    ),
    ExampleAnswer(
        file="Tekniset palvelut/Tekninen johtaja.xlsx",
        officer="Tekninen johtaja",
        code="08.02.01",
        degree=3,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Vesijohtoa on saneerattu 1,6 kilometriä, pääosin Havurinteen alueella. Kerkkälän työt aloitetaan "
            "elokuussa, ja vuoden tavoitteen arvioidaan toteutuvan."
        ),
    ),
    ExampleAnswer(
        file="Tekniset palvelut/Tekninen johtaja.xlsx",
        officer="Tekninen johtaja",
        code="08.02.03",
        degree=2,
        overall_status="viivästynyt",
        narrative=(
            "Yhteyden linjaus on suunniteltu, ja naapurikunnan kanssa on sovittu, että Havulahti maksaa "
            "kustannuksista 60 %. Rakentamista ei voitu aloittaa toukokuussa, koska rautatien alitukseen "
            "tarvittava lupa on yhä käsittelyssä. Urakka kilpailutetaan aikaisintaan lokakuussa, kun lupa on "
            "saatu."
        ),
        main_risks="Alituslupa viivästyy niin, että urakka siirtyy kokonaan vuodelle 2027.",
    ),
    ExampleAnswer(
        file="Tekniset palvelut/Tekninen johtaja.xlsx",
        officer="Tekninen johtaja",
        code="08.03",
        degree=4,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Kerkkäläntien pyörätie on viimeistelyä vaille valmis, ja katuvalaistus on uusittu kokonaan. "
            "Liikennelaskennassa pyöräilijöitä oli toukokuussa 22 % enemmän kuin vuotta aiemmin."
        ),
    ),
    ExampleAnswer(
        file="Tekniset palvelut/Tekninen johtaja.xlsx",
        officer="Tekninen johtaja",
        code="08.03.01",
        degree=4,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Pyörätiestä on valmiina 2,3 kilometriä 2,6 kilometristä. Loppuosan päällystys ja viherrakentaminen "
            "tehdään heinäkuussa, ja pyörätie otetaan käyttöön 7.8.2026 ennen koulujen alkua."
        ),
    ),
    ExampleAnswer(
        file="Tekniset palvelut/Tekninen johtaja.xlsx",
        officer="Tekninen johtaja",
        code="08.03.02",
        degree=5,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Viimeiset 340 valaisinta vaihdettiin huhtikuussa, joten kaikki kunnan 2 150 katuvalaisinta ovat nyt "
            "led-valaisimia. Sähkönkulutus oli touko–kesäkuussa 41 % pienempi kuin edellisvuonna, mikä vastaa "
            "noin 60 000 euron vuotuista säästöä."
        ),
    ),
    ExampleAnswer(
        file="Tekniset palvelut/Tekninen johtaja.xlsx",
        officer="Tekninen johtaja",
        code="09.01.02",
        degree=3,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Öljylämmitys on korvattu maalämmöllä neljässä kiinteistössä, ja jäljellä on kolme kiinteistöä, "
            "joista seuraavana vuorossa on varikko syyskuussa."
        ),
    ),
    ExampleAnswer(
        file="Tekniset palvelut/Ympäristöpäällikkö.xlsx",
        officer="Ympäristöpäällikkö",
        code="09.01",
        degree=3,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Päästöjä on vähennetty erityisesti lämmityksessä ja katuvalaistuksessa. Kunnan 24 autosta yhdeksän "
            "kulkee sähköllä tai biokaasulla, ja loput vaihdetaan vuokrasopimusten päättyessä vuoteen 2029 "
            "mennessä."
        ),
    ),
    ExampleAnswer(
        file="Tekniset palvelut/Ympäristöpäällikkö.xlsx",
        officer="Ympäristöpäällikkö",
        code="09.01.01",
        degree=None,
        not_assessable=True,
        overall_status="",
        narrative=(
            "Etenemistä ei voida arvioida, koska vuoden 2025 päästölaskennan lähtötiedot saadaan "
            "energiayhtiöiltä vasta elokuussa. Laskennan tulokset raportoidaan seuraavalla raportointikaudella."
        ),
    ),
    ExampleAnswer(
        file="Tekniset palvelut/Ympäristöpäällikkö.xlsx",
        officer="Ympäristöpäällikkö",
        code="09.02",
        degree=3,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Kunnan metsien hoito-ohje on päivitetty, ja vanhoista metsistä on jätetty 38 hehtaaria hakkuiden "
            "ulkopuolelle. Monimuotoisuusohjelman toimenpiteet valitaan syksyllä."
        ),
    ),
    ExampleAnswer(
        file="Tekniset palvelut/Ympäristöpäällikkö.xlsx",
        officer="Ympäristöpäällikkö",
        code="09.02.01",
        degree=3,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Luontoselvitykset kattavat 62 % ohjelma-alueesta. Asukkaiden karttakyselyyn saatiin 276 vastausta, "
            "ja ohjelman luonnos valmistuu tammikuussa 2027."
        ),
    ),
    ExampleAnswer(
        file="Tekniset palvelut/Ympäristöpäällikkö.xlsx",
        officer="Ympäristöpäällikkö",
        code="09.02.02",
        degree=4,
        overall_status="suunnitelman mukaan",
        narrative=(
            "Jättipalsamia ja lupiinia on torjuttu kuusissa talkoissa, joihin osallistui yhteensä 143 asukasta. "
            "Suunnitelluista kymmenestä kohteesta kahdeksan on valmiina, ja kaksi viimeistä käsitellään "
            "elokuussa."
        ),
    ),
    ExampleAnswer(
        file="Tekniset palvelut/Ympäristöpäällikkö.xlsx",
        officer="Ympäristöpäällikkö",
        code="09.03",
        degree=2,
        overall_status="viivästynyt",
        narrative=(
            "Vesistöjen kunnostamisesta on laadittu toimenpideluettelo yhdessä vesiensuojeluyhdistyksen kanssa. "
            "Koska avustusta ei saatu, vuodelle 2027 valmistellaan suppeampi kokonaisuus, joka voidaan toteuttaa "
            "kunnan omin varoin."
        ),
    ),
    ExampleAnswer(
        file="Tekniset palvelut/Ympäristöpäällikkö.xlsx",
        officer="Ympäristöpäällikkö",
        code="09.03.01",
        degree=2,
        overall_status="ei toteudu",
        narrative=(
            "Kolmen kosteikon suunnitelmat ovat valmiit, mutta valtionavustusta koskeva hakemus hylättiin "
            "28.5.2026. Kosteikkoja ei rakenneta vuonna 2026, ja yhtä niistä esitetään uudelleen vuoden 2027 "
            "talousarvioon."
        ),
        main_risks=(
            "Ulkopuolista rahoitusta ei saada, eikä kunnan oma rahoitus riitä kaikkien kosteikkojen rakentamiseen."
        ),
    ),
)

SLIPS: tuple[ExampleSlip, ...] = (
    ExampleSlip(
        file="Elinvoimajohtaja.xlsx",
        officer="Elinvoimajohtaja",
        code="05.01.02",
        degree_text="6",
        narrative=(
            "Yrityskäyntejä on tehty kesäkuun puoliväliin mennessä 57, ja vuoden tavoite on 80. Käynneistä 19 "
            "kohdistui teollisuusyrityksiin."
        ),
        reason_comment="The scale ends at 5; the officer meant 3 or 4 and typed over the drop-down.",
    ),
    ExampleSlip(
        file="Elinvoimajohtaja.xlsx",
        officer="Elinvoimajohtaja",
        code="05.03.01",
        degree_text="",
        narrative=(
            "Suunnitelman laadinta kilpailutettiin maaliskuussa, ja työn tekijä aloitti 4.5.2026. Yrittäjien "
            "haastattelut on tehty, ja luonnos valmistuu lokakuussa."
        ),
        reason_comment="The narrative was written, but the degree was left empty.",
    ),
)
