# Demandes de rendez-vous : qui rencontrer, qui a demandé, ce qui a été répondu ; la page de l’équipe.

events-parts = Vos pages de l’événement
events-part-profile = Profil
events-part-meet = Qui rencontrer
events-part-requests = Demandes
events-part-agenda = Agenda
events-tab-requests = Demandes

## Qui rencontrer
meet-outside = Dites d’abord que vous venez : vous verrez alors qui d’autre vient, et demanderez à rencontrer qui vous voulez.
meet-not-yet-open = L’organisateur prépare encore l’événement : les demandes de rendez-vous viendront à l’ouverture.
meet-days = Les rendez-vous se demandent à partir du { $from }{ $dated ->
    [yes] , jusqu’au { $until }
   *[no] {""}
}.
meet-stat-meetings = Rendez-vous convenus
meet-stat-meetings-note = { $minimum ->
    [0] sans minimum
    [one] visez-en au moins un
   *[other] visez-en au moins { $minimum }
}
meet-stat-meetings-most = au moins { $minimum }, au plus { $maximum }
meet-stat-sent = Demandes envoyées
meet-stat-cap = sur { $cap } ; accepter ne compte pas
meet-stat-no-cap = sans limite
meet-stat-until = Demandes jusqu’au
meet-stat-until-note = pour demander et répondre
meet-no-profile = Dites dans votre profil ce que vous offrez et recherchez : les autres le lisent, et les suggestions en naissent.
meet-suggested = Suggérés pour vous
meet-suggested-lede = D’après ce que vous offrez et recherchez, ce que les autres offrent et recherchent, et ce que leurs organisations ont vraiment fait.
meet-reason-offers = Offre ce que vous recherchez : { $words }
meet-reason-seeks = Recherche ce que vous offrez : { $words }
meet-everybody = Tous les participants
meet-alone = Personne d’autre ne participe encore.
meet-search = Nom, offre ou recherche
meet-country = Pays
meet-any = Indifférent
meet-show = Afficher
meet-found = { $count ->
    [0] Personne ne correspond
    [one] Un participant
   *[other] { $count } participants
}
meet-offers = Offre
meet-seeks = Recherche
meet-not-possible = Impossible : { $reason }
meet-ask = Demander un rendez-vous
meet-accept-theirs = Souhaite vous rencontrer : accepter
meet-ask-act = Envoyer la demande
meet-wish = L’importance de ce rendez-vous pour vous
meet-wish-meet = Volontiers
meet-wish-must = Parmi les quelques-uns qui comptent le plus
meet-message = Un mot à leur intention
meet-message-hint = Pourquoi vous rencontrer : c’est ce qui fait accepter.

## Les demandes d’un participant
meet-none = Personne ne vous a encore demandé de rendez-vous, et vous n’en avez pas demandé. Commencez par choisir qui rencontrer.
meet-to-answer = En attente de votre réponse
meet-must = Prioritaire pour eux
meet-you-wrote = Vous avez écrit : { $words }
meet-in-sessions = Uniquement :
meet-they-propose = Ils vous rencontreraient volontiers, lors de ces sessions. L’une d’elles vous convient-elle ?
meet-words = Un mot à leur intention (facultatif)
meet-accept = Accepter
meet-no-thanks = Non merci
meet-other-time = Volontiers, lors d’une autre session
meet-other-time-hint = Cochez celles qui vous conviennent ; l’autre partie dira si l’une d’elles lui va.
meet-propose = Proposer ces sessions
meet-agreed = { $count ->
    [one] Un rendez-vous convenu
   *[other] { $count } rendez-vous convenus
}
meet-agreed-published = L’heure et la table figurent à votre agenda :
meet-agreed-lede = L’heure et la table figureront à l’agenda, une fois le planning publié par l’organisateur.
meet-set-by-team = Fixé par { $cluster }.
meet-call-off = Annuler ce rendez-vous
meet-call-off-sure = Le rendez-vous avec { $name } est annulé, et l’autre partie en est avertie.
meet-sent = { $count ->
    [one] Une demande attend sa réponse
   *[other] { $count } demandes attendent leur réponse
}
meet-waits-since = Demandé le { $at }
meet-proposed-since = Vous avez proposé d’autres sessions ; demandé le { $at }
meet-withdraw = Retirer la demande
meet-past = Closes
meet-ended-declined-you = Vous avez répondu « non merci ». Si vous changez d’avis, faites vous-même la demande.
meet-ended-declined-they = La réponse a été « non merci ».
meet-ended-withdrawn-you = Vous l’avez retirée.
meet-ended-withdrawn-they = Elle a été retirée.

## Pourquoi pas
meet-not-oneself = on ne se rencontre pas soi-même.
meet-not-closed = les demandes ne sont pas ouvertes aujourd’hui.
meet-not-over = l’événement est terminé ou annulé.
meet-not-outside = ce participant ne participe pas.
meet-not-absent = l’autre participant ne participe pas.
meet-not-kinds = l’organisateur ne prévoit pas de rendez-vous entre ces deux types de participation.
meet-not-refused = la réponse a été « non merci ».
meet-not-asked = la demande est faite et attend la réponse.
meet-not-proposed = d’autres sessions vous sont proposées : répondez dans les demandes.
meet-not-agreed = le rendez-vous est convenu.
meet-not-cap = le nombre maximal de demandes est atteint. Retirez-en une, ou attendez une réponse.
meet-not-own-full = le nombre maximal de rendez-vous est atteint.
meet-not-other-full = l’autre participant a déjà le nombre maximal de rendez-vous.
meet-not-slot = aucun créneau n’est libre des deux côtés.
meet-not-session = cochez au moins une session de l’événement.
meet-not-so = cette demande n’appelle plus cette réponse. Voyez où elle en est.
meet-wrong-name = Aucun participant ne porte ce nom.
meet-wrong-name-twice = Plusieurs participants portent ce nom : corrigez d’abord l’un d’eux.

