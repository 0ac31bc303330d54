//! `corridor rank`

use clap::Args;

use super::Instance;
use crate::{
    accounts::Actor,
    app,
    foundation::{errors::Error, languages::Language},
    partnering::{
        self,
        api::{Asked, Ranking},
    },
};

/// Rank the organisations that fit a topic or a text, with the reasons of each.
#[derive(Debug, Args)]
pub struct Rank {
    /// The topic, by its identifier on the portal.
    #[arg(long, required_unless_present_any = ["text", "with"])]
    topic: Option<String>,
    /// A text of one's own, in French or English.
    #[arg(long)]
    text: Option<String>,
    /// Only organisations of this country, two letters; may be given several times.
    #[arg(long)]
    country: Vec<String>,
    /// Only organisations of this kind (sme, university, hospital ...); may be given several times.
    #[arg(long)]
    kind: Vec<String>,
    /// Only members of this cluster.
    #[arg(long)]
    cluster: Option<String>,
    /// An organisation that is already in: id, PIC, ROR, SIREN or name; may be given several times.
    #[arg(long = "with", value_name = "ORG")]
    with: Vec<String>,
    /// An organisation that is out of the question; may be given several times.
    #[arg(long, value_name = "ORG")]
    exclude: Vec<String>,
    /// Organisations without past projects first.
    #[arg(long)]
    newcomers_first: bool,
    /// Also organisations that the data has no name for.
    #[arg(long)]
    unnamed: bool,
    /// How many organisations.
    #[arg(long, default_value_t = 20, value_parser = clap::value_parser!(u16).range(1..=500))]
    limit: u16,
    /// The language of the reasons.
    #[arg(long, env = "CORRIDOR_LANGUAGE", default_value = "en")]
    language: Language,
    /// Print JSON for programs.
    #[arg(long)]
    json: bool,
}

impl Rank {
    pub(super) async fn run(self, instance: &Instance) -> anyhow::Result<()> {
        let app = app::open(instance.settings(false)?).await?;
        let built = partnering::ready(&app).await?;
        let mark = |yes: bool| if yes { "yes".to_owned() } else { String::new() };
        let asked = Asked {
            topic: self.topic.unwrap_or_default(),
            text: self.text.unwrap_or_default(),
            with: self.with,
            exclude: self.exclude,
            country: self.country,
            kind: self.kind,
            cluster: self.cluster.unwrap_or_default(),
            newcomers: mark(self.newcomers_first),
            unnamed: mark(self.unnamed),
            limit: self.limit.to_string(),
            ..Asked::default()
        };
        let understood = asked.understand(&app, &Actor::Console, &built, 20).await?;
        if let Some(what) = understood.unknown.into_iter().next() {
            return Err(Error::NotFound(what).into());
        }
        let fits = partnering::rank(&app, &Actor::Console, &built, &understood.question, self.language).await?;
        if self.json {
            println!("{}", serde_json::to_string_pretty(&Ranking::new(understood.topic.as_ref(), fits))?);
            return Ok(());
        }
        let language = self.language;
        if let Some(line) = &understood.topic {
            println!("{}\n{}\n", line.identifier, line.title);
        }
        if fits.is_empty() {
            println!("{}", app.texts.text(language, "partnering-none", None));
        }
        for fit in fits {
            let country = if fit.country.is_empty() { "–" } else { &fit.country };
            let kind = app.texts.text(language, &crate::directory::model::Kind::stored(&fit.kind).label_key(), None);
            println!("{:>3}  {}  {}  ({country}, {kind})", fit.rank, percent(language, fit.score), fit.name);
            for reason in fit.reasons {
                println!("     {}    {}", percent(language, reason.share), reason.text);
            }
        }
        Ok(())
    }
}

/// A share of one, as wide as the widest; what would round to nothing is said to be under the least that is shown.
fn percent(language: Language, share: f64) -> String {
    const LEAST: f64 = 0.001;
    let shown = if share > 0.0 && share < LEAST / 2.0 {
        format!("<{} %", language.decimal(LEAST * 100.0, 1))
    } else {
        format!("{} %", language.decimal(share * 100.0, 1))
    };
    format!("{shown:>6}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_that_rounds_to_nothing_is_not_shown_as_nothing() {
        assert_eq!(percent(Language::En, 0.0004), "<0.1 %");
        assert_eq!(percent(Language::Fr, 0.0004), "<0,1 %");
        assert_eq!(percent(Language::En, 0.0006), " 0.1 %");
        assert_eq!(percent(Language::En, 0.25), "25.0 %");
        assert_eq!(percent(Language::En, 0.0), " 0.0 %");
    }
}
