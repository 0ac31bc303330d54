# Le jour de l’événement : l’accueil, les imprévus, le planning refait.

events-tab-day = Le jour J

## L’accueil
day-moment = le { $day }, { $clock }
day-not-begun = L’événement n’a pas encore commencé : l’accueil se prépare ici ; les arrivées se pointent le jour venu.
day-door = À l’accueil
day-here = Personnes arrivées
day-here-note = parmi celles qui sont attendues
day-participants-here = Participants arrivés
day-participants-here-note = dont quelqu’un est là
day-n-of-m = { $n } sur { $m }
day-search = Nom, organisation ou délégation
day-search-act = Chercher
day-show-all = Tout le monde
day-show-expected = Pas encore là
day-show-here = Arrivés
day-check-in = Pointer
day-undo = Annuler
day-here-since = là depuis { $at }
day-badge-from = absence dès { $from }
day-badge-until = de retour : { $until }
day-nobody-named = Personne n’est encore désigné.
day-name-somebody = Désigner quelqu’un
day-nobody-found = Personne ne correspond à cette recherche.
day-show-everybody = Montrer tout le monde
day-nobody-comes = Ceux qui viennent apparaîtront ici dès que quelqu’un participera.

## Un participant
day-noted = Déjà noté
day-away-title = Quelqu’un n’est pas là
day-away-lede = Pour qui ne vient pas, arrive en retard ou part plus tôt. Vous voyez quels rendez-vous sont touchés avant que rien ne soit noté.
day-who = Qui
day-all-people = Toutes ses personnes
day-away-from = Absence à partir de
day-away-until = De nouveau là à partir de
day-away-until-hint = En cas de retard : le premier créneau où la personne sera là.
day-from-now = maintenant
day-until-never = ne revient plus à cet événement
day-until-end = plus du tout à cet événement
day-see-touched = Voir ce que cela touche
day-meetings = Ses rendez-vous
day-with = Avec
day-where = Où
day-who-meets = Rendez-vous
day-call-off = Annuler le rendez-vous
day-is-called-off = annulé
day-begun = commencé
day-no-meetings = Aucun rendez-vous n’est publié pour ce participant.
day-end-away = Est là maintenant
day-nothing-published = Il n’y a d’imprévu que par rapport à un planning publié : il n’y en a pas encore.

## Les imprévus
day-incidents = Imprévus
day-incidents-lede = Absences, tables perdues et rendez-vous annulés. Aucun agenda ne change avant que vous ne refassiez le planning et l’acceptiez.
day-incidents-see = Imprévus
day-no-incidents = Tout se passe comme publié.
day-unplanned = { $count ->
    [0] tous pris en compte dans le planning
    [one] un n’est pas encore dans le planning
   *[other] { $count } ne sont pas encore dans le planning
}
day-note = Noter un imprévu
day-note-lede = L’imprévu est noté avec votre nom. Personne n’est averti et rien ne bouge avant que vous ne refassiez le planning.
day-note-act = Noter
day-why = Pourquoi
day-why-hint = Quelques mots pour votre équipe, ou rien. Rien sur la santé de qui que ce soit.
day-touches = { $count ->
    [0] Aucun rendez-vous à venir n’est touché
    [one] Un rendez-vous à venir est touché
   *[other] { $count } rendez-vous à venir sont touchés
}
day-touches-now = { $count ->
    [one] touche un rendez-vous à venir
   *[other] touche { $count } rendez-vous à venir
}
day-said-away-end = { $who } : absence dès { $from }
day-said-away-until = { $who } : absence dès { $from } (de retour : { $until })
day-said-table-end = Table { $table } inutilisable dès { $from }
day-said-table-until = Table { $table } inutilisable dès { $from } (de nouveau utilisable : { $until })
day-said-table-room-end = { $room }, table { $table } inutilisable dès { $from }
day-said-table-room-until = { $room }, table { $table } inutilisable dès { $from } (de nouveau utilisable : { $until })
day-said-called-off = { $one } – { $other } : rendez-vous annulé
day-state-new = pas encore dans le planning
day-state-planned = dans la version { $number }
day-state-over = terminé
day-state-undone = repris
day-ended-at = jusqu’au
day-end = C’est terminé
day-somebody-title = Quelqu’un ne vient pas, ou arrive en retard
day-somebody-lede = Cherchez la personne à l’accueil, puis ouvrez le participant.
day-table-title = Une table est perdue
day-room = Salle
day-table = Table
day-table-from = Perdue à partir de
day-table-until = De nouveau utilisable à partir de
day-wrong-table = Cette salle n’a pas de table de ce numéro.
day-wrong-request = Seul un rendez-vous publié qui n’a pas commencé peut être annulé.
day-wrong-participant = Personne de ce nom ne participe.
day-wrong-person = Cette personne ne fait plus partie du participant.
day-wrong-time = Aucun créneau de l’événement ne commence à cette heure.
day-wrong-no-slot = Aucun créneau à venir n’est compris dans cette durée : « de nouveau là » doit suivre « absence à partir de ».

