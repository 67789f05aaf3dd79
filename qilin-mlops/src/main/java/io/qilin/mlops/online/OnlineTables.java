package io.qilin.mlops.online;

import io.qilin.mlops.store.Schema;
import java.util.List;

/** The tables of learners. */
final class OnlineTables {
  static final Schema SCHEMA = new Schema(
      "online",
      List.of(List.of(
          "CREATE TABLE online_learner (name TEXT PRIMARY KEY, signature TEXT NOT NULL,"
              + " step BIGINT NOT NULL, next BIGINT NOT NULL, serving TEXT NOT NULL,"
              + " serving_version BIGINT NOT NULL, shadow TEXT, shadow_version BIGINT NOT NULL,"
              + " fresh BIGINT NOT NULL, updated TEXT, dropped BIGINT NOT NULL,"
              + " scored BIGINT NOT NULL, loss DOUBLE PRECISION NOT NULL,"
              + " faded DOUBLE PRECISION NOT NULL, shadow_scored BIGINT NOT NULL,"
              + " shadow_loss DOUBLE PRECISION NOT NULL,"
              + " beside_loss DOUBLE PRECISION NOT NULL, forgotten TEXT)",
          // Features are empty once a sample has been learnt; the row stays for a while, so that it
          // is not taken again.
          "CREATE TABLE online_sample (learner TEXT NOT NULL, id TEXT NOT NULL,"
              + " place BIGINT NOT NULL, at TEXT NOT NULL, features TEXT NOT NULL,"
              + " digest TEXT NOT NULL, score DOUBLE PRECISION, shadow_score DOUBLE PRECISION,"
              + " label DOUBLE PRECISION, matured BIGINT,"
              + " state TEXT NOT NULL, PRIMARY KEY (learner, id))",
          "CREATE INDEX online_sample_state ON online_sample (learner, state, matured)",
          "CREATE INDEX online_sample_place ON online_sample (learner, place)",
          "CREATE TABLE online_update (learner TEXT NOT NULL, number BIGINT NOT NULL,"
              + " at TEXT NOT NULL, trained BIGINT NOT NULL, held_out BIGINT NOT NULL,"
              + " serving_loss DOUBLE PRECISION, candidate_loss DOUBLE PRECISION,"
              + " outcome TEXT NOT NULL, version BIGINT NOT NULL,"
              + " PRIMARY KEY (learner, number))")));

  private OnlineTables() {}
}
