package io.qilin.flink;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.functions.sink.v2.DiscardingSink;

/** What streams of jobs in this process have brought, without state of its own; so what comes after a checkpoint and before a failure is there twice. */
final class Collected {
  private static final Map<String, List<Object>> ALL = new ConcurrentHashMap<>();
  private static final long GUARD_NANOS = 60_000_000_000L;

  private Collected() {}

  /** Collects a stream under a name. */
  static <T> void under(String name, DataStream<T> stream) {
    stream
        .map(value -> {
          of(name).add(value);
          return value;
        })
        .returns(stream.getType())
        .setParallelism(1)
        .uid(name + "-collected")
        .sinkTo(new DiscardingSink<>())
        .setParallelism(1)
        .uid(name + "-discarded");
  }

  private static List<Object> of(String name) {
    return ALL.computeIfAbsent(name, n -> new CopyOnWriteArrayList<>());
  }

  /** What has come so far. */
  @SuppressWarnings("unchecked") // Names are of one test.
  static <T> List<T> so(String name) {
    return (List<T>) List.copyOf(of(name));
  }

  /** Forgets what has come. */
  static void clear(String name) {
    ALL.remove(name);
  }

  /** Waits until so many have come. */
  static void await(String name, int count) {
    long guard = System.nanoTime() + GUARD_NANOS;
    while (of(name).size() < count) {
      if (System.nanoTime() > guard) {
        throw new AssertionError("only " + of(name).size() + " of " + count + " in " + name);
      }
      LockSupport.parkNanos(2_000_000);
    }
  }
}
