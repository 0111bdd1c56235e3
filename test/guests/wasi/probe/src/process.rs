//! Checks of a program's process: arguments, variables, clocks, random numbers, standard streams, sockets, exit.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::time::{Duration, Instant, SystemTime};

pub fn attempt(words: &[&str]) -> Option<Result<String, String>> {
    Some(match *words {
        ["env", name] => std::env::var(name).map_err(|error| error.to_string()),
        ["env"] => Ok(variables()),
        ["args"] => Ok(std::env::args().collect::<Vec<_>>().join(" ")),
        ["now"] => seconds(),
        ["elapsed"] => Ok(Instant::now().elapsed().as_secs().to_string()),
        ["sleep", ms] => Ok(sleep(ms.parse().unwrap_or(0))),
        ["random"] => Ok(format!("{:016x}", wasip2::random::random::get_random_u64())),
        ["random", count] => Ok(random(count.parse().unwrap_or(0))),
        ["hash"] => Ok(HashMap::from([(1, "one"), (2, "two")])[&2].to_owned()),
        ["print", text] => writeln!(std::io::stdout(), "{text}").map(|()| "done".to_owned()).map_err(say),
        ["eprint", text] => writeln!(std::io::stderr(), "{text}").map(|()| "done".to_owned()).map_err(say),
        ["input"] => input().map_err(say),
        ["exit", status] => std::process::exit(status.parse().unwrap_or(0)),
        ["panic", text] => panic!("{text}"),
        ["socket", kind] => socket(kind),
        ["resolve", name] => resolve(name),
        _ => return None,
    })
}

fn variables() -> String {
    let mut all: Vec<String> = std::env::vars().map(|(name, value)| format!("{name}={value}")).collect();
    all.sort();
    all.join(" ")
}

fn seconds() -> Result<String, String> {
    let since =
        SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).map_err(|error| error.to_string())?;
    Ok(since.as_secs().to_string())
}

fn sleep(ms: u64) -> String {
    std::thread::sleep(Duration::from_millis(ms));
    "slept".to_owned()
}

fn random(count: u64) -> String {
    wasip2::random::random::get_random_bytes(count).len().to_string()
}

fn input() -> std::io::Result<String> {
    let mut text = String::new();
    std::io::stdin().read_to_string(&mut text)?;
    Ok(text)
}

fn socket(kind: &str) -> Result<String, String> {
    use wasip2::sockets::network::IpAddressFamily::Ipv4;
    use wasip2::sockets::{tcp_create_socket::create_tcp_socket, udp_create_socket::create_udp_socket};
    let made =
        if kind == "udp" { create_udp_socket(Ipv4).map(drop) } else { create_tcp_socket(Ipv4).map(drop) };
    made.map(|()| "made".to_owned()).map_err(|code| code.name().to_owned())
}

fn resolve(name: &str) -> Result<String, String> {
    use wasip2::sockets::{instance_network::instance_network, ip_name_lookup::resolve_addresses};
    let found = resolve_addresses(&instance_network(), name);
    found.map(|_| "resolved".to_owned()).map_err(|code| code.name().to_owned())
}

fn say(error: std::io::Error) -> String {
    error.to_string()
}
