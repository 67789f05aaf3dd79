package io.qilin.mlops.job;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.mlops.internal.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What the rows of {@link JobTables} mean. */
final class JobRows {
  private JobRows() {}

  static Job job(ResultSet row) throws SQLException {
    return new Job(
        JobId.of(row.getLong("id")),
        request(row),
        state(row),
        row.getInt("attempt"),
        row.getDouble("progress"),
        row.getInt("cancel_requested") != 0,
        row.getLong("last_sequence"),
        JobTexts.parse("a job's result", row.getString("result")),
        failure(row),
        Instant.ofEpochMilli(row.getLong("queued_at")),
        instant(row, "started_at"),
        instant(row, "ended_at"));
  }

  static JobRequest request(ResultSet row) throws SQLException {
    return new JobRequest(
        row.getString("kind"),
        row.getString("name"),
        JobTexts.parse("a job's parameters", row.getString("parameters")),
        row.getInt("priority"),
        Duration.ofNanos(row.getLong("timeout_nanos")),
        row.getInt("restarts"),
        row.getLong("seed"),
        Optional.ofNullable(row.getString("request_key")));
  }

  static JobState state(ResultSet row) throws SQLException {
    return named(JobState.class, row.getString("state"));
  }

  static JobEvent event(ResultSet row) throws SQLException {
    JobId job = JobId.of(row.getLong("job"));
    long sequence = row.getLong("sequence");
    Instant at = Instant.ofEpochMilli(row.getLong("noted_at"));
    String line = row.getString("line");
    double amount = Sql.number(row, "amount");
    return switch (named(Note.Kind.class, row.getString("kind"))) {
      case MOVED -> new JobEvent.Moved(job, sequence, at, named(JobState.class, line));
      case LINE -> new JobEvent.Line(job, sequence, at, line);
      case PROGRESS -> new JobEvent.Progress(job, sequence, at, amount);
      case FIGURE -> new JobEvent.Figure(job, sequence, at, line, row.getLong("step"), amount);
    };
  }

  private static Optional<JobFailure> failure(ResultSet row) throws SQLException {
    int number = row.getInt("failure_code");
    if (row.wasNull()) {
      return Optional.empty();
    }
    ErrorCode code = ErrorCode.UNKNOWN;
    for (ErrorCode known : ErrorCode.values()) {
      if (known.number() == number) {
        code = known;
      }
    }
    String message = row.getString("failure_message");
    return Optional.of(new JobFailure(code, message == null ? "" : message));
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }

  private static <E extends Enum<E>> E named(Class<E> type, String name) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equals(name)) {
        return constant;
      }
    }
    throw new QilinException(
        ErrorCode.STORE_DAMAGED,
        "the store of jobs holds " + QilinException.quote(name) + " where a " + type.getSimpleName()
            + " is to be; restore it from a backup");
  }
}
