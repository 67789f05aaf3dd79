package io.qilin.mlops.tuning;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.mlops.internal.Sql;
import io.qilin.mlops.store.Database;
import io.qilin.mlops.store.Schema;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * A study in a database. Opening it adds one to its epoch, and every write names the epoch: who opened it before can write
 * nothing more. So two processes never go on with one study, and no lease or clock is needed.
 */
final class StoredJournal implements Journal {
  private static final Schema SCHEMA = new Schema(
      "tuning",
      List.of(List.of(
          "CREATE TABLE tuning_study (name TEXT PRIMARY KEY, description TEXT NOT NULL,"
              + " epoch BIGINT NOT NULL, created_at BIGINT NOT NULL)",
          "CREATE TABLE tuning_trial (study TEXT NOT NULL, number INTEGER NOT NULL,"
              + " state TEXT NOT NULL, parameters TEXT NOT NULL, amount DOUBLE PRECISION,"
              + " failure TEXT NOT NULL, reports TEXT NOT NULL, PRIMARY KEY (study, number))")));

  private final Database database;
  private final String name;
  private final SearchSpace space;
  private final long epoch;

  private StoredJournal(Database database, String name, SearchSpace space, long epoch) {
    this.database = database;
    this.name = name;
    this.space = space;
    this.epoch = epoch;
  }

  static StoredJournal open(
      Database database, String name, SearchSpace space, StudySettings settings, long now) {
    database.require(SCHEMA);
    String description = StudyTexts.description(space, settings);
    long epoch = database.write(connection -> {
      Sql.update(
          connection,
          "INSERT INTO tuning_study (name, description, epoch, created_at) VALUES (?, ?, 0, ?)"
              + " ON CONFLICT (name) DO NOTHING",
          name,
          description,
          now);
      requireSame(connection, name, description);
      return Sql.first(
              connection,
              "UPDATE tuning_study SET epoch = epoch + 1 WHERE name = ? RETURNING epoch",
              row -> row.getLong(1),
              name)
          .orElseThrow();
    });
    return new StoredJournal(database, name, space, epoch);
  }

  @Override
  public List<StoredTrial> load() {
    return database.read(connection -> Sql.list(
        connection,
        "SELECT * FROM tuning_trial WHERE study = ? ORDER BY number",
        this::trial,
        name));
  }

  @Override
  public void begin(List<StoredTrial> trials) {
    database.write(connection -> {
      requireOwn(connection);
      for (StoredTrial trial : trials) {
        Sql.update(
            connection,
            "INSERT INTO tuning_trial (study, number, state, parameters, failure, reports)"
                + " VALUES (?, ?, 'RUNNING', ?, '', '{}')",
            name,
            trial.number(),
            StudyTexts.values(trial.values()));
      }
      return trials.size();
    });
  }

  @Override
  public void end(StoredTrial trial) {
    database.write(connection -> {
      requireOwn(connection);
      return Sql.update(
          connection,
          "UPDATE tuning_trial SET state = ?, amount = ?, failure = ?, reports = ?"
              + " WHERE study = ? AND number = ? AND state = 'RUNNING'",
          trial.state().name(),
          trial.result().value(),
          trial.result().failure(),
          StudyTexts.reports(trial.reports()),
          name,
          trial.number());
    });
  }

  private StoredTrial trial(ResultSet row) throws SQLException {
    TrialResult result = new TrialResult(
        row.getInt("number"),
        state(row.getString("state")),
        StudyTexts.values(row.getString("parameters"), space),
        Sql.number(row, "amount"),
        row.getString("failure"));
    return new StoredTrial(result, StudyTexts.reports(row.getString("reports")));
  }

  private static TrialState state(String name) {
    for (TrialState state : TrialState.values()) {
      if (state.name().equals(name)) {
        return state;
      }
    }
    throw new QilinException(
        ErrorCode.STORE_DAMAGED,
        "a trial's state is " + QilinException.quote(name) + "; restore a backup");
  }

  private void requireOwn(Connection connection) throws SQLException {
    boolean own = Sql.first(
            connection,
            "SELECT epoch FROM tuning_study WHERE name = ?",
            row -> row.getLong(1),
            name)
        .filter(current -> current == epoch)
        .isPresent();
    if (!own) {
      throw new QilinException(
          ErrorCode.CONFLICT,
          "the study " + QilinException.quote(name) + " was opened again elsewhere, which goes on"
              + " with it; use that one, or open it here again");
    }
  }

  private static void requireSame(Connection connection, String name, String description)
      throws SQLException {
    Optional<String> kept = Sql.first(
        connection,
        "SELECT description FROM tuning_study WHERE name = ?",
        row -> row.getString(1),
        name);
    if (!kept.equals(Optional.of(description))) {
      throw new QilinException(
          ErrorCode.CONFLICT,
          "the study " + QilinException.quote(name) + " was begun with another space or other"
              + " settings, with which its trials cannot be compared; give it those, or begin a"
              + " study of another name");
    }
  }
}
