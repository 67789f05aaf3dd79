package io.qilin.mlops.tracking;

import io.qilin.api.model.MetricPoint;
import io.qilin.api.model.Page;
import io.qilin.mlops.internal.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Pages of the points of one metric, by step and then as they were logged. */
final class MetricHistory {
  /** A point and where it stands. */
  private record Placed(MetricPoint point, long sequence) {}

  private MetricHistory() {}

  static Page<MetricPoint> page(
      Connection connection, int run, String metric, int size, Optional<String> after)
      throws SQLException {
    long[] from = after.map(MetricHistory::place).orElse(new long[] {-1, -1});
    List<Placed> found = Sql.list(
        connection,
        "SELECT step, sequence, value, time FROM tracking_metric WHERE run = ? AND key = ?"
            + " AND (step, sequence) > (?, ?) ORDER BY step, sequence LIMIT ?",
        row -> new Placed(RunLoader.point(row, metric), row.getLong("sequence")),
        run,
        metric,
        from[0],
        from[1],
        size + 1);
    boolean more = found.size() > size;
    List<Placed> kept = more ? found.subList(0, size) : found;
    return new Page<>(
        kept.stream().map(Placed::point).toList(),
        more ? Optional.of(token(kept.get(size - 1))) : Optional.empty());
  }

  private static String token(Placed last) {
    return last.point().step() + "." + last.sequence();
  }

  private static long[] place(String token) {
    int dot = token.indexOf('.');
    try {
      if (dot > 0) {
        return new long[] {
          Long.parseLong(token.substring(0, dot)), Long.parseLong(token.substring(dot + 1))
        };
      }
    } catch (NumberFormatException e) {
      var bad = TrackingErrors.badToken(token);
      bad.addSuppressed(e);
      throw bad;
    }
    throw TrackingErrors.badToken(token);
  }
}
