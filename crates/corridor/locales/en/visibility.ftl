## Who sees what, in words that go on after "seen by"
audience-team = the team of { $cluster }
audience-alliances = the teams of { $clusters }
audience-members = everybody acting for { $cluster }
audience-public = everybody on this instance
audience-asked = {" "}(and of { $clusters }, once they join)
audience-over = {" "}(the alliance it was shared with is over)
audience-and = { $first } and { $last }

## Alliances
alliances-title = Alliances
alliances-lede = Groups of clusters that share with one another. What { $cluster } shows to an alliance is seen by the teams of the clusters in it, and by nobody else.
alliances-none = { $cluster } is in no alliance. Propose one, and its contacts and notes can be shown to the teams of other clusters, field by field.
alliances-shown-to = What you show to this alliance is seen by { $who }.
alliances-asked-title = Your answer is awaited
alliances-asked-help = If { $cluster } joins, its team sees what the others show to this alliance. What { $cluster } holds stays private until somebody of its team shares it.
alliances-clusters-of = Clusters of { $name }
alliances-cluster = Cluster
alliances-standing = Standing
alliance-asked = Asked
alliance-joined = In it
alliance-declined = Declined
alliance-left = Left
alliances-accept = Join { $name }
alliances-decline = Decline { $name }
alliances-leave = Leave { $name }
alliances-leave-confirm = What was shared through this alliance is no longer seen on either side from this moment. There is no way back into it: a new alliance would have to be proposed.
alliances-propose = Propose an alliance
alliances-propose-help = The administrators of the clusters named here answer for them. No cluster can be added later: it would see what was shared among fewer.
alliances-name = Name of the alliance
alliances-with = With these clusters
alliances-send = Propose it
alliances-alone = There is no other cluster on this instance yet.
alliance-problem-name = An alliance needs a name.
alliance-problem-clusters = Choose at least one other cluster.
alliance-problem-unknown = This cluster is not on this instance.
done-alliance-proposed = The alliance is proposed. The other clusters answer under Alliances.
done-alliance-joined = Your cluster is in the alliance.
done-alliance-declined = Your cluster declined.
done-alliance-left = Your cluster has left the alliance. Nothing is shared through it any more.
change-alliance-propose = Alliance proposed
change-alliance-join = Alliance joined
change-alliance-decline = Alliance declined
change-alliance-leave = Alliance left

## Contacts
rail-contacts = Contacts
contact = Contact
scope-contacts-read = Contacts and notes: read
scope-contacts-write = Contacts and notes: write
refused-contact = Somebody else keeps this contact.
seen-by = Seen by { $who }
seen-by-all = Every field seen by { $who }
contacts-title = Contacts
contacts-lede = People at organisations, as clusters keep them. You see what is shown to you; of the rest there is nothing here, not even a number.
contacts-search = Search
contacts-search-hint = A name, a function, an address or an organisation.
contacts-results = Contacts found
contacts-count = { $count ->
    [one] { $count } contact
   *[other] { $count } contacts
}
contacts-export-noted = Every export is noted: who took which contacts, so that an erasure can follow them.
contacts-empty = No contact that you may see matches this.
contacts-none-team = Here will be the people you know at organisations. Add the first on the page of an organisation.
contacts-none = Here will be the people whom clusters or organisations show to you. Nobody does yet.
contacts-to-directory = To the directory
contacts-none-here = No contact here is shown to you.
contacts-deleted-title = Deleted contacts
contacts-deleted-lede = { $days ->
    [one] What was deleted can be brought back for one day. Then it is gone for good.
   *[other] What was deleted can be brought back for { $days } days. Then it is gone for good.
}
contacts-deleted-none = Nothing was deleted lately.
contact-add = Add a contact
contact-change = Change a contact
contact-change-of = Change { $name }
contact-delete = Delete this contact
contact-restore = Bring it back
contact-lede = Beside each field stands who will see it. Until you choose otherwise, only the team of { $cluster } does.
contact-name = Name
contact-function = Function
contact-email = E-mail address
contact-telephone = Telephone
contact-languages = Languages
contact-seen-by = { $field }: seen by
contact-hidden = nobody: it is not kept here
contact-kept-by-cluster = kept by the cluster
contact-kept-by-organisation = kept by the organisation
contact-kept-by-person = shown by the person
contact-elsewhere = The same address is also a contact at:
contact-basis = Legal basis
contact-basis-hint = By what right the data is kept (GDPR, article 6). It is noted with the date and your name.
contact-basis-now = Kept on this basis: { $basis }.
contact-basis-same = as before
contact-known-by = How that is known
contact-known-by-choose = Choose
contact-known-by-meeting = Said at a meeting
contact-known-by-letter = By letter or e-mail
contact-known-by-telephone = On the telephone
contact-known-by-paper = A signed paper
contact-known-by-page = Published by the person or the organisation
contact-own = Show my account here
contact-own-lede = As a contact of { $organisation }, for { $cluster }. Nothing is shown until you say to whom, field by field, and you can take it back at any time.
contact-own-consent = By saving I agree that what I chose is shown to whom I chose, until I take it back here.
contact-problem-audience = Choose who sees it from the list.
contact-problem-telephone = A telephone number has digits, blanks and + ( ) - . / only.
contact-problem-nobody = A contact needs a name, a function or an address.
contact-problem-basis = Choose the legal basis.
contact-problem-known-by = Say how the legal basis is known.
done-contact-added = The contact is kept. Who sees which field stands beside it.
done-contact-saved = The contact is changed. Who sees which field stands beside it.
done-contact-deleted = The contact is deleted. Under Contacts, Deleted contacts, it can be brought back for a week.
done-contact-restored = The contact is back.
done-contact-own-saved = What is shown of your account is changed.
change-contact-create = Contact added
change-contact-correct = Contact changed
change-contact-delete = Contact deleted
change-contact-restore = Contact brought back
change-contact-show-account = Account shown as a contact
change-contact-hide-account = Account hidden again
change-contact-read-many = Contacts read in bulk

