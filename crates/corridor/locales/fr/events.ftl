# Événements : les pages de l’équipe et celles des participants.

rail-meetings = Nos rendez-vous
events-tabs = Parties de l’événement
events-tab-overview = Vue d’ensemble
events-tab-participants = Participants
events-tab-setup = Jours et règles
events-colon = { " :" }

## La liste et un nouvel événement
events-title = Événements
events-lede = Rendez-vous B2B et entre pôles : qui vient, qui rencontre qui, à quelle heure et à quelle table.
events-new = Nouvel événement
events-new-lede = Choisissez ce qui s’en rapproche le plus. Jours, salles, types de participation et règles restent modifiables ; personne ne voit l’événement avant que vous l’ouvriez.
events-create = Créer l’événement
events-empty = Vos événements apparaîtront ici. Une demi-journée de rendez-vous se prépare en quelques minutes.
events-coming = À venir et en cours
events-past = Passés
events-deleted = L’événement est supprimé.
events-column-name = Événement
events-column-days = Dates
events-column-place = Lieu
events-column-organiser = Organisateur
events-state-preparing = En préparation
events-state-open = Ouvert
events-state-cancelled = Annulé
events-state-over = Terminé
events-template-half-day = Demi-journée de rendez-vous
events-template-half-day-hint = Une matinée, une salle, chacun peut rencontrer tous les autres.
events-template-convention = Convention d’affaires sur trois jours
events-template-convention-hint = Donneurs d’ordres, offreurs et laboratoires ; matins et après-midi ; cinq rendez-vous d’affilée au plus.
events-template-delegations = Rencontres entre pôles
events-template-delegations-hint = Des délégations de pôles avec leurs membres, une journée dans chacune des deux régions.
events-session-morning = Matin
events-session-afternoon = Après-midi
events-room-main = Salle principale
events-kind-participant = Participant
events-kind-buyer = Donneur d’ordres
events-kind-seller = Offreur
events-kind-laboratory = Laboratoire
events-kind-cluster = Pôle
events-kind-member = Membre d’une délégation

## Vue d’ensemble
events-stat-participants = Participants
events-stat-participants-note = { $invited ->
    [0] aucune invitation en attente
    [one] une invitation sans réponse
   *[other] { $invited } invitations sans réponse
}, { $registered ->
    [0] aucune inscription
   *[other] { $registered }
} à admettre
events-stat-accepted = Rendez-vous acceptés
events-stat-accepted-note = { $requests ->
    [0] aucune demande pour l’instant
    [one] sur une demande
   *[other] sur { $requests } demandes
}{ $waiting ->
    [0] {""}
    [one]  ; une attend sa réponse
   *[other]  ; { $waiting } attendent leur réponse
}
events-stat-seats = Rendez-vous possibles
events-stat-seats-note = { $slots } créneaux à { $tables ->
    [one] une table
   *[other] { $tables } tables
}
events-programme = Programme
events-zone-note = Toutes les heures sont données en { $zone }.
events-slots = { $count ->
    [one] un créneau
   *[other] { $count } créneaux
}
events-rooms = Salles :
events-tables = { $count ->
    [one] une table
   *[other] { $count } tables
}
events-next-invite = Pour commencer, vérifiez les jours et les règles, puis invitez des participants.
events-next-open = Ouvrez l’événement ci-dessous : les participants pourront alors se demander des rendez-vous.
events-next-registered = { $count ->
    [one] Une inscription attend votre accord.
   *[other] { $count } inscriptions attendent votre accord.
}
events-next-requests = Les participants se demandent des rendez-vous depuis leurs pages. Vous pouvez aussi en fixer.
events-next-timetable = { $count ->
    [one] Un rendez-vous est convenu : établissez le planning, puis publiez-le.
   *[other] { $count } rendez-vous sont convenus : établissez le planning, puis publiez-le.
}
events-next-over = L’événement est terminé : voyez ce qui en est sorti.
events-open-title = À qui l’événement est ouvert
events-open-lede = Une fois l’événement ouvert, les organisations de ce public s’inscrivent elles-mêmes. Celles que vous invitez peuvent répondre dans tous les cas.
events-open-act = Ouvrir l’événement
events-open-change = Changer de public
events-close = Remettre en préparation
events-cancel = Annuler l’événement
events-cancel-sure = Plus personne ne peut s’inscrire ni demander de rendez-vous. Rien n’est perdu, et l’événement peut être repris.
events-delete-sure = L’événement disparaît pour tout le monde. Vous pouvez revenir aussitôt en arrière.
events-field-audience = Ouvert à
events-field-audience-hint = Ceux qui le voient dans leurs rendez-vous et peuvent s’inscrire.

