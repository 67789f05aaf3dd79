package io.qilin.ops.logging.logback;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/** Moments in UTC with microseconds, for example {@code 2026-01-05T01:30:00.000123Z}. The text of a second is kept for the next. */
final class LineTime {
  private record Second(long epochSecond, String text) {}

  /** Any thread may put its own; each is right by itself. */
  private volatile Second last = second(Instant.EPOCH);

  private static Second second(Instant at) {
    String text = at.truncatedTo(ChronoUnit.SECONDS).toString();
    return new Second(at.getEpochSecond(), text.substring(0, text.length() - 1));
  }

  byte[] of(Instant at) {
    Second second = last;
    if (second.epochSecond != at.getEpochSecond()) {
      second = second(at);
      last = second;
    }
    byte[] head = second.text.getBytes(StandardCharsets.US_ASCII);
    byte[] all = Arrays.copyOf(head, head.length + 8);
    all[head.length] = '.';
    int micros = at.getNano() / 1_000;
    for (int i = head.length + 6; i > head.length; i--) {
      all[i] = (byte) ('0' + micros % 10);
      micros /= 10;
    }
    all[head.length + 7] = 'Z';
    return all;
  }
}
