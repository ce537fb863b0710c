"""The known-good list every portal begins with: values that everybody shares, so that seeing one twice means nothing.

Only domains, addresses and numbers that are public knowledge; officers add their coalition's own. All *inform*.
"""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext_noop

from efc_portal.core.standards.ip_ranges import SPECIAL
from efc_portal.indicators.chains import CONTRACTS

MAIL = gettext_noop("Public mail provider: the domain says nothing about who writes.")
HOSTING = gettext_noop(
    "Public hosting, storage or publishing service: only the page or account under it says something."
)
SOCIAL = gettext_noop("Social network or messenger: only the profile or page under it says something.")
SHORTENER = gettext_noop("Link shortener: only the whole link says something.")
PAYMENT = gettext_noop("Payment service or exchange open to everybody: only the account with it says something.")
RESERVED = gettext_noop("Reserved for documentation (RFC 2606): nobody can own it.")
SPECIAL_ADDRESS = gettext_noop(
    "An address of a range with a purpose of its own (private, shared, documentation …): it belongs to nobody alone."
)
TOKEN = gettext_noop("The contract of a token: everybody who pays with it calls it. Give the wallet that was paid.")
TEST_CARD = gettext_noop("Test card number published by payment processors: no such card was ever issued.")
BURN = gettext_noop("Address without an owner, where tokens are destroyed.")
FIRST = gettext_noop("The address of Bitcoin’s first block, which strangers send small amounts to.")


class Default(NamedTuple):
    """A value on the default list; one that covers what is below stands for all under a domain or in a network."""

    type: str
    canonical: str
    reason: str
    covers_below: bool = False


_DOMAINS = {
    MAIL: """
        gmail.com googlemail.com outlook.com hotmail.com hotmail.co.uk hotmail.fr live.com msn.com yahoo.com
        yahoo.co.uk yahoo.fr yahoo.de yahoo.it yahoo.es ymail.com icloud.com me.com mac.com aol.com gmx.de
        gmx.net gmx.at gmx.ch gmx.com web.de t-online.de freenet.de mail.ru bk.ru inbox.ru list.ru yandex.ru
        yandex.com rambler.ru proton.me protonmail.com pm.me tutanota.com tuta.com tuta.io posteo.de mailbox.org
        zoho.com mail.com orange.fr wanadoo.fr free.fr laposte.net sfr.fr libero.it virgilio.it tin.it alice.it
        wp.pl o2.pl onet.pl interia.pl seznam.cz centrum.cz azet.sk abv.bg ukr.net qq.com 163.com 126.com
        sina.com naver.com daum.net ziggo.nl kpnmail.nl telenet.be skynet.be bluewin.ch
    """,
    HOSTING: """
        github.io gitlab.io pages.dev workers.dev netlify.app vercel.app herokuapp.com web.app firebaseapp.com
        appspot.com blogspot.com wordpress.com wixsite.com weebly.com squarespace.com myshopify.com shopify.com
        tumblr.com medium.com sites.google.com docs.google.com drive.google.com dropbox.com onedrive.live.com
        1drv.ms mega.nz mediafire.com wetransfer.com pastebin.com archive.org amazonaws.com s3.amazonaws.com
        cloudfront.net azurewebsites.net blob.core.windows.net google.com amazon.com
    """,
    SOCIAL: """
        facebook.com fb.com fb.me messenger.com instagram.com x.com twitter.com t.co tiktok.com snapchat.com
        youtube.com youtu.be reddit.com discord.com discord.gg discordapp.com telegram.org telegram.me t.me
        whatsapp.com wa.me signal.org vk.com ok.ru linkedin.com pinterest.com twitch.tv onlyfans.com linktr.ee
        skype.com
    """,
    SHORTENER: """
        bit.ly tinyurl.com goo.gl ow.ly is.gd cutt.ly rb.gy rebrand.ly buff.ly
    """,
    PAYMENT: """
        paypal.com paypal.me venmo.com cash.app wise.com revolut.com revolut.me skrill.com neteller.com
        stripe.com buy.stripe.com westernunion.com moneygram.com paysafecard.com coinbase.com binance.com
        kraken.com patreon.com ko-fi.com
    """,
}
_RESERVED = ("example", "example.com", "example.net", "example.org")
_TEST_CARDS = (
    "411111******1111 424242******4242 401288******1881 400005******5556 555555******4444 520082******8210"
    " 222300******3222 510510******5100 378282******0005 371449******8431 601111******1117 305693******1003"
    " 356600******0505 620000******0005"
)

DEFAULTS: tuple[Default, ...] = (
    *(Default("domain", name, reason) for reason, names in _DOMAINS.items() for name in names.split()),
    *(Default("domain", name, RESERVED, covers_below=True) for name in _RESERVED),
    *(Default("payment_card", card, TEST_CARD) for card in _TEST_CARDS.split()),
    Default("wallet_eth", "0x0000000000000000000000000000000000000000", BURN),
    Default("wallet_eth", "0x000000000000000000000000000000000000dead", BURN),
    *(
        Default(
            "wallet_tron" if chain == "tron" else "wallet_eth", contract if chain == "tron" else contract.lower(), TOKEN
        )
        for _symbol, chain, contract in CONTRACTS
    ),
    *(
        Default("ip", str(one.network[0] if one.network.num_addresses == 1 else one.network), SPECIAL_ADDRESS, True)
        for one in SPECIAL
    ),
    Default("wallet_btc", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", FIRST),
)
