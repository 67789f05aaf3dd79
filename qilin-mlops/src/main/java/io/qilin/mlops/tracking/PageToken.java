package io.qilin.mlops.tracking;

import io.qilin.api.model.RunQuery;
import io.qilin.mlops.internal.Sha256;
import java.nio.charset.StandardCharsets;

/**
 * Where a page of runs ended.
 *
 * @param known whether it ended among the runs for which the order is known; those for which it is not come last
 * @param place when the last run began in milliseconds, or its metric if that gives the order and is known
 * @param number of the last run
 */
record PageToken(boolean known, double place, int number) {
  private static final int MARK = 16;

  String text(RunQuery query) {
    return mark(query) + (known ? ".k" : ".u") + Long.toHexString(Double.doubleToLongBits(place))
        + "." + number;
  }

  static PageToken parse(String text, RunQuery query) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != 3 || !parts[0].equals(mark(query)) || !parts[1].matches("[ku][0-9a-f]+")) {
      throw TrackingErrors.badToken(text);
    }
    try {
      double place = Double.longBitsToDouble(Long.parseUnsignedLong(parts[1].substring(1), 16));
      return new PageToken(parts[1].charAt(0) == 'k', place, Integer.parseInt(parts[2]));
    } catch (NumberFormatException e) {
      var bad = TrackingErrors.badToken(text);
      bad.addSuppressed(e);
      throw bad;
    }
  }

  /** Ties a token to what was asked. */
  private static String mark(RunQuery query) {
    String asked =
        query.experiments() + "|" + query.conditions() + "|" + query.view() + "|" + query.order();
    return Sha256.hex(asked.getBytes(StandardCharsets.UTF_8)).substring(0, MARK);
  }
}
