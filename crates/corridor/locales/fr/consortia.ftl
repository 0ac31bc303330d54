# Consortiums : propositions, brouillons, feuille vivante, instruments.

consortia-title = Consortiums
consortia-lede = Les équipes que votre pôle prépare, avec leurs règles d’éligibilité vérifiées à chaque changement.
consortia-new = Nouveau consortium
consortia-new-lede = Laissez Corridor proposer l’équipe éligible la mieux adaptée à un sujet, ou partez d’une feuille vierge.
consortia-new-name = Consortium sans titre
consortia-empty = Les consortiums de votre pôle apparaîtront ici. Ouvrez un appel et demandez une équipe, ou partez d’une feuille vierge.
consortia-archived = Mis de côté
consortia-instruments = Instruments et règles
consortia-no-topic = Sans sujet
consortia-closes = ferme le { $date }
consortia-saved-at = enregistré le { $date }
consortia-version = version { $revision }
consortia-deleted = Le brouillon est supprimé. Vous pouvez le rétablir pendant trente jours.
consortia-is-archived = Ce brouillon est mis de côté.
consortia-unsaved = Rien n’est encore enregistré : la page montre ce que vous avez saisi.
consortia-undo-offer = La version précédente est conservée.
consortia-for-topic = Pour
consortia-to-rules = Aller aux règles
consortia-check = Vérifier

## Colonnes et champs
consortia-column-name = Nom
consortia-column-topic = Sujet
consortia-column-members = Membres
consortia-column-countries = Pays
consortia-column-country = Pays
consortia-column-kind = Nature
consortia-column-saved = Enregistré
consortia-column-organisation = Organisation
consortia-column-why = Pourquoi
consortia-field-name = Nom de travail
consortia-field-instrument = Instrument
consortia-field-stage = Étape
consortia-field-role = Rôle
consortia-field-side = Côté
consortia-field-cost = Coût éligible
consortia-field-subcontracting = Sous-traitance
consortia-field-requested = Aide demandée
consortia-field-ikop = IKOP
consortia-field-fc = FC
consortia-field-ikaa = IKAA
consortia-ikop-long = Contribution en nature aux activités opérationnelles
consortia-fc-long = Contribution financière
consortia-ikaa-long = Contribution en nature aux activités additionnelles
consortia-field-duration-months = Durée en mois
consortia-field-trl-start = TRL de départ
consortia-field-trl-end = TRL visé
consortia-field-pages = Pages de la proposition
consortia-field-civil-use = Usage exclusivement civil
consortia-field-independence = Aucun membre n’en contrôle un autre, ni n’a le même propriétaire
consortia-independence-hint = À cocher une fois vérifié : l’annuaire ne connaît pas l’actionnariat.
consortia-trl-hint = De 1 à 9
consortia-choose = Choisir…
consortia-not-said = Non précisé

## Rôles, côtés, natures
consortia-role-coordinator = Coordinateur
consortia-role-beneficiary = Bénéficiaire
consortia-role-affiliated = Entité affiliée
consortia-role-associated = Partenaire associé
consortia-role-subcontractor = Sous-traitant
consortia-side-applicant = Candidat
consortia-side-industry = Industrie
consortia-kind-sme = PME
consortia-kind-mid-cap = ETI
consortia-kind-large-company = Grande entreprise
consortia-kind-company = Entreprise
consortia-kind-university = Université
consortia-kind-research-organisation = Organisme de recherche
consortia-kind-hospital = Hôpital
consortia-kind-patient-organisation = Association de patients
consortia-kind-public-authority = Autorité publique
consortia-kind-cluster = Pôle
consortia-kind-association = Association
consortia-kind-foundation = Fondation
consortia-kind-other = Autre

## Feuille
consortia-members = Membres
consortia-no-members = Personne pour l’instant. Ajoutez un premier membre par son nom.
consortia-add = Ajouter un membre
consortia-add-hint = Nom, PIC, SIREN ou ROR
consortia-add-one = Ajouter { $name }
consortia-remove = Retirer
consortia-remove-one = Retirer { $name }
consortia-joint = { $count ->
    [one] { $count } projet commun
   *[other] { $count } projets communs
}
consortia-suggested = Partenaires suggérés
consortia-suggested-mend = D’abord ceux qui répareraient une règle non respectée, puis les mieux adaptés.
consortia-suggested-none-mends = Aucun ajout ne suffit seul à réparer une règle : voici d’abord ceux qui s’en rapprochent, puis les mieux adaptés.
consortia-suggested-fit = Aucune règle n’est à réparer : voici les organisations les mieux adaptées.
consortia-mends = Répare :
consortia-helps = S’en rapproche :
consortia-score = score { $score }
consortia-proposal-facts = Proposition
consortia-composition = Composition
consortia-by-country = Par pays
consortia-by-kind = Par nature
consortia-by-side = Par côté
consortia-by-cost = Coût par partenaire
consortia-worked = Ont déjà travaillé ensemble
consortia-worked-pairs = { $together ->
    [one] { $together } paire de membres sur { $pairs } a déjà partagé au moins un projet européen.
   *[other] { $together } paires de membres sur { $pairs } ont déjà partagé au moins un projet européen.
}
consortia-worked-picture = Projets communs
consortia-worked-note = Un trait par paire, d’autant plus épais qu’elle compte de projets communs ; équipe telle qu’enregistrée.
consortia-worked-none = Aucune paire de membres n’a encore partagé de projet européen connu de Corridor.
consortia-more = Autres actions
consortia-complete = Proposer l’équipe complète
consortia-archive = Mettre de côté
consortia-reopen = Reprendre

