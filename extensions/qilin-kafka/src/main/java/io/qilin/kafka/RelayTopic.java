package io.qilin.kafka;

import java.util.Objects;

/** What a relay knows of a topic. */
record RelayTopic(PayloadSchemas schemas, RelayHandler handler) {
  RelayTopic {
    Objects.requireNonNull(schemas, "schemas");
    Objects.requireNonNull(handler, "handler");
  }
}
