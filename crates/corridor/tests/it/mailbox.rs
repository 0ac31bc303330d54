//! What an instance sent, the letters that its file transport left; and what it noted of who read whom.

use std::time::Duration;

use corridor::{accounts::Shared, app, foundation::audit};

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
        let text = decoded(&std::fs::read_to_string(&path).expect("letters are text"));
        // Ids count up with time, and more finely than the dates of files.
        let (_, id) = text.split_once("Message-ID: <").expect("letters have an id");
        let written = id.split('@').next().unwrap_or_default().to_owned();
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
    // What stands in the head between angle brackets is for mail programs.
    let shown = letter.match_indices(start).filter(|(at, _)| !letter[..*at].ends_with('<'));
    let links = shown.map(|(at, _)| {
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

/// How often several people's data was read at once, as the trail keeps it: in which way, and of how many. What is read on a
/// screen is kept beside the answer, so this waits a moment for as many as are expected.
pub async fn readings(app: &Shared, kind: &str, own: Option<uuid::Uuid>, expected: usize) -> Vec<(String, i64)> {
    let asked =
        audit::Asked { subject_kind: kind.into(), action: "read_many".into(), own_cluster: own, ..Default::default() };
    for _ in 0..200 {
        let found = audit::find(&app.database, &asked).await.expect("the trail can be read");
        if found.len() >= expected {
            let told =
                |after: &serde_json::Value| Some((after["channel"].as_str()?.to_owned(), after["count"].as_i64()?));
            let mut told: Vec<_> = found.iter().map(|one| told(&one.after).expect("an entry says how many")).collect();
            told.sort();
            return told;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("the trail does not keep {expected} readings of {kind}");
}
