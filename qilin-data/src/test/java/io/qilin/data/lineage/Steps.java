package io.qilin.data.lineage;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Small lineages for tests: {@code step("b", "a")} makes b from a. */
final class Steps {
  static final Instant NOON = Instant.parse("2024-01-02T04:00:00Z");

  private Steps() {}

  static ContentHash hash(String name) {
    return ContentHash.ofText(name);
  }

  static LineageNode node(String name) {
    return LineageNode.of(LineageKind.DATASET, name, hash(name), NOON, Map.of("n", name));
  }

  static LineageStep step(String output, String... inputs) {
    return new LineageStep(
        "make-" + output,
        CodeVersion.of("1"),
        Map.of("p", "1"),
        Arrays.stream(inputs).map(Steps::node).toList(),
        List.of(node(output)),
        NOON,
        NOON.plusMillis(5));
  }
}