## Réglages
events-setup-event = L’événement
events-field-name = Nom
events-field-first-day = Premier jour
events-field-template = Modèle
events-field-summary = De quoi il s’agit
events-field-summary-hint = Figure dans l’invitation et en tête de la page de chaque participant.
events-field-place = Lieu
events-field-place-hint = Le site et la ville.
events-field-zone = Fuseau horaire
events-field-zone-hint = L’heure affichée sur place : toutes les heures s’y lisent.
events-setup-days = Jours et créneaux
events-setup-days-lede = Les créneaux remplissent chaque session depuis son début ; une ligne vide n’est pas retenue.
events-day-number = Jour { $number }
events-another-day = Un jour de plus
events-field-day = Date
events-field-day-place = Lieu ce jour-là
events-sessions-of = Sessions du jour { $number }
events-session-name = Session
events-session-from = De
events-session-until = À
events-field-minutes = Minutes par rendez-vous
events-field-pause = Minutes entre deux rendez-vous
events-setup-rooms = Salles et tables
events-room-number = Nº
events-room-name = Salle
events-room-tables = Tables
events-room-days = Jours
events-room-days-hint = Jours : des numéros séparés par des virgules ; vide pour tous les jours. Bon repère : 10 à 20 % de tables de plus que de rendez-vous simultanés.
events-setup-walks = Temps de marche entre les salles
events-walk-from = De la salle nº
events-walk-to = À la salle nº
events-walk-minutes = Minutes
events-setup-kinds = Types de participation
events-setup-kinds-lede = Qui vient à quel titre, et qui peut rencontrer qui : deux types se rencontrent quand chacun des deux le prévoit.
events-another-kind = Un type de plus
events-kind-name = Nom
events-kind-most-requests = Demandes au plus
events-kind-minimum = Rendez-vous au moins
events-kind-maximum = Rendez-vous au plus
events-kind-meets = Rencontre
events-setup-dates = Inscriptions et demandes
events-field-registration-until = Inscriptions jusqu’au
events-field-requests-from = Demandes à partir du
events-field-requests-until = Demandes jusqu’au
events-field-admits = Admettre d’emblée ceux qui s’inscrivent
events-field-admits-hint = Sinon, chaque inscription attend votre accord.
events-setup-rules = Règles du planning
events-field-fairness = Équité : écart de pauses d’au plus
events-field-fairness-hint = Entre deux personnes quelconques. Vide : pas de règle.
events-field-longest-run = Rendez-vous d’affilée au plus
events-field-longest-run-hint = Personne ne tient vingt rendez-vous sans pause. Vide : sans limite.

## Participants
events-all = Tous
events-standing-invited = Invité
events-standing-registered = À admettre
events-standing-confirmed = Participe
events-standing-declined = A décliné
events-standing-withdrawn = S’est retiré
events-column-kind = À titre de
events-column-delegation = Délégation
events-column-people = Personnes
events-participants-none = Personne encore. Invitez des organisations ci-dessous, ou ouvrez l’événement pour qu’elles s’inscrivent.
events-nobody-named = personne de nommé
events-let-in = Admettre
events-take-out = Retirer
events-take-out-sure = L’organisation ne participe plus ; ses demandes et ses rendez-vous tombent.
events-invite-title = Inviter une organisation
events-invite-lede = Elle reçoit un courriel avec un lien privé : aucun compte n’est nécessaire pour répondre, dire ce que l’on offre et ce que l’on recherche, et indiquer ses disponibilités.
events-invite-act = Inviter
events-field-organisation = Organisation
events-field-organisation-hint = De l’annuaire, ou n’importe quel nom si elle n’a pas de fiche.
events-field-delegation-hint = Le pôle ou le réseau avec lequel elle vient, s’il y en a un.
events-field-person = Nom de la personne
events-field-job = Fonction
events-field-email = Adresse électronique
events-field-email-hint = Vide : le courriel va à ceux qui répondent ici pour l’organisation.
events-field-language = Langue
events-field-confirmed = Elle participe déjà
events-field-confirmed-hint = Rien ne lui est demandé ; la personne nommée est prévenue.
events-demonstration = Dans la démonstration, aucun courriel ne part vers de vraies personnes : ouvrez le participant pour répondre à sa place.
events-see-as = Voir sa page
events-in-directory = dans l’annuaire
events-participant-rules = Ce qui vaut pour ce participant
events-field-booth = Stand propre
events-field-booth-hint = Salle et table, par exemple 1/3. Tous ses rendez-vous s’y tiennent.

