# Échanges : commentaires, tâches et dates d’un brouillon.

consortia-tab-discussion = Échanges
discussion-lede = Ce qui est à faire, et ce qui se dit du brouillon : chaque fil n’est lu que par ses destinataires.
discussion-lede-partner = Ce que votre organisation doit faire, et ce qui se dit avec { $cluster } et vos partenaires.

## Tâches
discussion-tasks = Tâches
discussion-column-what = Tâche
discussion-column-whose = Pour
discussion-column-due = Échéance
discussion-column-state = État
discussion-state-open = À faire
discussion-state-overdue = En retard
discussion-state-done = Fait
discussion-no-tasks = Aucune tâche n’est notée.
discussion-no-tasks-partner = Votre organisation n’a rien à faire ici. Les tâches des autres ne sont pas montrées.
discussion-task-add = Ajouter une tâche
discussion-task-finish = Fait
discussion-task-reopen = À refaire
discussion-task-delete = Supprimer
discussion-task-delete-sure = Supprimer cette tâche ? Elle ne pourra pas être rétablie.
discussion-due = Au plus tard le
discussion-whose-nobody = Personne pour l’instant
discussion-whose-hint = Un partenaire ne voit que ses propres tâches. La personne concernée reçoit un courriel.
discussion-refused-task = Cette tâche vient de l’équipe : indiquez qu’elle est faite, ou demandez à l’équipe de la supprimer.

## Commentaires
discussion-comments = Commentaires
discussion-text = Commentaire
discussion-text-hint = Votre nom est montré à qui le lit. Citez quelqu’un avec @ pour lui envoyer un courriel.
discussion-names = Qui peut être cité
discussion-about = À propos de
discussion-about-draft = L’ensemble du brouillon
discussion-about-rule = Règle : { $rule }
discussion-audience = Lu par
discussion-audience-hint = Les réponses sont lues par les mêmes personnes.
discussion-audience-team = L’équipe de { $cluster } seulement
discussion-audience-partner = { $cluster } et { $organisation }
discussion-audience-partners = { $cluster } et tous les partenaires
discussion-audience-applicant = { $cluster } et les partenaires candidats
discussion-audience-industry = { $cluster } et les partenaires industriels
discussion-audience-everybody = { $cluster } et tous les partenaires des deux côtés
discussion-write = Publier le commentaire
discussion-answer = Répondre
discussion-answer-text = Votre réponse
discussion-answer-hint = Les lecteurs du fil la lisent aussi. L’auteur du fil et les personnes que vous citez avec @ reçoivent un courriel.
discussion-settle = Marquer comme réglé
discussion-reopen = Reprendre
discussion-is-settled = Réglé
discussion-settled-threads = { $count ->
    [one] Un fil réglé
   *[other] { $count } fils réglés
}
discussion-none = Personne n’a encore écrit. Posez une question sur le brouillon, un membre ou une règle.
discussion-begin = En discuter
discussion-open-threads = { $count ->
    [one] Un fil ouvert
   *[other] { $count } fils ouverts
}
discussion-somebody = Quelqu’un
discussion-delete = Supprimer
discussion-delete-sure = Supprimer votre commentaire ? Son texte disparaît ; il reste visible qu’il y en avait un.
discussion-deleted = Supprimé par son auteur.
discussion-withheld = Masqué : son auteur a demandé la limitation du traitement de ses données.

today-tasks = À faire dans les brouillons
today-task-until = au plus tard le { $date }

## Calendrier
consortia-tab-calendar = Calendrier
discussion-calendar-lede = Toutes les dates du sujet, ce qu’attendent partenaires et tâches, et les dates que le brouillon se fixe.
discussion-ics = Fichier de calendrier
discussion-subscribe = Créer une adresse privée
discussion-dates-coming = À venir
discussion-dates-past = Passées
discussion-dates-none = Aucune date n’est encore connue : choisissez un sujet, donnez une échéance à une tâche ou fixez une date.
discussion-date-day = Jour
discussion-date-what = Quoi
discussion-date-invitation = Réponse à une invitation
discussion-date-signoff = Validation
discussion-date-search = Fin de l’appel à partenaires
discussion-date-document = Fin de validité d’un document
discussion-date-task = Tâche
discussion-date-milestone = Date du brouillon
discussion-in-days = { $count ->
    [0] aujourd’hui
    [1] demain
   *[other] dans { $count } jours
}
discussion-milestone-add = Fixer une date
discussion-milestone-name = Quoi
discussion-milestone-audience = Montrée à
discussion-milestone-delete-sure = Supprimer cette date ? Les calendriers qui la lisent la perdent aussi.
discussion-wrong-milestone = dites ce qui a lieu ce jour-là
discussion-wrong-milestone-day = indiquez un jour
discussion-wrong-many-milestones = le brouillon compte déjà autant de dates qu’il peut en tenir : supprimez-en d’abord
done-discussion-milestone-added = La date est fixée.
done-discussion-milestone-deleted = La date est supprimée.
change-draft-add-milestone = Date d’un brouillon fixée
change-draft-delete-milestone = Date d’un brouillon supprimée
feed-draft-ics = Calendrier d’un brouillon
feed-workspace-ics = Calendrier d’un brouillon, en partenaire