## Règles
consortia-rules = Règles
consortia-eligible-yes = Éligible d’après ce qui est connu
consortia-eligible-no = Non éligible en l’état
consortia-eligible-unknown = Éligibilité en suspens : il manque des éléments
consortia-presumed = Présumée respectée à ce stade.
consortia-advice-not-met = À améliorer
consortia-severity-ineligible = Condition d’éligibilité
consortia-severity-weak = Point faible
consortia-severity-advice = Conseil
consortia-verified = vérifié
consortia-not-verified = à vérifier dans le texte de l’appel
consortia-note-no-instrument = Choisissez un instrument : ses règles seront lues aussitôt.
consortia-note-no-members = Ajoutez un membre : les règles seront lues aussitôt.
consortia-note-no-country = Le pays n’est pas connu pour : { $names }. Complétez la fiche de l’annuaire, car les règles comptent les pays.
consortia-note-independence = L’annuaire ne connaît pas l’actionnariat : sauf filiale connue, chaque membre est tenu pour indépendant des autres.
consortia-note-no-stage = Choisissez l’étape : certaines règles ne valent qu’à l’une d’elles.

## Saisies refusées
consortia-wrong-title = À corriger :
consortia-wrong-negative = un montant ne peut pas être négatif
consortia-wrong-amount = ce n’est pas un montant ; écrivez par exemple 1 250 000,50
consortia-wrong-too-large = le montant dépasse tout budget possible ; écrivez-le en euros
consortia-wrong-subcontracting = la sous-traitance ne peut pas dépasser le coût, dont elle fait partie
consortia-wrong-months = écrivez un nombre entier de mois, de 1 à 240
consortia-wrong-pages = écrivez un nombre entier de pages, de 1 à 2 000
consortia-wrong-trl = écrivez un niveau de 1 à 9
consortia-wrong-role = ce rôle n’existe pas
consortia-wrong-side = ce côté n’existe pas
consortia-wrong-member = cette organisation n’est pas dans l’annuaire, ou y est deux fois
consortia-wrong-too-many = un brouillon tient au plus 200 membres
consortia-wrong-name = donnez un nom de travail
consortia-wrong-instrument = cet instrument n’existe pas
consortia-wrong-topic = ce sujet n’existe pas
consortia-refused-no-cluster = Vous n’agissez pour aucun pôle : les consortiums appartiennent à un pôle.

## Ce que les règles demandent de déclarer
consortia-asked = Déclarations
consortia-asked-lede = Ce que les règles de cet instrument demandent et que l’annuaire ne sait pas. Une règle reste ouverte tant que personne n’a répondu.
consortia-asked-members = Déclarations des membres
consortia-not-asked = non demandé à ce membre
consortia-field-sme = PME selon sa déclaration
consortia-field-adherents = Adhérents du pôle
consortia-field-mark = Inscrit dans le programme comme
consortia-field-document = Document
consortia-field-register = Registre
consortia-document-gep = Plan d’égalité femmes-hommes
consortia-registered = Inscription : { $register }
consortia-field-label-issuer = Label accordé par
consortia-label-hint = Le pôle qui labellise le projet
consortia-field-label-on = Date du label
consortia-field-closes-on = Date de clôture de l’appel
consortia-field-earlier = Dépôts antérieurs
consortia-field-earlier-score = Note
consortia-field-earlier-on = Date de dépôt
consortia-earlier-question = Dépôts antérieurs des membres
consortia-earlier-as-listed = selon la liste ci-dessous
consortia-earlier-none = aucun
consortia-earlier-programme = Programme
consortia-earlier-member = Membre
consortia-earlier-all = le consortium
consortia-earlier-outcome = Issue
consortia-earlier-score = Note en %
consortia-earlier-on = Déposé le
consortia-outcome-funded = financé
consortia-outcome-unsuccessful = non retenu
consortia-wrong-day = écrivez une date, par exemple 31/03/2026
consortia-wrong-score = écrivez une note de 0 à 100
consortia-wrong-adherents = écrivez un nombre entier d’adhérents

