package io.qilin.spring.mlops;

import io.qilin.api.error.QilinException;
import io.qilin.api.model.ModelRegistry;
import io.qilin.mlops.store.Database;
import io.qilin.spring.PartState;
import io.qilin.spring.QilinPart;
import java.util.Map;

/** Shows the store of models and experiments. */
final class StorePart implements QilinPart {
  private static final int SHOWN = 100;

  private final Database database;
  private final ModelRegistry registry;
  private final MlopsProperties.Store place;

  StorePart(Database database, ModelRegistry registry, MlopsProperties.Store place) {
    this.database = database;
    this.registry = registry;
    this.place = place;
  }

  @Override
  public String name() {
    return "model-store";
  }

  @Override
  public boolean required() {
    return false;
  }

  /** Down if the database does not answer. */
  @Override
  public PartState state() {
    try {
      database.read(connection -> connection.isReadOnly());
      return PartState.up();
    } catch (QilinException e) {
      return PartState.down(String.valueOf(e.getMessage()));
    }
  }

  @Override
  public Map<String, Object> description() {
    Map<String, Object> database = Map.of("database", place.name());
    try {
      var names = registry.names();
      return Map.of(
          "database",
          place.name(),
          "models",
          names.size(),
          "names",
          names.stream().limit(SHOWN).toList());
    } catch (QilinException e) {
      return database;
    }
  }
}
