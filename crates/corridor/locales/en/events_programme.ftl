# The programme of all clusters, and kinds of events.

programme-title = Programme
programme-lede = The events of all clusters of this instance that you may see, the latest first.
programme-calendar = As a calendar
programme-region = Region of the organiser
programme-kind = Kind
programme-year = Year
programme-all = Any
programme-narrow = Narrow
programme-everything = Everything
programme-no-date = Without a date
programme-attendance = Attendance
programme-own-attendance = { $invited } invited, { $confirmed ->
    [0] nobody takes part yet
    [one] one takes part
   *[other] { $confirmed } take part
}{ $came ->
    [0] {""}
   *[other] , { $came } came
}
programme-confirmed = { $confirmed ->
    [0] nobody yet
    [one] one takes part
   *[other] { $confirmed } take part
}
programme-kept = { $kept } of { $told } meetings kept, where it was told
programme-none = No event is shown to you yet. Events stand here once they are opened to you.
programme-none-so = No event is like that.

events-of-kind-business = B2B meetings
events-of-kind-clusters = Cluster to cluster
events-of-kind-conference = Conference
events-of-kind-call-information = Information on a call
events-of-kind-signing = Signing
events-of-kind-committee = Committee
events-of-kind-kickoff = Launch
events-field-kind = Kind of event
events-field-kind-hint = Only B2B and cluster-to-cluster events have requests, tables and a timetable.
events-field-about = Month or year, where the days are not known
events-field-about-hint = 2027-03 or 2027. Leave the days empty then.
events-template-plain = Event without meetings by request
events-template-plain-hint = A conference, a signing, a committee, information on a call: days, a place, who comes.
events-session-programme = Programme
events-wrong-about = Write a month such as 2027-03, or a year such as 2027.
events-wrong-about-and-days = The days are known: leave this empty.
