package io.qilin.mlops.registry;

import io.qilin.api.error.ErrorCode;
import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelDraft;
import io.qilin.api.model.ModelId;
import io.qilin.api.model.ModelLineage;
import io.qilin.api.model.ModelSignature;
import io.qilin.api.model.ModelStage;
import io.qilin.api.model.ModelVersion;
import io.qilin.api.model.TrainingWindow;
import io.qilin.mlops.internal.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Versions with their files and aliases as rows. */
final class VersionRows {
  private static final String SELECT = "SELECT * FROM model_version WHERE name = ?";

  private VersionRows() {}

  static ModelVersion insert(Connection connection, ModelDraft draft, Instant now)
      throws SQLException {
    int number = Sql.first(
            connection,
            "INSERT INTO model (name, versions, moves) VALUES (?, 1, 0)"
                + " ON CONFLICT (name) DO UPDATE SET versions = model.versions + 1"
                + " RETURNING versions",
            columns -> columns.getInt(1),
            draft.name())
        .orElseThrow();
    ModelId id = new ModelId(draft.name(), number);
    ModelLineage from = draft.lineage();
    Optional<TrainingWindow> window = from.window();
    Sql.update(
        connection,
        "INSERT INTO model_version VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
        draft.name(),
        number,
        ModelStage.NONE.name(),
        draft.kind(),
        RowJson.list(draft.signature().features()),
        draft.signature().missing().name(),
        from.dataHash(),
        from.featureHash(),
        from.codeVersion(),
        from.runId(),
        window.map(TrainingWindow::first).map(LocalDate::toString).orElse(null),
        window.map(TrainingWindow::last).map(LocalDate::toString).orElse(null),
        window.map(TrainingWindow::labelsUntil).map(LocalDate::toString).orElse(null),
        RowJson.numbers(draft.metrics()),
        RowJson.texts(draft.tags()),
        draft.description(),
        now.toString(),
        now.toString());
    insertFiles(connection, id, draft.files());
    return new ModelVersion(id, draft, ModelStage.NONE, Set.of(), now, now);
  }

