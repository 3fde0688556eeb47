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

/// All that is not routed on the public network: RFC 6890 and the registry it began, as of 2026.
fn is_private_v4(address: Ipv4Addr) -> bool {
    let [first, second, third, _] = address.octets();
    address.is_private()
        || address.is_loopback()
        || address.is_link_local()
        || address.is_documentation()
        || first == 0
        || first >= 224 // multicast, reserved, broadcast
        || (first == 100 && second & 0xC0 == 64) // shared by a provider's customers, RFC 6598
        || (first == 198 && second & 0xFE == 18) // measurements, RFC 2544
        || (first, second, third) == (192, 0, 0)
        || (first, second, third) == (192, 88, 99) // relays of 6to4, RFC 7526
}

/// Public addresses are within `2000::/3`: what is outside (loopback, `fc00::/7`, `fe80::/10`, the old site-local
/// `fec0::/10`, mapped and compatible IPv4, translation by `64:ff9b::/96` and `64:ff9b:1::/48`) is not, or leads to an
/// IPv4 address that nobody sees in it. So do tunnels: 6to4, Teredo and ISATAP carry one inside.
fn is_private_v6(address: Ipv6Addr) -> bool {
    let [first, second, _, _, fifth, sixth, ..] = address.segments();
    first & 0xE000 != 0x2000
        || first == 0x2002
        || (first == 0x2001 && second < 0x0200) // protocols' own, Teredo among them, RFC 2928
        || (first == 0x2001 && second == 0x0DB8) // for documents, as the next, RFC 9637
        || (first == 0x3FFF && second < 0x1000)
        || (fifth & !0x0200 == 0 && sixth == 0x5EFE) // ISATAP, RFC 5214
}
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[expect(clippy::too_many_lines, reason = "a table")]
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
            "[::ffff:8.8.8.8]",
            "[::8.8.8.8]",
            "[::]",
            "[64:ff9b::a00:1]",
            "[64:ff9b::8.8.8.8]",
            "[64:ff9b:1::a00:1]",
            "[64:ff9b:1:ffff::1]",
            "[2002:a00:1::1]",
            "[2002:808:808::1]",
            "[2001::a00:1]",
            "[2001:db8::1]",
            "[2001:10::1]",
            "[3fff::1]",
            "[2606:4700::5efe:10.0.0.1]",
            "[2606:4700::200:5efe:10.0.0.1]",
            "[fec0::1]",
            "[feff::1]",
            "[fc00::1]",
            "[ff02::1]",
            "[100::1]",
            "192.0.0.8",
            "192.0.2.1",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.7",
            "240.0.0.1",
            "255.255.255.255",
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
            "[2001:4860:4860::8888]",
            "[2a00:1450::1]",
            "[3ffe::1]",
            "198.20.0.1",
            "223.255.255.255",
            "192.0.1.1",
            "localhost.example",
            "a0x7f.example",
            "100.128.0.1",
        ] {
            assert!(!is_private(host), "{host}");
        }
    }
}
