# Discussion: comments, tasks and dates of a draft.

consortia-tab-discussion = Discussion
discussion-lede = What is to be done, and what is said about the draft: each thread only to those it is addressed to.
discussion-lede-partner = What your organisation has to do, and what is said with { $cluster } and your partners.

## Tasks
discussion-tasks = Tasks
discussion-column-what = Task
discussion-column-whose = For
discussion-column-due = Until
discussion-column-state = Standing
discussion-state-open = To do
discussion-state-overdue = Overdue
discussion-state-done = Done
discussion-no-tasks = Nothing is noted to be done.
discussion-no-tasks-partner = Your organisation has nothing to do here. Tasks of others are not shown.
discussion-task-add = Add a task
discussion-task-finish = Done
discussion-task-reopen = Not done
discussion-task-delete = Delete
discussion-task-delete-sure = Delete this task? It cannot be brought back.
discussion-due = Last day
discussion-whose-nobody = Nobody yet
discussion-whose-hint = A partner sees its own tasks only. Whoever it is for gets a letter.
discussion-refused-task = The team gave this task: mark it as done, or ask the team to delete it.

## Comments
discussion-comments = Comments
discussion-text = Comment
discussion-text-hint = Your name is shown to those who read it. Name somebody with @ to send them a letter.
discussion-names = Who can be named
discussion-about = About
discussion-about-draft = The whole draft
discussion-about-rule = Rule: { $rule }
discussion-audience = Read by
discussion-audience-hint = Answers are read by the same people.
discussion-audience-team = The team of { $cluster } only
discussion-audience-partner = { $cluster } and { $organisation }
discussion-audience-partners = { $cluster } and all partners
discussion-audience-applicant = { $cluster } and the partners among the applicants
discussion-audience-industry = { $cluster } and the partners of industry
discussion-audience-everybody = { $cluster } and all partners of both sides
discussion-write = Post the comment
discussion-answer = Answer
discussion-answer-text = Your answer
discussion-answer-hint = Those who read the thread read it too. Whoever began it, and whoever you name with @, gets a letter.
discussion-settle = Mark as settled
discussion-reopen = Take up again
discussion-is-settled = Settled
discussion-settled-threads = { $count ->
    [one] One settled thread
   *[other] { $count } settled threads
}
discussion-none = Nobody has written anything yet. Ask a question about the draft, a member or a rule.
discussion-begin = Discuss
discussion-open-threads = { $count ->
    [one] One open thread
   *[other] { $count } open threads
}
discussion-somebody = Somebody
discussion-delete = Delete
discussion-delete-sure = Delete your comment? Its words are gone; that there was one stays.
discussion-deleted = Deleted by its author.
discussion-withheld = Not shown: its author has asked for their data to rest.

today-tasks = To be done in drafts
today-task-until = until { $date }

## Calendar
consortia-tab-calendar = Calendar
discussion-calendar-lede = Every date of the topic, what partners and tasks wait for, and the dates the draft sets itself.
discussion-ics = Calendar file
discussion-subscribe = Make a private address
discussion-dates-coming = To come
discussion-dates-past = Past
discussion-dates-none = No date is known yet: choose a topic, give a task a last day, or set a date.
discussion-date-day = Day
discussion-date-what = What
discussion-date-invitation = Answer to an invitation
discussion-date-signoff = Sign-off
discussion-date-search = End of the search for partners
discussion-date-document = End of a document
discussion-date-task = Task
discussion-date-milestone = Date of the draft
discussion-in-days = { $count ->
    [0] today
    [one] tomorrow
   *[other] in { $count } days
}
discussion-milestone-add = Set a date
discussion-milestone-name = What
discussion-milestone-audience = Seen by
discussion-milestone-delete-sure = Delete this date? Calendars that read it lose it too.
discussion-wrong-milestone = say what happens on that day
discussion-wrong-milestone-day = write a day
discussion-wrong-many-milestones = the draft has as many dates as it can hold: delete some first
done-discussion-milestone-added = The date is set.
done-discussion-milestone-deleted = The date is deleted.
change-draft-add-milestone = Date of a draft set
change-draft-delete-milestone = Date of a draft deleted
feed-draft-ics = Calendar of a draft
feed-workspace-ics = Calendar of a draft, as a partner

