package io.qilin.security.screening;

import java.util.Locale;

/** Finds a step up whose dots or slashes are encoded; nobody encodes those in good faith. */
final class HiddenSteps {
  private static final String[] DOTS = {
    "%2e",
    "%252e",
    "%%32%65",
    "%%32e",
    "%c0%ae",
    "%e0%80%ae",
    "%c0%2e",
    "%uff0e",
    "%u002e",
    "%u2024",
    "%c0.",
    "0x2e",
    "."
  };
  private static final String[] SLASHES = {
    "%2f", "%252f", "%5c", "%255c", "%c0%af", "%e0%80%af", "%c1%9c", "%c1%1c", "%c1%af", "%c1%pc",
        "%c0%9v", "%c0%qf",
    "%c1%8s", "%uff0f", "%u2215", "%u2216", "%uefc8", "%u002f", "%u005c", "%bg%qf", "%%32%66",
        "%%35%63", "%c0%2f", "%c0%5c",
    "0x2f", "0x5c", "/", "\\"
  };

  private HiddenSteps() {}

  /** The number of characters up to its end, or -1. */
  static int find(String raw) {
    if (raw.indexOf('%') < 0 && raw.indexOf("0x") < 0) {
      return -1;
    }
    String text = raw.toLowerCase(Locale.ROOT);
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c == '.' || c == '%' || c == '0') {
        int second = after(text, at, DOTS);
        int end = second < 0 ? -1 : after(text, second, DOTS);
        int step = end < 0 ? -1 : after(text, end, SLASHES);
        if (step >= 0 && step - at > 3) {
          return step;
        }
      }
    }
    return -1;
  }

  private static int after(String text, int at, String[] forms) {
    for (String form : forms) {
      if (text.startsWith(form, at)) {
        return at + form.length();
      }
    }
    return -1;
  }
}
