//! Hosts that a public redirector has no business leading to.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Whether `host` (lower case, without a trailing dot) is on the person's own machine or network, or could be:
/// a name without a dot, and an address in a spelling that browsers accept but we do not read.
pub(super) fn is_private(host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return address
            .parse()
            .map_or(true, |address| is_private_address(IpAddr::V6(address)));
    }
    let last = host.rsplit('.').next().unwrap_or_default();
    // Browsers read `2130706433`, `0x7f.1` and `127.1` as addresses.
    let numeric = last.bytes().all(|byte| byte.is_ascii_digit()) || last.starts_with("0x");
    if numeric {
        return host
            .parse()
            .map_or(true, |address| is_private_address(IpAddr::V4(address)));
    }
    const LOCAL: &[&str] = &[
        "localhost",
        "local",
        "localdomain",
        "internal",
        "intranet",
        "lan",
        "home",
        "corp",
    ];
    !host.contains('.') || LOCAL.contains(&last) || host.ends_with(".home.arpa")
}

fn is_private_address(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_private_v4(address),
        IpAddr::V6(address) => is_private_v6(address),
    }
}

fn is_private_v4(address: Ipv4Addr) -> bool {
    let [first, second, ..] = address.octets();
    address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_broadcast()
        || address.is_multicast()
        || first == 0
        || (first == 100 && second & 0xC0 == 64) // shared by a provider's customers, RFC 6598
}

fn is_private_v6(address: Ipv6Addr) -> bool {
    let inner = address.to_ipv4_mapped().or_else(|| address.to_ipv4());
    inner.is_some_and(is_private_v4)
        || address.is_loopback()
        || address.is_unspecified()
        || address.is_unique_local()
        || address.is_unicast_link_local()
        || address.is_multicast()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn private_is_what_only_the_person_can_reach() {
        let private = [
            "localhost",
            "a.localhost",
            "router",
            "printer.local",
            "10.0.0.1",
            "127.1",
            "2130706433",
            "0x7f.0.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "0.0.0.0",
            "[::1]",
            "[fe80::1]",
            "[fd00::1]",
            "[::ffff:10.0.0.1]",
            "[::ffff:7f00:1]",
            "nas.home.arpa",
            "1.2.3.256",
        ];
        for host in private {
            assert!(is_private(host), "{host}");
        }
        for host in [
            "example.com",
            "8.8.8.8",
            "[2606:4700::1]",
            "localhost.example",
            "a0x7f.example",
            "100.128.0.1",
        ] {
            assert!(!is_private(host), "{host}");
        }
    }
}
