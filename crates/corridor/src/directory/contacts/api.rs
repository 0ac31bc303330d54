//! Contacts as JSON: what the reader sees and nothing else.

use axum::{Json, extract::Path};
use serde::Serialize;
use utoipa::ToSchema;

use super::{Contact, ContactId, KeptBy, Selection, list_for_program, one};
use crate::{
    accounts::{Acting, ClusterId},
    directory::{OrganisationId, pages::Asked},
    foundation::errors::Error,
};

/// A contact as the reader sees it; a field that they may not see is null, as one that is empty.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ContactView {
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
    /// The name.
    pub name: Option<String>,
    /// The function.
    pub function: Option<String>,
    /// The address.
    pub email: Option<String>,
    /// The telephone.
    pub telephone: Option<String>,
    /// The languages.
    pub languages: Option<String>,
}

impl From<Contact> for ContactView {
    fn from(contact: Contact) -> Self {
        ContactView {
            id: contact.id,
            cluster: contact.cluster,
            cluster_name: contact.cluster_name,
            organisation: contact.organisation,
            organisation_name: contact.organisation_name,
            kept_by: contact.kept_by,
            name: contact.values.name,
            function: contact.values.function,
            email: contact.values.email,
            telephone: contact.values.telephone,
            languages: contact.values.languages,
        }
    }
}

/// A page of contacts.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct ContactPage {
    /// How many contacts the reader sees in all.
    pub total: i64,
    /// The page, from 1.
    pub page: i64,
    /// The contacts of the page.
    pub contacts: Vec<ContactView>,
}

/// The contacts that the reader sees, 25 a page. A page of a list of several is noted in the audit trail, and whose data was
/// in it in the log of disclosures.
#[utoipa::path(get, path = "/api/contacts", tag = "contacts", params(Selection), responses((status = 200, body = ContactPage)))]
pub async fn all(acting: Acting, Asked(asked): Asked<Selection>) -> Result<Json<ContactPage>, Error> {
    let reader = acting.reader().await?;
    let listed = list_for_program(&acting.app, &acting.actor, reader, &asked).await?;
    let contacts = listed.contacts.into_iter().map(ContactView::from).collect();
    Ok(Json(ContactPage { total: listed.total, page: listed.page, contacts }))
}

/// One contact, as far as the reader sees it.
///
/// A field that the reader may not see is null, as one that is empty; a contact of which they see nothing does not exist.
#[utoipa::path(get, path = "/api/contacts/{id}", tag = "contacts", params(("id" = ContactId, Path, description = "The contact.")),
    responses((status = 200, body = ContactView)))]
pub async fn single(acting: Acting, Path(id): Path<ContactId>) -> Result<Json<ContactView>, Error> {
    let reader = acting.reader().await?;
    Ok(Json(one(&acting.app, &acting.actor, reader, id).await?.into()))
}
