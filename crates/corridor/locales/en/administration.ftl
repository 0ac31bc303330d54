# Running an instance and its clusters.
clusters-title = Clusters
clusters-lede = The clusters of this instance. Each has its people, members and drafts to itself; organisations are shared facts.
clusters-none = There is no cluster yet.
cluster-new = New cluster
cluster-new-lede = It begins empty. Invite its administrator afterwards, on the page People.
cluster-make = Make the cluster
cluster-settings = Settings of the cluster
cluster-settings-lede = What { $cluster } is called, how its pages look, in which zone and language it works. They hold for all its people from the next page on.
cluster-name = Name
cluster-short-name = Short name
cluster-short-name-help = Shown at the top of every page. Leave it empty to show the name.
cluster-slug = Word in addresses
cluster-slug-help = Small letters, digits and hyphens, such as “medicen”. It cannot be changed later.
cluster-accent = Accent colour
cluster-accent-help = Six digits, such as #0a5f70. Links and buttons take it; where it would be hard to read, the nearest shade that can be read is shown.
cluster-accent-moved = { $chosen } would be hard to read here: the nearest shade that reads well is shown instead.
cluster-preview = Preview
cluster-preview-link = A link
cluster-preview-words = and words
cluster-time-zone = Time zone
cluster-time-zone-help = Type a place, such as “Paris”. Every time on pages and in letters is told in it.
cluster-there = It is now { $moment }.
cluster-page-language = Language of pages
cluster-page-language-help = For readers whose browser asks for neither French nor English. Everybody can switch.
cluster-letter-language = Language of letters
cluster-letter-language-help = For people without an account yet. The others get letters in the language of their account.
cluster-clash-title = Somebody else changed these settings meanwhile
cluster-clash = Nothing was overwritten. Below is what differs; saving now keeps yours.
cluster-setting = Setting
cluster-yours = Yours
cluster-theirs = Saved meanwhile
cluster-problem-name = Write a name of at most 120 characters in one line.
cluster-problem-short-name = At most 24 characters in one line.
cluster-problem-accent = Write a colour in six digits, such as #0a5f70.
cluster-problem-time-zone = Choose a zone of the list, such as Europe/Paris.
cluster-problem-language = Choose French or English.
cluster-problem-slug = Two to forty small letters, digits and hyphens; no hyphen at either end.
cluster-problem-slug-taken = There is a cluster of this word already.
done-cluster-made = The cluster is made.
account-time-zone = Time zone
account-time-zone-help = Leave it empty to read times as your cluster does ({ $otherwise }).
change-cluster-create = Cluster made
change-cluster-change = Settings of the cluster changed

refused-called-off = This was called off.
refused-not-cancellable = This cannot be called off.

## One page that leads to all of it
administration-lede = What needs somebody is marked; the rest runs by itself.
administration-all-well = Nothing needs you here: everything runs.
administration-program = Corridor { $version } on { $engine }
administration-of-people = People and cluster
administration-of-instance = The instance
administration-people = People
administration-people-about = Roles, invitations, claims of organisations.
administration-tokens = Tokens for programs
administration-tokens-about = Which programs act for whom, how far and until when.
administration-cluster = Settings of the cluster
administration-cluster-about = Name, accent colour, time zone, languages.
administration-alliances = Alliances
administration-alliances-about = The clusters that yours shares with, and what it shows by default.
administration-members = Import of members
administration-members-about = The cluster’s own list: checked, tried dry, then written.
administration-clusters = Clusters
administration-clusters-about = Each with its settings; make a new one.
administration-clusters-count = { $count ->
    [one] One cluster.
   *[other] { $count } clusters.
}
administration-jobs = Jobs
administration-jobs-about = What runs in the background: under way, waiting, daily, failed.
administration-imports = Imports
administration-imports-about = Every file that came in: what it changed, what was wrong with it.
administration-letters = Letters
administration-letters-about = What the instance wrote to people, and whether it left.
administration-rules = Rules of instruments
administration-rules-about = What each instrument asks: versions, their first day, the editor.
administration-trail = Audit trail
administration-trail-about = Who did what to which record, before and after.
administration-needs-claims = { $count ->
    [one] One claim waits for your word
   *[other] { $count } claims wait for your word
}
administration-needs-jobs = { $count ->
    [one] One job failed
   *[other] { $count } jobs failed
}
administration-needs-imports = { $count ->
    [one] One import has not come to its end
   *[other] { $count } imports have not come to their end
}
administration-needs-letters = { $count ->
    [one] One letter did not leave
   *[other] { $count } letters did not leave
}

