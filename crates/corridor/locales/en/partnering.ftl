partnering-title = Who fits
partnering-idea-title = Who fits this idea?
partnering-idea-lede = Say what you want to do, in French or English: Corridor looks for those who have done it, or say that they can.
partnering-text = Your idea
partnering-text-more = In your own words (optional)
partnering-text-hint = In French or English; a few lines find more than a few words.
partnering-with = Already in
partnering-with-add = Add a member of the team
partnering-with-hint = Name, PIC, ROR or SIREN.
partnering-excluded = Out of the question
partnering-take-out = , take back
partnering-members-only = Members of { $name } only
partnering-newcomers-first = Newcomers first
partnering-newcomers-hint = Organisations without a known EU project, ranked by what they declare.
partnering-unnamed = Also organisations known by their number only
partnering-ask = Who fits?
partnering-nothing = Describe an idea, or open a call: the organisations that fit appear here, each with its reasons.
partnering-none = Nobody fits these filters.
partnering-count = { $count ->
    [one] One organisation, with its reasons
   *[other] The { $count } organisations that fit best
}
partnering-how = From { $projects } past EU projects of { $organisations } organisations and what they declare. The percentages of the reasons add up to the score.
partnering-show-more = Show more
partnering-stale = The directory has just changed; the ranking is being brought up to date and shows the state before.
partnering-unknown = Not found: { $what }
partnering-building = The ranking is being built
partnering-building-doing = Reading projects and what organisations declare
partnering-again = Look again
partnering-all-with-reasons = All, with their reasons
partnering-add = In the team
partnering-exclude = Out of the question
partnering-draft = Draft a consortium
partnering-member = member
partnering-newcomer = newcomer
partnering-colon = {": "}
partnering-more = { $count ->
    [one] and one more
   *[other] and { $count } more
}

## Reasons
partnering-reason-similar = { $count ->
    [one] takes part in one similar project
   *[other] takes part in { $count } similar projects
}
partnering-reason-shared = { $count ->
    [one] one joint project with { $name }, already in
   *[other] { $count } joint projects with { $name }, already in
}
partnering-reason-circle = has worked with the usual partners of those already in
partnering-reason-declared = its record names “{ $text }”
partnering-reason-vouched = its record names “{ $text }”, vouched for by a cluster
partnering-reason-vouched-by = its record names “{ $text }”, vouched for by { $by }
partnering-reason-programme = { $count ->
    [one] one project in the same part of the programme ({ $programme })
   *[other] { $count } projects in the same parts of the programme ({ $programme })
}
partnering-reason-similar-circle = has worked with members of similar projects
partnering-reason-named = is named in the text
partnering-reason-country = is in a country that the text speaks of
partnering-reason-strand = { $count ->
    [one] one project on topics of the same strands ({ $strand })
   *[other] { $count } projects on topics of the same strands ({ $strand })
}
partnering-reason-activity = { $count ->
    [one] one known consortium
   *[other] { $count } known consortia
}
partnering-programme-sc1 = health
partnering-programme-sc2 = food and bioeconomy
partnering-programme-sc3 = energy
partnering-programme-sc4 = transport
partnering-programme-sc5 = climate and raw materials
partnering-programme-sc6 = inclusive societies
partnering-programme-sc7 = secure societies
partnering-programme-leit = enabling technologies
partnering-programme-leit-ict = digital technologies
partnering-programme-leit-nmp = new materials and production
partnering-programme-erc = European Research Council
partnering-programme-msca = Marie Skłodowska-Curie
partnering-programme-fet = future technologies
partnering-programme-infra = research infrastructures
partnering-programme-fp7-health = FP7 Health
partnering-programme-fp7-ict = FP7 ICT
partnering-programme-fp7-jti = FP7 joint technology initiatives
partnering-programme-fp7-people = FP7 People

## Coverage
partnering-coverage = What your members cover
partnering-coverage-lede = { $count ->
    [0] { $name } has a member for each competence of the topic.
    [one] { $name } lacks one competence of the topic.
   *[other] { $name } lacks { $count } competences of the topic.
}
partnering-members-count = { $count ->
    [one] one member
   *[other] { $count } members
}
partnering-hole = nobody
partnering-look = Look outside

## Past projects
partnering-projects-title = Past projects about the same
partnering-projects-how = The past EU projects whose words and meaning come nearest to the topic. They vote for their members in the ranking.
partnering-project = Project
partnering-project-about = About
partnering-near = Nearness
partnering-no-projects = No past project resembles this topic.
