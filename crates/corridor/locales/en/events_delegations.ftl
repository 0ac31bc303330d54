# Clusters that come to an event with a delegation.

events-tab-delegations = Delegations
delegations-none = No cluster is asked yet. Ask the team of another cluster to come with a delegation: it proposes who, and you let them in.
delegations-state-asked = Asked
delegations-state-accepted = Comes
delegations-state-declined = Does not come
delegations-state-withdrawn = Taken back
delegations-counts = { $proposed ->
    [0] No participant proposed
    [one] One participant proposed
   *[other] { $proposed } participants proposed
}, { $quota } at most, as { $kind }.
delegations-proposed-of = Proposed by { $delegation }
delegations-refuse = Do not let in
delegations-quota = Participants at most
delegations-withdraw = Take the question back
delegations-withdraw-sure = The cluster no longer sees the question and is told by letter. Whom you let in already stays.
delegations-ask-title = Ask clusters to come with a delegation
delegations-ask-lede = Their teams get a letter. They accept or decline, and propose participants from among their members up to your number; nobody comes before you let them in. You see whom they propose, nothing else of their members; they see who takes part.
delegations-clusters = Clusters
delegations-alliance-hint = All its clusters that are not asked yet.
delegations-message = What you want to tell them
delegations-ask-act = Ask
delegations-asked-title = Asked to come with a delegation
delegations-column-state = Answer

delegations-own-title = Come with a delegation
delegations-own-lede = { $cluster } asks your cluster to come with up to { $quota ->
    [one] one participant
   *[other] { $quota } participants
} as { $kind }.
delegations-own-answer = Your answer:
delegations-words = Words to the organiser
delegations-come = We come
delegations-come-not = We do not come
delegations-proposed = Your delegation
delegations-left = { $left ->
    [0] All { $quota } places are taken.
    [one] One of { $quota } places is free.
   *[other] { $left } of { $quota } places are free.
}
delegations-take-back = Take back
delegations-members = Propose members
delegations-members-hint = { $cluster } learns only of those you tick.
delegations-hand-on = Hand on the contact of each, where one stands beside the name
delegations-hand-on-hint = Name, function and address go to { $cluster }, which writes to the contact once it lets the organisation in. This is noted in the log of who received what. Otherwise only who has an account is written to.
delegations-propose = Propose those who are ticked
delegations-no-members = No member to propose: all are on the list of the event already, or the directory does not know the members of your cluster yet.
delegations-others = Who takes part

delegations-wrong-quota = A whole number from 1 to 500.
delegations-wrong-nobody = Choose a cluster that is not asked yet.
delegations-wrong-nobody-proposed = Tick at least one member that is not on the list of the event yet.
delegations-wrong-not-accepted = Say first that you come.
delegations-wrong-full = These are more than there are places left.

done-delegations-asked = The clusters are asked.
done-delegations-withdrawn = The question is taken back.
done-delegations-accepted = You come: propose who.
done-delegations-declined = Thank you for telling.
done-delegations-proposed = Proposed. The organiser lets them in.
done-delegations-taken-back = The proposal is taken back.

mail-delegation-asked-subject = { $cluster } asks { $delegation } to come to { $event }
mail-delegation-asked-text = { $cluster } asks { $delegation } to come to «{ $event }»{ $days } with a delegation of up to { $quota } participants. Open the page to accept or decline, and to propose who comes.
mail-delegation-withdrawn-subject = { $delegation } is not asked to come to { $event } any more
mail-delegation-withdrawn-text = { $cluster } has taken back that it asked { $delegation } to come to «{ $event }» with a delegation. Participants who were let in already stay on the list.
mail-delegation-accepted-subject = { $delegation } comes to { $event }
mail-delegation-accepted-text = { $delegation } comes to «{ $event }» with a delegation of up to { $quota } participants. Whom it proposes waits for you on the page.
mail-delegation-declined-subject = { $delegation } does not come to { $event }
mail-delegation-declined-text = { $delegation } does not come to «{ $event }» with a delegation.
