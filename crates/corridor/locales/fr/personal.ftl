# Ce qui est détenu sur les personnes, dit par chaque partie avec les mêmes mots.

## Bases légales (RGPD, article 6)
basis-consent = Consentement
basis-contract = Contrat
basis-legal-obligation = Obligation légale
basis-vital-interests = Intérêts vitaux
basis-public-task = Mission d’intérêt public
basis-legitimate-interests = Intérêts légitimes
basis-event-recorded = Base légale notée
basis-event-given = Consentement donné
basis-event-confirmed = Consentement confirmé par courriel
basis-event-withdrawn = Consentement retiré
basis-event-objected = Opposition
basis-event-objection-upheld = Opposition accueillie
basis-event-objection-overruled = Opposition rejetée

## De quoi il s’agit
personal-account = Compte
personal-ways-in = Sessions, clés d’accès, mots de passe, jetons, adresses privées
personal-role = Rôle
personal-session = Session
personal-passkey = Clé d’accès
personal-identity = Compte ailleurs
personal-token = Jeton d’un programme
personal-invitation = Invitation
personal-invitations = Invitations
personal-claim = Demande à représenter une organisation
personal-claims = Demandes à représenter une organisation
personal-letter = Courriel
personal-letters = Courriels
personal-letters-to-others = Courriels adressés à d’autres
personal-draft = Brouillon de consortium
personal-drafts = Auteurs des brouillons
personal-import = Import ou fusion
personal-imports = Auteurs des imports et des fusions
personal-import-problems = Valeurs qu’un import n’a pas pu reprendre
personal-disclosure = Copie reçue
personal-disclosures = Registre des copies communiquées
personal-entry-by = Ligne de la piste d’audit : une action
personal-entry-about = Ligne de la piste d’audit : une mention
personal-entries-by = Lignes de la piste d’audit : actions
personal-entries-about = Lignes de la piste d’audit : mentions

## Champs
personal-field-name = Nom
personal-field-email = Adresse électronique
personal-field-language = Langue
personal-field-time-zone = Fuseau horaire
personal-field-password-since = Mot de passe choisi le
personal-field-role = Rôle
personal-field-cluster = Pôle
personal-field-organisation = Organisation
personal-field-given-by = Donné par
personal-field-browser = Navigateur
personal-field-place = Lieu (réseau, approximatif)
personal-field-label = Libellé
personal-field-detail = Détail
personal-field-provider = Fournisseur
personal-field-scopes = Portées
personal-field-used-at = Dernière utilisation
personal-field-expires-at = Fin
personal-field-accepted-at = Acceptée le
personal-field-reason = Dans ses propres mots
personal-field-state = État
personal-field-subject = Objet
personal-field-text = Texte
personal-field-sent-at = Envoyé le
personal-field-action = Action
personal-field-record = Fiche
personal-field-versions = Versions enregistrées
personal-field-at = Quand
personal-field-channel = Comment
personal-field-purpose = Pour quoi
personal-field-recipient = Destinataire
personal-language-en = Anglais
personal-language-fr = Français
personal-claim-waiting = En attente
personal-claim-proved = Prouvée par l’adresse
personal-claim-vouched = Confirmée
personal-claim-refused = Refusée
personal-act-import = Import
personal-act-merge = Fusion de deux fiches
disclosure-export = Export
disclosure-api = Programme (API)
disclosure-letter = Courriel
disclosure-instance = Autre instance
disclosure-cluster = Un autre pôle de cette instance

## D’où elles viennent
personal-source-yourself = La personne elle-même
personal-source-inviter = Qui l’a invitée ou lui a donné le rôle
personal-source-use = L’utilisation de cette instance
personal-source-program = Écrit par cette instance
personal-source-cluster = L’équipe du pôle

## Qui les voit
personal-audience-self = La personne seule, et qui administre l’instance
personal-audience-administrators = La personne, les administrateurs du pôle et de l’instance
personal-audience-colleagues = La personne, les personnes du même pôle qui travaillent sur les mêmes fiches, les administrateurs
personal-audience-instance = Qui administre l’instance
personal-audience-cluster = Les personnes qui agissent pour le pôle

