package io.qilin.ops.alert;

import io.qilin.api.alert.Alert;
import io.qilin.api.alert.AlertSink;
import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.ops.health.HealthResult;
import io.qilin.ops.internal.Lengths;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Gives each alert to several sinks, each by a queue and a thread of its own: a slow, hanging or failing sink holds up neither
 * the caller nor the others.
 *
 * <p>A full queue drops what comes; its last quarter is kept for CRITICAL alerts. No more than so many alerts go to a sink in a
 * minute; the rest is counted, and one summary tells it when the minute is over. All is counted in {@link #status}. Thread-safe.
 */
public final class FanOutSink implements AlertSink, AutoCloseable {
  private final List<SinkLane> lanes;
  private final Duration closeWithin;

  private FanOutSink(List<SinkLane> lanes, Duration closeWithin) {
    this.lanes = lanes;
    this.closeWithin = closeWithin;
  }

  /**
   * Sinks to be added.
   *
   * @param clock stamps summaries
   * @param ticker monotonic nanoseconds
   */
  public static Builder builder(Clock clock, LongSupplier ticker) {
    return new Builder(clock, ticker);
  }

  @Override
  public void alert(Alert alert) {
    Objects.requireNonNull(alert, "alert");
    lanes.forEach(lane -> lane.offer(alert));
  }

  /** What became of the alerts so far, sink by sink. */
  public List<LaneStatus> status() {
    return lanes.stream().map(SinkLane::status).toList();
  }

  /** The worst of the sinks: DEGRADED after one threw, until it takes an alert; UNHEALTHY while one hangs. */
  public HealthResult health() {
    HealthResult worst = HealthResult.healthy();
    for (SinkLane lane : lanes) {
      HealthResult one = lane.health();
      if (one.status().compareTo(worst.status()) > 0) {
        worst = new HealthResult(one.status(), one.reason(), Map.of());
      }
    }
    for (LaneStatus each : status()) {
      worst = worst
          .with(each.name() + "-dropped", each.dropped())
          .with(each.name() + "-failed", each.failed())
          .with(each.name() + "-waiting", each.waiting());
    }
    return worst;
  }

  void wake() {
    lanes.forEach(SinkLane::wake);
  }

  /**
   * Takes no more, lets the sinks work off their queues for up to {@code closeWithin}, and counts the rest as dropped. A sink that
   * then does not end after an interrupt costs up to 5 s more.
   */
  @Override
  public void close() {
    lanes.forEach(SinkLane::seal);
    boolean interrupted = false;
    try {
      long left = closeWithin.toNanos();
      for (SinkLane lane : lanes) {
        left = lane.drain(left);
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    lanes.forEach(SinkLane::close);
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The sinks, and what may be set otherwise. For one thread. */
  public static final class Builder {
    private static final int MOST_SINKS = 32;

    private final Clock clock;
    private final LongSupplier ticker;
    private final Map<String, AlertSink> sinks = new LinkedHashMap<>();
    private int capacity = 1_000;
    private int mostAMinute = 60;
    private Duration longest = Duration.ofSeconds(60);
    private Duration closeWithin = Duration.ofSeconds(5);

    private Builder(Clock clock, LongSupplier ticker) {
      this.clock = Objects.requireNonNull(clock, "clock");
      this.ticker = Objects.requireNonNull(ticker, "ticker");
    }

    /**
     * Adds a sink.
     *
     * @param name lower-case letters, digits and {@code -}, 1 to 32; part of the name of its thread
     * @throws QilinException INVALID_CONFIGURATION for another name, a second sink of a name, or more than 32 sinks
     */
    public Builder sink(String name, AlertSink sink) {
      Objects.requireNonNull(sink, "sink");
      boolean named = name.matches("[a-z0-9-]{1,32}");
      if (!named || sinks.size() >= MOST_SINKS || sinks.putIfAbsent(name, sink) != null) {
        throw new QilinException(
            ErrorCode.INVALID_CONFIGURATION,
            "at most " + MOST_SINKS + " sinks with different names of 1 to 32 lower-case letters,"
                + " digits and -, not " + QilinException.quote(name));
      }
      return this;
    }

    /** Alerts that wait for a sink; 1,000 unless set, at most 100,000. */
    public Builder capacity(int most) {
      capacity = Lengths.within(most, 100_000, "capacity");
      return this;
    }

    /** Alerts that go to a sink in a minute; 60 unless set, at most 1,000,000. */
    public Builder mostAMinute(int most) {
      mostAMinute = Lengths.within(most, 1_000_000, "mostAMinute");
      return this;
    }

    /** A sink that works longer on one alert hangs; 60 s unless set. */
    public Builder longest(Duration time) {
      longest = Lengths.withinADay(time, "longest");
      return this;
    }

    /** How long closing waits for all sinks together; 5 s unless set. */
    public Builder closeWithin(Duration time) {
      closeWithin = Lengths.withinADay(time, "closeWithin");
      return this;
    }

    /** Starts the threads. */
    public FanOutSink start() {
      List<SinkLane> lanes = sinks.entrySet().stream()
          .map(each ->
              new SinkLane(each.getKey(), each.getValue(), capacity, mostAMinute, clock, ticker))
          .toList();
      lanes.forEach(lane -> lane.start(longest));
      return new FanOutSink(lanes, closeWithin);
    }
  }
}
