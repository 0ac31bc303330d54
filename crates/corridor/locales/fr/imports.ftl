# Import des adhérents d’un pôle.
import-title = Importer des adhérents
import-lede = Une liste de votre tableur devient des adhérents dans l’annuaire. Rien n’est écrit avant que vous ayez vu ce qui serait fait.
import-file = Fichier
import-file-hint = CSV ou XLSX, avec les noms des colonnes sur la première ligne, en français ou en anglais ; 32 Mo au plus.
import-send = Lire le fichier
import-not-read = Le fichier n’a pas été lu.
import-earlier = Imports précédents
import-when = Date
import-state = État
import-state-uploaded = Colonnes à vérifier
import-state-checked = En attente de votre accord
import-state-running = En cours
import-state-done = Terminé
import-state-broken = Terminé, jusqu’à la coupure du fichier
import-state-failed = Échoué
import-created = Nouveaux
import-changed = Modifiés
import-unchanged = Inchangés
import-refused = Refusés
import-none = Aucune liste n’a encore été importée.
import-steps = Étapes de l’import
import-step-upload = Fichier
import-step-columns = Colonnes
import-step-check = Vérification
import-step-done = Import
import-columns-title = Que contient chaque colonne ?
import-columns-lede = { $count ->
    [one] Une ligne a été lue. La proposition vient des en-têtes : corrigez ce qui ne va pas.
   *[other] { $count } lignes ont été lues. La proposition vient des en-têtes : corrigez ce qui ne va pas.
}
import-sample = Les premières lignes
import-which = Colonnes
import-no-column = Absent du fichier
import-check = Essayer
import-discard = Abandonner ce fichier
import-field-name = Nom de l’organisation
import-field-kind = Type
import-field-siren = SIREN
import-field-siret = SIRET
import-field-vat = N° de TVA
import-field-pic = PIC
import-field-ror = ROR
import-field-country = Pays
import-field-city = Ville
import-field-postcode = Code postal
import-field-college = Collège
import-field-since = Adhérent depuis
import-field-until = Adhérent jusqu’au
import-field-competences = Compétences
import-field-website = Site web
import-field-description = Description
import-field-fee = Cotisation (€)
import-field-turnover = Chiffre d’affaires (€)
import-check-title = Ce qui serait fait
import-check-lede = Rien n’est encore écrit.
import-would-create = Nouvelles organisations
import-would-join = Déjà connues
import-to-decide = À trancher
import-would-refuse = Lignes refusées
import-problems = Problèmes
import-problems-lede = Ces lignes sont écartées ou corrigées. Rectifiez-les dans votre fichier et importez-le de nouveau : ce qui est déjà en place n’est pas modifié.
import-problems-more = { $count ->
    [one] Et un autre, dans le fichier à télécharger.
   *[other] Et { $count } autres, dans le fichier à télécharger.
}
import-problems-download = Télécharger les problèmes (CSV)
import-row = Ligne
import-row-number = ligne { $row }
import-column = Colonne
import-value = Valeur
import-problem = Ce qui ne va pas
import-duplicates = Peut-être déjà connues
import-duplicates-lede = { $count ->
    [one] Une ligne ressemble à une organisation de l’annuaire. Sauf avis contraire de votre part, seul ce qui est certain est rattaché.
   *[other] { $count } lignes ressemblent à des organisations de l’annuaire, celles à trancher en premier. Sauf avis contraire de votre part, seul ce qui est certain est rattaché.
}
import-duplicates-more = { $count ->
    [one] Pour une autre ligne, la proposition est retenue.
   *[other] Pour { $count } autres lignes, la proposition est retenue.
}
import-choose-join = C’est { $name }
import-choose-create = C’est une nouvelle organisation
import-choose-skip = Écarter cette ligne
import-look = Voir { $name }
import-projects = { $count ->
    [0] aucun projet passé
    [one] 1 projet passé
   *[other] { $count } projets passés
}
import-ground-identifier = même identifiant
import-ground-same-name = même nom
import-ground-similar-name = nom ressemblant
import-ground-other-identifier = même nom, autre identifiant
import-start = { $count ->
    [0] Rien à importer
    [one] Importer une ligne
   *[other] Importer { $count } lignes
}
import-back = Revenir aux colonnes
import-outcome-title = Import des adhérents
import-running = Import
import-writing = Écriture des adhérents
import-refresh = Voir où il en est
import-finished = La liste est dans l’annuaire.
import-broken = Le fichier est coupé avant la fin. Ce qui a pu être lu est dans l’annuaire.
import-failed = L’import n’est pas allé à son terme.
import-see-members = Voir les adhérents
import-another = Importer une autre liste
import-problem-length = La ligne a plus ou moins de cellules que l’en-tête
import-problem-broken-off = Le fichier est coupé ici ; récupérez-le et importez-le de nouveau
import-problem-cell-too-long = La cellule est trop longue pour être une donnée ; cherchez un guillemet jamais refermé
import-problem-encoding = Le texte n’est pas en UTF-8 ; enregistrez le fichier au format « CSV UTF-8 »
import-problem-missing = Il manque une valeur
import-problem-formula = La cellule est une formule et n’a pas été exécutée ; écrivez un texte simple
import-problem-too-long = Le texte est trop long
import-problem-marks = Des marques invisibles ont été retirées
import-problem-kind = Aucun type d’organisation ne porte ce nom
import-problem-country = Ce n’est pas un pays ; écrivez ses deux lettres ou son nom
import-problem-identifier = Identifiant non valide ; cherchez une faute de frappe
import-problem-identifier-left-out = L’identifiant n’est pas valide ; l’organisation est gardée sans lui
import-problem-identifiers-disagree = Les identifiants sont ceux d’organisations différentes
import-problem-two-organisations = Les identifiants appartiennent à deux organisations de l’annuaire ; fusionnez-les ou corrigez les identifiants
import-problem-twice = Une autre ligne porte sur la même organisation ; la première est gardée
import-problem-day = Ce jour n’existe pas ; écrivez JJ/MM/AAAA
import-problem-order-of-days = La fin précède le début
import-problem-money = Ce n’est pas un montant
import-problem-money-negative = Un montant ne peut pas être négatif ici
import-problem-money-precision = Un montant a deux décimales au plus
import-problem-website = Ce n’est pas l’adresse d’un site ; l’adhérent est gardé sans elle
import-problem-position = Ce n’est pas un point de la carte
import-problem-yes-or-no = Écrivez true, false ou rien
import-problem-number = Ce n’est pas un nombre
import-problem-reference = Ce n’est pas un numéro de dossier
import-problem-unknown-reference = Ce à quoi la ligne renvoie n’est pas connu
import-problem-unknown-concept = Ce concept n’existe pas
import-problem-path = Le chemin ne mène pas au concept
import-problem-json = La ligne ne peut pas être comprise
refused-no-cluster = Vous n’agissez pour aucun pôle : choisissez une personne qui le fait.
import-file-unreadable = { $file } ne peut pas être lu ({ $why }) ; donnez le chemin d’un fichier ou d’un dossier qui existe
import-file-missing = { $file } (ou { $file }.zst) n’est pas dans { $folder } : donnez le fichier ou le dossier qui le contient
import-file-header = la ligne d’en-tête de { $file } ne peut pas être lue : { $why }
import-file-columns = il manque à { $file } la colonne { $missing } ; ses colonnes sont { $columns }
import-file-not-toml = { $file } ne peut pas être compris : { $why }
import-file-id-twice = organisations.toml : l’identifiant { $id } y figure deux fois
import-file-unknown-kind = organisations.toml : { $id } est d’un type inconnu, { $kind }
import-file-dangling = { $from } renvoie à { $to }, qui n’est pas dans organisations.toml
import-file-breaks-off = { $file } s’interrompt avant sa première ligne ({ $why }) : récupérez le fichier et importez-le de nouveau
import-file-archive = l’archive ne peut pas être ouverte : { $why }
import-file-archive-too-long = l’archive dépasse 256 Mo une fois ouverte : aucune liste de membres n’est si longue
import-file-utf16 = { $file } commence en UTF-16, mais ne continue pas ainsi : enregistrez-le en « CSV UTF-8 » et importez-le de nouveau
import-file-encoding = { $file } n’est pas en UTF-8 : l’octet { $byte } (ligne { $row }, après « { $words } ») vaut { $value }, comme Windows ou Latin-1 écrivent les accents ; enregistrez-le en « CSV UTF-8 » (dans Excel : Enregistrer sous, CSV UTF-8) ou en XLSX et importez-le de nouveau
import-file-too-many-rows = { $file } compte plus de { $most } lignes : ce n’est pas une liste de membres
import-file-too-many-columns = { $file } utilise plus de { $most } colonnes : ce n’est pas une liste de membres
import-file-empty = { $file } est vide : sa première ligne doit nommer les colonnes
import-file-columns-alike = { $file } a deux colonnes nommées « { $column } » : renommez l’une d’elles
import-file-workbook = { $file } ne peut pas être lu comme classeur ({ $why }) ; retirez le mot de passe s’il y en a un, ou enregistrez-le en « CSV UTF-8 »
import-file-no-sheet = { $file } n’a pas de feuille
import-file-none = aucun fichier n’a été choisi, ou il est vide : choisissez un fichier CSV ou XLSX
import-file-no-name = aucune colonne ne contient le nom de l’organisation : dites laquelle parmi { $columns }
import-file-no-column = le fichier n’a pas de colonne « { $column } », qui devait contenir { $field }
import-file-upload-broke-off = l’envoi s’est interrompu ({ $why }) ; envoyez le fichier de nouveau
import-file-too-long = { $file } dépasse 32 Mo : aucune liste de membres n’est si longue ; retirez les autres feuilles et les images
