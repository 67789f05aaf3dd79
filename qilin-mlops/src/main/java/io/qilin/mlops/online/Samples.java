package io.qilin.mlops.online;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.mlops.internal.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The samples of a learner as rows: WAITING for a label, MATURED with one, or USED: learnt or given up. */
final class Samples {
  /** How many times its capacity a learner remembers ids of used samples. */
  private static final int REMEMBERED = 10;

  /** What is known of a sample. */
  record Known(
      String id,
      Instant at,
      String digest,
      double score,
      double shadowScore,
      double label,
      boolean labelled,
      String state) {}

  /** Rows to learn from, the oldest label first. */
  record Batch(List<String> ids, Values rows, Values labels) {}

  /** Numbers that are not copied. */
  static final class Values {
    final double[] values;

    Values(double[] values) {
      this.values = values;
    }
  }

  private Samples() {}

  static Optional<Known> find(Connection connection, String learner, String id)
      throws SQLException {
    return Sql.first(
        connection,
        "SELECT * FROM online_sample WHERE learner = ? AND id = ?",
        row -> {
          double label = Sql.number(row, "label");
          return new Known(
              id,
              Instant.parse(row.getString("at")),
              row.getString("digest"),
              Sql.number(row, "score"),
              Sql.number(row, "shadow_score"),
              label,
              !Double.isNaN(label),
              row.getString("state"));
        },
        learner,
        id);
  }

  static void insert(
      Connection connection, LearnerState state, Sample sample, double score, double shadowScore)
      throws SQLException {
    Sql.update(
        connection,
        "INSERT INTO online_sample (learner, id, place, at, features, digest, score, shadow_score,"
            + " state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'WAITING')",
        state.name,
        sample.id(),
        state.next++,
        sample.at().toString(),
        Row.features(sample),
        Row.digest(sample),
        score,
        shadowScore);
  }

  static void label(Connection connection, LearnerState state, MaturedLabel label)
      throws SQLException {
    Sql.update(
        connection,
        "UPDATE online_sample SET label = ?, matured = ?, state = 'MATURED'"
            + " WHERE learner = ? AND id = ?",
        label.value(),
        state.next++,
        state.name,
        label.id());
  }

  static long count(Connection connection, String learner, String sampleState) throws SQLException {
    return Sql.first(
            connection,
            "SELECT COUNT(*) AS n FROM online_sample WHERE learner = ? AND state = ?",
            row -> row.getLong("n"),
            learner,
            sampleState)
        .orElse(0L);
  }

  /** Makes room for samples by giving up the oldest ones that have a label; gives how many it gave up. */
  static long makeRoom(Connection connection, LearnerState state, int more, int capacity)
      throws SQLException {
    long waiting = count(connection, state.name, "WAITING");
    long matured = count(connection, state.name, "MATURED");
    long excess = waiting + matured + more - capacity;
    if (excess <= 0) {
      return 0;
    }
    if (excess > matured) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "the buffer of the learner " + state.name + " keeps " + capacity + " samples and "
              + waiting + " wait for their label; give the labels, or give samples up");
    }
    List<String> oldest = Sql.list(
        connection,
        "SELECT id FROM online_sample WHERE learner = ? AND state = 'MATURED'"
            + " ORDER BY matured LIMIT ?",
        row -> row.getString("id"),
        state.name,
        excess);
    use(connection, state.name, oldest);
    return excess;
  }

  static void use(Connection connection, String learner, List<String> ids) throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (String id : ids) {
      rows.add(new Object[] {learner, id});
    }
    Sql.updateAll(
        connection,
        "UPDATE online_sample SET state = 'USED', features = '' WHERE learner = ? AND id = ?",
        rows);
  }

  static List<Known> waiting(Connection connection, String learner) throws SQLException {
    return Sql.list(
        connection,
        "SELECT id, at FROM online_sample WHERE learner = ? AND state = 'WAITING'",
        row -> new Known(
            row.getString("id"),
            Instant.parse(row.getString("at")),
            "",
            Double.NaN,
            Double.NaN,
            Double.NaN,
            false,
            "WAITING"),
        learner);
  }

  static Batch matured(Connection connection, String learner, int width) throws SQLException {
    int n = (int) count(connection, learner, "MATURED");
    double[] rows = new double[Math.multiplyExact(n, width)];
    double[] labels = new double[n];
    List<String> ids = new ArrayList<>(n);
    Sql.list(
        connection,
        "SELECT id, features, label FROM online_sample WHERE learner = ? AND state = 'MATURED'"
            + " ORDER BY matured",
        row -> {
          int place = ids.size();
          Row.features(row.getString("features"), rows, place * width, width);
          labels[place] = row.getDouble("label");
          ids.add(row.getString("id"));
          return place;
        },
        learner);
    return new Batch(ids, new Values(rows), new Values(labels));
  }

  /** Forgets the oldest used samples beyond what is remembered. */
  static void forget(Connection connection, LearnerState state, int capacity) throws SQLException {
    long excess = count(connection, state.name, "USED") - (long) REMEMBERED * capacity;
    if (excess <= 0) {
      return;
    }
    List<Known> oldest = Sql.list(
        connection,
        "SELECT id, at FROM online_sample WHERE learner = ? AND state = 'USED'"
            + " ORDER BY place LIMIT ?",
        row -> new Known(
            row.getString("id"),
            Instant.parse(row.getString("at")),
            "",
            Double.NaN,
            Double.NaN,
            Double.NaN,
            false,
            "USED"),
        state.name,
        excess);
    List<@Nullable Object[]> rows = new ArrayList<>();
    for (Known known : oldest) {
      rows.add(new Object[] {state.name, known.id()});
      Instant forgotten = state.forgotten;
      if (forgotten == null || known.at().isAfter(forgotten)) {
        state.forgotten = known.at();
      }
    }
    Sql.updateAll(connection, "DELETE FROM online_sample WHERE learner = ? AND id = ?", rows);
  }
}