## Courriels dont on ne veut plus
discussion-letters = Courriels sur un brouillon
discussion-letters-lede = Vous recevez un courriel quand quelqu’un vous cite, vous répond ou vous confie une tâche dans ce brouillon.
discussion-letters-stop = Ne plus recevoir de courriels sur ce brouillon
discussion-letters-stopped = Vous ne recevrez plus de courriels sur ce brouillon. Ce qui se dit et ce qui est à faire figurent sur sa page et dans Aujourd’hui.
discussion-letters-again = Recevoir de nouveau des courriels
discussion-link-over = Ce lien ne vaut plus rien : le brouillon n’existe plus, ou ce qui était connu de vous a été effacé.

## Ce qui ne peut pas servir
discussion-wrong-text = écrivez quelque chose
discussion-wrong-about = ce membre ou cette règle n’est plus dans le brouillon : choisissez de nouveau
discussion-wrong-audience = vous ne pouvez pas vous adresser à ces lecteurs : choisissez de nouveau
discussion-wrong-what = dites ce qui est à faire
discussion-wrong-whose = cette personne ou cette organisation ne travaille pas sur le brouillon : choisissez de nouveau
discussion-wrong-day = indiquez un jour à partir d’aujourd’hui, ou laissez vide
discussion-wrong-many = le brouillon compte déjà autant de tâches qu’il peut en tenir : supprimez-en d’abord

## Fait
done-discussion-written = Votre commentaire est publié.
done-discussion-settled = Le fil est réglé.
done-discussion-reopened = Le fil est repris.
done-discussion-deleted = Votre commentaire est supprimé.
done-discussion-task-added = La tâche est ajoutée.
done-discussion-task-done = La tâche est faite.
done-discussion-task-reopened = La tâche est de nouveau à faire.
done-discussion-task-deleted = La tâche est supprimée.

## Piste d’audit
change-draft-comment = Commentaire sur un brouillon
change-draft-delete-comment = Commentaire sur un brouillon supprimé
change-draft-settle-thread = Fil d’un brouillon réglé
change-draft-reopen-thread = Fil d’un brouillon repris
change-draft-add-task = Tâche ajoutée à un brouillon
change-draft-finish-task = Tâche d’un brouillon faite
change-draft-reopen-task = Tâche d’un brouillon rouverte
change-draft-delete-task = Tâche d’un brouillon supprimée
change-draft-letters = Courriels sur un brouillon arrêtés ou redemandés

## Données personnelles
personal-discussion = Travail sur un brouillon
personal-discussions = Commentaires, tâches et dates de brouillons
personal-discussion-comment = Auteur d’un commentaire
personal-discussion-settled = Qui a réglé un fil
personal-discussion-task = Chargé d’une tâche
personal-discussion-given = Qui a confié une tâche
personal-discussion-done = Qui a fait une tâche
personal-discussion-milestone = Qui a fixé une date
personal-discussion-stop = Ne veut plus de courriels sur le brouillon
personal-audience-draft = L’équipe du pôle, et les partenaires du brouillon à qui cela s’adressait
purpose-discussion-work = Commentaires et tâches des brouillons
purpose-discussion-work-data = Commentaires avec leur auteur ; tâches avec la personne qui en est chargée, celle qui les a confiées et celle qui les a faites ; dates d’un brouillon avec qui les a fixées ; refus de courriels
purpose-discussion-work-recipients = L’équipe du pôle qui porte le brouillon ; pour les commentaires et les dates, aussi les partenaires à qui ils s’adressent
purpose-discussion-work-period = Aussi longtemps que le brouillon.

## Courriels
mail-discussion-button = Ouvrir le brouillon
mail-discussion-stop = Ne plus recevoir de courriels sur ce brouillon :
mail-discussion-mention-subject = Vous êtes cité dans « { $draft } »
mail-discussion-mention-text = Quelqu’un vous a cité, vous ou votre organisation, dans un commentaire sur « { $draft } », un brouillon de { $cluster } :
mail-discussion-comment-subject = Un partenaire a écrit au sujet de « { $draft } »
mail-discussion-comment-text = Un partenaire de « { $draft } », un brouillon de { $cluster }, a ouvert un fil :
mail-discussion-answer-subject = Une réponse dans « { $draft } »
mail-discussion-answer-text = Quelqu’un a répondu au fil que vous avez ouvert dans « { $draft } », un brouillon de { $cluster } :
mail-discussion-task-subject = Une tâche pour vous dans « { $draft } »
mail-discussion-task-text = Une tâche vous a été confiée, à vous ou à votre organisation, dans « { $draft } », un brouillon de { $cluster } :
mail-discussion-task-until-subject = Une tâche pour vous dans « { $draft } », au plus tard le { $day }
mail-discussion-task-until-text = Une tâche vous a été confiée, à vous ou à votre organisation, dans « { $draft } », un brouillon de { $cluster }, à faire au plus tard le { $day } :
mail-discussion-task-soon-subject = Rappel : une tâche dans « { $draft } », au plus tard le { $day }
mail-discussion-task-soon-text = Dans « { $draft } », un brouillon de { $cluster }, ceci est à faire au plus tard le { $day } :
mail-discussion-task-overdue-subject = En retard depuis le { $day } : une tâche dans « { $draft } »
mail-discussion-task-overdue-text = Dans « { $draft } », un brouillon de { $cluster }, ceci était à faire au plus tard le { $day } et n’est pas indiqué comme fait :
