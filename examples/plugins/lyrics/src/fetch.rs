use wasip2::http::outgoing_handler::handle;
use wasip2::http::types::{Fields, IncomingBody, IncomingResponse, OutgoingRequest, Scheme};
use wasip2::io::streams::StreamError;

/// An answer may have this many bytes.
const MOST_BYTES: usize = 1 << 20;
const READ_BYTES: u64 = 65_536;

/// Gets a path of a server such as `https://example.com`. Returns the status and the body; the error is a text for people.
pub fn get(server: &str, path: &str) -> Result<(u16, Vec<u8>), String> {
    let (scheme, authority) = match server.split_once("://") {
        Some(("https", authority)) => (Scheme::Https, authority),
        Some(("http", authority)) => (Scheme::Http, authority),
        _ => return Err(format!("\"{server}\" is no address of a server: wanted https://…")),
    };
    let request = OutgoingRequest::new(Fields::new());
    let refused = |()| format!("\"{server}\" is no address of a server");
    request.set_scheme(Some(&scheme)).map_err(refused)?;
    request.set_authority(Some(authority.trim_end_matches('/'))).map_err(refused)?;
    request.set_path_with_query(Some(path)).map_err(refused)?;

    let future = handle(request, None).map_err(|error| error.to_string())?;
    future.subscribe().block();
    let response = match future.get() {
        Some(Ok(answer)) => answer.map_err(|error| error.to_string())?,
        _ => return Err("there is no answer".to_string()),
    };
    Ok((response.status(), body_of(&response)?))
}

fn body_of(response: &IncomingResponse) -> Result<Vec<u8>, String> {
    let unreadable = |()| "the answer has no body".to_string();
    let body: IncomingBody = response.consume().map_err(unreadable)?;
    let stream = body.stream().map_err(unreadable)?;
    let mut bytes = Vec::new();
    loop {
        match stream.blocking_read(READ_BYTES) {
            Ok(part) => bytes.extend(part),
            Err(StreamError::Closed) => return Ok(bytes),
            Err(StreamError::LastOperationFailed(_)) => return Err("the answer is cut off".to_string()),
        }
        if bytes.len() > MOST_BYTES {
            return Err(format!("the answer has more than {MOST_BYTES} bytes"));
        }
    }
}
