package io.qilin.spring.mlops;

import io.qilin.api.error.QilinException;
import io.qilin.mlops.store.Database;
import io.qilin.spring.PartState;
import io.qilin.spring.QilinPart;
import java.util.Map;

/** Shows the store of models and experiments. */
final class StorePart implements QilinPart {
  private final Database database;
  private final MlopsProperties.Store place;

  StorePart(Database database, MlopsProperties.Store place) {
    this.database = database;
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
    return Map.of("database", place.name());
  }
}
