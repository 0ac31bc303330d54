# What is held about people, told by every slice in the same words.

## Legal bases (GDPR, article 6)
basis-consent = Consent
basis-contract = Contract
basis-legal-obligation = Legal obligation
basis-vital-interests = Vital interests
basis-public-task = Public task
basis-legitimate-interests = Legitimate interests
basis-event-recorded = Basis noted
basis-event-given = Consent given
basis-event-confirmed = Consent confirmed by letter
basis-event-withdrawn = Consent withdrawn
basis-event-objected = Objection
basis-event-objection-upheld = Objection upheld
basis-event-objection-overruled = Objection overruled

## What it is
personal-account = Account
personal-ways-in = Sessions, passkeys, passwords, tokens, private addresses
personal-role = Role
personal-session = Session
personal-passkey = Passkey
personal-identity = Account elsewhere
personal-token = Token of a program
personal-invitation = Invitation
personal-invitations = Invitations
personal-claim = Claim to speak for an organisation
personal-claims = Claims to speak for an organisation
personal-letter = Letter
personal-letters = Letters
personal-letters-to-others = Letters to others
personal-draft = Draft of a consortium
personal-drafts = Authorship of drafts
personal-import = Import or merge
personal-imports = Authorship of imports and merges
personal-import-problems = Values that an import could not use
personal-disclosure = Copy received
personal-disclosures = Log of copies given out
personal-entry-by = Entry of the audit trail: something done
personal-entry-about = Entry of the audit trail: something told
personal-entries-by = Entries of the audit trail: things done
personal-entries-about = Entries of the audit trail: things told

## Fields
personal-field-name = Name
personal-field-email = E-mail address
personal-field-language = Language
personal-field-time-zone = Time zone
personal-field-password-since = Password chosen on
personal-field-role = Role
personal-field-cluster = Cluster
personal-field-organisation = Organisation
personal-field-given-by = Given by
personal-field-browser = Browser
personal-field-place = Place (network, coarsely)
personal-field-label = Label
personal-field-detail = Detail
personal-field-provider = Provider
personal-field-scopes = Scopes
personal-field-used-at = Last used
personal-field-expires-at = Ends
personal-field-accepted-at = Accepted
personal-field-reason = In their own words
personal-field-state = State
personal-field-subject = Subject
personal-field-text = Text
personal-field-sent-at = Sent
personal-field-action = What was done
personal-field-record = Record
personal-field-versions = Versions saved
personal-field-at = When
personal-field-channel = How
personal-field-purpose = What for
personal-field-recipient = Recipient
personal-language-en = English
personal-language-fr = French
personal-claim-waiting = Waiting
personal-claim-proved = Proved by the address
personal-claim-vouched = Vouched for
personal-claim-refused = Refused
personal-act-import = Import
personal-act-merge = Merge of two records
disclosure-export = Export
disclosure-api = Program (API)
disclosure-letter = Letter
disclosure-instance = Another instance
disclosure-cluster = Another cluster of this instance

## Where it came from
personal-source-yourself = The person themself
personal-source-inviter = Whoever invited the person or gave the role
personal-source-use = The use of this instance
personal-source-program = Written by this instance
personal-source-cluster = The cluster’s team

## Who sees it
personal-audience-self = Only the person, and whoever runs the instance
personal-audience-administrators = The person, the administrators of the cluster and of the instance
personal-audience-colleagues = The person, people of the same cluster who work on the same records, the administrators
personal-audience-instance = Whoever runs the instance
personal-audience-cluster = People who act for the cluster

## Why something stays
personal-reason-trail = That something was done, when and to which record must stay provable (accountability, GDPR article 5(2)); names and values are erased and the number of the account leads to nobody any more.
personal-reason-disclosure = That a copy was given out must stay known; whose it was and who received it is erased.
personal-reason-letters-to-others = The letter belongs to its recipient; your name is taken out of it.
personal-reason-drafts = The draft belongs to the cluster; who wrote it is erased.
personal-reason-imports = The records belong to the directory; who imported or merged them is erased.
personal-stays-consent = It rests on a consent, which can be withdrawn at any moment.
personal-stays-contract = It is needed for what the person asked for: an account goes with a request for erasure.
personal-stays-law = The law asks for it: that a request was answered, or a copy given out, must stay provable.
personal-stays-life = Somebody’s life depends on it.
personal-stays-claims = It is needed to establish, exercise or defend legal claims (GDPR, article 21(1)): who did what must stay provable until its period ends.
personal-problem-address-taken = Another account has this address.

## Purposes
purpose-account-account = Accounts
purpose-account-account-data = Name, e-mail address, language, roles
purpose-account-account-recipients = People of the same cluster who work on the same records; administrators
purpose-account-account-period = From the last sign-in. Two years without activity: CNIL, reference framework on commercial activities (GDPR, article 5(1)(e)).
purpose-account-ways-in = Signing in
purpose-account-ways-in-data = Sessions with browser and coarse network, passkeys, password (hashed), accounts elsewhere, tokens of programs
purpose-account-ways-in-recipients = The person alone; whoever runs the instance
purpose-account-ways-in-period = Until their owner ends them, at the latest with the account; a session ends by itself within hours.
purpose-invitation-invitation = Invitations not taken up
purpose-invitation-invitation-data = E-mail address, role offered, who invited
purpose-invitation-invitation-recipients = Administrators of the cluster and of the instance
purpose-invitation-invitation-period = From the day the invitation ended: long enough to answer a question about it (GDPR article 5(1)(e)).
purpose-claim-claim = Claims to speak for an organisation
purpose-claim-claim-data = Person, organisation, their reason, the decision
purpose-claim-claim-recipients = Administrators of the cluster and of the instance
purpose-claim-claim-period = From the decision: for as long as it may be questioned.
purpose-letter-letter = Letters sent
purpose-letter-letter-data = E-mail address, subject and text, when it left
purpose-letter-letter-recipients = Whoever runs the instance; the provider of the mail server
purpose-letter-letter-period = From the day it was written: long enough to show that a letter left (CNIL, recommendation of 14 October 2021 on logging: six months to one year).
purpose-disclosure-log = Log of copies given out
purpose-disclosure-log-data = Who received a copy of whose data, when, what for
purpose-disclosure-log-recipients = Whoever answers requests about personal data
purpose-disclosure-log-period = From the day of the copy: an erasure must reach every recipient (GDPR article 19); limitation of personal actions, French Civil Code article 2224.
purpose-trail-sign-in = Traces of sign-ins
purpose-trail-sign-in-data = When, from which browser and coarse network, successful or not
purpose-trail-sign-in-recipients = Whoever runs the instance
purpose-trail-sign-in-period = From the sign-in. CNIL, recommendation of 14 October 2021 on logging: six months to one year.
purpose-trail-trail = Audit trail
purpose-trail-trail-data = Who did what to which record, when, before and after
purpose-trail-trail-recipients = Whoever runs the instance; on Today, people of the cluster
purpose-trail-trail-period = From the act: limitation of offences is six years (French Code of Criminal Procedure, article 8).
purpose-draft-authors = Authorship of drafts
purpose-draft-authors-data = Who began a draft, who saved which version
purpose-draft-authors-recipients = People who act for the cluster
purpose-draft-authors-period = As long as the draft.
purpose-import-authors = Authorship of imports and merges
purpose-import-authors-data = Who imported which list, who merged which records
purpose-import-authors-recipients = Whoever runs the instance
purpose-import-authors-period = As long as the import or the merge can be taken back.
