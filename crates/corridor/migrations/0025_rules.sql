-- Versions of instruments and of the dated facts they share, edited here. What came with the program is not stored: it is
-- what holds before the first day of the first version. Nothing here belongs to a cluster.

-- file: the path below the folder of instruments, such as eurostars-3.toml or sets/countries.toml. On a day the version with
-- the last valid_from that is not later holds, and of several of one day the one with the highest number.
CREATE TABLE rule_versions (
    file TEXT NOT NULL,
    number BIGINT NOT NULL,
    valid_from TEXT NOT NULL,
    text TEXT NOT NULL,
    vectors TEXT NOT NULL,
    reason TEXT NOT NULL,
    published_at BIGINT NOT NULL,
    PRIMARY KEY (file, number)
);

-- What a topic changes in the rules of its instrument, as a cluster says it for its own drafts; the nil id stands for the
-- whole instance. The highest revision holds; one without text says that nothing is changed any more.
CREATE TABLE topic_rules (
    cluster_id UUID NOT NULL,
    topic_id UUID NOT NULL,
    revision BIGINT NOT NULL,
    instrument TEXT NOT NULL,
    text TEXT NOT NULL,
    saved_at BIGINT NOT NULL,
    PRIMARY KEY (cluster_id, topic_id, revision)
);
