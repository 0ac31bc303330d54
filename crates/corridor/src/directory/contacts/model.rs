//! Contacts: the fields, who keeps them, and what a form must say. Pure, tested as tables.

use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::{
    accounts::{Actor, ClusterId, Email, visibility::Audience, visibility::Reader},
    directory::OrganisationId,
    foundation::{errors::FieldProblem, personal::Basis},
};

id! {
    /// A contact: a person at an organisation, as a cluster knows them.
    ContactId
}

/// A field of a contact, each with its own audience.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// The person's name.
    Name,
    /// What they do there.
    Function,
    /// Their address.
    Email,
    /// Their telephone.
    Telephone,
    /// The languages they work in.
    Languages,
}

impl Field {
    /// All, in the order of forms.
    pub const ALL: [Field; 5] = [Field::Name, Field::Function, Field::Email, Field::Telephone, Field::Languages];

    /// The word in forms, files and programs.
    pub fn key(self) -> &'static str {
        match self {
            Field::Name => "name",
            Field::Function => "function",
            Field::Email => "email",
            Field::Telephone => "telephone",
            Field::Languages => "languages",
        }
    }

    /// The key of its name in the language files.
    pub fn label_key(self) -> &'static str {
        match self {
            Field::Name => "contact-name",
            Field::Function => "contact-function",
            Field::Email => "contact-email",
            Field::Telephone => "contact-telephone",
            Field::Languages => "contact-languages",
        }
    }

    /// The longest value.
    fn longest(self) -> usize {
        match self {
            Field::Email => 254,
            Field::Telephone => 40,
            _ => 200,
        }
    }
}

/// Who wrote a contact, and so who may change it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum KeptBy {
    /// The team of the cluster.
    Cluster,
    /// Who speaks for the organisation.
    Organisation,
    /// The person themself, who shows their account.
    Person,
}

impl KeptBy {
    /// The word in the database.
    pub fn key(self) -> &'static str {
        match self {
            KeptBy::Cluster => "cluster",
            KeptBy::Organisation => "organisation",
            KeptBy::Person => "person",
        }
    }
}

/// A text that does not say who keeps a contact.
#[derive(Debug, thiserror::Error)]
#[error("nobody keeps contacts as `{0}`")]
pub struct UnknownKeeper(String);

impl TryFrom<String> for KeptBy {
    type Error = UnknownKeeper;

    fn try_from(text: String) -> Result<Self, UnknownKeeper> {
        let all = [KeptBy::Cluster, KeptBy::Organisation, KeptBy::Person];
        all.into_iter().find(|one| one.key() == text).ok_or(UnknownKeeper(text))
    }
}

/// One value for each field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fields<T> {
    /// The name.
    pub name: T,
    /// The function.
    pub function: T,
    /// The address.
    pub email: T,
    /// The telephone.
    pub telephone: T,
    /// The languages.
    pub languages: T,
}

impl<T> Fields<T> {
    /// The value of a field.
    pub fn get(&self, field: Field) -> &T {
        match field {
            Field::Name => &self.name,
            Field::Function => &self.function,
            Field::Email => &self.email,
            Field::Telephone => &self.telephone,
            Field::Languages => &self.languages,
        }
    }

    /// The value of a field, to be changed.
    pub fn get_mut(&mut self, field: Field) -> &mut T {
        match field {
            Field::Name => &mut self.name,
            Field::Function => &mut self.function,
            Field::Email => &mut self.email,
            Field::Telephone => &mut self.telephone,
            Field::Languages => &mut self.languages,
        }
    }
}

/// A contact as somebody sees it: what they may not see is not there.
#[derive(Clone, Debug)]
pub struct Contact {
    /// Its id.
    pub id: ContactId,
    /// The cluster that it belongs to.
    pub cluster: ClusterId,
    /// What the cluster is called.
    pub cluster_name: String,
    /// The organisation.
    pub organisation: OrganisationId,
    /// What the organisation is called.
    pub organisation_name: Option<String>,
    /// Who keeps it.
    pub kept_by: KeptBy,
    /// The account that shows itself.
    pub person: Option<Uuid>,
    /// The values that are seen.
    pub values: Fields<Option<String>>,
    /// Who sees them.
    pub audiences: Fields<Audience>,
    /// The revision, for whoever changes it.
    pub revision: i64,
}