## Conflit de versions
consortia-clash-title = Quelqu’un a enregistré entre-temps
consortia-clash-lede =
    { $count ->
        [one] Une autre personne et vous avez écrit des choses différentes au même endroit : choisissez ce qui vaut. Le reste de vos modifications et des siennes est réuni.
       *[other] Une autre personne et vous avez écrit des choses différentes à { $count } endroits : choisissez ce qui vaut. Le reste de vos modifications et des siennes est réuni.
    }
consortia-clash-by = Version enregistrée par { $name } le { $date }.
consortia-clash-what = Élément
consortia-clash-stored = Enregistré :
consortia-clash-own = Le vôtre :
consortia-clash-save = Enregistrer avec ces choix
consortia-clash-all-own = Le mien partout
consortia-clash-all-stored = L’enregistré partout
consortia-clash-leave = Renoncer à mes modifications
consortia-clash-beside = Également modifié entre-temps, et conservé
consortia-clash-note = Rien n’a été écrasé : la version enregistrée entre-temps reste dans l’historique, quel que soit votre choix.
consortia-newer = { $name } a enregistré la version { $revision } pendant votre saisie. L’enregistrement réunira vos modifications et les siennes.
consortia-newer-nobody = La version { $revision } a été enregistrée pendant votre saisie. L’enregistrement réunira les deux.
consortia-wrong-revision = le formulaire ne dit pas de quelle version du projet il est parti ; rouvrez le projet
consortia-history = Historique
consortia-history-lede = Chaque enregistrement est conservé. Rétablir une version en crée une nouvelle : cela aussi s’annule.
consortia-history-changed = Ce que la version { $revision } a changé
consortia-history-first = Création du brouillon.
consortia-before = Avant
consortia-after = Après
consortia-restore = Rétablir cette version
consortia-difference-in = membre

## Question
consortia-propose-title = Faire proposer une équipe
consortia-ask-topic = Sujet
consortia-ask-topic-hint = L’identifiant de l’appel, par exemple HORIZON-HLTH-2027-01-DISEASE-05
consortia-other-topic = autre sujet
consortia-ask-members = Déjà dans l’équipe
consortia-ask-with = Avec
consortia-ask-with-hint = Une organisation qui doit en être
consortia-ask-countries = Pays
consortia-ask-countries-hint = Codes de deux lettres, tous si vide : FR, DE, BE
consortia-ask-least = Au moins
consortia-ask-most = Au plus
consortia-ask-most-hint = Chaque membre ajoute de la valeur : c’est le plafond qui décide.
consortia-ask-per-country = Au plus par pays
consortia-ask-per-country-hint = Pour une équipe répartie ; sans limite si vide
consortia-ask-kinds = Au moins un membre de chaque nature cochée
consortia-ask-instrument-hint = Type d’action du sujet : { $type }
consortia-as-topic = Celui du sujet
consortia-ask-covered = Compétences à couvrir
consortia-ask-cover = Compétence à couvrir
consortia-ask-cover-hint = Au moins un membre doit l’avoir ; une à la fois
consortia-competence = Compétence
consortia-propose = Proposer une équipe
consortia-ask-again = Changer la demande
consortia-blank-title = Partir d’une feuille vierge
consortia-blank-lede = Avec ou sans sujet : ajoutez les membres un à un, les règles suivent.
consortia-blank = Ouvrir une feuille vierge

