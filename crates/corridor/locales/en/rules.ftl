# Instruments: versions of their rules, the editor, what a topic changes.

rules-versions = Versions
rules-versions-lede = A version is never changed: what was read by it stays readable. On each day the version with the last first day that has come is in force.
rules-version = Version
rules-version-number = Version { $number }
rules-version-since = Read by version { $number } of the rules, in force since { $date }.
rules-version-shipped = Read by the rules that came with the program.
rules-version-changed = The topic changes some of them.
rules-read-on = As of { $date }.
rules-shipped = As it came with the program
rules-from-the-start = From the start
rules-in-force = in force
rules-replaced = replaced
rules-valid-from = In force from
rules-valid-from-hint = The first day on which drafts are read by it. Until then the version before stays in force.
rules-reason = Reason
rules-reason-hint = What changed and where you read it: it stands in the history.
rules-reason-restored = Back to version { $number }
rules-published = Published
rules-acts = Actions
rules-restore = Restore
rules-edit = Edit the rules
rules-edit-lede = The text on one side, what it says on the other. Check runs the vectors and saves nothing; only what agrees with all of them can be published, as a new version.
rules-new = New instrument
rules-new-lede = It begins as a sketch with one rule and two vectors, which you replace by what the call says.
rules-id = Short name
rules-id-hint = Small letters, digits and hyphens, such as my-call-2027. It stays as it is.
rules-begin = Begin
rules-judgement = What was found
rules-line = Line { $line }
rules-read = The text can be read.
rules-vectors-flaw = The vectors cannot be used:
rules-vectors-differ = { $run ->
    [one] The one vector got another answer than it must.
   *[other] { $count } of { $run } vectors got another answer than they must.
}
rules-vectors-agree = { $count ->
    [one] The one vector got the answer it must.
   *[other] All { $count } vectors got the answers they must.
}
rules-vectors-ran = Vector by vector
rules-differs = Differs
rules-agrees = Agrees
rules-toml = Text
rules-toml-label = Rules, as TOML
rules-vectors = Vectors
rules-vectors-hint = Consortia as JSON, each with the answer that it must get. A changed figure brings one that still meets the rule and one that does not.
rules-in-words = In plain words
rules-publish-title = Publish
rules-check = Check
rules-publish = Publish
rules-only-green = Publishing waits until the text can be read and every vector agrees.
rules-sets = Facts that instruments share
rules-sets-lede = Countries, regions, groups and ceilings with their dates. Their versions are made like those of instruments, held against the vectors of all of them.
rules-set-countries = Country sets
rules-set-country-names = Names of countries
rules-set-groups = Groups of participants
rules-set-programmes = Programmes
rules-set-regions = Classes of regions
rules-set-state-aid = Ceilings of State aid
rules-note-flaw = What the topic changes could not be applied to this version of the rules, which stands unchanged here: { $flaw }
rules-wrong-reason = Say why this version is made.
rules-wrong-not-green = The text, or a vector, is not as it must be: see above.
rules-wrong-day = Write a day of the calendar, such as 2027-01-01.
rules-wrong-id = Small letters, digits and hyphens, between 2 and 60.
rules-wrong-known = There is an instrument of this name: edit that one.
rules-clash = Somebody published another version while you were editing. What you typed stands below: compare it with theirs, then publish again.
done-rules-published = The version is published.
change-rules-publish = Version of rules published
