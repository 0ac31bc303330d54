# Pages that look across slices.
search-title = Search
search-lede = Organisations, topics and competences, in French and English; small slips are understood.
search-found = “{ $q }”
search-button = Search
search-competences = Competences
