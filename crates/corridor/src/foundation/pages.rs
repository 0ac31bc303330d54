//! Pages: templates with the reader's language, numbers and frame. HTML first; no inline script or style, ever.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, PoisonError},
};

use axum::{
    extract::Path,
    http::{HeaderMap, StatusCode, header},
    response::{Html, IntoResponse, Response},
};
use fluent_bundle::{FluentArgs, FluentValue};
pub use minijinja::value::Serde;
use minijinja::{
    AutoEscape, Environment, Output, State, Value,
    value::{Kwargs, Object},
};

use super::{
    errors::Error,
    languages::{Language, Texts},
    time::{Day, Timestamp, Zone},
};

#[derive(rust_embed::RustEmbed)]
#[folder = "templates/"]
struct Templates;

#[derive(rust_embed::RustEmbed)]
#[folder = "assets/"]
struct Assets;

/// Renders templates.
#[derive(Debug)]
pub struct Renderer {
    environment: Environment<'static>,
    used: Arc<Mutex<BTreeSet<String>>>,
}

impl Renderer {
    /// All bundled templates with the functions and filters that pages use. A strict renderer refuses a page that asks
    /// for a value or a text that is not there; any other leaves the place empty, because a reader has more of a page with
    /// a gap than of none.
    pub fn new(texts: Arc<Texts>, strict: bool) -> anyhow::Result<Self> {
        let mut environment = Environment::new();
        let undefined = match strict {
            true => minijinja::UndefinedBehavior::Strict,
            false => minijinja::UndefinedBehavior::SemiStrict,
        };
        environment.set_undefined_behavior(undefined);
        environment.set_formatter(escape);
        let used: Arc<Mutex<BTreeSet<String>>> = Arc::default();
        if strict {
            let seen = used.clone();
            environment.set_loader(move |path| {
                seen.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned());
                Ok(Templates::get(path).map(|file| String::from_utf8_lossy(&file.data).into_owned()))
            });
        } else {
            for path in Templates::iter() {
                let Some(file) = Templates::get(&path) else {
                    continue;
                };
                let text = String::from_utf8(file.data.into_owned())?;
                environment.add_template_owned(path.into_owned(), text)?;
            }
        }
        environment.add_function(
            "t",
            move |state: &State<'_, '_>, key: &str, values: Kwargs| -> Result<String, minijinja::Error> {
                let mut arguments = FluentArgs::new();
                for name in values.args() {
                    let value: Value = values.get(name)?;
                    arguments.set(name.to_owned(), fluent_value(&value));
                }
                let language = language_of(state);
                if strict {
                    texts
                        .check(language, key, &arguments)
                        .map_err(|fault| minijinja::Error::new(minijinja::ErrorKind::InvalidOperation, fault))?;
                }
                Ok(texts.text(language, key, Some(&arguments)).into_owned())
            },
        );
        environment.add_function("asset", asset_url);
        environment.add_function("icon", icon);
        environment.add_filter("number", |state: &State<'_, '_>, value: Value| match value.as_i64() {
            Some(whole) => language_of(state).number(whole),
            None => f64::try_from(value).map(|v| language_of(state).decimal(v, 1)).unwrap_or_default(),
        });
        environment.add_filter("decimal", |state: &State<'_, '_>, value: f64, decimals: Option<usize>| {
            language_of(state).decimal(value, decimals.unwrap_or(1))
        });
        environment.add_filter("money", |state: &State<'_, '_>, cents: i64| language_of(state).money(cents));
        environment.add_filter("segment", |text: &str| escaped(text));
        environment.add_filter("percent", |state: &State<'_, '_>, share: f64| language_of(state).percent(share));
        environment.add_filter("date", |state: &State<'_, '_>, day: &str| {
            match day.parse::<Day>() {
                Ok(parsed) => language_of(state).day(parsed.0),
                // Sources give years and months too («2008», «2008-02»): these are shown as they are.
                Err(_) => day.to_owned(),
            }
        });
        environment.add_filter("weekday", |state: &State<'_, '_>, day: &str| match day.parse::<Day>() {
            Ok(parsed) => language_of(state).weekday(parsed.0),
            Err(_) => day.to_owned(),
        });
        environment.add_filter("clock", |state: &State<'_, '_>, hour: &str| match hour.parse::<jiff::civil::Time>() {
            Ok(parsed) => language_of(state).clock(parsed),
            Err(_) => hour.to_owned(),
        });
        environment.add_filter("datetime", |state: &State<'_, '_>, micros: i64| {
            language_of(state).moment(&zone_of(state), Timestamp(micros))
        });
        Ok(Renderer { environment, used })
    }

    /// The templates that a strict renderer has used so far, as pages, as frames around them and as parts of them.
    pub fn used(&self) -> BTreeSet<String> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// All bundled templates.
    pub fn all() -> BTreeSet<String> {
        Templates::iter().map(|path| path.into_owned()).collect()
    }

    /// The page of a template; `frame` becomes the variable `page`, the rest of the context stands beside it.
    pub fn page(&self, template: &str, frame: &impl serde::Serialize, context: Value) -> Result<Html<String>, Error> {
        let text = self
            .environment
            .get_template(template)
            .and_then(|found| found.render(minijinja::context! { page => Serde(frame), ..context }))
            .map_err(|error| Error::Unexpected(anyhow::Error::new(error).context(format!("rendering {template}"))))?;
        Ok(Html(text))
    }

    /// A text that is no page (a letter) in the language and on the clocks of who reads it.
    pub fn text(&self, template: &str, language: Language, zone: &Zone, context: Value) -> Result<String, Error> {
        let page = minijinja::context! { lang => language.code(), zone => zone.name() };
        Ok(self
            .environment
            .get_template(template)
            .and_then(|found| found.render(minijinja::context! { page, ..context }))
            .map_err(|error| anyhow::Error::new(error).context(format!("rendering {template}")))?)
    }
}

