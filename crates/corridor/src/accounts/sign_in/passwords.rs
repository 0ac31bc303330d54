//! Passwords, for those who can use nothing better: argon2id, on few threads of their own, checked against what people
//! commonly choose.

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::sync::Semaphore;

use super::{store, tell_changed, tell_refused};
use crate::{
    accounts::{
        Acting, Action, Email, Limits, PersonId, Resource,
        sessions::{self, Browser, Method},
        store as accounts_store,
    },
    foundation::{
        errors::Error,
        instance::{App, Part},
        secrets::Secret,
    },
};

/// The least length, in characters. No rule says which characters.
pub const SHORTEST: usize = 12;
/// The greatest length: longer than any passphrase, short enough that hashing it is no attack.
pub const LONGEST: usize = 128;
/// How many may wait for their turn; beyond that one is asked to come back.
const LONGEST_QUEUE: usize = 400;

/// Hashes passwords, few at a time and on threads that give way to everybody else's: 200 people who sign in at once must
/// not slow the pages of the others.
#[derive(Debug)]
pub struct Hasher {
    threads: Result<rayon::ThreadPool, rayon::ThreadPoolBuildError>,
    waiting: Semaphore,
}

impl Part for Hasher {
    /// Half the cores of this machine.
    fn open(_: &App) -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let threads = rayon::ThreadPoolBuilder::new()
            .num_threads((cores / 2).max(1))
            .thread_name(|place| format!("hasher-{place}"))
            .start_handler(|_| give_way())
            .panic_handler(|_| ())
            .build();
        Hasher { threads, waiting: Semaphore::new(LONGEST_QUEUE) }
    }
}

/// Lets this thread run when no other one of the process wants to. Only Linux counts that by thread.
#[cfg(target_os = "linux")]
fn give_way() {
    /// The one that gives way to every other.
    const LAST: i32 = 19;
    if let Err(error) = rustix::process::setpriority_process(None, LAST) {
        tracing::warn!(%error, "the threads that hash passwords could not be made to give way");
    }
}

#[cfg(not(target_os = "linux"))]
fn give_way() {}

impl Hasher {
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let _place = self.waiting.try_acquire().map_err(|_| Error::TooOften { seconds: 10 })?;
        let threads = self.threads.as_ref().map_err(|error| anyhow::anyhow!("no thread to hash passwords: {error}"))?;
        let (done, result) = tokio::sync::oneshot::channel();
        threads.spawn_fifo(move || {
            // Who asked may have gone away.
            let _ = done.send(work());
        });
        result.await.map_err(anyhow::Error::from)?
    }
}

/// The parameters that OWASP recommends for argon2id: 19 MiB, two passes, one lane.
fn argon2() -> Result<Argon2<'static>, Error> {
    let parameters = Params::new(19 * 1024, 2, 1, None).map_err(|error| anyhow::anyhow!("argon2: {error}"))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters))
}

fn hash(password: &Secret) -> Result<String, Error> {
    let hash =
        argon2()?.hash_password(password.reveal().as_bytes()).map_err(|error| anyhow::anyhow!("argon2: {error}"))?;
    Ok(hash.to_string())
}

/// Whether the password is the one of the hash. Without a hash it is hashed all the same, so that it takes as long.
fn matches(password: &Secret, stored: Option<&str>) -> Result<bool, Error> {
    let Some(stored) = stored else {
        hash(password)?;
        return Ok(false);
    };
    let hash =
        PasswordHash::new(stored).map_err(|error| anyhow::anyhow!("a stored password is not readable: {error}"))?;
    Ok(argon2()?.verify_password(password.reveal().as_bytes(), &hash).is_ok())
}

/// Why a password cannot be used, as the key of its text. `about` is what everybody knows of its owner.
pub fn problem(password: &Secret, about: &[&str]) -> Option<&'static str> {
    let text = password.reveal();
    let length = text.chars().count();
    if length < SHORTEST {
        return Some("password-problem-short");
    }
    if length > LONGEST {
        return Some("password-problem-long");
    }
    // Knows the 30,000 passwords that are chosen most, words of several languages, keyboards, dates and what people do to
    // them. Three of four: safe from guessing even by whoever stole the hash of a slow function.
    let known: Vec<String> = about
        .iter()
        .flat_map(|text| text.split(['@', '.', ' ']))
        .filter(|word| word.len() > 2)
        .map(str::to_lowercase)
        .collect();
    let inputs: Vec<&str> = known.iter().map(String::as_str).collect();
    (zxcvbn::zxcvbn(text, &inputs).score() < zxcvbn::Score::Three).then_some("password-problem-common")
}

