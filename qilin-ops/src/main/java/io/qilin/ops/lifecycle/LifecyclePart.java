package io.qilin.ops.lifecycle;

import io.qilin.api.error.QilinException;
import io.qilin.ops.internal.Lengths;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A part of a host that is started and stopped.
 *
 * @param name for messages and for the parts that depend on it
 * @param dependsOn the names of the parts that are started before it and stopped after it
 * @param start starts it; a start that throws has to leave nothing behind
 * @param stop stops it; also called after a start that did not end in time
 * @param startWithin how long the start may take
 * @param stopWithin how long the stop may take
 */
public record LifecyclePart(
    String name,
    List<String> dependsOn,
    LifecycleAction start,
    LifecycleAction stop,
    Duration startWithin,
    Duration stopWithin) {
  private static final Duration START = Duration.ofSeconds(30);
  private static final Duration STOP = Duration.ofSeconds(10);

  /** Checks the parts. */
  public LifecyclePart {
    Objects.requireNonNull(start, "start");
    Objects.requireNonNull(stop, "stop");
    if (name.isBlank() || name.length() > 100) {
      throw QilinException.invalid(
          "a part's name has 1 to 100 characters, not " + QilinException.quote(name));
    }
    startWithin = Lengths.positive(startWithin, "startWithin of " + name);
    stopWithin = Lengths.positive(stopWithin, "stopWithin of " + name);
    Set<String> once = new LinkedHashSet<>(dependsOn);
    dependsOn = List.copyOf(once);
  }

  /**
   * A part that depends on nothing, starts within 30 s and stops within 10 s.
   *
   * @param name as {@link #name}
   * @param start as {@link #start}
   * @param stop as {@link #stop}
   */
  public static LifecyclePart of(String name, LifecycleAction start, LifecycleAction stop) {
    return new LifecyclePart(name, List.of(), start, stop, START, STOP);
  }

  /** The same with other parts that it depends on. */
  public LifecyclePart dependsOn(String... names) {
    return new LifecyclePart(name, Arrays.asList(names), start, stop, startWithin, stopWithin);
  }

  /** The same with another deadline for the start. */
  public LifecyclePart startWithin(Duration deadline) {
    return new LifecyclePart(name, dependsOn, start, stop, deadline, stopWithin);
  }

  /** The same with another deadline for the stop. */
  public LifecyclePart stopWithin(Duration deadline) {
    return new LifecyclePart(name, dependsOn, start, stop, startWithin, deadline);
  }
}
