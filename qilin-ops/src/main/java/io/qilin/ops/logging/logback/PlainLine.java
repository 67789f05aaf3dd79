package io.qilin.ops.logging.logback;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.encoder.EncoderBase;
import io.qilin.ops.logging.LogText;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes each event as one line for people: {@code 2026-01-05 09:30:00,123 - io.host.Desk - INFO - [Desk.java:42] - message}, and an
 * exception with its causes and first frames in the same line after {@code |}.
 *
 * <p>What could end a line or steer a terminal is escaped as {@link LogText#line} does; a text is cut at 16,384 characters and followed
 * by its true length. Where the caller is not known there stands {@code [?:?]}: {@link SampledAppender#setCallerData} has it found,
 * which costs more than all the rest. Safe for use by several threads once started.
 */
public final class PlainLine extends EncoderBase<ILoggingEvent> {
  private static final int FRAMES = 8;
  private static final byte[] NOTHING = new byte[0];
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss,SSS", Locale.ROOT);

  private volatile DateTimeFormatter time = TIME.withZone(ZoneOffset.UTC);

  /** For Logback, and for hosts that set it up in code. */
  public PlainLine() {}

  /** The zone of the times, for example {@code Asia/Shanghai}; UTC unless set, and where there is no such zone. */
  public void setZone(String zone) {
    try {
      time = TIME.withZone(ZoneId.of(zone));
    } catch (DateTimeException e) {
      addError("there is no zone '" + LogText.line(zone) + "', times stay in UTC", e);
    }
  }

  @Override
  public byte[] headerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] footerBytes() {
    return NOTHING;
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    Instant at = event.getInstant();
    StringBuilder out = new StringBuilder(256);
    time.formatTo(at == null ? Instant.ofEpochMilli(event.getTimeStamp()) : at, out);
    text(out.append(" - "), event.getLoggerName());
    out.append(" - ").append(event.getLevel()).append(" - [");
    StackTraceElement[] caller = event.hasCallerData() ? event.getCallerData() : null;
    if (caller == null || caller.length == 0) {
      out.append("?:?");
    } else {
      text(out, Objects.toString(caller[0].getFileName(), "?"));
      out.append(':').append(caller[0].getLineNumber());
    }
    out.append("] - ");
    message(out, event);
    if (event.getThrowableProxy() != null) {
      thrown(out, ThrownText.of(event.getThrowableProxy()));
    }
    return out.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void message(StringBuilder out, ILoggingEvent event) {
    String message = Objects.toString(event.getFormattedMessage(), "");
    Extent was = event instanceof HeldEvent held ? held.parts().messageWas() : Extent.of(message);
    out.append(LogText.line(HeldText.cut(message, HeldText.SHOWN)));
    if (was.cut()) {
      out.append("… (").append(was.length()).append(" characters)");
    }
  }

  private static void thrown(StringBuilder out, ThrownText thrown) {
    String relation = " | ";
    for (ThrownText each = thrown; each != null; each = each.getCause()) {
      text(out.append(relation), each.getClassName());
      text(out.append(": "), each.getMessage());
      relation = " | caused by ";
      StackTraceElementProxy[] frames = each.getStackTraceElementProxyArray();
      for (int i = 0; i < Math.min(FRAMES, frames.length); i++) {
        text(out.append(' '), frames[i].getSTEAsString());
      }
    }
    for (IThrowableProxy other : thrown.getSuppressed()) {
      text(out.append(" | suppressed "), other.getClassName());
      text(out.append(": "), other.getMessage());
    }
  }

  private static void text(StringBuilder out, @Nullable String text) {
    String shown = text == null ? "" : HeldText.cut(text, HeldText.SHOWN);
    out.append(LogText.line(shown));
    if (text != null && shown.length() < text.length()) {
      out.append("… (").append(text.length()).append(" characters)");
    }
  }
}
