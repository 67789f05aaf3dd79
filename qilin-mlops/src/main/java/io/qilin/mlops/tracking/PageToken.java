package io.qilin.mlops.tracking;

import io.qilin.api.model.RunQuery;
import io.qilin.mlops.internal.Sha256;
import java.nio.charset.StandardCharsets;

/**
 * Where a page of runs ended.
 *
 * @param known whether it ended among the runs for which the order is known; those for which it is not come last
 * @param place when the last run began in milliseconds, or its metric; 0 if not known
 * @param number of the last run
 */
record PageToken(boolean known, double place, int number) {
  private static final int MARK = 16;

  String text(RunQuery query) {
    return mark(query) + "." + (known ? Long.toHexString(Double.doubleToLongBits(place)) : "-")
        + "." + number;
  }

  static PageToken parse(String text, RunQuery query) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 3 || !parts[0].equals(mark(query))) {
      throw TrackingErrors.badToken(text);
    }
    try {
      boolean known = !parts[1].equals("-");
      double place = known ? Double.longBitsToDouble(Long.parseUnsignedLong(parts[1], 16)) : 0;
      return new PageToken(known, place, Integer.parseInt(parts[2]));
    } catch (NumberFormatException e) {
      var bad = TrackingErrors.badToken(text);
      bad.addSuppressed(e);
      throw bad;
    }
  }

  /** Ties a token to what was asked. */
  private static String mark(RunQuery query) {
    String asked = query.experiments() + "|" + query.conditions() + "|" + query.view() + "|"
        + query.order();
    return Sha256.hex(asked.getBytes(StandardCharsets.UTF_8)).substring(0, MARK);
  }
}
