package io.qilin.ops.alert;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Judges readings by rules, step by step, without a clock or a thread: the same steps give the same events.
 *
 * <p>A rule fires once for an episode and not sooner than its cooldown after it fired last. A firing rule stays so until a
 * reading clears it. A reading that is missing, not finite or from too small a sample leaves a rule where it is: it neither
 * clears it, nor counts towards {@code forDuration}; if that lasts, it is told by itself. Thread-safe: one lock.
 */
public final class AlertEngine {
  /** The most rules of an engine. */
  public static final int MOST_RULES = 100_000;

  private final Map<String, RuleProgress> rules = new LinkedHashMap<>();

  private AlertEngine(Collection<AlertRule> given) {
    for (AlertRule rule : given) {
      if (rules.putIfAbsent(rule.name(), new RuleProgress(rule)) != null) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION,
            "two rules are called " + QilinException.quote(rule.name()));
      }
    }
  }

  /**
   * An engine whose rules have seen nothing yet.
   *
   * @throws QilinException INVALID_CONFIGURATION for two rules of one name, LIMIT_EXCEEDED for more than {@value #MOST_RULES}
   */
  public static AlertEngine of(Collection<AlertRule> rules) {
    if (rules.size() > MOST_RULES) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "an engine has at most " + MOST_RULES + " rules, was given " + rules.size());
    }
    return new AlertEngine(rules);
  }

  /**
   * Judges one set of readings.
   *
   * @param nowNanos monotonic, not before the last step's; only differences matter
   * @param at the stamp of the events, for people only
   * @param readings by metric; what no rule asks for is passed over
   * @return what is to be told, in the order of the rules
   */
  public synchronized List<AlertEvent> step(
      long nowNanos, Instant at, Map<String, Reading> readings) {
    Objects.requireNonNull(at, "at");
    List<AlertEvent> events = new ArrayList<>();
    for (RuleProgress each : rules.values()) {
      each.step(nowNanos, at, readings.get(each.rule().metric()), events);
    }
    return events;
  }

  /** Where a rule stands; empty if there is none of this name. */
  public synchronized Optional<AlertState> state(String rule) {
    return Optional.ofNullable(rules.get(rule)).map(RuleProgress::state);
  }

  /** Where all rules stand, by name, sorted: a copy. */
  public synchronized SortedMap<String, AlertState> states() {
    SortedMap<String, AlertState> states = new TreeMap<>();
    rules.forEach((name, progress) -> states.put(name, progress.state()));
    return Collections.unmodifiableSortedMap(states);
  }
}