## Letters that are not wanted
discussion-letters = Letters about a draft
discussion-letters-lede = You get a letter when somebody names you, answers you, or gives you something to do in this draft.
discussion-letters-stop = No more letters about this draft
discussion-letters-stopped = You get no more letters about this draft. What is said and to be done stands on its page and on Today.
discussion-letters-again = Send me letters again
discussion-link-over = This link is worth nothing any more: the draft is gone, or so is what was known about you.

## What cannot be used
discussion-wrong-text = write something
discussion-wrong-about = the draft has no such member or rule any more: choose again
discussion-wrong-audience = you cannot address these: choose again
discussion-wrong-what = say what is to be done
discussion-wrong-whose = nobody like this works on the draft: choose again
discussion-wrong-day = write a day from today on, or leave it empty
discussion-wrong-many = the draft has as many tasks as it can hold: delete some first

## Done
done-discussion-written = Your comment is there.
done-discussion-settled = The thread is settled.
done-discussion-reopened = The thread goes on.
done-discussion-deleted = Your comment is deleted.
done-discussion-task-added = The task is added.
done-discussion-task-done = The task is done.
done-discussion-task-reopened = The task is open again.
done-discussion-task-deleted = The task is deleted.

## The trail
change-draft-comment = Comment on a draft
change-draft-delete-comment = Comment on a draft deleted
change-draft-settle-thread = Thread of a draft settled
change-draft-reopen-thread = Thread of a draft taken up again
change-draft-add-task = Task added to a draft
change-draft-finish-task = Task of a draft done
change-draft-reopen-task = Task of a draft open again
change-draft-delete-task = Task of a draft deleted
change-draft-letters = Letters about a draft ended or wanted again

## Personal data
personal-discussion = Work on a draft
personal-discussions = Comments, tasks and dates of drafts
personal-discussion-comment = Author of a comment
personal-discussion-settled = Who settled a thread
personal-discussion-task = Who a task is for
personal-discussion-given = Who gave a task
personal-discussion-done = Who did a task
personal-discussion-milestone = Who set a date
personal-discussion-stop = Wants no letters about the draft
personal-audience-draft = The team of the cluster, and the partners of the draft that it was addressed to
purpose-discussion-work = Comments and tasks of drafts
purpose-discussion-work-data = Comments with their author; tasks with who they are for, who gave and who did them; dates of a draft with who set them; who wants no letters
purpose-discussion-work-recipients = The team of the cluster whose draft it is; of comments and dates also the partners they are addressed to
purpose-discussion-work-period = As long as the draft.

## Letters
mail-discussion-button = Open the draft
mail-discussion-stop = No more letters about this draft:
mail-discussion-mention-subject = You are named in «{ $draft }»
mail-discussion-mention-text = Somebody has named you, or your organisation, in a comment on «{ $draft }», a draft of { $cluster }:
mail-discussion-comment-subject = A partner has written about «{ $draft }»
mail-discussion-comment-text = A partner of «{ $draft }», a draft of { $cluster }, has begun a thread:
mail-discussion-answer-subject = An answer in «{ $draft }»
mail-discussion-answer-text = Somebody has answered the thread that you began in «{ $draft }», a draft of { $cluster }:
mail-discussion-task-subject = Something to do in «{ $draft }»
mail-discussion-task-text = You, or your organisation, have been given a task in «{ $draft }», a draft of { $cluster }:
mail-discussion-task-until-subject = Something to do in «{ $draft }» by { $day }
mail-discussion-task-until-text = You, or your organisation, have been given a task in «{ $draft }», a draft of { $cluster }, to be done by { $day }:
mail-discussion-task-soon-subject = Reminder: something to do in «{ $draft }» by { $day }
mail-discussion-task-soon-text = In «{ $draft }», a draft of { $cluster }, this is to be done by { $day }:
mail-discussion-task-overdue-subject = Overdue since { $day }: something to do in «{ $draft }»
mail-discussion-task-overdue-text = In «{ $draft }», a draft of { $cluster }, this was to be done by { $day } and is not marked as done:
