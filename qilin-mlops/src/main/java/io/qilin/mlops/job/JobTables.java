package io.qilin.mlops.job;

import io.qilin.mlops.store.Schema;
import java.util.List;

/**
 * The tables of jobs. {@code job_owner} has a row for each service that lives; its {@code beat} only ever grows. Times are
 * milliseconds since 1970 and are for people: nothing is decided by them.
 */
final class JobTables {
  static final Schema SCHEMA = new Schema(
      "job",
      List.of(List.of(
          "CREATE TABLE job (id BIGINT PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL,"
              + " parameters TEXT NOT NULL, priority INTEGER NOT NULL,"
              + " timeout_nanos BIGINT NOT NULL, restarts INTEGER NOT NULL, seed BIGINT NOT NULL,"
              + " request_key TEXT, state TEXT NOT NULL, attempt INTEGER NOT NULL,"
              + " owner BIGINT NOT NULL, cancel_requested INTEGER NOT NULL,"
              + " progress DOUBLE PRECISION NOT NULL, last_sequence BIGINT NOT NULL,"
              + " result TEXT NOT NULL, failure_code INTEGER, failure_message TEXT,"
              + " queued_at BIGINT NOT NULL, started_at BIGINT, ended_at BIGINT)",
          "CREATE UNIQUE INDEX job_by_key ON job (request_key)",
          "CREATE INDEX job_by_state ON job (state, priority DESC, id)",
          "CREATE TABLE job_event (job BIGINT NOT NULL, sequence BIGINT NOT NULL,"
              + " noted_at BIGINT NOT NULL, kind TEXT NOT NULL, line TEXT NOT NULL,"
              + " step BIGINT NOT NULL, amount DOUBLE PRECISION, PRIMARY KEY (job, sequence))",
          "CREATE TABLE job_owner (id BIGINT PRIMARY KEY, beat BIGINT NOT NULL)",
          "CREATE TABLE job_counter (name TEXT PRIMARY KEY, value BIGINT NOT NULL)")));

  private JobTables() {}
}
