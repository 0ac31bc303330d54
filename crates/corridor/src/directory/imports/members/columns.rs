//! Which column holds what: guessed from French and English headers, and changed by whoever imports.

use std::collections::BTreeMap;

/// What a column may hold.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// The organisation's name; the one column that must be there.
    Name,
    /// The kind of organisation.
    Kind,
    /// The number of the legal unit in France.
    Siren,
    /// The number of the establishment in France.
    Siret,
    /// The VAT number.
    Vat,
    /// The participant identification code.
    Pic,
    /// The identifier in the Research Organization Registry.
    Ror,
    /// The country.
    Country,
    /// The town.
    City,
    /// The postcode.
    Postcode,
    /// The college.
    College,
    /// Since when it is a member.
    Since,
    /// Until when it was a member.
    Until,
    /// Its competences, parted by commas or semicolons.
    Competences,
    /// Its website.
    Website,
    /// A description.
    Description,
    /// The yearly membership fee, in euros.
    Fee,
    /// The turnover, in euros.
    Turnover,
}

impl Field {
    /// All of them, in the order that forms show.
    pub const ALL: [Field; 18] = [
        Field::Name,
        Field::Kind,
        Field::Siren,
        Field::Siret,
        Field::Vat,
        Field::Pic,
        Field::Ror,
        Field::Country,
        Field::City,
        Field::Postcode,
        Field::College,
        Field::Since,
        Field::Until,
        Field::Competences,
        Field::Website,
        Field::Description,
        Field::Fee,
        Field::Turnover,
    ];

    /// The word in forms and on the command line.
    pub fn key(self) -> &'static str {
        match self {
            Field::Name => "name",
            Field::Kind => "kind",
            Field::Siren => "siren",
            Field::Siret => "siret",
            Field::Vat => "vat",
            Field::Pic => "pic",
            Field::Ror => "ror",
            Field::Country => "country",
            Field::City => "city",
            Field::Postcode => "postcode",
            Field::College => "college",
            Field::Since => "since",
            Field::Until => "until",
            Field::Competences => "competences",
            Field::Website => "website",
            Field::Description => "description",
            Field::Fee => "fee",
            Field::Turnover => "turnover",
        }
    }

    /// Headers by which it is known, folded and without anything but letters and digits; the likeliest first.
    fn headers(self) -> &'static [&'static str] {
        match self {
            Field::Name => &[
                "nom",
                "name",
                "organisation",
                "organization",
                "raisonsociale",
                "denomination",
                "structure",
                "membre",
                "adherent",
                "member",
                "entreprise",
                "company",
                "societe",
                "nomdelastructure",
                "organisationname",
                "legalname",
            ],
            Field::Kind => &[
                "type",
                "kind",
                "categorie",
                "category",
                "typedestructure",
                "typedorganisation",
                "nature",
                "organisationtype",
                "typologie",
            ],
            Field::Siren => &["siren", "numerosiren", "nsiren", "sirennumber"],
            Field::Siret => &["siret", "numerosiret", "nsiret"],
            Field::Vat => &["tva", "vat", "numerotva", "ntva", "tvaintracommunautaire", "vatnumber", "numerodetva"],
            Field::Pic => &["pic", "codepic", "piccode", "picnumber", "numeropic"],
            Field::Ror => &["ror", "rorid", "idror", "identifiantror"],
            Field::Country => &["pays", "country", "codepays", "countrycode"],
            Field::City => &["ville", "city", "commune", "town", "localite"],
            Field::Postcode => &["codepostal", "postcode", "cp", "zip", "postalcode", "zipcode"],
            Field::College => &["college", "collegedemembres", "membercollege"],
            Field::Since => &[
                "datedadhesion",
                "dateadhesion",
                "adhesion",
                "membersince",
                "since",
                "joined",
                "joinedon",
                "membredepuis",
                "adherentdepuis",
                "datedentree",
            ],
            Field::Until => {
                &["datedesortie", "until", "left", "findadhesion", "datefinadhesion", "memberuntil", "datederadiation"]
            }
            Field::Competences => &[
                "competences",
                "competencies",
                "skills",
                "expertise",
                "expertises",
                "domaines",
                "motscles",
                "keywords",
                "competence",
                "thematiques",
            ],
            Field::Website => &["site", "siteweb", "website", "web", "url", "siteinternet", "homepage"],
            Field::Description => &["description", "presentation", "activite", "activity", "about", "resume"],
            Field::Fee => &["cotisation", "fee", "membershipfee", "montantcotisation", "cotisationannuelle"],
            Field::Turnover => &["chiffredaffaires", "ca", "turnover", "revenue", "chiffredaffaire"],
        }
    }
}

impl std::str::FromStr for Field {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Field::ALL.into_iter().find(|field| field.key() == text).ok_or_else(|| {
            let keys: Vec<&str> = Field::ALL.iter().map(|field| field.key()).collect();
            format!("no field is named `{text}`: write one of {}", keys.join(", "))
        })
    }
}

/// Which column (by its header) holds which field.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Columns(pub BTreeMap<Field, String>);

