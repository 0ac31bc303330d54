# Les pôles qui viennent à un événement avec une délégation.

events-tab-delegations = Délégations
delegations-none = Aucun pôle n’est sollicité. Demandez à l’équipe d’un autre pôle de venir avec une délégation : elle propose qui, vous admettez.
delegations-state-asked = Sollicité
delegations-state-accepted = Vient
delegations-state-declined = Ne vient pas
delegations-state-withdrawn = Demande retirée
delegations-counts = { $proposed ->
    [0] Aucun participant proposé
    [one] Un participant proposé
   *[other] { $proposed } participants proposés
}, { $quota } au plus, à titre de { $kind }.
delegations-proposed-of = Proposés par { $delegation }
delegations-refuse = Ne pas admettre
delegations-quota = Participants au plus
delegations-withdraw = Retirer la demande
delegations-withdraw-sure = Le pôle ne voit plus la demande et en est prévenu par courriel. Les participants déjà admis restent.
delegations-ask-title = Demander à des pôles de venir avec une délégation
delegations-ask-lede = Leurs équipes reçoivent un courriel. Elles acceptent ou déclinent, et proposent des participants parmi leurs membres dans la limite de votre nombre ; personne ne vient sans que vous l’admettiez. Vous voyez qui elles proposent, rien d’autre de leurs membres ; elles voient qui participe.
delegations-clusters = Pôles
delegations-alliance-hint = Tous ses pôles qui ne sont pas encore sollicités.
delegations-message = Ce que vous voulez leur dire
delegations-ask-act = Demander
delegations-asked-title = Demandes de délégation
delegations-column-state = Réponse

delegations-own-title = Venir avec une délégation
delegations-own-lede = { $cluster } demande à votre pôle de venir avec { $quota ->
    [one] un participant
   *[other] { $quota } participants
} au plus, à titre de { $kind }.
delegations-own-answer = Votre réponse :
delegations-words = Un mot à l’organisateur
delegations-come = Nous venons
delegations-come-not = Nous ne venons pas
delegations-proposed = Votre délégation
delegations-left = { $left ->
    [0] Les { $quota } places sont prises.
    [one] Une place sur { $quota } est libre.
   *[other] { $left } places sur { $quota } sont libres.
}
delegations-take-back = Retirer
delegations-members = Proposer des membres
delegations-members-hint = { $cluster } n’a connaissance que des membres cochés.
delegations-hand-on = Transmettre le contact de chacun, s’il figure à côté du nom
delegations-hand-on-hint = Nom, fonction et adresse vont à { $cluster }, qui écrit au contact lorsqu’il admet l’organisation. La transmission est notée au registre des destinataires. Sinon, seuls ceux qui ont un compte sont prévenus.
delegations-propose = Proposer les membres cochés
delegations-no-members = Aucun membre à proposer : tous figurent déjà sur la liste de l’événement, ou l’annuaire ne connaît pas encore les membres de votre pôle.
delegations-others = Qui participe

delegations-wrong-quota = Un nombre entier de 1 à 500.
delegations-wrong-nobody = Choisissez un pôle qui n’est pas encore sollicité.
delegations-wrong-nobody-proposed = Cochez au moins un membre qui ne figure pas encore sur la liste de l’événement.
delegations-wrong-not-accepted = Dites d’abord que vous venez.
delegations-wrong-full = C’est plus qu’il ne reste de places.

done-delegations-asked = Les pôles sont sollicités.
done-delegations-withdrawn = La demande est retirée.
done-delegations-accepted = Vous venez : proposez qui.
done-delegations-declined = Merci de votre réponse.
done-delegations-proposed = Proposés. L’organisateur les admet.
done-delegations-taken-back = La proposition est retirée.

mail-delegation-asked-subject = { $cluster } invite { $delegation } à venir à { $event }
mail-delegation-asked-text = { $cluster } demande à { $delegation } de venir à « { $event } »{ $days } avec une délégation de { $quota } participants au plus. Ouvrez la page pour accepter ou décliner, et pour proposer qui vient.
mail-delegation-withdrawn-subject = { $delegation } n’est plus sollicité pour { $event }
mail-delegation-withdrawn-text = { $cluster } a retiré sa demande à { $delegation } de venir à « { $event } » avec une délégation. Les participants déjà admis restent sur la liste.
mail-delegation-accepted-subject = { $delegation } vient à { $event }
mail-delegation-accepted-text = { $delegation } vient à « { $event } » avec une délégation de { $quota } participants au plus. Ceux qu’il propose attendent votre accord sur la page.
mail-delegation-declined-subject = { $delegation } ne vient pas à { $event }
mail-delegation-declined-text = { $delegation } ne vient pas à « { $event } » avec une délégation.
