//! What an instance sent: the letters that its file transport left.

use corridor::{accounts::Shared, app};

/// Runs every job that is due.
pub async fn run_jobs(app: &Shared) {
    let runner = app::runner(app);
    while runner.run_one(&app.database, app, app.clock).await.expect("the runner reaches the database") {}
}

/// The letters to an address, oldest first, as text: headers and both bodies, decoded.
pub async fn letters_to(app: &Shared, address: &str) -> Vec<String> {
    run_jobs(app).await;
    let mut found = Vec::new();
    for entry in std::fs::read_dir(app.var.join("mail")).expect("the folder of letters is there") {
        let path = entry.expect("the folder can be read").path();
        let written = std::fs::metadata(&path).and_then(|data| data.modified()).expect("files have a date");
        let text = decoded(&std::fs::read_to_string(&path).expect("letters are text"));
        if text.contains(&format!("To: {address}")) {
            found.push((written, text));
        }
    }
    found.sort();
    found.into_iter().map(|(_, text)| text).collect()
}

/// The path that the letter's link leads to.
pub fn link_in(letter: &str) -> String {
    let start = "http://corridor.example";
    let links = letter.match_indices(start).map(|(at, _)| {
        let rest = &letter[at + start.len()..];
        rest.split(|c: char| c.is_whitespace() || "\"<".contains(c)).next().unwrap_or("")
    });
    links.into_iter().find(|path| path.len() > 20).expect("the letter has a link").to_owned()
}

/// Quoted-printable as mail programs read it.
fn decoded(text: &str) -> String {
    let joined = text.replace("=\r\n", "").replace("=\n", "");
    let mut bytes = Vec::new();
    let mut rest = joined.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let hex = after.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        match hex.and_then(|pair| u8::from_str_radix(pair, 16).ok()).filter(|_| first == b'=') {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