fn plain(header: &str) -> String {
    ranking::text::fold(header).chars().filter(|c| c.is_ascii_alphanumeric()).collect()
}

impl Columns {
    /// What the headers suggest.
    pub fn guess(headers: &[String]) -> Self {
        let plain: Vec<(String, &String)> = headers.iter().map(|header| (self::plain(header), header)).collect();
        let mut columns = BTreeMap::new();
        for field in Field::ALL {
            let known = field.headers().iter().find_map(|name| plain.iter().find(|(header, _)| header == name));
            if let Some((_, header)) = known {
                columns.insert(field, (*header).clone());
            }
        }
        Columns(columns)
    }

    /// The column of a field.
    pub fn of(&self, field: Field) -> Option<&str> {
        self.0.get(&field).map(String::as_str)
    }

    /// Changes the guess by `column=field` pairs, as the command line gives them.
    ///
    /// # Errors
    /// When a pair names no field or no column of the file.
    pub fn change(&mut self, pairs: &[String], headers: &[String]) -> Result<(), String> {
        for pair in pairs {
            let (column, field) =
                pair.rsplit_once('=').ok_or_else(|| format!("`{pair}` is no mapping: write column=field"))?;
            let field: Field = field.trim().parse()?;
            let header = headers
                .iter()
                .find(|header| header.as_str() == column.trim() || self::plain(header) == self::plain(column))
                .ok_or_else(|| format!("the file has no column `{column}`: its columns are {}", headers.join(", ")))?;
            self.0.insert(field, header.clone());
        }
        Ok(())
    }
}

/// The kind that a word of a French or English list means.
pub(super) fn kind_of(text: &str) -> Option<&'static str> {
    let word = plain(text);
    if let Some(kind) = super::super::KINDS.into_iter().find(|kind| plain(kind) == word) {
        return Some(kind);
    }
    Some(match word.as_str() {
        "pme" | "tpe" | "startup" | "jeunepousse" | "petiteentreprise" | "petiteoumoyenneentreprise" => "sme",
        "eti" | "midcap" | "entreprisedetailleintermediaire" => "mid_cap",
        "grandgroupe" | "grandeentreprise" | "ge" | "groupe" | "largecompany" | "largeenterprise" | "industriel" => {
            "large_company"
        }
        "entreprise" | "societe" | "company" | "industrie" => "company",
        "universite" | "university" | "ecole" | "school" | "grandeecole" | "etablissementdenseignement" => "university",
        "organismederecherche"
        | "laboratoire"
        | "centretechnique"
        | "institut"
        | "recherche"
        | "researchorganisation"
        | "researchcentre"
        | "laboratory"
        | "epst"
        | "epic"
        | "centrederecherche"
        | "academique" => "research_organisation",
        "hopital"
        | "clinique"
        | "chu"
        | "chru"
        | "centrehospitalier"
        | "hospital"
        | "etablissementdesante"
        | "clinic" => "hospital",
        "associationdepatients" | "patients" | "patientassociation" | "patientorganisation" => "patient_organisation",
        "collectivite"
        | "agencepublique"
        | "ministere"
        | "region"
        | "etat"
        | "publicauthority"
        | "publicbody"
        | "collectiviteterritoriale"
        | "institution"
        | "agence" => "public_authority",
        "pole" | "poledecompetitivite" | "cluster" | "reseau" => "cluster",
        "association" | "federation" | "syndicat" => "association",
        "fondation" | "foundation" => "foundation",
        "autre" | "other" | "plateforme" | "platform" | "facility" | "incubateur" | "investisseur" | "financeur"
        | "conseil" => "other",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_and_english_headers_are_understood() {
        let headers: Vec<String> =
            ["nom", "type", "siren", "tva", "pays", "ville", "collège", "date d'adhésion", "compétences", "site"]
                .map(str::to_owned)
                .to_vec();
        let guess = Columns::guess(&headers);
        assert_eq!(guess.0.len(), 10);
        assert_eq!(guess.of(Field::Since), Some("date d'adhésion"));
        let headers: Vec<String> =
            ["Organisation name", "VAT number", "Country", "Member since"].map(str::to_owned).to_vec();
        let mut guess = Columns::guess(&headers);
        assert_eq!(guess.0.len(), 4);
        assert!(guess.change(&["Country=city".to_owned()], &headers).is_ok());
        assert_eq!(guess.of(Field::City), Some("Country"));
        assert!(guess.change(&["Nowhere=city".to_owned()], &headers).is_err());
        assert!(guess.change(&["Country=planet".to_owned()], &headers).is_err());
    }

    #[test]
    fn every_word_for_a_kind_is_a_kind() {
        for (word, kind) in [
            ("PME", "sme"),
            ("Grand groupe", "large_company"),
            ("Hôpital", "hospital"),
            ("association de patients", "patient_organisation"),
            ("sme", "sme"),
        ] {
            assert_eq!(kind_of(word), Some(kind));
        }
        assert_eq!(kind_of("licorne"), None);
    }
}
