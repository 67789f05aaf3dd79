package io.qilin.mlops.abtest;

import io.qilin.mlops.internal.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks as rows. */
final class LookRows {
  private LookRows() {}

  static void insert(Connection connection, Look look) throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO ab_look (test, number, at, conclusion, winner) VALUES (?, ?, ?, ?, ?)",
        look.test(),
        look.number(),
        look.at().toString(),
        look.conclusion().name(),
        look.winner().orElse(null));
    for (int i = 0; i < look.effects().size(); i++) {
      Effect effect = look.effects().get(i);
      Sql.update(
          connection,
          "INSERT INTO ab_effect (test, number, place, metric, arm, sample, estimate, lower_end,"
              + " upper_end, standing) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
          look.test(),
          look.number(),
          i,
          effect.metric().name(),
          effect.arm(),
          effect.sample(),
          effect.estimate(),
          effect.lower(),
          effect.upper(),
          effect.standing().name());
    }
  }

  /** The last ones, newest first. */
  static List<Look> last(Connection connection, String test, int limit) throws SQLException {
    List<Look> bare = Sql.list(
        connection,
        "SELECT * FROM ab_look WHERE test = ? ORDER BY number DESC LIMIT ?",
        row -> new Look(
            test,
            row.getLong("number"),
            Instant.parse(row.getString("at")),
            List.of(),
            Conclusion.valueOf(row.getString("conclusion")),
            Optional.ofNullable(row.getString("winner"))),
        test,
        limit);
    List<Look> looks = new ArrayList<>();
    for (Look look : bare) {
      List<Effect> effects = Sql.list(
          connection,
          "SELECT * FROM ab_effect WHERE test = ? AND number = ? ORDER BY place",
          row -> new Effect(
              TestMetric.valueOf(row.getString("metric")),
              row.getString("arm"),
              row.getLong("sample"),
              Sql.number(row, "estimate"),
              Sql.number(row, "lower_end"),
              Sql.number(row, "upper_end"),
              Effect.Standing.valueOf(row.getString("standing"))),
          test,
          look.number());
      looks.add(
          new Look(test, look.number(), look.at(), effects, look.conclusion(), look.winner()));
    }
    return looks;
  }
}
