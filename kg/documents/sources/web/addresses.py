"""Which addresses may be asked: web pages of the public network, and hosts that were allowed.

A feed or a redirect may point to a server of the network that the build runs in (server-side
request forgery). A host's addresses are therefore looked up here, checked, and asked as they
were checked, so that a second look-up cannot give another answer.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Collection
from urllib.parse import urlsplit

from kg.errors import DocumentError

_SCHEMES = {"http": 80, "https": 443}


def checked(url: str, allowed_hosts: Collection[str]) -> str:
    """Return the network address at which the server of a URL may be asked.

    Parameters
    ----------
    url : str
        An absolute URL.
    allowed_hosts : collection of str
        Hosts, or ``host:port``, that may be asked whatever their addresses are.

    Raises
    ------
    DocumentError
        If the scheme is not http or https, the host is not known, or one of its addresses is
        not of the public network.
    """
    host, port = split(url)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise DocumentError(
            f"the server {host} is not known",
            where=url,
            remedy="check the address and the connection",
        ) from None
    numbers = [str(info[4][0]) for info in found]
    if host not in allowed_hosts and f"{host}:{port}" not in allowed_hosts:
        for number in numbers:
            if not _is_public(number):
                raise DocumentError(
                    f"the server {host} is not in the public network",
                    where=url,
                    remedy=f"if it is meant to be read, allow it with --allow-host {host}",
                )
    return numbers[0]


def split(url: str) -> tuple[str, int]:
    """Return host and port of a URL; raises `DocumentError` if it is no address of a page."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
        parts = urlsplit("")
    if parts.scheme not in _SCHEMES or not host or parts.username is not None:
        raise DocumentError(
            "it is no address of a page", where=url, remedy="give an address with http or https"
        )
    return host, port or _SCHEMES[parts.scheme]


def _is_public(number: str) -> bool:
    address = ipaddress.ip_address(number.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if inner is not None:
            return inner.is_global and not inner.is_multicast
        if address in _TRANSLATED:
            return _is_public(str(ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)))
    return address.is_global and not address.is_multicast


_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")  # IPv4 as NAT64 spells it
