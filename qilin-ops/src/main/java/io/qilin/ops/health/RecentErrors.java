package io.qilin.ops.health;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.ops.internal.PublicWords;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The last different errors, each with how often and when last. A {@link QilinException} is kept by its message, any other by the name
 * of its class, as its message may hold anything; what looks like a secret is replaced. Bounded: when it is full, the error that was
 * seen longest ago makes room. Safe for use by several threads: one monitor around a small map.
 */
public final class RecentErrors {
  /** How many are kept unless another number is given. */
  public static final int DEFAULT_SIZE = 50;

  private static final int LONGEST = 300;

  private final int size;
  private final Clock clock;
  private final Map<Key, Seen> errors = new LinkedHashMap<>();

  private record Key(ErrorCode code, String text) {}

  private record Seen(long count, Instant last) {}

  /**
   * One error.
   *
   * @param code what kind it is
   * @param text in public words, at most 300 characters
   * @param count how often it was recorded since it was first kept
   * @param last when last
   */
  public record Entry(ErrorCode code, String text, long count, Instant last) {}

  private RecentErrors(int size, Clock clock) {
    this.size = size;
    this.clock = clock;
  }

  /**
   * Room for so many errors.
   *
   * @param size 1 to 1,000; see {@link #DEFAULT_SIZE}
   * @throws QilinException INVALID_ARGUMENT if it is out of range
   */
  public static RecentErrors of(int size, Clock clock) {
    if (size < 1 || size > 1_000) {
      throw QilinException.invalid("1 to 1,000 errors are kept, not " + size);
    }
    return new RecentErrors(size, Objects.requireNonNull(clock, "clock"));
  }

  /** Keeps an error. */
  public void record(Throwable error) {
    ErrorCode code = error instanceof QilinException known ? known.code() : ErrorCode.UNKNOWN;
    record(code, PublicWords.of(error));
  }

  /** Keeps an error in words of the host, which hold no secret. */
  public void record(ErrorCode code, String text) {
    Objects.requireNonNull(code, "code");
    String clean = Redaction.clean(text);
    Key key = new Key(code, clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST) + "…");
    Instant now = clock.instant();
    synchronized (errors) {
      Seen before = errors.remove(key);
      if (before == null && errors.size() >= size) {
        errors.remove(errors.keySet().iterator().next());
      }
      errors.put(key, new Seen(before == null ? 1 : before.count() + 1, now));
    }
  }

  /** What is kept, the newest first. */
  public List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    synchronized (errors) {
      errors.forEach(
          (key, seen) -> entries.add(new Entry(key.code(), key.text(), seen.count(), seen.last())));
    }
    Collections.reverse(entries);
    return List.copyOf(entries);
  }

  List<Map<String, Object>> tree() {
    return entries().stream()
        .map(entry -> {
          Map<String, Object> tree = new LinkedHashMap<>();
          tree.put("code", "QILIN-" + entry.code().number());
          tree.put("kind", entry.code().name());
          tree.put("text", entry.text());
          tree.put("count", entry.count());
          tree.put("last", entry.last().toString());
          return tree;
        })
        .toList();
  }
}