  private static void insertFiles(Connection connection, ModelId id, Map<String, String> files)
      throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    files.forEach((file, digest) ->
        rows.add(new @Nullable Object[] {id.name(), id.version(), rows.size(), file, digest}));
    Sql.updateAll(connection, "INSERT INTO model_file VALUES (?, ?, ?, ?, ?)", rows);
  }

  static void delete(Connection connection, ModelId id) throws SQLException {
    for (String table : List.of("model_line", "model_file", "model_version")) {
      Sql.update(
          connection,
          "DELETE FROM " + table + " WHERE name = ? AND version = ?",
          id.name(),
          id.version());
    }
  }

  static Optional<ModelVersion> one(Connection connection, ModelId id) throws SQLException {
    return all(
            connection,
            id.name(),
            Sql.list(
                connection, SELECT + " AND version = ?", VersionRows::row, id.name(), id.version()))
        .stream()
        .findFirst();
  }

  static Optional<ModelVersion> production(Connection connection, String name) throws SQLException {
    return all(
            connection,
            name,
            Sql.list(connection, SELECT + " AND stage = 'PRODUCTION'", VersionRows::row, name))
        .stream()
        .findFirst();
  }

  static List<ModelVersion> last(Connection connection, String name, int limit)
      throws SQLException {
    return all(
        connection,
        name,
        Sql.list(
            connection, SELECT + " ORDER BY version DESC LIMIT ?", VersionRows::row, name, limit));
  }

  static Optional<ModelStage> stage(Connection connection, ModelId id) throws SQLException {
    return Sql.first(
        connection,
        "SELECT stage FROM model_version WHERE name = ? AND version = ?",
        columns -> stage(id, columns.getString(1)),
        id.name(),
        id.version());
  }

  private static ModelStage stage(ModelId id, String text) {
    try {
      return ModelStage.valueOf(text);
    } catch (IllegalArgumentException e) {
      throw damaged(id.name(), id.version(), e);
    }
  }

  private static QilinException damaged(String name, int version, RuntimeException cause) {
    return new QilinException(
        ErrorCode.STORE_DAMAGED,
        "the registry's row of " + name + "/" + version
            + " is not what Qilin writes; restore the store from a backup",
        cause);
  }

  /** The number of the version in production; 0 if there is none. */
  static int inProduction(Connection connection, String name) throws SQLException {
    return Sql.first(
            connection,
            "SELECT version FROM model_version WHERE name = ? AND stage = 'PRODUCTION'",
            columns -> columns.getInt(1),
            name)
        .orElse(0);
  }

  static void setStage(Connection connection, ModelId id, ModelStage stage, Instant now)
      throws SQLException {
    Sql.update(
        connection,
        "UPDATE model_version SET stage = ?, moved = ? WHERE name = ? AND version = ?",
        stage.name(),
        now.toString(),
        id.name(),
        id.version());
  }

  static Set<String> aliases(Connection connection, ModelId id) throws SQLException {
    return new TreeSet<>(Sql.list(
        connection,
        "SELECT alias FROM model_alias WHERE name = ? AND version = ?",
        columns -> columns.getString(1),
        id.name(),
        id.version()));
  }

  /** Adds files and aliases to rows of one name. */
  private static List<ModelVersion> all(Connection connection, String name, List<Row> rows)
      throws SQLException {
    if (rows.isEmpty()) {
      return List.of();
    }
    int first = rows.stream().mapToInt(row -> row.version).min().orElseThrow();
    int last = rows.stream().mapToInt(row -> row.version).max().orElseThrow();
    Map<Integer, Map<String, String>> files = new HashMap<>();
    Sql.list(
        connection,
        "SELECT version, file, digest FROM model_file WHERE name = ? AND version BETWEEN ? AND ?"
            + " ORDER BY version, place",
        columns -> {
          String file = columns.getString(2);
          files
              .computeIfAbsent(columns.getInt(1), version -> new LinkedHashMap<>())
              .put(file, columns.getString(3));
          return file;
        },
        name,
        first,
        last);
    Map<Integer, Set<String>> aliases = new HashMap<>();
    Sql.list(
        connection,
        "SELECT version, alias FROM model_alias WHERE name = ? AND version BETWEEN ? AND ?",
        columns -> aliases
            .computeIfAbsent(columns.getInt(1), version -> new TreeSet<>())
            .add(columns.getString(2)),
        name,
        first,
        last);
    List<ModelVersion> versions = new ArrayList<>();
    for (Row row : rows) {
      versions.add(row.version(
          name,
          files.getOrDefault(row.version, Map.of()),
          aliases.getOrDefault(row.version, Set.of())));
    }
    return versions;
  }

  private static Row row(ResultSet columns) throws SQLException {
    return new Row(columns);
  }

  /** What stands in one row, as texts. */
  private static final class Row {
    private final int version;
    private final String stage;
    private final String kind;
    private final String features;
    private final String missing;
    private final String dataHash;
    private final String featureHash;
    private final String codeVersion;
    private final String runId;
    private final @Nullable String trainedFirst;
    private final @Nullable String trainedLast;
    private final @Nullable String labelsUntil;
    private final String metrics;
    private final String tags;
    private final String description;
    private final String registered;
    private final String moved;

    Row(ResultSet columns) throws SQLException {
      version = columns.getInt("version");
      stage = columns.getString("stage");
      kind = columns.getString("kind");
      features = columns.getString("features");
      missing = columns.getString("missing");
      dataHash = columns.getString("data_hash");
      featureHash = columns.getString("feature_hash");
      codeVersion = columns.getString("code_version");
      runId = columns.getString("run_id");
      trainedFirst = columns.getString("trained_first");
      trainedLast = columns.getString("trained_last");
      labelsUntil = columns.getString("labels_until");
      metrics = columns.getString("metrics");
      tags = columns.getString("tags");
      description = columns.getString("description");
      registered = columns.getString("registered");
      moved = columns.getString("moved");
    }

    ModelVersion version(String name, Map<String, String> files, Set<String> aliases) {
      try {
        ModelDraft draft = new ModelDraft(
            name,
            kind,
            files,
            new ModelSignature(RowJson.readList(features), ModelSignature.Missing.valueOf(missing)),
            new ModelLineage(dataHash, featureHash, codeVersion, runId, window()),
            RowJson.readNumbers(metrics),
            RowJson.readTexts(tags),
            description);
        return new ModelVersion(
            new ModelId(name, version),
            draft,
            ModelStage.valueOf(stage),
            aliases,
            Instant.parse(registered),
            Instant.parse(moved));
      } catch (IllegalArgumentException | DateTimeException | QilinException e) {
        throw damaged(name, version, e);
      }
    }

    private Optional<TrainingWindow> window() {
      if (trainedFirst == null || trainedLast == null || labelsUntil == null) {
        return Optional.empty();
      }
      return Optional.of(new TrainingWindow(
          LocalDate.parse(trainedFirst),
          LocalDate.parse(trainedLast),
          LocalDate.parse(labelsUntil)));
    }
  }
}
