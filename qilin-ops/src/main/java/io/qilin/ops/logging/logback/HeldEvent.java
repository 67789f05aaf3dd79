package io.qilin.ops.logging.logback;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.LoggerContextVO;
import io.qilin.ops.logging.LogLevel;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Marker;
import org.slf4j.event.KeyValuePair;

/**
 * An event as it was when it came: message, fields and thread read then and there, arguments and exceptions let go of, sizes
 * bounded. Immutable.
 */
final class HeldEvent implements ILoggingEvent {
  private final EventOrigin origin;
  private final EventParts parts;
  private final boolean important;
  private final boolean counted;
  private final long bytes;

  HeldEvent(EventOrigin origin, EventParts parts, boolean important, boolean counted) {
    this.origin = origin;
    this.parts = parts;
    this.important = important;
    this.counted = counted;
    this.bytes = parts.bytes();
  }

  /** The same event with other parts. */
  HeldEvent with(EventParts other) {
    return new HeldEvent(origin, other, important, counted);
  }

  EventParts parts() {
    return parts;
  }

  /** Whether it is never sampled and given up last. */
  boolean important() {
    return important;
  }

  /** Whether it is in the account. */
  boolean counted() {
    return counted;
  }

  /** About how much memory it takes. */
  long bytes() {
    return bytes;
  }

  LogLevel level() {
    return EventReader.level(origin.level());
  }

  /** Whether it came before another. */
  boolean before(HeldEvent other) {
    return origin.at().compareTo(other.origin.at()) < 0;
  }

  @Override
  public String getMessage() {
    return parts.message();
  }

  @Override
  public String getFormattedMessage() {
    return parts.message();
  }

  @Override
  public @Nullable IThrowableProxy getThrowableProxy() {
    return parts.thrown();
  }

  @Override
  public Map<String, String> getMDCPropertyMap() {
    return parts.fields();
  }

  /** The old name of the other, which the interface still asks for. */
  @Override
  @SuppressWarnings("deprecation")
  public Map<String, String> getMdc() {
    return parts.fields();
  }

  @Override
  public List<KeyValuePair> getKeyValuePairs() {
    return parts.pairs();
  }

  @Override
  public String getThreadName() {
    return origin.thread();
  }

  @Override
  public Level getLevel() {
    return origin.level();
  }

  @Override
  public Object @Nullable [] getArgumentArray() {
    return null;
  }

  @Override
  public String getLoggerName() {
    return origin.logger();
  }

  @Override
  public @Nullable LoggerContextVO getLoggerContextVO() {
    return origin.context();
  }

  @Override
  public StackTraceElement[] getCallerData() {
    return origin.caller().toArray(StackTraceElement[]::new);
  }

  @Override
  public boolean hasCallerData() {
    return !origin.caller().isEmpty();
  }

  @Override
  public List<Marker> getMarkerList() {
    return origin.markers();
  }

  @Override
  public long getTimeStamp() {
    return origin.at().toEpochMilli();
  }

  @Override
  public int getNanoseconds() {
    return origin.at().get(ChronoField.NANO_OF_SECOND);
  }

  @Override
  public Instant getInstant() {
    return origin.at();
  }

  @Override
  public long getSequenceNumber() {
    return origin.sequence();
  }

  @Override
  public void prepareForDeferredProcessing() {
    // It was read when it came.
  }
}
