"""What a sign-in came from, in words its owner knows again: a browser, a system, part of an address."""

import re
from ipaddress import ip_address, ip_network

from flask import request

from marketplace.kernel.sign_ins import Arrival

BROWSERS = (
    ("MicroMessenger", "微信 WeChat"), ("DingTalk", "钉钉 DingTalk"), ("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"),
    ("HuaweiBrowser", "Huawei"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("OpenHarmony", "HarmonyOS"), ("HarmonyOS", "HarmonyOS"), ("Android", "Android"),
    ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux"),
)  # fmt: skip
"""The first that fits: many call themselves what they are not, too."""
KEPT_BITS = {4: 24, 6: 48}


def device_of(agent: str) -> str:
    """Empty for what names neither."""
    found = (next((name for mark, name in names if mark in agent), "") for names in (BROWSERS, SYSTEMS))
    return " · ".join(one for one in found if one)


def shortened(address: str) -> str:
    """The network, not the house: 192.0.2.*"""
    try:
        whole = ip_address(address)
    except ValueError:
        return ""
    network = ip_network(f"{whole}/{KEPT_BITS[whole.version]}", strict=False).network_address
    return re.sub(r"\.0$", ".*", str(network)) if whole.version == 4 else f"{str(network).rstrip(':')}::*"


def arrival() -> Arrival:
    """Of this request."""
    return Arrival(device_of(str(request.user_agent)[:500]), shortened(request.remote_addr or ""))