/// Texts by the name of a field, as a form shows them: a field that has none is empty, not unknown.
pub fn by_field(texts: BTreeMap<String, String>) -> Value {
    Value::from_object(ByField(texts))
}

#[derive(Debug)]
struct ByField(BTreeMap<String, String>);

impl Object for ByField {
    fn get_value(self: &Arc<Self>, field: &Value) -> Option<Value> {
        Some(self.0.get(field.as_str()?).map_or_else(|| Value::from(""), |text| Value::from(text.as_str())))
    }
}

/// Writes a value into a page. HTML is escaped as everywhere, but for the slash: escaping it guards nothing inside quoted
/// attributes and text, and would make every address five bytes longer at each step.
fn escape(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), minijinja::Error> {
    let text = match (state.auto_escape(), value.as_str()) {
        (AutoEscape::Html, Some(text)) if !value.is_safe() => text,
        _ => return minijinja::escape_formatter(out, state, value),
    };
    let mut rest = text;
    while let Some(at) = rest.find(['<', '>', '&', '"', '\'']) {
        out.write_str(&rest[..at])?;
        out.write_str(match rest.as_bytes()[at] {
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'&' => "&amp;",
            b'"' => "&quot;",
            _ => "&#39;",
        })?;
        rest = &rest[at + 1..];
    }
    out.write_str(rest)?;
    Ok(())
}

fn language_of(state: &State<'_, '_>) -> Language {
    state
        .lookup("page")
        .and_then(|page| page.get_attr("lang").ok())
        .and_then(|lang| lang.as_str().and_then(|code| code.parse().ok()))
        .unwrap_or_default()
}

/// The zone of who reads; the page names it.
fn zone_of(state: &State<'_, '_>) -> Zone {
    state
        .lookup("page")
        .and_then(|page| page.get_attr("zone").ok())
        .and_then(|zone| zone.as_str().and_then(Zone::named))
        .unwrap_or_default()
}

fn fluent_value(value: &Value) -> FluentValue<'static> {
    if let Some(whole) = value.as_i64() {
        return FluentValue::from(whole);
    }
    match value.kind() {
        minijinja::value::ValueKind::Number => {
            f64::try_from(value.clone()).map(FluentValue::from).unwrap_or(FluentValue::None)
        }
        _ => FluentValue::from(value.to_string()),
    }
}

/// The address of a built asset, with a mark of its content so that browsers may keep it for ever.
fn asset_url(name: &str) -> String {
    let path = format!("built/{name}");
    match Assets::get(&path) {
        Some(file) => {
            let mark: String = file.metadata.sha256_hash().iter().take(6).map(|byte| format!("{byte:02x}")).collect();
            format!("/assets/{path}?v={mark}")
        }
        None => format!("/assets/{path}"),
    }
}

fn icon(name: &str) -> Value {
    let name: String = name.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    Value::from_safe_string(format!(
        "<svg class=\"icon\" aria-hidden=\"true\" focusable=\"false\"><use href=\"{}#{name}\"></use></svg>",
        asset_url("icons.svg")
    ))
}

/// Serves the built scripts, styles and pictures that the program carries inside.
pub async fn serve_asset(Path(path): Path<String>, headers: HeaderMap) -> Response {
    let Some(file) = Assets::get(&path) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let mark: String = file.metadata.sha256_hash().iter().take(12).map(|byte| format!("{byte:02x}")).collect();
    let tag = format!("\"{mark}\"");
    if headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes()) {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    let kind = match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("json" | "geojson" | "map") => "application/json",
        Some("txt") => "text/plain; charset=utf-8",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    };
    let keep = "public, max-age=31536000, immutable";
    ([(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, keep), (header::ETAG, &tag)], file.data.into_owned())
        .into_response()
}

/// A text as one segment of an address or one value of a query: all but plain characters are escaped, slashes too.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn nothing_a_person_wrote_becomes_markup(text in ".*") {
            let mut environment = Environment::new();
            environment.set_formatter(escape);
            environment.add_template("page.html", "<p title=\"{{ text }}\">{{ text }}</p>").unwrap();
            let page = environment.get_template("page.html").unwrap().render(minijinja::context! { text }).unwrap();
            let inside = page.strip_prefix("<p title=\"").unwrap().strip_suffix("</p>").unwrap();
            proptest::prop_assert_eq!(inside.matches('<').count(), 0);
            proptest::prop_assert_eq!(inside.matches('"').count(), 1);
            proptest::prop_assert_eq!(inside.matches('\'').count(), 0);
        }
    }
}
