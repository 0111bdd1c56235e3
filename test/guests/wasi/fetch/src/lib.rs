//! Makes requests through `wasi:http`, and says what came of it.

use wasip2::http::outgoing_handler::handle;
use wasip2::http::types::{Fields, IncomingBody, Method, OutgoingBody, OutgoingRequest, Scheme};

wit_bindgen::generate!({ path: "wit", world: "fetch" });

struct Fetch;

impl Guest for Fetch {
    fn attempt(words: Vec<String>) -> Result<String, String> {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        match *words {
            ["get", url] => request(Method::Get, url, None, &[]),
            ["get", url, name, value] => request(Method::Get, url, None, &[(name, value)]),
            ["method", method, url] => request(Method::Other(method.to_owned()), url, None, &[]),
            ["post", url, body] => request(Method::Post, url, Some(body), &[]),
            _ => Err(format!("nobody knows {words:?}")),
        }
    }
}

export!(Fetch);

fn request(
    method: Method,
    url: &str,
    body: Option<&str>,
    headers: &[(&str, &str)],
) -> Result<String, String> {
    let fields = Fields::new();
    for (name, value) in headers {
        fields.append(*name, value.as_bytes()).map_err(say)?;
    }
    let (scheme, rest) = url.split_once("://").ok_or("no scheme")?;
    let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
    let request = OutgoingRequest::new(fields);
    request.set_method(&method).map_err(|()| "method refused")?;
    let scheme = if scheme == "https" { Scheme::Https } else { Scheme::Http };
    request.set_scheme(Some(&scheme)).map_err(|()| "scheme refused")?;
    request.set_authority(Some(authority)).map_err(|()| "authority refused")?;
    request.set_path_with_query(Some(&format!("/{path}"))).map_err(|()| "path refused")?;
    let outgoing = match body {
        Some(_) => Some(request.body().map_err(|()| "no body")?),
        None => None,
    };
    let future = handle(request, None).map_err(say)?;
    if let (Some(outgoing), Some(text)) = (outgoing, body) {
        let stream = outgoing.write().map_err(|()| "no stream")?;
        stream.blocking_write_and_flush(text.as_bytes()).map_err(say)?;
        drop(stream);
        OutgoingBody::finish(outgoing, None).map_err(say)?;
    }
    let ready = future.subscribe();
    ready.block();
    let response = future.get().ok_or("not ready")?.map_err(|()| "taken")?.map_err(say)?;
    let status = response.status();
    let incoming = response.consume().map_err(|()| "no body")?;
    let text = read(&incoming)?;
    IncomingBody::finish(incoming);
    Ok(format!("{status} {text}"))
}

fn read(body: &IncomingBody) -> Result<String, String> {
    let stream = body.stream().map_err(|()| "no stream")?;
    let mut bytes = Vec::new();
    while let Ok(part) = stream.blocking_read(65_536) {
        bytes.extend(part);
    }
    String::from_utf8(bytes).map_err(say)
}

fn say(error: impl std::fmt::Debug) -> String {
    format!("{error:?}")
}
