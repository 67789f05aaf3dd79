package io.qilin.openlineage;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.CRC32C;

/** One line of an outbox: eight digits of CRC-32C, a blank, an event, the end of the line. */
final class EventLine {
  private static final int DIGITS = 8;
  private static final int HEAD = DIGITS + 1;

  private EventLine() {}

  static byte[] frame(String event) {
    byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(HEAD + bytes.length + 1)
        .put(sum(bytes, 0, bytes.length).getBytes(StandardCharsets.US_ASCII))
        .put((byte) ' ')
        .put(bytes)
        .put((byte) '\n')
        .array();
  }

  /** The event in a line without its end; empty if the line is not whole. */
  static Optional<String> event(byte[] line) {
    int count = line.length - HEAD;
    if (count < 1) {
      return Optional.empty();
    }
    String head = new String(line, 0, HEAD, StandardCharsets.ISO_8859_1);
    if (!head.equals(sum(line, HEAD, count) + " ")) {
      return Optional.empty();
    }
    try {
      return Optional.of(StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(line, HEAD, count))
          .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }

  /** Whether bytes at the end of a file are what a crash can leave of a line: its beginning, or zeros. */
  static boolean isTorn(byte[] tail) {
    boolean zeros = true;
    boolean begun = true;
    for (int i = 0; i < tail.length; i++) {
      zeros &= tail[i] == 0;
      begun &= i > HEAD || fits(tail[i], i);
    }
    return zeros || begun;
  }

  private static boolean fits(byte sign, int at) {
    if (at < DIGITS) {
      return HexFormat.isHexDigit(sign);
    }
    return sign == (at == DIGITS ? ' ' : '{');
  }

  static String sum(byte[] bytes, int from, int count) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, from, count);
    return HexFormat.of().toHexDigits((int) crc.getValue());
  }
}