## Ceux qui participent
events-meetings = Nos rendez-vous
events-meetings-lede = Les événements auxquels votre organisation participe, et ceux qui lui sont ouverts.
events-meetings-own = Vous participez ou êtes invités
events-meetings-open = Ouverts à votre organisation
events-meetings-none = Aucun événement ne vous est ouvert pour l’instant. Dès qu’il y en a un, ou que l’on vous invite, il apparaît ici.
events-organised-by = Organisé par { $cluster }
events-register-title = S’inscrire
events-register-as = Vous venez à titre de
events-register-act = S’inscrire
events-registration-over = Les inscriptions sont closes.
events-over = L’événement est terminé.
events-is-over = Cet événement est terminé.
events-is-cancelled = Cet événement est annulé.
events-coming-title = Votre participation
events-you-invited = { $cluster } vous invite. Venez-vous ?
events-you-registered = Votre inscription attend l’accord de { $cluster }.
events-you-confirmed = Vous participez.
events-you-declined = Vous avez dit ne pas venir.
events-you-withdrawn = Vous ne participez plus.
events-come = Nous venons
events-come-not = Nous ne venons pas
events-come-no-more = Nous ne venons plus
events-come-no-more-sure = Vos demandes et vos rendez-vous tombent.
events-its-page = Sa page
events-in-its-place = Vous agissez à la place de { $organisation } : ce que vous modifiez ici vaut parole de sa part.
events-profile = Ce que vous offrez et recherchez
events-profile-lede = Les autres le lisent avant de demander à vous rencontrer.
events-offers = Vous offrez
events-offers-hint = Compétences, produits, plateformes, places dans un consortium.
events-seeks = Vous recherchez
events-seeks-hint = Partenaires, fournisseurs, clients, investisseurs : ceux que vous venez rencontrer.
events-people-lede = Qui vient pour vous. Plusieurs personnes peuvent avoir des rendez-vous en même temps ; chacune est disponible tout le temps, sauf indication contraire.
events-another-person = Une personne de plus
events-availability = Quand cette personne est disponible
events-availability-hint = Décochez les heures déjà prises.
events-rest = Pauses souhaitées
events-rest-hint = Laissées libres autant que possible.

## Ce qui ne va pas
events-refused-no-cluster = Vous n’agissez pour aucun pôle : choisissez-en un d’abord.
events-wrong-name = Donnez-lui un nom.
events-wrong-zone = Ce n’est pas un fuseau horaire.
events-wrong-minutes = Entre 5 et 240, par pas de cinq.
events-wrong-pause = Entre 0 et 120, par pas de cinq.
events-wrong-days = Un événement compte un à dix jours.
events-wrong-day = Ce n’est pas une date.
events-wrong-day-order = Chaque jour doit suivre le précédent.
events-wrong-no-session = Ce jour doit avoir au moins une session.
events-wrong-hours = Écrivez les deux heures, par exemple 09:00 et 12:30.
events-wrong-hours-order = Cette session finit avant de commencer.
events-wrong-hours-five = Commencez à cinq minutes rondes.
events-wrong-sessions-overlap = Cette session commence avant la fin de la précédente.
events-wrong-session-short = Aucun rendez-vous ne tient dans cette session.
events-wrong-rooms = Il faut une salle avec une table.
events-wrong-many-tables = Au plus 60 salles et 6 000 tables, en nombres entiers.
events-wrong-room-name = Nommez la salle.
events-wrong-room-day = Ce jour n’existe pas.
events-wrong-rooms-moved = Un planning, un stand ou une table indisponible dépend de l’ordre des salles : laissez chacune à sa place, renommez-la, ou retirez la dernière.
events-wrong-days-moved = Un planning ou des sessions convenues dépendent de l’ordre des jours : laissez chacun à sa place, ou retirez le dernier.
events-wrong-walk = Nommez deux salles différentes de la liste, et 240 minutes au plus.
events-wrong-kinds = Il faut au moins un type de participation, et au plus vingt.
events-wrong-kind-name = Nommez le type.
events-wrong-kind-twice = Deux types portent ce nom.
events-wrong-kind-meets = Il devrait rencontrer un type qui n’existe pas.
events-wrong-minimum = Le minimum dépasse le maximum.
events-wrong-after-event = C’est après le dernier jour de l’événement.
events-wrong-requests-order = Les demandes finiraient avant de commencer.
events-wrong-many-slots = Plus de 128 créneaux : allongez les rendez-vous ou raccourcissez les sessions.
events-wrong-template = Choisissez un modèle.
events-wrong-organisation = Nommez l’organisation.
events-wrong-participation = Choisissez à quel titre elle vient.
events-wrong-email = Ce n’est pas une adresse électronique.
events-wrong-email-booked = Cette adresse a un autre rendez-vous à l’heure de l’un de ceux publiés ici.
events-wrong-email-twice = Cette adresse figure deux fois.
events-wrong-nobody = Personne ne répond ici pour cette organisation : donnez une adresse, ou indiquez qu’elle participe déjà.
events-wrong-twice = Cette organisation figure déjà sur la liste.
events-wrong-count = Un nombre entier jusqu’à 200, ou rien.
events-wrong-booth = Cette table n’existe pas : écrivez salle et table, par exemple 1/3.
events-wrong-booth-taken = Cette table est le stand de quelqu’un d’autre.
events-wrong-many-people = Au plus 30 personnes.