## Notes
notes-title = Notes
notes-none-here = No note yet.
note-add = Write a note
note-change = Change a note
note-change-of = Change the note of { $when }
note-delete = Delete this note
note-text = Note
note-lede = Until you choose otherwise, only your team sees it. Whoever is named in a note may ask what it says.
note-seen-by = Seen by
note-problem-empty = A note needs a text.
note-deleted-title = The note is deleted
note-deleted-lede = { $days ->
    [one] It can be brought back for one day. Then it is gone for good.
   *[other] It can be brought back for { $days } days. Then it is gone for good.
}
note-back = To the organisation
done-note-added = The note is kept. Who sees it stands beside it.
done-note-saved = The note is changed. Who sees it stands beside it.
done-note-restored = The note is back.
change-note-create = Note written
change-note-correct = Note changed
change-note-delete = Note deleted
change-note-restore = Note brought back

## What is held about people
personal-contact = A contact at an organisation
personal-contacts = Contacts at organisations
personal-note-written = A note written by the person
personal-note-about = A note that names the person
personal-notes = Notes
personal-reason-notes = The note belongs to the cluster’s work; the person’s name was taken out of it.
personal-audience-contact = The team of { $cluster }, and whom that team shows it to, field by field
purpose-contact-network = Contacts at organisations
purpose-contact-network-data = Name, function, address, telephone, languages and the organisation
purpose-contact-network-recipients = The team of the cluster; allied clusters, members or everybody on the instance where somebody of the team, the organisation or the person chose so
purpose-contact-network-period = From the last change. Three years after the last contact is what the CNIL’s reference framework for customer and prospect management recommends.
purpose-note-network = Notes on organisations
purpose-note-network-data = What the team notes on its work with an organisation, and who wrote it
purpose-note-network-recipients = The team of the cluster, and whom it shows the note to
purpose-note-network-period = From the last change. Five years, the limitation period for personal claims in France (Civil Code, article 2224).
personal-field-function = Function
personal-field-telephone = Telephone
personal-field-languages = Languages
personal-field-created-at = Written

## Memberships
source-a-cluster = A cluster of this instance
membership-fee = Fee:
membership-fee-seen-by = the fee by { $who }
membership-show-to = Choose who sees it
membership-seen-by = The membership is seen by
membership-fee-seen = The fee is seen by
membership-default-title = New memberships
membership-default-help = Who sees that an organisation is a member of { $cluster }, when a list of members is imported. Each membership can be shown to others on the page of its organisation. What follows from the region or stands in public documents is seen by everybody.
done-membership-shown = Who sees the membership is changed.
done-memberships-shown = New memberships are seen by whom you chose.
change-membership-show-to = Audience of a membership chosen
