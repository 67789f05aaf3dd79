package io.qilin.testkit.fault;

import io.qilin.api.error.QilinException;
import java.util.Map;
import java.util.Random;
import java.util.StringJoiner;
import java.util.TreeMap;

/**
 * How often a fault scenario is run and with which seed: few times in a usual build, more by the system properties {@value
 * #COUNT} and {@value #SEED}, which the Maven profile {@code faults} sets from {@code -Dn} and {@code -Dseed}.
 *
 * @param scenario its name, for example {@code F4}
 * @param n how many times
 * @param seed of all that is drawn
 */
public record FaultRun(String scenario, int n, long seed) {
  /** The system property with the number of times. */
  public static final String COUNT = "qilin.fault.n";

  /** The system property with the seed. */
  public static final String SEED = "qilin.fault.seed";

  /** A scenario with so many runs and seed 7, unless the properties say otherwise. */
  public static FaultRun of(String scenario, int usual) {
    return new FaultRun(scenario, (int) property(COUNT, usual), property(SEED, 7));
  }

  private static long property(String name, long otherwise) {
    String text = System.getProperty(name, "");
    try {
      return text.isBlank() ? otherwise : Long.parseLong(text.strip());
    } catch (NumberFormatException e) {
      throw QilinException.invalid(
          "the system property " + name + " is no number: " + QilinException.quote(text));
    }
  }

  /** What to draw from; the same for the same seed. */
  public Random random() {
    return new Random(seed);
  }

  /** One line of JSON: scenario, n, seed, failures and figures, sorted by name. */
  public String report(long failures, Map<String, ? extends Number> figures) {
    StringJoiner members = new StringJoiner(",", "{", "}");
    new TreeMap<>(figures).forEach((name, value) -> members.add("\"" + name + "\":" + value));
    return "{\"scenario\":\"" + scenario + "\",\"n\":" + n + ",\"seed\":" + seed + ",\"failures\":"
        + failures + ",\"figures\":" + members + "}";
  }
}
