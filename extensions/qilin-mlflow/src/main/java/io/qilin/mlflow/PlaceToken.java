package io.qilin.mlflow;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the next page of a search begins.
 *
 * @param inMemory whether the runs were sorted here, and {@code skip} counts them all
 * @param part of the order
 * @param skip how many runs of the server's page were given already
 * @param token of the server's page; empty for its first
 */
record PlaceToken(boolean inMemory, int part, int skip, String token) {
  static final PlaceToken START = new PlaceToken(false, 0, 0, "");

  private static final Pattern FORM = Pattern.compile("([ms])([01])\\.([0-9]{1,9})\\.(.*)");

  String text() {
    return (inMemory ? "m" : "s") + part + "." + skip + "." + token;
  }

  /**
   * Reads one.
   *
   * @param whole as the caller gave it, for the message
   * @param text without its mark
   */
  static PlaceToken parse(String whole, String text) {
    Matcher form = FORM.matcher(text);
    if (!form.matches()) {
      throw Words.badToken(whole);
    }
    return new PlaceToken(
        form.group(1).equals("m"),
        Integer.parseInt(form.group(2)),
        Integer.parseInt(form.group(3)),
        form.group(4));
  }
}