## La page de l’équipe
meet-all = Toutes
meet-state-waiting = En attente
meet-state-countered = Autre session proposée
meet-state-accepted = Acceptée
meet-state-declined = Déclinée
meet-state-withdrawn = Retirée
meet-stat-rate = Acceptation
meet-stat-rate-note = { $answered ->
    [0] aucune réponse pour l’instant
    [one] { $accepted } oui sur une réponse
   *[other] { $accepted } oui sur { $answered } réponses
} ; un bon événement atteint 40 à 60 %
meet-stat-held = Rendez-vous à tenir
meet-stat-held-note = { $count ->
    [0] aucun fixé par vous
    [one] dont un fixé par vous
   *[other] dont { $count } fixés par vous
}
meet-stat-each = Rendez-vous par participant
meet-stat-each-note = en moyenne ; un bon événement atteint deux ou plus
meet-stat-waiting = Sans réponse
meet-stat-waiting-note = en attente de l’une des deux parties
meet-column-from = Demandeur
meet-column-to = Sollicité
meet-column-wishes = Souhait
meet-column-asked = Demandé le
meet-word-must = prioritaire
meet-word-meet = volontiers
meet-by-team = fixé par l’équipe
meet-answered-at = répondu le { $at }
meet-none-so = Aucune demande n’en est là.
meet-team-none = Personne n’a encore demandé de rendez-vous. Les participants le font depuis leurs pages, ou vous en fixez un ci-dessous.
meet-set-title = Fixer un rendez-vous
meet-set-lede = Accepté d’emblée au nom des deux, qui en sont avertis. Types de participation, nombre maximal de rendez-vous et « non merci » valent aussi pour vous.
meet-set-one = Participant
meet-set-other = Rencontre
meet-set-act = Fixer le rendez-vous

done-meet-asked = La demande est partie.
done-meet-agreed = La demande vous était déjà faite : le rendez-vous est convenu.
done-meet-now-accepted = Le rendez-vous est convenu.
done-meet-now-declined = Vous avez répondu « non merci ».
done-meet-now-countered = Les sessions sont proposées.
done-meet-now-withdrawn = La demande est retirée.
done-meet-set = Le rendez-vous est fixé.

## Lettres
mail-meet-asked-by-subject = { $other } souhaite vous rencontrer : { $event }
mail-meet-asked-by-text = { $other } demande un rendez-vous à { $organisation } lors de « { $event } ».{ $has-until ->
    [yes] {" "}Merci de répondre d’ici au { $until }.
   *[no] {""}
}
mail-meet-asked-subject = { $count } demandes de rendez-vous : { $event }
mail-meet-asked-text = { $count } participants de « { $event } » demandent un rendez-vous à { $organisation } et attendent votre réponse.{ $has-until ->
    [yes] {" "}Merci de répondre d’ici au { $until }.
   *[no] {""}
}
mail-meet-reminder-subject = { $count ->
    [one] Une demande de rendez-vous vous attend
   *[other] { $count } demandes de rendez-vous vous attendent
} : { $event }
mail-meet-reminder-text = { $count ->
    [one] Un participant de « { $event } » attend
   *[other] { $count } participants de « { $event } » attendent
} la réponse de { $organisation }.{ $has-until ->
    [yes] {" "}Les demandes peuvent recevoir une réponse jusqu’au { $until }.
   *[no] {""}
} « Non merci » est aussi une réponse : elle leur permet de demander ailleurs.
mail-meet-accepted-subject = { $other } vous rencontrera : { $event }
mail-meet-accepted-text = { $other } a accepté de rencontrer { $organisation } lors de « { $event } ». L’heure et la table figureront à l’agenda, une fois le planning publié.
mail-meet-called-off-subject = { $other } annule le rendez-vous : { $event }
mail-meet-called-off-text = { $other } a annulé le rendez-vous avec { $organisation } lors de « { $event } ».
mail-meet-set-subject = Vous rencontrerez { $other } : { $event }
mail-meet-set-text = { $cluster }, qui organise « { $event } », a fixé un rendez-vous entre { $organisation } et { $other }. L’heure et la table figureront à l’agenda, une fois le planning publié.

## Courriels sur les demandes
meet-letters-title = Courriels sur les demandes
meet-letters-ask = Vous pouvez mettre fin, pour cette adresse, aux courriels sur les nouvelles demandes de cet événement, et aux rappels.
meet-letters-stay = Qu’un rendez-vous ait été accepté, fixé ou annulé, et le planning publié avec ses changements, vous parviendra toujours par courriel.
meet-letters-stop = Ne plus recevoir de courriels sur les demandes
meet-letters-ended = Cette adresse ne reçoit plus de courriels sur les nouvelles demandes de cet événement, ni de rappels : consultez de temps en temps la page de vos demandes.
meet-letters-again = Recevoir de nouveau les courriels sur les demandes