## Jobs
jobs-title = Jobs
jobs-lede = Work that runs in the background. What fails for a reason that may pass is tried five times by itself.
jobs-what = Job
jobs-failed = Failed
jobs-failed-none = No job has failed.
jobs-no-reason = No reason was kept.
jobs-tried = { $count ->
    [one] tried once
   *[other] tried { $count } times
}
jobs-retry = Run again
jobs-retry-all = Run all { $count } again: { $kind }
jobs-at-work = At work
jobs-idle = Nothing is running, nothing waits.
jobs-running-since = Since { $moment }
jobs-stopping = Called off: it stops at the next place where nothing is half done
jobs-due = Waiting for its turn
jobs-due-since = Due since
jobs-last-error = Why it failed last
jobs-cancel = Call off
jobs-daily = Every day
jobs-daily-at = At ({ $zone })
jobs-next = Next
jobs-next-unknown = Planned as soon as a server looks
jobs-later = Planned for later
jobs-cancelled = Called off
jobs-done = Done lately
jobs-ended = Ended
jobs-attempts = Attempts
done-job-again = It runs again.
done-job-waits-already = Another like it waits already: that one will do the work.
done-job-called-off = Called off.
change-job-retry = Job run again
change-job-retry-all = Failed jobs run again
change-job-cancel = Job called off
job-mail-send = Send a letter
job-build-directory-index = Build the index of the directory
job-import-members = Import of members
job-forget-upload = Remove an upload that nobody went on with
job-forget-jobs = Forget jobs that ended well a month ago
job-import-cordis-organisations = CORDIS: organisations
job-import-cordis-projects = CORDIS: projects
job-import-cordis-participations = CORDIS: participations
job-import-ror-entries = Research Organization Registry
job-import-reference-regions = Regions

## Imports
imports-title = Imports
imports-lede = Every file that was imported, by the browser or the command line, newest first.
imports-none = Nothing has been imported yet.
imports-what = Import
imports-begun = Begun
imports-who = By
imports-by = By { $who }, { $moment }
imports-cluster = Cluster
imports-rows = Rows read
imports-cut-off = The command line began it and has not ended it. If it was cut off, the same command goes on where it was.
import-called-off = The import was called off. What was written stays; it can go on from there.
import-go-on = Go on

job-import-ror-links = Links to the Research Organization Registry
job-import-reference-concepts = EuroSciVoc
job-import-world = Network of clusters
job-import-calls = Calls
job-import-calls-world = Calls of the network

## Private addresses
account-addresses = Private addresses
account-addresses-help = Under such an address a calendar or a feed reader reads one list, without signing in. Whoever has the address can read it too: keep it to yourself, and end it when the program is gone.
account-addresses-none = None. They are made on the page of calls, below the list, and on that of a topic.
address-new = Copy it into your program now: it is shown this once.
address-feed = What it reads
address-end-confirm = Calendars and readers that use this address get nothing any more. It cannot be brought back: a new address would have to be made.
address-problem-query = This filter cannot be kept: choose fewer values.
address-problem-many = { $most } private addresses are the most: end one that no program uses any more.
feed-subscribe = Subscribe in a program
feed-subscribe-help = Makes a private address that your calendar or feed reader reads without signing in. It always holds the dates as they are then.
feed-calls-ics = Calendar of these calls
feed-calls-atom = Feed of these calls
feed-topic-ics = Calendar of this topic
done-address-ended = The address is worth nothing any more.
change-account-make-address = Private address made
change-account-end-address = Private address ended
personal-address = Private address of a feed

## Tokens of other people
others-tokens-title = Tokens for programs
others-tokens-lede = Every program that acts for somebody in this instance, with what it may do. The tokens themselves are kept nowhere.
others-tokens-lede-cluster = Every program that acts for somebody of { $cluster }, with what it may do. The tokens themselves are kept nowhere.
others-tokens-words = Person or purpose
others-tokens-words-hint = A name, an address, what a token is for
others-tokens-any-scope = Anything
others-tokens-state = State
others-tokens-any-state = Any
others-tokens-cluster = Cluster
others-tokens-any-cluster = All
others-tokens-owner = Owner
others-tokens-made = made { $day }
others-tokens-count = { $count ->
    [0] No tokens
    [one] One token
   *[other] { $count } tokens
}
others-tokens-none = No token answers to this.
others-tokens-empty = No program acts for anybody.
others-tokens-end-confirm = End this token of { $owner }? The program that uses it is refused from now on, and { $owner } is told by letter.
tokens-state-valid = Valid
tokens-state-unused = Unused for { $days } days
tokens-state-over = Over
