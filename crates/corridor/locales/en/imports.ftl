# Import of a cluster's members.
import-title = Import members
import-lede = A list from your spreadsheet becomes members of the directory. Nothing is written before you have seen what would be done.
import-file = File
import-file-hint = CSV or XLSX, the first row naming the columns in French or English; up to 32 MB.
import-send = Read the file
import-not-read = The file was not read.
import-earlier = Earlier imports
import-when = When
import-state = State
import-state-uploaded = Columns to be checked
import-state-checked = Waiting for you
import-state-running = Running
import-state-done = Done
import-state-broken = Done, up to where the file breaks off
import-state-failed = Failed
import-created = New
import-changed = Changed
import-unchanged = Unchanged
import-refused = Refused
import-none = No list has been imported yet.
import-steps = Steps of the import
import-step-upload = File
import-step-columns = Columns
import-step-check = Check
import-step-done = Import
import-columns-title = Which column holds what?
import-columns-lede = { $count ->
    [one] One row was read. The guess is made from the headers: change what is wrong.
   *[other] { $count } rows were read. The guess is made from the headers: change what is wrong.
}
import-sample = The first rows
import-which = Columns
import-no-column = Not in the file
import-check = Try it out
import-discard = Discard this file
import-field-name = Name of the organisation
import-field-kind = Kind
import-field-siren = SIREN
import-field-siret = SIRET
import-field-vat = VAT number
import-field-pic = PIC
import-field-ror = ROR
import-field-country = Country
import-field-city = Town
import-field-postcode = Postcode
import-field-college = College
import-field-since = Member since
import-field-until = Member until
import-field-competences = Competences
import-field-website = Website
import-field-description = Description
import-field-fee = Membership fee (€)
import-field-turnover = Turnover (€)
import-check-title = What would be done
import-check-lede = Nothing has been written yet.
import-would-create = New organisations
import-would-join = Known already
import-to-decide = To decide
import-would-refuse = Refused rows
import-problems = Problems
import-problems-lede = These rows are left out or mended. Correct them in your file and import it again: what is in already stays as it is.
import-problems-more = { $count ->
    [one] And one more, in the download.
   *[other] And { $count } more, in the download.
}
import-problems-download = Download the problems (CSV)
import-row = Row
import-row-number = row { $row }
import-column = Column
import-value = Value
import-problem = What is wrong
import-duplicates = Perhaps known already
import-duplicates-lede = { $count ->
    [one] One row resembles an organisation of the directory. Only what is certain is joined unless you say otherwise.
   *[other] { $count } rows resemble organisations of the directory, those to decide first. Only what is certain is joined unless you say otherwise.
}
import-duplicates-more = { $count ->
    [one] For one more row the proposal is taken.
   *[other] For { $count } more rows the proposal is taken.
}
import-choose-join = It is { $name }
import-choose-create = It is a new organisation
import-choose-skip = Leave this row out
import-look = Look at { $name }
import-projects = { $count ->
    [0] no past project
    [one] 1 past project
   *[other] { $count } past projects
}
import-ground-identifier = same identifier
import-ground-same-name = same name
import-ground-similar-name = similar name
import-ground-other-identifier = same name, other identifier
import-start = { $count ->
    [0] Nothing to import
    [one] Import one row
   *[other] Import { $count } rows
}
import-back = Back to the columns
import-outcome-title = Import of members
import-running = Import
import-writing = Writing the members
import-refresh = See how far it is
import-finished = The list is in the directory.
import-broken = The file breaks off before its end. What was read before is in the directory.
import-failed = The import did not come to its end.
import-see-members = See the members
import-another = Import another list
import-problem-length = The row has more or fewer cells than the header
import-problem-broken-off = The file breaks off here; get it again and import it again
import-problem-cell-too-long = The cell is too long to be data; look for a quote that is never closed
import-problem-encoding = The text is not UTF-8; save the file as “CSV UTF-8”
import-problem-missing = A value is missing
import-problem-formula = The cell is a formula and was not run; write plain text
import-problem-too-long = The text is too long
import-problem-marks = Invisible marks were taken out
import-problem-kind = No kind of organisation is called so
import-problem-country = Not a country; write its two letters or its name
import-problem-identifier = Not a valid identifier; check for a mistyped character
import-problem-identifier-left-out = The identifier is not valid; the organisation is kept without it
import-problem-identifiers-disagree = The identifiers are of different organisations
import-problem-two-organisations = The identifiers belong to two organisations of the directory; merge them or mend the identifiers
import-problem-twice = Another row is about the same organisation; the first one is kept
import-problem-day = Not a day of the calendar; write DD/MM/YYYY
import-problem-order-of-days = The end comes before the beginning
import-problem-money = Not an amount
import-problem-money-negative = An amount cannot be negative here
import-problem-money-precision = An amount has at most two decimals
import-problem-website = Not the address of a website; the member is kept without it
import-problem-position = Not a place on the map
import-problem-yes-or-no = Write true, false or nothing
import-problem-number = Not a number
import-problem-reference = Not a record number
import-problem-unknown-reference = What the row refers to is not known
import-problem-unknown-concept = No such concept
import-problem-path = The path does not lead to the concept
import-problem-json = The line cannot be understood
refused-no-cluster = You act for no cluster: choose a person who does.
import-file-unreadable = cannot read { $file }: { $why }; give the path of a file or folder that exists
import-file-missing = there is no { $file } (or { $file }.zst) in { $folder }: give the file or the folder that holds it
import-file-header = the header of { $file } cannot be read: { $why }
import-file-columns = { $file } has no column { $missing }; its columns are { $columns }
import-file-not-toml = { $file } cannot be understood: { $why }
import-file-id-twice = organisations.toml: the id { $id } stands twice
import-file-unknown-kind = organisations.toml: { $id } has the unknown kind { $kind }
import-file-dangling = { $from } refers to { $to }, which organisations.toml does not have
import-file-breaks-off = { $file } breaks off before its first row could be read ({ $why }): get the file again and import it again
import-file-archive = the archive cannot be opened: { $why }
import-file-archive-too-long = the archive unpacks to more than 256 MB: no list of members is so long
import-file-utf16 = { $file } begins as UTF-16 but does not go on so: save it as “CSV UTF-8” and import it again
import-file-encoding = { $file } is not UTF-8: byte { $byte } (row { $row }, after “{ $words }”) is { $value }, as Windows or Latin-1 write accents; save it as “CSV UTF-8” (in Excel: Save as, CSV UTF-8) or as XLSX and import it again
import-file-too-many-rows = { $file } has more than { $most } rows: that is no list of members
import-file-too-many-columns = { $file } uses more than { $most } columns: that is no list of members
import-file-empty = { $file } is empty: its first row must name the columns
import-file-columns-alike = { $file } has two columns named “{ $column }”: rename one of them
import-file-workbook = { $file } cannot be read as a workbook: { $why }; take off a password if there is one, or save it as “CSV UTF-8”
import-file-no-sheet = { $file } has no sheet
import-file-none = no file was chosen, or it is empty: choose a CSV or XLSX file
import-file-no-name = no column holds the name of the organisation: say which of { $columns } does
import-file-no-column = the file has no column “{ $column }”, which is to hold { $field }
import-file-upload-broke-off = the upload broke off: { $why }; send the file again
import-file-too-long = { $file } has more than 32 MB: no list of members is so long; take other sheets and pictures out
