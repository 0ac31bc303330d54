//! `corridor assemble`

use std::str::FromStr;

use clap::Args;

use super::Instance;
use crate::{
    accounts::Actor,
    app,
    consortia::{Asked, Proposal, ProposalStatus, propose},
    foundation::languages::Language,
};

/// Assemble the best eligible consortium for a topic, or say which rules cannot hold together.
#[derive(Debug, Args)]
pub struct Assemble {
    /// The topic's identifier, as the call writes it.
    #[arg(long)]
    topic: String,
    /// Who is in already: id, PIC, ROR, SIREN, VAT number or name; may be given several times.
    #[arg(long, value_name = "ORG")]
    with: Vec<String>,
    /// Who must not be in.
    #[arg(long, value_name = "ORG")]
    without: Vec<String>,
    /// The smallest and largest number of members.
    #[arg(long, default_value = "6..12", value_name = "LEAST..MOST")]
    size: Size,
    /// A competence that somebody must have: a concept's id or its label in French or English.
    #[arg(long, value_name = "CONCEPT")]
    must_cover: Vec<String>,
    /// The stage of the instrument, where it has several.
    #[arg(long)]
    stage: Option<String>,
    /// The instrument, where the topic does not say or another is wanted.
    #[arg(long, value_name = "ID")]
    instrument: Option<String>,
    /// A country from which partners may come; everywhere when not given.
    #[arg(long, value_name = "CODE")]
    country: Vec<String>,
    /// The most members from one country.
    #[arg(long, value_name = "NUMBER")]
    per_country: Option<usize>,
    /// A kind of which at least one member must be: sme, hospital, university, patient_organisation …
    #[arg(long)]
    kind: Vec<String>,
    /// How many seconds the assembly may take.
    #[arg(long, default_value_t = 1.5, value_name = "SECONDS")]
    time_limit: f64,
    /// The language of the text.
    #[arg(long, default_value = "en")]
    lang: Language,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// A smallest and a largest number of members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Size(usize, usize);

impl FromStr for Size {
    type Err = String;

    /// Reads `6..12`, also `6-12` and `8`.
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no size: write 6..12");
        let text = text.trim().replace("..=", "..");
        let (least, most) = text.split_once("..").or_else(|| text.split_once('-')).unwrap_or((&text, &text));
        Ok(Size(least.trim().parse().map_err(|_| wrong())?, most.trim().parse().map_err(|_| wrong())?))
    }
}

impl Assemble {
    pub(super) async fn run(self, instance: &Instance) -> anyhow::Result<()> {
        let app = app::open(instance.settings(false)?).await?;
        let asked = Asked {
            topic: self.topic,
            with: self.with,
            without: self.without,
            size: Some((self.size.0, self.size.1)),
            must_cover: self.must_cover,
            instrument: self.instrument,
            stage: self.stage,
            countries: self.country,
            most_per_country: self.per_country,
            kinds: self.kind,
            patience: std::time::Duration::try_from_secs_f64(self.time_limit).ok(),
        };
        let proposal = propose(&app, &Actor::Console, &asked, self.lang).await?;
        if self.json {
            println!("{}", serde_json::to_string_pretty(&proposal)?);
        } else {
            print!("{}", for_people(&proposal, self.lang));
        }
        app.database.close().await;
        Ok(())
    }
}

fn for_people(proposal: &Proposal, language: Language) -> String {
    let french = language == Language::Fr;
    let pick = |en: &str, fr: &str| if french { fr.to_owned() } else { en.to_owned() };
    let said = |text: &eligibility::Text| if french { text.fr.clone() } else { text.en.clone() };
    let mut out = String::new();
    let mut line = |text: String| {
        out.push_str(&text);
        out.push('\n');
    };
    line(format!("{}  {}", proposal.topic, proposal.context.topic.title));
    let stage = proposal.context.stage.as_deref().map(|stage| format!(", {stage}")).unwrap_or_default();
    line(format!("{}{stage}", proposal.instrument));
    let seconds = language.decimal(proposal.context.took.as_secs_f64(), 2);
    let pool = language.number(proposal.context.candidates as i64);
    line(match (proposal.status, proposal.value, proposal.bound) {
        (ProposalStatus::Optimal, Some(value), _) => pick(
            &format!(
                "proved best of {pool} candidates: no eligible team of them scores higher than {value:.3} ({seconds} s)"
            ),
            &format!(
                "optimum prouvé parmi {pool} candidats : aucune équipe éligible n’obtient plus de {value:.3} ({seconds} s)"
            ),
        ),
        (_, Some(value), Some(bound)) => pick(
            &format!(
                "eligible, value {value:.3}; no eligible team of the {pool} candidates exceeds {bound:.3} ({seconds} s)"
            ),
            &format!(
                "éligible, valeur {value:.3} ; aucune équipe des {pool} candidats ne dépasse {bound:.3} ({seconds} s)"
            ),
        ),
        (ProposalStatus::Infeasible, ..) => pick(
            &format!("no team of the {pool} candidates keeps all rules; these cannot hold together:"),
            &format!(
                "aucune équipe des {pool} candidats ne respecte toutes les règles ; celles-ci sont incompatibles :"
            ),
        ),
        _ => pick("no team was found in the time there is", "aucune équipe trouvée dans le temps imparti"),
    });
    for rule in &proposal.conflict {
        line(format!("  - {}", said(&rule.text)));
        line(format!("    {}", said(&rule.relaxation)));
    }
    if !proposal.members.is_empty() {
        line(String::new());
    }
    for member in &proposal.members {
        let mark = if member.given { "*" } else { " " };
        let name: String = member.name.chars().take(56).collect();
        line(format!(
            "{mark} {name:<56}  {}  {:<22}  {:<11}  {:.3}",
            member.country,
            member.kind,
            member.role.key(),
            member.score
        ));
        if let Some(reason) = member.reasons.first() {
            line(format!("    {}", reason.text));
        }
    }
    if !proposal.verdicts.is_empty() {
        line(String::new());
    }
    for verdict in &proposal.verdicts {
        let word = match verdict.status {
            eligibility::Status::Met => pick("met", "respectée"),
            eligibility::Status::NotMet => pick("NOT MET", "NON RESPECTÉE"),
            eligibility::Status::Unknown => pick("unknown", "inconnue"),
        };
        line(format!("{word:>14}  {}", said(&verdict.text)));
    }
    for (number, alternative) in proposal.alternatives.iter().enumerate() {
        line(String::new());
        line(format!("{} {} ({:.3})", pick("alternative", "variante"), number + 1, alternative.value));
        line(format!("  + {}", alternative.joins.join(", ")));
        line(format!("  - {}", alternative.leaves.join(", ")));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_ranges_or_numbers() {
        assert_eq!("6..12".parse(), Ok(Size(6, 12)));
        assert_eq!("6..=12".parse(), Ok(Size(6, 12)));
        assert_eq!("8".parse(), Ok(Size(8, 8)));
        assert!("six".parse::<Size>().is_err() && "6..".parse::<Size>().is_err());
    }
}
