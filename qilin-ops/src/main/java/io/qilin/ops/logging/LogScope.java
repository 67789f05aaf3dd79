package io.qilin.ops.logging;

import io.qilin.api.error.QilinException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * Fields that the lines of this thread carry until the scope is closed: {@code try (var scope = LogScope.of(LogField.STOCK,
 * "600519.SH")) { … }}.
 *
 * <p>Scopes nest. Closing one brings back what stood in its keys when it was opened. One that is closed before a younger one
 * leaves the younger one's value in force, and the younger one brings back what the older one would have. A second close does
 * nothing. The fields are those of SLF4J's MDC, so every back end sees them.
 *
 * <p>A scope belongs to the thread that opened it: closing it on another does nothing there. {@link #wrap(Runnable)} carries the
 * fields to another thread.
 */
public final class LogScope implements AutoCloseable {
  private static final ThreadLocal<@Nullable LogScope> YOUNGEST = new ThreadLocal<>();

  private final Thread owner = Thread.currentThread();
  private final String[] keys;
  private final @Nullable String[] before;
  private @Nullable LogScope older;
  private @Nullable LogScope younger;
  private boolean closed;

  private LogScope(String[] keys, String[] values) {
    this.keys = keys;
    this.before = new String[keys.length];
    LogScope last = YOUNGEST.get();
    for (int i = 0; i < keys.length; i++) {
      before[i] = MDC.get(keys[i]);
      MDC.put(keys[i], values[i]);
    }
    older = last;
    if (last != null) {
      last.younger = this;
    }
    YOUNGEST.set(this);
  }

  /** Opens a scope with one of the fields that every line has. */
  public static LogScope of(LogField field, String value) {
    return new LogScope(
        new String[] {field.key()}, new String[] {Objects.requireNonNull(value, "value")});
  }

  /**
   * Opens a scope with one field.
   *
   * @param key not empty; the three of {@link LogField} or any other, such as {@code correlation}
   * @param value any text: encoders make it harmless
   * @throws QilinException INVALID_ARGUMENT if the key is empty
   */
  public static LogScope of(String key, String value) {
    return new LogScope(
        new String[] {checked(key)}, new String[] {Objects.requireNonNull(value, "value")});
  }

  /**
   * Opens a scope with several fields.
   *
   * @throws QilinException INVALID_ARGUMENT if a key is empty
   */
  public static LogScope of(Map<String, String> fields) {
    String[] keys = new String[fields.size()];
    String[] values = new String[keys.length];
    int i = 0;
    for (Map.Entry<String, String> field : fields.entrySet()) {
      keys[i] = checked(field.getKey());
      values[i++] = Objects.requireNonNull(field.getValue(), "value");
    }
    return new LogScope(keys, values);
  }

  private static String checked(String key) {
    if (key.isEmpty()) {
      throw QilinException.invalid("the key of a log field is not empty");
    }
    return key;
  }

  /** The work with the fields of this moment, on whatever thread it runs; that thread's own are brought back after it. */
  public static Runnable wrap(Runnable work) {
    Objects.requireNonNull(work, "work");
    CarriedFields carried = CarriedFields.here();
    return () -> {
      CarriedFields own = carried.enter();
      try {
        work.run();
      } finally {
        own.restore();
      }
    };
  }

  /** The work with the fields of this moment, on whatever thread it runs; that thread's own are brought back after it. */
  public static <T extends @Nullable Object> Callable<T> wrap(Callable<T> work) {
    Objects.requireNonNull(work, "work");
    CarriedFields carried = CarriedFields.here();
    return () -> {
      CarriedFields own = carried.enter();
      try {
        return work.call();
      } finally {
        own.restore();
      }
    };
  }

  /** An executor that gives each task the fields of the moment at which it was handed over. */
  public static Executor wrap(Executor executor) {
    Objects.requireNonNull(executor, "executor");
    return task -> executor.execute(wrap(task));
  }

  static @Nullable LogScope youngest() {
    return YOUNGEST.get();
  }

  static void youngest(@Nullable LogScope scope) {
    if (scope == null) {
      YOUNGEST.remove();
    } else {
      YOUNGEST.set(scope);
    }
  }

  @Override
  public void close() {
    if (closed || Thread.currentThread() != owner) {
      return;
    }
    closed = true;
    for (int i = keys.length - 1; i >= 0; i--) {
      if (younger == null || !younger.inherits(keys[i], before[i])) {
        restore(keys[i], before[i]);
      }
    }
    if (older != null) {
      older.younger = younger;
    }
    if (younger != null) {
      younger.older = older;
    } else if (YOUNGEST.get() == this) {
      youngest(older);
    }
  }

  /** Takes over what is to be brought back in a key, in the oldest of the younger scopes that has it. */
  private boolean inherits(String key, @Nullable String value) {
    for (LogScope heir = this; heir != null; heir = heir.younger) {
      for (int i = 0; i < heir.keys.length; i++) {
        if (heir.keys[i].equals(key)) {
          heir.before[i] = value;
          return true;
        }
      }
    }
    return false;
  }

  private static void restore(String key, @Nullable String value) {
    if (value == null) {
      MDC.remove(key);
    } else {
      MDC.put(key, value);
    }
  }
}
