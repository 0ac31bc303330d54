## How long data is kept
administration-retention = How long data is kept
administration-retention-about = Periods by purpose: their previews, their runs.
administration-needs-retention = { $count ->
    [one] One period waits for its preview
   *[other] { $count } periods wait for their preview
}
job-retention-every-day = Begin what retention periods remove today
job-retention-run = Remove what is older than its retention period
retention-title = How long data is kept
retention-lede = Everything that is held about people has a purpose, and each purpose a period. Nothing is removed before you have seen what it is and let it run; from then on it runs every day.
retention-waiting = { $count ->
    [one] One period waits for somebody to look at its preview and let it run.
   *[other] { $count } periods wait for somebody to look at their preview and let them run.
}
retention-purpose = Kept for
retention-data = Data
retention-recipients = Seen by
retention-basis = Legal basis
retention-period = Period
retention-why = From when it counts, and why this long
retention-fate = Then
retention-fate-deleted = Deleted
retention-fate-anonymised = Made anonymous: the record stays, and nobody can tell whom it was about
retention-fate-kept = Kept
retention-standing = State
retention-standing-unlimited = Not by age
retention-standing-waiting = Waits for its preview
retention-standing-running = Runs every day
retention-standing-paused = Paused
retention-months = { $count ->
    [one] One month
   *[other] { $count } months
}
retention-years = { $count ->
    [one] One year
   *[other] { $count } years
}
retention-unlimited = Until somebody ends it
retention-own = by default { $default }
retention-told = { $count ->
    [one] People are written to a day before.
   *[other] People are written to { $count } days before.
}
retention-run-title = Let it run
retention-run-hint-waiting = This period was not let run yet, or it changed since. Look at what it would remove first.
retention-run-hint-running = What is too old is removed every day, without asking again.
retention-run-hint-paused = Nothing is removed until you resume.
retention-preview = Preview
retention-pause = Pause
retention-resume = Resume
retention-choose = Another period
retention-choose-months = Months
retention-choose-hint = From 1 to 240. By default: { $default }.
retention-choose-save = Save the period
retention-reason = Reason
retention-reason-hint = Needed where the period is not the default one: an auditor will ask. Write no names.
retention-problem-months = Write a whole number of months from 1 to 240.
retention-problem-reason = Say why the period is not the default one.
retention-problem-reason-long = Say it in 500 characters at most.
retention-problem-unlimited = these records end by an act of somebody, not by age: there is no period to choose
retention-preview-title = Preview: { $purpose }
retention-preview-lede = { $count ->
    [0] Nothing was due when this preview was made (period begun before { $until }, UTC).
    [one] One record was due when this preview was made (period begun before { $until }, UTC).
   *[other] { $count } records were due when this preview was made (period begun before { $until }, UTC).
}
retention-oldest = Oldest
retention-first = { $count ->
    [one] The oldest record
   *[other] The { $count } oldest records
}
retention-record = Record
retention-since = Period begun
retention-nameless = Without a name
retention-more = { $count ->
    [one] One more follows.
   *[other] { $count } more follow.
}
retention-nothing = Nothing is too old. You can let the period run all the same: it will remove what becomes too old from now on.
retention-held = Left out: what is part of an open request of the person, and what is restricted.
retention-let-run = Let it run
retention-let-run-hint = Begins at once with what this preview shows, then runs every day. What is removed cannot be brought back.
retention-leave = Leave everything as it is
retention-preview-over = this preview is over: it was answered, is more than a day old, or the period changed since. Make a new one.
retention-not-running = this period was not let run yet, so there is nothing to pause
retention-run-over = this run has ended
retention-runs = Runs
retention-runs-none = No period has run yet.
retention-run-when = When
retention-run-until = Begun before (UTC)
retention-run-removed = Records
retention-run-told = Letters
retention-run-state = Outcome
retention-run-waiting = Waiting
retention-run-running = Running
retention-run-done = Done
retention-run-stopped = Stopped
retention-run-failed = Failed
retention-run-stop = Stop
retention-run-stopping = stopping
done-period-chosen = The period is saved. It waits for its preview.
done-retention-begun = It runs now, and every day from now on.
done-retention-left = Nothing was removed.
done-retention-paused = Paused. Nothing is removed until you resume.
done-retention-resumed = It runs again every day.
done-retention-stopping = The run stops after the records that it has at hand.
change-retention-choose-period = Retention period chosen
change-retention-preview = Retention previewed
change-retention-cancel-preview = Retention preview left alone
change-retention-let-run = Retention let run
change-retention-pause = Retention paused
change-retention-resume = Retention resumed
change-retention-stop-run = Retention run stopped
change-retention-run = Retention run

## The letter before an account goes
mail-unused-subject = Your account on { $address } has not been used for a long time
mail-unused-words = { $months ->
    [one] You have not signed in for nearly a month. What is not used is not kept: your account and what belongs to it will be deleted on { $on }.
   *[other] You have not signed in for nearly { $months } months. What is not used is not kept: your account and what belongs to it will be deleted on { $on }.
}
mail-unused-keep = To keep it, sign in once before then. If you no longer need it, you need not do anything.
