"""Sentences, rows, log lines and mails that a value may stand in. `{}` is its place."""

from __future__ import annotations

NARRATIVE = {
    "account": (
        "On 3 March the customer sent 120.00 EUR to {} and gave “birthday” as the reason.",
        "The account {} was opened in April and closed eight weeks later.",
        "We froze {} on 14/09/2026, after the fourth complaint.",
        "Between 01:10 and 04:40 eleven people paid into {}.",
        "His own account ({}) shows no salary since 2024.",
        "Auf das Konto {} gingen 14 Zahlungen zu je 35,00 EUR ein.",
        "Empfänger war {}; Verwendungszweck: „Danke“.",
        "Die Bank hat {} am 12.05.2026 gesperrt, z. B. wegen § 46 GwG.",
        "Le client a viré 1 250,50 EUR vers {} le 7 octobre.",
        "Le compte {} a reçu p. ex. quarante virements en une nuit.",
        "Bénéficiaire : {}, motif : « cadeau ».",
    ),
    "wallet": (
        "He was told to send it to {} within the hour.",
        "0.015 were paid to {}, then moved on in 3 steps.",
        "The address {} appears in two earlier reports (no. 17 and 18).",
        "Wallet: {} (exchange unknown)",
        "Die Adresse {} stammt aus einem Chat vom 3.4.2026.",
        "Gezahlt wurde an {}, ca. 0,4 Einheiten.",
        "Les fonds sont partis vers {}, puis vers un mélangeur.",
        "Adresse : {}.",
    ),
    "card": (
        "The card {} was used at 03:12, 03:14 and 03:20.",
        "She paid with {}, expiry 12/27, at three shops.",
        "Mit der Karte {} wurden 19,99 EUR bezahlt.",
        "La carte {} a servi à 14 achats de 9,90 EUR.",
    ),
    "contact": (
        "He wrote from {} and asked for vouchers.",
        "Contact given in the reference: {}.",
        "See {} for the page that took the payments.",
        "The page {} was still up on 2026-11-02.",
        "Customers name {} again and again; we have nothing else.",
        "Kontakt war {}, mehr wissen wir nicht.",
        "Im Betreff stand {} (ohne weitere Angaben).",
        "L’adresse {} figure dans douze libellés.",
        "Il a répondu depuis {} ; puis plus rien.",
    ),
}
ROWS = (
    "17;2026-09-03;{};35,00;EUR;Danke",
    '2026-09-03,{},-120.50,EUR,"gift, thanks"',
    '"88","{}","20260903","1.250,00"',
    "TX0004711\t{}\t2026-11-05T03:12:44Z\t9.99\tGBP",
    "| 12.05.2026 | {} | 19,99 | EUR |",
    "ref=20260914-000077 counterparty={} amount=35.00",
)
LOGS = (
    "2026-11-05T03:12:44.123Z INFO pay-gw-3 [req 8f3a] beneficiary {} accepted in 17 ms",
    "Nov  5 03:12:44 host7 app[4711]: user 88 entered {} (attempt 2 of 3)",
    'level=info ts=1762312364 msg="checked" value="{}" status=200 size=5316',
    '[05/Nov/2026:03:12:44 +0100] "POST /v1.2/transfer" 201 to={} ua="App/4.10.2"',
)
MAILS = (
    "Hello,\n\nplease send it to {}\nas we agreed.\n\nBest\n-- \nJ.",
    "> wrote:\n> send the rest to {} today\n> or it is off\n",
    "Sehr geehrte Damen und Herren,\n\ndie Zahlung ging an {}.\n\nMit freundlichen Grüßen\nA. B., Abt. 3.1",
    "Bonjour,\n\nvoici l’adresse : {}\n\nCordialement,\nC. D.",
)
KIND = {
    "iban": "account",
    "card": "card",
    "masked_card": "card",
    "email": "contact",
    "domain": "contact",
    "url": "contact",
    "phone": "contact",
    "onion": "contact",
    "ip": "contact",
    "lei": "contact",
    "mac": "contact",
    "uuid": "contact",
    "bic": "contact",
    "username": "contact",
    "money_transfer": "contact",
    "payment_handle": "contact",
    "transaction": "contact",
    "clabe": "account",
    "sort_code": "account",
    "imei": "contact",
}  # fmt: skip  (all others are wallets)
