package io.qilin.benchmarks;

import io.qilin.api.error.QilinException;
import java.util.regex.Pattern;

/**
 * The size of a panel, written {@code 512x1024}.
 *
 * @param instruments how many
 * @param days how many
 */
record Size(int instruments, int days) {
  private static final Pattern FORM = Pattern.compile("([1-9][0-9]{0,6})x([1-9][0-9]{0,6})");

  static Size parse(String text) {
    var form = FORM.matcher(text);
    if (!form.matches()) {
      throw QilinException.invalid(
          "a size is instruments x days, like 512x1024, was " + QilinException.quote(text));
    }
    return new Size(Integer.parseInt(form.group(1)), Integer.parseInt(form.group(2)));
  }

  /** Values of one column. */
  int cells() {
    return Math.multiplyExact(instruments, days);
  }

  @Override
  public String toString() {
    return instruments + "x" + days;
  }
}
