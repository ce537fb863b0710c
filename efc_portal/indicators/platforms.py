"""Platforms on which people have user names: how each is called, what a name on it looks like, and what it folds.

Names that a platform treats as one have one canonical form, so that equal accounts are found: upper and lower case
nearly everywhere, dots on Facebook. Rules are those the platforms publish for new names, widened where older names are
shorter or longer. A platform that is not here takes any name, without regard to case.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Platform(NamedTuple):
    """One platform: our code, its name, the form of its users' names, other names and hosts of it."""

    code: str
    name: str
    form: re.Pattern[str]
    words: str | Promise  # what the form says, for people
    others: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    before: tuple[str, ...] = ()  # steps of a profile's address that stand before the name
    settle: Callable[[str], str] = str.lower


def _platform(
    code: str, name: str, form: str, words: str | Promise, *, others: str = "", hosts: str = "", before: str = "",
    settle: Callable[[str], str] = str.lower,
) -> Platform:  # fmt: skip
    pattern = re.compile(form, re.IGNORECASE | re.ASCII)
    return Platform(code, name, pattern, words, tuple(others.split(",")) if others else (), tuple(hosts.split()),
                    tuple(before.split()), settle)  # fmt: skip


def _without_dots(name: str) -> str:
    return name.lower().replace(".", "")


def _as_written(name: str) -> str:
    return name


def _youtube(name: str) -> str:
    """A handle folds case; the id of a channel, UC and 22 characters, does not."""
    return name if re.fullmatch(r"UC[\w-]{22}", name) else name.lower()


_LETTERS = _("letters, digits and _")
_DOTS = _("letters, digits, dots and _")
_DASHES = _("letters, digits, _ and -")
_ALL = _("letters, digits, dots, _ and -")

