# Inviting many to an event: members of clusters, an alliance, a list.

inviting-title = Invite many
inviting-open-to = Open call for participants: open to { $audience }; they register by themselves.
inviting-not-open = The event is in preparation: only those you invite know of it. Once you open it, its audience can register by itself.
inviting-from = From where
inviting-from-lede = Choose clusters or an alliance; you then see who would be invited, and whom no letter reaches, before anything is sent.
inviting-none = You see members of no cluster. Import those of your own, or invite one organisation after the other.
inviting-clusters = Members of clusters, as far as you see them
inviting-alliance = Alliance
inviting-alliance-hint = The members of all its clusters, as far as they are shown to you.
inviting-no-alliance = No alliance
inviting-kind = Kind of organisation
inviting-any-kind = Every kind
inviting-words = Words of the name
inviting-look = Look who would be invited
inviting-who = { $count ->
    [0] Nobody found
    [one] One organisation
   *[other] { $count } organisations
}
inviting-free = { $count ->
    [0] Nobody can be invited.
    [one] One can be invited.
   *[other] { $count } can be invited.
}
inviting-free-more = The first { $most } are listed: narrow the list, or invite these and look again.
inviting-through = Member of
inviting-letter-to = Letter to
inviting-account = by its account
inviting-language = Language of letters
inviting-language-hint = Whoever has an account gets the letter in its own language.
inviting-delegation = Delegation of all
inviting-delegation-hint = The cluster or network with which all of them come; empty for none.
inviting-by-cluster = Where no delegation stands above: each comes with its cluster
inviting-by-cluster-hint = The cluster named in the row.
inviting-letters-note = One letter goes to each: to the account that speaks for it, else to the first contact with an address, who needs no account to answer.
inviting-act = Invite those who are ticked
inviting-nobody-free = Nobody on this list can be invited. Below stands why.
inviting-group-there = { $count ->
    [one] One is on the list already
   *[other] { $count } are on the list already
}
inviting-group-there-hint = Nothing is done with them, whatever they answered.
inviting-group-refused = { $count ->
    [one] One wants no more invitations
   *[other] { $count } want no more invitations
}
inviting-group-refused-hint = Somebody there ended your invitations by a link in one of them. Only they can take that back.
inviting-group-nobody = { $count ->
    [one] One has no address
   *[other] { $count } have no address
}
inviting-group-nobody-hint = Nobody speaks for them here, and you see no contact with an address. Add a contact to their record, or invite them from a list with addresses.
inviting-and-more = { $count ->
    [one] and one more
   *[other] and { $count } more
}

## A list
inviting-list-title = Invite from a list
inviting-list-lede = From a spreadsheet with a row for each participant. Nothing is written before you have seen what is taken and what is wrong.
inviting-list-columns = Columns
inviting-list-kinds = What may stand under «As»
inviting-list-file = File
inviting-list-file-hint = CSV or XLSX, the first row naming the columns in French or English; up to { $most } rows and 4 MB.
inviting-list-pasted = Or paste the rows here
inviting-list-pasted-hint = As copied from a spreadsheet, with the row of headers. A file goes before what is pasted.
inviting-list-check = Check the list
inviting-file-too-large = The list is larger than 4 MB: split it, or leave out columns that are not read.
inviting-file-too-many-rows = The list has more than { $most } rows: split it.
inviting-column-name = Organisation
inviting-column-country = Country
inviting-column-kind = As
inviting-column-delegation = Delegation
inviting-column-person = Person
inviting-column-email = E-mail
inviting-column-language = Language
inviting-checked = What the list would do
inviting-checked-lede = { $taken } of { $rows ->
    [one] one row
   *[other] { $rows } rows
} can be taken. Rows with a mistake are left out; mend them in your list and check it again: who is on the list by then is not invited twice.
inviting-problems = { $count ->
    [one] One mistake
   *[other] { $count } mistakes
}
inviting-row = Row
inviting-row-number = Row { $row }:
inviting-column = Column
inviting-value = What stands there
inviting-mend = What to do
inviting-list-there = { $count ->
    [one] One is on the list of the event already
   *[other] { $count } are on the list of the event already
}
inviting-lines = { $count ->
    [0] Nobody can be taken
    [one] One can be taken
   *[other] { $count } can be taken
}
inviting-no-lines = No row of this list can be taken.
inviting-other-list = Another list
inviting-take = { $count ->
    [one] Invite one
   *[other] Invite { $count }
}
inviting-take-confirmed = { $count ->
    [one] Put one on the list
   *[other] Put { $count } on the list
}
inviting-read-otherwise = Read the list otherwise
inviting-default-kind = As, where the row does not say
inviting-default-language = Language, where the row does not say
inviting-confirmed = They take part already
inviting-row-unreadable = This row cannot be read: look for a separator or a quotation mark that is missing or too many.
inviting-row-name = Write what the organisation is called.
inviting-row-email = This is no address: write one such as name@example.org.
inviting-row-email-twice = This address stands in a row above: one person cannot come for two. Write another one.
inviting-row-no-email = Write an address to which the invitation goes.
inviting-row-refused = This address wants no more invitations of yours. Write another one, or leave the row out.
inviting-row-country = Write the two letters of the country, such as FR.
inviting-row-kind = There is no such kind of participation: write the name of one, or leave the cell empty.
inviting-row-language = Write fr or en, or leave the cell empty.
inviting-row-twice = This organisation stands in a row above. Keep one of the two.

## What cannot be
inviting-wrong-nobody = Tick at least one organisation.
inviting-wrong-many = At most 500 at once.
inviting-wrong-full = An event has at most 15,000 participants.
inviting-wrong-no-address = No address is known here, so no letter goes to one.
inviting-refused-team = Only whoever is invited ends invitations.
events-wrong-refused = This address wants no more invitations of yours.

done-inviting-sent = The invitations are on their way. Who was on the list already got no second one.
done-inviting-added = The participants are on the list.

## No more invitations
inviting-letters-page = Letters
inviting-letters-choose = Choose which letters you get
inviting-letters-title = Invitations by letter
inviting-letters-ask = You may end the invitations of { $cluster } to this address. What you take part in goes on, with its letters.
inviting-letters-of = It is about:
inviting-letters-stop = No more invitations
inviting-letters-ended = { $cluster } sends no more invitations to this address.
inviting-letters-note-ended = What you take part in goes on, with its letters. Nothing is kept for this but a digest of the address.
inviting-letters-again = Allow invitations again
mail-event-stop = You want no more invitations of this cluster?
mail-event-stop-requests = You want no letters about new requests of this event, and no reminders?

## Personal data
personal-event-refusal = No more invitations to events
personal-event-muted = No letters about requests of an event
personal-audience-event-muted = Nobody; the program looks at it before it writes about requests
personal-event-refusals = Wishes for no more invitations
personal-reason-event-refusals = It is what keeps the address from being written to again; only a digest of it is kept.
personal-audience-event-refusal = Nobody; the program looks at it before it writes an invitation
purpose-event-refusal-letters = No more invitations to events
purpose-event-refusal-letters-data = A digest of the address, the cluster, when
purpose-event-refusal-letters-recipients = Nobody
purpose-event-refusal-letters-period = Until it is taken back.
