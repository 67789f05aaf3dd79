package io.qilin.mlops.online;

import io.qilin.mlops.internal.Sql;
import io.qilin.mlops.online.OnlineUpdate.Outcome;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** The tries to learn, numbered from 1 for each learner. */
final class UpdateLog {
  private UpdateLog() {}

  /** The last ones, newest first. */
  static List<OnlineUpdate> newest(Connection connection, String name, int limit)
      throws SQLException {
    return Sql.list(
        connection,
        "SELECT * FROM online_update WHERE learner = ? ORDER BY number DESC LIMIT ?",
        row -> new OnlineUpdate(
            row.getLong("number"),
            Instant.parse(row.getString("at")),
            row.getLong("trained"),
            row.getLong("held_out"),
            Sql.number(row, "serving_loss"),
            Sql.number(row, "candidate_loss"),
            Outcome.valueOf(row.getString("outcome")),
            row.getLong("version")),
        name,
        limit);
  }

  /** Adds what came of a try. */
  static OnlineUpdate append(
      Connection connection,
      String name,
      Candidate candidate,
      Samples.Batch batch,
      Instant now,
      boolean beside,
      long version)
      throws SQLException {
    long number = Sql.first(
                connection,
                "SELECT number FROM online_update WHERE learner = ? ORDER BY number DESC LIMIT 1",
                row -> row.getLong("number"),
                name)
            .orElse(0L)
        + 1;
    Outcome outcome = candidate.outcome();
    OnlineUpdate update = new OnlineUpdate(
        number,
        now,
        candidate.trained(),
        batch.ids().size() - (long) candidate.trained(),
        candidate.baseLoss(),
        candidate.loss(),
        outcome == Outcome.DEPLOYED && beside ? Outcome.SHADOWED : outcome,
        version);
    Sql.update(
        connection,
        "INSERT INTO online_update (learner, number, at, trained, held_out, serving_loss,"
            + " candidate_loss, outcome, version) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        name,
        update.number(),
        update.at().toString(),
        update.trained(),
        update.heldOut(),
        update.baseLoss(),
        update.candidateLoss(),
        update.outcome().name(),
        update.version());
    return update;
  }
}