/// Signs in by a password. The same work for an account that does not exist or has no password.
///
/// # Errors
/// When tried too often, or the database fails.
pub async fn sign_in(
    acting: &Acting,
    email: &Email,
    password: Secret,
    browser: &Browser,
) -> Result<Option<Secret>, Error> {
    acting.may(Action::ReadPublic, Resource::Instance)?;
    let app = &acting.app;
    app.part::<Limits>().attempt(browser, email.as_str()).await?;
    let person = accounts_store::person_by_email(&app.database, email).await?.map(|person| person.id);
    let stored = store::password_hash(&app.database, person).await?;
    let right = app.part::<Hasher>().run(move || matches(&password, stored.as_deref())).await?;
    let now = app.clock.now();
    transact!(app.database, transaction => {
        match person.filter(|_| right) {
            Some(person) => {
                sessions::begin(transaction, app, person, None, Method::Password, browser, acting.token())
                    .await
                    .map(Some)
            }
            None => {
                tell_refused(transaction, now, person.map(|id| id.0), Method::Password, browser).await?;
                Ok(None)
            }
        }
    })
}

/// Gives the person who acts another password, and ends their other sessions.
///
/// # Errors
/// [`Error::Invalid`] when it cannot be used; when they have no account of their own.
pub async fn choose(acting: &Acting, password: Secret) -> Result<(), Error> {
    acting.may(Action::OwnAccount, Resource::Instance)?;
    acting.signed_in_lately()?;
    let app = &acting.app;
    let session = acting.account()?.clone();
    let owner = accounts_store::person(&app.database, session.person).await?;
    let about: Vec<&str> =
        owner.iter().flat_map(|person| [Some(person.name.as_str()), person.email.as_deref()]).flatten().collect();
    if let Some(message) = problem(&password, &about) {
        let field = crate::foundation::errors::FieldProblem {
            field: "password".to_owned(),
            message: message.to_owned(),
            value: String::new(),
        };
        return Err(Error::Invalid(vec![field]));
    }
    let hash = app.part::<Hasher>().run(move || hash(&password)).await?;
    let now = app.clock.now();
    transact!(app.database, transaction => {
        store::put_password(transaction, session.person, &hash, now).await?;
        sessions::end_all_of(transaction, session.person, Some(session.id)).await?;
        let nothing = serde_json::Value::Null;
        tell_changed(transaction, app, owner.as_ref(), "choose_password", String::new(), nothing).await
    })?;
    app.jobs.notify_one();
    Ok(())
}

/// Takes the password of the person who acts away.
///
/// # Errors
/// When they have none.
pub async fn remove(acting: &Acting) -> Result<(), Error> {
    acting.may(Action::OwnAccount, Resource::Instance)?;
    acting.signed_in_lately()?;
    let (app, person) = (&acting.app, acting.account()?.person);
    let owner = accounts_store::person(&app.database, person).await?;
    transact!(app.database, transaction => {
        if !store::remove_password(transaction, person).await? {
            return Err(Error::NotFound("a password of yours".to_owned()));
        }
        let nothing = serde_json::Value::Null;
        tell_changed(transaction, app, owner.as_ref(), "remove_password", String::new(), nothing).await
    })?;
    app.jobs.notify_one();
    Ok(())
}

/// When the person last chose a password; none without one.
pub(in crate::accounts) async fn changed_at(acting: &Acting, person: PersonId) -> Result<Option<i64>, Error> {
    store::password_changed_at(&acting.app.database, person).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_argon2id_and_matches_its_password_only() {
        let password = Secret::new("a lighthouse in the fog");
        let stored = hash(&password).unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert!(matches(&password, Some(&stored)).unwrap());
        assert!(!matches(&Secret::new("a lighthouse in the fo"), Some(&stored)).unwrap());
        assert!(!matches(&password, None).unwrap());
        assert_ne!(hash(&password).unwrap(), stored, "every hash has its own salt");
    }

    #[test]
    fn what_people_commonly_choose_is_refused_and_passphrases_are_not() {
        let says = |text: &str| problem(&Secret::new(text), &["Ada Example", "ada@institute.example"]);
        assert_eq!(says("short"), Some("password-problem-short"));
        assert_eq!(says(&"x".repeat(300)), Some("password-problem-long"));
        for common in [
            "password1234",
            "qwertyuiop12",
            "123456789012",
            "passwordpassword",
            "P@ssw0rd1234",
            "adainstitute",
            "aaaaaaaaaaaaaa",
        ] {
            assert_eq!(says(common), Some("password-problem-common"), "{common}");
        }
        for good in ["a lighthouse in the fog", "brique tulipe neuf hiver", "kT7#vq-Lw2!xRz9"] {
            assert_eq!(says(good), None, "{good}");
        }
    }
}
