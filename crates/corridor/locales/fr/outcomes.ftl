# Après la réponse : dépôts des brouillons, réponses des financeurs, notes.

consortia-tab-outcome = Résultat
outcomes-lede = Ce qui a été déposé, quand, dans quelle version, et la réponse du financeur. Ces informations alimentent les taux de réussite du pôle et les règles sur les dépôts antérieurs.
outcomes-partner-lede = Ce qui a été déposé avec votre organisation, et la réponse du financeur.
outcomes-none = Rien n’a encore été déposé à partir de ce brouillon.
outcomes-none-partner = Rien n’a encore été déposé avec votre organisation.
outcomes-submission = Dépôt
outcomes-submitted-on = déposé le { $date }
outcomes-reference-is = n° { $reference }

## États
outcomes-state-waiting = En attente de réponse
outcomes-state-granted = Financé
outcomes-state-reserve = Sur liste de réserve
outcomes-state-rejected = Refusé
outcomes-state-withdrawn = Retiré
outcomes-state-invited = Invité à l’étape suivante
outcomes-answered = { $answer }, { $date }
outcomes-no-answer = Aucune réponse n’a encore été saisie.

## Notes
outcomes-scores = Notes
outcomes-criterion = Critère
outcomes-score = Note
outcomes-threshold = Seuil
outcomes-standing = Face au seuil
outcomes-weight = pondération { $weight } %
outcomes-out-of = { $score } sur { $out_of }
outcomes-standing-met = Atteint
outcomes-standing-not-met = Non atteint
outcomes-standing-unknown = Note manquante
outcomes-all-met = Tous les seuils sont atteints
outcomes-all-not-met = Un seuil n’est pas atteint
outcomes-all-unknown = Une note manque
outcomes-total = Total
outcomes-total-follows = d’après les critères
outcomes-total-differs = D’après les critères, le total serait de { $computed } ; c’est celui du financeur qui est retenu.
outcomes-rank-of = Rang { $rank } sur { $of }
outcomes-rank-is = Rang { $rank }
outcomes-summary = Avis des évaluateurs

## Subvention
outcomes-grant = Subvention
outcomes-cost = Coûts éligibles
outcomes-agreement = N° de convention de subvention
outcomes-starts-on = Début du projet

## Version déposée
outcomes-sent = { $count ->
    [one] Version déposée : version { $revision }, une organisation
   *[other] Version déposée : version { $revision }, { $count } organisations
}
outcomes-sent-members = Organisations de la version déposée
outcomes-changed-since = Ce qui a changé depuis dans le brouillon
outcomes-as-sent = Au dépôt
outcomes-as-now = Aujourd’hui
outcomes-unchanged = Le brouillon n’a pas changé depuis le dépôt.
outcomes-noted = Saisi le { $date }

## Formulaires
outcomes-note-submission = Enregistrer un dépôt
outcomes-note-submission-lede = La version choisie est conservée comme version déposée, quoi que devienne le brouillon.
outcomes-note-answer = Saisir la réponse
outcomes-note-next = Saisir une autre réponse
outcomes-correct-submission = Corriger le dépôt
outcomes-correct-lede = Ce qui était indiqué auparavant reste dans le journal d’audit.
outcomes-correct-answer = Corriger cette réponse
outcomes-delete-submission = Supprimer le dépôt
outcomes-delete-submission-sure = Supprimer ce dépôt et ses réponses ? Seul le journal d’audit en gardera le contenu.
outcomes-delete-answer = Supprimer cette réponse
outcomes-delete-answer-sure = Supprimer cette réponse ? Seul le journal d’audit en gardera le contenu.
outcomes-field-submitted-on = Date de dépôt
outcomes-field-stage = Étape
outcomes-choose = choisir
outcomes-field-version = Version déposée
outcomes-version-current = Version { $revision }, la version actuelle
outcomes-field-reference = Numéro de la proposition
outcomes-field-reference-hint = Celui qu’a donné le portail du financeur.
outcomes-answer-lede = Pour le dépôt du { $date }.
outcomes-field-kind = Réponse
outcomes-field-answered-on = Date de la réponse
outcomes-named-hint = L’instrument n’indique aucun critère d’évaluation : saisissez ceux de la lettre.
outcomes-asked-hint = Les critères d’évaluation de l’instrument à cette étape. Laissez vide ce que la lettre n’indique pas.
outcomes-criterion-number = Critère { $number }
outcomes-scale = Sur { $out_of }.
outcomes-scale-threshold = Sur { $out_of }, au moins { $threshold }.
outcomes-total-hint = Sur { $out_of }. S’il est laissé vide, il est calculé d’après les critères.
outcomes-field-out-of = Sur
outcomes-field-total-out-of = Total sur
outcomes-field-total-threshold = Seuil du total
outcomes-field-rank = Rang au classement
outcomes-field-rank-of = Propositions classées
outcomes-summary-hint = La synthèse de l’évaluation. Seule votre équipe la lit.
outcomes-field-grant = Subvention, si le projet est financé

