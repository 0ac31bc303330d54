# The frame of every page and the parts pages are made of.

## Frame
frame-product = Corridor
frame-home = Corridor, home page
frame-skip = Skip to content
frame-nav = Sections
frame-more = More
frame-acting-for = Acting for
frame-search-label = Search everything
frame-search-placeholder = Organisation, topic, competence…
frame-search-key = Ctrl K
frame-language-switch = Lire en français
frame-account = Person and display
frame-theme = Display
frame-theme-auto = As the system
frame-theme-light = Light
frame-theme-dark = Dark
frame-footer-sources = Data: European Commission (CORDIS and the Funding & Tenders Portal, CC BY 4.0, adapted), Research Organization Registry (CC0), Natural Earth. Every fact carries its source and its date.

## Rail, in the order of the chain
rail-today = Today
rail-directory = Directory
rail-map = Map
rail-calls = Calls
rail-partnering = Partnering
rail-consortia = Consortia
rail-events = Events
rail-projects = Projects
rail-alliances = Alliances
rail-strategy = Strategy
rail-bulletin = Bulletin
rail-letters = Letters
rail-people = People
rail-privacy = Privacy
rail-administration = Administration

## Demonstration
demo-banner-label = Demonstration mode
demo-banner-title = Demonstration.
demo-banner-text = Calls, organisations and projects are real and public; here one chooses a role instead of signing in.
demo-you-are = Your role: { $name }
demo-choose = Choose a role
demo-switch = See Corridor in another role
demo-picker-title = Who do you want to be?
demo-picker-lede = This is a demonstration on real public data. Nobody signs in: choose a role and work in their place; you can change at any time at the top of the page.
demo-become = Take this role

## Verdicts
status-met = Met
status-not-met = Not met
status-unknown = Information missing
status-warning = To watch
status-not-applicable = Does not apply
verdict-missing = Missing:
verdict-source = Written in
verdict-all-met = { $count ->
    [one] The only rule is met
   *[other] All { $count } rules are met
}
verdict-count-met = { $count ->
    [one] { $count } rule met
   *[other] { $count } rules met
}
verdict-count-not-met = { $count ->
    [one] { $count } rule not met
   *[other] { $count } rules not met
}
verdict-count-unknown = { $count ->
    [one] { $count } rule waiting for information
   *[other] { $count } rules waiting for information
}

## Forms
ui-required = required
ui-save = Save
ui-cancel = Cancel
ui-change-nothing = Change nothing
ui-undo = Undo
ui-delete = Delete
ui-edit = Edit
ui-add = Add
ui-close = Close
ui-back = Back
ui-next = Next
ui-form-wrong = { $count ->
    [one] One field needs your attention; everything you typed was kept.
   *[other] { $count } fields need your attention; everything you typed was kept.
}

## Lists
ui-filters = Filters
ui-filters-apply = Show
ui-filters-clear = Clear all filters
ui-filters-active = Filters in force
ui-filter-remove = , remove this filter
ui-show-more = { $count ->
    [one] Show { $count } more
   *[other] Show { $count } more
}
ui-results = { $count ->
    [0] No result
    [one] { $count } result
   *[other] { $count } results
}
ui-sort = Sort by
ui-pages = Pages
ui-page-previous = Previous
ui-page-next = Next
ui-page-number = Page { $number }
ui-export = Export
ui-breadcrumb = You are here
ui-rank = Rank { $number }
ui-score = Score
ui-reasons = Why
ui-source = Source:
ui-see-all = See all
ui-yes = Yes
ui-no = No
ui-unknown = Not known
ui-none = None

## Pictures and tables
ui-picture-table = The same as a table
ui-table-name = Name
ui-table-organisation = Organisation
ui-table-country = Country
ui-table-kind = Kind
ui-table-place = Place
ui-table-projects = Joint projects
ui-table-year = Year
ui-table-amount = Amount
ui-table-date = Date
ui-table-share = Share
ui-table-status = Status
ui-table-actions = Actions
ui-table-score = Score

## Long work
ui-progress-of = ({ $done } of { $total })
ui-step-done = done

## Versions
ui-diff-added = added
ui-diff-removed = removed
ui-version-current = Current version
ui-version-previous = Previous version

## Empty states
empty-results = Nothing matches. Try fewer filters, or another spelling: both languages and small slips are understood.
empty-list = Nothing here yet.
empty-today = Nothing needs you today.

## Errors: what happened, what was kept, what to do
error-not-found = This page does not exist
error-not-found-help = The address may be mistyped, or the record was merged or withdrawn. Nothing was lost.
error-sign-in = First say who you are
error-sign-in-help = This page depends on your role. Choose one, then come back.
error-refused = This is not yours to see
error-refused-help = If you think it should be, ask the administrator of your cluster.
error-input = This could not be used
error-input-help = Nothing was changed. Go back, mend it and send it again; your browser still has what you typed.
error-clash = Somebody changed this meanwhile
error-clash-help = Nothing was overwritten. Go back, reload to see the new version, and make your change again.
error-over = This is over
error-over-help = Nothing was changed. Begin again, and it will work.
error-too-often = Too many attempts
error-too-often-help = Nothing was lost and nothing was looked at. Wait a little, then try again.
error-too-often-seconds = { $count ->
    [one] Try again in { $count } second.
   *[other] Try again in { $count } seconds.
}
error-unexpected = Something broke on our side
error-unexpected-help = What you had saved is kept. Try again in a moment; if it happens again, tell the administrator what you were doing and at what time.
error-back-home = Go to the home page
error-choose-person = Choose who you are

## Units
unit-days = { $count ->
    [one] { $count } day
   *[other] { $count } days
}
unit-projects = { $count ->
    [one] { $count } project
   *[other] { $count } projects
}
unit-organisations = { $count ->
    [one] { $count } organisation
   *[other] { $count } organisations
}
unit-members = { $count ->
    [one] { $count } member
   *[other] { $count } members
}
unit-partners = { $count ->
    [one] { $count } partner
   *[other] { $count } partners
}
unit-countries = { $count ->
    [one] { $count } country
   *[other] { $count } countries
}
closing-in-days = { $count ->
    [0] closes today
    [1] closes tomorrow
   *[other] closes in { $count } days
}
