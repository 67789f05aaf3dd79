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
  /** One cell a thread, of a class of the JDK's: when it is empty, nothing of Qilin is left in the thread. */
  private static final ThreadLocal<@Nullable Object[]> YOUNGEST =
      ThreadLocal.withInitial(() -> new @Nullable Object[1]);

  private final Thread owner = Thread.currentThread();
  private final @Nullable Object[] cell = YOUNGEST.get();
  private final String key;

  /** Another scope that is closed with this one: a scope of several fields is a chain of scopes of one. */
  private final @Nullable LogScope also;

  private @Nullable String before;
  private @Nullable LogScope older;
  private @Nullable LogScope younger;
  private boolean closed;

  private LogScope(String key, String value, @Nullable LogScope also) {
    this.key = key;
    this.also = also;
    before = MDC.get(key);
    MDC.put(key, value);
    LogScope last = (LogScope) cell[0];
    older = last;
    if (last != null) {
      last.younger = this;
    }
    cell[0] = this;
  }

  /** Opens a scope with one of the fields that every line has. */
  public static LogScope of(LogField field, String value) {
    return new LogScope(field.key(), Objects.requireNonNull(value, "value"), null);
  }

  /**
   * Opens a scope with one field.
   *
   * @param key not empty; the three of {@link LogField} or any other, such as {@code correlation}
   * @param value any text: encoders make it harmless
   * @throws QilinException INVALID_ARGUMENT if the key is empty
   */
  public static LogScope of(String key, String value) {
    return new LogScope(checked(key), Objects.requireNonNull(value, "value"), null);
  }

  /**
   * Opens a scope with several fields.
   *
   * @param fields at least one
   * @throws QilinException INVALID_ARGUMENT if there is none or a key is empty
   */
  public static LogScope of(Map<String, String> fields) {
    fields.forEach((key, value) -> {
      checked(key);
      Objects.requireNonNull(value, "value");
    });
    LogScope scope = null;
    for (Map.Entry<String, String> field : fields.entrySet()) {
      scope = new LogScope(field.getKey(), field.getValue(), scope);
    }
    if (scope == null) {
      throw QilinException.invalid("a log scope has at least one field");
    }
    return scope;
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
    return (LogScope) YOUNGEST.get()[0];
  }

  static void youngest(@Nullable LogScope scope) {
    YOUNGEST.get()[0] = scope;
  }

  @Override
  public void close() {
    if (Thread.currentThread() == owner) {
      for (LogScope each = this; each != null; each = each.also) {
        each.closeOne();
      }
    }
  }

  private void closeOne() {
    if (closed) {
      return;
    }
    closed = true;
    LogScope heir = younger;
    while (heir != null && !heir.key.equals(key)) {
      heir = heir.younger;
    }
    if (heir != null) {
      heir.before = before;
    } else if (before == null) {
      MDC.remove(key);
    } else {
      MDC.put(key, before);
    }
    if (older != null) {
      older.younger = younger;
    }
    if (younger != null) {
      younger.older = older;
    } else if (cell[0] == this) {
      cell[0] = older;
    }
  }
}