## Refaire le planning
day-replan = Refaire le planning
day-replan-lede = On part du planning publié et l’on déplace aussi peu de rendez-vous que possible. Ce qui a commencé reste, ce qui est verrouillé reste, aucun absent n’a de rendez-vous.
day-nothing-moves = Rien n’a besoin de bouger.
day-count-moved = Déplacés
day-count-table = À une autre table
day-count-gone = Supprimés
day-count-new = Ajoutés
day-count-people = Personnes concernées
day-accept = Accepter et avertir
day-accept-hint = Agendas, calendriers et grand écran changent aussitôt. Seules les personnes concernées reçoivent un courriel.
day-accept-nothing = Prendre acte
day-accept-nothing-hint = Ce qui est noté est considéré comme pris en compte ; le planning reste tel quel.
day-discard = Ne rien changer
day-waiting = { $count ->
    [one] Un rendez-vous accepté n’a pas de place dans le planning.
   *[other] { $count } rendez-vous acceptés n’ont pas de place dans le planning.
}
day-fill = Essayer de les placer là où c’est libre
day-fill-not = Sans les rendez-vous qui n’étaient pas placés
day-before-after = Avant et après
day-before = Avant
day-after = Après
day-reason = Pourquoi
day-falls-out = supprimé
day-because-called-off = annulé par les deux
day-because-not-agreed = n’est plus accepté, ou l’un des deux ne participe plus
day-because-away = { $who } n’est pas là à cette heure
day-because-table = la table ou le créneau est perdu
day-because-makes-room = laisse la place à un autre rendez-vous
day-because-fits = a maintenant une place
day-touched = { $count ->
    [one] Un participant est concerné
   *[other] { $count } participants sont concernés
}
day-more-changes = { $count ->
    [one] Un autre changement n’est pas listé.
   *[other] { $count } autres changements ne sont pas listés.
}
day-took = Trouvé en { $seconds } s.
day-no-slot-left = Le dernier créneau de l’événement a commencé : il n’y a plus rien à planifier.
day-no-plan = Aucun planning ne respecte les règles telles qu’elles sont maintenant. La page du planning dit lesquelles sont enfreintes ; déplacez à la main ce qui y est nommé.
day-plan-other = Le planning proposé n’est plus le même : un créneau a commencé, ou un imprévu a été noté depuis. Rien n’a été changé ; regardez à nouveau.

## Agenda et grand écran
day-changed = changé
day-gone-today = Annulés aujourd’hui
day-board-changes = Changements du jour

timetable-reason-replanned = refait le jour même

done-day-noted = C’est noté. Refaites le planning quand tout est noté.
done-day-ended = Cela ne tient plus.
done-day-replanned = Le planning en tient compte.

personal-event-absence = Une absence notée à un événement
personal-audience-event-team = L’équipe du pôle qui organise l’événement
personal-field-arrived = Arrivée pointée

mail-event-day-subject = Vos rendez-vous ont changé : { $event }
mail-event-day-text = Le planning de « { $event } » vient de changer. Ce qui est nouveau pour { $organisation } :
