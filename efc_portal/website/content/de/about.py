"""Who the coalition is."""

from __future__ import annotations

from efc_portal.website.content.piece import Facts, Piece, html
from efc_portal.website.models import HomePage, StandardPage


def pieces(facts: Facts) -> list[Piece]:
    return [
        Piece(
            "about",
            HomePage,
            StandardPage(
                title="Die Koalition",
                slug="about",
                show_in_menus=True,
                search_description="Ziele, Arbeitsweise, Aufbau und Geschichte der Europäischen Finanzkoalition.",
                introduction=(
                    "Ein freiwilliges Bündnis derer, die das Geld sehen können, mit denen, die handeln können, gegen "
                    "die kommerzielle sexuelle Ausbeutung von Kindern im Internet."
                ),
                body=[
                    ("text", html(AIMS)),
                    ("text", html(WORK)),
                    ("call_out", {"heading": "Was die Koalition nicht ist", "text": html(NOT)}),
                    ("text", html(GOVERNANCE)),
                    ("text", "<h2>Geschichte</h2>"),
                    ("timeline", {"moments": [{"when": w, "title": t, "text": x} for w, t, x in HISTORY]}),
                    ("text", html(SISTERS)),
                ],
            ),
        ),
    ]


AIMS = """
<h2>Ziele</h2>
<p>Wer an der sexuellen Ausbeutung von Kindern verdient, braucht einen Weg, bezahlt zu werden. Die Koalition besteht,
damit von diesen Wegen so wenige wie möglich bleiben.</p>
<ul>
<li><b>Missbrauch erschweren.</b> Die Partner betrachten Finanz- und Technikprodukte mit einer einzigen Frage: Wie ließe
sich damit die Ausbeutung eines Kindes bezahlen, und wie lässt sich das verhindern, ohne denen zu schaden, die das
Produkt redlich nutzen?</li>
<li><b>Gemeinsam handeln.</b> Finanzdienstleister, Technologieunternehmen und Strafverfolgungsbehörden verfolgen dasselbe
Geld von drei Seiten, jede im Rahmen des für sie geltenden Rechts.</li>
<li><b>Eine Sprache sprechen.</b> Was die Partner melden, folgt einer einheitlichen Vorlage zur Datenerhebung, damit
Teile aus verschiedenen Händen zueinanderpassen.</li>
<li><b>Wissen, was sich ändert.</b> Die Koalition wertet aus, wie sich die Zahlungen verlagern, und veröffentlicht, was
sie dabei lernt.</li>
</ul>
"""

WORK = """
<h2>Arbeitsweise</h2>
<p>Stößt ein Partner auf eine verdächtige Zahlung, einen Händler, eine Wallet oder ein Konto, übermittelt er über dieses
Portal, was er weitergeben darf. Das Sekretariat prüft es, verbindet es mit dem, was andere gesandt haben, und
entscheidet nach dem Vier-Augen-Prinzip, ob es an die zuständige Strafverfolgungsbehörde geht. Die Behörde antwortet,
und die Antwort gelangt zurück, soweit sie es darf.</p>
<p>Jedes Teil trägt Vermerke, die sagen, wer es sehen und was damit geschehen darf. Sie begleiten es auf dem ganzen
Weg.</p>
"""

NOT = """
<p>Sie ist keine Meldestelle: <a href="/where-to-report/">Die Öffentlichkeit meldet anderswo (auf Englisch)</a>. Sie
ersetzt weder die Verdachtsmeldung einer Bank an die zentrale Meldestelle ihres Landes (FIU) noch die Pflicht einer
Plattform, die Behörden sofort zu unterrichten, wenn ein Leben in Gefahr ist. Und sie verwahrt keine Bilder oder Videos:
Das Portal nimmt ausschließlich finanzielle und technische Angaben an und weist alles andere zurück.</p>
"""

GOVERNANCE = """
<h2>Aufbau</h2>
<p>Ein <b>Lenkungsausschuss</b> aus Strafverfolgung, Zivilgesellschaft, Zahlungsdiensten und Technologieunternehmen legt
die Schwerpunkte fest. Der <b>Vorsitz</b> vertritt die Koalition. Das <b>Sekretariat</b> leistet die tägliche Arbeit: Es
nimmt Meldungen entgegen, bereitet Übermittlungen vor, betreut die Mitglieder und pflegt diese Website.</p>
<p>Niemand in der Koalition gibt eine Übermittlung frei, die er selbst entworfen hat, und jeder Blick in vertrauliche
Daten wird aufgezeichnet.</p>
"""

HISTORY = (
    (
        "2006",
        "Eine erste Koalition in den Vereinigten Staaten",
        "Finanz- und Technologieunternehmen schließen sich mit Kinderschutzorganisationen zusammen; die Idee kommt über "
        "den Ozean.",
    ),
    (
        "März 2009",
        "Gründung der Europäischen Finanzkoalition",
        "Banken, Zahlungsdienstleister, Strafverfolgungsbehörden und Zivilgesellschaft vereinbaren, den Zahlungen "
        "gemeinsam nachzugehen.",
    ),
    (
        "November 2012",
        "Neubeginn als europäisches Projekt",
        "Sechsunddreißig Monate mit Mitteln der Europäischen Union, unter dem Vorsitz des Europäischen Zentrums zur "
        "Bekämpfung der Cyberkriminalität bei Europol, mit einem Sekretariat bei Missing Children Europe.",
    ),
    (
        "Oktober 2013",
        "Erste strategische Bewertung",
        "Wie Kinder im Internet zu kommerziellen Zwecken ausgebeutet werden und welche Zahlungswege dazu dienen.",
    ),
    (
        "2015",
        "Die Bewertung wird fortgeschrieben",
        "Die Zahlungen beginnen, die herkömmlichen Wege zu verlassen; Live-Übertragungen und virtuelle Währungen "
        "gewinnen an Gewicht.",
    ),
    (
        "Seither",
        "Eine freiwillige Plattform",
        "Die Mitglieder tragen die Koalition mit Sachbeiträgen.",
    ),
)

SISTERS = """
<h2>Schwesterkoalitionen</h2>
<p>Geld überschreitet Grenzen mühelos. Deshalb hält die Koalition engen Kontakt zu ihren Schwestern: zur Financial
Coalition Against Child Sexual Exploitation (FCACSE) in den Vereinigten Staaten, tätig seit 2006, und zur Koalition für
Asien und den Pazifik (APAC), gegründet 2009.</p>
"""
