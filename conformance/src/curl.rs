//! An exchange as a curl command.

use crate::transcript::SentRequest;

/// The curl command that sends the same request.
pub fn command(request: &SentRequest) -> String {
    let quote = |text: &str| format!("'{}'", text.replace('\'', r"'\''"));
    let mut command = format!("curl -i -X {} {}", request.method, quote(&request.url));
    for (name, value) in &request.headers {
        command.push_str(" -H ");
        command.push_str(&quote(&format!("{name}: {value}")));
    }
    if let Some(body) = &request.body {
        command.push_str(" --data-raw ");
        command.push_str(&quote(body));
    }
    command
}
