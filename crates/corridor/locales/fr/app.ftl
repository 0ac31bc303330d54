# Les pages qui traversent les rubriques.
search-title = Recherche
search-lede = Organisations, sujets et compétences, en français et en anglais ; les petites fautes de frappe sont comprises.
search-found = « { $q } »
search-button = Rechercher
search-competences = Compétences