PLATFORMS: dict[str, Platform] = {
    one.code: one
    for one in (
        _platform("telegram", "Telegram", r"[a-z][a-z0-9_]{3,31}|[0-9]{5,15}", _LETTERS, others="tg",
                  hosts="t.me telegram.me telegram.dog"),
        _platform("instagram", "Instagram", r"[a-z0-9._]{1,30}", _DOTS, others="ig,insta", hosts="instagram.com"),
        _platform("facebook", "Facebook", r"[a-z0-9.]{2,60}", _("letters, digits and dots"), others="fb",
                  hosts="facebook.com fb.com m.facebook.com", settle=_without_dots),
        _platform("x", "X", r"[a-z0-9_]{1,20}", _LETTERS, others="twitter",
                  hosts="x.com twitter.com mobile.twitter.com"),
        _platform("tiktok", "TikTok", r"[a-z0-9._]{2,24}", _DOTS, others="tik tok", hosts="tiktok.com"),
        _platform("snapchat", "Snapchat", r"[a-z][a-z0-9._-]{2,14}", _ALL, others="snap", hosts="snapchat.com",
                  before="add"),
        _platform("youtube", "YouTube", r"[a-z0-9._-]{3,60}", _ALL, others="yt", hosts="youtube.com m.youtube.com",
                  before="channel c user", settle=_youtube),
        _platform("discord", "Discord", r"""[a-z0-9._]{2,32}|[ -"$-9;-?A-~]{2,32}#[0-9]{4}|[0-9]{17,20}""", _DOTS,
                  hosts="discord.com", before="users"),
        _platform("reddit", "Reddit", r"[a-z0-9_-]{3,20}", _DASHES, hosts="reddit.com old.reddit.com", before="user u"),
        _platform("twitch", "Twitch", r"[a-z0-9_]{3,25}", _LETTERS, hosts="twitch.tv m.twitch.tv"),
        _platform("kik", "Kik", r"[a-z0-9._]{2,30}", _DOTS, hosts="kik.me"),
        _platform("skype", "Skype", r"(?:live:(?:\.cid\.)?)?[a-z0-9][a-z0-9.,_-]{2,60}", _ALL),
        _platform("vk", "VK", r"[a-z0-9._]{2,32}", _DOTS, others="vkontakte,v kontakte", hosts="vk.com m.vk.com vk.ru"),
        _platform("ok", "OK", r"[a-z0-9._-]{2,60}", _ALL, others="odnoklassniki", hosts="ok.ru", before="profile"),
        _platform("onlyfans", "OnlyFans", r"[a-z0-9._-]{2,50}", _ALL, hosts="onlyfans.com"),
        _platform("patreon", "Patreon", r"[a-z0-9_-]{1,64}", _DASHES, hosts="patreon.com", before="c"),
        _platform("pinterest", "Pinterest", r"[a-z0-9_]{3,30}", _LETTERS, hosts="pinterest.com"),
        _platform("linkedin", "LinkedIn", r"[a-z0-9_%-]{3,100}", _DASHES, hosts="linkedin.com", before="in"),
        _platform("github", "GitHub", r"[a-z0-9-]{1,39}", _("letters, digits and -"), hosts="github.com"),
        _platform("steam", "Steam", r"[a-z0-9_-]{2,32}", _DASHES, hosts="steamcommunity.com", before="id profiles"),
        _platform("roblox", "Roblox", r"[a-z0-9_]{3,20}", _LETTERS),
        _platform("threads", "Threads", r"[a-z0-9._]{1,30}", _DOTS, hosts="threads.net threads.com"),
        _platform("bluesky", "Bluesky", r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", _("a name with dots, such as name.bsky.social"),
                  others="bsky", hosts="bsky.app", before="profile"),
        _platform("mastodon", "Mastodon", r"[a-z0-9_.-]{1,60}@[a-z0-9-]+(?:\.[a-z0-9-]+)+",
                  _("a name and a server, as in name@server.example"), others="fediverse"),
        _platform("matrix", "Matrix", r"[a-z0-9._=/+-]{1,200}:[a-z0-9-]+(?:\.[a-z0-9-]+)+(?::[0-9]{1,5})?",
                  _("a name and a server, as in name:server.example"), others="element"),
        _platform("wickr", "Wickr", r"[a-z0-9._-]{1,60}", _ALL),
        _platform("threema", "Threema", r"[*a-z0-9][a-z0-9]{7}", _("eight letters or digits"), hosts="threema.id",
                  settle=str.upper),
        _platform("session", "Session", r"05[0-9a-f]{64}", _("66 hexadecimal digits, the first two 05")),
        _platform("icq", "ICQ", r"[0-9]{5,10}", _("5 to 10 digits")),
        _platform("wechat", "WeChat", r"[a-z0-9_-]{5,40}", _DASHES, others="weixin"),
        _platform("qq", "QQ", r"[0-9]{5,12}", _("5 to 12 digits")),
        _platform("line", "LINE", r"[a-z0-9._-]{4,40}", _ALL),
        _platform("viber", "Viber", r"[a-z0-9._-]{2,60}", _ALL),
        _platform("whatsapp", "WhatsApp", r"[a-z0-9._]{3,35}", _DOTS, others="whats app"),
        _platform("signal", "Signal", r"[a-z_][a-z0-9_]{2,31}\.[0-9]{2,9}",
                  _("a name, a dot and digits, as in name.42")),
    )
}  # fmt: skip
BY_NAME: dict[str, Platform] = {
    name: one for one in PLATFORMS.values() for name in (one.code, one.name.lower(), *one.others)
}
# Names that are words as well: with one of these before it, a name is only recognised by its @.
WORDS_TOO = frozenset(
    {"x", "ok", "line", "signal", "session", "element", "matrix", "threads", "steam", "snap", "insta"}
)
BY_HOST: dict[str, Platform] = {host: one for one in PLATFORMS.values() for host in one.hosts}
# Messengers that know people by their phone numbers.
BY_PHONE = frozenset({"whatsapp", "signal", "viber", "telegram"})
