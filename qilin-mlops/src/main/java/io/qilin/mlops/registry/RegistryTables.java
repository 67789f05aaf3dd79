package io.qilin.mlops.registry;

import io.qilin.mlops.store.Schema;
import java.util.List;

/**
 * The tables. A name's row counts its versions and moves, so that a number is never given twice. That only one version is in
 * production is guarded by an index as well as by the code.
 */
final class RegistryTables {
  static final Schema SCHEMA = new Schema(
      "registry",
      List.of(List.of(
          """
          CREATE TABLE model (
            name TEXT PRIMARY KEY,
            versions INTEGER NOT NULL,
            moves BIGINT NOT NULL)""",
          """
          CREATE TABLE model_version (
            name TEXT NOT NULL REFERENCES model (name),
            version INTEGER NOT NULL,
            stage TEXT NOT NULL,
            kind TEXT NOT NULL,
            features TEXT NOT NULL,
            missing TEXT NOT NULL,
            data_hash TEXT NOT NULL,
            feature_hash TEXT NOT NULL,
            code_version TEXT NOT NULL,
            run_id TEXT NOT NULL,
            trained_first TEXT,
            trained_last TEXT,
            labels_until TEXT,
            metrics TEXT NOT NULL,
            tags TEXT NOT NULL,
            description TEXT NOT NULL,
            registered TEXT NOT NULL,
            moved TEXT NOT NULL,
            PRIMARY KEY (name, version))""",
          """
          CREATE UNIQUE INDEX model_one_in_production ON model_version (name)
            WHERE stage = 'PRODUCTION'""",
          """
          CREATE TABLE model_file (
            name TEXT NOT NULL,
            version INTEGER NOT NULL,
            place INTEGER NOT NULL,
            file TEXT NOT NULL,
            digest TEXT NOT NULL,
            PRIMARY KEY (name, version, place),
            FOREIGN KEY (name, version) REFERENCES model_version (name, version))""",
          "CREATE INDEX model_file_digest ON model_file (digest)",
          """
          CREATE TABLE model_alias (
            name TEXT NOT NULL,
            alias TEXT NOT NULL,
            version INTEGER NOT NULL,
            PRIMARY KEY (name, alias),
            FOREIGN KEY (name, version) REFERENCES model_version (name, version))""",
          "CREATE INDEX model_alias_version ON model_alias (name, version)",
          """
          CREATE TABLE model_move (
            name TEXT NOT NULL REFERENCES model (name),
            number BIGINT NOT NULL,
            version INTEGER NOT NULL,
            from_stage TEXT NOT NULL,
            to_stage TEXT NOT NULL,
            is_rollback INTEGER NOT NULL,
            moved TEXT NOT NULL,
            reason TEXT NOT NULL,
            facts TEXT NOT NULL,
            PRIMARY KEY (name, number))""",
          """
          CREATE TABLE model_line (
            name TEXT NOT NULL,
            place BIGINT NOT NULL,
            version INTEGER NOT NULL,
            PRIMARY KEY (name, place),
            FOREIGN KEY (name, version) REFERENCES model_version (name, version))""",
          "CREATE INDEX model_line_version ON model_line (name, version)")));

  private RegistryTables() {}
}