## Pourquoi cela reste
personal-reason-trail = Il doit rester possible de prouver qu’une action a eu lieu, quand et sur quelle fiche (responsabilité, RGPD, article 5, paragraphe 2) ; les noms et les valeurs sont effacés et le numéro du compte ne mène plus à personne.
personal-reason-disclosure = Le fait qu’une copie a été communiquée doit rester connu ; la personne concernée et le destinataire sont effacés.
personal-reason-letters-to-others = Le courriel appartient à son destinataire ; votre nom en est retiré.
personal-reason-drafts = Le brouillon appartient au pôle ; son auteur est effacé.
personal-reason-imports = Les fiches appartiennent à l’annuaire ; qui les a importées ou fusionnées est effacé.
personal-stays-consent = Conservé sur la base d’un consentement, qui peut être retiré à tout moment.
personal-stays-contract = Nécessaire à ce que la personne a demandé : un compte se ferme par une demande d’effacement.
personal-stays-law = La loi l’exige : il doit rester possible de prouver qu’une demande a reçu une réponse ou qu’une copie a été communiquée.
personal-stays-life = La vie de quelqu’un en dépend.
personal-stays-claims = Nécessaire à la constatation, à l’exercice ou à la défense de droits en justice (RGPD, article 21, paragraphe 1) : qui a fait quoi doit rester prouvable jusqu’à la fin de la durée de conservation.
personal-problem-address-taken = Un autre compte a déjà cette adresse.

## Finalités
purpose-account-account = Comptes
purpose-account-account-data = Nom, adresse électronique, langue, rôles
purpose-account-account-recipients = Les personnes du même pôle qui travaillent sur les mêmes fiches ; les administrateurs
purpose-account-account-period = À partir de la dernière connexion. Deux ans sans activité : référentiel de la CNIL sur la gestion des activités commerciales (RGPD, article 5, paragraphe 1, point e).
purpose-account-ways-in = Connexion
purpose-account-ways-in-data = Sessions avec navigateur et réseau approximatif, clés d’accès, mot de passe (haché), comptes ailleurs, jetons de programmes
purpose-account-ways-in-recipients = La personne seule ; qui administre l’instance
purpose-account-ways-in-period = Jusqu’à ce que leur titulaire y mette fin, au plus tard avec le compte ; une session prend fin d’elle-même en quelques heures.
purpose-invitation-invitation = Invitations restées sans suite
purpose-invitation-invitation-data = Adresse électronique, rôle proposé, auteur de l’invitation
purpose-invitation-invitation-recipients = Les administrateurs du pôle et de l’instance
purpose-invitation-invitation-period = À partir de la fin de l’invitation : le temps de répondre à une question à son sujet (RGPD, article 5, paragraphe 1, point e).
purpose-claim-claim = Demandes à représenter une organisation
purpose-claim-claim-data = Personne, organisation, motif, décision
purpose-claim-claim-recipients = Les administrateurs du pôle et de l’instance
purpose-claim-claim-period = À partir de la décision : le temps qu’elle puisse être contestée.
purpose-letter-letter = Courriels envoyés
purpose-letter-letter-data = Adresse électronique, objet et texte, date d’envoi
purpose-letter-letter-recipients = Qui administre l’instance ; le prestataire de messagerie
purpose-letter-letter-period = À partir de la rédaction : le temps de montrer qu’un courriel est parti (CNIL, recommandation du 14 octobre 2021 sur la journalisation : six mois à un an).
purpose-disclosure-log = Registre des copies communiquées
purpose-disclosure-log-data = Qui a reçu une copie des données de qui, quand, pour quoi
purpose-disclosure-log-recipients = Les personnes chargées des demandes
purpose-disclosure-log-period = À partir de la copie : un effacement doit atteindre chaque destinataire (RGPD, article 19) ; prescription des actions personnelles (Code civil, article 2224).
purpose-trail-sign-in = Traces de connexion
purpose-trail-sign-in-data = Date, navigateur et réseau approximatif, réussite ou échec
purpose-trail-sign-in-recipients = Qui administre l’instance
purpose-trail-sign-in-period = À partir de la connexion. CNIL, recommandation du 14 octobre 2021 sur la journalisation : six mois à un an.
purpose-trail-trail = Piste d’audit
purpose-trail-trail-data = Qui a fait quoi sur quelle fiche, quand, avant et après
purpose-trail-trail-recipients = Qui administre l’instance ; sur Aujourd’hui, les personnes du pôle
purpose-trail-trail-period = À partir de l’action : les délits se prescrivent par six ans (Code de procédure pénale, article 8).
purpose-draft-authors = Auteurs des brouillons
purpose-draft-authors-data = Qui a commencé un brouillon, qui a enregistré quelle version
purpose-draft-authors-recipients = Les personnes qui agissent pour le pôle
purpose-draft-authors-period = Aussi longtemps que le brouillon.
purpose-import-authors = Auteurs des imports et des fusions
purpose-import-authors-data = Qui a importé quelle liste, qui a fusionné quelles fiches
purpose-import-authors-recipients = Qui administre l’instance
purpose-import-authors-period = Tant que l’import ou la fusion peut être annulé.
