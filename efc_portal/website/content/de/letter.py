"""The chair's welcome letter."""

from __future__ import annotations

from datetime import date

from efc_portal.website.content.piece import Facts, Piece, html
from efc_portal.website.models import ChairLetterPage, HomePage


def pieces(facts: Facts) -> list[Piece]:
    return [
        Piece(
            "letter",
            HomePage,
            ChairLetterPage(
                title="Ein Brief des Vorsitzes",
                slug="chairs-letter",
                search_description=(
                    "Der Vorsitz der Koalition darüber, warum man dem Geld folgen muss und warum diese Verfolgung "
                    "niemals endet."
                ),
                date=date(2026, 11, 2),
                opening=(
                    "Hinter jeder Zahlung für die sexuelle Ausbeutung eines Kindes steht ein Kind. "
                    "Dort beginnt diese Koalition, und deshalb folgen wir dem Geld."
                ),
                body=html(BODY),
                signed_by=facts.chair,
                signed_as="Vorsitz der Europäischen Finanzkoalition",
            ),
        )
    ]


BODY = """
<p>Liebe Leserin, lieber Leser,</p>

<p>hinter jeder Zahlung für die sexuelle Ausbeutung eines Kindes steht ein Kind. Dort beginnt diese Koalition, und
deshalb folgen wir dem Geld. Wer Missbrauch verkauft, will bezahlt werden, und jede Zahlung hinterlässt bei jemandem eine
Spur: Eine Bank sieht ein Konto, ein Zahlungsdienstleister einen Händler, eine Plattform einen Nutzer, ein Ermittler
einen Namen. Keiner von ihnen sieht allein genug.</p>

<p>Die Koalition bringt sie an einen Tisch. Finanzdienstleister, Technologieunternehmen, Zivilgesellschaft und
Strafverfolgungsbehörden legen nebeneinander, was jeder rechtmäßig weitergeben darf, bis die Teile etwas zeigen, woraufhin
eine Behörde handeln kann. Was daraus wird, erfahren diejenigen, von denen das erste Teil kam.</p>

<p>Seit den Anfängen hat sich vieles verändert. Als die Koalition 2009 gegründet wurde, bezahlte man Missbrauch wie alles
andere, mit Überweisung und Kreditkarte. Händler für Händler, Konto für Konto haben die Partner diese Wege geschlossen,
und das Geld hat die regulierten Bahnen fast vollständig verlassen. Aufgehört hat es nicht. Es ist in virtuelle Währungen
gewandert, in Guthabenkarten und anonyme Karten, dorthin, wo am wenigsten gefragt wird. Ich nenne das weder eine
Niederlage noch einen Sieg. Ein Zahlungsweg, der langsamer und riskanter ist, ist eine Last für die, die Kindern Leid
zufügen. Doch die Verfolgung endet niemals, weil auch das Geld niemals ruht, und jeder Weg, der sich schließt, zeigt uns,
wo der nächste zu suchen ist.</p>

<p>Die Teilnahme ist freiwillig, und sie ist ein Sachbeitrag. Niemand zahlt einen Beitrag, und niemand wird bezahlt. Die
Partner bringen ein, was mehr wert ist: den Nachmittag einer Analystin, ein Muster, das jemandem auffiel, ein Werkzeug,
einen Schulungstag, die Bereitschaft, zum Telefon zu greifen. Dafür erhalten sie Wissen: welche Muster wiederkehren,
welche Produkte missbraucht werden und wie sich das nächste so gestalten lässt, dass Missbrauch schwerer fällt.</p>

<p>Wenn Ihr Haus noch nicht dabei ist, sehen Sie nach, was Ihre Systeme bereits wissen, und schreiben Sie dann dem
Sekretariat. Und wenn Sie hierhergekommen sind, weil Sie im Internet etwas gesehen haben, wenden Sie sich bitte noch heute
an die Meldestelle Ihres Landes oder an die Polizei. Dort kann man sofort helfen, und Sie dürfen anonym bleiben.</p>

<p>Allen, die dieser Arbeit ihre Zeit schenken, zumeist ungesehen: Danke.</p>
"""
