//! The conversation with a provider, on threads of its own: it waits for another machine.

use std::time::Duration;

use openidconnect::{
    AccessTokenHash, AuthenticationFlow, AuthorizationCode, ClientId, ClientSecret, CsrfToken, EmptyAdditionalClaims,
    HttpRequest, HttpResponse, IssuerUrl, Nonce, OAuth2TokenResponse, PkceCodeChallenge, PkceCodeVerifier, RedirectUrl,
    Scope, TokenResponse, UserInfoClaims,
    core::{CoreClient, CoreGenderClaim, CoreProviderMetadata, CoreResponseType},
};

use super::Identity;
use crate::{
    accounts::Email,
    foundation::{
        configuration::{Provider, secret_from},
        errors::Error,
        secrets::Secret,
    },
};

/// How long a provider may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// The largest answer of a provider that is read.
const LARGEST_ANSWER: u64 = 1024 * 1024;

/// What sends the browser to the provider, and what must come back with it.
pub(super) struct WayThere {
    pub(super) address: String,
    pub(super) state: String,
    pub(super) nonce: String,
    pub(super) verifier: String,
}

/// One request. Redirects are not followed: an answer from elsewhere is no answer of the provider.
fn ask(request: HttpRequest) -> Result<HttpResponse, ureq::Error> {
    let agent: ureq::Agent = ureq::Agent::config_builder()
        .max_redirects(0)
        .max_redirects_will_error(false)
        .http_status_as_error(false)
        .timeout_global(Some(PATIENCE))
        .build()
        .into();
    let (parts, mut body) = agent.run(request)?.into_parts();
    let bytes = body.with_config().limit(LARGEST_ANSWER).read_to_vec()?;
    Ok(HttpResponse::from_parts(parts, bytes))
}

/// What went wrong between us and the provider stands in the log; the person is told to try another way.
fn unreachable(provider: &str, what: &str, error: impl std::fmt::Display) -> Error {
    tracing::warn!(provider, what, %error, "a provider of identities could not be used");
    Error::Refused { reason: "refused-provider", sign_in: false }
}

async fn aside<T: Send + 'static>(work: impl FnOnce() -> Result<T, Error> + Send + 'static) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.map_err(anyhow::Error::from)?
}

macro_rules! client {
    ($provider:expr, $redirect:expr) => {{
        let provider = $provider;
        let told = |what: &'static str, error: &dyn std::fmt::Display| unreachable(&provider.key, what, error);
        let issuer = IssuerUrl::new(provider.issuer.clone()).map_err(|error| told("issuer", &error))?;
        let metadata = CoreProviderMetadata::discover(&issuer, &ask).map_err(|error| told("discovery", &error))?;
        let secret = match &provider.client_secret_file {
            Some(path) => Some(ClientSecret::new(secret_from(path)?.reveal().to_owned())),
            None => None,
        };
        let redirect = RedirectUrl::new($redirect).map_err(|error| told("redirect", &error))?;
        CoreClient::from_provider_metadata(metadata, ClientId::new(provider.client_id.clone()), secret)
            .set_redirect_uri(redirect)
    }};
}

/// The address that begins the way, with a fresh state, nonce and PKCE challenge.
pub(super) async fn way_there(provider: Provider, redirect: String) -> Result<WayThere, Error> {
    aside(move || {
        let client = client!(&provider, redirect);
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (address, state, nonce) = client
            .authorize_url(
                AuthenticationFlow::<CoreResponseType>::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_scope(Scope::new("email".to_owned()))
            .set_pkce_challenge(challenge)
            .url();
        Ok(WayThere {
            address: address.to_string(),
            state: state.secret().clone(),
            nonce: nonce.secret().clone(),
            verifier: verifier.secret().clone(),
        })
    })
    .await
}

/// Exchanges the code for a signed word on who it is, checks it, and asks for the address where the word leaves it out.
pub(super) async fn identity(
    provider: Provider,
    redirect: String,
    code: Secret,
    nonce: String,
    verifier: Secret,
) -> Result<Identity, Error> {
    aside(move || {
        let key = provider.key.clone();
        let told = |what: &'static str, error: &dyn std::fmt::Display| unreachable(&key, what, error);
        let client = client!(&provider, redirect);
        let answer = client
            .exchange_code(AuthorizationCode::new(code.reveal().to_owned()))
            .map_err(|error| told("token endpoint", &error))?
            .set_pkce_verifier(PkceCodeVerifier::new(verifier.reveal().to_owned()))
            .request(&ask)
            .map_err(|error| told("code", &error))?;
        let token = answer.id_token().ok_or_else(|| told("identity token", &"there is none"))?;
        let checker = client.id_token_verifier();
        let claims = token.claims(&checker, &Nonce::new(nonce)).map_err(|error| told("identity token", &error))?;
        if let Some(expected) = claims.access_token_hash() {
            let algorithm = token.signing_alg().map_err(|error| told("signature", &error))?;
            let signer = token.signing_key(&checker).map_err(|error| told("signature", &error))?;
            let actual = AccessTokenHash::from_token(answer.access_token(), algorithm, signer)
                .map_err(|error| told("signature", &error))?;
            if actual != *expected {
                return Err(told("access token", &"it is not the one that was vouched for"));
            }
        }
        let mut email = claims.email().map(|email| (email.to_string(), claims.email_verified() == Some(true)));
        if email.is_none() && client.user_info_url().is_some() {
            let request = client
                .user_info(answer.access_token().clone(), Some(claims.subject().clone()))
                .map_err(|error| told("user info", &error))?;
            let told_more: UserInfoClaims<EmptyAdditionalClaims, CoreGenderClaim> =
                request.request(&ask).map_err(|error| told("user info", &error))?;
            email = told_more.email().map(|email| (email.to_string(), told_more.email_verified() == Some(true)));
        }
        let verified = email.filter(|(_, verified)| *verified).and_then(|(email, _)| email.parse::<Email>().ok());
        Ok(Identity {
            provider: provider.key,
            subject: claims.subject().to_string(),
            verified_email: verified.map(|email| email.to_string()),
        })
    })
    .await
}