## Proposition
consortia-proposal-title = Équipe proposée
consortia-see-topic = Voir le sujet
consortia-save-draft = Enregistrer comme brouillon
consortia-save-alternative = Enregistrer cette variante
consortia-proved = Optimum prouvé
consortia-proved-text = Aucune équipe éligible parmi { $candidates } candidats n’obtient davantage.
consortia-not-proved = Meilleure équipe trouvée
consortia-gap-text = Une équipe éligible de ces { $candidates } candidats ne peut la dépasser que de { $gap } au plus.
consortia-value = Valeur
consortia-value-note = scores des membres et collaborations passées
consortia-bound = Borne
consortia-bound-note = aucune équipe éligible ne la dépasse
consortia-pool = Candidats
consortia-pool-note = les mieux classés pour ce sujet
consortia-took = Calcul
consortia-seconds = { $seconds } s
consortia-team = Équipe
consortia-given = demandé
consortia-why-given = À votre demande.
consortia-why-covers = Complète les conditions demandées.
consortia-alternatives = Variantes
consortia-alternatives-lede = Chacune diffère d’au moins deux membres de l’équipe proposée et des autres variantes.
consortia-alternative = Variante { $number }
consortia-alternative-value = Valeur { $value }, soit { $less } de moins
consortia-joins = Entre :
consortia-leaves = Sort :
consortia-conflict = Ces conditions ne peuvent pas tenir ensemble
consortia-conflict-lede = Aucune équipe de { $candidates } candidats ne les respecte toutes.
consortia-conflict-smallest = Il est prouvé qu’aucun ensemble plus petit n’est en conflit.
consortia-no-answer = Aucune équipe n’a été trouvée dans le temps imparti. Réduisez la taille demandée ou retirez une condition.
consortia-search-on-title = Poursuivre la recherche
consortia-search-on-text = Rien ne prouve encore que cette équipe est la meilleure. La recherche peut se poursuivre jusqu’à { $seconds } secondes ; les meilleures équipes s’affichent au fur et à mesure.
consortia-search-on = Poursuivre la recherche
consortia-searching = Recherche en cours : les meilleures équipes s’affichent ici au fur et à mesure.
consortia-search-stop = Arrêter et garder la meilleure équipe
consortia-search-stopped = Recherche arrêtée. Voici la meilleure équipe trouvée.
consortia-search-ended = La recherche est terminée.
consortia-search-trouble = La recherche s’est interrompue. Voici la meilleure équipe trouvée ; réessayez ou réduisez la taille demandée.
consortia-summary-get = Synthèse en une page (PDF)
consortia-summary-foot = { $cluster } · version { $revision } · { $date }
consortia-summary-more = { $count ->
    [one] et 1 autre
   *[other] et { $count } autres
}
consortia-summary-number = N°
consortia-summary-others = { $count ->
    [one] un autre
   *[other] { $count } autres
}
consortia-summary-total = Total
consortia-summary-unread = Aucune règle n’est lue pour ce brouillon

## Instruments
consortia-instruments-lede = Ce que chaque instrument demande à un consortium, règle par règle, avec sa source et sa date.
consortia-instrument-lede = Chaque règle dans les deux langues, avec sa source. Le texte de l’appel fait toujours foi.
consortia-programme = Programme
consortia-stages = Étapes
consortia-rule-count = Règles
consortia-verified-count = dont vérifiées
consortia-only-stages = Étape :
consortia-valid = du { $from } au { $to }
consortia-read-on = lu le { $date }
consortia-takes-applications = Dépôts possibles du { $from } au { $to }.
consortia-rules-today = Règles au { $date }
consortia-rules-ever = Règles de toutes dates
consortia-show-ever = Voir aussi celles d’autres dates
consortia-show-today = Seulement celles d’aujourd’hui
consortia-rates = Taux d’aide

## Faits
done-consortia-created = Le brouillon est créé.
done-consortia-saved-together = Enregistré avec ce que d’autres avaient enregistré entre-temps. « Annuler » ramène à leur version.
done-consortia-saved = Enregistré.
done-consortia-added = Le membre est ajouté et le brouillon enregistré.
done-consortia-removed = Le membre est retiré et le brouillon enregistré.
done-consortia-restored = La version est rétablie.
done-consortia-archived = Le brouillon est mis de côté.
done-consortia-reopened = Le brouillon est repris.
done-consortia-undeleted = Le brouillon est rétabli.

# Et si
consortia-what-if = Et si…
consortia-what-if-lede = Retirez un partenaire, déplacez du budget, changez d’instrument ou de date : les deux réponses des règles sont mises côte à côte, et rien n’est enregistré.
consortia-what-if-change = Ce que l’on change
consortia-what-if-takes-part = Participe
consortia-what-if-day = Déposé le
consortia-what-if-day-hint = Les règles sont lues telles qu’elles valent ce jour-là. Vide : le jour de clôture de l’appel.
consortia-what-if-compare = Comparer
consortia-what-if-take = Reprendre dans le brouillon
consortia-what-if-budget = D’après le budget :
consortia-what-if-budget-hint = Les coûts d’un partenaire qui a un budget découlent de ses lignes. Un montant saisi ici est essayé à leur place ; vide, c’est le budget qui vaut.
consortia-what-if-tried = Les coûts essayés pour des partenaires qui ont un budget ne sont lus qu’ici : la reprise les laisse tels que le budget les donne. Modifiez-y les lignes.
consortia-what-if-back = Revenir au brouillon
consortia-what-if-sides = Côte à côte
consortia-what-if-changed =
    { $count ->
        [one] Une modification
       *[other] { $count } modifications
    }
consortia-what-if-now = Le brouillon enregistré
consortia-what-if-then = Et si…
consortia-what-if-turn = Évolution
consortia-what-if-all = Toutes les règles ensemble
consortia-what-if-no-rule = Règle absente
consortia-what-if-same =
    { $count ->
        [one] Une règle donne la même réponse
       *[other] { $count } règles donnent la même réponse
    }
consortia-turn-worse = Se dégrade
consortia-turn-better = S’améliore
consortia-turn-other = D’un seul côté
consortia-turn-same = Inchangée
