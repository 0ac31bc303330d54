//! Where facts come from: every fact points to one of these, with its licence and the words to show beside it.

use std::borrow::Cow;

use super::{
    database::{Database, Transaction},
    errors::Error,
    ids::SourceId,
};

/// A source as it is to be shown beside what came from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Its word in addresses, by which it is known again.
    pub slug: Cow<'static, str>,
    /// Its name.
    pub name: Cow<'static, str>,
    /// Who publishes it.
    pub publisher: Cow<'static, str>,
    /// The licence, in its short form.
    pub licence: Cow<'static, str>,
    /// The words that the licence asks to be shown.
    pub attribution: Cow<'static, str>,
    /// Where it is published.
    pub url: Option<&'static str>,
    /// The state of the data: a day, a year, or a span.
    pub dated: Cow<'static, str>,
}

impl Source {
    /// A source that comes with the program: its slug, name, publisher, licence and attribution, its address, its date.
    pub const fn fixed(words: [&'static str; 5], url: Option<&'static str>, dated: &'static str) -> Self {
        let [slug, name, publisher, licence, attribution] = words;
        Source {
            slug: Cow::Borrowed(slug),
            name: Cow::Borrowed(name),
            publisher: Cow::Borrowed(publisher),
            licence: Cow::Borrowed(licence),
            attribution: Cow::Borrowed(attribution),
            url,
            dated: Cow::Borrowed(dated),
        }
    }

    /// A document of the demonstration network, by the name that its records bear.
    pub fn document(name: &str) -> Self {
        // The year the document was written in stands in its name, where it does.
        let year = name
            .split(|c: char| !c.is_ascii_digit())
            .rfind(|word| word.len() == 4 && (word.starts_with("19") || word.starts_with("20")));
        Source {
            slug: format!("document-{}", slug_of(name)).into(),
            name: name.to_owned().into(),
            publisher: name.to_owned().into(),
            licence: "facts, recorded by Corridor under Apache-2.0".into(),
            attribution: format!("Facts recorded from: {name}").into(),
            url: None,
            dated: year.unwrap_or("undated").to_owned().into(),
        }
    }
}

/// Lower-case letters, digits and hyphens, as addresses want it.
pub fn slug_of(text: &str) -> String {
    let mut slug = String::new();
    for character in ranking::text::fold(text).chars() {
        match character {
            c if c.is_ascii_alphanumeric() => slug.push(c),
            _ if slug.ends_with('-') || slug.is_empty() => {}
            _ => slug.push('-'),
        }
    }
    slug.truncate(80);
    slug.trim_end_matches('-').to_owned()
}

/// Writes a source down, or brings its words up to date, and tells its id.
pub async fn put(transaction: &mut Transaction, source: &Source) -> Result<SourceId, Error> {
    Ok(on!(transaction, connection => sqlx::query_scalar(
        "INSERT INTO sources (id, slug, name, publisher, licence, attribution, url, dated)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (slug) DO UPDATE SET name = excluded.name, publisher = excluded.publisher,
         licence = excluded.licence, attribution = excluded.attribution, url = excluded.url, dated = excluded.dated
         RETURNING id",
    )
    .bind(SourceId::new())
    .bind(&*source.slug)
    .bind(&*source.name)
    .bind(&*source.publisher)
    .bind(&*source.licence)
    .bind(&*source.attribution)
    .bind(source.url)
    .bind(&*source.dated)
    .fetch_one(connection)
    .await?))
}

/// As [`put`], in a transaction of its own.
pub async fn id_of(database: &Database, source: &Source) -> Result<SourceId, Error> {
    transact!(database, transaction => put(transaction, source).await)
}
