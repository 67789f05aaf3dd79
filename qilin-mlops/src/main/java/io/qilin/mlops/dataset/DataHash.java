package io.qilin.mlops.dataset;

import io.qilin.mlops.internal.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 over texts and numbers, each with its length before it, so that no two lists of them feed the same bytes. Every NaN is alike, and -0 is not 0. */
final class DataHash {
  private final MessageDigest digest = Sha256.digest();
  private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);

  DataHash text(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    number(bytes.length);
    flush();
    digest.update(bytes);
    return this;
  }

  DataHash texts(List<?> texts) {
    number(texts.size());
    for (Object text : texts) {
      text(text.toString());
    }
    return this;
  }

  DataHash number(long number) {
    if (buffer.remaining() < Long.BYTES) {
      flush();
    }
    buffer.putLong(number);
    return this;
  }

  DataHash numbers(double[] numbers) {
    number(numbers.length);
    for (double number : numbers) {
      number(Double.doubleToLongBits(number));
    }
    return this;
  }

  DataHash numbers(int[] numbers) {
    number(numbers.length);
    for (int number : numbers) {
      number(number);
    }
    return this;
  }

  String hex() {
    flush();
    return HexFormat.of().formatHex(digest.digest());
  }

  private void flush() {
    buffer.flip();
    digest.update(buffer);
    buffer.clear();
  }
}
