//! Which kind of organisation a register's code or a name tells of.
//!
//! Kinds are those of the glossary, and one more: `company`, a private company of which nothing says whether it is an
//! SME, a mid-cap or a large one.

/// Every kind that an organisation may be.
pub const KINDS: [&str; 13] = [
    "sme",
    "mid_cap",
    "large_company",
    "company",
    "university",
    "research_organisation",
    "hospital",
    "patient_organisation",
    "public_authority",
    "cluster",
    "association",
    "foundation",
    "other",
];

/// The kind that CORDIS's type of participant states; nothing where the code is not known.
pub(super) fn of_cordis(code: &str, sme: Option<bool>) -> Option<&'static str> {
    Some(match code {
        "HES" => "university",
        "REC" => "research_organisation",
        "PUB" => "public_authority",
        "PRC" if sme == Some(true) => "sme",
        "PRC" => "company",
        "OTH" | "" => "other",
        _ => return None,
    })
}

/// The kind that a record's types in the Research Organization Registry tell of.
pub(super) fn of_ror(types: &[String]) -> &'static str {
    // A body may have several types; being a funder says nothing of what it is.
    for kind in types {
        match kind.as_str() {
            "education" => return "university",
            "healthcare" => return "hospital",
            "company" => return "company",
            "government" => return "public_authority",
            "facility" => return "research_organisation",
            "nonprofit" => return "association",
            _ => {}
        }
    }
    "other"
}

/// Words that only hospitals bear, folded.
const HOSPITAL: &[&str] = &[
    "chu",
    "chru",
    "hopital",
    "hopitaux",
    "hospitalier",
    "hospitalo",
    "hospices",
    "hospital",
    "hospitals",
    "hospitalaria",
    "hospitalar",
    "klinik",
    "klinikum",
    "kliniken",
    "universitatsklinikum",
    "universitaetsklinikum",
    "krankenhaus",
    "ospedale",
    "ospedali",
    "ospedaliera",
    "ospedaliero",
    "policlinico",
    "ziekenhuis",
    "sygehus",
    "sykehus",
    "sjukhus",
    "sairaala",
    "szpital",
    "nemocnice",
    "nemocnica",
    "bolnica",
    "spital",
    "spitalul",
    "clinique",
    "clinica",
    "haigla",
    "korhaz",
];
const PATIENTS: &[&str] = &["patient", "patients", "malades", "pacientes", "pazienti"];
const FOUNDATION: &[&str] = &[
    "fondation",
    "foundation",
    "fondazione",
    "fundacion",
    "fundacio",
    "fundacao",
    "stiftung",
    "stichting",
    "fundacja",
    "saatio",
];
const ASSOCIATION: &[&str] = &[
    "association",
    "associazione",
    "asociacion",
    "associacao",
    "asociatia",
    "federation",
    "verein",
    "verband",
    "vereniging",
    "foreningen",
    "stowarzyszenie",
    "sdruzeni",
];
const CLUSTER: &[&str] = &["cluster", "biocluster", "technopole", "bioregio"];

/// What a name tells of the kind, where the register's code leaves it open. To be shown as inferred.
pub(super) fn inferred(stated: &str, name: &str) -> Option<&'static str> {
    let folded = ranking::text::fold(name);
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let bears = |list: &[&str]| words.iter().any(|word| list.contains(word));
    // «Animal hospital», «hospital research foundation» and companies that sell to hospitals bear the word too.
    let not_a_hospital =
        bears(FOUNDATION) || bears(&["fond", "engineering", "systems", "software", "consulting", "federation"]);
    if stated != "sme" && stated != "company" && bears(HOSPITAL) && !not_a_hospital {
        return Some("hospital");
    }
    if stated != "other" {
        return None;
    }
    let of_patients = bears(PATIENTS);
    if of_patients {
        Some("patient_organisation")
    } else if bears(CLUSTER) || folded.contains("pole de competitivite") {
        Some("cluster")
    } else if bears(FOUNDATION) {
        Some("foundation")
    } else if bears(ASSOCIATION) {
        Some("association")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_of_hospitals_and_associations_only_where_the_register_is_silent() {
        assert_eq!(inferred("public_authority", "CENTRE HOSPITALIER UNIVERSITAIRE DE TOULOUSE"), Some("hospital"));
        assert_eq!(inferred("research_organisation", "Fundacion para la Investigacion del Hospital Clinico"), None);
        assert_eq!(inferred("other", "European Patients' Forum"), Some("patient_organisation"));
        assert_eq!(inferred("other", "Fondation Mérieux"), Some("foundation"));
        assert_eq!(inferred("company", "Hospital Software Ltd"), None);
        assert_eq!(inferred("university", "Association of Universities"), None);
        for kind in ["HES", "REC", "PUB", "PRC", "OTH"] {
            assert!(KINDS.contains(&of_cordis(kind, None).unwrap()));
        }
        assert_eq!(of_cordis("PRC", Some(true)), Some("sme"));
        assert_eq!(of_cordis("XYZ", None), None);
    }
}
