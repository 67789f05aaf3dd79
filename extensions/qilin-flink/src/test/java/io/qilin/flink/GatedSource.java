package io.qilin.flink;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource.NumberSequenceSplit;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiter;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/**
 * The elements of a list, in their order, as a source whose position is in checkpoints. It holds back some of them until a test opens it.
 * Only for clusters in this process.
 */
final class GatedSource<T> {
  private static final Map<String, GatedSource<?>> KNOWN = new ConcurrentHashMap<>();

  private final String name;
  private final List<T> elements;
  private final int free;
  private final int pauseMillis;
  private final CompletableFuture<Void> gate = new CompletableFuture<>();

  private GatedSource(String name, List<T> elements, int free, int pauseMillis) {
    this.name = name;
    this.elements = List.copyOf(elements);
    this.free = free;
    this.pauseMillis = pauseMillis;
  }

  /**
   * A source.
   *
   * @param free how many elements it gives, each time it is started, before it waits to be opened
   */
  static <T> GatedSource<T> of(String name, List<T> elements, int free) {
    GatedSource<T> source = new GatedSource<>(name, elements, free, 0);
    KNOWN.put(name, source);
    return source;
  }

  /** One that gives its elements with pauses, until the last but one. */
  static <T> GatedSource<T> slow(String name, List<T> elements, int pauseMillis) {
    GatedSource<T> source = new GatedSource<>(name, elements, elements.size() - 1, pauseMillis);
    KNOWN.put(name, source);
    return source;
  }

  void open() {
    gate.complete(null);
  }

  private CompletableFuture<Void> pause() {
    return pauseMillis == 0
        ? CompletableFuture.completedFuture(null)
        : CompletableFuture.runAsync(
            () -> {}, CompletableFuture.delayedExecutor(pauseMillis, TimeUnit.MILLISECONDS));
  }

  DataStream<T> in(StreamExecutionEnvironment environment, TypeInformation<T> type) {
    String own = name;
    DataGeneratorSource<T> source = new DataGeneratorSource<>(
        i -> GatedSource.<T>element(own, i), elements.size(), new Held(name), type);
    return environment
        .fromSource(source, WatermarkStrategy.noWatermarks(), name, type)
        .setParallelism(1)
        .uid(name);
  }

  @SuppressWarnings("unchecked") // Names are of one test.
  private static <T> T element(String name, long place) {
    return (T) named(name).elements.get((int) place);
  }

  private static GatedSource<?> named(String name) {
    GatedSource<?> source = KNOWN.get(name);
    if (source == null) {
      throw new AssertionError("no source " + name);
    }
    return source;
  }

  /** Lets so many elements through. */
  private record Held(String name) implements RateLimiterStrategy<NumberSequenceSplit> {
    private static final long serialVersionUID = 1L;

    @Override
    public RateLimiter<NumberSequenceSplit> createRateLimiter(int parallelism) {
      return new RateLimiter<>() {
        private int let;

        @Override
        public CompletionStage<Void> acquire(int permits) {
          let += permits;
          GatedSource<?> source = named(name);
          if (source.gate.isDone()) {
            return source.gate;
          }
          return let > source.free ? source.gate : source.pause();
        }
      };
    }
  }
}