impl Contact {
    /// What it is called: the name, or the first that is seen of function and address.
    pub fn shown_name(&self) -> &str {
        let values = [&self.values.name, &self.values.function, &self.values.email, &self.values.telephone];
        values.into_iter().flatten().next().map_or("", String::as_str)
    }

    /// Whether this actor may change it.
    pub fn may_be_changed_by(&self, actor: &Actor, reader: &Reader) -> bool {
        match self.kept_by {
            KeptBy::Person => self.person.is_some() && self.person == actor.person(),
            KeptBy::Cluster => reader.is_team_of(self.cluster),
            KeptBy::Organisation => {
                reader.is_team_of(self.cluster) || reader.speaks_for() == Some((self.cluster, self.organisation.0))
            }
        }
    }
}

/// The form as it was sent.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default)]
pub struct Form {
    /// The revision that the person saw.
    pub revision: i64,
    /// The name.
    pub name: String,
    /// The function.
    pub function: String,
    /// The address.
    pub email: String,
    /// The telephone.
    pub telephone: String,
    /// The languages.
    pub languages: String,
    /// Who sees the name.
    pub name_audience: String,
    /// Who sees the function.
    pub function_audience: String,
    /// Who sees the address.
    pub email_audience: String,
    /// Who sees the telephone.
    pub telephone_audience: String,
    /// Who sees the languages.
    pub languages_audience: String,
    /// By what right it is kept.
    pub basis: String,
    /// How that is known.
    pub known_by: String,
}

impl Form {
    /// What was typed into a field.
    pub fn value(&self, field: Field) -> &str {
        match field {
            Field::Name => &self.name,
            Field::Function => &self.function,
            Field::Email => &self.email,
            Field::Telephone => &self.telephone,
            Field::Languages => &self.languages,
        }
    }

    /// The audience chosen for a field.
    pub fn audience(&self, field: Field) -> &str {
        match field {
            Field::Name => &self.name_audience,
            Field::Function => &self.function_audience,
            Field::Email => &self.email_audience,
            Field::Telephone => &self.telephone_audience,
            Field::Languages => &self.languages_audience,
        }
    }

    /// The form that shows a contact as it is.
    pub fn of(contact: &Contact) -> Self {
        let value = |field| contact.values.get(field).clone().unwrap_or_default();
        let audience = |field| contact.audiences.get(field).to_string();
        Form {
            revision: contact.revision,
            name: value(Field::Name),
            function: value(Field::Function),
            email: value(Field::Email),
            telephone: value(Field::Telephone),
            languages: value(Field::Languages),
            name_audience: audience(Field::Name),
            function_audience: audience(Field::Function),
            email_audience: audience(Field::Email),
            telephone_audience: audience(Field::Telephone),
            languages_audience: audience(Field::Languages),
            basis: String::new(),
            known_by: String::new(),
        }
    }
}

/// What is to be written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Change {
    /// The values.
    pub values: Fields<Option<String>>,
    /// Who sees them.
    pub audiences: Fields<Audience>,
    /// By what right, where that was said anew.
    pub basis: Option<Basis>,
    /// How that is known.
    pub known_by: String,
}

/// The word of a form for a field of one's own account that nobody is to see.
pub const HIDDEN: &str = "hidden";

/// How a basis can be known.
pub const CHANNELS: [&str; 5] = ["meeting", "letter", "telephone", "paper", "page"];

