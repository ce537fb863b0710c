"""The first state of the table “Where to report”: hotlines of the INHOPE network, police, and helplines for children.

Names, addresses and numbers are those that the services publish. Nobody has called them from here: entries come
without a date, and the CMS lists them as waiting for the secretariat's check.
"""

from __future__ import annotations

from typing import NamedTuple

from efc_portal.website.enums import PlaceKind

HOTLINE, POLICE, HELPLINE, EVERYWHERE = (
    PlaceKind.HOTLINE,
    PlaceKind.POLICE,
    PlaceKind.HELPLINE,
    PlaceKind.CROSS_BORDER,
)


KEY = "reporting-places"


class Row(NamedTuple):
    country: str  # ISO 3166-1; empty: every country
    kind: PlaceKind
    name: str
    website: str = ""
    phone: str = ""
    languages: str = ""
    notes: dict[str, str] = {}


ROWS = (
    Row("AT", HOTLINE, "Stopline", "https://www.stopline.at/", languages="de, en"),
    Row("AT", HELPLINE, "Rat auf Draht", "https://www.rataufdraht.at/", "147", "de"),
    Row("BE", HOTLINE, "Child Focus", "https://childfocus.be/", "116 000", "nl, fr, en"),
    Row("BE", HELPLINE, "Awel", "https://awel.be/", "102", "nl"),
    Row("BE", HELPLINE, "Écoute-Enfants", "", "103", "fr"),
    Row("BG", HOTLINE, "SafeNet.bg", "https://www.safenet.bg/", languages="bg, en"),
    Row("BG", HELPLINE, "Национална телефонна линия за деца", "", "116 111", "bg"),
    Row("HR", POLICE, "Red Button", "https://redbutton.gov.hr/", languages="hr"),
    Row("HR", HELPLINE, "Hrabri telefon", "https://hrabritelefon.hr/", "116 111", "hr"),
    Row("CY", HOTLINE, "CYberSafety", "https://www.cybersafety.cy/", "1480", "el, en"),
    Row("CZ", HOTLINE, "STOPonline.cz", "https://www.stoponline.cz/", languages="cs, en"),
    Row("CZ", POLICE, "Policie České republiky", "https://www.policie.cz/", "158", "cs"),
    Row("CZ", HELPLINE, "Linka bezpečí", "https://www.linkabezpeci.cz/", "116 111", "cs"),
    Row("DK", HOTLINE, "Red Barnet", "https://redbarnet.dk/", languages="da"),
    Row("DK", POLICE, "Politi", "https://politi.dk/", "114", "da"),
    Row("DK", HELPLINE, "BørneTelefonen", "https://bornetelefonen.dk/", "116 111", "da"),
    Row("EE", HOTLINE, "Vihjeliin", "https://www.vihjeliin.ee/", languages="et, en"),
    Row("EE", POLICE, "Politsei- ja Piirivalveamet", "https://www.politsei.ee/", languages="et, en"),
    Row("EE", HELPLINE, "Lasteabi", "https://www.lasteabi.ee/", "116 111", "et, en"),
    Row("FI", HOTLINE, "Nettivihje", "https://nettivihje.fi/", languages="fi, sv, en"),
    Row("FI", POLICE, "Poliisi", "https://poliisi.fi/", languages="fi, sv, en"),
    Row("FI", HELPLINE, "Lasten ja nuorten puhelin", "", "116 111", "fi"),
    Row("FR", POLICE, "PHAROS", "https://www.internet-signalement.gouv.fr/", languages="fr"),
    Row("FR", HOTLINE, "Point de Contact", "https://www.pointdecontact.net/", languages="fr, en"),
    Row("FR", HELPLINE, "119 Allô Enfance en danger", "https://www.allo119.gouv.fr/", "119", "fr"),
    Row("FR", HELPLINE, "e-Enfance", "https://e-enfance.org/", "3018", "fr"),
    Row("DE", HOTLINE, "Internet-Beschwerdestelle", "https://www.internet-beschwerdestelle.de/", languages="de, en"),
    Row("DE", HOTLINE, "jugendschutz.net", "https://www.jugendschutz.net/", languages="de, en"),
    Row("DE", POLICE, "Polizei", "https://www.polizei.de/", "110", "de"),
    Row("DE", HELPLINE, "Nummer gegen Kummer", "https://www.nummergegenkummer.de/", "116 111", "de"),
    Row("GR", HOTLINE, "SafeLine", "https://www.safeline.gr/", languages="el, en"),
    Row("GR", POLICE, "Δίωξη Ηλεκτρονικού Εγκλήματος", "", "11188", "el"),
    Row("GR", HELPLINE, "Το Χαμόγελο του Παιδιού", "https://www.hamogelo.gr/", "1056", "el"),
    Row("HU", HOTLINE, "Internet Hotline", "https://nmhh.hu/internethotline", languages="hu"),
    Row("HU", HELPLINE, "Kék Vonal", "https://kek-vonal.hu/", "116 111", "hu"),
    Row("IE", HOTLINE, "Hotline.ie", "https://www.hotline.ie/", languages="en"),
    Row("IE", POLICE, "An Garda Síochána", "https://www.garda.ie/", languages="en"),
    Row("IE", HELPLINE, "Childline", "https://www.childline.ie/", "1800 66 66 66", "en"),
    Row("IT", HOTLINE, "Stop-It", "https://stop-it.savethechildren.it/", languages="it"),
    Row("IT", HOTLINE, "Telefono Azzurro", "https://azzurro.it/", "19696", "it"),
    Row("IT", POLICE, "Commissariato di P.S. online", "https://www.commissariatodips.it/", languages="it"),
    Row("IT", HELPLINE, "114 Emergenza Infanzia", "https://www.114.it/", "114", "it"),
    Row("LV", HOTLINE, "Drossinternets.lv", "https://drossinternets.lv/", languages="lv"),
    Row("LV", HELPLINE, "Uzticības tālrunis", "", "116 111", "lv"),
    Row("LT", HOTLINE, "Švarus internetas", "https://www.svarusinternetas.lt/", languages="lt, en"),
    Row("LT", POLICE, "ePolicija", "https://www.epolicija.lt/", languages="lt"),
    Row("LT", HELPLINE, "Vaikų linija", "https://www.vaikulinija.lt/", "116 111", "lt"),
    Row("LU", HOTLINE, "BEE SECURE Stopline", "https://stopline.bee-secure.lu/", languages="fr, de, en"),
    Row("LU", POLICE, "Police Grand-Ducale", "https://police.public.lu/", "113", "fr, de"),
    Row("LU", HELPLINE, "Kanner-Jugendtelefon", "https://www.kjt.lu/", "116 111", "fr, de"),
    Row("MT", HOTLINE, "Child Web Alert", "https://www.childwebalert.gov.mt/", languages="mt, en"),
    Row("MT", HELPLINE, "Supportline 179", "", "179", "mt, en"),
    Row("NL", HOTLINE, "Meldpunt Kinderporno", "https://www.meldpunt-kinderporno.nl/", languages="nl, en"),
    Row("NL", POLICE, "Politie", "https://www.politie.nl/", "0900 8844", "nl"),
    Row("NL", HELPLINE, "De Kindertelefoon", "https://www.kindertelefoon.nl/", "0800 0432", "nl"),
    Row("PL", HOTLINE, "Dyżurnet.pl", "https://dyzurnet.pl/", languages="pl, en"),
    Row("PL", HELPLINE, "Telefon zaufania dla dzieci i młodzieży", "https://116111.pl/", "116 111", "pl"),
    Row("PT", HOTLINE, "Linha Internet Segura", "https://www.internetsegura.pt/", "800 21 90 90", "pt"),
    Row("PT", POLICE, "Polícia Judiciária", "https://www.policiajudiciaria.pt/", languages="pt"),
    Row("PT", HELPLINE, "SOS Criança", "", "116 111", "pt"),
    Row("RO", HOTLINE, "Ora de Net", "https://oradenet.ro/", languages="ro"),
    Row("RO", POLICE, "Poliția Română", "https://www.politiaromana.ro/", languages="ro"),
    Row("SK", HOTLINE, "Stopline.sk", "https://www.stopline.sk/", languages="sk"),
    Row("SK", HELPLINE, "Linka detskej istoty", "https://ldi.sk/", "116 111", "sk"),
    Row("SI", HOTLINE, "Spletno oko", "https://www.spletno-oko.si/", languages="sl, en"),
    Row("SI", HELPLINE, "TOM telefon", "https://www.e-tom.si/", "116 111", "sl"),
    Row("ES", HOTLINE, "INCIBE", "https://www.incibe.es/", "017", "es"),
    Row("ES", POLICE, "Policía Nacional", "https://www.policia.es/", "091", "es"),
    Row("ES", HELPLINE, "Fundación ANAR", "https://www.anar.org/", "116 111", "es"),
    Row("SE", HOTLINE, "ECPAT Sverige", "https://ecpat.se/", languages="sv"),
    Row("SE", POLICE, "Polisen", "https://polisen.se/", "114 14", "sv"),
    Row("SE", HELPLINE, "Bris", "https://www.bris.se/", "116 111", "sv"),
    Row("GB", HOTLINE, "Internet Watch Foundation", "https://report.iwf.org.uk/", languages="en"),
    Row("GB", POLICE, "CEOP", "https://www.ceop.police.uk/", languages="en"),
    Row("GB", HELPLINE, "Childline", "https://www.childline.org.uk/", "0800 1111", "en"),
    Row("NO", POLICE, "Kripos", "https://tips.kripos.no/", languages="no"),
    Row("NO", HELPLINE, "Alarmtelefonen for barn og unge", "https://www.116111.no/", "116 111", "no"),
    Row("IS", HOTLINE, "Barnaheill", "https://www.barnaheill.is/", languages="is"),
    Row("IS", HELPLINE, "Hjálparsími Rauða krossins", "https://1717.is/", "1717", "is"),
    Row("CH", HOTLINE, "Clickandstop", "https://www.clickandstop.ch/", languages="de, fr, it"),
    Row("CH", HELPLINE, "147 Pro Juventute", "https://www.147.ch/", "147", "de, fr, it"),
    Row("UA", HOTLINE, "StopCrime", "https://stopcrime.ua/", languages="uk"),
    Row("UA", POLICE, "Кіберполіція", "https://cyberpolice.gov.ua/", languages="uk"),
    Row(
        "",
        EVERYWHERE,
        "INHOPE",
        "https://www.inhope.org/",
        languages="en",
        notes={
            "en": "The network of hotlines leads to the one of your country.",
            "fr": "Le réseau des points de signalement mène à celui de votre pays.",
            "de": "Das Netz der Meldestellen führt zu derjenigen Ihres Landes.",
        },
    ),
    Row(
        "",
        EVERYWHERE,
        "Europol",
        "https://www.europol.europa.eu/report-a-crime/report-cybercrime-online",
        languages="en",
        notes={
            "en": "Lists how each country’s police takes reports.",
            "fr": "Recense les moyens de signalement à la police de chaque pays.",
            "de": "Nennt die Wege, auf denen die Polizei jedes Landes Meldungen annimmt.",
        },
    ),
    Row(
        "",
        EVERYWHERE,
        "Child Helpline International",
        "https://childhelplineinternational.org/",
        languages="en",
        notes={
            "en": "Helplines for children and young people around the world.",
            "fr": "Lignes d’écoute pour les enfants et les jeunes dans le monde entier.",
            "de": "Beratungstelefone für Kinder und Jugendliche in aller Welt.",
        },
    ),
)
