package io.qilin.ops.metrics;

import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The series of one meter by the values of its tags: found without the registry once known, and never more than {@link
 * QilinMeter#MOST_SERIES} and one. Thread-safe: additions are under one lock.
 */
final class BoundedMeters<M> {
  private final List<String> names;
  private final List<TagGuard> guards;
  private final Function<Tags, M> create;
  private final Runnable folded;
  private final ConcurrentHashMap<List<String>, M> known = new ConcurrentHashMap<>();

  /**
   * Series that are made when they are first needed.
   *
   * @param create makes one, or finds it in the registry
   * @param folded told when a value became {@link MeterTag#OTHER}
   */
  BoundedMeters(QilinMeter meter, Function<Tags, M> create, Runnable folded) {
    this.names = meter.tags().stream().map(MeterTag::name).toList();
    this.guards = meter.tags().stream().map(TagGuard::new).toList();
    this.create = create;
    this.folded = folded;
  }

  /** The series of these values, in the order of the meter's tags. */
  M of(List<String> values) {
    M found = known.get(values);
    return found != null ? found : guarded(values);
  }

  int series() {
    return known.size();
  }

  private M guarded(List<String> raw) {
    List<String> values = new ArrayList<>(raw.size());
    for (int i = 0; i < raw.size(); i++) {
      values.add(guards.get(i).of(raw.get(i)));
    }
    if (!values.equals(raw)) {
      folded.run();
    }
    M found = known.get(values);
    return found != null ? found : added(List.copyOf(values));
  }

  private synchronized M added(List<String> values) {
    boolean full = known.size() >= QilinMeter.MOST_SERIES && !known.containsKey(values);
    if (full) {
      folded.run();
    }
    List<String> kept = full ? Collections.nCopies(values.size(), MeterTag.OTHER) : values;
    return known.computeIfAbsent(List.copyOf(kept), key -> create.apply(tags(key)));
  }

  private Tags tags(List<String> values) {
    List<Tag> tags = new ArrayList<>(values.size());
    for (int i = 0; i < values.size(); i++) {
      tags.add(Tag.of(names.get(i), values.get(i)));
    }
    return Tags.of(tags);
  }
}
