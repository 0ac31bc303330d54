//! What a source states of an organisation, and how it becomes the record that Corridor shows.
//!
//! Every value is kept as a statement with its source. The record shows a value of a source until somebody or another
//! source has said something else: an import never overwrites what it did not write itself, and what a person
//! corrected stays for every import.

use std::collections::{HashMap, HashSet};

use crate::{
    directory::{
        OrganisationId,
        record::Organisation,
        store::{self, Replacing, Rows},
    },
    foundation::{
        database::Database,
        errors::Error,
        ids::SourceId,
        time::{Clock, Timestamp},
    },
};

impl Organisation {
    /// The shown value of a field, as a statement would spell it.
    fn shown(&self, field: &str) -> Option<String> {
        match field {
            "name" => self.name.clone(),
            "short_name" => self.short_name.clone(),
            "kind" => Some(self.kind.clone()),
            "sme" => self.sme.map(|sme| sme.to_string()),
            "country" => self.country.clone(),
            "region" => self.region.clone(),
            "city" => self.city.clone(),
            "postcode" => self.postcode.clone(),
            "address" => self.address.clone(),
            "position" => {
                let precision = self.place_precision.as_deref().unwrap_or("city");
                self.lat.zip(self.lon).map(|(lat, lon)| position(lat, lon, precision))
            }
            "website" => self.website.clone(),
            "description" => self.description.clone(),
            _ => None,
        }
    }

    /// Shows a value; fields that have no column stay statements.
    fn show(&mut self, field: &str, value: &str) {
        let text = Some(value.to_owned());
        match field {
            "name" => {
                self.name_key = ranking::identity::normalise(value);
                self.name = text;
            }
            "short_name" => self.short_name = text,
            "kind" => self.kind = value.to_owned(),
            "sme" => self.sme = Some(value == "true"),
            "country" => self.country = text,
            "region" => self.region = text,
            "city" => self.city = text,
            "postcode" => self.postcode = text,
            "address" => self.address = text,
            "position" => {
                let mut parts = value.split(' ');
                let mut number = || parts.next().and_then(|part| part.parse().ok());
                (self.lat, self.lon) = (number(), number());
                self.place_precision = value.split(' ').nth(2).map(str::to_owned);
            }
            "website" => self.website = text,
            "description" => self.description = text,
            _ => {}
        }
    }
}

/// A place on the map as a statement spells it.
pub(in crate::directory) fn position(lat: f64, lon: f64, precision: &str) -> String {
    format!("{lat} {lon} {precision}")
}

/// One fact as a source states it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::directory) struct Fact {
    pub field: String,
    pub value: String,
    pub qualifier: Option<String>,
    pub inferred: bool,
    pub observed_on: Option<String>,
    pub source: SourceId,
    /// Whether a later statement of the source replaces this one; facts such as roles stand beside each other.
    pub single: bool,
}

impl Fact {
    /// A fact of a field that has one value.
    pub fn single(source: SourceId, field: &str, value: impl Into<String>, observed_on: Option<&str>) -> Self {
        Fact {
            field: field.to_owned(),
            value: value.into(),
            qualifier: None,
            inferred: false,
            observed_on: observed_on.map(str::to_owned),
            source,
            single: true,
        }
    }

    /// The same, concluded rather than stated.
    pub fn inferred(mut self) -> Self {
        self.inferred = true;
        self
    }
}

/// A statement as it is stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub(in crate::directory) struct Stated {
    pub organisation_id: OrganisationId,
    pub field: String,
    pub source_id: SourceId,
    pub value: String,
    /// Whether a person stated it in Corridor itself.
    pub by_a_person: bool,
}

/// What is known already of the organisations that a batch touches.
#[derive(Debug, Default)]
pub(super) struct Known {
    pub records: HashMap<OrganisationId, Organisation>,
    statements: HashMap<(OrganisationId, String, SourceId), HashSet<String>>,
    corrected: HashSet<(OrganisationId, String)>,
}

impl Known {
    /// Reads the records and statements of organisations.
    pub async fn of(database: &Database, ids: &[OrganisationId]) -> Result<Self, Error> {
        let records = store::organisations(database, ids).await?;
        let mut known =
            Known { records: records.into_iter().map(|record| (record.id, record)).collect(), ..Known::default() };
        for stated in store::stated(database, ids).await? {
            if stated.by_a_person {
                known.corrected.insert((stated.organisation_id, stated.field.clone()));
            }
            let key = (stated.organisation_id, stated.field, stated.source_id);
            known.statements.entry(key).or_default().insert(stated.value);
        }
        Ok(known)
    }

    /// Whether a person corrected the field, so that no import may change what is shown of it.
    pub fn is_corrected(&self, id: OrganisationId, field: &str) -> bool {
        self.corrected.contains(&(id, field.to_owned()))
    }
}

/// What came of stating facts about one organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    Created,
    Changed,
    Unchanged,
}

/// States facts: decides what the record shows, and collects what is to be written.
#[derive(Debug)]
pub(super) struct Writer {
    /// What waits to be written.
    pub rows: Rows,
    now: Timestamp,
}

impl Writer {
    pub fn new(clock: Clock, replacing: Replacing) -> Self {
        Writer { rows: Rows::new(replacing), now: clock.now() }
    }

    /// The record to state facts of: the one that is there, or a new one; and whether it is new.
    pub fn base(&self, there: Option<&Organisation>) -> (Organisation, bool) {
        match there {
            Some(there) => (there.clone(), false),
            None => (Organisation::new(self.now), true),
        }
    }

    /// States facts of a new organisation (`known` has no record of it) or of one that is there.
    pub fn state(&mut self, base: Organisation, is_new: bool, known: &Known, facts: &[Fact]) -> Change {
        let id = base.id;
        let before = self.rows.waiting(id).cloned().unwrap_or(base);
        let mut record = before.clone();
        let mut stated = false;
        for fact in facts {
            let old = known.statements.get(&(id, fact.field.clone(), fact.source));
            if old.is_some_and(|values| values.contains(&fact.value)) {
                continue;
            }
            stated = true;
            let shown = record.shown(&fact.field);
            let own = old.is_some_and(|values| shown.as_ref().is_some_and(|shown| values.contains(shown)));
            // «other» is the kind of a record of which none is known.
            let empty = shown.is_none() || (fact.field == "kind" && shown.as_deref() == Some("other"));
            if (is_new || own || empty) && !known.is_corrected(id, &fact.field) {
                record.show(&fact.field, &fact.value);
            }
            self.rows.statement(id, fact, fact.single && old.is_some());
        }
        let changed = record != before;
        if changed || is_new {
            self.put(record, is_new);
        }
        match (is_new, stated || changed) {
            (true, _) => Change::Created,
            (false, true) => Change::Changed,
            (false, false) => Change::Unchanged,
        }
    }

    /// Writes a record as it is given; the revision of one that is there is raised once.
    pub fn put(&mut self, mut record: Organisation, is_new: bool) {
        if !is_new && self.rows.waiting(record.id).is_none() {
            record.revision += 1;
            record.updated_at = self.now;
        }
        self.rows.organisation(record);
    }
}
