package io.qilin.opentelemetry;

import java.util.HexFormat;

/** Writes JSON of objects, arrays and texts. Not thread-safe. */
final class JsonText {
  private final StringBuilder out = new StringBuilder();

  /** Begins an object or an array, as the sign says. */
  JsonText open(char sign) {
    separate();
    out.append(sign);
    return this;
  }

  JsonText close(char sign) {
    out.append(sign);
    return this;
  }

  JsonText name(String name) {
    text(name);
    out.append(':');
    return this;
  }

  JsonText text(String value) {
    separate();
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      char sign = value.charAt(i);
      if (sign == '"' || sign == '\\') {
        out.append('\\').append(sign);
      } else if (sign < ' ' || (Character.isSurrogate(sign) && !paired(value, i))) {
        out.append("\\u").append(HexFormat.of().toHexDigits(sign));
      } else {
        out.append(sign);
      }
    }
    out.append('"');
    return this;
  }

  private static boolean paired(String value, int at) {
    return Character.isHighSurrogate(value.charAt(at))
        ? at + 1 < value.length() && Character.isLowSurrogate(value.charAt(at + 1))
        : at > 0 && Character.isHighSurrogate(value.charAt(at - 1));
  }

  private void separate() {
    if (!out.isEmpty() && "[{:".indexOf(out.charAt(out.length() - 1)) < 0) {
      out.append(',');
    }
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
