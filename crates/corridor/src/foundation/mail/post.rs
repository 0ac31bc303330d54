//! The way out: a server that takes letters, or a folder that keeps them.

use std::{path::Path, time::Duration};

use anyhow::Context;
use lettre::{
    AsyncFileTransport, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, MultiPart, header},
    transport::smtp::authentication::Credentials,
};

use super::store::Ready;
use crate::foundation::{
    configuration::{Encryption, Mail, secret_from},
    errors::Error,
};

/// How letters leave this instance.
#[derive(Debug)]
pub struct Post {
    from: Mailbox,
    way: Way,
}

#[derive(Debug)]
enum Way {
    Files(AsyncFileTransport<Tokio1Executor>),
    Server(AsyncSmtpTransport<Tokio1Executor>),
}

impl Post {
    /// Opens the way that the configuration names; `folder` keeps letters where it names no server.
    ///
    /// # Errors
    /// When the sender is no address, the password cannot be read, or the folder cannot be made.
    pub fn open(mail: &Mail, folder: &Path) -> Result<Self, Error> {
        let from: Mailbox = mail.from.parse().map_err(|error| {
            Error::input(format!("`from` of [mail] is no sender (write `Name <name@example.org>`): {error}"))
        })?;
        let way = match &mail.smtp {
            None => {
                std::fs::create_dir_all(folder).map_err(|error| {
                    Error::input(format!("cannot make the folder {} for letters: {error}", folder.display()))
                })?;
                Way::Files(AsyncFileTransport::new(folder))
            }
            Some(smtp) => {
                type Server = AsyncSmtpTransport<Tokio1Executor>;
                let unusable = |error| Error::input(format!("`host` of [mail.smtp] is no name of a server: {error}"));
                let builder = match smtp.encryption {
                    Encryption::Tls => Server::relay(&smtp.host).map_err(unusable)?,
                    Encryption::Starttls => Server::starttls_relay(&smtp.host).map_err(unusable)?,
                    Encryption::None => Server::builder_dangerous(&smtp.host),
                };
                let builder = builder.port(smtp.port).timeout(Some(Duration::from_secs(20)));
                let builder = match (&smtp.user, &smtp.password_file) {
                    (Some(user), Some(file)) => {
                        let password = secret_from(file)?;
                        builder.credentials(Credentials::new(user.clone(), password.reveal().to_owned()))
                    }
                    (None, None) => builder,
                    _ => {
                        return Err(Error::input(
                            "[mail.smtp] names only one of `user` and `password_file`: give both or none",
                        ));
                    }
                };
                Way::Server(builder.build())
            }
        };
        Ok(Post { from, way })
    }

    /// Sends a letter.
    pub(super) async fn send(&self, letter: &Ready) -> anyhow::Result<()> {
        let own = |name: &'static str, value: String| {
            header::HeaderValue::new(header::HeaderName::new_from_ascii_str(name), value)
        };
        let mut message = Message::builder()
            .from(self.from.clone())
            .to(letter.recipient.parse().context("the address")?)
            .subject(&letter.subject)
            // The same however often it is tried: a mailbox that got it twice can tell.
            .message_id(Some(format!("<{}@{}>", letter.id, self.from.email.domain())))
            // Nobody answers to a program: absence notes stay where they are.
            .raw_header(own("Auto-Submitted", "auto-generated".to_owned()));
        if let Some(address) = letter.unsubscribing() {
            message = message
                .raw_header(own("List-Unsubscribe", format!("<{address}>")))
                .raw_header(own("List-Unsubscribe-Post", "List-Unsubscribe=One-Click".to_owned()));
        }
        let message = message.multipart(MultiPart::alternative_plain_html(
            letter.with_link(&letter.text),
            letter.with_link(&letter.html),
        ))?;
        match &self.way {
            Way::Files(folder) => {
                folder.send(message).await?;
            }
            Way::Server(server) => {
                server.send(message).await?;
            }
        }
        Ok(())
    }
}
