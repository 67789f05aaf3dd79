package io.qilin.mlops.job;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.mlops.internal.Sql;
import io.qilin.mlops.store.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Jobs in a database. Every move is one statement that names the state, and for a running job the owner and the attempt, that it
 * comes from: where another was faster it changes nothing.
 */
final class JobStore {
  private final Database database;
  private final int keptEvents;

  /** The number of a job's last event, and whether there will be no more. */
  record Head(long lastSequence, boolean ended) {}

  /** Events in order, and where the log ends. */
  record Page(List<JobEvent> events, Head head) {}

  JobStore(Database database, int keptEvents) {
    this.database = database;
    this.keptEvents = keptEvents;
    database.require(JobTables.SCHEMA);
  }

  long submit(JobRequest request, int maxQueued, long now) {
    return database.write(connection -> {
      if (request.key().isPresent()) {
        Optional<Job> before = Sql.first(
            connection,
            "SELECT * FROM job WHERE request_key = ?",
            JobRows::job,
            request.key().get());
        if (before.isPresent()) {
          return sameRequest(before.get(), request);
        }
      }
      requireRoom(connection, maxQueued);
      long id = next(connection, "job");
      Sql.update(
          connection,
          "INSERT INTO job (id, kind, name, parameters, priority, timeout_nanos, restarts, seed,"
              + " request_key, state, attempt, owner, cancel_requested, progress, last_sequence,"
              + " result, queued_at)"
              + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'QUEUED', 0, 0, 0, 0.0, 0, '{}', ?)",
          id,
          request.kind(),
          request.name(),
          JobTexts.json(request.parameters()),
          request.priority(),
          request.timeout().toNanos(),
          request.restarts(),
          request.seed(),
          request.key().orElse(null),
          now);
      append(connection, id, new Notes.Batch(List.of(Note.moved(now, JobState.QUEUED)), 0));
      return id;
    });
  }

  Optional<Job> find(long id) {
    return database.read(
        connection -> Sql.first(connection, "SELECT * FROM job WHERE id = ?", JobRows::job, id));
  }

  /** The newest first. */
  List<Job> list(Set<JobState> states, int limit) {
    return database.read(connection -> {
      List<@Nullable Object> arguments = new ArrayList<>();
      states.stream().sorted().map(JobState::name).forEach(arguments::add);
      arguments.add(limit);
      return Sql.list(
          connection,
          "SELECT * FROM job WHERE state IN (" + places(states.size())
              + ") ORDER BY id DESC LIMIT ?",
          JobRows::job,
          arguments.toArray());
    });
  }

  /** Empty if there is no such job; false if it had ended. */
  Optional<Boolean> cancel(long id, long now) {
    return database.write(connection -> {
      Optional<JobState> state = Sql.first(
          connection, "SELECT state FROM job WHERE id = ?", row -> JobRows.state(row), id);
      if (state.isEmpty()) {
        return Optional.empty();
      }
      if (state.get() == JobState.RUNNING) {
        Sql.update(connection, "UPDATE job SET cancel_requested = 1 WHERE id = ?", id);
        return Optional.of(true);
      }
      if (state.get().ended()) {
        return Optional.of(false);
      }
      Sql.update(
          connection,
          "UPDATE job SET state = 'CANCELLED', cancel_requested = 1, ended_at = ?"
              + " WHERE id = ? AND state = 'QUEUED'",
          now,
          id);
      append(connection, id, new Notes.Batch(List.of(Note.moved(now, JobState.CANCELLED)), 0));
      return Optional.of(true);
    });
  }

  /** Forgets jobs that ended before a moment; gives how many. */
  int forget(long endedBefore) {
    return database.write(connection -> {
      Sql.update(
          connection,
          "DELETE FROM job_event WHERE job IN (SELECT id FROM job WHERE ended_at < ?)",
          endedBefore);
      return Sql.update(connection, "DELETE FROM job WHERE ended_at < ?", endedBefore);
    });
  }

  boolean somethingWaits(Set<String> kinds) {
    return database.read(connection -> Sql.first(
            connection,
            "SELECT id FROM job WHERE state = 'QUEUED' AND kind IN (" + places(kinds.size())
                + ") LIMIT 1",
            row -> row.getLong(1),
            kinds.stream().sorted().toArray())
        .isPresent());
  }

  /**
   * Makes waiting jobs the owner's, the highest priority first, then the oldest.
   *
   * @param without jobs of which a run has not ended in this process
   * @return nothing if the owner was declared dead
   */
  List<Claim> claim(long owner, Set<String> kinds, Set<Long> without, int limit, long now) {
    return database.write(connection -> {
      List<Claim> claims = new ArrayList<>();
      if (beatOf(connection, owner).isEmpty()) {
        return claims;
      }
      List<@Nullable Object> arguments = new ArrayList<>();
      kinds.stream().sorted().forEach(arguments::add);
      arguments.add(limit + without.size());
      List<Claim> waiting = Sql.list(
          connection,
          "SELECT * FROM job WHERE state = 'QUEUED' AND kind IN (" + places(kinds.size())
              + ") ORDER BY priority DESC, id LIMIT ?",
          row ->
              new Claim(row.getLong("id"), JobRows.request(row), row.getInt("attempt") + 1, owner),
          arguments.toArray());
      for (Claim claim : waiting) {
        if (claims.size() < limit && !without.contains(claim.id())) {
          take(connection, claim, now);
          claims.add(claim);
        }
      }
      return claims;
    });
  }

  /** Writes what a body told; false if the run is not the owner's any more. */
  boolean note(Claim claim, Notes.Batch batch, double progress) {
    return database.write(connection -> {
      int changed = Sql.update(
          connection,
          "UPDATE job SET progress = ?"
              + " WHERE id = ? AND state = 'RUNNING' AND owner = ? AND attempt = ?",
          progress,
          claim.id(),
          claim.owner(),
          claim.attempt());
      if (changed == 1) {
        appendBounded(connection, claim.id(), batch);
      }
      return changed == 1;
    });
  }

  /** Ends a run, with the last that its body told; false if the run is not the owner's any more. */
  boolean end(Claim claim, Notes.Batch batch, double progress, Outcome outcome, long now) {
    return database.write(connection -> {
      boolean moved = move(connection, claim, outcome, progress, now);
      if (moved) {
        List<Note> notes = new ArrayList<>(batch.notes());
        notes.add(Note.moved(now, outcome.next()));
        appendBounded(connection, claim.id(), new Notes.Batch(notes, batch.skipped()));
      }
      return moved;
    });
  }

  /** Gives back a job whose body could not be begun; the run does not count. */
  void release(Claim claim, long now) {
    database.write(connection -> {
      int changed = Sql.update(
          connection,
          "UPDATE job SET state = 'QUEUED', owner = 0, attempt = attempt - 1"
              + " WHERE id = ? AND state = 'RUNNING' AND owner = ? AND attempt = ?",
          claim.id(),
          claim.owner(),
          claim.attempt());
      if (changed == 1) {
        append(
            connection, claim.id(), new Notes.Batch(List.of(Note.moved(now, JobState.QUEUED)), 0));
      }
      return changed;
    });
  }

  /** Which of an owner's running jobs somebody asked to cancel. */
  Set<Long> cancelRequested(long owner) {
    return database.read(connection -> Set.copyOf(Sql.list(
        connection,
        "SELECT id FROM job WHERE state = 'RUNNING' AND cancel_requested = 1 AND owner = ?",
        row -> row.getLong(1),
        owner)));
  }

  Optional<Page> page(long id, long after, int limit) {
    return database.read(connection -> {
      Optional<Head> head = Sql.first(
          connection,
          "SELECT last_sequence, state FROM job WHERE id = ?",
          row -> new Head(row.getLong(1), JobRows.state(row).ended()),
          id);
      if (head.isEmpty()) {
        return Optional.empty();
      }
      List<JobEvent> events = limit == 0
          ? List.of()
          : Sql.list(
              connection,
              "SELECT * FROM job_event WHERE job = ? AND sequence > ? ORDER BY sequence LIMIT ?",
              JobRows::event,
              id,
              after,
              limit);
      return Optional.of(new Page(events, head.get()));
    });
  }

  Map<Long, Head> heads(Collection<Long> ids) {
    if (ids.isEmpty()) {
      return Map.of();
    }
    return database.read(connection -> {
      Map<Long, Head> heads = new HashMap<>();
      Sql.list(
          connection,
          "SELECT id, last_sequence, state FROM job WHERE id IN (" + places(ids.size()) + ")",
          row -> heads.put(
              row.getLong(1), new Head(row.getLong(2), JobRows.state(row).ended())),
          ids.toArray());
      return heads;
    });
  }

  /** Makes an owner that lives. */
  long enter() {
    return database.write(connection -> {
      long owner = next(connection, "owner");
      Sql.update(connection, "INSERT INTO job_owner (id, beat) VALUES (?, 0)", owner);
      return owner;
    });
  }

  /** A sign of life; false if the owner was declared dead. */
  boolean beat(long owner) {
    return database.write(connection ->
        Sql.update(connection, "UPDATE job_owner SET beat = beat + 1 WHERE id = ?", owner) == 1);
  }

  /** All that live, each with its last sign of life. */
  Map<Long, Long> beats() {
    return database.read(connection -> {
      Map<Long, Long> beats = new HashMap<>();
      Sql.list(
          connection,
          "SELECT id, beat FROM job_owner",
          row -> beats.put(row.getLong(1), row.getLong(2)));
      return beats;
    });
  }

  /** Declares an owner dead, unless it gave a sign of life since; sees to its jobs. */
  void bury(long owner, long lastBeat, long now) {
    database.write(connection -> {
      Sql.update(connection, "DELETE FROM job_owner WHERE id = ? AND beat = ?", owner, lastBeat);
      return seeToOrphans(connection, now);
    });
  }

  /** Takes an owner out that ends; what it left running is seen to as if it had died. */
  void leave(long owner, long now) {
    database.write(connection -> {
      Sql.update(connection, "DELETE FROM job_owner WHERE id = ?", owner);
      return seeToOrphans(connection, now);
    });
  }

  /** Declares all dead. */
  void buryAll(long now) {
    database.write(connection -> {
      Sql.update(connection, "DELETE FROM job_owner");
      return seeToOrphans(connection, now);
    });
  }

  /** Sees to jobs whose owner is dead; gives how many. */
  private static int seeToOrphans(Connection connection, long now) throws SQLException {
    record Orphan(Claim claim, boolean cancelRequested, double progress) {}
    List<Orphan> orphans = Sql.list(
        connection,
        "SELECT * FROM job WHERE state = 'RUNNING'"
            + " AND owner NOT IN (SELECT id FROM job_owner)",
        row -> new Orphan(
            new Claim(
                row.getLong("id"),
                JobRows.request(row),
                row.getInt("attempt"),
                row.getLong("owner")),
            row.getInt("cancel_requested") != 0,
            row.getDouble("progress")));
    for (Orphan orphan : orphans) {
      Claim claim = orphan.claim();
      Outcome outcome = Outcome.afterCrash(
          orphan.cancelRequested(), claim.attempt(), claim.request().restarts());
      move(connection, claim, outcome, orphan.progress(), now);
      append(connection, claim.id(), new Notes.Batch(List.of(Note.moved(now, outcome.next())), 0));
    }
    return orphans.size();
  }

  private static boolean move(
      Connection connection, Claim claim, Outcome outcome, double progress, long now)
      throws SQLException {
    JobFailure failure = outcome.failure();
    boolean ended = outcome.next().ended();
    return Sql.update(
            connection,
            "UPDATE job SET state = ?, owner = 0, progress = ?, result = ?, failure_code = ?,"
                + " failure_message = ?, ended_at = ?"
                + " WHERE id = ? AND state = 'RUNNING' AND owner = ? AND attempt = ?",
            outcome.next().name(),
            ended ? progress : 0.0,
            JobTexts.json(outcome.result()),
            failure == null ? null : failure.code().number(),
            failure == null ? null : failure.message(),
            ended ? now : null,
            claim.id(),
            claim.owner(),
            claim.attempt())
        == 1;
  }

  private static void take(Connection connection, Claim claim, long now) throws SQLException {
    Sql.update(
        connection,
        "UPDATE job SET state = 'RUNNING', owner = ?, attempt = ?, progress = 0.0, started_at = ?"
            + " WHERE id = ? AND state = 'QUEUED'",
        claim.owner(),
        claim.attempt(),
        now,
        claim.id());
    append(connection, claim.id(), new Notes.Batch(List.of(Note.moved(now, JobState.RUNNING)), 0));
  }

  private void appendBounded(Connection connection, long id, Notes.Batch batch)
      throws SQLException {
    long last = append(connection, id, batch);
    Sql.update(
        connection,
        "DELETE FROM job_event WHERE job = ? AND sequence <= ? AND kind <> 'MOVED'",
        id,
        last - keptEvents);
  }

  /** Numbers and keeps events; gives the last number. */
  private static long append(Connection connection, long id, Notes.Batch batch)
      throws SQLException {
    long last = Sql.first(
            connection,
            "UPDATE job SET last_sequence = last_sequence + ? WHERE id = ?"
                + " RETURNING last_sequence",
            row -> row.getLong(1),
            batch.skipped() + batch.notes().size(),
            id)
        .orElseThrow();
    List<@Nullable Object[]> rows = new ArrayList<>();
    long sequence = last - batch.notes().size();
    for (Note note : batch.notes()) {
      rows.add(new @Nullable Object[] {
        id, ++sequence, note.at(), note.kind().name(), note.text(), note.step(), note.amount()
      });
    }
    Sql.updateAll(
        connection,
        "INSERT INTO job_event (job, sequence, noted_at, kind, line, step, amount)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
        rows);
    return last;
  }

  private static long sameRequest(Job before, JobRequest request) {
    if (before.request().equals(request)) {
      return Long.parseLong(before.id().value());
    }
    throw new QilinException(
        ErrorCode.CONFLICT,
        "the key " + QilinException.quote(request.key().orElse("")) + " was used for job "
            + before.id() + ", which asks for something else; give each wish a key of its own");
  }

  private static void requireRoom(Connection connection, int maxQueued) throws SQLException {
    long waiting = Sql.first(
            connection, "SELECT COUNT(*) FROM job WHERE state = 'QUEUED'", row -> row.getLong(1))
        .orElse(0L);
    if (waiting >= maxQueued) {
      throw new QilinException(
          ErrorCode.LIMIT_EXCEEDED,
          "the queue is full: " + waiting + " jobs wait, at most " + maxQueued
              + " may; submit again when some have run, or cancel some");
    }
  }

  private static long next(Connection connection, String counter) throws SQLException {
    return Sql.first(
            connection,
            "INSERT INTO job_counter (name, value) VALUES (?, 1)"
                + " ON CONFLICT (name) DO UPDATE SET value = job_counter.value + 1"
                + " RETURNING value",
            row -> row.getLong(1),
            counter)
        .orElseThrow();
  }

  private static Optional<Long> beatOf(Connection connection, long owner) throws SQLException {
    return Sql.first(
        connection, "SELECT beat FROM job_owner WHERE id = ?", row -> row.getLong(1), owner);
  }

  private static String places(int count) {
    return String.join(", ", Collections.nCopies(count, "?"));
  }
}
