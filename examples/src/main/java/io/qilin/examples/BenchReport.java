package io.qilin.examples;

import io.qilin.api.market.Field;
import io.qilin.data.bench.Machine;
import io.qilin.data.bench.Timings;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What {@code bench} found.
 *
 * @param work what was computed
 * @param panelMs how long the panel took to make
 * @param checksums of the panel's columns
 * @param firstRunMs the first run of the process, compiler cold
 * @param runs the measured ones
 * @param floor the time to write the output with plain stores
 * @param machine where
 */
record BenchReport(
    Work work,
    double panelMs,
    Map<Field, Long> checksums,
    double firstRunMs,
    Timings runs,
    Timings floor,
    Machine machine) {
  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final double LATE = 0.99;

  /**
   * What was computed.
   *
   * @param set name of the factor set
   * @param features how many factors it has
   * @param symbols instruments of the panel
   * @param days days of the panel
   * @param nan share of suspended rows
   * @param threads that computed
   * @param driver batch or stream
   * @param warmup runs before the measured ones
   */
  record Work(
      String set,
      int features,
      int symbols,
      int days,
      double nan,
      int threads,
      String driver,
      int warmup) {}

  /** One line of JSON. */
  String json() {
    ObjectNode root = MAPPER.createObjectNode();
    root.put("set", work.set());
    root.put("features", work.features());
    root.put("symbols", work.symbols());
    root.put("days", work.days());
    root.put("nan", work.nan());
    root.put("threads", work.threads());
    root.put("driver", work.driver());
    root.put("warmup", work.warmup());
    root.put("runs", runs.count());
    root.put("medianMs", runs.medianMs());
    root.put("minMs", runs.minMs());
    root.put("p99Ms", runs.quantileMs(LATE));
    root.put("firstRunMs", firstRunMs);
    root.put("writeFloorMs", floor.medianMs());
    root.put("writeFloorMinMs", floor.minMs());
    root.put("medianToFloor", runs.medianMs() / floor.medianMs());
    root.put("panelMs", panelMs);
    ObjectNode sums = root.putObject("checksum");
    checksums.forEach((field, sum) -> sums.put(field.name(), hex(sum)));
    root.put("cpu", machine.cpu());
    root.put("processors", machine.processors());
    root.put("jvm", machine.jvm());
    return MAPPER.writeValueAsString(root);
  }

  private static String hex(long sum) {
    String digits = Long.toHexString(sum);
    return "0".repeat(Long.BYTES * 2 - digits.length()) + digits;
  }
}
