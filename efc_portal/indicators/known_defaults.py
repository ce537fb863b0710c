"""The known values every portal begins with, and the lists they stand on.

Values that everybody shares, so that seeing one twice means nothing: all are public knowledge, and all *inform*.
Officers add their coalition's own. What is reserved says where: RFC 2606 (names), the SWIFT IBAN registry, BIP-173,
BIP-350 and EIP-55 (examples of the standards), and the test numbers that payment processors publish.
"""

from __future__ import annotations

from typing import NamedTuple

from django.utils.translation import gettext_noop


class NamedList(NamedTuple):
    """A list that every portal has. Of a discreet one, the reasons of its entries are for officers alone."""

    name: str
    purpose: str
    discreet: bool = False


LISTS: dict[str, NamedList] = {
    "mail": NamedList(
        gettext_noop("Public mail providers"),
        gettext_noop("Domains under which everybody can have an address."),
    ),
    "hosting": NamedList(
        gettext_noop("Hosting providers"),
        gettext_noop("Hosting, storage, publishing and content delivery that is open to everybody."),
    ),
    "social": NamedList(
        gettext_noop("Social networks and messengers"),
        gettext_noop("Their own domains, not the profiles under them."),
    ),
    "shortener": NamedList(
        gettext_noop("Link shorteners"),
        gettext_noop("Domains under which a link hides another one."),
    ),
    "payment": NamedList(
        gettext_noop("Payment services"),
        gettext_noop("Domains of payment services and exchanges that are open to everybody."),
    ),
    "reserved": NamedList(
        gettext_noop("Documentation names and IP ranges"),
        gettext_noop("What standards reserve for documentation and private use, so that nobody can own it."),
    ),
    "published": NamedList(
        gettext_noop("Published examples and test numbers"),
        gettext_noop("Values printed in standards and manuals, which people copy into forms."),
    ),
    "burn": NamedList(
        gettext_noop("Wallets without an owner"),
        gettext_noop("Addresses where coins are destroyed, or that strangers send small amounts to."),
    ),
    "own_accounts": NamedList(
        gettext_noop("Own payment institutions’ accounts"),
        gettext_noop("Accounts and cards that belong to a payment institution itself, not to a customer."),
        discreet=True,
    ),
    "own_merchants": NamedList(
        gettext_noop("Coalition members’ own merchants"),
        gettext_noop("Merchants, terminals and descriptors under which members themselves are paid."),
        discreet=True,
    ),
    "own_other": NamedList(
        gettext_noop("Coalition members’ own addresses"),
        gettext_noop("Domains, mail addresses, telephone numbers and the like of members themselves."),
        discreet=True,
    ),
    "other": NamedList(
        gettext_noop("Other known values"),
        gettext_noop("What stands on no other list."),
    ),
}
OTHER = "other"

REASONS = {
    "mail": gettext_noop("Public mail provider: the domain says nothing about who writes."),
    "hosting": gettext_noop(
        "Public hosting, storage or publishing service: only the page or account under it says something."
    ),
    "social": gettext_noop("Social network or messenger: only the profile or page under it says something."),
    "shortener": gettext_noop("Link shortener: only the whole link says something."),
    "payment": gettext_noop("Payment service or exchange open to everybody: only the account with it says something."),
}
RESERVED = gettext_noop("Reserved for documentation (RFC 2606): nobody can own it.")
TEST_CARD = gettext_noop("Test card number published by payment processors: no such card was ever issued.")
EXAMPLE_IBAN = gettext_noop("Example of the IBAN registry: it stands in manuals and forms, and is no customer’s.")
EXAMPLE_WALLET = gettext_noop("Example address of a published standard: it stands in manuals and test programs.")
BURN = gettext_noop("Address without an owner, where tokens are destroyed.")
FIRST = gettext_noop("The address of Bitcoin’s first block, which strangers send small amounts to.")


class Default(NamedTuple):
    """A value that every portal begins with; one that covers what is below stands for everything under a domain."""

    known_list: str
    type: str
    canonical: str
    reason: str
    covers_below: bool = False