/// A text in one line, without what cannot be seen.
fn one_line(text: &str) -> String {
    text.chars()
        .filter(|letter| !letter.is_control())
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Reads the form. `may_choose` says which audiences the cluster has; a new contact needs its basis.
///
/// # Errors
/// The fields that cannot be used, all at once.
pub fn read(form: &Form, is_new: bool, may_choose: impl Fn(&Audience) -> bool) -> Result<Change, Vec<FieldProblem>> {
    let mut problems = Vec::new();
    let mut wrong = |field: &str, message: &str, value: &str| {
        let value = value.chars().take(200).collect();
        problems.push(FieldProblem { field: field.to_owned(), message: message.to_owned(), value });
    };
    let mut values: Fields<Option<String>> = Fields::default();
    let mut audiences: Fields<Audience> = Fields::default();
    for field in Field::ALL {
        let typed = one_line(form.value(field));
        if typed.chars().count() > field.longest() {
            wrong(field.key(), "directory-problem-too-long", &typed);
            continue;
        }
        // What is hidden is not kept at all: what is not there cannot be shown by mistake.
        if typed.is_empty() || form.audience(field) == HIDDEN {
            continue;
        }
        match Audience::from_str(form.audience(field)) {
            Ok(audience) if may_choose(&audience) => *audiences.get_mut(field) = audience,
            _ if form.audience(field).is_empty() => {}
            _ => wrong(field.key(), "contact-problem-audience", form.audience(field)),
        }
        *values.get_mut(field) = match field {
            Field::Email => match typed.parse::<Email>() {
                Ok(email) => Some(email.to_string()),
                Err(_) => {
                    wrong("email", "sign-in-problem-email", &typed);
                    None
                }
            },
            Field::Telephone => {
                let dialled = typed.chars().filter(char::is_ascii_digit).count() >= 4
                    && typed.chars().all(|letter| letter.is_ascii_digit() || " +().-/".contains(letter));
                if !dialled {
                    wrong("telephone", "contact-problem-telephone", &typed);
                }
                Some(typed)
            }
            _ => Some(typed),
        };
    }
    let named =
        [Field::Name, Field::Function, Field::Email].into_iter().any(|field| !form.value(field).trim().is_empty());
    if !named {
        wrong("name", "contact-problem-nobody", "");
    }
    let basis = Basis::of(&form.basis);
    if basis.is_none() && (is_new || !form.basis.is_empty()) {
        wrong("basis", "contact-problem-basis", &form.basis);
    }
    if basis.is_some() && !CHANNELS.contains(&form.known_by.as_str()) {
        wrong("known_by", "contact-problem-known-by", &form.known_by);
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(Change { values, audiences, basis, known_by: form.known_by.clone() })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn form() -> Form {
        Form {
            name: " Ada  Example ".to_owned(),
            email: "Ada@Institute.example".to_owned(),
            basis: "legitimate_interests".to_owned(),
            known_by: "meeting".to_owned(),
            ..Form::default()
        }
    }

    #[test]
    fn everything_personal_is_private_to_the_team_until_somebody_says_otherwise() {
        let change = read(&form(), true, |_| true).unwrap();
        assert_eq!(change.values.name.as_deref(), Some("Ada Example"));
        assert_eq!(change.values.email.as_deref(), Some("ada@institute.example"));
        for field in Field::ALL {
            assert_eq!(*change.audiences.get(field), Audience::Team, "{field:?}");
        }
        let shown = read(&Form { name_audience: "public".to_owned(), ..form() }, true, |_| true).unwrap();
        assert_eq!((shown.audiences.name, shown.audiences.email), (Audience::Public, Audience::Team));
    }

    #[test]
    fn wrong_fields_are_named_all_at_once() {
        let wrong = Form {
            name: "n".repeat(201),
            email: "nobody".to_owned(),
            telephone: "call me".to_owned(),
            function_audience: "everybody".to_owned(),
            function: "Head".to_owned(),
            basis: String::new(),
            ..form()
        };
        let problems = read(&wrong, true, |_| true).unwrap_err();
        let fields: Vec<&str> = problems.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(fields, ["name", "function", "email", "telephone", "basis"]);
        let nobody = Form { name: String::new(), email: String::new(), telephone: "0140000000".to_owned(), ..form() };
        assert_eq!(read(&nobody, true, |_| true).unwrap_err()[0].message, "contact-problem-nobody");
    }

    #[test]
    fn an_audience_that_the_cluster_does_not_have_is_refused() {
        let form = Form { name_audience: format!("alliances:{}", Uuid::now_v7()), ..form() };
        assert_eq!(read(&form, true, |_| false).unwrap_err()[0].field, "name");
        assert!(read(&form, true, |_| true).is_ok());
    }

    #[test]
    fn what_is_hidden_is_not_kept() {
        let change = read(&Form { email_audience: HIDDEN.to_owned(), ..form() }, true, |_| true).unwrap();
        assert_eq!(change.values.email, None);
    }

    #[test]
    fn a_change_need_not_say_the_basis_again() {
        let same = Form { basis: String::new(), known_by: String::new(), ..form() };
        assert_eq!(read(&same, false, |_| true).unwrap().basis, None);
    }

    proptest! {
        #[test]
        fn any_input_is_read_without_a_fault(name in ".*", email in ".*", telephone in ".*", audience in ".*") {
            let _ = read(&Form { name, email, telephone, name_audience: audience, ..form() }, true, |_| true);
        }
    }
}