## Liste du pôle
outcomes-title = Dépôts
outcomes-list-lede = Tout ce qui a été déposé à partir des brouillons de votre pôle, les réponses reçues, et la part de projets financés.
outcomes-list-none = Rien n’a encore été déposé. Un dépôt s’enregistre dans l’onglet « Résultat » de son brouillon.
outcomes-any = Peu importe
outcomes-show = Afficher
outcomes-year = Année du dépôt
outcomes-part = Membres du pôle
outcomes-part-coordinator = coordonnent
outcomes-part-partner = participent
outcomes-part-nobody = ne participent pas
outcomes-no-instrument = Sans instrument
outcomes-state-decided = Financé ou refusé
outcomes-rates = Taux de réussite
outcomes-rates-lede = Projets financés parmi ceux qui ont été financés ou refusés. Ce qui est en attente, en réserve, retiré ou invité à l’étape suivante n’entre dans aucun taux ; un projet en deux étapes compte une fois, là où il a été décidé.
outcomes-what = Dépôts
outcomes-all = Tous
outcomes-by-instrument = Par instrument
outcomes-by-year = Par année de dépôt
outcomes-by-part = Selon la participation des membres du pôle
outcomes-column-all = Déposés
outcomes-column-granted = Financés
outcomes-column-rejected = Refusés
outcomes-column-withdrawn = Retirés
outcomes-column-reserve = En réserve
outcomes-column-waiting = En attente
outcomes-column-invited = Étape suivante
outcomes-rate = Taux de réussite
outcomes-grants = Subventions
outcomes-of-decided = financés : { $granted } sur { $decided }
outcomes-percent = { $percent } %
outcomes-records = { $count ->
    [one] Un dépôt
   *[other] { $count } dépôts
}
outcomes-records-none = Aucun dépôt ne répond à ces critères.
outcomes-learning = Pour l’apprentissage du classement :
outcomes-short = Nos dépôts
outcomes-short-count = { $count ->
    [one] Un dépôt
   *[other] { $count } dépôts
}

## Dépôts antérieurs sur une feuille
outcomes-recorded = Dépôts antérieurs enregistrés dans Corridor
outcomes-recorded-lede = De ce brouillon, ou d’un brouillon aux mêmes bénéficiaires : les règles les comptent d’elles-mêmes. Indiquez les autres dans le tableau.
outcomes-recorded-similar = Sur ses { $all } bénéficiaires, { $again } participent ici : il ne compte pas de lui-même. S’il s’agit de la même proposition, indiquez-le dans le tableau.

## Erreurs
outcomes-wrong-points = indiquez des points, par exemple 4,5, avec deux décimales au plus
outcomes-wrong-scale = cette valeur dépasse le barème
outcomes-wrong-out-of = indiquez le nombre maximal de points
outcomes-wrong-criterion = indiquez le nom de ce critère
outcomes-wrong-place = indiquez un nombre entier à partir de 1
outcomes-wrong-rank = le rang ne peut pas dépasser le nombre de propositions classées
outcomes-wrong-future = cette date n’est pas encore passée
outcomes-wrong-before = cette date précède le dépôt
outcomes-wrong-after-answer = la réponse saisie est antérieure à cette date
outcomes-wrong-kind = choisissez la réponse reçue
outcomes-wrong-grant-only = seul un projet financé a une subvention : choisissez « Financé » ou laissez la subvention vide
outcomes-wrong-grant = la subvention dépasse les coûts éligibles
outcomes-wrong-stage = choisissez une étape de l’instrument
outcomes-wrong-version = cette version du brouillon n’existe pas
outcomes-wrong-empty = cette version ne nomme aucune organisation
outcomes-wrong-taken = un dépôt de cette étape est déjà enregistré à cette date
outcomes-wrong-last-stage = l’instrument n’a pas d’étape après celle-ci

## Après une action
done-outcomes-submitted = Le dépôt est enregistré.
done-outcomes-answered = La réponse est enregistrée.
done-outcomes-corrected = Correction enregistrée. Ce qui était indiqué auparavant reste dans le journal d’audit.
done-outcomes-deleted = Supprimé.

## Dans le journal
change-draft-submit = Dépôt d’un brouillon enregistré
change-draft-correct-submission = Dépôt d’un brouillon corrigé
change-draft-delete-submission = Dépôt d’un brouillon supprimé
change-draft-answer = Réponse à un dépôt saisie
change-draft-correct-answer = Réponse à un dépôt corrigée
change-draft-delete-answer = Réponse à un dépôt supprimée

## Données personnelles
personal-outcome = Résultat d’un brouillon
personal-outcomes = Auteurs des dépôts et réponses saisis
personal-outcome-submission = Auteur de la saisie d’un dépôt
personal-outcome-answer = Auteur de la saisie d’une réponse
purpose-outcomes-authors = Résultats des brouillons
purpose-outcomes-authors-data = Qui a saisi un dépôt ou une réponse, et quand
purpose-outcomes-authors-recipients = L’équipe du pôle auquel appartient le brouillon
purpose-outcomes-authors-period = Aussi longtemps que le brouillon.