_DOMAINS: dict[str, str] = {
    "mail": """
        gmail.com googlemail.com outlook.com hotmail.com hotmail.co.uk hotmail.fr live.com msn.com yahoo.com
        yahoo.co.uk yahoo.fr yahoo.de yahoo.it yahoo.es ymail.com icloud.com me.com mac.com aol.com gmx.de
        gmx.net gmx.at gmx.ch gmx.com web.de t-online.de freenet.de mail.ru bk.ru inbox.ru list.ru yandex.ru
        yandex.com rambler.ru proton.me protonmail.com pm.me tutanota.com tuta.com tuta.io posteo.de mailbox.org
        zoho.com mail.com orange.fr wanadoo.fr free.fr laposte.net sfr.fr libero.it virgilio.it tin.it alice.it
        wp.pl o2.pl onet.pl interia.pl seznam.cz centrum.cz azet.sk abv.bg ukr.net qq.com 163.com 126.com
        sina.com naver.com daum.net ziggo.nl kpnmail.nl telenet.be skynet.be bluewin.ch
        hotmail.it hotmail.es hotmail.de outlook.fr outlook.de outlook.es live.fr live.nl live.co.uk yahoo.com.br
        yahoo.co.jp yahoo.co.in yahoo.pl rocketmail.com btinternet.com sky.com virginmedia.com ntlworld.com
        eircom.net home.nl planet.nl xs4all.nl hetnet.nl casema.nl scarlet.be proximus.be hispeed.ch arcor.de
        freemail.hu citromail.hu post.cz email.cz volny.cz zoznam.sk inbox.lv inbox.lt inbox.eu mail.ee online.no
        telia.com bredband.net telenor.dk mail.dk luukku.com kolumbus.fi sapo.pt terra.es telefonica.net tiscali.it
        aliceadsl.fr neuf.fr bbox.fr numericable.fr comcast.net verizon.net att.net sbcglobal.net cox.net
        charter.net bellsouth.net rogers.com bigpond.com rediffmail.com foxmail.com yeah.net hanmail.net uol.com.br
        bol.com.br terra.com.br hey.com fastmail.com fastmail.fm hushmail.com runbox.com startmail.com disroot.org
        riseup.net cock.li mailfence.com yopmail.com mailinator.com guerrillamail.com
    """,
    "hosting": """
        github.io gitlab.io pages.dev workers.dev netlify.app vercel.app herokuapp.com web.app firebaseapp.com
        appspot.com blogspot.com wordpress.com wixsite.com weebly.com squarespace.com myshopify.com shopify.com
        tumblr.com medium.com sites.google.com docs.google.com drive.google.com dropbox.com onedrive.live.com
        1drv.ms mega.nz mediafire.com wetransfer.com pastebin.com archive.org amazonaws.com s3.amazonaws.com
        cloudfront.net azurewebsites.net blob.core.windows.net google.com amazon.com
        azureedge.net azurefd.net googleusercontent.com storage.googleapis.com fastly.net akamaihd.net akamaized.net
        edgekey.net r2.dev backblazeb2.com digitaloceanspaces.com ondigitalocean.app fly.dev onrender.com surge.sh
        glitch.me repl.co replit.app 000webhostapp.com b-cdn.net jsdelivr.net github.com gitlab.com bitbucket.org
        raw.githubusercontent.com notion.site carrd.co webflow.io framer.app jimdosite.com strikingly.com ucoz.ru
        livejournal.com telegra.ph rentry.co ghostbin.com justpaste.it imgur.com ibb.co imgbb.com postimg.cc gofile.io
        anonfiles.com mega.io we.tl sendspace.com 4shared.com zippyshare.com rapidgator.net pcloud.com box.com
        sharepoint.com icloud-content.com
    """,
    "social": """
        facebook.com fb.com fb.me messenger.com instagram.com x.com twitter.com t.co tiktok.com snapchat.com
        youtube.com youtu.be reddit.com discord.com discord.gg discordapp.com telegram.org telegram.me t.me
        whatsapp.com wa.me signal.org vk.com ok.ru linkedin.com pinterest.com twitch.tv onlyfans.com linktr.ee
        skype.com
    """,
    "shortener": """
        bit.ly tinyurl.com goo.gl ow.ly is.gd v.gd cutt.ly rb.gy rebrand.ly buff.ly shorturl.at t.ly bl.ink tiny.cc s.id
    """,
    "payment": """
        paypal.com paypal.me venmo.com cash.app wise.com revolut.com revolut.me skrill.com neteller.com
        stripe.com buy.stripe.com westernunion.com moneygram.com paysafecard.com coinbase.com binance.com
        kraken.com patreon.com ko-fi.com
    """,
}
_RESERVED = ("example", "example.com", "example.net", "example.org")
_TEST_CARDS = """
    411111******1111 424242******4242 401288******1881 400005******5556 400000******0002 400000******9995
    400000******3155 400000******3220 400000******3063 400000******0069 400000******0127 400000******9979
    422222******2222 555555******4444 520082******8210 222300******3222 510510******5100 543111******1111
    378282******0005 371449******8431 378734******1000 601111******1117 601100******9424
    305693******0004 305693******5904 385200******3237 362272******1667 356600******0505 353011******0000
    620000******0005 620550******0004 655590******4105
"""
_EXAMPLE_IBANS = """
    AL47212110090000000235698741 AD1200012030200359100100 AT611904300234573201 AZ21NABZ00000000137010001944
    BH67BMAG00001299123456 BE68539007547034 BA391290079401028494 BR9700360305000010009795493P1
    BR1800000000141455123924100C2 BG80BNBG96611020345678 CR05015202001026284066 HR1210010051863000160
    CY17002001280000001200527600 CZ6508000000192000145399 CZ9455000000001011038930 DK5000400440116243
    FO6264600001631634 GL8964710001000206 DO28BAGR00000001212453611324 EE382200221020145685 FI2112345600000785
    FR1420041010050500013M02606 GE29NB0000000101904917 DE89370400440532013000 GI75NWBK000000007099453
    GR1601101250000000012300695 GT82TRAJ01020000001210029690 HU42117730161111101800000000
    IS140159260076545510730339 IE29AIBK93115212345678 IL620108000000099999999 IT60X0542811101000000123456
    JO94CBJO0010000000000131000302 KZ86125KZT5004100100 XK051212012345678906 KW81CBKU0000000000001234560101
    LV80BANK0000435195001 LB62099900000001001901229114 LI21088100002324013AA LT121000011101001000
    LU280019400644750000 MK07250120000058984 MT84MALT011000012345MTLCAST001S MR1300020001010000123456753
    MU17BOMM0101101030300200000MUR MD24AG000225100013104168 MC5811222000010123456789030 ME25505000012345678951
    NL91ABNA0417164300 NO9386011117947 PK36SCBL0000001123456702 PS92PALS000000000400123456702
    PL61109010140000071219812874 PT50000201231234567890154 QA58DOHB00001234567890ABCDEFG
    RO49AAAA1B31007593840000 LC55HEMM000100010012001200023015 SM86U0322509800000000270100
    ST68000100010051845310112 SA0380000000608010167519 RS35260005601001611379 SN08SN0100152000048500003035
    SC18SSCB11010000000000001497USD SK3112000000198742637541 SI56191000000123438 ES9121000418450200051332
    SE4550000000058398257466 CH9300762011623852957 TL380080012345678910157 TN5910006035183598478831
    TR330006100519786457841326 UA213996220000026007233566001 AE070331234567890123456 GB29NWBK60161331926819
    VG96VPVG0000012345678901 BY13NBRB3600900000002Z00AB00 SV62CENR00000000000000700025 IQ98NBIQ850123456789012
"""
_EXAMPLE_WALLETS = (
    ("wallet_btc", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"),  # BIP-173
    ("wallet_btc", "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0"),  # BIP-350
    ("wallet_eth", "0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"),  # EIP-55, as the next three
    ("wallet_eth", "0xfb6916095ca1df60bb79ce92ce3ea74c37c5d359"),
    ("wallet_eth", "0xdbf03b407c01e7cd3cbea99509d93f8dddc8c6fb"),
    ("wallet_eth", "0xd1220a0cf47c7b9be7a2e6ba89f429762e7b9adb"),
)
_BURNT = (
    ("wallet_eth", "0x0000000000000000000000000000000000000000"),
    ("wallet_eth", "0x000000000000000000000000000000000000dead"),
    ("wallet_eth", "0xdead000000000000000042069420694206942069"),
    ("wallet_btc", "1BitcoinEaterAddressDontSendf59kuE"),
    ("wallet_btc", "1CounterpartyXXXXXXXXXXXXXXXUWLpVr"),
    ("wallet_btc", "1111111111111111111114oLvT2"),
    ("wallet_tron", "T9yD14Nj9j7xAB4dbGeiX9h8unkKHxuWwb"),
)

DEFAULTS: tuple[Default, ...] = (
    *(Default(code, "domain", name, REASONS[code]) for code, names in _DOMAINS.items() for name in names.split()),
    *(Default("reserved", "domain", name, RESERVED, covers_below=True) for name in _RESERVED),
    *(Default("published", "payment_card", card, TEST_CARD) for card in _TEST_CARDS.split()),
    *(Default("published", "iban", iban, EXAMPLE_IBAN) for iban in _EXAMPLE_IBANS.split()),
    *(Default("published", kind, address, EXAMPLE_WALLET) for kind, address in _EXAMPLE_WALLETS),
    *(Default("burn", kind, address, BURN) for kind, address in _BURNT),
    Default("burn", "wallet_btc", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", FIRST),
)
