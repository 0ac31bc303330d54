-- Who sees what. A record of a cluster names its audience in one text: `team`, `alliances:ID,ID`, `members` or `public`.

-- Named groups of clusters that share with one another. The clusters are those named when the alliance was proposed: a
-- later one would see what was shared among fewer. `slug` is that of packaged data.
CREATE TABLE alliances (
    id UUID PRIMARY KEY,
    slug TEXT UNIQUE,
    name TEXT NOT NULL,
    proposed_by UUID REFERENCES clusters (id),
    created_at BIGINT NOT NULL
);

-- Asked and not answered: neither joined nor left. Declined: left without having joined.
CREATE TABLE alliance_clusters (
    cluster_id UUID NOT NULL REFERENCES clusters (id),
    alliance_id UUID NOT NULL REFERENCES alliances (id),
    joined_at BIGINT,
    left_at BIGINT,
    PRIMARY KEY (cluster_id, alliance_id)
);

CREATE INDEX alliance_clusters_by_alliance ON alliance_clusters (alliance_id);
