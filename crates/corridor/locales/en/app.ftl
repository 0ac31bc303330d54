# Pages that look across slices.
search-title = Search
search-lede = Organisations, topics and competences, in French and English; small slips are understood.
search-found = “{ $q }”
search-button = Search
search-competences = Competences

today-lede = What needs you first, then what changed.
today-lede-member = The calls your organisation is well placed for, then what changed.
today-closing = Calls your members are well placed for
today-closing-member = Calls you are well placed for
today-closing-help = Open or coming topics, soonest closing first, with the members that stand out for it and their place among all organisations of the directory.
today-place = ranked { $place }
today-more-members = { $count ->
    [one] and { $count } other member
   *[other] and { $count } other members
}
today-who-fits = Who fits
today-all-calls = All { $count } topics where a member is among the first hundred
today-browse = Browse the calls
today-no-calls = No open or coming call stands out for your members.
today-no-calls-member = No open or coming call stands out for you.
today-measuring = The ranking is being built; this list fills by itself in a moment.
today-failed = Work that failed
today-changes = What changed
today-no-changes = No change has been recorded yet.
change-colon = :
change-import-import = Imported
change-organisation-correct = Record corrected
change-organisation-merge = Records merged
change-organisation-undo-merge = Merge undone
change-draft-create = Draft made
change-draft-save = Draft saved
change-draft-restore = Earlier version of a draft brought back
change-draft-archive = Draft archived
change-draft-reopen = Draft reopened
change-draft-delete = Draft deleted
change-draft-undelete = Deleted draft brought back
change-this-draft = open it
today-drafts = Consortia under way
today-rules-not-met = { $count ->
    [one] { $count } condition of eligibility not met
   *[other] { $count } conditions of eligibility not met
}
today-rules-unknown = { $count } not known yet
today-rules-met = All conditions of eligibility met
today-rules-see = See the sheet
today-rules-unread = Complete the sheet to have the rules read

## The audit trail
rail-trail = Audit trail
trail-title = Audit trail
trail-lede = Who did what to which record, when, before and after. Nothing here can be changed without leaving a mark: every entry is sealed with the one before it.
trail-words = Name of the record
trail-words-hint = Part of a name is enough.
trail-what = What was done
trail-everything = Everything
trail-from = From
trail-to = To
trail-count = { $count ->
    [0] No entry
    [one] One entry
   *[other] { $count } entries
} on this page, newest first
trail-differences = { $count ->
    [one] One field changed
   *[other] { $count } fields changed
}
trail-field = Field
trail-before = Before
trail-after = After
trail-older = Older entries
trail-none = No entry matches these filters.
trail-program = Corridor itself or its command line
trail-erased-person = A person who is not named
trail-no-day = Write a day of the calendar, such as 2026-09-30.
trail-no-id = This is no identifier; take it from the address of the page.
change-trail-export = Audit trail exported
