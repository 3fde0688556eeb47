//! `example.*` as plain hosts: rules know no wildcard in a host.

/// Suffixes under which big sites have addresses: the old generic ones, those of the new that are used most, and every
/// country's.
const SUFFIXES: &str = "com net org info biz \
    app art asia bid blog cam cash cat click cloud club date dev digital fun icu life link live lol mobi name \
    network news one online page pro rest shop site space store tech today top vip website win work world xyz \
    xn--j1amh xn--p1ai \
    ac ad ae af ag ai al am ao aq ar as at au aw ax az ba bb bd be bf bg bh bi bj bm bn bo br bs bt bw by bz \
    ca cc cd cf cg ch ci ck cl cm cn co cr cu cv cw cx cy cz de dj dk dm do dz ec ee eg er es et eu fi fj fk fm fo fr \
    ga gd ge gf gg gh gi gl gm gn gp gq gr gs gt gu gw gy hk hm hn hr ht hu id ie il im in io iq ir is it je jm jo jp \
    ke kg kh ki km kn kp kr kw ky kz la lb lc li lk lr ls lt lu lv ly ma mc md me mg mh mk ml mm mn mo mp mq mr ms mt \
    mu mv mw mx my mz na nc ne nf ng ni nl no np nr nu nz om pa pe pf pg ph pk pl pm pn pr ps pt pw py qa re ro rs ru \
    rw sa sb sc sd se sg sh si sk sl sm sn so sr ss st su sv sx sy sz tc td tf tg th tj tk tl tm tn to tr tt tv tw tz \
    ua ug uk us uy uz va vc ve vg vi vn vu wf ws ye yt za zm zw";

/// Countries where companies register under `co.`.
const UNDER_CO: &str = "ao at bw ck cr hu id il in je jp ke kr ls ma mz nz th tz ug uk uz ve vi za zm zw";

/// Countries where companies register under `com.`.
const UNDER_COM: &str = "af ag ai ar au bd bh bn bo br bz cn co cu cy do ec eg et fj ge gh gi gr gt hk iq jm kh kw lb \
    lv ly mk mm mt mx my na nf ng ni np om pa pe pg ph pk pl pr py qa ro sa sb sg sl sv tj tn tr tw ua uy vc ve vn";

/// Others of countries.
const UNDER_OTHERS: &str = "net.au net.br net.nz net.pl net.ua ne.jp or.jp org.au org.br org.uk";

/// The hosts that `name.*` stands for here: most that exist, but not every suffix there is.
pub(super) fn expand(name: &str) -> impl Iterator<Item = String> {
    let plain = SUFFIXES
        .split_ascii_whitespace()
        .map(move |suffix| format!("{name}.{suffix}"));
    let co = UNDER_CO
        .split_ascii_whitespace()
        .map(move |country| format!("{name}.co.{country}"));
    let com = UNDER_COM
        .split_ascii_whitespace()
        .map(move |country| format!("{name}.com.{country}"));
    let others = UNDER_OTHERS
        .split_ascii_whitespace()
        .map(move |suffix| format!("{name}.{suffix}"));
    plain.chain(co).chain(com).chain(others)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn each_suffix_stands_there_once() {
        let hosts: Vec<String> = expand("name").collect();
        assert_eq!(hosts.iter().collect::<BTreeSet<_>>().len(), hosts.len());
    }

    #[test]
    fn they_are_suffixes() {
        for host in expand("name") {
            assert_eq!(crate::address::psl::registrable(&host), host);
        }
    }
}
