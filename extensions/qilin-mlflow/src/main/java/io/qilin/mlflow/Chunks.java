package io.qilin.mlflow;

import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Fills calls of {@code runs/log-batch}, each as full as MLflow takes: 1,000 metrics, 100 params, 100 tags, 1,000 in all, 1 MB.
 * Not thread-safe.
 */
final class Chunks {
  private static final int MOST_METRICS = 1_000;
  private static final int MOST_TEXTS = 100;
  private static final int MOST_ENTRIES = 1_000;
  private static final int MOST_BYTES = 900_000;

  private final String run;
  private final Consumer<ObjectNode> send;
  private ObjectNode body;
  private int bytes;
  private int entries;

  Chunks(String run, Consumer<ObjectNode> send) {
    this.run = run;
    this.send = send;
    this.body = empty();
  }

  private ObjectNode empty() {
    return Json.object().put("run_id", run);
  }

  /** Adds metrics that must not be parted. */
  void metrics(ArrayNode together) {
    add("metrics", together, MOST_METRICS);
  }

  /** Adds a param or tag, {@code list} being {@code params} or {@code tags}. */
  void text(String list, String key, String value) {
    ArrayNode one = Json.object().putArray(list);
    one.addObject().put("key", key).put("value", value);
    add(list, one, MOST_TEXTS);
  }

  private void add(String list, ArrayNode items, int most) {
    int size = Json.bytes(items).length;
    if (body.path(list).size() + items.size() > most
        || entries + items.size() > MOST_ENTRIES
        || bytes + size > MOST_BYTES) {
      end();
    }
    ArrayNode to = body.withArray(list);
    for (JsonNode item : items) {
      to.add(item);
    }
    bytes += size;
    entries += items.size();
  }

  /** Sends what is left. */
  void end() {
    if (entries > 0) {
      send.accept(body);
      body = empty();
      bytes = 0;
      entries = 0;
    }
  }
}