done-events-created = L’événement est créé. Vérifiez jours, salles et règles.
done-events-saved = Enregistré.
done-events-undeleted = L’événement est de retour.
done-events-preparing = L’événement est de nouveau en préparation.
done-events-open = L’événement est ouvert.
done-events-cancelled = L’événement est annulé.
done-events-invited = L’organisation est invitée.
done-events-added = Le participant est sur la liste.
done-events-standing-confirmed = L’organisation participe.
done-events-standing-withdrawn = L’organisation ne participe plus.
done-events-registered = Vous êtes inscrits.
done-events-comes = Merci : vous êtes attendus.
done-events-stays-away = Merci de l’avoir signalé.

## La démonstration
events-demonstration-name = Rencontres d’affaires santé (démonstration)
events-demonstration-summary = Une journée de rendez-vous B2B entre de vrais membres du pôle, d’après leur région. Ce qu’ils offrent vient de leurs projets passés ; les demandes et les réponses sont inventées pour cette démonstration.
events-demonstration-person = Délégué de { $organisation }

## Courriels
mail-event-button = Ouvrir
mail-event-no-account = Aucun compte n’est nécessaire. Ce lien n’est qu’à vous : qui le possède peut répondre en votre nom.
mail-event-invited-subject = { $cluster } invite { $organisation } à { $event }
mail-event-invited-text = { $cluster } invite { $organisation } à « { $event } »{ $days }. Ouvrez la page pour dire si vous venez, ce que vous offrez et recherchez, et quand vous êtes disponibles.
mail-event-added-subject = { $organisation } participe à { $event }
mail-event-added-text = { $cluster } a inscrit { $organisation } à « { $event } »{ $days }. Sur la page, vous dites ce que vous offrez et recherchez, et quand vous êtes disponibles.
mail-event-confirmed-subject = { $organisation } est admise à { $event }
mail-event-confirmed-text = { $cluster } confirme que { $organisation } participe à « { $event } »{ $days }.
mail-event-withdrawn-subject = { $organisation } ne participe plus à { $event }
mail-event-withdrawn-text = { $cluster } a retiré { $organisation } de la liste de « { $event } ».

## Données personnelles
personal-event = Une personne à un événement
personal-events = Personnes à des événements
personal-reason-events = Les rendez-vous des autres participants tiennent à cette place ; elle reste, sans nom.
personal-audience-event = L’équipe du pôle qui organise l’événement, et les autres participants
purpose-event-people = Personnes présentes à des événements
purpose-event-people-data = Nom, adresse, fonction, langue, heures de disponibilité ; rendez-vous
purpose-event-people-recipients = L’équipe du pôle qui organise l’événement ; les participants rencontrés
purpose-event-people-period = À compter du dernier jour de l’événement. Deux ans : le temps de suivre ce qui y a été convenu.
