-- Meetings of which one comes before the other, in every timetable that is searched, moved or published from then on.
CREATE TABLE event_orders (
    cluster_id UUID NOT NULL,
    event_id UUID NOT NULL,
    earlier_id UUID NOT NULL,
    later_id UUID NOT NULL,
    made_at BIGINT NOT NULL,
    PRIMARY KEY (cluster_id, earlier_id, later_id),
    FOREIGN KEY (cluster_id, earlier_id) REFERENCES event_requests (cluster_id, id),
    FOREIGN KEY (cluster_id, later_id) REFERENCES event_requests (cluster_id, id)
);

CREATE INDEX event_orders_by_event ON event_orders (event_id);
