# Participants d’un brouillon, sous la forme demandée par le portail Funding & Tenders.

portal-table = Participants pour le formulaire du portail :
portal-number = N°
portal-role = Rôle
portal-short-name = Nom court
portal-legal-name = Dénomination légale
portal-pic = PIC
portal-country = Pays
portal-department = Département
portal-type = Type d’organisation
portal-sme = PME
portal-personnel = A. Personnel
portal-subcontracting = B. Sous-traitance
portal-travel = C.1 Déplacements et séjours
portal-equipment = C.2 Équipements
portal-goods = C.3 Autres biens, travaux et services
portal-third-parties = D.1 Soutien financier à des tiers
portal-internal = D.2 Biens et services facturés en interne
portal-indirect = E. Coûts indirects
portal-total = Total des coûts éligibles
portal-most = Contribution maximale de l’UE
portal-requested = Contribution demandée à l’UE
portal-own = Ressources propres
