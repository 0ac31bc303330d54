-- Which members of a cluster fit which open topic, measured when the ranking or the topics changed: what Today opens with.
CREATE TABLE topic_fits (
    cluster_id UUID NOT NULL REFERENCES clusters (id),
    topic_id UUID NOT NULL REFERENCES topics (id),
    organisation_id UUID NOT NULL REFERENCES organisations (id),
    position BIGINT NOT NULL,
    score DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (cluster_id, topic_id, organisation_id)
);

CREATE INDEX topic_fits_by_organisation ON topic_fits (cluster_id, organisation_id);
