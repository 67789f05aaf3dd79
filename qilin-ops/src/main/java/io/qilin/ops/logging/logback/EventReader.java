package io.qilin.ops.logging.logback;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import io.qilin.ops.logging.LogLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/** Reads an event of Logback on the thread on which it came, where alone its fields and thread are right. */
final class EventReader {
  /** The marker of lines that are kept like an ERROR. */
  private static final String AUDIT = "AUDIT";

  private static final int MOST_PAIRS = 64;

  private EventReader() {}

  static HeldEvent read(ILoggingEvent event, boolean callerData) {
    return read(event, callerData, true);
  }

  /** An event of the appender's own, which is in no account. */
  static HeldEvent uncounted(ILoggingEvent event) {
    return read(event, false, false);
  }

  private static HeldEvent read(ILoggingEvent event, boolean callerData, boolean counted) {
    String message = Objects.toString(event.getFormattedMessage(), "");
    Map<String, String> fields = event.getMDCPropertyMap();
    IThrowableProxy thrown = event.getThrowableProxy();
    List<KeyValuePair> all = event.getKeyValuePairs();
    List<KeyValuePair> pairs = pairs(all);
    EventParts parts = new EventParts(
        HeldText.cut(message),
        Extent.of(message),
        fields == null ? Map.of() : fields,
        fields == null ? FieldExtents.NONE : FieldExtents.of(fields),
        pairs,
        pairs.isEmpty() ? Extent.NONE : extent(pairs, all != null && all.size() > pairs.size()),
        thrown == null ? null : ThrownText.of(thrown),
        false);
    return new HeldEvent(EventOrigin.of(event, callerData), parts, important(event), counted);
  }

  /** The pairs with values as texts; the texts are cut by the one who masks them. */
  private static List<KeyValuePair> pairs(@Nullable List<KeyValuePair> pairs) {
    if (pairs == null || pairs.isEmpty()) {
      return List.of();
    }
    List<KeyValuePair> held = new ArrayList<>(pairs.size());
    for (KeyValuePair pair : pairs.subList(0, Math.min(pairs.size(), MOST_PAIRS))) {
      held.add(new KeyValuePair(
          HeldText.cut(String.valueOf(pair.key)), HeldText.cut(printed(pair.value))));
    }
    return held;
  }

  /** What is left out beyond the longest text is not counted: it was never printed whole. */
  private static Extent extent(List<KeyValuePair> held, boolean fewer) {
    Extent extent = Extent.NONE;
    for (KeyValuePair pair : held) {
      extent = extent.plus(Extent.of(pair.key)).plus(Extent.of(String.valueOf(pair.value)));
    }
    return extent.cutIf(fewer);
  }

  private static String printed(@Nullable Object value) {
    try {
      return Objects.toString(String.valueOf(value), "null");
    } catch (Exception | LinkageError | AssertionError | StackOverflowError | OutOfMemoryError e) {
      // A value that cannot print itself must not cost the line; which class it is of helps to find
      // it.
      return "(" + Objects.requireNonNull(value).getClass().getName() + " does not print: "
          + e.getClass().getSimpleName() + ")";
    }
  }

  /** Whether an event is never sampled and given up last: ERROR, WARN, or marked AUDIT. */
  static boolean important(ILoggingEvent event) {
    if (level(event.getLevel()).important()) {
      return true;
    }
    List<Marker> markers = event.getMarkerList();
    if (markers != null) {
      for (Marker marker : markers) {
        if (marker.getName().equals(AUDIT)) {
          return true;
        }
      }
    }
    return false;
  }

  static LogLevel level(Level level) {
    return switch (level.toInt()) {
      case Level.ERROR_INT -> LogLevel.ERROR;
      case Level.WARN_INT -> LogLevel.WARN;
      case Level.INFO_INT -> LogLevel.INFO;
      case Level.DEBUG_INT -> LogLevel.DEBUG;
      default -> LogLevel.TRACE;
    };
  }
}
