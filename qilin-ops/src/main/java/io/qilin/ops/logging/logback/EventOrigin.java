package io.qilin.ops.logging.logback;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggerContextVO;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;

/** Where and when an event came from; nothing in it is masked. */
record EventOrigin(
    Instant at,
    Level level,
    String logger,
    String thread,
    List<Marker> markers,
    List<StackTraceElement> caller,
    long sequence,
    @Nullable LoggerContextVO context) {
  static EventOrigin of(ILoggingEvent event, boolean callerData) {
    Instant at = event.getInstant();
    List<Marker> markers = event.getMarkerList();
    return new EventOrigin(
        at == null ? Instant.ofEpochMilli(event.getTimeStamp()) : at,
        event.getLevel(),
        HeldText.cut(Objects.toString(event.getLoggerName(), "")),
        HeldText.cut(Objects.toString(event.getThreadName(), "")),
        markers == null ? List.of() : List.copyOf(markers),
        callerData || event.hasCallerData() ? callers(event) : List.of(),
        event.getSequenceNumber(),
        event.getLoggerContextVO());
  }

  private static List<StackTraceElement> callers(ILoggingEvent event) {
    StackTraceElement[] callers = event.getCallerData();
    return callers == null || callers.length == 0 ? List.of() : List.of(callers[0]);
  }
}
