# Sondages de dates : les jours proposés pour un événement, et qui peut venir quand.

events-tab-dates = Dates
events-part-dates = Dates
polls-not-fixed = date à fixer
polls-word-yes = Oui
polls-word-if-need-be = Si nécessaire
polls-word-no = Non
polls-word-silent = Sans réponse

## L’équipe
polls-begin = Lancer un sondage de dates
polls-again = Lancer un nouveau sondage
polls-change = Modifier le sondage
polls-lede = Proposez quelques jours. Chaque participant ou invité, et chaque pôle sollicité pour une délégation, reçoit un courriel et répond pour chaque jour. Vous en retenez un : l’événement s’y déplace avec ses horaires, de même que les dates limites d’inscription et de demande de rendez-vous. D’ici là, aucun planning n’est publié, et l’événement reste placé au premier des jours proposés. Les réponses à un sondage précédent sont effacées.
polls-change-lede = Les réponses sur les jours maintenus sont conservées. Personne ne reçoit de courriel tant que vous ne relancez pas.
polls-demonstration = Dans la démonstration, aucun courriel ne part : répondez vous-même à la place des participants, depuis leur nom dans la liste.
polls-field-days = Jours possibles, le premier si l’événement en compte plusieurs
polls-field-days-hint = De 2 à { $most }, dans l’ordre que vous voulez. Un événement de plusieurs jours garde sa durée.
polls-field-day = Jour { $number }
polls-field-until = Réponses jusqu’au
polls-field-until-hint = Avant le premier des jours proposés.
polls-field-message = Ce que vous voulez leur dire
polls-field-message-hint = Figure dans le courriel, au-dessus des jours.
polls-begin-act = Lancer le sondage
polls-none = Aucun sondage de dates n’a été lancé.
polls-published = Un planning est publié pour ces jours : chacun connaît ses horaires, il n’est donc plus possible de sonder les dates.
polls-publish = Un sondage de dates est en cours. Retenez un jour sous « Dates » avant de publier.
polls-is-open = Un sondage de dates est en cours : le jour n’est pas encore fixé.
polls-is-fixed = Date retenue : { $day }.
polls-is-ended = Le sondage a été abandonné sans date. L’événement reste où il était.
polls-is-answered = Les réponses étaient attendues jusqu’au { $until }. Retenez un jour, ou prolongez le sondage ci-dessous.
polls-over = Le sondage est terminé : une date est retenue, ou il a été abandonné.
polls-reminded = Un courriel est parti il y a moins d’un jour. Relancez demain.
polls-not-proposed = Le { $day } ne fait pas partie des jours proposés. Choisissez l’un d’eux, ou ajoutez-le d’abord au sondage.
polls-has-passed = Le { $day } est passé. Retenez un jour à venir, ou proposez-en d’autres.
polls-passed = jour passé
polls-stat-answered = Réponses
polls-stat-answered-note = { $count ->
    [0] il n’en manque aucune
    [one] il en manque une
   *[other] il en manque { $count }
}
polls-stat-days = Jours
polls-stat-days-note = proposés
polls-stat-until = Réponses jusqu’au
polls-days = Quel jour convient le mieux
polls-order = Le meilleur jour d’abord : celui où le plus grand nombre peut venir ; à égalité, celui qui convient sans réserve au plus grand nombre ; puis celui que le moins refusent ; puis le plus proche. Chaque organisation et chaque pôle sollicité a une voix.
polls-column-day = Jour
polls-column-can = Peuvent venir
polls-column-beside = Autres événements
polls-best = Le meilleur
polls-cannot = ne peuvent pas venir : voir qui
polls-fix = Retenir ce jour
polls-fix-sure = L’événement est déplacé au { $day }. Tous les participants et invités, et les pôles sollicités, en sont prévenus par courriel.
polls-voices = Qui a répondu quoi
polls-voices-lede = Personne d’autre ne le voit. Un nom mène à la page où répondre à sa place.
polls-silent = Réponse manquante
polls-all = Tous
polls-remind = Relancer ceux dont la réponse manque
polls-written-at = Dernier courriel à ceux dont la réponse manque : { $at }. Vous pourrez les relancer un jour après.
polls-column-who = Qui
polls-as-cluster = pôle
polls-by-team = noté par l’équipe
polls-nobody-silent = Tout le monde a répondu pour chaque jour.
polls-nobody = Personne n’est encore consulté : invitez des participants ou sollicitez des pôles.
polls-end = Abandonner le sondage
polls-end-sure = Plus personne ne pourra répondre, aucune date n’est retenue et aucun courriel ne part.

## Qui répond
polls-ask-you = La date n’est pas encore fixée : dites quels jours vous conviennent.
polls-ask-cluster = La date n’est pas encore fixée : dites quels jours conviennent à votre délégation.
polls-answer-here = Répondre
polls-asked-title = Quels jours vous conviennent ?
polls-asked-lede = { $cluster } attend votre réponse au plus tard le { $until }. Vous pouvez la modifier jusque-là.
polls-you-answered = Votre réponse, donnée le { $at }.
polls-you-missed = Il manque une réponse pour au moins un jour.
polls-answer-act = Envoyer la réponse
polls-who-reads = Seule l’équipe de { $cluster } lit votre réponse. Elle vaut pour toute votre organisation.
polls-nothing-asked = { $cluster } ne propose pas de dates.
polls-answers-over = Il n’est plus possible de répondre.
polls-is-ended-to-you = { $cluster } a abandonné ce sondage de dates.

polls-wrong-past = Choisissez un jour à venir.
polls-wrong-twice = Ce jour figure déjà plus haut.
polls-wrong-days = Proposez de 2 à 12 jours différents.
polls-wrong-until = Avant le premier des jours proposés.
polls-wrong-until-past = Aujourd’hui ou plus tard.
polls-wrong-nothing = Répondez pour au moins un jour.

done-polls-begun = Les jours sont proposés, les courriels partent.
done-polls-reminders = Ceux dont la réponse manque reçoivent un courriel.
done-polls-fixed = La date est retenue, et tous sont prévenus.
done-polls-ended = Le sondage est abandonné.
done-polls-answered = Merci de votre réponse.

## Courriels
mail-poll-asked-subject = Quel jour convient à { $who } pour { $event } ?
mail-poll-asked-text = { $cluster } cherche une date pour « { $event } » et propose { $count } jours. Merci de dire au plus tard le { $until } lesquels conviennent à { $who }.
mail-poll-reminded-subject = Votre réponse manque : la date de { $event }
mail-poll-reminded-text = { $cluster } attend encore la réponse de { $who } : lesquels de ces jours conviennent pour « { $event } » ? Elle peut être donnée jusqu’au { $until }.
mail-poll-fixed-subject = { $event } a lieu le { $fixed }
mail-poll-fixed-text = { $cluster } a fixé la date de « { $event } » : début le { $fixed }. Ouvrez la page pour voir les horaires et dire quand { $who } est disponible.
mail-event-invited-polled-text = { $cluster } invite { $organisation } à « { $event } ». La date n’est pas encore fixée : ouvrez la page pour dire lesquels des jours proposés vous conviennent, si vous viendriez, ce que vous proposez et ce que vous cherchez.
mail-event-added-polled-text = { $cluster } a inscrit { $organisation } sur la liste de « { $event } ». La date n’est pas encore fixée : sur la page, dites lesquels des jours proposés vous conviennent, ce que vous proposez et ce que vous cherchez.
mail-event-confirmed-polled-text = { $cluster } confirme la participation de { $organisation } à « { $event } ». La date n’est pas encore fixée : sur la page, dites lesquels des jours proposés vous conviennent.
