## Durées de conservation
administration-retention = Durées de conservation
administration-retention-about = Durées par finalité : leurs aperçus, leurs exécutions.
administration-needs-retention = { $count ->
    [one] Une durée attend son aperçu
   *[other] { $count } durées attendent leur aperçu
}
job-retention-every-day = Lancer ce que les durées de conservation suppriment ce jour
job-retention-run = Supprimer ce qui dépasse sa durée de conservation
retention-title = Durées de conservation
retention-lede = Toute donnée détenue sur des personnes a une finalité, et chaque finalité une durée. Rien n’est supprimé tant que vous n’avez pas vu de quoi il s’agit et donné votre accord ; ensuite, la suppression a lieu chaque jour.
retention-waiting = { $count ->
    [one] Une durée attend que quelqu’un consulte son aperçu et la mette en œuvre.
   *[other] { $count } durées attendent que quelqu’un consulte leur aperçu et les mette en œuvre.
}
retention-purpose = Finalité
retention-data = Données
retention-recipients = Destinataires
retention-basis = Base légale
retention-period = Durée de conservation
retention-why = Point de départ et justification
retention-fate = Au terme
retention-fate-deleted = Suppression
retention-fate-anonymised = Anonymisation : l’enregistrement demeure, sans que l’on puisse savoir qui il concernait
retention-fate-kept = Conservation
retention-standing = État
retention-standing-unlimited = Sans durée fixe
retention-standing-waiting = En attente d’aperçu
retention-standing-running = Appliquée chaque jour
retention-standing-paused = Suspendue
retention-months = { $count ->
    [one] Un mois
   *[other] { $count } mois
}
retention-years = { $count ->
    [one] Un an
   *[other] { $count } ans
}
retention-unlimited = Jusqu’à ce que quelqu’un y mette fin
retention-own = par défaut : { $default }
retention-told = { $count ->
    [one] Les personnes sont prévenues par courriel la veille.
   *[other] Les personnes sont prévenues par courriel { $count } jours avant.
}
retention-run-title = Application
retention-run-hint-waiting = Cette durée n’est pas encore mise en œuvre, ou elle a changé depuis. Consultez d’abord ce qu’elle supprimerait.
retention-run-hint-running = Ce qui dépasse la durée est supprimé chaque jour, sans nouvelle confirmation.
retention-run-hint-paused = Rien n’est supprimé tant que vous ne reprenez pas.
retention-preview = Aperçu
retention-pause = Suspendre
retention-resume = Reprendre
retention-choose = Choisir une autre durée
retention-choose-months = Nombre de mois
retention-choose-hint = De 1 à 240. Par défaut : { $default }.
retention-choose-save = Enregistrer la durée
retention-reason = Justification
retention-reason-hint = Nécessaire lorsque la durée n’est pas celle par défaut : un contrôleur la demandera. N’y écrivez aucun nom.
retention-problem-months = Indiquez un nombre entier de mois, de 1 à 240.
retention-problem-reason = Expliquez pourquoi la durée n’est pas celle par défaut.
retention-problem-reason-long = Expliquez-le en 500 caractères au plus.
retention-problem-unlimited = ces enregistrements prennent fin par une action, non par l’âge : il n’y a pas de durée à choisir
retention-preview-title = Aperçu : { $purpose }
retention-preview-lede = { $count ->
    [0] Rien n’était échu au moment de cet aperçu (durée commencée avant le { $until }, UTC).
    [one] Un enregistrement était échu au moment de cet aperçu (durée commencée avant le { $until }, UTC).
   *[other] { $count } enregistrements étaient échus au moment de cet aperçu (durée commencée avant le { $until }, UTC).
}
retention-oldest = Le plus ancien
retention-first = { $count ->
    [one] L’enregistrement le plus ancien
   *[other] Les { $count } enregistrements les plus anciens
}
retention-record = Enregistrement
retention-since = Début de la durée
retention-nameless = Sans nom
retention-more = { $count ->
    [one] Un autre suit.
   *[other] { $count } autres suivent.
}
retention-nothing = Rien ne dépasse la durée. Vous pouvez tout de même la mettre en œuvre : ce qui la dépassera désormais sera supprimé.
retention-held = Sont exclus : ce qui fait l’objet d’une demande en cours de la personne concernée, et ce dont le traitement est limité.
retention-let-run = Mettre en œuvre cette durée
retention-let-run-hint = Commence aussitôt par ce que montre cet aperçu, puis chaque jour. Ce qui est supprimé ne peut être rétabli.
retention-leave = Tout laisser en l’état
retention-preview-over = cet aperçu n’est plus valable : il a reçu sa réponse, date de plus d’un jour, ou la durée a changé depuis. Faites-en un nouveau.
retention-not-running = cette durée n’est pas encore mise en œuvre : il n’y a rien à suspendre
retention-run-over = cette exécution est terminée
retention-runs = Exécutions
retention-runs-none = Aucune durée n’a encore été appliquée.
retention-run-when = Date
retention-run-until = Commencé avant (UTC)
retention-run-removed = Enregistrements
retention-run-told = Courriels
retention-run-state = Issue
retention-run-waiting = En attente
retention-run-running = En cours
retention-run-done = Terminée
retention-run-stopped = Arrêtée
retention-run-failed = Échec
retention-run-stop = Arrêter
retention-run-stopping = arrêt en cours
done-period-chosen = La durée est enregistrée. Elle attend son aperçu.
done-retention-begun = La durée est mise en œuvre, dès maintenant puis chaque jour.
done-retention-left = Rien n’a été supprimé.
done-retention-paused = Suspendue. Rien n’est supprimé tant que vous ne reprenez pas.
done-retention-resumed = La durée est de nouveau mise en œuvre, chaque jour.
done-retention-stopping = L’exécution s’arrête après les enregistrements en cours.
change-retention-choose-period = Durée de conservation choisie
change-retention-preview = Aperçu de suppression consulté
change-retention-cancel-preview = Aperçu de suppression laissé sans suite
change-retention-let-run = Durée de conservation mise en œuvre
change-retention-pause = Application d’une durée suspendue
change-retention-resume = Application d’une durée reprise
change-retention-stop-run = Exécution arrêtée
change-retention-run = Durée de conservation appliquée

## Le courriel avant la suppression d’un compte
mail-unused-subject = Votre compte sur { $address } n’a pas servi depuis longtemps
mail-unused-words = { $months ->
    [one] Vous ne vous êtes pas connecté depuis près d’un mois. Ce qui ne sert plus n’est pas conservé : votre compte et ce qui s’y rattache seront supprimés le { $on }.
   *[other] Vous ne vous êtes pas connecté depuis près de { $months } mois. Ce qui ne sert plus n’est pas conservé : votre compte et ce qui s’y rattache seront supprimés le { $on }.
}
mail-unused-keep = Pour le conserver, connectez-vous une fois avant cette date. Si vous n’en avez plus besoin, vous n’avez rien à faire.
