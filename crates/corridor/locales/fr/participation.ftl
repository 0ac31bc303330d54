# Participation : partenaires d’un brouillon, invitations, manifestations d’intérêt, validation.

rail-workspaces = Nos consortiums
consortia-tabs = Parties du brouillon
consortia-tab-sheet = Feuille
consortia-tab-own = Notre part
consortia-tab-history = Historique
consortia-tab-what-if = Et si…
consortia-field-merged = Les deux côtés sont réunis
participation-refused-no-organisation = Vous n’agissez pour aucune organisation : demandez à votre pôle de vous en faire le contact.

## Espaces de travail
participation-workspaces = Nos consortiums
participation-workspaces-lede = Les brouillons auxquels votre organisation participe.
participation-workspaces-none = Votre organisation ne participe encore à aucun brouillon. Dès qu’un pôle l’invite et que vous acceptez, le brouillon apparaît ici.
participation-column-role = Notre rôle
participation-column-cluster = Porté par
participation-of-cluster = Un brouillon de { $cluster }
participation-side = Qui participe
participation-you = vous
participation-totals = Sommes des organisations listées ici. Celle qui révélerait le montant d’un seul autre partenaire n’est pas affichée.
